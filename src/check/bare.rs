//! Bare numbers where per cents, points or another unit of a ratio are meant: one rule for every place.
//!
//! In a list or a range, the last unit written in it holds for all its bare numbers. Otherwise a bare number is refused
//! where the place has such a unit, since `17` would be 17% to one reader and 1,700% to the next. Zero is zero in any.

use crate::diagnostic::Problem;
use crate::resolve::{Owner, Written};
use crate::syntax::ast::{self, ExprTree, NodeId, NodeKind, Quantity, UnaryOp};
use crate::text::Span;
use crate::units::{Unit, readings, typed};

use super::checker::Checker;
use super::error::CheckError;
use super::infer::Infer;

/// Where numbers stand: whose they are, and the unit in which that is declared or shown.
pub(super) struct Holder<'p> {
    pub name: &'p str,
    pub unit: Option<&'p Unit>,
    /// Whether the numbers are differences, which are points and not per cents.
    pub moves: bool,
}

impl<'p> Holder<'p> {
    /// What holds values of its own unit.
    pub fn new(name: &'p str, unit: Option<&'p Unit>) -> Holder<'p> {
        Holder { name, unit, moves: false }
    }

    fn in_shares(&self) -> Option<&Unit> {
        self.unit.filter(|unit| unit.is_share())
    }

    /// Whether an expression is a number with a unit; a scale alone is none where per cents are meant.
    fn has_unit(&self, written: &Written) -> bool {
        let found = quantity(&written.expr.tree, written.expr.tree.root);
        found.is_some_and(|(_, number)| match self.in_shares() {
            Some(unit) if unit.factor < 1.0 => number.unit.is_some() || number.mark.is_some(),
            _ => !number.is_bare(),
        })
    }
}

/// A number without a unit, as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bare {
    pub number: f64,
    /// As written, relative to the expression's text.
    pub span: Span,
    pub text: String,
    /// Whether it has a scale: `12 k`.
    is_scaled: bool,
    /// Whether it stands in a formula, where 1 is the whole of what is in per cent, as in `1 - margin`.
    is_inside: bool,
}

impl Bare {
    /// Whether it has two readings beside a unit; `12 k` has none where thousands are meant.
    pub fn is_open(&self, unit: &Unit) -> bool {
        let is_whole = self.is_inside && self.number.abs() == 1.0 && &*unit.symbol == "%";
        unit.is_share() && !is_whole && !(self.is_scaled && unit.factor > 1.0)
    }
}

impl Checker<'_> {
    /// The unit that the bare numbers of a list take: the last one written in it, or else in what stands beside it.
    /// Where there is none, or there are two, those of a place in per cent are refused.
    pub(super) fn unit_of_list(
        &mut self,
        (list, beside): (&[&Written], &[&Written]),
        holder: &Holder,
    ) -> Result<Option<Unit>, Vec<Problem>> {
        let mut written = self.units_written(list, holder);
        if written.is_empty() {
            written = self.units_written(beside, holder);
        }
        let is_other = |unit: &&Unit| written.last().is_some_and(|last| !same(unit, last));
        let refused = match (written.iter().find(is_other), written.last(), holder.in_shares()) {
            (Some(one), Some(other), _) => several(&bare_of(list, holder), one, other),
            (None, None, Some(unit)) => holder.refused(list, unit),
            _ => Vec::new(),
        };
        if refused.is_empty() { Ok(written.pop()) } else { Err(refused) }
    }

    /// The first unit of a ratio other than 1 that is written among some expressions.
    pub(super) fn shares_written(&mut self, list: &[&Written]) -> Option<Unit> {
        self.units_written(list, &Holder::new("", None)).into_iter().find(Unit::is_share)
    }

    /// The units of the numbers that have one, in order; a scale alone is no unit where per cents are meant.
    fn units_written(&mut self, list: &[&Written], holder: &Holder) -> Vec<Unit> {
        let mut units = Vec::new();
        for written in list.iter().filter(|written| holder.has_unit(written)) {
            units.extend(Infer::new(self, written, Owner::Book, None).unit_of_root());
        }
        units
    }
}

impl Holder<'_> {
    /// What is wrong with a number of a data file whose column says no unit.
    pub fn column(&self, number: f64, span: Span) -> Option<CheckError> {
        let unit = self.in_shares().filter(|_| number != 0.0)?;
        let (symbol, text) = (&unit.symbol, typed(number));
        let [one, other] = readings(&text, number, unit);
        let message = format!("`{}` is in {symbol}, and `{text}` is a bare number", self.name);
        let help = format!("say the unit of its column: `: {symbol}` if this is {one}, `: ratio` if it is {other}");
        Some(CheckError::Bare { message, help, span })
    }

    /// A problem for each bare number that an expression may come out as; of a list, for its first.
    fn refused(&self, list: &[&Written], unit: &Unit) -> Vec<Problem> {
        let each = list.iter().flat_map(|written| {
            let tree = &written.expr.tree;
            let open = outcomes(tree, tree.root).into_iter().filter(|bare| bare.is_open(unit));
            open.map(|bare| (*written, bare))
        });
        let most = if list.len() > 1 { 1 } else { usize::MAX };
        each.take(most).map(|(written, bare)| self.refusal(&bare, unit, written, list.len() > 1)).collect()
    }

    fn refusal(&self, bare: &Bare, unit: &Unit, written: &Written, in_list: bool) -> Problem {
        let message = format!("`{}` is in {}, and `{}` is a bare number", self.name, unit.symbol, bare.text);
        let points = if self.moves { unit.of_difference() } else { unit.clone() };
        let tail = if in_list { "; a unit after the last number holds for all" } else { "" };
        let help = format!("{}{tail}", both(bare, &points));
        Problem::new(written.source, &CheckError::Bare { message, help, span: written.expr.place(bare.span) })
    }
}

/// The numbers of a list that have no unit, other than zeros.
fn bare_of<'w>(list: &[&'w Written], holder: &Holder) -> Vec<(&'w Written, Bare)> {
    let bare = list.iter().filter(|written| !holder.has_unit(written));
    bare.filter_map(|written| Some((*written, literal(&written.expr.tree, written.expr.tree.root)?))).collect()
}

/// What is wrong with the first bare number in a list with two units.
fn several(list: &[(&Written, Bare)], one: &Unit, other: &Unit) -> Vec<Problem> {
    let first = list.first().map(|(written, bare)| {
        let (one, other) = (one.written(&bare.text), other.written(&bare.text));
        let message = format!("`{}` is a bare number in a list with two units", bare.text);
        let help = format!("write `{one}` or `{other}`, whichever is meant");
        Problem::new(written.source, &CheckError::Bare { message, help, span: written.expr.span })
    });
    first.into_iter().collect()
}

/// The bare number that a node is, other than zero.
pub(super) fn literal(tree: &ExprTree, id: NodeId) -> Option<Bare> {
    let (digits, number) = quantity(tree, id)?;
    if number.mark.is_some() || number.unit.is_some() || number.number == 0.0 {
        return None;
    }
    let (sign, minus) = if digits == id { (1.0, "") } else { (-1.0, "-") };
    let text = format!("{minus}{}", tree.slice(tree.node(digits).span));
    let (is_scaled, scale) = (number.scale.is_some(), crate::resolve::scale_factor(number.scale));
    Some(Bare { number: sign * number.number * scale, span: tree.node(id).span, text, is_scaled, is_inside: false })
}

/// The bare numbers that an expression may come out as: itself, or what a choice or the larger of two may give.
pub(super) fn outcomes(tree: &ExprTree, root: NodeId) -> Vec<Bare> {
    match literal(tree, root) {
        Some(bare) => vec![bare],
        None => inner(tree, root),
    }
}

/// The same within a formula.
pub(super) fn inner(tree: &ExprTree, root: NodeId) -> Vec<Bare> {
    let (mut found, mut waiting) = (Vec::new(), vec![root]);
    while let Some(id) = waiting.pop() {
        let before = waiting.len();
        match &tree.node(id).kind {
            NodeKind::If { then, otherwise, .. } => waiting.extend([*then, *otherwise]),
            NodeKind::Under { operand, .. } => waiting.push(*operand),
            NodeKind::Call { function, arguments } if passes_on(tree.slice(*function)) => waiting.extend(arguments),
            _ => found.extend(literal(tree, id).map(|bare| Bare { is_inside: true, ..bare })),
        }
        waiting[before..].reverse();
    }
    found
}

/// Functions whose value is one of their arguments.
fn passes_on(function: &str) -> bool {
    matches!(function, "min" | "max" | "or_else")
}

/// A number, which may stand behind a minus, and the node of its digits.
pub(super) fn quantity(tree: &ExprTree, id: NodeId) -> Option<(NodeId, &Quantity)> {
    let digits = match &tree.node(id).kind {
        NodeKind::Unary { op: UnaryOp::Minus, operand } => *operand,
        _ => id,
    };
    match &tree.node(digits).kind {
        NodeKind::Quantity(quantity) => Some((digits, quantity)),
        _ => None,
    }
}

/// Whether a bare number means the same with either.
fn same(one: &Unit, other: &Unit) -> bool {
    one.dimension == other.dimension && one.factor == other.factor
}

/// A share that is written as a bare number, as the per cents it can only mean; another one for example.
pub(super) fn in_per_cent(share: &ast::Expr, example: &str) -> String {
    let bare = literal(&share.tree, share.tree.root).filter(|bare| (1.0..=100.0).contains(&bare.number));
    bare.map_or(example.to_string(), |bare| format!("{}%", bare.text))
}

/// What to write instead: both readings.
pub(super) fn both(bare: &Bare, unit: &Unit) -> String {
    let text = if bare.is_scaled { typed(bare.number) } else { bare.text.clone() };
    let [one, other] = readings(&text, bare.number, unit);
    format!("write `{one}` or `{other}`, whichever is meant")
}
