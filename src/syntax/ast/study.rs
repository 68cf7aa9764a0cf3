//! Studies: questions asked of a model; and spreads, which say how an input varies.

use crate::text::Span;

use super::{Clauses, Expr};

/// `grid ps "Target by P/S" of co.target, co.upside { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    pub word: StudyWord,
    pub name: Span,
    /// The title, without its quotes.
    pub title: Option<Span>,
    /// What stands after `of`.
    pub outputs: Vec<Expr>,
    /// `from base to bull`
    pub between: Option<(Span, Span)>,
    pub clauses: Clauses,
    pub lines: Vec<StudyLine>,
}

/// The word that begins a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StudyWord {
    Grid,
    Tornado,
    Simulate,
    Calibrate,
    Bridge,
    Discover,
}

/// One line of a study's block.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyLine {
    pub span: Span,
    pub kind: StudyLineKind,
}

/// What a line of a study says.
#[derive(Debug, Clone, PartialEq)]
pub enum StudyLineKind {
    /// `co.ps = 6x..14x step 2x`, and the target of a calibration: `co.value = 112 CNY/share within 1 CNY/share`.
    Levels { what: Expr, levels: Levels, within: Option<Expr> },
    /// `over co.ke, co.g`
    Over(Vec<Expr>),
    /// `pin co.payout`
    Pin(Vec<Expr>),
    /// `free co.ke in 5%..20%`
    Free { path: Expr, low: Expr, high: Expr },
    /// `vary co.beta normal sd 0.05 stream 5`
    Vary { path: Expr, spread: Spread, stream: Option<Span> },
    /// `correlate co.g, co.beta at 0.6`
    Correlate { left: Expr, right: Expr, rho: Expr },
    /// `report mean, q5, q95`
    Report(Vec<Span>),
    /// `probability co.target > co.price`
    Probability(Expr),
    /// `case bull`, `cases base, bull`
    Cases(Vec<Span>),
    /// `draws 5_000, seed 1`
    Settings(Vec<Setting>),
    /// `by li.wei because "…"`
    Said(Clauses),
    /// A line that could not be read; its problem is among the parse's problems.
    Broken,
}

/// The levels of an axis.
#[derive(Debug, Clone, PartialEq)]
pub enum Levels {
    List(Vec<Expr>),
    /// `6x..14x step 2x`
    Steps {
        first: Expr,
        last: Expr,
        step: Expr,
    },
    /// `6x..14x in 5 levels`
    Count {
        first: Expr,
        last: Expr,
        count: Span,
    },
}

/// A word of a study and what it is set to.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    pub span: Span,
    pub kind: SettingKind,
}

/// What is set.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingKind {
    Draws(Span),
    Seed(Span),
    Sampling(Span),
    Support(Expr),
    Importance,
    Indices,
}

/// `9..14 triangular mode 10 within 8..15`
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    pub span: Span,
    pub kind: SpreadKind,
    /// `pert`, `triangular`, …
    pub shape: Option<Span>,
    pub within: Option<(Expr, Expr)>,
}

/// How a value is spread.
#[derive(Debug, Clone, PartialEq)]
pub enum SpreadKind {
    /// `9..14`
    Between { low: Expr, high: Expr, mode: Option<Expr> },
    /// `normal mean 10 sd 2`
    Normal { mean: Option<Expr>, sd: Expr },
    /// `lognormal mu 0 sigma 0.2`
    Lognormal { mu: Expr, sigma: Expr },
    /// `discrete 10% at 70%, 15% at 30%`
    Discrete(Vec<(Expr, Expr)>),
}
