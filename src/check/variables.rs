//! Checked definitions to the model's variables, kinds and entities.

use std::sync::Arc;

use crate::model::{self, Attribute, Candidate, KindId, Model, Slot, Type, Variable};
use crate::resolve::{Entry, Line};
use crate::units::{Dimension, Unit};

use super::checker::Checker;
use super::define::{self, Site};
use super::signature::Signature;

impl Checker<'_> {
    /// The model so far: everything but cases and findings.
    pub(super) fn model(&mut self) -> Model {
        let symbols = self.symbols;
        let book = &symbols.book;
        Model {
            name: book.name.clone(),
            label: book.label.clone(),
            currency: book.currency.clone(),
            as_of: book.as_of,
            owner: book.owner.clone(),
            materiality: book.materiality,
            units: symbols.units.clone(),
            timelines: symbols.timelines.clone(),
            sources: symbols.sources.clone(),
            kinds: (0..symbols.kinds.len()).map(|at| self.kind(KindId(at as u32))).collect(),
            entities: symbols.entities.iter().map(entity).collect(),
            variables: (0..symbols.entries.len()).map(|at| self.variable(at)).collect(),
            ..Model::default()
        }
    }

    fn kind(&mut self, id: KindId) -> model::Kind {
        let symbols = self.symbols;
        let def = symbols.kind(id);
        let attributes = def.attributes.iter().enumerate().map(|(at, attribute)| {
            let signature = self.attribute(id, Slot(at as u32));
            let (ty, unit) = shown(&signature);
            Attribute { name: attribute.name.clone(), ty, series: signature.series, unit, place: attribute.place }
        });
        let attributes = attributes.collect();
        let (name, label, entities, place) = (def.name.clone(), def.label.clone(), def.entities.clone(), def.place);
        model::Kind { name, label, attributes, entities, place }
    }

    fn variable(&mut self, at: usize) -> Variable {
        let outcome = self.settled(at);
        let entry = &self.symbols.entries[at];
        let (ty, unit) = shown(&outcome.signature);
        self.ends_elsewhere(at, &outcome.ranges);
        let candidates = entry.candidates.iter().filter_map(|line| self.candidate(entry, line, &outcome.signature));
        Variable {
            path: entry.path.clone(),
            name: entry.name.clone(),
            label: None,
            entity: entry.entity,
            index: entry.index,
            ty,
            time: outcome.signature.time,
            series: outcome.signature.series,
            unit,
            definition: outcome.definition.clone(),
            ranges: outcome.ranges.clone(),
            candidates: candidates.collect(),
            hidden: false,
            place: entry.place,
        }
    }

    /// A value of another source, of the same type as the chosen one.
    fn candidate(&mut self, entry: &Entry, line: &Arc<Line>, chosen: &Signature) -> Option<Candidate> {
        let expected = Signature { unit: None, ..chosen.clone() };
        let site = Site { expected, ..self.site(entry) };
        let mut defined = define::define(self, line, &site, None);
        self.problems.append(&mut defined.problems);
        let pieces = &defined.outcome.definition.pieces;
        let provenance = pieces.first()?.provenance.clone();
        let pieces = pieces.iter().map(|piece| (piece.window, piece.formula.clone())).collect();
        Some(Candidate { pieces, provenance, place: line.place })
    }
}

/// The type and unit of a signature; what is unknown is a plain number.
pub(super) fn shown(signature: &Signature) -> (Type, Unit) {
    let ty = signature.ty.clone().unwrap_or(Type::Number(Dimension::RATIO));
    (ty, signature.unit.clone().unwrap_or_else(Unit::ratio))
}

fn entity(def: &crate::resolve::EntityDef) -> model::Entity {
    model::Entity {
        name: def.name.clone(),
        label: def.label.clone(),
        kind: def.kind,
        like: def.like,
        slots: def.slots.clone(),
        place: def.place,
    }
}
