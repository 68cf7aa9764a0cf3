//! A run: every cell of every case, then what went wrong on the way.

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use crate::model::{CaseId, Model, VariableId};
use crate::value::Words;

use super::column::Pool;
use super::engine::Engine;
use super::faults::Faults;
use super::group::Grouping;
use super::layout::{Layout, Store};
use super::levels::Levels;
use super::plan::Plan;
use super::recipe::{Recipe, touched};
use super::results::Form;
use super::shape::Shaper;
use super::{Results, Settings, faults};

/// Computes every variable in every case.
pub(super) fn run(model: &Model, settings: &Settings) -> Results {
    let recipes = Recipe::in_cases(model, settings);
    let layout = Arc::new(Layout::of(model));
    let mut words = Words::default();
    let mut levels = Levels::default();
    let plans = made(model, settings, &recipes, &levels, &layout, &mut words).unwrap_or_else(|| {
        levels = Levels::of(model, &recipes);
        made(model, settings, &recipes, &levels, &layout, &mut words).unwrap_or_default()
    });
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
    compute(&mut engine, settings, &levels);
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
        readers: OnceLock::new(),
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

/// The plan of every case; nothing if a formula looks at another case and the levels are not known.
fn made<'m>(
    model: &'m Model,
    settings: &Settings,
    recipes: &[Vec<Recipe<'m>>],
    levels: &Levels,
    layout: &Layout,
    words: &mut Words,
) -> Option<Vec<Plan<'m>>> {
    let mut plans: Vec<Option<Plan<'m>>> = vec![None; model.cases.len()];
    for case in in_order(model) {
        let shaper = Shaper { model, layout, words, crosses: false };
        let recipes = &recipes[case.0 as usize];
        let mut grouping = Grouping { shaper, model, recipes, levels: &levels.of };
        let parent = parent(model, case).and_then(|parent| plans[parent.0 as usize].as_ref());
        plans[case.0 as usize] = Some(match parent {
            Some(parent) => parent.with(&mut grouping, layout, &own_touched(model, settings, case)),
            None => Plan::of(&mut grouping, layout),
        });
        if grouping.needs_levels() {
            return None;
        }
    }
    Some(plans.into_iter().flatten().collect())
}

fn parent(model: &Model, case: CaseId) -> Option<CaseId> {
    model.case(case).extends.filter(|parent| *parent != case)
}

/// The variables that a case's own lines change, and what is laid over this case only.
fn own_touched(model: &Model, settings: &Settings, case: CaseId) -> Vec<VariableId> {
    touched(model.case(case).overrides.iter().chain(settings.own.get(&case).into_iter().flatten()))
}

/// Computes all cases level by level, since formulas may look at other cases; a case takes over what it does not change from
/// the case it builds on.
fn compute(engine: &mut Engine<'_, '_>, settings: &Settings, levels: &Levels) {
    let cases = in_order(engine.model);
    let reached: Vec<Vec<bool>> = (0..cases.len() as u32).map(|case| reached(engine, settings, CaseId(case))).collect();
    for round in 0..levels.rounds() {
        for case in &cases {
            match (parent(engine.model, *case), round) {
                (None, 0) => engine.begin(*case, levels.circles.iter().flatten().copied()),
                (None, _) => {}
                (Some(parent), 0) => {
                    engine.store.cases[case.0 as usize] = engine.store.cases[parent.0 as usize].clone();
                }
                (Some(parent), _) => engine.take_over(*case, parent, round, &reached[case.0 as usize]),
            }
            let plan = &engine.plans[case.0 as usize];
            let reached = &reached[case.0 as usize];
            engine.compute(*case, |group| reached[group as usize] && plan.groups[group as usize].level == round);
        }
    }
}

/// Which groups of a case are others than in the case it builds on; all, if it builds on none.
fn reached(engine: &Engine<'_, '_>, settings: &Settings, case: CaseId) -> Vec<bool> {
    let plan = &engine.plans[case.0 as usize];
    match parent(engine.model, case) {
        None => vec![true; plan.groups.len()],
        Some(_) => plan.reach(&engine.store.layout, &own_touched(engine.model, settings, case)),
    }
}
