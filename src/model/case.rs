//! `Case`: a named set of overrides on another case.

use std::sync::Arc;

use crate::text::Place;

use super::{Definition, EntityId, Formula, KindId, Model, Piece, Provenance, VariableId, Window};

/// Which case of a model; 0 is `base`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseId(pub u32);

impl CaseId {
    /// The case every model has.
    pub const BASE: CaseId = CaseId(0);
}

/// A named set of overrides on another case.
#[derive(Debug, Clone)]
pub struct Case {
    pub name: Arc<str>,
    pub label: Arc<str>,
    /// Nothing for `base` only.
    pub extends: Option<CaseId>,
    /// What it is about; everything if nothing is said.
    pub about: Vec<About>,
    pub probability: Option<f64>,
    /// One for each variable that a line touches, in the order of the lines.
    pub overrides: Vec<Override>,
    pub place: Place,
}

impl Case {
    /// What it is about, as it is written: `about chip, co`.
    pub fn about(&self, model: &Model) -> Option<String> {
        let names = self.subjects(model);
        (!names.is_empty()).then(|| format!("about {}", names.join(", ")))
    }

    /// The names of the kinds and entities that it is about.
    pub fn subjects(&self, model: &Model) -> Vec<String> {
        let name = |about: &About| match about {
            About::Kind(id) => model.kind(*id).name.to_string(),
            About::Entity(id) => model.entity(*id).name.to_string(),
        };
        self.about.iter().map(name).collect()
    }
}

/// What a case is about: all entities of a kind, or one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Kind(KindId),
    Entity(EntityId),
}

/// One change of one variable.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    pub variable: VariableId,
    /// Which periods; all of them if nothing is said.
    pub window: Option<Window>,
    pub change: Change,
    pub provenance: Arc<Provenance>,
    /// The line as written, without clauses.
    pub text: Arc<str>,
    pub place: Place,
}

impl Override {
    /// The periods in which it changes what is written; what lies between anchors follows these.
    pub fn touched(&self) -> Vec<Window> {
        let own = self.window.unwrap_or(Window::WHOLE);
        let Change::Set(definition) = &self.change else { return vec![own] };
        let pieces = definition.pieces.iter().filter_map(|piece| piece.window.common(own));
        match definition.interpolation {
            Some(_) => pieces.reduce(|all, piece| Window { first: all.first, last: piece.last }).into_iter().collect(),
            None => pieces.collect(),
        }
    }

    /// What it says piece by piece, where its pieces rest on different things; the line as a whole otherwise.
    pub fn said(&self, model: &Model) -> Vec<Said> {
        let pieces = match &self.change {
            Change::Set(definition) => definition.pieces.as_slice(),
            Change::Shift(_) | Change::Scale(_) => &[],
        };
        let rests_on = |piece: &Piece| (piece.role, piece.provenance.clone());
        if !pieces.iter().any(|piece| rests_on(piece) != rests_on(&pieces[0])) {
            let provenance = pieces.first().map_or(&self.provenance, |piece| &piece.provenance).clone();
            let window = self.window;
            return vec![Said { text: self.text.clone(), window, provenance, place: self.place }];
        }
        let variable = model.variable(self.variable);
        let name = self.text.split(" = ").next().unwrap_or_default();
        let said = |piece: &Piece| {
            let periods = model.periods_of(variable, piece.window).map_or(String::new(), |periods| periods + " ");
            Said {
                text: format!("{name} = {periods}{}", piece.formula.text).into(),
                window: Some(piece.window),
                provenance: piece.provenance.clone(),
                place: piece.place,
            }
        };
        pieces.iter().map(said).collect()
    }

    /// Who stands behind what is written: behind each piece, or behind the amount of a shift or a scale.
    pub fn behind(&self) -> impl Iterator<Item = &Arc<Provenance>> {
        let pieces = match &self.change {
            Change::Set(definition) => definition.pieces.as_slice(),
            Change::Shift(_) | Change::Scale(_) => &[],
        };
        let amount = pieces.is_empty().then_some(&self.provenance);
        pieces.iter().map(|piece| &piece.provenance).chain(amount)
    }
}

/// A line of a case, or one piece of it, with what it rests on.
#[derive(Debug, Clone)]
pub struct Said {
    /// As written, without clauses.
    pub text: Arc<str>,
    pub window: Option<Window>,
    pub provenance: Arc<Provenance>,
    pub place: Place,
}

/// What an override does. Constants in base units stand in the formulas.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// New pieces. On a variable with anchors they replace or add anchors before interpolation; on a formula they cut it.
    Set(Definition),
    /// Adds to an input before interpolation, or to a formula's result.
    Shift(Arc<Formula>),
    /// Multiplies an input before interpolation, or a formula's result.
    Scale(Arc<Formula>),
}
