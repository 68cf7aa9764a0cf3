//! What a simulation or a discovery draws: which inputs, from which spreads, and in which case which of them stay.

mod inputs;
mod world;

use std::sync::Arc;

use crate::chance::{Draws, Link, Repair, SOBOL_INPUTS, Sampling, Stream};
use crate::diagnostic::Problem;
use crate::eval::Probe;
use crate::model::{self, CaseId, Correlation, Factor, Model, Ranged, Study, VariableId, Vary};
use crate::text::decimal::fixed;
use crate::units::{Unit, grouped};

use super::chance_error::ChanceError;
use super::error::StudyError;
use super::options::Options;

pub(super) use world::World;

/// What a study says of its draws.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub draws: u64,
    pub seed: u64,
    pub sampling: model::Sampling,
    pub vary: &'a [Vary],
    pub pin: &'a [Factor],
    pub correlations: &'a [Correlation],
    /// What they are drawn for.
    pub what: &'a str,
}

/// An input that is drawn.
#[derive(Debug, Clone)]
pub struct Input {
    pub factor: Factor,
    pub unit: Unit,
    /// How it varies, as written.
    pub spread: Arc<str>,
    /// The stretches of it that are drawn, together: one draw is the same quantile in each.
    pub parts: Vec<Ranged>,
    pub stream: Stream,
    /// Whether the study itself says how it varies.
    pub is_told: bool,
}

/// An input with a spread that stays at its value, and what holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pinned {
    pub input: Arc<str>,
    pub by: String,
}

/// Everything that is drawn, case by case.
pub(super) struct Drawn<'m> {
    pub inputs: Vec<Input>,
    /// Inputs that move nothing that is asked for.
    pub idle: Vec<Arc<str>>,
    /// Pinned in every case.
    pub pinned: Vec<Pinned>,
    pub worlds: Vec<World<'m>>,
    pub notes: Vec<Problem>,
}

/// So many draws are the most of one run.
pub(super) const MOST_DRAWS: u64 = 20_000_000_000;

/// Prepares the draws of some cases.
pub(super) fn drawn<'m>(
    model: &'m Model,
    study: &Study,
    options: &Options,
    wanted: &Wanted,
    cases: &[CaseId],
    probes: &[Probe],
) -> Result<Drawn<'m>, Vec<Problem>> {
    let wrong = |error: ChanceError| vec![Problem::new(study.place.source, &error)];
    countable(wanted, options, study).map_err(wrong)?;
    let (inputs, mut pinned) = inputs::gather(model, wanted);
    let held = inputs::held_everywhere(model, options, cases, &inputs);
    let (inputs, held_inputs): (Vec<_>, Vec<_>) = inputs.into_iter().zip(held).partition(|(_, by)| by.is_none());
    let pin = |(input, by): (Input, Option<String>)| Pinned { input: input.factor.text, by: by.unwrap_or_default() };
    pinned.extend(held_inputs.into_iter().map(pin));
    let inputs: Vec<Input> = inputs.into_iter().map(|(input, _)| input).collect();
    let reached = inputs::reached(model, options, cases, &inputs, probes);
    let (inputs, idle): (Vec<_>, Vec<_>) = inputs.into_iter().zip(reached).partition(|(_, reached)| *reached);
    let inputs: Vec<Input> = inputs.into_iter().map(|(input, _)| input).collect();
    let idle: Vec<Arc<str>> = idle.into_iter().map(|(input, _)| input.factor.text).collect();
    if inputs.is_empty() {
        return Err(vec![nothing_moves(study, wanted, &pinned, &idle)]);
    }
    let draws = draws(wanted, &inputs).map_err(wrong)?;
    let (links, mut notes) = links(model, study, wanted, &inputs);
    let world = |case: &CaseId| World::new(model, study, options, *case, &inputs, probes, &draws, &links);
    let worlds: Vec<World> =
        cases.iter().map(world).collect::<Result<Vec<_>, Problem>>().map_err(|problem| vec![problem])?;
    notes.extend(moved(study, wanted, &inputs, &worlds));
    Ok(Drawn { inputs, idle, pinned, worlds, notes })
}

/// The draws of one part of a run have to end within a day.
fn countable(wanted: &Wanted, options: &Options, study: &Study) -> Result<(), ChanceError> {
    let mine = options.shard.map_or(wanted.draws, |shard| wanted.draws / shard.of.max(1));
    if mine <= MOST_DRAWS && wanted.draws >= 2 {
        return Ok(());
    }
    let parts = wanted.draws.div_ceil(MOST_DRAWS).max(2);
    let help = match wanted.draws {
        0 | 1 => "ask for some thousand, `draws 10_000`".to_string(),
        _ => format!(
            "the sampling error falls with the root of their number, so a thousandth of them is mostly enough; \
             otherwise run parts of them with `--shard 1/{parts}` to `--shard {parts}/{parts}` and merge these"
        ),
    };
    Err(ChanceError::Draws {
        draws: grouped(wanted.draws as f64, 0),
        most: grouped(MOST_DRAWS as f64, 0),
        help,
        span: study.place.span,
    })
}

fn draws(wanted: &Wanted, inputs: &[Input]) -> Result<Draws, ChanceError> {
    let sampling = match wanted.sampling {
        model::Sampling::Plain => Sampling::Plain,
        model::Sampling::Latin => Sampling::Latin,
        model::Sampling::Sobol => Sampling::Sobol,
    };
    let streams: Vec<Stream> = inputs.iter().map(|input| input.stream).collect();
    Draws::new(wanted.seed, sampling, wanted.draws, &streams).ok_or_else(|| ChanceError::Sobol {
        inputs: inputs.len(),
        most: SOBOL_INPUTS,
        span: inputs[0].factor.place.span,
    })
}

/// The correlations between inputs that are drawn, and a warning for each that is not.
fn links(model: &Model, study: &Study, wanted: &Wanted, inputs: &[Input]) -> (Vec<Link>, Vec<Problem>) {
    let places = |variable: VariableId| -> Vec<usize> {
        let is_of = |at: &usize| inputs[*at].factor.variable == variable;
        (0..inputs.len()).filter(is_of).collect()
    };
    let mut notes = Vec::new();
    let mut links = Vec::new();
    for link in wanted.correlations {
        let (lefts, rights) = (places(link.left), places(link.right));
        if lefts.is_empty() || rights.is_empty() {
            let stays = if lefts.is_empty() { link.left } else { link.right };
            let input = model.variable(stays).path.to_string();
            let error = ChanceError::NotDrawn { input, span: link.place.span };
            notes.push(Problem::new(study.place.source, &error));
        }
        let pairs = lefts.iter().flat_map(|left| rights.iter().map(move |right| (*left, *right)));
        links.extend(pairs.map(|(left, right)| Link { left, right, rho: link.rho }));
    }
    (links, notes)
}

/// A warning if no inputs have the correlations that are asked for, once if all cases say the same.
fn moved(study: &Study, wanted: &Wanted, inputs: &[Input], worlds: &[World]) -> Vec<Problem> {
    let name = |at: usize| &inputs[at].factor.text;
    let mut repairs: Vec<&Repair> = worlds.iter().filter_map(|world| world.repair.as_ref()).collect();
    repairs.dedup();
    let said = repairs.into_iter().map(|repair| {
        let moved = repair.moved.iter().map(|(link, now)| {
            format!(
                "{} and {} by {} instead of {}",
                name(link.left),
                name(link.right),
                fixed(*now, 2),
                fixed(link.rho, 2)
            )
        });
        let (moved, largest) = (moved.collect::<Vec<_>>().join("; "), fixed(repair.largest, 2));
        let help = match repair.is_tied {
            true => {
                format!(
                    "the largest step is {largest}; values that come more than once share their ranks, so those of a \
                     discrete spread cannot follow others all the way"
                )
            }
            false => {
                format!(
                    "the largest step is {largest}; pairs without a line count as 0, so name those that move together \
                     as well"
                )
            }
        };
        let span = wanted.correlations[0].place.span;
        Problem::new(study.place.source, &ChanceError::Correlation { moved, help, span })
    });
    said.collect()
}

fn nothing_moves(study: &Study, wanted: &Wanted, pinned: &[Pinned], idle: &[Arc<str>]) -> Problem {
    let mut known: Vec<String> = Vec::new();
    if !idle.is_empty() {
        known.push(format!("these have a range and do not reach it: {}", idle.join(", ")));
    }
    if !pinned.is_empty() {
        let names: Vec<&str> = pinned.iter().map(|pinned| &*pinned.input).collect();
        known.push(format!("these are pinned: {}", names.join(", ")));
    }
    let help = match known.is_empty() {
        true => "give assumptions a range: `assume ke = 11% range 10%..12.5%`".to_string(),
        false => known.join("; "),
    };
    Problem::new(
        study.place.source,
        &StudyError::NothingMoves { what: wanted.what.to_string(), help, span: study.place.span },
    )
}
