//! Discoveries: in which region of the uncertain inputs a condition holds.

use std::sync::Arc;

use crate::chance::prim::{self, Bounds, Region, Worlds, chance_of};
use crate::diagnostic::Problem;
use crate::eval::Cell;
use crate::model::{Discover, Model, Sampling, Study};
use crate::units::{Unit, grouped};

use super::answer::case;
use super::chance_error::ChanceError;
use super::drawn::{Drawn, Pinned, Wanted, World, drawn};
use super::parts::name_of;
use super::points::probes;
use super::simulate::DrawnInput;
use super::{Head, Options};

/// Where in the space of the inputs a condition holds.
#[derive(Debug, Clone)]
pub struct DiscoverAnswer {
    pub head: Head,
    pub condition: Arc<str>,
    pub draws: u64,
    pub seed: u64,
    pub sampling: Sampling,
    pub inputs: Vec<DrawnInput>,
    pub pinned: Vec<Pinned>,
    pub idle: Vec<Arc<str>>,
    /// Whether it holds without any draw.
    pub point: Cell,
    /// In how many draws it is known whether it holds, in how many of these it does, and in how many it is not known.
    pub known: u64,
    pub hits: u64,
    pub missing: u64,
    pub limits: Vec<Limit>,
    /// How many draws lie inside of all limits, and in how many of these it holds.
    pub inside: u64,
    pub inside_hits: u64,
    /// Warnings: correlations that had to be moved, and the like.
    pub notes: Vec<Problem>,
}

impl DiscoverAnswer {
    /// How likely it holds inside of the region.
    pub fn density(&self) -> f64 {
        self.inside_hits as f64 / self.inside.max(1) as f64
    }

    /// Which share of the worlds in which it holds lies inside.
    pub fn coverage(&self) -> f64 {
        self.inside_hits as f64 / self.hits.max(1) as f64
    }
}

/// What a region asks of one input.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    pub input: Arc<str>,
    pub unit: Unit,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// How likely it holds in the region without this limit.
    pub without: f64,
    /// How likely the limit adds as much by chance alone.
    pub by_chance: f64,
}

/// So many numbers are kept at most: the inputs of every draw.
const MOST_NUMBERS: u64 = 200_000_000;

/// Draws, evaluates and peels.
pub(super) fn run(
    model: &Model,
    study: &Study,
    discover: &Discover,
    options: &Options,
) -> Result<DiscoverAnswer, Vec<Problem>> {
    let case = case(study, options);
    let asked = std::slice::from_ref(&discover.predicate);
    let wanted = Wanted {
        draws: options.draws.unwrap_or(discover.draws),
        seed: options.seed.unwrap_or(discover.seed),
        sampling: discover.sampling,
        vary: &discover.vary,
        pin: &discover.pin,
        correlations: &discover.correlations,
        what: &format!("`{}`", discover.predicate.text),
    };
    let drawn = drawn(model, study, options, &wanted, &[case], &probes(asked))?;
    let wrong = |error: ChanceError| vec![Problem::new(study.place.source, &error)];
    if wanted.draws.saturating_mul(drawn.inputs.len() as u64) > MOST_NUMBERS {
        return Err(wrong(too_many(wanted.draws, drawn.inputs.len() as u64, study)));
    }
    let world = &drawn.worlds[0];
    let (inputs, holds, missing) = held(world, wanted.draws, options).ok_or_else(Vec::new)?;
    let worlds = Worlds { inputs: &inputs, holds: &holds };
    let hits = worlds.hits();
    if hits == 0 || hits == holds.len() {
        return Err(wrong(one_sided(discover, study, hits, holds.len(), missing)));
    }
    let region = prim::find(&worlds, discover.support);
    let input = |at: &usize| DrawnInput {
        input: drawn.inputs[*at].factor.text.clone(),
        unit: drawn.inputs[*at].unit.clone(),
        spread: drawn.inputs[*at].spread.clone(),
    };
    let active: Vec<DrawnInput> = world.active.iter().map(input).collect();
    let limited: Vec<DrawnInput> = active.iter().enumerate().map(|(at, one)| limited(model, &drawn, at, one)).collect();
    Ok(DiscoverAnswer {
        head: Head::of(model, study, case),
        condition: discover.predicate.text.clone(),
        draws: wanted.draws,
        seed: wanted.seed,
        sampling: wanted.sampling,
        pinned: drawn.pinned.clone(),
        idle: drawn.idle.clone(),
        point: world.sweep.base().cell(case, discover.predicate.variable, discover.predicate.index),
        known: holds.len() as u64,
        hits: hits as u64,
        missing,
        limits: limits(&worlds, &region, &limited),
        inside: region.inside as u64,
        inside_hits: region.hits as u64,
        inputs: active,
        notes: drawn.notes.clone(),
    })
}

/// An input as its limits name it: by the part whose numbers they are, if it has several.
fn limited(model: &Model, drawn: &Drawn, at: usize, input: &DrawnInput) -> DrawnInput {
    let world = &drawn.worlds[0];
    let (turned, count) = (&world.turned[world.shown(at)], drawn.inputs[world.active[at]].parts.len());
    DrawnInput { input: name_of(model, turned.knob.variable, &input.input, &turned.part, count), ..input.clone() }
}

type Held = (Vec<Vec<f64>>, Vec<bool>, u64);

/// The inputs of every draw in which it is known whether the condition holds, and in how many it is not.
fn held(world: &World, draws: u64, options: &Options) -> Option<Held> {
    let mut inputs: Vec<Vec<f64>> = vec![Vec::new(); world.active.len()];
    let mut holds = Vec::new();
    let mut first = 0;
    while first < draws {
        if options.is_stopped() {
            return None;
        }
        let count = (draws - first).min(1 << 13);
        let (columns, out) = world.draw(first, count, 1);
        let known = |at: &usize| !out[0][*at].is_nan();
        for (input, all) in inputs.iter_mut().enumerate() {
            let column = &columns[world.shown(input)];
            all.extend((0..count as usize).filter(known).map(|at| column[at]));
        }
        holds.extend((0..count as usize).filter(known).map(|at| out[0][at] != 0.0));
        first += count;
        options.tell(first, draws);
    }
    let missing = draws - holds.len() as u64;
    Some((inputs, holds, missing))
}

/// The limits of a region, and what each of them is worth.
fn limits(worlds: &Worlds, region: &Region, inputs: &[DrawnInput]) -> Vec<Limit> {
    let limit = |(at, bounds): (usize, &Bounds)| {
        let mut without = region.bounds.clone();
        without[at] = Bounds::default();
        let without = worlds.region(without).density();
        Limit {
            input: inputs[at].input.clone(),
            unit: inputs[at].unit.clone(),
            low: bounds.low,
            high: bounds.high,
            without,
            by_chance: chance_of(region, without),
        }
    };
    let mut limits: Vec<Limit> =
        region.bounds.iter().enumerate().filter(|(_, bounds)| !bounds.is_open()).map(limit).collect();
    limits.sort_by(|a, b| a.without.total_cmp(&b.without));
    limits
}

fn too_many(draws: u64, inputs: u64, study: &Study) -> ChanceError {
    let most = MOST_NUMBERS / inputs.max(1);
    ChanceError::Draws {
        draws: grouped(draws as f64, 0),
        most: grouped(most as f64, 0),
        help: "a discovery keeps the inputs of every draw; some thousand show its region as well".to_string(),
        span: study.place.span,
    }
}

fn one_sided(discover: &Discover, study: &Study, hits: usize, known: usize, missing: u64) -> ChanceError {
    let (how, help) = match (known, hits) {
        (0, _) => ("an unknown number", "the values it compares are missing in every draw".to_string()),
        (_, 0) => ("none", "widen the ranges, take more draws, or ask for less".to_string()),
        _ => ("all", "ask for more, or for the worlds where it fails: turn the condition around".to_string()),
    };
    ChanceError::OneSided {
        condition: discover.predicate.text.to_string(),
        how,
        draws: grouped((known as u64 + missing) as f64, 0),
        help,
        span: study.place.span,
    }
}
