//! `Flag`: what a reviewer should look at before agreeing.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::eval::{Cell, CheckState, Findings, Verdict};
use crate::format::wording;
use crate::model::{Model, Piece, Provenance, Role, Source, Tolerance, VariableId};

use super::change::{Change, ChangeKind};
use super::effect::{Effect, OutputPair};

/// Something a reviewer should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// Stable: `older_source`.
    pub code: &'static str,
    pub message: String,
    /// The change it is about, if it is about one.
    pub change: Option<usize>,
}

/// A model with what it comes to.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    pub model: &'a Model,
    pub findings: &'a Findings,
}

/// Every flag: those of single changes first, then those of outputs and findings.
pub fn flags(
    old: Side<'_>,
    new: Side<'_>,
    changes: &[Change],
    outputs: &[OutputPair],
    effects: &[Effect],
) -> Vec<Flag> {
    let look = Look { old, new };
    let mut flags: Vec<Flag> = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        look.change(at, change, &mut flags);
    }
    look.outputs(outputs, effects, &mut flags);
    look.order(outputs, effects, &mut flags);
    look.findings(&mut flags);
    flags
}

struct Look<'a> {
    old: Side<'a>,
    new: Side<'a>,
}

impl Look<'_> {
    fn change(&self, at: usize, change: &Change, flags: &mut Vec<Flag>) {
        let title = change.title();
        let mut say = |code, message: String| flags.push(Flag { code, message, change: Some(at) });
        let moves = matches!(change.kind, ChangeKind::Value | ChangeKind::Case);
        if moves && change.same_reason {
            say("same_reason", format!("{title}: the value is new, the reason is the old one"));
        }
        let same_source = change.sources.0.is_some() && change.sources.0 == change.sources.1;
        if change.kind == ChangeKind::Value && same_source {
            let source = change.sources.1.as_deref().unwrap_or("");
            say("same_source", format!("{title}: the value is new, its source is still {source}"));
        }
        if moves && change.because.is_none() && change.who.is_some() && change.sources.1.is_none() {
            say("no_reason", format!("{title}: no reason is given"));
        }
        if change.sources.0.is_some() && change.sources.1.is_none() && change.new.is_some() {
            say("no_source", format!("{title}: the source is gone"));
        }
        if change.kind == ChangeKind::Tolerance && self.loosened(change) {
            let (old, new) = (change.old.as_deref().unwrap_or(""), change.new.as_deref().unwrap_or(""));
            say("tolerance_loosened", format!("{title}: {old} became {new}"));
        }
        if change.kind == ChangeKind::Dispute && change.old.as_deref() == Some("not disputed") {
            say("dispute_opened", format!("{title}: {}", change.new.as_deref().unwrap_or("")));
        }
        if change.kind != ChangeKind::Case {
            for (old, new) in change.variables.iter().take(1) {
                self.variable(at, change, *old, *new, flags);
            }
        }
    }

    /// What a changed value itself shows.
    fn variable(
        &self,
        at: usize,
        change: &Change,
        old: Option<VariableId>,
        new: Option<VariableId>,
        flags: &mut Vec<Flag>,
    ) {
        let Some(new) = new.map(|id| self.new.model.variable(id)) else { return };
        let mut say = |code, message: String| {
            flags.push(Flag { code, message: format!("{}: {message}", change.title()), change: Some(at) })
        };
        let before = old.map(|id| self.old.model.variable(id));
        let pieces = &new.definition.pieces;
        if let Some(message) = pieces.iter().find_map(|piece| outside(piece, new, "its own range")) {
            say("outside_range", message);
        }
        let Some(before) = before else { return };
        if change.kind != ChangeKind::Value
            && !change.also.contains(&ChangeKind::Source)
            && change.kind != ChangeKind::Source
        {
            return;
        }
        let line = new.time.and_then(|time| self.new.model.timelines.get(time));
        let old_line = before.time.and_then(|time| self.old.model.timelines.get(time));
        for piece in pieces {
            let ordinal = line.map(|line| line.first + piece.window.first as i32);
            let same_time = |old: &&Piece| match (ordinal, old_line) {
                (Some(ordinal), Some(line)) => line.index_of(ordinal).is_some_and(|index| old.window.holds(index)),
                _ => true,
            };
            let Some(old_piece) = before.definition.pieces.iter().find(same_time) else { continue };
            if let Some(message) = self.sources(&old_piece.provenance, &piece.provenance) {
                say("older_source", message);
                break;
            }
            let (Some(was), Some(is)) = (old_piece.formula.expr.constant(), piece.formula.expr.constant()) else {
                continue;
            };
            let is_actual = line.zip(ordinal).is_some_and(|(line, ordinal)| ordinal <= line.last_actual);
            if is_actual && was != is && old_piece.role == Role::Given {
                let period = line.zip(ordinal).map(|(line, ordinal)| line.at_ordinal(ordinal).to_string());
                say(
                    "actual_rewritten",
                    format!("{} is a fact already, and it is another one now", period.unwrap_or_default()),
                );
                break;
            }
            if was * is < 0.0 {
                say("sign", "the sign is another one".to_string());
                break;
            }
        }
        if let Some(message) = pieces.iter().find_map(|piece| self.stale(&piece.provenance)) {
            say("stale_source", message);
        }
    }

    fn source<'m>(model: &'m Model, provenance: &Provenance) -> Option<&'m Source> {
        provenance.citation.as_ref().map(|citation| model.source(citation.source))
    }

    fn sources(&self, old: &Provenance, new: &Provenance) -> Option<String> {
        let (old, new) = (Self::source(self.old.model, old)?, Self::source(self.new.model, new)?);
        let (was, is) = (old.dated?, new.dated?);
        (is < was).then(|| format!("{} is of {is}, older than {} of {was} that it replaces", new.name, old.name))
    }

    fn stale(&self, provenance: &Provenance) -> Option<String> {
        let source = Self::source(self.new.model, provenance)?;
        let days = days_past(source, self.new.model.as_of?)?;
        Some(format!("{} is {days} days past its age", source.name))
    }

    fn loosened(&self, change: &Change) -> bool {
        let id = change.path.strip_prefix("reconcile ");
        let find = |model: &Model| {
            let figure = model.reconciles.iter().find(|figure| {
                Some(&*figure.id) == id
                    || Some(figure.place) == change.places.0
                    || Some(figure.place) == change.places.1
            })?;
            Some(reach(figure.tolerance, figure.printed.number().unwrap_or(0.0)))
        };
        if let Some((old, new)) = id.and_then(|_| find(self.old.model)).zip(find(self.new.model)) {
            return new > old;
        }
        let check = |model: &Model, place| {
            let check = model.checks.iter().find(|check| Some(check.place) == place)?;
            match &check.condition {
                crate::model::Condition::Compare { tolerance, .. } => {
                    Some(tolerance.map_or(0.0, |near| reach(near, 1.0)))
                }
                crate::model::Condition::Holds(_) => None,
            }
        };
        let (old, new) = (check(self.old.model, change.places.0), check(self.new.model, change.places.1));
        old.zip(new).is_some_and(|(old, new)| new > old)
    }

    /// Outputs that changed their sign, their word, or are missing now; cases that show the same are one flag.
    fn outputs(&self, outputs: &[OutputPair], effects: &[Effect], flags: &mut Vec<Flag>) {
        let mut rows: Vec<(&'static str, String, String, Vec<&str>)> = Vec::new();
        for effect in effects.iter().filter(|effect| effect.moved.has_changed()) {
            let Some((code, message)) = turned(effect) else { continue };
            let period = effect.period.as_ref().map(|period| format!("[{period}]")).unwrap_or_default();
            let path = format!("{}{period}", outputs[effect.output].path);
            match rows.iter_mut().find(|row| (row.0, &row.1, &row.2) == (code, &path, &message)) {
                Some(row) => row.3.push(&effect.case),
                None => rows.push((code, path, message, vec![&effect.case])),
            }
        }
        flags.extend(rows.into_iter().map(|(code, path, message, cases)| Flag {
            code,
            message: format!("{path} in {}: {message}", cases.join(", ")),
            change: None,
        }));
    }

    /// Outputs for which bear, base and bull no longer stand in their order.
    fn order(&self, outputs: &[OutputPair], effects: &[Effect], flags: &mut Vec<Flag>) {
        let mut rows: BTreeMap<(usize, Option<&str>), BTreeMap<&str, &Effect>> = BTreeMap::new();
        for effect in effects {
            let key = (effect.output, effect.period.as_deref());
            rows.entry(key).or_default().insert(&effect.case, effect);
        }
        for ((output, period), cases) in rows {
            let Some((bear, base, bull)) = three(&cases) else { continue };
            let order = |cell: fn(&Effect) -> Option<&Cell>| {
                let number = |effect: &Effect| cell(effect).and_then(Cell::number);
                Some(((number(bear)?, number(base)?), number(bull)?))
                    .map(|((bear, base), bull)| (bear - base) * (base - bull) >= 0.0)
            };
            let (was, is) = (order(|effect| effect.moved.old.as_ref()), order(|effect| effect.moved.new.as_ref()));
            if was == Some(true) && is == Some(false) {
                let period = period.map(|period| format!("[{period}]")).unwrap_or_default();
                let message =
                    format!("{}{period}: bear, base and bull no longer stand in their order", outputs[output].path);
                flags.push(Flag { code: "case_order", message, change: None });
            }
        }
    }

    /// Published figures that stand otherwise than they did, by their verdicts then and now.
    fn figures(&self) -> Vec<(&'static str, Verdict, Vec<String>)> {
        let verdicts = |side: Side<'_>| -> BTreeMap<String, Verdict> {
            let figures = side.findings.reconciles.iter();
            figures.map(|figure| (side.model.reconciles[figure.reconcile].id.to_string(), figure.verdict)).collect()
        };
        let (old, new) = (verdicts(self.old), verdicts(self.new));
        let mut turned: Vec<(&'static str, Verdict, Vec<String>)> = Vec::new();
        for (id, verdict) in new {
            let was = old.get(&id);
            if was.is_some_and(|was| *was != verdict) || was.is_none() && verdict == Verdict::Failed {
                let before = was.map_or("new", |was| was.word());
                match turned.iter_mut().find(|row| (row.0, row.1) == (before, verdict)) {
                    Some(row) => row.2.push(id),
                    None => turned.push((before, verdict, vec![id])),
                }
            }
        }
        turned
    }

    /// Checks, figures and claims that held and do not, or the reverse.
    fn findings(&self, flags: &mut Vec<Flag>) {
        let mut say = |code, message: String| flags.push(Flag { code, message, change: None });
        let (old_checks, new_checks) = (checks(self.old), checks(self.new));
        let mut turned: BTreeMap<(&'static str, &'static str, &str), Vec<&str>> = BTreeMap::new();
        for (key, fails) in &new_checks {
            let row = match (old_checks.get(key), fails) {
                (Some(false), true) => ("check_fails", "held and does not"),
                (Some(true), false) => ("check_holds", "holds again"),
                (None, true) => ("check_fails", "is new and does not hold"),
                _ => continue,
            };
            turned.entry((row.0, row.1, &key.0)).or_default().push(&key.1);
        }
        for ((code, what, check), cases) in turned {
            say(code, format!("{check} {what}, in {}", cases.join(", ")));
        }
        for (before, now, ids) in self.figures() {
            let now = match (now, ids.len()) {
                (Verdict::Failed, 1) => "fails".to_string(),
                (Verdict::Failed, _) => "fail".to_string(),
                (now, 1) => format!("is {}", now.word()),
                (now, _) => format!("are {}", now.word()),
            };
            say("figure_flipped", format!("{} {before} and {now}: {}", were(ids.len()), listed(&ids)));
        }
        for claim in &self.new.findings.claims {
            let name = &self.new.model.claims[claim.claim].name;
            let before = self.old.findings.claims.iter().find(|old| self.old.model.claims[old.claim].name == *name);
            if before.is_some_and(|old| old.holds == Cell::YesNo(true)) && claim.holds != Cell::YesNo(true) {
                say("claim_false", format!("claim {name} is not true any more"));
            }
        }
    }
}

/// What an output turned into, if that is more than another number.
fn turned(effect: &Effect) -> Option<(&'static str, String)> {
    let (old, new) = (effect.moved.old.as_ref()?, effect.moved.new.as_ref()?);
    let shown = |cell: &Cell| crate::export::display(cell, &effect.moved.unit);
    let became = || format!("{} became {}", shown(old), shown(new));
    match (old, new) {
        (Cell::Number(was), Cell::Number(is)) if was * is < 0.0 => Some(("sign", became())),
        (Cell::Text(_), Cell::Text(_)) | (Cell::YesNo(_), Cell::YesNo(_)) => Some(("threshold", became())),
        (_, Cell::Missing { .. }) => Some(("missing", became())),
        _ => None,
    }
}

/// `a figure was`, `12 figures were`
fn were(count: usize) -> String {
    if count == 1 { "1 figure was".to_string() } else { format!("{count} figures were") }
}

/// The first few of a list, and how many more there are.
fn listed(names: &[String]) -> String {
    const NAMED: usize = 4;
    let shown = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    match names.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}

/// How many days a source is past the age it may have on a date.
pub fn days_past(source: &Source, as_of: Date) -> Option<i32> {
    let age = as_of.since(source.dated?).ok()?.get_days();
    let past = age - i32::try_from(source.stale_after_days?).ok()?;
    (past > 0).then_some(past)
}

/// Every check by its text and case, and whether it fails.
fn checks(side: Side<'_>) -> BTreeMap<(String, String), bool> {
    let outcomes = side.findings.checks.iter();
    let row = |outcome: &crate::eval::CheckOutcome| {
        let check = &side.model.checks[outcome.check];
        let of = check.entity.map(|entity| format!(" of {}", side.model.entity(entity).name)).unwrap_or_default();
        let case = side.model.case(outcome.case).name.to_string();
        ((format!("{}{of}", wording(&check.text)), case), matches!(outcome.state, CheckState::Fails(_)))
    };
    outcomes.map(row).collect()
}

fn three<'e>(cases: &BTreeMap<&str, &'e Effect>) -> Option<(&'e Effect, &'e Effect, &'e Effect)> {
    Some((cases.get("bear")?, cases.get("base")?, cases.get("bull")?))
}

fn reach(tolerance: Tolerance, printed: f64) -> f64 {
    match tolerance {
        Tolerance::AsPrinted(half) => half,
        Tolerance::Absolute(most) => most,
        Tolerance::Relative(share) => share * printed.abs(),
    }
}

/// Where a stated number is outside of a variable's range.
fn outside(piece: &Piece, variable: &crate::model::Variable, whose: &str) -> Option<String> {
    let value = piece.formula.expr.constant()?;
    let ranged = variable.ranges.iter().find(|ranged| ranged.window.common(piece.window).is_some())?;
    let (low, high) = ranged.spread.stated()?;
    let (low, high) = (low.constant()?, high.constant()?);
    let shown = |number: f64| crate::export::display(&Cell::Number(number), &variable.unit);
    (value < low || value > high)
        .then(|| format!("{} is outside of {whose}, {} to {}", shown(value), shown(low), shown(high)))
}
