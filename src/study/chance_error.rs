//! `ChanceError`: why inputs cannot be drawn as they are asked for, or parts of a run not be merged.

use miette::Diagnostic;
use thiserror::Error;

use crate::chance::MarginalError;
use crate::text::Span;

/// Why inputs cannot be drawn as they are asked for.
#[derive(Debug, Clone, PartialEq, Error, Diagnostic)]
pub enum ChanceError {
    /// More draws than one run gets through, or none to speak of.
    #[error("a run takes from 2 to {most} draws, and {draws} are asked for")]
    #[diagnostic(code(study::draws), help("{help}"))]
    Draws {
        draws: String,
        most: String,
        help: String,
        #[label("this study")]
        span: Span,
    },
    /// The numbers of a spread make no distribution.
    #[error("`{input}` cannot be drawn from `{spread}`: {why}")]
    #[diagnostic(code(chance::domain), help("{help}"))]
    Domain {
        input: String,
        spread: String,
        why: MarginalError,
        help: &'static str,
        #[label("its spread")]
        span: Span,
    },
    /// More inputs than there are directions for Sobol points.
    #[error("sobol points are known for {most} inputs, and {inputs} are drawn")]
    #[diagnostic(code(chance::sobol), help("say `sampling latin`, or pin inputs that matter little"))]
    Sobol {
        inputs: usize,
        most: usize,
        #[label("one of them")]
        span: Span,
    },
    /// There are no numbers with such correlations.
    #[error("no inputs move together like that, so the nearest that do are drawn: {moved}")]
    #[diagnostic(code(chance::correlation), severity(Warning), help("{help}"))]
    Correlation {
        moved: String,
        help: String,
        #[label("these correlations")]
        span: Span,
    },
    /// A correlation with an input that stays where it is.
    #[error("`{input}` is not drawn here, so it moves together with nothing")]
    #[diagnostic(code(chance::not_drawn), severity(Warning), help("drop the line, or let `{input}` vary"))]
    NotDrawn {
        input: String,
        #[label("no draw for one of these")]
        span: Span,
    },
    /// A condition that holds always or never has no region.
    #[error("`{condition}` holds in {how} of {draws} worlds, so there is no region to find")]
    #[diagnostic(code(study::one_sided), help("{help}"))]
    OneSided {
        condition: String,
        how: &'static str,
        draws: String,
        help: String,
        #[label("this condition")]
        span: Span,
    },
    /// Parts that do not make one run.
    #[error("these parts do not make one run of `{study}`: {why}")]
    #[diagnostic(
        code(study::parts),
        help("run every part of a simulation on the same book with the same `--draws`, `--seed` and `--set`")
    )]
    Parts {
        study: String,
        why: String,
        #[label("this study")]
        span: Span,
    },
}

impl crate::diagnostic::Fault for ChanceError {}
