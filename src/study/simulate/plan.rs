//! `Plan`: everything a simulation would do in one case, for an engine that does it elsewhere.

use crate::chance::{Blend, Marginal, Stream};
use crate::diagnostic::Problem;
use crate::eval::Sweep;
use crate::model::{Asked, Model, Sampling, Simulate, Study};

use super::super::drawn::World;
use super::{Job, Options};

/// What is drawn and read in one case.
#[derive(Debug)]
pub struct Plan<'m> {
    pub draws: u64,
    pub seed: u64,
    pub sampling: Sampling,
    /// The stream of each input, and the distribution of each of its knobs, which take the same uniform number.
    pub inputs: Vec<(Stream, Vec<Marginal>)>,
    /// How they move together.
    pub blend: Option<Blend>,
    /// The case, ready to be evaluated.
    pub sweep: Sweep<'m>,
    /// What is read, outputs before conditions; a probe of the sweep for each.
    pub asked: Vec<Asked>,
    /// Which quantiles are asked for.
    pub quantiles: Vec<f64>,
}

/// The plan of the first case of a simulation.
pub(in crate::study) fn plan<'m>(
    model: &'m Model,
    study: &'m Study,
    simulate: &'m Simulate,
    options: &'m Options<'m>,
) -> Result<Plan<'m>, Vec<Problem>> {
    let job = Job::new(model, study, simulate, options)?;
    let quantiles = job.quantiles();
    let Job { draws, seed, drawn, asked, .. } = job;
    let world: World<'m> = drawn.worlds.into_iter().next().ok_or_else(Vec::new)?;
    let of = |input: usize| world.turned.iter().filter(move |turned| turned.input == input);
    let marginals = |input: usize| of(input).map(|turned| turned.marginal.clone()).collect();
    let inputs = world.draws.streams().enumerate().map(|(at, stream)| (stream, marginals(at))).collect();
    let blend = world.draws.blend().cloned();
    Ok(Plan { draws, seed, sampling: simulate.sampling, inputs, blend, sweep: world.sweep, asked, quantiles })
}
