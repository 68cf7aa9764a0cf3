//! `StudyError`: why a study has no answer.

use miette::Diagnostic;
use thiserror::Error;

use crate::text::Span;

/// Why a study has no answer.
#[derive(Debug, Clone, PartialEq, Error, Diagnostic)]
pub enum StudyError {
    /// A grid with more values than anyone reads.
    #[error("the grid `{name}` has {cells} cells, and {most} are the most")]
    #[diagnostic(code(study::too_many_points), help("name fewer levels: {levels}"))]
    TooManyPoints {
        name: String,
        cells: String,
        most: String,
        /// How many each axis has.
        levels: String,
        #[label("this many levels, multiplied")]
        span: Span,
    },
    /// The range of an input is not two numbers.
    #[error("the range of `{path}` has no two ends here: {why}")]
    #[diagnostic(code(study::no_ends), help("{help}"))]
    NoEnds {
        path: String,
        why: String,
        help: &'static str,
        #[label("swung here")]
        span: Span,
    },
    /// No input with a range reaches what is asked for.
    #[error("no assumption with a range moves {what}")]
    #[diagnostic(code(study::nothing_moves), help("{help}"))]
    NothingMoves {
        what: String,
        help: String,
        #[label("nothing to swing")]
        span: Span,
    },
    /// No value between the ends brings the target.
    #[error("no `{free}` from {low} to {high} brings `{target}` to {wanted}")]
    #[diagnostic(code(study::no_root), help("{help}"))]
    NoRoot {
        free: String,
        low: String,
        high: String,
        target: String,
        wanted: String,
        help: String,
        #[label("{ends}")]
        span: Span,
        /// What the target is at both ends.
        ends: String,
    },
    /// No values of several inputs bring all targets.
    #[error("no values of {free} bring all targets")]
    #[diagnostic(
        code(study::no_solution),
        help("widen `free`, or the tolerance of a target; the nearest is {nearest}")
    )]
    NoSolution {
        free: String,
        nearest: String,
        #[label("{misses}")]
        span: Span,
        misses: String,
    },
    /// A published figure on the way to the target does not reconcile.
    #[error("`{name}` would be solved on top of a figure that does not reconcile: `{path}`")]
    #[diagnostic(code(study::unreconciled), help("reconcile `{path}` first, or say why it is disputed"))]
    Unreconciled {
        name: String,
        path: String,
        #[label("its target is made of `{path}`")]
        span: Span,
    },
    /// A recorded value no longer brings the targets of the calibration that it is implied by.
    #[error("`{path}` is no longer what `{study}` implies: {misses}")]
    #[diagnostic(code(study::implied), help("{help}"))]
    Implied {
        path: String,
        study: String,
        misses: String,
        help: String,
        #[label("implied by `{study}`")]
        span: Span,
    },
}

impl crate::diagnostic::Fault for StudyError {}
