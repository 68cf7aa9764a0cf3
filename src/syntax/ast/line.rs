//! Lines of a block: inputs, definitions with their pieces and clauses, functions.

use crate::text::Span;

use super::{Check, Claim, Expr, Interpolation, OutputLine, Reconcile, SeriesKind, Spread, Verb};

/// One line of a block.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub span: Span,
    pub kind: LineKind,
}

/// What a line is.
#[derive(Debug, Clone, PartialEq)]
pub enum LineKind {
    /// `in die: mm2, flow units: chip`; only in a kind.
    Inputs(Vec<InputLine>),
    Definition(Definition),
    Check(Check),
    Reconcile(Reconcile),
    Claim(Claim),
    Output(Vec<OutputLine>),
    /// A line that could not be read; its problem is in [`Parsed::problems`](crate::syntax::Parsed::problems).
    Broken,
}

/// One declared input of a kind.
#[derive(Debug, Clone, PartialEq)]
pub struct InputLine {
    pub optional: bool,
    pub series: Option<SeriesKind>,
    pub name: Span,
    pub ty: InputType,
}

/// What an input of a kind may hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum InputType {
    Unit(Span),
    Text,
    YesNo,
}

/// `given flow units[c1]: chip = … from … by … because …`
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Whether `also` makes it one more candidate for an input that is defined elsewhere.
    pub also: bool,
    pub verb: Option<Verb>,
    pub series: Option<SeriesKind>,
    pub name: Span,
    pub index: Option<Span>,
    pub unit: Option<Span>,
    pub value: Value,
    pub clauses: Clauses,
}

/// What stands after `=`.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Scalar(Expr),
    Series { pieces: Vec<Piece>, interpolation: Option<Interpolation> },
}

/// `2026E..2028E revenue[prev] * 1.2 from …`
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub periods: Periods,
    pub value: Expr,
    pub clauses: Clauses,
}

/// One period, a range, or everything from a period on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Periods {
    One(Span),
    Range(Span, Span),
    From(Span),
}

/// What a line or block says of its values: range, shape, source, owner, reason.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clauses(pub Option<Box<ClauseSet>>);

/// The clauses, in the order they are written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ClauseSet {
    pub range: Option<Spread>,
    pub from: Option<From>,
    pub by: Option<Span>,
    /// The reason, without its quotes.
    pub because: Option<Span>,
    /// The calibration after `implied by`.
    pub implied: Option<Span>,
    pub allow: Option<Allow>,
}

/// `allow hint::sign because "a refund"`
#[derive(Debug, Clone, PartialEq)]
pub struct Allow {
    pub codes: Vec<Span>,
    /// The reason, without its quotes.
    pub because: Span,
}

/// `from ar25 p 41`
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct From {
    pub source: Span,
    /// Everything after the source, as written: `ex 21 p 14`.
    pub locator: Option<Span>,
}

/// `fn gross(die: mm2, wafer: mm): die/wafer = …`
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// Whether `over` replaces a library function.
    pub over: bool,
    pub name: Span,
    pub parameters: Vec<Parameter>,
    pub unit: Option<Span>,
    /// `let name = …` lines of a block body.
    pub lets: Vec<(Span, Expr)>,
    pub body: Expr,
}

/// A parameter and what it takes; anything if nothing is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    pub name: Span,
    pub ty: Option<Span>,
}
