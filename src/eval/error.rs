//! What evaluation finds wrong, although every formula is sound by itself.

use miette::Diagnostic;
use thiserror::Error;

use crate::text::Span;

/// Why a value cannot be computed, or an override does nothing.
#[derive(Debug, Clone, PartialEq, Error, Diagnostic)]
pub enum EvalError {
    /// A value needs itself in the same period.
    #[error("`{first}` needs itself{case}: {path}")]
    #[diagnostic(
        code(eval::cycle),
        help("look at the period before with `[prev]`, or give one of them a value that needs no other")
    )]
    Cycle {
        first: String,
        /// `first`, what it needs, …, `first` again.
        path: String,
        /// Empty, or in which case.
        case: String,
        #[label("defined here")]
        span: Span,
    },
    /// A value looks at itself in another case.
    #[error("`{first}` looks at itself in another case: {path}")]
    #[diagnostic(code(eval::case_cycle), help("compare cases in a value that no case is made of"))]
    CaseCycle {
        first: String,
        path: String,
        #[label("defined here")]
        span: Span,
    },
    /// An indexed name has no member for an entity.
    #[error("`{name}` says nothing for {entity}")]
    #[diagnostic(code(eval::no_member), help("define `{name}[{entity}]`, or leave {entity} out with `where`"))]
    NoMember {
        name: String,
        entity: String,
        #[label("the entities that have one")]
        span: Span,
    },
    /// An override leaves every value as it was.
    #[error("`{text}` changes nothing in {case}")]
    #[diagnostic(code(cases::no_effect), severity(Warning), help("drop the line, or write the value that is meant"))]
    NoEffect {
        text: String,
        case: String,
        #[label("the values are the same without it")]
        span: Span,
    },
}

impl crate::diagnostic::Fault for EvalError {}
