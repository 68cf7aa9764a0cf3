//! A run: every cell of every case, then what went wrong on the way.

use std::cell::RefCell;
use std::sync::Arc;

use crate::model::{CaseId, Model, VariableId};
use crate::value::Words;

use super::column::Pool;
use super::engine::Engine;
use super::faults::Faults;
use super::group::Grouping;
use super::layout::{Layout, Store};
use super::levels::Levels;
use super::plan::Plan;
use super::recipe::{Recipe, layers, touched};
use super::results::Form;
use super::shape::Shaper;
use super::{Results, Settings, faults};

/// Computes every variable in every case.
pub(super) fn run(model: &Model, settings: &Settings) -> Results {
    let recipes = recipes(model, settings);
    let layout = Arc::new(Layout::of(model));
    let mut words = Words::default();
    let mut levels = Levels::default();
    let (mut plans, crosses) = made(model, settings, &recipes, &levels, &layout, &mut words);
    if crosses {
        levels = Levels::of(model, &recipes);
        plans = made(model, settings, &recipes, &levels, &layout, &mut words).0;
    }
    let store = Store { cases: vec![Vec::new(); model.cases.len()], layout };
    let mut engine = Engine {
        model,
        recipes: &recipes,
        plans: &plans,
        words: RefCell::new(words),
        pool: Pool::default(),
        orders: Default::default(),
        store,
        circles: Vec::new(),
        no_members: RefCell::default(),
    };
    if levels.of.is_empty() {
        each_case_once(&mut engine, settings)
    } else {
        all_cases_in_rounds(&mut engine, &levels)
    }
    finish(model, settings, engine, levels)
}

fn finish(model: &Model, settings: &Settings, engine: Engine<'_, '_>, levels: Levels) -> Results {
    let found =
        Faults { circles: engine.circles, case_circles: levels.circles, no_members: engine.no_members.into_inner() };
    let mut results = Results {
        problems: Vec::new(),
        settings: settings.clone(),
        forms: model.variables.iter().map(|variable| Form::of(&variable.ty)).collect(),
        store: engine.store,
        words: engine.words.into_inner(),
    };
    results.problems = faults::problems(model, &results, &found);
    results
}

/// Cases with those they build on first.
fn in_order(model: &Model) -> Vec<CaseId> {
    let mut cases: Vec<CaseId> = (0..model.cases.len() as u32).map(CaseId).collect();
    cases.sort_by_key(|case| model.chain(*case).len());
    cases
}

/// The recipe of every variable in every case.
pub(super) fn recipes<'m>(model: &'m Model, settings: &'m Settings) -> Vec<Vec<Recipe<'m>>> {
    let plain = Recipe::all(model);
    let changed = |case: u32| {
        let mut recipes = plain.clone();
        for change in layers(model, settings, CaseId(case)) {
            recipes[change.variable.0 as usize].change(change);
        }
        recipes
    };
    (0..model.cases.len() as u32).map(changed).collect()
}

/// The plan of every case, and whether any formula looks at another case.
fn made<'m>(
    model: &'m Model,
    settings: &Settings,
    recipes: &[Vec<Recipe<'m>>],
    levels: &Levels,
    layout: &Layout,
    words: &mut Words,
) -> (Vec<Plan<'m>>, bool) {
    let mut crosses = false;
    let mut plans: Vec<Option<Plan<'m>>> = vec![None; model.cases.len()];
    for case in in_order(model) {
        let shaper = Shaper { model, layout, words, crosses };
        let recipes = &recipes[case.0 as usize];
        let mut grouping = Grouping { shaper, model, recipes, levels: &levels.of };
        let parent = parent(model, case).and_then(|parent| plans[parent.0 as usize].as_ref());
        plans[case.0 as usize] = Some(match parent {
            Some(parent) => parent.with(&mut grouping, layout, &own_touched(model, settings, case)),
            None => Plan::of(&mut grouping, layout),
        });
        crosses = grouping.shaper.crosses;
    }
    (plans.into_iter().flatten().collect(), crosses)
}

fn parent(model: &Model, case: CaseId) -> Option<CaseId> {
    model.case(case).extends.filter(|parent| *parent != case)
}

/// The variables that a case's own lines change, and what is laid over this case only.
fn own_touched(model: &Model, settings: &Settings, case: CaseId) -> Vec<VariableId> {
    touched(model.case(case).overrides.iter().chain(settings.own.get(&case).into_iter().flatten()))
}

/// Computes case by case; a case takes over what it does not change from the case it builds on.
fn each_case_once(engine: &mut Engine<'_, '_>, settings: &Settings) {
    for case in in_order(engine.model) {
        match parent(engine.model, case) {
            None => {
                engine.store.cases[case.0 as usize] = engine.store.layout.blank();
                engine.compute(case, |_| true);
            }
            Some(parent) => {
                engine.store.cases[case.0 as usize] = engine.store.cases[parent.0 as usize].clone();
                let plan = &engine.plans[case.0 as usize];
                let reached = plan.reach(&engine.store.layout, &own_touched(engine.model, settings, case));
                engine.compute(case, |group| reached[group as usize]);
            }
        }
    }
}

/// Computes all cases level by level, since formulas look at other cases.
fn all_cases_in_rounds(engine: &mut Engine<'_, '_>, levels: &Levels) {
    engine.store.cases.fill_with(|| engine.store.layout.blank());
    engine.refuse(levels.circles.iter().flatten().copied());
    for round in 0..levels.rounds() {
        for case in in_order(engine.model) {
            let plan = &engine.plans[case.0 as usize];
            engine.compute(case, |group| plan.groups[group as usize].level == round);
        }
    }
}
