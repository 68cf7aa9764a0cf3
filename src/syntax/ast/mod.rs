//! The tree: what was written, with places, without meaning.
//!
//! Names, texts and units are places ([`Span`]) in the file's text, so the tree is small; an expression is a
//! shared tree whose spans are relative to the start of its own text, because each distinct text is read once.

mod expr;
mod finding;
mod item;
mod line;
mod study;
mod table;

use crate::text::Span;

pub use expr::{Aggregate, Expr, ExprTree, Index, Mark, Node, NodeId, NodeKind, Quantity};
pub use finding::{
    Binder, Case, Change, Check, Claim, Hole, OutputLine, Override, Printed, Reconcile, Report, Tolerance,
};
pub use item::{Calendar, Entity, Field, Fx, FxBasis, Kind, ModelItem, SourceItem, UnitItem, Use, UseTarget};
pub use line::{
    Allow, ClauseSet, Clauses, Definition, From, Function, InputLine, InputType, Line, LineKind, Parameter, Periods,
    Piece, Value,
};
pub use study::{Levels, Setting, SettingKind, Spread, SpreadKind, Study, StudyLine, StudyLineKind, StudyWord};
pub use table::{Cell, Data, DataColumn, DataKey, RowHead, RowKind, Table, TableHead, TableRow, TableRowHead};

pub use crate::word::{BinaryOp, CompareOp, Interpolation, MissingCode, Scale, SeriesKind, UnaryOp, Verb};

/// One file's items, in the order they were written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct File {
    pub items: Vec<Item>,
}

/// One item and its whole range, without trailing blanks and comments.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub span: Span,
    pub kind: ItemKind,
}

/// What an item is.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemKind {
    /// `scn 1`
    Version {
        number: Span,
    },
    Use(Use),
    Model(ModelItem),
    Calendar(Calendar),
    Source(SourceItem),
    Fx(Fx),
    Unit(UnitItem),
    Kind(Kind),
    Entity(Entity),
    Function(Function),
    Table(Table),
    Data(Data),
    Case(Case),
    Report(Report),
    Study(Study),
    /// A line that may also stand in a block: a definition, a check, a published figure.
    Line(LineKind),
    /// An item of a word that is kept for later; `word` is that word.
    Reserved {
        word: Span,
    },
}
