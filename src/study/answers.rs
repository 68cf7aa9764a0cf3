//! `Answers`: what the studies of a model found; each is answered once, when it is first asked for.

use std::sync::{Arc, OnceLock};

use crate::diagnostic::Problem;
use crate::eval::Results;
use crate::model::{Model, StudyId};

use super::{Answer, Options, run};

/// What the studies of a model found, as far as anybody has asked.
pub struct Answers {
    model: Arc<Model>,
    options: Options<'static>,
    found: Vec<OnceLock<Result<Arc<Answer>, Vec<Problem>>>>,
}

impl Answers {
    /// Nothing is answered yet; studies start from what the model came to, and so many threads work on each.
    pub fn new(model: Arc<Model>, results: Arc<Results>, threads: usize) -> Answers {
        let found = model.studies.iter().map(|_| OnceLock::new()).collect();
        let settings = results.settings.clone();
        let options = Options { settings, base: OnceLock::from(results), threads, ..Options::default() };
        Answers { model, options, found }
    }

    /// What a study found, or why it has no answer; whoever asks meanwhile waits for it.
    pub fn of(&self, study: StudyId) -> Result<Arc<Answer>, &[Problem]> {
        let found = self.found[study.0 as usize].get_or_init(|| run(&self.model, study, &self.options).map(Arc::new));
        found.as_ref().map(Arc::clone).map_err(Vec::as_slice)
    }
}

impl std::fmt::Debug for Answers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let answered = self.found.iter().filter(|found| found.get().is_some()).count();
        write!(f, "{answered} of {} studies answered", self.found.len())
    }
}
