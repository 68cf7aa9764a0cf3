//! What stands at top level: the book itself, its calendars, sources, rates, units, kinds and entities.

use crate::text::Span;

use super::{Clauses, Expr, Line, Value};

/// `use "path"`, `use std.valuation`, `use "path" as name`.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// The path without its quotes, or the dotted module name.
    pub what: UseTarget,
    pub alias: Option<Span>,
}

/// What a `use` names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum UseTarget {
    File(Span),
    Library(Span),
}

/// `model name "label" { field value, … }`
#[derive(Debug, Clone, PartialEq)]
pub struct ModelItem {
    pub name: Span,
    pub label: Option<Span>,
    pub clauses: Clauses,
    pub fields: Vec<Field>,
}

/// A name and the rest of its line up to a comma: `currency CNY`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    pub name: Span,
    pub value: Span,
}

/// `calendar fy = annual 2025A..2037E, … ending Dec`
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    pub name: Span,
    /// `annual`, `half`, `quarter` or `month`.
    pub frequency: Span,
    /// One range, or two: the actual and the estimated.
    pub ranges: Vec<(Span, Span)>,
    pub ending: Option<Span>,
}

/// `source name "title" = file "path" dated 2026-03-28 accessed … stale after 120 d`
#[derive(Debug, Clone, PartialEq)]
pub struct SourceItem {
    pub name: Span,
    pub title: Option<Span>,
    /// `file`, `url` or `document`.
    pub medium: Span,
    /// The text in quotes, without them.
    pub target: Span,
    pub dated: Option<Span>,
    pub accessed: Option<Span>,
    /// The number of days in `stale after 120 d`.
    pub stale_after: Option<Span>,
}

/// `fx USD/CNY average = …`
#[derive(Debug, Clone, PartialEq)]
pub struct Fx {
    pub base: Span,
    pub quote: Span,
    pub basis: FxBasis,
    pub value: Value,
    pub clauses: Clauses,
}

/// Which conversions a rate is for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FxBasis {
    /// For values without time.
    Fixed,
    /// For flows, prices and rates of a period.
    Average,
    /// For stocks at the end of a period.
    Closing,
    /// For `in CNY on 2026-04-24`.
    On(Span),
}

/// `unit socket "socket"` or `unit TFLOPS = 1e12 FLOP/s`
#[derive(Debug, Clone, PartialEq)]
pub struct UnitItem {
    pub name: Span,
    pub label: Option<Span>,
    pub value: Option<Expr>,
}

/// `kind chip "label" { … }`, `also kind chip { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// Whether `also` makes it more lines for a kind that is declared elsewhere.
    pub also: bool,
    pub name: Span,
    pub label: Option<Span>,
    pub clauses: Clauses,
    pub lines: Vec<Line>,
}

/// `chip c1 "label" like c0 from … { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    pub kind: Span,
    pub name: Span,
    pub label: Option<Span>,
    pub like: Option<Span>,
    pub clauses: Clauses,
    pub lines: Vec<Line>,
}
