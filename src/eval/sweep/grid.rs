//! Grids: what depends on the outer axes only is computed once for each of their points, what depends on the last axis
//! only once for each of its levels, and the rest for each cell.

use std::sync::Mutex;

use super::kernel::BLOCK;
use super::machine::Machine;
use super::node::{Id, Node};
use super::program::{Given, Program};
use super::tape::Tape;

const OUTER: u8 = 1;
const INNER: u8 = 2;

/// How many cells one task computes, at least.
const TASK: usize = 1 << 16;

/// A tape split by axes; the last knob is the inner axis.
pub(super) struct Split {
    outer: Program,
    inner: Program,
    cells: Program,
}

impl Split {
    /// Splits a tape.
    pub fn of(tape: &Tape) -> Split {
        let last = tape.knobs.len().saturating_sub(1);
        let depends = tape.depends(|knob| if knob == last { INNER } else { OUTER });
        let given = given(tape, &depends);
        let side = |wanted: &[Id], columns: &[Id]| {
            Program::of(&tape.graph, wanted, &Given { columns: columns.to_vec(), numbers: Vec::new() })
        };
        Split {
            outer: side(&given.numbers, &tape.knobs[..last]),
            inner: side(&given.columns, &tape.knobs[last..]),
            cells: Program::of(&tape.graph, &tape.probes, &given),
        }
    }

    /// Evaluates every combination of levels into row after row of `out`.
    pub fn run(&self, axes: &[&[f64]], threads: usize, out: &mut [Vec<f64>]) {
        let Some((inner, outer)) = axes.split_last() else { return };
        if inner.is_empty() || outer.iter().any(|levels| levels.is_empty()) {
            return;
        }
        let mut columns = vec![vec![0.0; inner.len()]; self.inner.outputs.len()];
        let mut slices: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
        Machine::new(&self.inner).run(&[inner], &mut slices);
        columns.iter_mut().for_each(|column| column.resize(inner.len().next_multiple_of(BLOCK), f64::NAN));
        let rows = (TASK / inner.len()).max(1);
        let tasks = Mutex::new(tasks(out, rows * inner.len()).into_iter());
        let next = || tasks.lock().ok().and_then(|mut tasks| tasks.next());
        crate::parallel::together(threads, || {
            let mut machine = Machine::new(&self.cells);
            while let Some((at, mut out)) = next() {
                self.rows(&mut machine, (outer, inner.len()), &columns, at * rows, &mut out);
            }
        });
    }

    /// Some rows, from the row `first` on.
    fn rows(
        &self,
        machine: &mut Machine<'_>,
        (outer, width): (&[&[f64]], usize),
        columns: &[Vec<f64>],
        first: usize,
        out: &mut [&mut [f64]],
    ) {
        let rows = out.first().map_or(0, |out| out.len() / width);
        let points = spread(outer, first, rows);
        let points: Vec<&[f64]> = points.iter().map(Vec::as_slice).collect();
        let mut numbers = vec![vec![0.0; rows]; self.outer.outputs.len()];
        let mut slices: Vec<&mut [f64]> = numbers.iter_mut().map(Vec::as_mut_slice).collect();
        Machine::new(&self.outer).run(&points, &mut slices);
        machine.run_rows(&numbers, columns, width, out);
    }
}

/// What cells are given: outer results as numbers, inner results as columns.
fn given(tape: &Tape, depends: &[u8]) -> Given {
    let mut edge: Vec<Id> = tape.probes.clone();
    for (node, depends) in tape.graph.nodes.iter().zip(depends) {
        if *depends == OUTER | INNER && !matches!(node, Node::Knob(_)) {
            edge.extend(node.operands());
        }
    }
    edge.sort_unstable();
    edge.dedup();
    let on = |side: u8| edge.iter().copied().filter(|id| depends[id.0 as usize] == side).collect();
    Given { columns: on(INNER), numbers: on(OUTER) }
}

/// The cells of every task: so many of each column.
fn tasks(out: &mut [Vec<f64>], cells: usize) -> Vec<(usize, Vec<&mut [f64]>)> {
    let mut tasks: Vec<(usize, Vec<&mut [f64]>)> = Vec::new();
    for column in out {
        for (at, part) in column.chunks_mut(cells).enumerate() {
            if tasks.len() == at {
                tasks.push((at, Vec::new()));
            }
            tasks[at].1.push(part);
        }
    }
    tasks
}

/// The outer axes' levels at some points of all their combinations, the last axis fastest.
pub(super) fn spread(axes: &[&[f64]], first: usize, points: usize) -> Vec<Vec<f64>> {
    let mut stride = 1;
    let mut columns: Vec<Vec<f64>> = Vec::with_capacity(axes.len());
    for axis in axes.iter().rev() {
        columns.push((first..first + points).map(|point| axis[point / stride % axis.len()]).collect());
        stride *= axis.len();
    }
    columns.reverse();
    columns
}
