//! `Material`: what the reports of a book are made from.

use std::sync::Arc;

use crate::check::Given;
use crate::diagnostic::Problem;
use crate::eval::{Findings, Results};
use crate::model::{Formula, Model};
use crate::study::Answers;
use crate::units::Unit;

/// Reads an expression of the language, as the checker does.
pub type Expressions = dyn Fn(&str, &[Given]) -> Result<(Formula, Unit), Vec<Problem>> + Send + Sync;

/// The templates of a book, by their path in its `templates/`; those of the library are known without it.
pub trait Templates: Send + Sync {
    /// The text of a template, if the book has one of that name; in words why it may not be read.
    fn read(&self, name: &str) -> Result<Option<String>, String>;
}

/// What the reports of a book are made from.
#[derive(Clone)]
pub struct Material {
    pub model: Arc<Model>,
    pub results: Arc<Results>,
    pub findings: Arc<Findings>,
    pub templates: Arc<dyn Templates>,
    /// Checks an expression that is written in a template.
    pub expressions: Arc<Expressions>,
    /// What the studies of the book found, shared by all reports.
    pub answers: Arc<Answers>,
}
