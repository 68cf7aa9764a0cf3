//! Which inputs are drawn: those the study names, and every other with a spread that reaches what is asked for.

use crate::chance::Stream;
use crate::eval::Probe;
use crate::model::{CaseId, Factor, Model, Override, VariableId, Window};

use super::super::grid::knob;
use super::super::options::Options;
use super::{Input, Pinned, Wanted};

/// Every input that has a spread, in the order of their paths; and those that the study pins.
pub fn gather(model: &Model, wanted: &Wanted) -> (Vec<Input>, Vec<Pinned>) {
    let told = wanted.vary.iter().map(|vary| Input {
        unit: model.variable(vary.factor.variable).unit.clone(),
        spread: vary.spread.clone(),
        stream: vary.stream.map_or_else(|| Stream::of_path(&vary.factor.text), Stream::Numbered),
        factor: vary.factor.clone(),
        is_told: true,
    });
    let is_told = |at: VariableId| wanted.vary.iter().any(|vary| vary.factor.variable == at);
    let is_pinned = |at: VariableId| wanted.pin.iter().any(|factor| factor.variable == at);
    let ids = (0..model.variables.len()).map(|at| VariableId(at as u32));
    let ranged = ids.filter(|at| !is_told(*at) && !is_pinned(*at)).filter_map(|at| ranged(model, at));
    let mut inputs: Vec<Input> = told.chain(ranged).collect();
    inputs.sort_by(|a, b| a.factor.text.cmp(&b.factor.text));
    let pinned = wanted.pin.iter().map(|factor| Pinned { input: factor.text.clone(), by: "the study".to_string() });
    (inputs, pinned.collect())
}

fn ranged(model: &Model, at: VariableId) -> Option<Input> {
    let variable = model.variable(at);
    let spread = variable.distribution.clone().filter(|_| !variable.hidden)?;
    Some(Input {
        factor: Factor { variable: at, window: None, text: variable.path.clone(), place: variable.place },
        unit: variable.unit.clone(),
        spread,
        stream: Stream::of_path(&variable.path),
        is_told: false,
    })
}

/// What holds an input at its value in a case: a line of the case, or the command line.
///
/// A value that a case gives has no range of its own, so the range of the line it replaces says nothing about it.
pub fn held(model: &Model, options: &Options, case: CaseId, input: &Input) -> Option<String> {
    let touches =
        |change: &&Override| change.variable == input.factor.variable && overlap(change.window, input.factor.window);
    let settings = &options.settings;
    if settings.sets.iter().any(|change| touches(&change)) {
        return Some("`--set`".to_string());
    }
    if input.is_told {
        return None;
    }
    if settings.overrides().any(|change| touches(&change)) {
        return Some("`--with`".to_string());
    }
    let chain = model.chain(case).into_iter().rev();
    let mut holders = chain.filter(|case| model.case(*case).overrides.iter().any(|change| touches(&change)));
    holders.next().map(|case| format!("case {}", model.case(case).name))
}

fn overlap(left: Option<Window>, right: Option<Window>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => left.first <= right.last && right.first <= left.last,
        _ => true,
    }
}

/// What holds each input in every case; nothing if it is drawn in one at least.
pub fn held_everywhere(model: &Model, options: &Options, cases: &[CaseId], inputs: &[Input]) -> Vec<Option<String>> {
    let held_in_all = |input: &Input| {
        let held: Option<Vec<String>> = cases.iter().map(|case| held(model, options, *case, input)).collect();
        let mut held = held?;
        held.dedup();
        Some(held.join(", "))
    };
    inputs.iter().map(held_in_all).collect()
}

/// Which inputs reach anything that is asked for, in any of the cases.
pub fn reached(model: &Model, options: &Options, cases: &[CaseId], inputs: &[Input], probes: &[Probe]) -> Vec<bool> {
    let knobs: Vec<_> = inputs.iter().map(|input| knob(&input.factor)).collect();
    let mut reached = vec![false; inputs.len()];
    for case in cases {
        let sweep = options.sweep(model, *case, &knobs, probes);
        reached.iter_mut().zip(sweep.reached()).for_each(|(any, one)| *any |= one);
    }
    reached
}
