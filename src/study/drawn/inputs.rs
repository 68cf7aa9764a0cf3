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
    let told = wanted.vary.iter().map(|vary| &vary.factor).chain(wanted.pin).filter(|factor| factor.variable == at);
    let told: Vec<Window> = told.map(|factor| factor.window.unwrap_or(Window::WHOLE)).collect();
    let own: Vec<Ranged> = variable.ranges.iter().flat_map(|ranged| left_of(ranged, &told)).collect();
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

/// What of a range lies outside of some periods.
fn left_of(ranged: &Ranged, periods: &[Window]) -> Vec<Ranged> {
    let whole = vec![ranged.window];
    let left = periods.iter().fold(whole, |left, taken| left.into_iter().flat_map(|one| one.without(*taken)).collect());
    left.into_iter().map(|window| Ranged { window, spread: ranged.spread.clone() }).collect()
}

/// What holds periods of an input at their values in a case: the command line, or lines of the case; the last one first.
///
/// A value that a case gives has no range of its own, so the range of the line it replaces says nothing about it.
fn holders(model: &Model, options: &Options, case: CaseId, input: &Input) -> Vec<(String, Vec<Window>)> {
    let touched = |changes: &mut dyn Iterator<Item = &Override>| -> Vec<Window> {
        changes.filter(|change| change.variable == input.factor.variable).flat_map(Override::touched).collect()
    };
    let settings = &options.settings;
    let mut holders = vec![("`--set`".to_string(), touched(&mut settings.sets.iter()))];
    if !input.is_told {
        holders.push(("`--with`".to_string(), touched(&mut settings.overrides())));
        let chain = model.chain(case).into_iter().rev().map(|case| model.case(case));
        holders.extend(chain.map(|case| (format!("case {}", case.name), touched(&mut case.overrides.iter()))));
    }
    holders
}

/// The parts of an input that are drawn in a case, and what holds the others.
pub fn free(model: &Model, options: &Options, case: CaseId, input: &Input) -> (Vec<Ranged>, Vec<Pinned>) {
    let (mut free, mut pinned) = (Vec::new(), Vec::new());
    let holders = holders(model, options, case, input);
    for part in &input.parts {
        let mut left = vec![part.clone()];
        for (by, periods) in &holders {
            let after: Vec<Ranged> = left.iter().flat_map(|one| left_of(one, periods)).collect();
            let kept: Vec<Window> = after.iter().map(|one| one.window).collect();
            for held in left.iter().flat_map(|one| left_of(one, &kept)) {
                let several = input.parts.len() > 1 || held.window != part.window;
                let count = if several { usize::MAX } else { 1 };
                let name = name_of(model, input.factor.variable, &input.factor.text, &held, count);
                pinned.push(Pinned { input: name, by: by.clone() });
            }
            left = after;
        }
        free.extend(left);
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
