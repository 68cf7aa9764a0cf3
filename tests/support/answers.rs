//! What the studies of a book find: each answer as Markdown, and the problems of those that have none.

use std::sync::Arc;

use scn::diagnostic::Problem;
use scn::export::study::{markdown, parts};
use scn::model::StudyId;
use scn::study::{Options, run};
use scn::workspace::Checked;

/// A study's name, and its answer with its warnings, or why there is none.
pub type Told = (Arc<str>, Result<(String, Vec<Problem>), Vec<Problem>>);

/// Runs every study of a sound book.
pub fn answers(checked: &Checked) -> Vec<Told> {
    let studies = checked.model.studies.iter().enumerate();
    studies
        .map(|(at, study)| {
            let answer = run(&checked.model, StudyId(at as u32), &Options::default());
            (study.name.clone(), answer.map(|answer| (markdown(&parts(&answer)), answer.notes().to_vec())))
        })
        .collect()
}
