//! The tree: what was written, with places, without meaning.
//!
//! Names, texts and units are places ([`Span`]) in the file's text, so the tree is small; an expression is a
//! shared tree whose spans are relative to the start of its own text, because each distinct text is read once.

use std::sync::Arc;

use crate::text::Span;

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
    /// A line that may also stand in a block: a definition, a check, a published figure.
    Line(LineKind),
    /// An item of a word that is reserved for studies; `word` is that word.
    Reserved {
        word: Span,
    },
}

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

/// `kind chip "label" { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
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
    /// A line that could not be read; its problem is in [`super::Parsed::problems`].
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
    pub range: Option<(Expr, Expr)>,
    /// `pert`, `triangular`, …
    pub shape: Option<Span>,
    pub from: Option<From>,
    pub by: Option<Span>,
    /// The reason, without its quotes.
    pub because: Option<Span>,
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
    /// The kind or entity the rows are about.
    pub target: Span,
    /// `by "column"`: rows are entities; `by period "column"`: rows are periods.
    pub key: DataKey,
    pub clauses: Clauses,
    pub columns: Vec<DataColumn>,
    /// Columns named in `ignore`, without their quotes.
    pub ignored: Vec<Span>,
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
    pub unit: Option<Span>,
    /// The column's name, without its quotes.
    pub column: Span,
    /// The column that holds the source's name.
    pub source_column: Option<Span>,
    pub clauses: Clauses,
}

/// `case bull "Bull" from base prob 25% by … { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub name: Span,
    pub label: Option<Span>,
    pub extends: Option<Span>,
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
    pub printed: Expr,
    pub tolerance: Option<Tolerance>,
    pub case: Option<Span>,
    /// The reason, without its quotes.
    pub disputed: Option<Span>,
    pub clauses: Clauses,
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

/// One written expression: where it stands and its tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub span: Span,
    pub tree: Arc<ExprTree>,
}

impl Expr {
    /// The place in the file of a node's relative span.
    pub fn place(&self, span: Span) -> Span {
        span.shifted(self.span.start)
    }
}

/// The tree of one expression text; every [`Span`] in it is relative to `text`.
#[derive(Clone, PartialEq)]
pub struct ExprTree {
    pub text: Box<str>,
    pub nodes: Vec<Node>,
    pub root: NodeId,
}

impl ExprTree {
    /// The node of an id of this tree.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The text at a span of this tree.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }
}

/// Which node of an [`ExprTree`]; children come before their parents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NodeId(pub u32);

/// A node and its range in the expression's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub span: Span,
    pub kind: NodeKind,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    Quantity(Quantity),
    /// A text without its quotes.
    Text(Span),
    YesNo(bool),
    Missing {
        code: MissingCode,
        reason: Option<Span>,
    },
    Date(Span),
    Period(Span),
    /// `?`
    Hole,
    Name(Span),
    Field {
        of: NodeId,
        name: Span,
    },
    Index {
        of: NodeId,
        index: Index,
    },
    Call {
        function: Span,
        arguments: Vec<NodeId>,
    },
    Aggregate(Box<Aggregate>),
    Unary {
        op: UnaryOp,
        operand: NodeId,
    },
    Binary {
        op: BinaryOp,
        left: NodeId,
        right: NodeId,
    },
    /// `a <= b < c`: one more operand than operators.
    Compare {
        operands: Vec<NodeId>,
        ops: Vec<CompareOp>,
    },
    If {
        condition: NodeId,
        then: NodeId,
        otherwise: NodeId,
    },
    /// `x in CNY on 2026-04-24`
    In {
        operand: NodeId,
        unit: Span,
        on: Option<Span>,
    },
    /// `x under bull`
    Under {
        operand: NodeId,
        case: Span,
    },
}

/// A number as it was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// The digits' value, before any scale, `%` or unit.
    pub number: f64,
    /// How many digits stand after the point.
    pub decimals: u8,
    pub scale: Option<Scale>,
    pub mark: Option<Mark>,
    pub unit: Option<Span>,
}

/// What is stuck to a number: `70%`, `6x`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Percent,
    Multiple,
}

/// What stands between `[` and `]`.
#[derive(Debug, Clone, PartialEq)]
pub enum Index {
    /// `prev`, `prev 4`
    Prev(u32),
    /// `next`, `next 2`
    Next(u32),
    /// A period, an entity, or a bound name.
    At(NodeId),
    /// `2026E..2030E`, `2026E..`, `..2030E`
    Slice { from: Option<NodeId>, to: Option<NodeId> },
}

/// `sum(c in chip where … skip NM: c.x)`, `rank(score, c in chip: c.score, lowest)`
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    pub function: Span,
    /// The value that is ranked.
    pub of: Option<NodeId>,
    pub binder: Span,
    pub kind: Span,
    pub filter: Option<NodeId>,
    /// `NM`, … or `missing`.
    pub skip: Option<Span>,
    pub body: NodeId,
    /// Whether `lowest` stands after the body.
    pub lowest: bool,
}
