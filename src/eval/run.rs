//! A run: every cell of every case, then what went wrong on the way.

use std::cell::RefCell;
use std::sync::Arc;

use crate::model::{CaseId, Model, VariableId};
use crate::value::Words;

use super::demand::{Demand, Faults, Progress};
use super::layout::{Layout, Store};
use super::recipe::{Recipe, layers};
use super::results::Form;
use super::walk::Cells;
use super::{Results, Settings, faults};

/// Computes every variable in every case.
pub(super) fn run(model: &Model, settings: &Settings) -> Results {
    let recipes: Vec<Vec<Recipe<'_>>> = (0..model.cases.len())
        .map(|case| {
            let mut recipes = Recipe::all(model);
            for change in layers(model, &settings.sets, CaseId(case as u32)) {
                recipes[change.variable.0 as usize].change(change);
            }
            recipes
        })
        .collect();
    let layout = Arc::new(Layout::of(model));
    let mut store = Store { cases: model.cases.iter().map(|_| layout.blank()).collect(), layout };
    let words = RefCell::new(Words::default());
    let mut found = Faults::default();
    everything_on_demand(model, &recipes, &words, &mut store, &mut found);
    let mut results = Results {
        problems: Vec::new(),
        settings: settings.clone(),
        forms: model.variables.iter().map(|variable| Form::of(&variable.ty)).collect(),
        store,
        words: words.into_inner(),
    };
    results.problems = faults::problems(model, &found);
    results
}

fn everything_on_demand(
    model: &Model,
    recipes: &[Vec<Recipe<'_>>],
    words: &RefCell<Words>,
    store: &mut Store,
    faults: &mut Faults,
) {
    let layout = store.layout.clone();
    let open = layout.blocks.iter().map(|shape| Some(vec![Progress::Open; shape.lanes.len() * shape.periods]));
    let progress = model.cases.iter().map(|_| open.clone().collect()).collect();
    let mut demand = Demand { model, words, recipes, store, faults, progress, path: Vec::new() };
    for case in 0..model.cases.len() as u32 {
        for variable in 0..model.variables.len() as u32 {
            for index in 0..layout.periods(VariableId(variable)) {
                demand.read(CaseId(case), VariableId(variable), index);
            }
        }
    }
}
