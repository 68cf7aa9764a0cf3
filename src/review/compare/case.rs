//! Cases: their lines, what they stand on, and how likely they are.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::format::wording;
use crate::model::{Case, CaseId, Change as Effect, Formula, Model, Override, Provenance, Role, VariableId, Window};
use crate::text::Place;

use super::super::change::{Change, ChangeKind, Swap};
use super::super::translate::Ids;
use super::super::union::moved;
use super::{Compare, shown};

/// One line of a case in the ids of the union; a line for a whole kind touches many variables.
struct Line {
    overrides: Vec<Override>,
    /// What it does, to what and when, without words and places.
    does: Vec<(VariableId, Option<Window>, Effect)>,
}

impl Line {
    fn first(&self) -> &Override {
        &self.overrides[0]
    }

    fn variables(&self) -> Vec<VariableId> {
        self.does.iter().map(|(variable, _, _)| *variable).collect()
    }
}

/// A line of the baseline, one of the current model, or both.
type Both<'a> = (Option<&'a Line>, Option<&'a Line>);

impl Compare<'_> {
    /// Compares every case that either model has.
    pub(super) fn cases(&mut self) {
        for (at, new) in self.pairs.cases.iter().enumerate() {
            let old = &self.baseline.cases[at];
            match new {
                Some(new) => self.case(old, *new),
                None => {
                    let change =
                        Change::of(ChangeKind::Removed, format!("case {}", old.name)).at(Some(old.place), None);
                    self.changes.push(change.saying(Some(old.label.to_string()), None));
                }
            }
        }
        for (at, new) in self.current.cases.iter().enumerate() {
            if !self.pairs.cases.contains(&Some(CaseId(at as u32))) {
                let change = Change::of(ChangeKind::Added, format!("case {}", new.name)).at(None, Some(new.place));
                self.changes.push(change.saying(None, Some(new.label.to_string())));
            }
        }
    }

    fn case(&mut self, old: &Case, id: CaseId) {
        let new = self.current.case(id);
        self.shape(old, new, id);
        let before = lines(&old.overrides, &self.union.baseline, self.baseline);
        let after = lines(&new.overrides, &self.union.current, self.current);
        for (old_line, new_line) in matched(&before, &after) {
            self.case_line((old_line, new_line), id, &before);
        }
    }

    /// What a case stands on, its probability and its label.
    fn shape(&mut self, old: &Case, new: &Case, id: CaseId) {
        let parent = old.extends.map(|parent| self.union.baseline.cases[parent.0 as usize]);
        let places = (Some(old.place), Some(new.place));
        if parent != new.extends || old.probability != new.probability {
            let said = |case: &Case, model: &Model| {
                let from = case.extends.map(|parent| format!("from {}", model.case(parent).name));
                let prob = case.probability.map(|share| format!("prob {}", crate::units::percent(share)));
                let said: Vec<String> = from.into_iter().chain(prob).collect();
                Some(said.join(" "))
            };
            let change = Change::of(ChangeKind::Case, format!("case {}", new.name)).in_case(&new.name);
            let mut change = change.saying(said(old, self.baseline), said(new, self.current)).at(places.0, places.1);
            change.swaps.push(Swap::Case(id, parent, old.probability));
            self.changes.push(change);
        }
        let (was, is) = (old.about(self.baseline), new.about(self.current));
        if was != is {
            let change = Change::of(ChangeKind::Words, format!("case {}", new.name)).at(places.0, places.1);
            self.changes.push(change.saying(was, is));
        }
        if old.label != new.label {
            let change = Change::of(ChangeKind::Words, format!("case {}", new.name)).at(places.0, places.1);
            self.changes.push(change.saying(Some(old.label.to_string()), Some(new.label.to_string())));
        }
    }

    fn case_line(&mut self, (old, new): Both<'_>, case: CaseId, before: &[Line]) {
        let same = old.zip(new).is_some_and(|(old, new)| old.does == new.does);
        let behind = |line: Option<&Line>| line.map(|line| line.first().provenance.clone());
        let (old_behind, new_behind) = (behind(old), behind(new));
        let words = |line: Option<&Line>| line.map(|line| wording(&line.first().text));
        let (old_words, new_words) = (words(old), words(new));
        let models = (self.baseline, self.current);
        let (from_same, said_same) = match (&old_behind, &new_behind) {
            (Some(old), Some(new)) => (old.cited(models.0) == new.cited(models.1), said(old) == said(new)),
            _ => (false, false),
        };
        if same && from_same && said_same {
            return;
        }
        let Some(line) = new.or(old) else { return };
        let touched = line.variables();
        if !same && old_words == new_words && old_words.is_some() && self.follows(line, case, before, &touched) {
            return;
        }
        let model = &self.union.model;
        let path = super::definition::path_of(model, &touched);
        let kind = match (same, from_same) {
            (true, true) => ChangeKind::Words,
            (true, false) => ChangeKind::Source,
            (false, _) => ChangeKind::Case,
        };
        let place = |line: Option<&Line>| line.map(|line| line.first().place);
        let mut change = Change::of(kind, path)
            .in_case(&self.union.model.case(case).name)
            .at(place(old), place(new))
            .by(old_behind.as_deref(), new_behind.as_deref());
        let (was, is) = (old_behind.as_deref(), new_behind.as_deref());
        change = match kind {
            ChangeKind::Words => change.saying(was.and_then(Provenance::spoken), is.and_then(Provenance::spoken)),
            ChangeKind::Source => change.saying(
                was.and_then(|was| shown::source(was, models.0)),
                is.and_then(|is| shown::source(is, models.1)),
            ),
            _ => change.saying(old_words, new_words),
        };
        if kind == ChangeKind::Source && !said_same {
            change.also.push(ChangeKind::Words);
        }
        change.sources = (
            old_behind.as_deref().and_then(|behind| behind.cited(self.baseline)),
            new_behind.as_deref().and_then(|behind| behind.cited(self.current)),
        );
        change.entity = model.variable(touched[0]).entity.map(|entity| model.entity(entity).name.to_string());
        if !same {
            change.swaps = taken_back(case, before, &[old.map(Line::variables), new.map(Line::variables)]);
        }
        self.changes.push(change);
    }

    /// Whether a line with the same words does something else because of a change that is known: a range, a candidate.
    fn follows(&mut self, _: &Line, case: CaseId, before: &[Line], touched: &[VariableId]) -> bool {
        let Some(at) = touched.iter().find_map(|id| self.by_variable.get(id).copied()) else { return false };
        self.changes[at].swaps.extend(taken_back(case, before, &[Some(touched.to_vec())]));
        true
    }
}

/// Who stands behind a line and why, wherever it is from.
fn said(behind: &Provenance) -> (Option<&str>, Option<&str>, Option<&str>) {
    (behind.owner.as_deref(), behind.reason.as_deref(), behind.implied.as_deref())
}

/// The baseline's lines of a case for some variables.
fn taken_back(case: CaseId, before: &[Line], variables: &[Option<Vec<VariableId>>]) -> Vec<Swap> {
    let mut ids: Vec<VariableId> = variables.iter().flatten().flatten().copied().collect();
    ids.sort();
    ids.dedup();
    let all = || before.iter().flat_map(|line| &line.overrides);
    let lines = |id: VariableId| all().filter(|line| line.variable == id).cloned().collect();
    ids.into_iter().map(|id| Swap::Lines(case, id, lines(id))).collect()
}

/// The lines of a case in the ids of the union.
fn lines(overrides: &[Override], ids: &Ids, model: &Model) -> Vec<Line> {
    let mut by_place: BTreeMap<Place, usize> = BTreeMap::new();
    let mut lines: Vec<Line> = Vec::new();
    for one in overrides {
        let Some(moved) = moved(one, ids, model) else { continue };
        let at = *by_place.entry(one.place).or_insert(lines.len());
        if at == lines.len() {
            lines.push(Line { overrides: Vec::new(), does: Vec::new() });
        }
        lines[at].does.push((moved.variable, moved.window, bare(&moved.change)));
        lines[at].overrides.push(moved);
    }
    lines
}

/// What an override does, without words and places.
fn bare(change: &Effect) -> Effect {
    let formula = |formula: &Arc<Formula>| Arc::new(Formula { expr: formula.expr.clone(), text: "".into() });
    match change {
        Effect::Shift(amount) => Effect::Shift(formula(amount)),
        Effect::Scale(amount) => Effect::Scale(formula(amount)),
        Effect::Set(definition) => {
            let mut definition = definition.clone();
            for piece in &mut definition.pieces {
                piece.formula = formula(&piece.formula);
                piece.provenance = Arc::default();
                piece.role = Role::Assumed;
                piece.place = Place { source: crate::text::SourceId(0), span: crate::text::Span::default() };
            }
            Effect::Set(definition)
        }
    }
}

/// Pairs the lines of two revisions of a case: those that do the same, then those that touch the same, then none.
fn matched<'a>(before: &'a [Line], after: &'a [Line]) -> Vec<Both<'a>> {
    let mut partner: Vec<Option<usize>> = vec![None; after.len()];
    let mut taken = vec![false; before.len()];
    let mut pair = |fits: &dyn Fn(&Line, &Line) -> bool| {
        let mut open: BTreeMap<Vec<VariableId>, Vec<usize>> = BTreeMap::new();
        for (at, line) in before.iter().enumerate().filter(|(at, _)| !taken[*at]) {
            open.entry(line.variables()).or_default().push(at);
        }
        for (at, line) in after.iter().enumerate() {
            if partner[at].is_some() {
                continue;
            }
            let Some(candidates) = open.get_mut(&line.variables()) else { continue };
            let Some(place) = candidates.iter().position(|old| fits(&before[*old], line)) else { continue };
            let old = candidates.remove(place);
            (partner[at], taken[old]) = (Some(old), true);
        }
    };
    pair(&|old, new| old.does == new.does);
    pair(&|old, new| old.does.iter().map(|does| does.1).eq(new.does.iter().map(|does| does.1)));
    pair(&|_, _| true);
    let mut both: Vec<Both<'a>> =
        after.iter().zip(&partner).map(|(line, old)| (old.map(|old| &before[old]), Some(line))).collect();
    both.extend(before.iter().zip(&taken).filter(|(_, taken)| !**taken).map(|(line, _)| (Some(line), None)));
    both
}
