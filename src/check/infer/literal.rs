//! Numbers, texts and holes.

use crate::model::{ExprKind, MissingCode, Type, VariableId};
use crate::resolve::{Named, Own, Owner, scale_factor, told, unescaped};
use crate::syntax::ast::{Mark, NodeId, Quantity, Scale};
use crate::text::Place;
use crate::units::{Dimension, Unit};

use super::super::error::CheckError;
use super::{Built, Infer};

impl<'c, 'a> Infer<'c, 'a> {
    /// A number in base units; a bare one in a table's cell is of the row's unit.
    pub(super) fn quantity(&mut self, id: NodeId, quantity: &Quantity) -> Built {
        let Some(unit) = self.literal_unit(id, quantity) else { return self.unknown() };
        let number = unit.to_base(quantity.number);
        let mut built = self.made(id, ExprKind::Number(number), Type::Number(unit.dimension.clone()));
        built.any = number == 0.0 && unit.dimension.is_ratio() && quantity.mark.is_none() && quantity.unit.is_none();
        let is_plain = unit.dimension.is_ratio() && unit.factor == 1.0 && unit.symbol.is_empty();
        built.shown((!is_plain).then_some(unit))
    }

    /// The unit of a number as it is written, scale and mark included.
    pub fn literal_unit(&mut self, id: NodeId, quantity: &Quantity) -> Option<Unit> {
        if let (true, Some(cell)) = (quantity.is_bare(), &self.cell) {
            return Some(cell.clone());
        }
        let tree = self.frame.tree.clone();
        let unit = match (quantity.unit, quantity.mark) {
            (Some(span), _) => self.unit_text(id, tree.slice(span))?,
            (None, Some(Mark::Percent)) => self.checker.unit("%").ok()?,
            (None, Some(Mark::Multiple)) => self.checker.unit("x").ok()?,
            (None, None) => self.cell.as_ref().map_or_else(Unit::ratio, unscaled),
        };
        Some(match quantity.scale {
            None => unit,
            Some(scale) => scaled(scale, &unit),
        })
    }

    /// Reads a unit, reporting one that is none.
    pub(super) fn unit_text(&mut self, id: NodeId, text: &str) -> Option<Unit> {
        match self.checker.unit(text) {
            Ok(unit) => Some(unit),
            Err(error) => {
                let (name, help) = crate::resolve::unit_help(error, text);
                let span = self.at(id);
                self.report(&crate::resolve::ResolveError::UnitUnknown { name, help, span });
                None
            }
        }
    }

    pub(super) fn text_literal(&mut self, id: NodeId, text: &str) -> Built {
        self.made(id, ExprKind::Text(unescaped(text).into()), Type::Text)
    }

    pub(super) fn missing(&mut self, id: NodeId, code: MissingCode, reason: Option<&str>) -> Built {
        let reason = reason.map(|reason| told(reason).into());
        let built = self.made(id, ExprKind::Missing { code, reason }, Type::Number(Dimension::RATIO));
        Built { any: true, ..built }
    }

    /// `?`: says what is needed and what there is of that kind.
    pub(super) fn hole(&mut self, id: NodeId, want: Option<&Type>) -> Built {
        let span = self.at(id);
        let Some(want) = want else {
            let needed = "anything, as far as this line tells".to_string();
            let help = "say the unit after the name, and the candidates are listed".to_string();
            return self.fail(&CheckError::Hole { needed, help, span });
        };
        let candidates = self.candidates(want, span.start);
        let help = match candidates.is_empty() {
            true => "nothing in reach measures that".to_string(),
            false => format!("in reach: {}", candidates.join(", ")),
        };
        self.fail(&CheckError::Hole { needed: self.words(want), help, span })
    }

    /// Names in reach whose values are of a type, the owner's first; without the name whose line has the hole.
    fn candidates(&mut self, want: &Type, hole: u32) -> Vec<String> {
        const MOST: usize = 8;
        let (owner, source) = (self.owner, self.frame.source);
        let names: Vec<String> = self.checker.symbols.visible(owner, source).into_iter().map(str::to_string).collect();
        let fits = |name: &String| {
            !self.is_written_at(name, hole) && self.checker.type_of_name(owner, source, name).as_ref() == Some(want)
        };
        names.into_iter().filter(fits).take(MOST).map(|name| format!("`{name}`")).collect()
    }

    fn is_written_at(&self, name: &str, offset: u32) -> bool {
        let (symbols, source) = (self.checker.symbols, self.frame.source);
        let entry = |id: VariableId| Some(&symbols.entries[id.0 as usize].line);
        let line = match (symbols.own(self.owner, name), self.owner) {
            (Some(Own::Slot(slot)), Owner::Kind(kind)) => symbols.kind(kind).attributes[slot.0 as usize].line.as_ref(),
            (Some(Own::Slot(slot)), Owner::Entity(entity)) => entry(symbols.entity(entity).slots[slot.0 as usize]),
            (Some(_), _) => None,
            (None, _) => match symbols.named(source, name) {
                Some(Named::Value(id)) => entry(*id),
                _ => None,
            },
        };
        let holds = |place: &Place| place.source == source && (place.span.start..=place.span.end).contains(&offset);
        line.is_some_and(|line| line.pieces.iter().any(|piece| holds(&piece.place)))
    }
}

/// A unit with a scale word before it.
fn scaled(scale: Scale, unit: &Unit) -> Unit {
    let word = match scale {
        Scale::K => "k",
        Scale::Mn => "mn",
        Scale::Bn => "bn",
        Scale::Tn => "tn",
    };
    let symbol = if unit.symbol.is_empty() { word.to_string() } else { format!("{word} {}", unit.symbol) };
    Unit { symbol: symbol.into(), factor: unit.factor * scale_factor(Some(scale)), dimension: unit.dimension.clone() }
}

/// A cell's unit without its own scale word, for a number that brings one.
fn unscaled(unit: &Unit) -> Unit {
    for (word, factor) in [("k ", 1e3), ("mn ", 1e6), ("bn ", 1e9), ("tn ", 1e12)] {
        if let Some(rest) = unit.symbol.strip_prefix(word) {
            return Unit { symbol: rest.into(), factor: unit.factor / factor, dimension: unit.dimension.clone() };
        }
    }
    unit.clone()
}
