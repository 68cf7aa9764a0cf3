//! `Options`: how a study is run.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use crate::eval::{Knob, Probe, Results, Settings, Sweep, evaluate};
use crate::model::{CaseId, Model};

/// How a study is run; what is not said is as the study says.
#[derive(Clone, Default)]
pub struct Options<'a> {
    /// What is laid under the points of the study, and what is laid over them (`--set`).
    pub settings: Settings,
    /// What the model comes to with these settings; evaluated when it is first asked for, unless it is known.
    pub base: OnceLock<Arc<Results>>,
    /// Starts from this case.
    pub case: Option<CaseId>,
    pub draws: Option<u64>,
    pub seed: Option<u64>,
    /// How many threads work; one for 0.
    pub threads: usize,
    pub shard: Option<Shard>,
    /// Is told how many points are done, of how many.
    pub progress: Option<&'a (dyn Fn(u64, u64) + Sync)>,
    /// Ends the run soon after it becomes true.
    pub stop: Option<&'a AtomicBool>,
}

/// One of some parts of the draws that are run by themselves and merged afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    pub number: u64,
    pub of: u64,
}

impl Options<'_> {
    /// What the model comes to where a study changes nothing.
    pub(super) fn base(&self, model: &Model) -> &Arc<Results> {
        self.base.get_or_init(|| Arc::new(evaluate(model, &self.settings)))
    }

    /// A case of the model, ready to be evaluated at many points.
    pub(super) fn sweep<'m>(&self, model: &'m Model, case: CaseId, knobs: &[Knob], probes: &[Probe]) -> Sweep<'m> {
        Sweep::on(model, self.base(model).clone(), case, knobs, probes)
    }

    /// How many threads work.
    pub(super) fn threads(&self) -> usize {
        self.threads.max(1)
    }

    /// Says how far it is.
    pub(super) fn tell(&self, done: u64, all: u64) {
        if let Some(progress) = self.progress {
            progress(done, all);
        }
    }

    /// Whether to end.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }
}
