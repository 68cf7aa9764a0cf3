//! `Allowed`: a hint that the book itself says is meant.

use miette::Diagnostic;
use thiserror::Error;

use crate::text::{Place, Span};

use super::{Problem, Problems, Severity};

/// The codes of all hints; nothing else can be meant.
pub const HINTS: [&str; 14] = [
    "hint::compounding",
    "hint::hole",
    "hint::idle",
    "hint::left_out",
    "hint::named_value",
    "hint::odd_one",
    "hint::share",
    "hint::sign",
    "hint::thousandfold",
    "hint::total",
    "hint::unused",
    "resolve::unnamed_number",
    "resolve::unused",
    "syntax::reserved",
];

/// `allow hint::sign because "a refund"`: a hint that is not raised where this stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Allowed {
    pub code: String,
    /// Where the code is written.
    pub place: Place,
    /// The line or the block that it stands behind; nothing for the whole book.
    pub within: Option<Place>,
}

impl Allowed {
    /// Whether it stands behind what a hint is about; what the hint only points at as a witness does not count.
    pub fn covers(&self, problem: &Problem) -> bool {
        let is_within = |within: Place| {
            problem.place().is_some_and(|place| within.source == place.source && within.span.holds(place.span))
        };
        problem.severity == Severity::Hint && problem.code == self.code && self.within.is_none_or(is_within)
    }
}

/// Problems without the hints that are allowed, and those.
pub fn without(problems: Problems, allowed: &[Allowed]) -> (Problems, Vec<Problem>) {
    let is_allowed = |problem: &Problem| allowed.iter().any(|one| one.covers(problem));
    let (meant, others): (Vec<Problem>, Vec<Problem>) = problems.into_iter().partition(is_allowed);
    let mut left = Problems::default();
    left.extend(others);
    (left, meant)
}

/// A hint for every permission that allows none of those that were left out.
pub fn idle(allowed: &[Allowed], meant: &[Problem]) -> Vec<Problem> {
    let idle = allowed.iter().filter(|one| !meant.iter().any(|problem| one.covers(problem)));
    idle.map(idle_of).collect()
}

fn idle_of(one: &Allowed) -> Problem {
    Problem::new(one.place.source, &Idle { code: one.code.clone(), span: one.place.span })
}

/// A permission that no hint needs.
#[derive(Debug, Clone, PartialEq, Error, Diagnostic)]
#[error("`allow {code}` allows nothing")]
#[diagnostic(code(hint::idle), severity(Advice), help("drop it: nothing that it stands behind raises `{code}`"))]
struct Idle {
    code: String,
    #[label("nothing here needs it")]
    span: Span,
}

impl super::Fault for Idle {}
