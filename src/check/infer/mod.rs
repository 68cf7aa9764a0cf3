//! Expressions: the type, time axis and checked form of every node, or why there is none.
//!
//! A node whose type cannot be known for a reason that is reported silences what depends on it.

mod adds;
mod aggregate;
mod argument;
mod balance;
mod bare;
mod built;
mod builtin;
mod condition;
mod convert;
mod curve;
mod dated;
mod exchange;
mod frequency;
mod function;
mod index;
mod literal;
mod name;
mod operator;
mod pushed;
mod rollup;

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::calendar::Frequency;
use crate::diagnostic::{Fault, Label, Problem};
use crate::model::{self, Binder, EntityId, ExprKind, KindId, LocalId, SeriesKind, Slot, Type};
use crate::resolve::{Owner, Written};
use crate::syntax::ast::{ExprTree, NodeId, NodeKind, UnaryOp};
use crate::text::{Place, SourceId, Span};
use crate::units::Unit;

use super::checker::Checker;
use super::error::CheckError;
use super::outside::Given;

pub(super) use built::{Built, constant};
pub(super) use frequency::roll_up_function;
pub(super) use name::Meaning;
pub(super) use operator::{PER_TIME, adopt, fits};

/// How many nodes one formula may have when its functions are written out.
const LARGEST_FORMULA: usize = 100_000;
/// How many nodes may stand inside one another, so that a small stack can walk and drop them.
const DEEPEST_FORMULA: usize = 4_000;

/// How many terms aggregates inside one another may add up.
const MOST_TERMS: usize = 5_000_000;

/// Reads one formula.
pub(super) struct Infer<'c, 'a> {
    pub checker: &'c mut Checker<'a>,
    frame: Frame,
    /// The call in the formula itself, while a function's body is read.
    outer: Option<Outer>,
    /// Whose values its own names stand for.
    owner: Owner,
    /// Whose names come first: the owner's, or those of the kind whose line it is.
    names: Owner,
    binders: Vec<(Arc<str>, Bound)>,
    locals: Vec<(Arc<str>, Local)>,
    /// What stands under each local of a call, and how it adds up over time.
    held: Vec<(LocalId, Option<SeriesKind>, Rc<model::Expr>)>,
    /// Whether the line is a ratio, which is made again from its parts wherever it meets longer periods.
    of_ratio: bool,
    /// Locals whose values are rolled up where they are held.
    rolled: Vec<LocalId>,
    /// The kind of each bound name, for as long as the formula is read.
    kinds: Vec<(Binder, KindId)>,
    /// The frequency of the series that the formula defines.
    context: Option<Frequency>,
    /// The unit of a table's cell, for numbers that name none.
    cell: Option<Unit>,
    next_id: u32,
    /// How what a local stands for is converted; of one conversion.
    dates: Vec<(LocalId, dated::Dated)>,
    /// The same of each node, by its address, which is one as long as the conversion borrows it.
    dated_nodes: HashMap<*const model::Expr, dated::Dated>,
    steps: usize,
    /// Whether it is said that there are too many of them.
    is_too_large: bool,
    depth: usize,
    /// How many entities the aggregates around this node range over, multiplied.
    terms: usize,
    pub problems: Vec<Problem>,
    /// Whether anything in it is unknown.
    pub unsound: bool,
    /// Whether anything in it waits for a definition that leads back here.
    pub circular: bool,
    /// Whether it names members of its own entity, so that no other entity may share it.
    pub specific: bool,
    /// Attributes of the kind whose formulas are written out in it.
    pub opened: Vec<Slot>,
}

/// The text that is read.
#[derive(Debug, Clone)]
struct Frame {
    tree: Arc<ExprTree>,
    source: SourceId,
    start: u32,
    /// Whether it is a function's body, which sees parameters and functions only.
    in_function: bool,
}

/// Where a function was called from.
#[derive(Debug, Clone, Copy)]
struct Outer {
    place: Place,
    /// The call's span in the formula's text.
    span: Span,
    /// Where the function is defined.
    function: Place,
}

/// What a bound name stands for.
#[derive(Debug, Clone, Copy)]
enum Bound {
    Any(Binder, KindId),
    One(EntityId),
}

/// What a parameter or a `let` stands for.
#[derive(Debug, Clone)]
enum Local {
    Value(Built),
    /// A slice given as an argument; it may stand where a slice may.
    Slice(Built, crate::model::Window),
    Period(Frequency, usize),
}

impl<'c, 'a> Infer<'c, 'a> {
    /// Prepares to read an expression with an owner's names.
    pub fn new(checker: &'c mut Checker<'a>, written: &Written, owner: Owner, context: Option<Frequency>) -> Self {
        let frame = Frame {
            tree: written.expr.tree.clone(),
            source: written.source,
            start: written.expr.span.start,
            in_function: false,
        };
        Infer {
            checker,
            frame,
            outer: None,
            owner,
            names: owner,
            binders: Vec::new(),
            locals: Vec::new(),
            held: Vec::new(),
            of_ratio: false,
            rolled: Vec::new(),
            kinds: Vec::new(),
            context,
            cell: None,
            next_id: 0,
            dates: Vec::new(),
            dated_nodes: HashMap::new(),
            steps: 0,
            is_too_large: false,
            depth: 0,
            terms: 1,
            problems: Vec::new(),
            unsound: false,
            circular: false,
            specific: false,
            opened: Vec::new(),
        }
    }

    /// Gives bare numbers at the root the unit of a table's cell.
    pub fn with_cell(mut self, cell: Option<Unit>) -> Self {
        self.cell = cell;
        self
    }

    /// Says how the line adds up whose formula it is.
    pub fn of_series(self, series: Option<SeriesKind>) -> Self {
        Infer { of_ratio: series == Some(SeriesKind::Ratio), ..self }
    }

    /// Reads names as the writer of the line does: a kind's line sees the kind's names only, whosever values they are.
    pub fn naming_as(mut self, writer: Owner) -> Self {
        if let Owner::Kind(_) = writer {
            self.names = writer;
        }
        self
    }

    /// Lets names stand for values.
    pub fn with_values(mut self, given: &[Given]) -> Self {
        let local = |given: &Given| {
            let model::Expr { kind, ty, time, span } = given.value.clone();
            (given.name.clone(), Local::Value(Built::new(kind, ty, time, span).shown(Some(given.unit.clone()))))
        };
        self.locals.extend(given.iter().map(local));
        self
    }

    /// Binds a name to one entity.
    pub fn with_entity(mut self, name: &str, entity: EntityId) -> Self {
        self.binders.push((name.into(), Bound::One(entity)));
        self
    }

    /// The whole expression, on a timeline that its line states.
    pub fn root_on(&mut self, want: Option<&Type>, stated: Option<Frequency>) -> Built {
        let (root, mut built) = (self.frame.tree.root, self.root(want));
        if let Some(stated) = stated {
            self.lift(root, &mut built, stated);
        }
        built
    }

    /// The whole expression.
    pub fn root(&mut self, want: Option<&Type>) -> Built {
        let root = self.frame.tree.root;
        self.build(root, want)
    }

    /// One node; `want` is the type that a hole would have to have.
    pub fn build(&mut self, id: NodeId, want: Option<&Type>) -> Built {
        self.steps += 1;
        if self.steps > LARGEST_FORMULA || self.depth > DEEPEST_FORMULA {
            return self.too_large(id);
        }
        self.depth += 1;
        let built = stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.node(id, want));
        self.depth -= 1;
        built
    }

    fn node(&mut self, id: NodeId, want: Option<&Type>) -> Built {
        let tree = self.frame.tree.clone();
        match &tree.node(id).kind {
            NodeKind::Quantity(quantity) => self.quantity(id, quantity),
            NodeKind::Text(span) => self.text_literal(id, tree.slice(*span)),
            NodeKind::YesNo(yes) => self.made(id, ExprKind::YesNo(*yes), Type::YesNo),
            NodeKind::Missing { code, reason } => self.missing(id, *code, reason.map(|span| tree.slice(span))),
            NodeKind::Date(_) => self.not_a_value(id, "a date", "dates stand after `on`: `x in CNY on 2026-04-24`"),
            NodeKind::Period(_) => self.period_node(id),
            NodeKind::Hole => self.hole(id, want),
            NodeKind::Name(_) | NodeKind::Field { .. } => {
                let meaning = self.meaning(id);
                self.value_of(id, meaning)
            }
            NodeKind::Index { of, index } => self.index(id, *of, index),
            NodeKind::Call { function, arguments } => self.call(id, tree.slice(*function), arguments),
            NodeKind::Aggregate(aggregate) => self.aggregate(id, aggregate),
            NodeKind::Unary { op: UnaryOp::Minus, operand } => self.minus(id, *operand, want),
            NodeKind::Unary { op: UnaryOp::Not, operand } => self.not(id, *operand),
            NodeKind::Binary { op, left, right } => self.binary(id, *op, *left, *right, want),
            NodeKind::Compare { operands, ops } => self.compare(id, operands, ops),
            NodeKind::If { condition, then, otherwise } => self.if_node(id, *condition, *then, *otherwise, want),
            NodeKind::In { operand, unit, on } => self.convert(id, *operand, *unit, *on),
            NodeKind::Under { operand, case } => self.under(id, *operand, *case),
        }
    }

    /// The node's text.
    fn text_of(&self, id: NodeId) -> &str {
        let node = self.frame.tree.node(id);
        self.frame.tree.slice(node.span)
    }

    /// The span that a checked node keeps: its own, or within a function's body that of the call.
    fn span(&self, id: NodeId) -> Span {
        self.outer.map_or_else(|| self.frame.tree.node(id).span, |outer| outer.span)
    }

    /// Where problems with a node are reported: in the formula, not in the functions it calls.
    fn at(&self, id: NodeId) -> Span {
        self.at_span(self.frame.tree.node(id).span)
    }

    fn at_span(&self, span: Span) -> Span {
        self.outer.map_or_else(|| span.shifted(self.frame.start), |outer| outer.place.span)
    }

    /// Reports, and stands for what is unknown.
    fn fail(&mut self, error: &dyn Fault) -> Built {
        self.report(error);
        self.unknown()
    }

    fn report(&mut self, error: &dyn Fault) -> &mut Problem {
        let source = self.outer.map_or(self.frame.source, |outer| outer.place.source);
        let mut problem = Problem::new(source, error);
        if let Some(outer) = self.outer {
            problem.labels.push(Label { place: outer.function, text: "in this function".to_string() });
        }
        self.problems.push(problem);
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }

    /// What stands for a value that is not known.
    fn unknown(&mut self) -> Built {
        self.unsound = true;
        Built::unknown()
    }

    fn too_large(&mut self, id: NodeId) -> Built {
        let limit = if self.depth > DEEPEST_FORMULA { DEEPEST_FORMULA } else { LARGEST_FORMULA };
        let span = self.at(id);
        self.too_much(span, limit);
        self.unknown()
    }

    /// Says once that a formula is too large.
    fn too_much(&mut self, span: Span, limit: usize) {
        self.unsound = true;
        if !std::mem::replace(&mut self.is_too_large, true) {
            self.report(&CheckError::TooLarge { span, limit });
        }
    }

    fn made(&mut self, id: NodeId, kind: ExprKind, ty: Type) -> Built {
        Built::new(kind, ty, None, self.span(id))
    }

    fn not_a_value(&mut self, id: NodeId, what: &str, help: &str) -> Built {
        let message = format!("{what} is no value");
        let (span, help, label) = (self.at(id), help.to_string(), what.to_string());
        self.fail(&CheckError::NotAValue { message, help, span, label })
    }

    fn period_node(&mut self, id: NodeId) -> Built {
        let help = "periods stand in brackets, as in `x[2026E]`, and as arguments of functions that ask for one";
        self.not_a_value(id, "a period", help)
    }

    fn fresh(&mut self) -> u32 {
        self.next_id += 1;
        self.next_id - 1
    }

    fn fresh_local(&mut self) -> LocalId {
        LocalId(self.fresh())
    }

    fn fresh_binder(&mut self) -> Binder {
        Binder(self.fresh())
    }

    /// A dimension or another type, in words.
    fn words(&self, ty: &Type) -> String {
        self.checker.words(ty)
    }

    fn is_hole(&self, id: NodeId) -> bool {
        matches!(self.frame.tree.node(id).kind, NodeKind::Hole)
    }
}

/// The series kind of a sum, a choice or a comparison of two.
fn together(left: Option<SeriesKind>, right: Option<SeriesKind>) -> Option<SeriesKind> {
    use SeriesKind::{Flow, Price, Rate, Ratio, Stock};
    match (left, right) {
        (None, other) | (other, None) => other,
        (Some(one), Some(two)) if one == two => Some(one),
        (Some(Stock), _) | (_, Some(Stock)) => Some(Stock),
        (Some(Flow), _) | (_, Some(Flow)) => Some(Flow),
        (Some(Price), _) | (_, Some(Price)) => Some(Price),
        (Some(Rate | Ratio), Some(Rate | Ratio)) => Some(Ratio),
    }
}
