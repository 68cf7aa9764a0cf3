//! `World`: one case whose inputs are drawn.

use crate::chance::{Draws, Link, Marginal, Repair, Sampling, Stream};
use crate::diagnostic::Problem;
use crate::eval::{Columns, Knob, Probe, Sweep};
use crate::model::{CaseId, Model, Ranged, Study, Window};

use super::super::chance_error::ChanceError;
use super::super::options::Options;
use super::super::parts::{PartNumbers, knob_of, name_of};
use super::inputs::free;
use super::{Input, Pinned};

/// One case, ready to be evaluated at any of its draws.
pub(in crate::study) struct World<'m> {
    pub case: CaseId,
    pub sweep: Sweep<'m>,
    /// Which of the study's inputs are drawn in this case, in rising order.
    pub active: Vec<usize>,
    /// What is turned: the parts of each input that is drawn.
    pub turned: Vec<Turned>,
    /// Those that are not, though they are in another case.
    pub pinned: Vec<Pinned>,
    pub draws: Draws,
    /// Correlations that could not be had, by the places of the study's inputs.
    pub repair: Option<Repair>,
}

/// A part of an input that is drawn: one knob.
#[derive(Debug, Clone)]
pub(in crate::study) struct Turned {
    /// Whose part it is, by its place among the inputs that are drawn.
    pub input: usize,
    /// The first knob of that input, whose uniform number this one takes.
    pub lead: usize,
    pub part: Ranged,
    pub knob: Knob,
    pub marginal: Marginal,
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
        let (mut active, mut parts, mut pinned) = (Vec::new(), Vec::new(), Vec::new());
        for (at, input) in inputs.iter().enumerate() {
            let (free, held) = free(model, options, case, input);
            pinned.extend(held);
            if !free.is_empty() {
                parts.extend(free.into_iter().map(|part| (active.len(), part)));
                active.push(at);
            }
        }
        let is_still = active.is_empty();
        if is_still {
            active.push(0);
            parts.push((0, still(&inputs[0].parts[0])));
        }
        let knobs: Vec<Knob> =
            parts.iter().map(|(at, part)| knob_of(model, inputs[active[*at]].factor.variable, part)).collect();
        let sweep = options.sweep(model, case, &knobs, probes);
        let mut turned: Vec<Turned> = Vec::new();
        for ((at, part), knob) in parts.into_iter().zip(knobs) {
            let input = &inputs[active[at]];
            let (variable, window) = (input.factor.variable, part.window);
            let numbers = PartNumbers { model, results: sweep.base(), case, variable, window };
            // A case in which nothing is drawn turns one knob to where it is.
            let made = match is_still {
                true => Ok(Marginal::fixed(numbers.value().unwrap_or(f64::NAN))),
                false => numbers.marginal(&part),
            };
            let marginal = made.map_err(|why| {
                let error = ChanceError::Domain {
                    input: name_of(model, variable, &input.factor.text, &part, input.parts.len()).to_string(),
                    spread: part.spread.text.to_string(),
                    why,
                    help: why.help(),
                    span: input.factor.place.span,
                };
                let source = if input.is_told { study.place.source } else { input.factor.place.source };
                Problem::new(source, &error)
            })?;
            let lead = turned.iter().position(|other| other.input == at).unwrap_or(turned.len());
            turned.push(Turned { input: at, lead, part, knob, marginal });
        }
        let marginals: Vec<Marginal> =
            (0..active.len()).map(|input| turned[shown_of(&turned, input)].marginal.clone()).collect();
        let (draws, repair) = draws.only(&active).linked(&among(links, &active), &marginals);
        let repair = repair.map(|repair| of_study(repair, &active));
        Ok(World { case, sweep, active, turned, pinned, draws, repair })
    }

    /// Writes what is turned in the draws from `first` on.
    pub fn fill(&self, first: u64, columns: &mut Columns) {
        let columns = columns.columns_mut();
        let leads = self.turned.iter().enumerate().zip(columns.iter_mut());
        let leads = leads.filter(|((at, turned), _)| turned.lead == *at).map(|(_, column)| column.as_mut_slice());
        self.draws.uniforms(first, &mut leads.collect::<Vec<_>>());
        for (at, turned) in self.turned.iter().enumerate().filter(|(at, turned)| turned.lead != *at) {
            let (before, rest) = columns.split_at_mut(at);
            rest[0].copy_from_slice(&before[turned.lead]);
        }
        for (turned, column) in self.turned.iter().zip(columns) {
            turned.marginal.quantiles(column);
        }
    }

    /// What is turned in the draws from `first` on, and what is read there.
    pub fn draw(&self, first: u64, draws: u64, outputs: usize) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
        let mut columns = Columns::new(self.turned.len());
        columns.resize(draws as usize);
        self.fill(first, &mut columns);
        let mut out = vec![Vec::new(); outputs];
        self.sweep.run(&columns.slices(), &mut out);
        (columns.columns_mut().iter_mut().map(std::mem::take).collect(), out)
    }

    /// Which knob stands for an input that is drawn: all of its knobs rise together, so one tells where they are.
    pub fn shown(&self, input: usize) -> usize {
        shown_of(&self.turned, input)
    }

    /// Two independent sets of draws of what is turned, no inputs moving together, for indices.
    pub fn twice(&self, seed: u64, inputs: &[Input], draws: u64) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
        let count = self.active.len();
        let first = self.active.iter().map(|at| inputs[*at].stream);
        let second = self.active.iter().map(|at| Stream::of_path(&format!("{}'", inputs[*at].factor.text)));
        let streams: Vec<Stream> = first.chain(second).collect();
        let drawn = Draws::new(seed, Sampling::Sobol, draws, &streams)
            .or_else(|| Draws::new(seed, Sampling::Plain, draws, &streams));
        let mut columns = vec![vec![0.0; draws as usize]; 2 * count];
        if let Some(drawn) = drawn {
            let mut slices: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
            drawn.uniforms(0, &mut slices);
        }
        let values = |of: &[Vec<f64>]| -> Vec<Vec<f64>> {
            let value = |turned: &Turned| {
                let mut column = of[turned.input].clone();
                turned.marginal.quantiles(&mut column);
                column
            };
            self.turned.iter().map(value).collect()
        };
        (values(&columns[..count]), values(&columns[count..]))
    }
}

/// The first of an input's knobs without ties, which hide how the others move; otherwise the first.
fn shown_of(turned: &[Turned], input: usize) -> usize {
    let of_input = |at: &usize| turned[*at].input == input;
    let mut own = (0..turned.len()).filter(of_input);
    let first = own.clone().next().unwrap_or(0);
    own.find(|at| !matches!(turned[*at].marginal, Marginal::Discrete(_))).unwrap_or(first)
}

/// One period of a part: turned to where it is, it leaves all others as they are.
fn still(part: &Ranged) -> Ranged {
    Ranged { window: Window { last: part.window.first, ..part.window }, spread: part.spread.clone() }
}

/// The links between inputs that are drawn, by their places among those.
fn among(links: &[Link], active: &[usize]) -> Vec<Link> {
    let place = |at: usize| active.binary_search(&at).ok();
    let among = |link: &Link| Some(Link { left: place(link.left)?, right: place(link.right)?, rho: link.rho });
    links.iter().filter_map(among).collect()
}

/// The same, by the places of the study's inputs.
fn of_study(repair: Repair, active: &[usize]) -> Repair {
    let place = |(link, now): (Link, f64)| (Link { left: active[link.left], right: active[link.right], ..link }, now);
    Repair { moved: repair.moved.into_iter().map(place).collect(), ..repair }
}
