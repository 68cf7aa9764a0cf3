//! What does not hold, as problems.

use miette::Diagnostic;
use thiserror::Error;

use crate::text::Span;

/// Why a check, a published figure or a claim does not stand.
#[derive(Debug, Clone, PartialEq, Error, Diagnostic)]
pub enum FindingError {
    /// A check does not hold.
    #[error("{what} does not hold{message}")]
    #[diagnostic(
        code(check::failed),
        help("correct what the two sides are made of, or state a tolerance with `within`")
    )]
    CheckFailed {
        what: String,
        /// Empty, or what the file says about it.
        message: String,
        breaches: String,
        #[label("{breaches}")]
        span: Span,
    },
    /// An alert is raised.
    #[error("{what} does not hold{message}")]
    #[diagnostic(
        code(check::alert),
        severity(Warning),
        help("look whether the values are meant; an alert stops nothing")
    )]
    Alert {
        what: String,
        message: String,
        breaches: String,
        #[label("{breaches}")]
        span: Span,
    },
    /// A check that nothing can be held against.
    #[error("whether {what} holds cannot be told{message}")]
    #[diagnostic(
        code(check::missing),
        severity(Warning),
        help("give the values that it looks at, or say in it where they are: `is_missing(x) or x > 0`")
    )]
    CheckMissing {
        what: String,
        message: String,
        reason: String,
        #[label("{reason}")]
        span: Span,
    },
    /// A published figure is too far from the computed one.
    #[error("`{path}`{case} is {computed}, but {printed} is printed")]
    #[diagnostic(
        code(reconcile::failed),
        help("correct the model, widen `within`, or say with `disputed because` why the figure is wrong")
    )]
    Differs {
        path: String,
        case: String,
        computed: String,
        printed: String,
        distance: String,
        #[label("{distance}")]
        span: Span,
    },
    /// A disputed figure reconciles.
    #[error("`{path}`{case} is disputed, but {computed} agrees with {printed}")]
    #[diagnostic(code(reconcile::settled), help("drop `disputed`: the dispute can be closed"))]
    Settled {
        path: String,
        case: String,
        computed: String,
        printed: String,
        #[label("the computed value is near enough")]
        span: Span,
    },
    /// A figure is printed, but nothing is computed.
    #[error("`{path}`{case} has no value, but {printed} is printed")]
    #[diagnostic(code(reconcile::missing), help("give what it is computed from, or print the missing value: `~ NA`"))]
    NotComputed {
        path: String,
        case: String,
        printed: String,
        reason: String,
        #[label("it is {reason}")]
        span: Span,
    },
    /// A claim's predicate is false.
    #[error("the claim `{name}`{case} is not true: `{condition}`")]
    #[diagnostic(code("claim::false"), help("say what the numbers say, or correct the numbers"))]
    ClaimFalse {
        name: String,
        case: String,
        condition: String,
        sides: String,
        #[label("{sides}")]
        span: Span,
    },
    /// A claim's predicate has no value.
    #[error("whether the claim `{name}`{case} is true cannot be told")]
    #[diagnostic(code(claim::missing), help("give the values that its condition looks at"))]
    ClaimMissing {
        name: String,
        case: String,
        reason: String,
        #[label("its condition is {reason}")]
        span: Span,
    },
}

impl crate::diagnostic::Fault for FindingError {}

/// ` in case bull`; nothing for base.
pub(super) fn in_case(model: &crate::model::Model, case: crate::model::CaseId) -> String {
    match case {
        crate::model::CaseId::BASE => String::new(),
        case => format!(" in case {}", model.case(case).name),
    }
}
