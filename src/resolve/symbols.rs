//! `Symbols`: what every name of a book stands for, and every definition in one plain form.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::calendar::{Frequency, Timelines};
use crate::diagnostic::Allowed;
use crate::model::{
    About, CaseId, EntityId, KindId, MissingCode, Provenance, Role, SeriesKind, Slot, Source, VariableId, Window,
};
use crate::syntax::ast;
use crate::text::{Place, SourceId, Span, unbroken};
use crate::units::{Unit, Units};

/// Every name of a book.
#[derive(Debug, Clone, Default)]
pub struct Symbols {
    pub book: Book,
    pub units: Units,
    pub timelines: Timelines,
    pub sources: Vec<Source>,
    pub kinds: Vec<KindDef>,
    pub entities: Vec<EntityDef>,
    pub functions: Vec<FunctionDef>,
    /// One for each variable that is no hidden expression; the index is the variable's id.
    pub entries: Vec<Entry>,
    pub rates: Vec<RateDef>,
    pub cases: Vec<CaseDef>,
    pub findings: Vec<FindingDef>,
    /// The hints that the book says are meant.
    pub allowed: Vec<Allowed>,
    pub reports: Vec<ReportDef>,
    pub studies: Vec<StudyDef>,
    pub(super) names: BTreeMap<String, Named>,
    pub(super) function_names: BTreeMap<String, usize>,
    /// The space of each source's names.
    pub(super) spaces: Vec<Arc<str>>,
    /// Names that stand at top level and in a kind or an entity too.
    pub(super) shared: BTreeSet<Arc<str>>,
    /// Words of what could not be read; unknown names among them are not reported.
    pub(super) broken_names: BTreeSet<Arc<str>>,
    /// Whether a file could not be read at all, so that no one knows which names it has.
    pub(super) unread: bool,
}

/// What the `model` item says.
#[derive(Debug, Clone, Default)]
pub struct Book {
    pub name: Arc<str>,
    pub label: Arc<str>,
    pub currency: Option<Arc<str>>,
    pub as_of: Option<Date>,
    pub owner: Option<Arc<str>>,
    /// The share of an output below which a move is not worth a line in a review.
    pub materiality: Option<f64>,
    /// The folder that reports are written to, from the book's folder on.
    pub reports: Option<Arc<str>>,
}

/// What a top-level name stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Named {
    Value(VariableId),
    /// The members of an indexed name.
    Family(Vec<(EntityId, VariableId)>),
    Entity(EntityId),
    Kind(KindId),
    /// Another book's names, by what stands before them.
    Space(Arc<str>),
}

/// Whose names an expression sees first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    Book,
    Kind(KindId),
    Entity(EntityId),
}

/// An expression and the file it is written in.
#[derive(Debug, Clone)]
pub struct Written {
    pub expr: ast::Expr,
    pub source: SourceId,
}

impl Written {
    /// Where it is written.
    pub fn place(&self) -> Place {
        self.expr.span.at(self.source)
    }
}

/// What a piece holds: an expression, or a value from a data file.
#[derive(Debug, Clone)]
pub enum Content {
    /// With a table's cell, the unit of numbers that name none.
    Written {
        written: Written,
        cell: Option<Unit>,
    },
    Literal {
        value: Literal,
        text: Arc<str>,
        place: Place,
    },
}

/// How a value is spread, with the unit of numbers that name none.
#[derive(Debug, Clone)]
pub struct SpreadDef {
    pub spread: ast::Spread,
    pub source: SourceId,
    pub cell: Option<Unit>,
    /// As written.
    pub text: Arc<str>,
    /// The word of its shape, if one is written.
    pub shape: Option<Arc<str>>,
}

impl SpreadDef {
    /// A spread and its words in the text of its file.
    pub fn new(spread: &ast::Spread, source: SourceId, file: &str) -> SpreadDef {
        let text = unbroken(spread.span.of(file)).into();
        let shape = spread.shape.map(|span| span.of(file).into());
        SpreadDef { spread: spread.clone(), source, cell: None, text, shape }
    }
}

/// A value from a data file.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// A number of its unit.
    Number(f64, Unit),
    Text(Arc<str>),
    YesNo(bool),
    Missing(MissingCode, Option<Arc<str>>),
}

/// A definition, wherever it was written: in a block, a table, a data file.
#[derive(Debug, Clone)]
pub struct Line {
    pub owner: Owner,
    pub series: Option<SeriesKind>,
    pub unit: Option<Unit>,
    /// Whether the unit was stated with the name, and not taken from a table's head or a data file.
    pub pinned: Option<Place>,
    /// Of the periods that the pieces name.
    pub frequency: Option<Frequency>,
    pub pieces: Vec<Piece>,
    pub interpolation: Option<ast::Interpolation>,
    /// Where the name is written.
    pub place: Place,
}

/// One stretch of time and what holds in it.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Nothing for a value without periods, which holds in all of them.
    pub window: Option<Window>,
    pub content: Content,
    pub role: Role,
    pub provenance: Arc<Provenance>,
    /// How this piece varies; no other piece does.
    pub range: Option<Arc<SpreadDef>>,
    pub place: Place,
}

/// A variable to be.
#[derive(Debug, Clone)]
pub struct Entry {
    pub path: Arc<str>,
    pub name: Arc<str>,
    pub entity: Option<EntityId>,
    pub index: Option<EntityId>,
    /// Which attribute of its entity it is.
    pub slot: Option<Slot>,
    /// Shared by all entities that use a kind's line or another entity's.
    pub line: Arc<Line>,
    pub candidates: Vec<Arc<Line>>,
    pub place: Place,
}

/// A kind, its attributes and its entities.
#[derive(Debug, Clone)]
pub struct KindDef {
    pub name: Arc<str>,
    pub label: Arc<str>,
    pub attributes: Vec<AttributeDef>,
    pub entities: Vec<EntityId>,
    pub source: SourceId,
    pub place: Place,
    pub(super) named: BTreeMap<Arc<str>, Slot>,
}

/// What every entity of a kind has.
#[derive(Debug, Clone)]
pub struct AttributeDef {
    pub name: Arc<str>,
    pub series: Option<SeriesKind>,
    pub holds: Holds,
    /// Whether the kind asks for it in an `in` line.
    pub is_input: bool,
    pub optional: bool,
    /// The kind's formula, or the default of an input.
    pub line: Option<Arc<Line>>,
    /// Of the series, where an instance or the kind states periods.
    pub frequency: Option<Frequency>,
    pub place: Place,
}

/// What an attribute is declared to hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Holds {
    Number(Unit),
    Text,
    YesNo,
    /// Whatever its line makes.
    Anything,
}

/// One entity; `slots` has a variable for every attribute of its kind, then for its own names.
#[derive(Debug, Clone)]
pub struct EntityDef {
    pub name: Arc<str>,
    pub label: Arc<str>,
    pub kind: KindId,
    pub like: Option<EntityId>,
    pub slots: Vec<VariableId>,
    pub source: SourceId,
    pub place: Place,
    pub(super) own: BTreeMap<Arc<str>, Own>,
}

/// What an entity's own name stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Own {
    Slot(Slot),
    Family(Vec<(EntityId, Slot)>),
}

/// A function of the book or the library.
#[derive(Debug, Clone)]
pub struct FunctionDef {
    pub name: Arc<str>,
    pub source: SourceId,
    pub parameters: Vec<ParameterDef>,
    pub unit: Option<(Unit, Place)>,
    pub lets: Vec<(Arc<str>, ast::Expr)>,
    pub body: ast::Expr,
    pub library: Option<Arc<str>>,
    pub place: Place,
}

/// A parameter of a function.
#[derive(Debug, Clone)]
pub struct ParameterDef {
    pub name: Arc<str>,
    pub takes: Takes,
}

/// What a parameter takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Takes {
    Anything,
    Number(Unit),
    Period,
    Text,
}

/// An exchange rate and the variable that holds it: so many `quote` for one `base`.
#[derive(Debug, Clone)]
pub struct RateDef {
    pub base: crate::units::Base,
    pub quote: crate::units::Base,
    pub basis: RateBasis,
    pub variable: VariableId,
    pub place: Place,
    pub library: bool,
}

/// Which conversions a rate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateBasis {
    Fixed,
    Average,
    Closing,
    On(Date),
}

/// A case and its lines.
#[derive(Debug, Clone)]
pub struct CaseDef {
    pub name: Arc<str>,
    pub label: Arc<str>,
    pub extends: Option<CaseId>,
    /// What it is about; everything if nothing is said.
    pub about: Vec<About>,
    pub probability: Option<Written>,
    pub lines: Vec<CaseLine>,
    pub source: SourceId,
    pub place: Place,
}

/// One line of a case.
#[derive(Debug, Clone)]
pub struct CaseLine {
    pub line: ast::Override,
    pub provenance: Arc<Provenance>,
    /// Of each piece over periods, in their order; nothing for a single value.
    pub pieces: Vec<Arc<Provenance>>,
}

/// A check, a published figure, a claim or an output.
#[derive(Debug, Clone)]
pub struct FindingDef {
    pub owner: Owner,
    pub source: SourceId,
    pub place: Place,
    pub what: FindingKind,
}

/// What a finding is.
#[derive(Debug, Clone)]
pub enum FindingKind {
    Check { check: ast::Check, case: Option<CaseId> },
    Reconcile(Box<ReconcileDef>),
    Claim { claim: ast::Claim, case: CaseId },
    Output(ast::OutputLine),
}

/// A study, its cases and where each is named.
#[derive(Debug, Clone)]
pub struct StudyDef {
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    pub study: ast::Study,
    pub cases: Vec<(CaseId, Span)>,
    /// The two cases of a bridge.
    pub between: Option<((CaseId, Span), (CaseId, Span))>,
    pub provenance: Arc<Provenance>,
    pub source: SourceId,
    /// Where the name is written.
    pub place: Place,
}

/// A published figure.
#[derive(Debug, Clone)]
pub struct ReconcileDef {
    pub what: Written,
    /// The period of a table's column.
    pub at: Option<(Frequency, usize)>,
    pub printed: ast::Printed<Written>,
    /// The unit of a table's row.
    pub cell: Option<Unit>,
    pub tolerance: Option<ast::Tolerance>,
    pub case: CaseId,
    pub disputed: Option<Arc<str>>,
    pub provenance: Arc<Provenance>,
}

/// A report to be rendered.
#[derive(Debug, Clone)]
pub struct ReportDef {
    pub report: ast::Report,
    pub case: CaseId,
    pub source: SourceId,
    pub place: Place,
}
