//! `Problem`: anything wrong with a file; `Problems`: all of them, sorted by place.

mod allowed;
mod explain;
mod pages;
mod policy;
mod refusal;
pub mod render;

use miette::Diagnostic;

use crate::text::{self, Place, SourceId, Span};

pub use allowed::{Allowed, HINTS, idle, without};
pub use explain::{PAGES, page};
pub use policy::Policy;
pub use refusal::Refusal;

/// How bad a problem is: an error makes no model, a warning makes a doubtful one, a hint is advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Hint,
}

/// A place and what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub place: Place,
    pub text: String,
}

/// Anything wrong with a file: a code with a page, a message, the places that matter, and what to do.
///
/// The first label is the place the problem is sorted and shown under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub code: String,
    pub severity: Severity,
    pub message: String,
    pub labels: Vec<Label>,
    pub help: Option<String>,
    /// What it misses: it may only follow from what could not be read.
    pub missing: Box<[Missing]>,
}

/// What a problem misses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// Something of a name, or the item that such a word begins.
    Name(String),
    /// Anything that uses what it is about.
    Use,
}

/// An error of a phase, of which a problem is made.
pub trait Fault: Diagnostic {
    /// What it misses, if it says that something is not there.
    fn missing(&self) -> Vec<Missing> {
        Vec::new()
    }
}

impl Problem {
    /// Reads an error of a phase, whose labels are places in `source`.
    pub fn new(source: SourceId, error: &dyn Fault) -> Problem {
        let severity = match error.severity() {
            None | Some(miette::Severity::Error) => Severity::Error,
            Some(miette::Severity::Warning) => Severity::Warning,
            Some(miette::Severity::Advice) => Severity::Hint,
        };
        let labels = error.labels().into_iter().flatten().map(|label| Label {
            place: Span::new(label.offset(), label.offset() + label.len()).at(source),
            text: text::message(label.label().unwrap_or("here")),
        });
        Problem {
            code: error.code().map(|code| code.to_string()).unwrap_or_default(),
            severity,
            message: text::message(&error.to_string()),
            labels: labels.collect(),
            help: error.help().map(|help| text::message(&help.to_string())),
            missing: error.missing().into(),
        }
    }

    /// Adds a place, in this file or another.
    pub fn with(mut self, place: Place, text: impl Into<String>) -> Problem {
        self.labels.push(Label { place, text: text::message(&text.into()) });
        self
    }

    /// The place this problem is shown under.
    pub fn place(&self) -> Option<Place> {
        self.labels.first().map(|label| label.place)
    }
}

/// All problems of a run; sorted by place, then code, without repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    all: Vec<Problem>,
}

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.all.push(problem);
    }

    /// Adds those of another phase.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Problem>) {
        self.all.extend(others);
    }

    /// Sorts by place and drops repeats.
    pub fn sorted(mut self) -> Problems {
        self.all.sort_by(|a, b| (a.place(), &a.code, &a.message).cmp(&(b.place(), &b.code, &b.message)));
        self.all.dedup();
        self
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.all.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Every problem in order.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.all.iter()
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.into_iter()
    }
}
