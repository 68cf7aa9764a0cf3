//! Numbers in formulas that have neither a name nor a source.

use crate::syntax::ast::{BinaryOp, CompareOp, Expr, Mark, NodeId, NodeKind, Quantity};
use crate::text::{Place, SourceId, Span};

use super::Resolver;
use super::error::ResolveError;

/// What a year, a day, an hour and a minute have of what is shorter, halves, and what the old ways of counting days take.
const OF_THE_CALENDAR: [f64; 14] =
    [2.0, 4.0, 7.0, 12.0, 24.0, 30.0, 52.0, 60.0, 360.0, 365.0, 366.0, 3_600.0, 8_760.0, 86_400.0];

/// Units in which such a number says how long something is, and nothing else.
const OF_TIME: [&str; 8] = ["s", "minute", "hour", "day", "week", "month", "quarter", "year"];

impl<'a> Resolver<'a> {
    /// Notes the numbers of a formula behind which nothing stands; those of a library are its own.
    pub(super) fn unnamed(&mut self, expr: &Expr, source: SourceId) {
        if self.loaded.files.iter().any(|file| file.source == source && file.library.is_some()) {
            return;
        }
        let tree = &expr.tree;
        let excused: Vec<Span> = tree.nodes.iter().flat_map(|node| excused(expr, &node.kind)).collect();
        for node in &tree.nodes {
            let NodeKind::Quantity(quantity) = &node.kind else { continue };
            if !explains_itself(expr, quantity) && !excused.iter().any(|part| part.holds(node.span)) {
                let number = tree.slice(node.span).into();
                self.unnamed_numbers.push((number, expr.place(node.span).at(source)));
            }
        }
    }

    /// Says which they are.
    pub(super) fn unnamed_notices(&mut self) {
        for (number, Place { source, span }) in std::mem::take(&mut self.unnamed_numbers) {
            self.report(source, &ResolveError::UnnamedNumber { number, span });
        }
    }
}

/// The parts of a node in which a number says how to compute, or only picks what has it: an exponent, how many digits
/// are kept, what something equals.
fn excused(expr: &Expr, kind: &NodeKind) -> Vec<Span> {
    let parts = match kind {
        NodeKind::Binary { op: BinaryOp::Power, right, .. } => vec![*right],
        NodeKind::Call { function, arguments } if expr.tree.slice(*function) == "round" => {
            arguments.iter().skip(1).copied().collect()
        }
        NodeKind::Compare { operands, ops }
            if ops.iter().all(|op| matches!(op, CompareOp::Equal | CompareOp::NotEqual)) =>
        {
            operands.iter().copied().filter(|at| is_number(expr, *at)).collect()
        }
        _ => Vec::new(),
    };
    parts.into_iter().map(|part| expr.tree.node(part).span).collect()
}

fn is_number(expr: &Expr, at: NodeId) -> bool {
    matches!(expr.tree.node(at).kind, NodeKind::Quantity(_))
}

/// Whether a number is nothing, one, a power of ten, or a factor of the calendar.
fn explains_itself(expr: &Expr, quantity: &Quantity) -> bool {
    let number = quantity.number;
    let unit = quantity.unit.map(|unit| expr.tree.slice(unit));
    if number == 0.0 {
        return true;
    }
    match quantity.mark {
        Some(Mark::Percent) => number == 100.0,
        Some(Mark::Multiple) => number == 1.0,
        None if number == 1.0 => true,
        None if quantity.scale.is_some() => false,
        None => {
            let is_power = unit.is_none() && (libm::log10(number) - libm::log10(number).round()).abs() < 1e-12;
            let counts = unit.is_none_or(|unit| unit.split(['/', '·']).all(|unit| OF_TIME.contains(&unit)));
            is_power || counts && OF_THE_CALENDAR.contains(&number) || unit == Some("bit/byte")
        }
    }
}
