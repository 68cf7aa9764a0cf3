//! Exhibits: tables as they are typed, and data from other files.

use crate::text::Span;

use super::{Clauses, Expr, SeriesKind, Tolerance, Verb};

/// `table chip in USD from ms ex 21 { columns … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// A kind or an entity; nothing for top-level names.
    pub target: Option<Span>,
    pub unit: Option<Span>,
    pub clauses: Clauses,
    pub head: TableHead,
    pub rows: Vec<TableRow>,
}

/// What the columns of a table are.
#[derive(Debug, Clone, PartialEq)]
pub enum TableHead {
    /// `columns A100 | H20`: entities or periods, told apart by their form.
    Columns { span: Span, names: Vec<Span> },
    /// `columns case bear | base`
    Cases { span: Span, names: Vec<Span> },
    /// `rows given fp16: TFLOPS | given mem: GB`: each row is an entity.
    Attributes { span: Span, columns: Vec<RowHead> },
}

/// The head of a row (or of an attribute column): what its cells define or what they are compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct RowHead {
    pub span: Span,
    pub also: bool,
    pub what: RowKind,
    pub unit: Option<Span>,
}

/// Whether a row defines or reconciles.
#[derive(Debug, Clone, PartialEq)]
pub enum RowKind {
    Define { verb: Option<Verb>, series: Option<SeriesKind>, name: Span, index: Option<Span> },
    Reconcile { what: Expr },
}

/// One line of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    pub span: Span,
    /// The row's head, or with [`TableHead::Attributes`] the entity it is about.
    pub head: TableRowHead,
    pub cells: Vec<Cell>,
    /// For reconcile rows.
    pub tolerance: Option<Tolerance>,
    pub case: Option<Span>,
    pub disputed: Option<Span>,
    pub clauses: Clauses,
}

/// What stands before `=` or `~` in a row.
#[derive(Debug, Clone, PartialEq)]
pub enum TableRowHead {
    Row(RowHead),
    Entity(Span),
}

/// One cell: a literal, or nothing (`.`).
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub span: Span,
    pub value: Option<Expr>,
}

/// `data specs = yaml "file" rows "chips" for chip by "id" from … { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    pub name: Span,
    /// `yaml` or `csv`.
    pub format: Span,
    /// The path, without its quotes.
    pub path: Span,
    /// The key under which the rows stand, without its quotes.
    pub rows: Option<Span>,
    /// The decimal mark of the file, without its quotes.
    pub decimal: Option<Span>,
    /// The kind or entity the rows are about.
    pub target: Span,
    /// `by "column"`: rows are entities; `by period "column"`: rows are periods.
    pub key: DataKey,
    pub clauses: Clauses,
    pub columns: Vec<DataColumn>,
    /// Columns named in `ignore`, without their quotes.
    pub ignored: Vec<Span>,
    /// Rows named in `skip`, without their quotes.
    pub skipped: Vec<Span>,
    /// Whether a line of its block could not be read.
    pub broken: bool,
}

/// The column that says what a row is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DataKey {
    Entity(Span),
    Period(Span),
}

/// `given memory: GB/chip = "mem_gb" from column "mem_source"`
#[derive(Debug, Clone, PartialEq)]
pub struct DataColumn {
    pub span: Span,
    pub also: bool,
    pub optional: bool,
    pub verb: Verb,
    pub series: Option<SeriesKind>,
    pub name: Span,
    pub index: Option<Span>,
    pub unit: Option<Span>,
    /// The column's name, without its quotes.
    pub column: Span,
    /// The column that holds the source's name.
    pub source_column: Option<Span>,
    pub clauses: Clauses,
}
