//! `Write`: what was written to a cell, layer by layer: the file, each case of the chain, the command line.

use std::sync::Arc;

use crate::model::{CaseId, Change, Model, Override, Piece, Provenance, Role, Said, VariableId, Window};
use crate::text::Place;

use super::Settings;
use super::recipe::{Make, Recipe, layers};

/// Who writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The line that defines the variable.
    Definition,
    Case(CaseId),
    /// `--set` on the command line.
    Settings,
}

/// One write to a cell.
#[derive(Debug, Clone)]
pub struct Write {
    pub layer: Layer,
    /// As written, without clauses.
    pub text: Arc<str>,
    pub role: Role,
    pub provenance: Arc<Provenance>,
    pub place: Place,
}

/// What was written to a cell, in the order it was written; for a cell between anchors, what was written to them.
pub fn writes(
    model: &Model,
    settings: &Settings,
    case: CaseId,
    variable: VariableId,
    index: Option<usize>,
) -> Vec<Write> {
    let index = index.unwrap_or(0);
    let definition = &model.variable(variable).definition;
    let recipe = recipe(model, settings, case, variable);
    let cells = match recipe.make(index) {
        Make::Between { left, right, .. } => vec![index, left, right],
        _ => vec![index],
    };
    let plain = match Recipe::Plain(definition).make(index) {
        Make::Between { left, right, .. } => vec![left, right],
        _ => vec![index],
    };
    let mut writes: Vec<Write> =
        definition.pieces.iter().filter(|piece| holds_any(piece.window, &plain)).map(defined).collect();
    for case in model.chain(case) {
        let overrides = model.case(case).overrides.iter().filter(|change| change.variable == variable);
        writes.extend(overrides.flat_map(|change| written(model, change, Layer::Case(case), &cells)));
    }
    let sets = settings.overrides().filter(|change| change.variable == variable);
    writes.extend(sets.flat_map(|change| written(model, change, Layer::Settings, &cells)));
    writes
}

/// The recipe of one variable in one case.
pub(super) fn recipe<'m>(model: &'m Model, settings: &'m Settings, case: CaseId, variable: VariableId) -> Recipe<'m> {
    let mut recipe = Recipe::Plain(&model.variable(variable).definition);
    for change in layers(model, settings, case).filter(|change| change.variable == variable) {
        recipe.change(change);
    }
    recipe
}

fn defined(piece: &Piece) -> Write {
    Write {
        layer: Layer::Definition,
        text: piece.formula.text.clone(),
        role: piece.role,
        provenance: piece.provenance.clone(),
        place: piece.place,
    }
}

fn written(model: &Model, change: &Override, layer: Layer, cells: &[usize]) -> Vec<Write> {
    let window = change.window.unwrap_or(Window::WHOLE);
    let within: Vec<usize> = cells.iter().copied().filter(|cell| window.holds(*cell)).collect();
    let said = change.said(model);
    let write = |said: &Said, role: Role, provenance: &Arc<Provenance>| Write {
        layer,
        text: said.text.clone(),
        role,
        provenance: provenance.clone(),
        place: said.place,
    };
    match (&change.change, said.as_slice()) {
        // The first piece stands for the line if all rest on the same.
        (Change::Set(definition), [whole]) => {
            let piece = definition.pieces.iter().find(|piece| holds_any(piece.window, &within));
            piece.map(|piece| write(whole, piece.role, &piece.provenance)).into_iter().collect()
        }
        (Change::Set(definition), several) => {
            let pieces = definition.pieces.iter().zip(several);
            let pieces = pieces.filter(|(piece, _)| holds_any(piece.window, &within));
            pieces.map(|(piece, said)| write(said, piece.role, &piece.provenance)).collect()
        }
        (Change::Shift(_) | Change::Scale(_), said) if !within.is_empty() => {
            said.iter().map(|said| write(said, change.provenance.role(), &change.provenance)).collect()
        }
        (Change::Shift(_) | Change::Scale(_), _) => Vec::new(),
    }
}

fn holds_any(window: Window, cells: &[usize]) -> bool {
    cells.iter().any(|cell| window.holds(*cell))
}
