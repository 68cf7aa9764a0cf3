//! Cases, and what a book is held against and asked for.

use crate::text::Span;

use super::{Clauses, Expr, From, Value};

/// `case bull "Bull" from base about co, chip prob 25% by … { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub name: Span,
    pub label: Option<Span>,
    pub extends: Option<Span>,
    /// The entities and kinds it is about; everything if none is named.
    pub about: Vec<Span>,
    pub probability: Option<Expr>,
    pub clauses: Clauses,
    pub overrides: Vec<Override>,
}

/// `co.ke - 50 bps over because "…"`
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    pub span: Span,
    /// A path: names, fields and indexes only.
    pub path: Expr,
    pub change: Change,
    pub over: bool,
    pub clauses: Clauses,
}

/// What an override does.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    Set(Value),
    Low,
    High,
    /// `= from source`: take another candidate.
    Candidate(From),
    Plus(Expr),
    Minus(Expr),
    Times(Expr),
    /// A line that could not be read; its problem is among the parse's problems.
    Broken,
}

/// `check c in chip where …: left == right within 1 mn CNY "message"`
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Whether a failure only warns (`alert`).
    pub alert: bool,
    pub binder: Option<Binder>,
    pub condition: Expr,
    pub tolerance: Option<Expr>,
    pub case: Option<Span>,
    /// The message, without its quotes.
    pub message: Option<Span>,
}

/// `c in chip where c.domestic`
#[derive(Debug, Clone, PartialEq)]
pub struct Binder {
    pub name: Span,
    pub kind: Span,
    pub filter: Option<Expr>,
}

/// `reconcile co.value ~ 112 CNY/share within 3% from note p 14 case base disputed because "…"`
#[derive(Debug, Clone, PartialEq)]
pub struct Reconcile {
    pub what: Expr,
    pub printed: Printed,
    pub tolerance: Option<Tolerance>,
    pub case: Option<Span>,
    /// The reason, without its quotes.
    pub disputed: Option<Span>,
    pub clauses: Clauses,
}

/// What is printed: one figure, or a range of which one end may be open.
#[derive(Debug, Clone, PartialEq)]
pub enum Printed<E = Expr> {
    One(E),
    Range { low: Option<E>, high: Option<E> },
}

impl<E> Printed<E> {
    /// The same of each part.
    pub fn map<T>(&self, part: impl Fn(&E) -> T) -> Printed<T> {
        match self {
            Printed::One(figure) => Printed::One(part(figure)),
            Printed::Range { low, high } => {
                Printed::Range { low: low.as_ref().map(&part), high: high.as_ref().map(&part) }
            }
        }
    }

    /// Its figure, or one of its ends: the lower one, if it has one.
    pub fn first(&self) -> Option<&E> {
        match self {
            Printed::One(figure) => Some(figure),
            Printed::Range { low, high } => low.as_ref().or(high.as_ref()),
        }
    }
}

/// How near a published figure must be.
#[derive(Debug, Clone, PartialEq)]
pub enum Tolerance {
    AsPrinted(Span),
    Within(Expr),
}

/// `claim name "sentence {x}" when … case … with x = … format 0%`
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    pub name: Span,
    /// The sentence, without its quotes.
    pub sentence: Span,
    pub condition: Expr,
    pub case: Option<Span>,
    pub holes: Vec<Hole>,
}

/// `premium = … format 0%`
#[derive(Debug, Clone, PartialEq)]
pub struct Hole {
    pub name: Span,
    pub value: Expr,
    /// The format as written.
    pub format: Option<Span>,
}

/// `co.value "Price target"`
#[derive(Debug, Clone, PartialEq)]
pub struct OutputLine {
    pub what: Expr,
    /// The label, without its quotes.
    pub label: Option<Span>,
}

/// `report name "title" template "…" to "…" { name = … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub name: Span,
    pub title: Option<Span>,
    pub template: Span,
    pub to: Span,
    pub case: Option<Span>,
    /// Names the template may use: each an entity, a kind, an expression or a text.
    pub bindings: Vec<(Span, Expr)>,
}
