//! What is printed: a number, a range of numbers, a text, yes or no, or a word for a missing value.

use std::sync::Arc;

use crate::format::one_line;
use crate::model::{Printed, PrintedValue, Type};
use crate::resolve::{Owner, ReconcileDef, Written, unescaped};
use crate::syntax::ast::{self, NodeId, NodeKind, Quantity, UnaryOp};
use crate::units::{Dimension, Unit};

use super::bare::Holder;
use super::checker::Checker;
use super::figure::span_of;
use super::findings::Reader;
use super::infer::Infer;

/// A number as it is written: its node, its digits and its sign.
struct Figure<'d> {
    written: &'d Written,
    node: NodeId,
    quantity: &'d Quantity,
    sign: f64,
}

impl<'d> Figure<'d> {
    /// Reads an expression that is nothing but a number.
    fn of(written: &'d Written) -> Option<Figure<'d>> {
        let tree = &written.expr.tree;
        let (node, sign) = match &tree.node(tree.root).kind {
            NodeKind::Unary { op: UnaryOp::Minus, operand } => (*operand, -1.0),
            _ => (tree.root, 1.0),
        };
        match &tree.node(node).kind {
            NodeKind::Quantity(quantity) => Some(Figure { written, node, quantity, sign }),
            _ => None,
        }
    }

    fn in_base(&self, unit: &Unit) -> f64 {
        self.sign * unit.to_base(self.quantity.number)
    }
}

impl Checker<'_> {
    /// What is printed, in base units, and what it measures.
    pub(super) fn printed(
        &mut self,
        reader: &Reader,
        def: &ReconcileDef,
        shown: Option<&Unit>,
    ) -> Option<(Printed, Type)> {
        self.with_units(reader, def, shown)?;
        match &def.printed {
            ast::Printed::One(written) => self.one(reader, def, written),
            ast::Printed::Range { low, high } => self.range_of(reader, def, [low.as_ref(), high.as_ref()]),
        }
    }

    /// Refuses bare figures of a value in per cent, but for those of a table's row with a unit.
    fn with_units(&mut self, reader: &Reader, def: &ReconcileDef, shown: Option<&Unit>) -> Option<()> {
        let list: Vec<&Written> = match &def.printed {
            ast::Printed::One(figure) => vec![figure],
            ast::Printed::Range { low, high } => low.iter().chain(high).collect(),
        };
        let name = self.path_of(reader, &def.what.expr.tree.text);
        let holder = Holder::new(&name, shown.filter(|_| def.cell.is_none()));
        match self.unit_of_list((&list, &[]), &holder) {
            Ok(_) => Some(()),
            Err(problems) => {
                self.problems.extend(problems);
                None
            }
        }
    }

    fn one(&mut self, reader: &Reader, def: &ReconcileDef, written: &Written) -> Option<(Printed, Type)> {
        let tree = &written.expr.tree;
        let text: Arc<str> = one_line(&tree.text).into();
        let plain = |value: PrintedValue| Printed { text: text.clone(), value, decimals: 0, unit: Unit::ratio() };
        match &tree.node(tree.root).kind {
            NodeKind::Missing { code, .. } => {
                return Some((plain(PrintedValue::Missing(*code)), Type::Number(Dimension::RATIO)));
            }
            NodeKind::Text(span) => {
                return Some((plain(PrintedValue::Text(unescaped(tree.slice(*span)).into())), Type::Text));
            }
            NodeKind::YesNo(holds) => return Some((plain(PrintedValue::YesNo(*holds)), Type::YesNo)),
            _ => {}
        }
        let figure = self.figure(reader, def, written)?;
        let unit = self.printed_unit(&figure, def.cell.clone())?;
        let (value, ty) = (PrintedValue::Number(figure.in_base(&unit)), Type::Number(unit.dimension.clone()));
        Some((Printed { text, value, decimals: usize::from(figure.quantity.decimals), unit }, ty))
    }

    /// A range; an end without a unit takes that of the other.
    fn range_of(
        &mut self,
        reader: &Reader,
        def: &ReconcileDef,
        ends: [Option<&Written>; 2],
    ) -> Option<(Printed, Type)> {
        let mut figures: [Option<Figure>; 2] = [None, None];
        for (at, end) in ends.into_iter().enumerate() {
            if let Some(written) = end {
                figures[at] = Some(self.figure(reader, def, written)?);
            }
        }
        let spoken = figures.iter().rev().flatten().find(|figure| !figure.quantity.is_bare());
        let shared = match spoken {
            Some(figure) => self.printed_unit(figure, None)?,
            None => Unit::ratio(),
        };
        let mut values = [f64::NEG_INFINITY, f64::INFINITY];
        for (value, figure) in values.iter_mut().zip(&figures) {
            let Some(figure) = figure else { continue };
            let unit = self.printed_unit(figure, Some(shared.clone()))?;
            if unit.dimension != shared.dimension {
                return self.bad_range(reader, def, "the ends of the range measure different things");
            }
            *value = figure.in_base(&unit);
        }
        let [low, high] = values;
        if low > high {
            return self.bad_range(reader, def, "the range leads downwards");
        }
        let written = |end: Option<&Written>| end.map_or(String::new(), |end| one_line(&end.expr.tree.text));
        let text = format!("{}..{}", written(ends[0]), written(ends[1])).into();
        let decimals = figures.iter().flatten().map(|figure| usize::from(figure.quantity.decimals)).max().unwrap_or(0);
        let ty = Type::Number(shared.dimension.clone());
        Some((Printed { text, value: PrintedValue::Range { low, high }, decimals, unit: shared }, ty))
    }

    fn figure<'d>(&mut self, reader: &Reader, def: &ReconcileDef, written: &'d Written) -> Option<Figure<'d>> {
        let figure = Figure::of(written);
        if figure.is_none() {
            let message = "a published figure is a number or a text as it is printed".to_string();
            let help = "write the figure after `~`, and what computes it before".to_string();
            self.figure_problem(reader, span_of(&def.printed), message, help);
        }
        figure
    }

    fn bad_range<T>(&mut self, reader: &Reader, def: &ReconcileDef, message: &str) -> Option<T> {
        let help = "write the lower end first, and both in the unit of the value: `~ 50%..150%`".to_string();
        self.figure_problem(reader, span_of(&def.printed), message.to_string(), help);
        None
    }

    fn printed_unit(&mut self, figure: &Figure, cell: Option<Unit>) -> Option<Unit> {
        let mut infer = Infer::new(self, figure.written, Owner::Book, None).with_cell(cell);
        let unit = infer.literal_unit(figure.node, figure.quantity);
        let problems = std::mem::take(&mut infer.problems);
        self.problems.extend(problems);
        unit
    }
}
