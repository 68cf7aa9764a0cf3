//! `World`: one case whose inputs are drawn.

use crate::chance::{Draws, Link, Marginal, Sampling, Stream};
use crate::diagnostic::Problem;
use crate::eval::{Columns, Probe, Sweep};
use crate::model::{CaseId, Model, Study};

use super::super::chance_error::ChanceError;
use super::super::grid::knob;
use super::super::options::Options;
use super::inputs::held;
use super::marginal::{marginal, point};
use super::{Input, Pinned};

/// One case, ready to be evaluated at any of its draws.
pub(in crate::study) struct World<'m> {
    pub case: CaseId,
    pub sweep: Sweep<'m>,
    /// Which of the study's inputs are drawn in this case, in rising order; a knob for each.
    pub active: Vec<usize>,
    /// Those that are not, though they are in another case.
    pub pinned: Vec<Pinned>,
    pub marginals: Vec<Marginal>,
    pub draws: Draws,
}

impl<'m> World<'m> {
    /// Prepares a case.
    #[allow(clippy::too_many_arguments, reason = "everything that is known of a study's draws meets here")]
    pub fn new(
        model: &'m Model,
        study: &Study,
        options: &Options,
        case: CaseId,
        inputs: &[Input],
        probes: &[Probe],
        draws: &Draws,
        links: &[Link],
    ) -> Result<World<'m>, Problem> {
        let by: Vec<Option<String>> = inputs.iter().map(|input| held(model, options, case, input)).collect();
        let mut active: Vec<usize> = (0..inputs.len()).filter(|at| by[*at].is_none()).collect();
        let is_still = active.is_empty();
        if is_still {
            active.push(0);
        }
        let pinned = by.into_iter().enumerate().filter_map(|(at, by)| {
            let input = inputs[at].factor.text.clone();
            by.map(|by| Pinned { input, by })
        });
        let knobs: Vec<_> = active.iter().map(|at| knob(&inputs[*at].factor)).collect();
        let sweep = options.sweep(model, case, &knobs, probes);
        let marginals = active.iter().map(|at| {
            let input = &inputs[*at];
            // A case in which nothing is drawn turns one knob to where it is.
            let made = match is_still {
                true => Marginal::discrete(&[(point(sweep.base(), case, input).unwrap_or(f64::NAN), 1.0)]),
                false => marginal(model, sweep.base(), case, input),
            };
            made.map_err(|why| {
                let error = ChanceError::Domain {
                    input: input.factor.text.to_string(),
                    spread: input.spread.text.to_string(),
                    why,
                    help: why.help(),
                    span: input.factor.place.span,
                };
                let source = if input.is_told { study.place.source } else { input.factor.place.source };
                Problem::new(source, &error)
            })
        });
        Ok(World {
            marginals: marginals.collect::<Result<_, _>>()?,
            draws: draws.only(&active).linked(&among(links, &active)).0,
            pinned: pinned.collect(),
            case,
            sweep,
            active,
        })
    }

    /// Writes the inputs of the draws from `first` on.
    pub fn fill(&self, first: u64, columns: &mut Columns) {
        let mut columns: Vec<&mut [f64]> = columns.columns_mut().iter_mut().map(Vec::as_mut_slice).collect();
        self.draws.values(&self.marginals, first, &mut columns);
    }

    /// The inputs of the draws from `first` on, and what is read there.
    pub fn draw(&self, first: u64, draws: u64, outputs: usize) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
        let mut columns = Columns::new(self.active.len());
        columns.resize(draws as usize);
        self.fill(first, &mut columns);
        let mut out = vec![Vec::new(); outputs];
        self.sweep.run(&columns.slices(), &mut out);
        (columns.columns_mut().iter_mut().map(std::mem::take).collect(), out)
    }

    /// Two independent sets of draws of the inputs, none of them moving together, for indices.
    pub fn twice(&self, seed: u64, inputs: &[Input], draws: u64) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
        let count = self.active.len();
        let first = self.active.iter().map(|at| inputs[*at].stream);
        let second = self.active.iter().map(|at| Stream::of_path(&format!("{}'", inputs[*at].factor.text)));
        let streams: Vec<Stream> = first.chain(second).collect();
        let drawn = Draws::new(seed, Sampling::Sobol, draws, &streams)
            .or_else(|| Draws::new(seed, Sampling::Plain, draws, &streams));
        let mut columns = vec![vec![0.0; draws as usize]; 2 * count];
        let marginals = [self.marginals.as_slice(), &self.marginals].concat();
        if let Some(drawn) = drawn {
            let mut slices: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
            drawn.values(&marginals, 0, &mut slices);
        }
        let second = columns.split_off(count);
        (columns, second)
    }
}

/// The links between inputs that are drawn, by their places among those.
fn among(links: &[Link], active: &[usize]) -> Vec<Link> {
    let place = |at: usize| active.binary_search(&at).ok();
    let among = |link: &Link| Some(Link { left: place(link.left)?, right: place(link.right)?, rho: link.rho });
    links.iter().filter_map(among).collect()
}
