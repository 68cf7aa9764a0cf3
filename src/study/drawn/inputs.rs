//! Which inputs are drawn: those the study names, and every other with a spread that reaches what is asked for.

use crate::chance::Stream;
use crate::eval::Probe;
use crate::model::{CaseId, Factor, Model, Override, Ranged, VariableId, Window};

use super::super::options::Options;
use super::super::parts::{knob_of, name_of, parts};
use super::{Input, Pinned, Wanted};

/// Every input that has a spread, in the order of their paths; and those that the study pins.
pub fn gather(model: &Model, wanted: &Wanted) -> (Vec<Input>, Vec<Pinned>) {
    let told = wanted.vary.iter().map(|vary| Input {
        unit: model.variable(vary.factor.variable).unit.clone(),
        spread: vary.text.clone(),
        parts: parts(model, vary.factor.variable, &vary.ranges, vary.factor.window),
        stream: vary.stream.map_or_else(|| Stream::of_path(&vary.factor.text), Stream::Numbered),
        factor: vary.factor.clone(),
        is_told: true,
    });
    let ids = (0..model.variables.len()).map(|at| VariableId(at as u32));
    let ranged = ids.filter_map(|at| ranged(model, wanted, at));
    let mut inputs: Vec<Input> = told.chain(ranged).collect();
    inputs.sort_by(|a, b| a.factor.text.cmp(&b.factor.text));
    let pinned = wanted.pin.iter().map(|factor| Pinned { input: factor.text.clone(), by: "the study".to_string() });
    (inputs, pinned.collect())
}

/// An input by its own ranges, where the study says nothing of it.
fn ranged(model: &Model, wanted: &Wanted, at: VariableId) -> Option<Input> {
    let variable = model.variable(at);
    let told: Vec<&Factor> = wanted.vary.iter().map(|vary| &vary.factor).chain(wanted.pin).collect();
    let is_told = |ranged: &Ranged| told.iter().any(|factor| factor.variable == at && is_in(ranged.window, factor));
    let own: Vec<Ranged> = variable.ranges.iter().filter(|ranged| !is_told(ranged)).cloned().collect();
    if own.is_empty() || variable.hidden {
        return None;
    }
    Some(Input {
        factor: Factor { variable: at, window: None, text: variable.path.clone(), place: variable.place },
        unit: variable.unit.clone(),
        spread: model.ranges_of(variable, &own).into(),
        parts: parts(model, at, &own, None),
        stream: Stream::of_path(&variable.path),
        is_told: false,
    })
}

fn is_in(window: Window, factor: &Factor) -> bool {
    window.common(factor.window.unwrap_or(Window::WHOLE)).is_some()
}

/// What holds a part of an input at its value in a case: a line of the case, or the command line.
///
/// A value that a case gives has no range of its own, so the range of the line it replaces says nothing about it.
pub fn held(model: &Model, options: &Options, case: CaseId, input: &Input, part: &Ranged) -> Option<String> {
    let touches = |change: &&Override| change.variable == input.factor.variable && change.touches(part.window);
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

/// The parts of an input that are drawn in a case, and what holds the others.
pub fn free(model: &Model, options: &Options, case: CaseId, input: &Input) -> (Vec<Ranged>, Vec<Pinned>) {
    let (mut free, mut pinned) = (Vec::new(), Vec::new());
    for part in &input.parts {
        let name = || name_of(model, input.factor.variable, &input.factor.text, part, input.parts.len());
        match held(model, options, case, input, part) {
            Some(by) => pinned.push(Pinned { input: name(), by }),
            None => free.push(part.clone()),
        }
    }
    if free.is_empty() {
        let mut by: Vec<String> = pinned.into_iter().map(|pinned| pinned.by).collect();
        by.dedup();
        pinned = vec![Pinned { input: input.factor.text.clone(), by: by.join(", ") }];
    }
    (free, pinned)
}

/// What holds each input in every case; nothing if some of it is drawn in one at least.
pub fn held_everywhere(model: &Model, options: &Options, cases: &[CaseId], inputs: &[Input]) -> Vec<Option<String>> {
    let held_in_all = |input: &Input| {
        let mut by: Vec<String> = Vec::new();
        for case in cases {
            let (free, pinned) = free(model, options, *case, input);
            if !free.is_empty() {
                return None;
            }
            by.extend(pinned.into_iter().map(|pinned| pinned.by));
        }
        by.dedup();
        Some(by.join(", "))
    };
    inputs.iter().map(held_in_all).collect()
}

/// Which inputs reach anything that is asked for, in any of the cases.
pub fn reached(model: &Model, options: &Options, cases: &[CaseId], inputs: &[Input], probes: &[Probe]) -> Vec<bool> {
    let turned = inputs.iter().enumerate();
    let turned = turned.flat_map(|(at, input)| input.parts.iter().map(move |part| (at, input.factor.variable, part)));
    let (places, knobs): (Vec<usize>, Vec<_>) = turned.map(|(at, id, part)| (at, knob_of(model, id, part))).unzip();
    let mut reached = vec![false; inputs.len()];
    for case in cases {
        let sweep = options.sweep(model, *case, &knobs, probes);
        places.iter().zip(sweep.reached()).for_each(|(at, one)| reached[*at] |= one);
    }
    reached
}
