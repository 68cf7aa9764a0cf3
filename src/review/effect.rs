//! `Effect`: what an output was and is, in one case and period.

use crate::eval::Results;
use crate::model::{CaseId, Model, ReportBinding, Type, Variable, VariableId};

use super::moved::Move;
use super::pair::Pairs;

/// A value that is asked for by either model.
#[derive(Debug, Clone)]
pub struct OutputPair {
    /// As the current model names it; what was removed, as the baseline did.
    pub path: String,
    pub was: Option<String>,
    pub label: String,
    /// The variable of the baseline.
    pub old: Option<VariableId>,
    /// The variable of the current model.
    pub new: Option<VariableId>,
}

/// One output in one case and period, then and now.
#[derive(Debug, Clone)]
pub struct Effect {
    /// The index in the review's outputs.
    pub output: usize,
    pub case: String,
    /// The case of each model.
    pub cases: (Option<CaseId>, Option<CaseId>),
    pub period: Option<String>,
    /// The index on each timeline.
    pub indexes: (Option<usize>, Option<usize>),
    pub moved: Move,
}

/// What is asked for: the outputs of both models; where there are none, what their reports bind.
pub fn outputs(baseline: &Model, current: &Model, pairs: &Pairs) -> Vec<OutputPair> {
    let (old, new) = (asked(baseline), asked(current));
    let mut open: Vec<&(VariableId, String)> = old.iter().collect();
    let mut all: Vec<OutputPair> = Vec::new();
    for (id, label) in &new {
        let place = open.iter().position(|(old, _)| {
            is_same(baseline, *old, current, *id, pairs) && measure_alike(baseline, *old, current, *id)
        });
        let matched = place.map(|place| open.remove(place).0);
        let path = current.variable(*id).path.to_string();
        let was = matched.map(|old| baseline.variable(old).path.to_string()).filter(|was| *was != path);
        all.push(OutputPair { path, was, label: label.clone(), old: matched, new: Some(*id) });
    }
    all.extend(open.into_iter().map(|(id, label)| OutputPair {
        path: baseline.variable(*id).path.to_string(),
        was: None,
        label: label.clone(),
        old: Some(*id),
        new: None,
    }));
    all
}

/// The values a model is asked for, with their labels, each once.
fn asked(model: &Model) -> Vec<(VariableId, String)> {
    let mut all: Vec<(VariableId, String)> =
        model.outputs.iter().map(|output| (output.variable, output.label.to_string())).collect();
    if all.is_empty() {
        let bound = model.reports.iter().flat_map(|report| &report.bindings);
        all.extend(bound.filter_map(|(_, binding)| match binding {
            ReportBinding::Variable(id) => Some((*id, String::new())),
            _ => None,
        }));
    }
    let mut seen: Vec<&str> = Vec::new();
    let is_new = |(id, _): &(VariableId, String)| {
        let path = &*model.variable(*id).path;
        let new = !seen.contains(&path);
        seen.push(path);
        new
    };
    all.retain(is_new);
    all
}

/// Whether two values measure the same thing; else one is gone and the other new, since nothing lies between them.
fn measure_alike(baseline: &Model, old: VariableId, current: &Model, new: VariableId) -> bool {
    match (&baseline.variable(old).ty, &current.variable(new).ty) {
        (Type::Number(one), Type::Number(two)) => baseline.units.describe(one) == current.units.describe(two),
        (one, two) => one == two,
    }
}

fn is_same(baseline: &Model, old: VariableId, current: &Model, new: VariableId, pairs: &Pairs) -> bool {
    if pairs.variables[old.0 as usize] == Some(new) {
        return true;
    }
    let (before, after) = (baseline.variable(old), current.variable(new));
    if !(before.hidden && after.hidden) {
        return before.hidden != after.hidden && before.path == after.path;
    }
    let entities = pairs.renamed_entities.iter();
    let mut path = format!(" {}", before.path);
    for (old, new) in entities {
        let (old, new) = (&baseline.entity(*old).name, &current.entity(*new).name);
        path = path.replace(&format!(" {old}."), &format!(" {new}."));
    }
    for (old, new) in &pairs.renamed_variables {
        path = path.replace(&*baseline.variable(*old).path, &current.variable(*new).path);
    }
    path.trim_start() == &*after.path
}

/// Every output in every case and period of either model.
pub fn effects(
    outputs: &[OutputPair],
    (baseline, before): (&Model, &Results),
    (current, after): (&Model, &Results),
    pairs: &Pairs,
    materiality: f64,
) -> Vec<Effect> {
    let cases = cases(baseline, current, pairs);
    let mut all = Vec::new();
    for (at, output) in outputs.iter().enumerate() {
        for (case, ids) in &cases {
            for (period, indexes) in periods(baseline, current, output) {
                let old = output.old.zip(ids.0).and_then(|(id, case)| Some(before.cell(case, id, indexes.0?)));
                let new = output.new.zip(ids.1).and_then(|(id, case)| Some(after.cell(case, id, indexes.1?)));
                let shown = output.new.map(|id| current.variable(id)).or(output.old.map(|id| baseline.variable(id)));
                let Some(unit) = shown.map(|variable| variable.unit.clone()) else { continue };
                let indexes = (indexes.0.flatten(), indexes.1.flatten());
                let moved = Move::between(unit, old, new, materiality);
                all.push(Effect { output: at, case: case.clone(), cases: *ids, period, indexes, moved });
            }
        }
    }
    all
}

type CaseRow = (String, (Option<CaseId>, Option<CaseId>));

fn cases(baseline: &Model, current: &Model, pairs: &Pairs) -> Vec<CaseRow> {
    let old_of = |new: CaseId| pairs.cases.iter().position(|id| *id == Some(new)).map(|at| CaseId(at as u32));
    let ids = (0..current.cases.len() as u32).map(CaseId);
    let mut all: Vec<CaseRow> = ids.map(|id| (current.case(id).name.to_string(), (old_of(id), Some(id)))).collect();
    let gone = (0..baseline.cases.len()).filter(|at| pairs.cases[*at].is_none());
    all.extend(gone.map(|at| (baseline.cases[at].name.to_string(), (Some(CaseId(at as u32)), None))));
    all
}

type PeriodRow = (Option<String>, (Option<Option<usize>>, Option<Option<usize>>));

/// The periods of an output on both timelines; for each model nothing where it has no such period.
fn periods(baseline: &Model, current: &Model, output: &OutputPair) -> Vec<PeriodRow> {
    let line = |model: &Model, id: Option<VariableId>| -> Option<crate::calendar::Timeline> {
        let variable: &Variable = model.variable(id?);
        model.timelines.get(variable.time?).cloned()
    };
    let (old, new) = (line(baseline, output.old), line(current, output.new));
    let both_plain = old.is_none() && new.is_none();
    if both_plain {
        return vec![(None, (Some(None), Some(None)))];
    }
    let ends = old.iter().chain(&new).map(|line| (line.first, line.first + line.len as i32));
    let (from, to) = ends.fold((i32::MAX, i32::MIN), |(from, to), (first, last)| (from.min(first), to.max(last)));
    let Some(named) = new.as_ref().or(old.as_ref()) else { return Vec::new() };
    let at = |line: &Option<crate::calendar::Timeline>, ordinal: i32| {
        line.as_ref().and_then(|line| line.index_of(ordinal)).map(Some)
    };
    (from..to)
        .map(|ordinal| (Some(named.at_ordinal(ordinal).to_string()), (at(&old, ordinal), at(&new, ordinal))))
        .collect()
}
