//! Unit items: counting units of their own, and names for numbers of other units, in any order.

use std::collections::HashMap;

use crate::syntax::ast::{ExprTree, ItemKind, Mark, NodeId, NodeKind, Scale, UnitItem};
use crate::text::{SourceId, Span};
use crate::units::{Unit, UnitError};
use crate::word::{BinaryOp, UnaryOp};

use super::Resolver;
use super::error::ResolveError;

/// What one of a scale word stands for.
pub fn scale_factor(scale: Option<Scale>) -> f64 {
    match scale {
        None => 1.0,
        Some(Scale::K) => 1e3,
        Some(Scale::Mn) => 1e6,
        Some(Scale::Bn) => 1e9,
        Some(Scale::Tn) => 1e12,
    }
}

impl<'a> Resolver<'a> {
    /// Declares every unit, each definition after those of the units it names.
    pub(super) fn units(&mut self) {
        let (mut defined, mut at) = (Vec::new(), HashMap::new());
        for (source, item) in self.unit_items() {
            match &item.value {
                None => self.counting_unit(source, item),
                Some(_) => {
                    at.entry(self.text(source, item.name)).or_insert(defined.len());
                    defined.push((source, item));
                }
            }
        }
        for place in self.units_in_order(&defined, &at) {
            let (source, item) = defined[place];
            if !self.defined_unit(source, item) {
                let name = self.text(source, item.name).to_string();
                self.report(source, &ResolveError::UnitDefinition { name, span: item.name });
            }
        }
    }

    /// Definitions in an order in which each comes after those it names; those in a ring come in any.
    fn units_in_order(&self, defined: &[(SourceId, &'a UnitItem)], at: &HashMap<&str, usize>) -> Vec<usize> {
        let mut order = Vec::with_capacity(defined.len());
        let mut seen = vec![false; defined.len()];
        for start in 0..defined.len() {
            let mut open = vec![(start, false)];
            while let Some((place, is_done)) = open.pop() {
                if is_done {
                    order.push(place);
                    continue;
                }
                if std::mem::replace(&mut seen[place], true) {
                    continue;
                }
                open.push((place, true));
                let names = defined[place].1.value.iter().flat_map(|value| names_in(&value.tree));
                open.extend(
                    names.filter_map(|name| at.get(name)).filter(|other| !seen[**other]).map(|other| (*other, false)),
                );
            }
        }
        order
    }

    /// The library's units first, so that a book's declaration of one of them is the one that is wrong.
    fn unit_items(&self) -> Vec<(SourceId, &'a UnitItem)> {
        let (library, own): (Vec<_>, Vec<_>) = self.loaded.files.iter().partition(|file| file.library.is_some());
        let files = library.into_iter().chain(own);
        files
            .flat_map(|file| file.file.items.iter().map(|item| (file.source, item)))
            .filter_map(|(source, item)| match &item.kind {
                ItemKind::Unit(unit) => Some((source, unit)),
                _ => None,
            })
            .collect()
    }

    fn counting_unit(&mut self, source: SourceId, item: &UnitItem) {
        let name = self.text(source, item.name);
        let label = item.label.map_or(name, |label| self.text(source, label));
        let before = self.symbols.units.get(name).and_then(|unit| unit.dimension.single());
        if before.is_some_and(|base| !self.symbols.units.is_currency(base) && self.is_library_unit(name)) {
            return;
        }
        if self.symbols.units.declare(name, label).is_err() {
            self.taken(source, item.name);
        }
    }

    /// Whether the library has a counting unit of this name; a book may declare it again.
    fn is_library_unit(&self, name: &str) -> bool {
        let items = self.unit_items().into_iter();
        let mut named = items.filter(|(source, item)| item.value.is_none() && self.text(*source, item.name) == name);
        named.any(|(source, _)| self.is_library(source))
    }

    fn is_library(&self, source: SourceId) -> bool {
        self.loaded.files.iter().any(|file| file.source == source && file.library.is_some())
    }

    fn taken(&mut self, source: SourceId, span: Span) {
        let name = self.text(source, span).to_string();
        self.report(source, &ResolveError::UnitTaken { name, span });
    }

    /// Whether the unit needs no other try.
    fn defined_unit(&mut self, source: SourceId, item: &UnitItem) -> bool {
        let Some(value) = &item.value else { return true };
        let name = self.text(source, item.name);
        if self.symbols.units.get(name).is_some() {
            self.taken(source, item.name);
            return true;
        }
        if let Some(error) = two_readings(&value.tree, value.place(value.tree.node(value.tree.root).span)) {
            self.report(source, &error);
            return true;
        }
        let Some(unit) = self.constant(&value.tree, value.tree.root) else { return false };
        if !(unit.factor.is_finite() && unit.factor > 0.0) {
            return false;
        }
        if self.symbols.units.define(name, unit.factor, unit.dimension).is_err() {
            self.taken(source, item.name);
        }
        true
    }

    /// A constant of literals, as a unit whose factor is its number.
    fn constant(&self, tree: &ExprTree, id: NodeId) -> Option<Unit> {
        match &tree.node(id).kind {
            NodeKind::Quantity(quantity) => {
                let unit = match quantity.unit {
                    Some(span) => self.symbols.units.parse(tree.slice(span)).ok()?,
                    None => Unit::ratio(),
                };
                let mark = if quantity.mark == Some(Mark::Percent) { 0.01 } else { 1.0 };
                let number = quantity.number * scale_factor(quantity.scale) * mark;
                Some(Unit { factor: number * unit.factor, ..unit })
            }
            NodeKind::Name(span) => self.symbols.units.parse(tree.slice(*span)).ok(),
            NodeKind::Unary { op: UnaryOp::Minus, .. } => None,
            NodeKind::Binary { op, left, right } => {
                let (left, right) = (self.constant(tree, *left)?, self.constant(tree, *right)?);
                combined(*op, left, &right)
            }
            _ => None,
        }
    }

    /// Reads a unit text of a file.
    pub(super) fn unit(&mut self, source: SourceId, span: Span) -> Option<Unit> {
        match self.symbols.units.parse(self.text(source, span)) {
            Ok(unit) => Some(unit),
            Err(error) => {
                let (name, help) = unit_help(error, self.text(source, span));
                self.report(source, &ResolveError::UnitUnknown { name, help, span });
                None
            }
        }
    }
}

/// `1/12 year`: a twelfth of a year, or one over twelve years?
fn two_readings(tree: &ExprTree, span: Span) -> Option<ResolveError> {
    let bare = |id: NodeId| match &tree.node(id).kind {
        NodeKind::Quantity(quantity) => quantity.unit.is_none(),
        _ => false,
    };
    tree.nodes.iter().find_map(|node| {
        let NodeKind::Binary { op: BinaryOp::Over, left, right } = &node.kind else { return None };
        let NodeKind::Quantity(quantity) = &tree.node(*right).kind else { return None };
        let unit = quantity.unit.filter(|_| bare(*left))?;
        let (top, bottom) = (tree.slice(tree.node(*left).span), tree.slice(tree.node(*right).span));
        let (unit, text) = (tree.slice(unit), tree.slice(node.span));
        let divisor = bottom.strip_suffix(unit).unwrap_or(bottom).trim_end();
        let message = format!("`{text}` could be `({top} / {divisor}) {unit}` or `{top} / ({bottom})`");
        let help = format!("write `{top} / {divisor} * {unit}` or `{top} / ({divisor} * {unit})`, whichever is meant");
        Some(ResolveError::UnitReadings { message, help, span })
    })
}

/// The names that the units of an expression are made of.
fn names_in(tree: &ExprTree) -> impl Iterator<Item = &str> {
    let units = tree.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Quantity(quantity) => quantity.unit,
        NodeKind::Name(span) => Some(*span),
        _ => None,
    });
    let parts =
        units.flat_map(|span| tree.slice(span).split(|letter: char| !letter.is_alphanumeric() && letter != '_'));
    parts.flat_map(|part| [part, part.trim_end_matches(|letter: char| letter.is_ascii_digit())])
}

/// The name that is no unit, and what to do about it.
pub fn unit_help(error: UnitError, text: &str) -> (String, String) {
    match error {
        UnitError::Unknown { name, .. } if matches!(name.as_str(), "M" | "MM" | "B" | "K" | "T") => {
            (name, "the scales are k, mn, bn and tn: `7.1 bn CNY`".to_string())
        }
        UnitError::Unknown { name, nearest: Some(near) } => (name, format!("did you mean `{near}`?")),
        UnitError::Unknown { name, nearest: None } => {
            let help = format!("declare it: `unit {name} \"what it counts\"`, or as a number of another unit");
            (name, help)
        }
        UnitError::Mismatch { .. } | UnitError::Taken { .. } => (text.to_string(), "name a declared unit".to_string()),
    }
}

fn combined(op: BinaryOp, left: Unit, right: &Unit) -> Option<Unit> {
    match op {
        BinaryOp::Times => {
            let dimension = left.dimension.times(&right.dimension);
            Some(Unit { factor: left.factor * right.factor, dimension, ..left })
        }
        BinaryOp::Over => {
            let dimension = left.dimension.over(&right.dimension);
            Some(Unit { factor: left.factor / right.factor, dimension, ..left })
        }
        BinaryOp::Power => {
            let power = right.factor as i32;
            let whole = right.dimension.is_ratio() && f64::from(power) == right.factor;
            let dimension = whole.then(|| left.dimension.power(power, 1)).flatten()?;
            Some(Unit { factor: libm::pow(left.factor, right.factor), dimension, ..left })
        }
        _ => None,
    }
}
