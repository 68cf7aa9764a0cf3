//! Which values a word asks for: a path, all of an entity or a kind, an expression, or a period of any of them.

use std::sync::Arc;

use crate::calendar::{Frequency, Period};
use crate::check::expression;
use crate::diagnostic::Problems;
use crate::eval::{Cell, Results};
use crate::export::Selected;
use crate::model::{CaseId, Change, Model, Override, VariableId, Window};
use crate::text::nearest;
use crate::workspace::Checked;

use super::failure::Failure;

/// What is looked at: a checked book, its results, the cases and the periods.
pub struct View<'a> {
    pub checked: &'a Checked,
    pub results: &'a Results,
    pub cases: Vec<CaseId>,
    pub periods: Option<(Period, Period)>,
}

impl View<'_> {
    /// What the book is asked for: its outputs, or every value it derives if it names none.
    pub fn outputs(&self) -> Vec<Selected> {
        let model = self.model();
        if model.outputs.is_empty() {
            let shown = (0..model.variables.len() as u32).map(VariableId).filter(|id| !model.variable(*id).hidden);
            return shown.map(|id| self.variable(id)).collect();
        }
        let output = |output: &crate::model::Output| {
            let label = Some(output.label.clone()).filter(|label| !label.is_empty());
            Selected { label, ..self.variable(output.variable) }
        };
        model.outputs.iter().map(output).collect()
    }

    /// The values a word names; a word that names nothing is read as an expression.
    pub fn word(&self, word: &str) -> Result<Vec<Selected>, Failure> {
        let model = self.model();
        if let Some(id) = model.variable_at(word) {
            return Ok(vec![self.variable(id)]);
        }
        let family = format!("{word}[");
        let entity = model.entity_named(word);
        let kind = model.kind_named(word);
        let wanted = |id: &VariableId| {
            let variable = model.variable(*id);
            let of_kind = || kind.is_some() && variable.entity.map(|of| model.entity(of).kind) == kind;
            let of_entity = || entity.is_some() && variable.entity == entity;
            !variable.hidden && (variable.path.starts_with(&family) || of_entity() || of_kind())
        };
        let found: Vec<VariableId> = (0..model.variables.len() as u32).map(VariableId).filter(wanted).collect();
        if !found.is_empty() || entity.is_some() || kind.is_some() {
            let selected = found
                .into_iter()
                .map(|id| Selected { of_kind: kind.and_then(|_| self.attribute(id)), ..self.variable(id) });
            return Ok(selected.collect());
        }
        self.expression(word).map(|selected| vec![selected])
    }

    fn model(&self) -> &Model {
        &self.checked.model
    }

    fn attribute(&self, id: VariableId) -> Option<(Arc<str>, Arc<str>)> {
        let variable = self.model().variable(id);
        let entity = self.model().entity(variable.entity?).name.clone();
        let index = variable.index.map(|index| format!("[{}]", self.model().entity(index).name)).unwrap_or_default();
        Some((entity, format!("{}{index}", variable.name).into()))
    }

    fn variable(&self, id: VariableId) -> Selected {
        let variable = self.model().variable(id);
        let indexes = self.indexes(variable.time);
        let cells = |case: CaseId| match variable.time {
            None => vec![self.results.cell(case, id, None)],
            Some(_) => indexes.clone().map(|index| self.results.cell(case, id, Some(index))).collect(),
        };
        Selected {
            path: variable.path.clone(),
            label: variable.label.clone(),
            of_kind: None,
            unit: variable.unit.clone(),
            time: variable.time,
            periods: self.names(variable.time),
            cases: self.cases.iter().map(|case| (self.model().case(*case).name.clone(), cells(*case))).collect(),
        }
    }

    fn expression(&self, text: &str) -> Result<Selected, Failure> {
        let model = self.model();
        let read = expression(&self.checked.symbols, text, &[]);
        let (formula, unit) = read.map_err(|problems| self.unread(text, &problems))?;
        let time = formula.expr.time;
        let indexes = self.indexes(time);
        let cells = |case: CaseId| -> Vec<Cell> {
            let all = self.results.formula(model, case, &formula, None);
            if time.is_none() { all } else { all.into_iter().take(indexes.end).skip(indexes.start).collect() }
        };
        Ok(Selected {
            path: Arc::from(text),
            label: None,
            of_kind: None,
            unit,
            time,
            periods: self.names(time),
            cases: self.cases.iter().map(|case| (model.case(*case).name.clone(), cells(*case))).collect(),
        })
    }

    /// The indexes of the periods that are shown, on the timeline of a frequency.
    fn indexes(&self, time: Option<Frequency>) -> std::ops::Range<usize> {
        let Some(line) = time.and_then(|frequency| self.model().timelines.get(frequency)) else { return 0..0 };
        let Some((first, last)) = self.periods else { return 0..line.len };
        let window = covered(line, first, last);
        window.first..window.last
    }

    fn names(&self, time: Option<Frequency>) -> Vec<String> {
        let Some(line) = time.and_then(|frequency| self.model().timelines.get(frequency)) else {
            return vec![String::new()];
        };
        self.indexes(time).filter_map(|index| line.period(index)).map(|period| period.to_string()).collect()
    }

    fn unread(&self, text: &str, problems: &[crate::diagnostic::Problem]) -> Failure {
        let message = match problems.first() {
            Some(problem) => format!("`{text}`: {}", problem.message),
            None => format!("`{text}` is no path of this book"),
        };
        let model = self.model();
        let paths = model.variables.iter().filter(|variable| !variable.hidden).map(|variable| &*variable.path);
        let names = model.entities.iter().map(|entity| &*entity.name).chain(model.kinds.iter().map(|kind| &*kind.name));
        let help = problems.first().and_then(|problem| problem.help.clone());
        let near = nearest(text, paths.chain(names)).map(|near| format!("did you mean `{near}`?"));
        Failure::Input { message, help: help.or(near) }
    }
}

/// The part of a timeline that two periods of any frequency span, the end not included.
pub fn covered(line: &crate::calendar::Timeline, first: Period, last: Period) -> Window {
    let start = |period: Period| scaled(period.ordinal, period.frequency, line.frequency);
    let (from, to) = (start(first), start(Period { ordinal: last.ordinal + 1, ..last }));
    let at = |ordinal: i32| (ordinal - line.first).clamp(0, line.len as i32) as usize;
    Window { first: at(from), last: at(to).max(at(from)) }
}

fn scaled(ordinal: i32, from: Frequency, to: Frequency) -> i32 {
    let scaled = ordinal * to.per_year();
    -(-scaled).div_euclid(from.per_year())
}

/// The cases of a run by name; `all` is every one.
pub fn cases(model: &Model, names: &[String]) -> Result<Vec<CaseId>, Failure> {
    if names.iter().any(|name| name == "all") {
        return Ok((0..model.cases.len() as u32).map(CaseId).collect());
    }
    if let Some(name) = repeated(names) {
        return Err(Failure::asked(format!("the case `{name}` is named twice"), "name each case once"));
    }
    names.iter().map(|name| case(model, name)).collect()
}

/// The first word of a list that stands in it before.
pub fn repeated(words: &[String]) -> Option<&String> {
    words.iter().enumerate().find(|(at, word)| words[..*at].contains(word)).map(|(_, word)| word)
}

/// The case of a name.
pub fn case(model: &Model, name: &str) -> Result<CaseId, Failure> {
    model.case_named(name).ok_or_else(|| {
        let names: Vec<&str> = model.cases.iter().map(|case| &*case.name).collect();
        let help = match nearest(name, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the cases are {}", names.join(", ")),
        };
        Failure::asked(format!("there is no case `{name}`"), help)
    })
}

/// `2025A..2028E`, `2027E`, `2026E..`, `..2026E`; marks may be left out.
pub fn periods(text: &str) -> Result<(Period, Period), Failure> {
    let one = |text: &str, otherwise: &str| {
        let text = if text.is_empty() { otherwise } else { text };
        let marked = if text.ends_with(['A', 'E']) { text.to_string() } else { format!("{text}E") };
        let wrong =
            |_| Failure::asked(format!("`{text}` is not a period"), "write 2027E, 1H26E, 2025A..2028E or 2026E..");
        Period::parse(&marked).map_err(wrong)
    };
    match text.split_once("..") {
        Some((first, last)) => Ok((one(first, "1900A")?, one(last, "2999E")?)),
        None => one(text, text).map(|period| (period, period)),
    }
}

/// The overrides of `--set`, or why one of them is none.
pub fn sets(checked: &Checked, texts: &[String]) -> Result<Vec<Override>, Failure> {
    let mut all: Vec<(&String, Override)> = Vec::new();
    for text in texts {
        let read = crate::check::overrides(&checked.model, &checked.symbols, text);
        let read = read.map_err(|problems| refused(text, problems))?;
        for change in &read {
            if let Some((before, _)) = all.iter().find(|(_, other)| sets_again(other, change)) {
                let path = &checked.model.variable(change.variable).path;
                let message = format!("`--set {text}`: `--set {before}` sets `{path}` too");
                return Err(Failure::asked(message, "set each value once"));
            }
        }
        all.extend(read.into_iter().map(|change| (text, change)));
    }
    Ok(all.into_iter().map(|(_, change)| change).collect())
}

/// Whether two changes set one cell; a shift of what is set is none.
fn sets_again(one: &Override, two: &Override) -> bool {
    let windows = |change: &Override| match &change.change {
        Change::Set(definition) => definition.pieces.iter().map(|piece| piece.window).collect(),
        Change::Shift(_) | Change::Scale(_) => Vec::new(),
    };
    let (ones, twos): (Vec<Window>, Vec<Window>) = (windows(one), windows(two));
    let touches = |one: &Window| twos.iter().any(|two| one.first <= two.last && two.first <= one.last);
    one.variable == two.variable && ones.iter().any(touches)
}

fn refused(text: &str, problems: Vec<crate::diagnostic::Problem>) -> Failure {
    let mut all = Problems::default();
    all.extend(problems);
    let first = all.iter().next();
    let message = first.map_or("it cannot be read".to_string(), |problem| problem.message.clone());
    let help = first.and_then(|problem| problem.help.clone());
    Failure::Input { message: format!("`--set {text}`: {message}"), help }
}
