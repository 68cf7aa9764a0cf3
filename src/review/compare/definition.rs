//! What defines a value: the value, its formula, unit, kind of series, range, source, owner and reason.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::format::wording;
use crate::model::{Definition, Model, Provenance, Variable, VariableId, Window};

use super::super::cause::causes;
use super::super::change::{Change, ChangeKind, Swap};
use super::super::diff::Diff;
use super::super::pair::are_alike;
use super::super::span::Shifts;
use super::super::translate::Shift;
use super::{Compare, shown};

/// The variables that one line defines, as pairs of the baseline and the current model, with what the line was.
struct Line {
    variables: Vec<(VariableId, VariableId)>,
    old: Arc<Definition>,
    diff: Diff,
}

impl Compare<'_> {
    /// Compares every variable that both models have; a line that defines many is one change.
    pub(super) fn definitions(&mut self) {
        for line in self.lines() {
            self.line(line);
        }
    }

    /// The lines that differ, in the order of the current model.
    fn lines(&mut self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut known: BTreeMap<(usize, usize, String), Option<usize>> = BTreeMap::new();
        for at in 0..self.current.variables.len() {
            let new_id = VariableId(at as u32);
            let Some(old_id) = self.pairs.back[at] else { continue };
            let (old, new) = (self.baseline.variable(old_id), self.current.variable(new_id));
            let before = self.union.baseline_definition(self.baseline, old, &mut self.shared);
            let after = self.union.model.variable(new_id).definition.clone();
            let key = (Arc::as_ptr(&before) as usize, Arc::as_ptr(&after) as usize, self.facets(old, new));
            match known.get(&key) {
                Some(Some(line)) => lines[*line].variables.push((old_id, new_id)),
                Some(None) => {}
                None => {
                    let diff = self.diff(old, new, &before, &after);
                    let differs = !diff.is_empty() || self.facets(old, new) != NO_FACETS;
                    known.insert(key, differs.then_some(lines.len()));
                    if differs {
                        lines.push(Line { variables: vec![(old_id, new_id)], old: before, diff });
                    }
                }
            }
        }
        lines
    }

    fn diff(&self, old: &Variable, new: &Variable, before: &Definition, after: &Definition) -> Diff {
        let line = new.time.and_then(|time| self.union.spans.whole.get(time));
        let own = |shifts: &Shifts| new.time.and_then(|time| shifts.get(&time)).map_or(Window::WHOLE, Shift::own);
        let (was, is) = (own(&self.union.baseline.shifts), own(&self.union.current.shifts));
        let last = line.map_or(0, |line| line.len - 1);
        let periods = if are_alike(old, new) { is.first..=is.last.min(last) } else { 0..=0 };
        let common = Window { first: was.first.max(is.first), last: was.last.min(is.last) };
        Diff::of(before, after, periods, common, self.models())
    }

    fn line(&mut self, line: Line) {
        let (old_id, new_id) = line.variables[0];
        let (old, new) = (self.baseline.variable(old_id), self.current.variable(new_id));
        let alike = are_alike(old, new);
        if alike && line.diff.is_consequence() && self.facets(old, new) == NO_FACETS {
            return self.consequence(&line);
        }
        let kinds = self.kinds(old, new, &line.diff);
        let Some((kind, also)) = kinds.split_first() else { return };
        let mut change = self.described(&line, *kind);
        change.also = also.to_vec();
        change.swaps = if alike { self.swaps(&line) } else { Vec::new() };
        let at = self.changes.len();
        for (old, new) in &line.variables {
            self.by_variable.insert(*new, at);
            self.by_variable.insert(self.union.baseline.variables[old.0 as usize], at);
        }
        self.changes.push(change);
    }

    /// The same words mean something else: that is because of a change elsewhere.
    fn consequence(&mut self, line: &Line) {
        let spot = line.diff.values.iter().find_map(|spot| spot.old.as_ref().zip(spot.new.as_ref()));
        let Some((old, new)) = spot else { return };
        let cause = causes(&old.formula.expr, &new.formula.expr).into_iter().next();
        let Some(cause) = cause else { return };
        let swaps = self.swaps(line);
        self.consequences.extend(swaps.into_iter().map(|swap| (cause.clone(), swap)));
    }

    /// What takes the line back: for its variables, and for those that only the current model has and that share it.
    fn swaps(&self, line: &Line) -> Vec<Swap> {
        if line.diff.values.is_empty() && !line.diff.fills {
            return Vec::new();
        }
        let shared = &self.union.model.variable(line.variables[0].1).definition;
        let ids = line.variables.iter().map(|(_, new)| *new);
        let mut swaps: Vec<Swap> = ids.map(|id| Swap::Define(id, line.old.clone())).collect();
        if line.variables.len() > 1 {
            let added = self.union.model.variables.iter().enumerate().filter(|(at, variable)| {
                self.pairs.back.get(*at).is_none_or(Option::is_none) && Arc::ptr_eq(&variable.definition, shared)
            });
            swaps.extend(added.map(|(at, _)| Swap::Define(VariableId(at as u32), line.old.clone())));
        }
        swaps
    }

    /// What differs between two variables beside their definition.
    fn facets(&self, old: &Variable, new: &Variable) -> String {
        let mut facets = String::new();
        if old.series != new.series || old.time != new.time || !are_alike(old, new) {
            facets += "series ";
        }
        if old.unit.symbol != new.unit.symbol {
            facets += "unit ";
        }
        let (before, after) = self.ranges(old, new);
        if before != after {
            facets += &format!("{before:?} {after:?}");
        }
        facets
    }

    /// Both ranges as they are written, the same text for two that differ in their layout only.
    fn ranges(&self, old: &Variable, new: &Variable) -> (Option<String>, Option<String>) {
        let (before, after) = (self.baseline.range_of(old), self.current.range_of(new));
        let worded = |model: &Model, variable: &Variable| -> Vec<(Option<String>, String)> {
            let ranges = variable.ranges.iter();
            ranges.map(|range| (model.periods_of(variable, range.window), wording(&range.spread.text))).collect()
        };
        match before != after && worded(self.baseline, old) == worded(self.current, new) {
            true => (after.clone(), after),
            false => (before, after),
        }
    }

    /// Every sort of change that a line shows, the weightiest first.
    fn kinds(&self, old: &Variable, new: &Variable, diff: &Diff) -> Vec<ChangeKind> {
        let values = !diff.values.is_empty() || diff.fills;
        let (before, after) = self.ranges(old, new);
        let all = [
            (values && diff.is_value(), ChangeKind::Value),
            (values && !diff.is_value(), ChangeKind::Formula),
            (old.series != new.series || old.time != new.time || !are_alike(old, new), ChangeKind::Series),
            (old.unit.symbol != new.unit.symbol, ChangeKind::Unit),
            (before != after, ChangeKind::Range),
            (diff.has_role(), ChangeKind::Role),
            (diff.has_source(self.models()), ChangeKind::Source),
            (diff.has_words(), ChangeKind::Words),
        ];
        all.into_iter().filter(|(differs, _)| *differs).map(|(_, kind)| kind).collect()
    }

    fn described(&self, line: &Line, kind: ChangeKind) -> Change {
        let (old_id, new_id) = line.variables[0];
        let (old, new) = (self.baseline.variable(old_id), self.current.variable(new_id));
        let first = line.diff.first();
        let piece = |of: fn(&super::super::diff::Spot) -> Option<&crate::model::Piece>| first.and_then(of);
        let before = piece(|spot| spot.old.as_ref()).or(old.definition.pieces.first());
        let after = piece(|spot| spot.new.as_ref()).or(new.definition.pieces.first());
        let behind = (before.map(|piece| &*piece.provenance), after.map(|piece| &*piece.provenance));
        let (old_text, new_text) = match kind {
            ChangeKind::Value | ChangeKind::Formula => self.sides(line, old, new),
            ChangeKind::Series => (Some(sort(old)), Some(sort(new))),
            ChangeKind::Unit => (Some(symbol(old)), Some(symbol(new))),
            ChangeKind::Range => self.ranges(old, new),
            ChangeKind::Role => {
                let verb = |piece: Option<&crate::model::Piece>| piece.map(|piece| piece.role.word().to_string());
                (verb(before), verb(after))
            }
            ChangeKind::Source => (
                behind.0.and_then(|behind| shown::source(behind, self.baseline)),
                behind.1.and_then(|behind| shown::source(behind, self.current)),
            ),
            _ => (behind.0.and_then(Provenance::spoken), behind.1.and_then(Provenance::spoken)),
        };
        let mut change = Change::of(kind, self.path(line))
            .saying(old_text, new_text)
            .at(before.map(|piece| piece.place).or(Some(old.place)), after.map(|piece| piece.place).or(Some(new.place)))
            .by(behind.0, behind.1);
        change.sources = (
            behind.0.and_then(|behind| behind.cited(self.baseline)),
            behind.1.and_then(|behind| behind.cited(self.current)),
        );
        change.entity = new.entity.map(|entity| self.current.entity(entity).name.to_string());
        change.variables = line.variables.iter().map(|(old, new)| (Some(*old), Some(*new))).collect();
        change
    }

    fn sides(&self, line: &Line, old: &Variable, new: &Variable) -> (Option<String>, Option<String>) {
        if line.diff.values.is_empty() {
            let how = |variable: &Variable| {
                let fills = variable.definition.interpolation;
                Some(fills.map_or("without filling".to_string(), |how| {
                    format!("filled {}", format!("{how:?}").to_lowercase())
                }))
            };
            return (how(old), how(new));
        }
        let side = |variable: &Variable, old: bool| shown::side(&line.diff.values, variable, &self.union.model, old);
        (side(old, true), side(new, false))
    }

    /// The path of a line; a kind's formula is one path for all its entities.
    fn path(&self, line: &Line) -> String {
        path_of(self.current, &line.variables.iter().map(|(_, new)| *new).collect::<Vec<_>>())
    }
}

/// The path of one variable, or of an attribute if it is that of several entities of one kind.
pub(super) fn path_of(model: &Model, ids: &[VariableId]) -> String {
    let first = model.variable(ids[0]);
    let kind = first.entity.map(|entity| model.entity(entity).kind);
    match kind {
        Some(kind) if ids.len() > 1 && first.index.is_none() => format!("{}.{}", model.kind(kind).name, first.name),
        _ if ids.len() > 1 => format!("{} and {} more", first.path, ids.len() - 1),
        _ => first.path.to_string(),
    }
}

const NO_FACETS: &str = "";

fn symbol(variable: &Variable) -> String {
    match &*variable.unit.symbol {
        "" => "ratio".to_string(),
        symbol => symbol.to_string(),
    }
}

fn sort(variable: &Variable) -> String {
    match variable.series {
        Some(series) => series.word().to_string(),
        None if variable.time.is_some() => "series".to_string(),
        None => "one value".to_string(),
    }
}
