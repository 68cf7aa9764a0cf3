//! Results to a document: a template, the model it looks at, and Markdown that says where each number is from.

mod book;
mod cells;
mod change;
mod chart;
mod claim;
mod coverage;
mod desk;
mod entity;
mod environment;
mod error;
mod failure;
mod filters;
mod finding;
mod functions;
mod given;
mod guard;
mod input;
mod library;
mod look;
mod names;
mod notes;
mod number;
mod origin;
mod parallel;
mod pattern;
mod render;
mod series;
mod source;
mod study;
mod table;
mod text;
mod tidy;

use std::sync::Arc;

use crate::eval::{Findings, Results};
use crate::model::Model;
use crate::study::Answers;

pub use chart::{Picture, TABLE as CHARTS};
pub use desk::Expressions;
pub use error::ReportError;
pub use filters::TABLE as FILTERS;
pub use functions::TABLE as FUNCTIONS;
pub use library::LIBRARY;
pub use render::{Rendered, render};

/// The templates of a book, by their path in its `templates/`; those of the library are known without it.
pub trait Templates: Send + Sync {
    /// The text of a template, if the book has one of that name.
    fn read(&self, name: &str) -> Option<String>;
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
