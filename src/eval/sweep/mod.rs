//! `Sweep`: one model evaluated at many points: some cells are set, some are read, the rest follows.

mod build;
mod columns;
pub mod graph;
mod grid;
mod kernel;
mod knob;
mod machine;
pub mod node;
mod parallel;
mod plain;
mod program;
mod tape;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use crate::model::{CaseId, Model};

use super::{Results, Settings, evaluate};

use grid::Split;
use machine::Machine;
use tape::Tape;

pub use columns::Columns;
pub use knob::{Knob, Probe};
pub use parallel::CHUNK;

/// One case of a model, ready to be evaluated at many points.
///
/// Column `i` of what is read equals, to the bit, what [`evaluate`] gives with the knobs' values laid over every case as the
/// last layer below `--set`. A value that is missing there is NaN here, yes is 1 and no is 0, a text is NaN; a knob that is
/// not finite is missing.
#[derive(Debug)]
pub struct Sweep<'m> {
    model: &'m Model,
    case: CaseId,
    knobs: Vec<Knob>,
    probes: Vec<Probe>,
    base: Arc<Results>,
    /// Nothing if the model is evaluated point by point.
    tape: Option<Tape>,
}

/// Below so many steps a second thread costs more than it brings.
const WORTH_A_THREAD: u64 = 4_000_000;

impl<'m> Sweep<'m> {
    /// Prepares a case for points.
    pub fn new(model: &'m Model, settings: &Settings, case: CaseId, knobs: &[Knob], probes: &[Probe]) -> Sweep<'m> {
        Sweep::on(model, Arc::new(evaluate(model, settings)), case, knobs, probes)
    }

    /// Prepares a case for points on top of what the model comes to with no knob turned.
    pub fn on(model: &'m Model, base: Arc<Results>, case: CaseId, knobs: &[Knob], probes: &[Probe]) -> Sweep<'m> {
        let tape = Tape::of(model, &base, case, (knobs, probes)).ok();
        let (knobs, probes) = (knobs.to_vec(), probes.to_vec());
        Sweep { model, case, knobs, probes, base, tape }
    }

    /// The model with no knob turned.
    pub fn base(&self) -> &Results {
        &self.base
    }

    /// Which knobs reach any probe; one that does may still leave it as it is.
    pub fn reached(&self) -> Vec<bool> {
        match &self.tape {
            Some(tape) => tape.reached(),
            None => self.reached_by_names(),
        }
    }

    /// How many steps one point takes: what a study multiplies by its points before it begins.
    pub fn cost(&self) -> u64 {
        match &self.tape {
            Some(tape) => tape.program.steps.len() as u64 + 1,
            None => self.plain_cost(),
        }
    }

    /// What is computed for one point, and the step of each probe; nothing if the model is evaluated point by point.
    pub fn formulas(&self) -> Option<(&graph::Graph, &[node::Id])> {
        self.tape.as_ref().map(|tape| (&tape.graph, &tape.probes[..]))
    }

    /// Evaluates points: knob `k` is set to `columns[k][i]`, and probe `p` is written to `out[p][i]`.
    pub fn run(&self, columns: &[&[f64]], out: &mut [Vec<f64>]) {
        let points = columns.first().map_or(1, |column| column.len());
        out.iter_mut().for_each(|values| values.resize(points, f64::NAN));
        match &self.tape {
            Some(tape) => tape.run(columns, &mut slices(out)),
            None => self.plain(columns, &mut slices(out)),
        }
    }

    /// Evaluates points in chunks of [`CHUNK`] on some threads: `fill` writes the knobs' columns of a chunk, `see` makes
    /// something of the probes' columns, and `take` gets that in the order of the chunks. Memory does not grow with `points`.
    pub fn run_parallel<T: Send>(
        &self,
        points: u64,
        threads: usize,
        fill: impl Fn(Range<u64>, &mut Columns) + Sync,
        see: impl Fn(Range<u64>, &Columns) -> T + Sync,
        take: impl FnMut(T),
    ) {
        self.run_with_knobs(points, threads, fill, |range, _, probes| see(range, probes), take);
    }

    /// The same, where `see` is given the knobs' columns, then the probes'.
    pub fn run_with_knobs<T: Send>(
        &self,
        points: u64,
        threads: usize,
        fill: impl Fn(Range<u64>, &mut Columns) + Sync,
        see: impl Fn(Range<u64>, &Columns, &Columns) -> T + Sync,
        take: impl FnMut(T),
    ) {
        let state = || {
            let machine = self.tape.as_ref().map(|tape| Machine::new(&tape.program));
            (machine, Columns::new(self.knobs.len()), Columns::new(self.probes.len()))
        };
        let make = |(machine, knobs, probes): &mut (Option<Machine<'_>>, Columns, Columns), range: Range<u64>| {
            let points = (range.end - range.start) as usize;
            knobs.resize(points);
            probes.resize(points);
            fill(range.clone(), knobs);
            match machine {
                Some(machine) => machine.run(&knobs.slices(), &mut slices(probes.columns_mut())),
                None => self.plain(&knobs.slices(), &mut slices(probes.columns_mut())),
            }
            see(range, knobs, probes)
        };
        parallel::in_order(points, threads, state, make, take);
    }

    /// Evaluates every combination of the knobs' levels, the last knob's fastest, into `out[p]`.
    pub fn grid(&self, levels: &[&[f64]], threads: usize, out: &mut [Vec<f64>]) {
        let cells: usize = levels.iter().map(|levels| levels.len()).product();
        out.iter_mut().for_each(|values| values.resize(cells, f64::NAN));
        match &self.tape {
            Some(tape) if !levels.is_empty() => {
                let is_worth_it = cells as u64 * self.cost() >= WORTH_A_THREAD;
                Split::of(tape).run(levels, if is_worth_it { threads } else { 1 }, out);
            }
            _ => {
                let columns = grid::spread(levels, 0, cells);
                self.run(&columns.iter().map(Vec::as_slice).collect::<Vec<_>>(), out);
            }
        }
    }
}

fn slices(columns: &mut [Vec<f64>]) -> Vec<&mut [f64]> {
    columns.iter_mut().map(Vec::as_mut_slice).collect()
}
