//! `StudyError`: why a study asks nothing that can be answered.

use miette::Diagnostic;
use thiserror::Error;

use crate::text::Span;

/// What is wrong with a study.
#[derive(Debug, Clone, PartialEq, Error, Diagnostic)]
pub(super) enum StudyError {
    /// A line that says nothing to a study of this sort.
    #[error("{what} says nothing to a {word}")]
    #[diagnostic(code(study::line), help("{help}"))]
    Line {
        what: String,
        word: &'static str,
        help: String,
        #[label("not for a {word}")]
        span: Span,
    },
    /// A study without what it is about.
    #[error("{message}")]
    #[diagnostic(code(study::lacks), help("{help}"))]
    Lacks {
        message: String,
        help: String,
        #[label("this study")]
        span: Span,
    },
    /// A series where one value is asked for.
    #[error("`{what}` has a value for each period, and a study reads one")]
    #[diagnostic(code(study::series), help("name the period: `{example}`"))]
    Series {
        what: String,
        example: String,
        #[label("a series")]
        span: Span,
    },
    /// A path that leads to several values where one is varied.
    #[error("`{path}` leads to {count} values, and one is varied here")]
    #[diagnostic(code(study::several), help("name one of them, such as `{example}`"))]
    Several {
        path: String,
        count: usize,
        example: String,
        #[label("{count} values")]
        span: Span,
    },
    /// The same thing said twice.
    #[error("`{what}` is said twice")]
    #[diagnostic(code(study::twice), help("keep one of them"))]
    Twice {
        what: String,
        #[label("said again here")]
        span: Span,
        #[label("said here")]
        before: Span,
    },
    /// Two inputs on one numbered stream.
    #[error("`{path}` would draw as `{other}` does: both draw from stream {text}")]
    #[diagnostic(
        code(study::same_stream),
        help("give each a stream of its own; if they move as one, say `correlate {other}, {path} at 1`")
    )]
    SameStream {
        path: String,
        other: String,
        text: String,
        #[label("the same stream")]
        span: Span,
        #[label("drawn from by `{other}`")]
        before: Span,
    },
    /// Levels that are none.
    #[error("{message}")]
    #[diagnostic(code(study::levels), help("{help}"))]
    Levels {
        message: String,
        help: String,
        #[label("here")]
        span: Span,
    },
    /// A correlation that is none.
    #[error("{message}")]
    #[diagnostic(code(study::correlation), help("{help}"))]
    Correlation {
        message: String,
        help: String,
        #[label("here")]
        span: Span,
    },
    /// A word or a number that a setting cannot have.
    #[error("{message}")]
    #[diagnostic(code(study::setting), help("{help}"))]
    Setting {
        message: String,
        help: String,
        #[label("here")]
        span: Span,
    },
}

impl crate::diagnostic::Fault for StudyError {}
