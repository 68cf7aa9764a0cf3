//! `Sweep`: one model evaluated at many points: some cells are set, some are read, the rest follows.

mod columns;
mod plain;

use std::ops::Range;

use crate::model::{CaseId, Model, VariableId, Window};

use super::{Results, Settings, evaluate};

pub use columns::Columns;

/// What a sweep sets: every cell of a variable in a window; all of its cells if nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Knob {
    pub variable: VariableId,
    pub window: Option<Window>,
}

/// What a sweep reads: one cell of a variable; a value without time takes any index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probe {
    pub variable: VariableId,
    pub index: Option<usize>,
}

/// One case of a model, ready to be evaluated at many points.
///
/// Column `i` of what is read equals, to the bit, what [`evaluate`] gives with the knobs' values laid over the case as the
/// last layer below `--set`; a value that is missing there is NaN here, and a knob that is NaN is missing.
#[derive(Debug)]
pub struct Sweep<'m> {
    model: &'m Model,
    settings: Settings,
    case: CaseId,
    knobs: Vec<Knob>,
    probes: Vec<Probe>,
    base: Results,
}

/// How many points are computed at a time; what is added up chunk by chunk does not depend on who computes it.
pub const CHUNK: usize = 2048;

impl<'m> Sweep<'m> {
    /// Prepares a case for points.
    pub fn new(model: &'m Model, settings: &Settings, case: CaseId, knobs: &[Knob], probes: &[Probe]) -> Sweep<'m> {
        Sweep {
            model,
            settings: settings.clone(),
            case,
            knobs: knobs.to_vec(),
            probes: probes.to_vec(),
            base: evaluate(model, settings),
        }
    }

    /// The model with no knob turned.
    pub fn base(&self) -> &Results {
        &self.base
    }

    /// Which knobs reach any probe; one that does may still leave it as it is.
    pub fn reached(&self) -> Vec<bool> {
        vec![true; self.knobs.len()]
    }

    /// About how many cells are computed for one point.
    pub fn cost(&self) -> usize {
        self.model.variables.len().max(1)
    }

    /// Evaluates points: knob `k` is set to `columns[k][i]`, probe `p` is written to `out[p][i]`.
    pub fn run(&self, columns: &[&[f64]], out: &mut [Vec<f64>]) {
        let n = columns.first().map_or(1, |column| column.len());
        out.iter_mut().for_each(|values| values.resize(n, f64::NAN));
        self.plain(columns, out);
    }

    /// Evaluates `n` points in chunks of [`CHUNK`] on some threads: `fill` writes the knobs' columns of a chunk, `see`
    /// makes something of the probes' columns, and `take` gets that in the order of the chunks.
    pub fn run_parallel<T: Send>(
        &self,
        n: u64,
        threads: usize,
        fill: impl Fn(Range<u64>, &mut Columns) + Sync,
        see: impl Fn(Range<u64>, &Columns) -> T + Sync,
        mut take: impl FnMut(T),
    ) {
        let _ = threads;
        let (mut knobs, mut probes) = (Columns::new(self.knobs.len()), Columns::new(self.probes.len()));
        let mut first = 0;
        while first < n {
            let range = first..n.min(first + CHUNK as u64);
            let len = (range.end - range.start) as usize;
            knobs.resize(len);
            fill(range.clone(), &mut knobs);
            self.run(&knobs.slices(), probes.columns_mut());
            take(see(range.clone(), &probes));
            first = range.end;
        }
    }
}
