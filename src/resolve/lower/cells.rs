//! The cells of a table's row: what each is about, in which unit, and who says so.

use crate::syntax::ast::{Cell, Mark, NodeKind, RowHead, RowKind, TableRow};
use crate::units::Unit;

use super::super::Resolver;
use super::super::clause::is_literal;
use super::super::speech::{Part, Road, Speech, Spoken};
use super::super::symbols::{Content, Piece, Written};
use super::table::{Heading, Sheet};

/// The unit of a row: as it is stated, which scales the cells; or that of a ratio, which some cells say of themselves.
#[derive(Clone)]
pub(super) struct Measure {
    pub unit: Option<Unit>,
    pub spoken: Option<Unit>,
}

impl<'a> Resolver<'a> {
    /// A row without a unit is shown in that of its cells, if they say one of a ratio: `70% | 50` is asked back.
    pub(super) fn measure<'c>(&self, unit: Option<Unit>, cells: impl Iterator<Item = &'c Cell>) -> Measure {
        let units = &self.symbols.units;
        let mut said = cells.filter_map(|cell| cell.value.as_ref()).filter_map(|value| {
            let NodeKind::Quantity(quantity) = &value.tree.node(value.tree.root).kind else { return None };
            match (quantity.mark, quantity.unit) {
                (Some(Mark::Percent), _) => units.get("%").cloned(),
                (_, Some(span)) => units.parse(value.tree.slice(span)).ok(),
                _ => None,
            }
        });
        let spoken = said.find(|unit| unit.dimension.is_ratio() && unit.factor != 1.0);
        Measure { spoken: spoken.filter(|_| unit.is_none()), unit }
    }

    /// The cells of a row that define something, with what each is about and who says so.
    pub(super) fn cells<'r>(
        &mut self,
        sheet: &Sheet,
        row: &'r TableRow,
        head: &RowHead,
        headings: &[Option<Heading>],
    ) -> Vec<(&'r Cell, Heading, Spoken)> {
        let RowKind::Define { verb, name, .. } = &head.what else { return Vec::new() };
        let cells = row.cells.iter().zip(headings);
        let cells: Vec<_> =
            cells.filter_map(|(cell, heading)| Some((cell, (*heading)?, cell.value.as_ref()?))).collect();
        let before = self.problems.len();
        let said = self.own(&row.clauses, sheet.source);
        let part = |heading: Heading, value, span| {
            let period = match heading {
                Heading::Period(frequency, index) => Some((frequency, index)),
                Heading::Entity(_) | Heading::Case(_) => None,
            };
            self.part_at(period, said.clone(), is_literal(value), span)
        };
        let mut parts: Vec<Part> =
            cells.iter().map(|(cell, heading, value)| part(*heading, value, cell.span)).collect();
        // A series is one line, and its clauses stand behind its last cell; other cells are lines of their own.
        let is_series = matches!(cells.first(), Some((_, Heading::Period(..), _)));
        if is_series && let Some((_, others)) = parts.split_last_mut() {
            others.iter_mut().for_each(|part| part.own = self.nobody.clone());
        }
        let (name, source) = (self.text(sheet.source, *name), sheet.source);
        let mut silent = self.problems.len() > before;
        let speech = |parts| {
            let (verb, road) = (*verb, Road::Line);
            Speech { verb, road, is_series, name, source, head: &sheet.head, parts }
        };
        let spoken = match is_series {
            true => self.speak(&speech(&parts), &mut silent),
            false => parts.chunks(1).flat_map(|part| self.speak(&speech(part), &mut silent)).collect(),
        };
        cells.into_iter().zip(spoken).map(|((cell, heading, _), spoken)| (cell, heading, spoken)).collect()
    }
}

pub(super) fn cell_piece(sheet: &Sheet, cell: &Cell, unit: Option<&Unit>, (role, provenance): Spoken) -> Option<Piece> {
    let written = Written { expr: cell.value.clone()?, source: sheet.source };
    let content = Content::Written { written, cell: unit.cloned() };
    Some(Piece { window: None, content, role, provenance, range: None, place: cell.span.at(sheet.source) })
}
