//! Simulations: what outputs look like when their uncertain inputs are drawn.

mod conclude;
mod histogram;
mod part;
mod plan;
mod run;
mod shares;

use std::sync::Arc;

use crate::chance::indices::Index;
use crate::chance::summary::Estimate;
use crate::diagnostic::Problem;
use crate::eval::{Cell, Probe};
use crate::model::{Asked, Model, Sampling, Simulate, Statistic, Study};
use crate::units::Unit;

use super::answer::case;
use super::drawn::{Drawn, Pinned, Wanted, drawn};
use super::points::probes;
use super::{Head, Options, Reading, Shard};

pub use histogram::Histogram;
pub use part::{CasePart, OutputPart, Part, PredicatePart};
pub use plan::Plan;
pub(super) use plan::plan;

/// What outputs look like when inputs are drawn.
#[derive(Debug, Clone)]
pub struct SimulateAnswer {
    pub head: Head,
    pub draws: u64,
    pub seed: u64,
    pub sampling: Sampling,
    pub inputs: Vec<DrawnInput>,
    /// Whether some of them move together.
    pub is_linked: bool,
    /// Inputs with a spread that stay where they are, in every case.
    pub pinned: Vec<Pinned>,
    /// Inputs with a spread that reach no output.
    pub idle: Vec<Arc<str>>,
    pub cases: Vec<CaseAnswer>,
    /// Warnings: correlations that had to be moved, and the like.
    pub notes: Vec<Problem>,
    /// What one of several runs found, to be merged with the others; then there are no cases here.
    pub part: Option<Part>,
}

/// An input and how it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnInput {
    pub input: Arc<str>,
    pub unit: Unit,
    /// As written: `9..14 pert`.
    pub spread: Arc<str>,
}

/// What was found in one case.
#[derive(Debug, Clone)]
pub struct CaseAnswer {
    pub case: Arc<str>,
    /// Inputs that stay where they are in this case only.
    pub pinned: Vec<Pinned>,
    pub outputs: Vec<OutputAnswer>,
    pub predicates: Vec<Probability>,
}

/// What one output looks like.
#[derive(Debug, Clone)]
pub struct OutputAnswer {
    pub output: Reading,
    /// Its value without any draw, and which share of the draws lies below that.
    pub point: Cell,
    pub percentile: Option<Estimate>,
    /// How many draws gave a value, and how many none.
    pub count: u64,
    pub missing: u64,
    /// The first draw without a value, and why it has none.
    pub first_missing: Option<(u64, String)>,
    pub statistics: Vec<Figure>,
    /// The mean of the first draws, and half the width of the interval that holds the true one in 19 of 20 runs.
    pub convergence: Vec<Settled>,
    /// Of the first draws.
    pub histogram: Option<Histogram>,
    /// The rank correlation with each input, the strongest first.
    pub importance: Vec<Rank>,
    /// How much of the variance each input makes, the one with the largest total first.
    pub indices: Vec<Shares>,
    /// How many points the indices rest on.
    pub index_points: u64,
}

/// A statistic, and how far it is likely to be off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    pub statistic: Statistic,
    pub value: Option<f64>,
    pub error: Option<f64>,
}

/// The mean of the first so many draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settled {
    pub draws: u64,
    pub mean: f64,
    pub half_width: f64,
}

/// The rank correlation of an output with an input.
#[derive(Debug, Clone, PartialEq)]
pub struct Rank {
    pub input: Arc<str>,
    pub correlation: Estimate,
}

/// The Sobol indices of an input.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    pub input: Arc<str>,
    /// By itself.
    pub first: Index,
    /// With all its interactions.
    pub total: Index,
}

/// How often a condition holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Probability {
    pub condition: Arc<str>,
    /// Whether it holds without any draw.
    pub point: Cell,
    pub probability: Option<Estimate>,
    pub missing: u64,
}

/// Draws, evaluates and sums up; with a shard, only its part of the draws.
pub(super) fn run(
    model: &Model,
    study: &Study,
    simulate: &Simulate,
    options: &Options,
) -> Result<SimulateAnswer, Vec<Problem>> {
    let job = Job::new(model, study, simulate, options)?;
    let part = run::part(&job, options).ok_or_else(Vec::new)?;
    if options.shard.is_some() {
        return Ok(SimulateAnswer { part: Some(part), ..job.answer() });
    }
    conclude::conclude(&job, vec![part])
}

/// Puts the parts of a run together.
pub(super) fn merge(
    model: &Model,
    study: &Study,
    simulate: &Simulate,
    options: &Options,
    parts: Vec<Part>,
) -> Result<SimulateAnswer, Vec<Problem>> {
    let draws = parts.first().map(|part| part.draws).or(options.draws);
    let seed = parts.first().map(|part| part.seed).or(options.seed);
    // No draw is made here, so their number has no limit.
    let whole = Some(Shard { number: 1, of: u64::MAX });
    let (settings, base) = (options.settings.clone(), options.base.clone());
    let options = Options { draws, seed, shard: whole, settings, base, ..*options };
    conclude::conclude(&Job::new(model, study, simulate, &options)?, parts)
}

/// A simulation, ready to run.
struct Job<'m> {
    model: &'m Model,
    study: &'m Study,
    simulate: &'m Simulate,
    options: &'m Options<'m>,
    draws: u64,
    seed: u64,
    drawn: Drawn<'m>,
    /// Outputs, then predicates.
    asked: Vec<Asked>,
}

impl<'m> Job<'m> {
    fn new(
        model: &'m Model,
        study: &'m Study,
        simulate: &'m Simulate,
        options: &'m Options<'m>,
    ) -> Result<Job<'m>, Vec<Problem>> {
        let cases = match options.case {
            Some(case) => vec![case],
            None if simulate.cases.is_empty() => vec![case(study, options)],
            None => simulate.cases.clone(),
        };
        let asked: Vec<Asked> = simulate.outputs.iter().chain(&simulate.predicates).cloned().collect();
        let names: Vec<String> = asked.iter().map(|asked| format!("`{}`", asked.text)).collect();
        let wanted = Wanted {
            draws: options.draws.unwrap_or(simulate.draws),
            seed: options.seed.unwrap_or(simulate.seed),
            sampling: simulate.sampling,
            vary: &simulate.vary,
            pin: &simulate.pin,
            correlations: &simulate.correlations,
            what: &names.join(" or "),
        };
        let probes: Vec<Probe> = probes(&asked);
        let drawn = drawn(model, study, options, &wanted, &cases, &probes)?;
        Ok(Job { model, study, simulate, options, draws: wanted.draws, seed: wanted.seed, drawn, asked })
    }

    /// The answer without what is found.
    fn answer(&self) -> SimulateAnswer {
        let input = |input: &super::drawn::Input| DrawnInput {
            input: input.factor.text.clone(),
            unit: input.unit.clone(),
            spread: input.spread.clone(),
        };
        SimulateAnswer {
            head: Head::of(self.model, self.study, self.drawn.worlds[0].case),
            draws: self.draws,
            seed: self.seed,
            sampling: self.simulate.sampling,
            inputs: self.drawn.inputs.iter().map(input).collect(),
            is_linked: !self.simulate.correlations.is_empty(),
            pinned: self.drawn.pinned.clone(),
            idle: self.drawn.idle.clone(),
            cases: Vec::new(),
            notes: self.drawn.notes.clone(),
            part: None,
        }
    }

    /// Which quantiles are asked for.
    fn quantiles(&self) -> Vec<f64> {
        let quantile = |statistic: &Statistic| match statistic {
            Statistic::Quantile(p) => Some(*p),
            _ => None,
        };
        self.simulate.report.iter().filter_map(quantile).collect()
    }
}
