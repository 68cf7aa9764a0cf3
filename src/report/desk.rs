//! `Desk`: what lies open while one report is written: the model, its results, and the notes taken so far.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::calendar::{Frequency, Period, Timeline};
use crate::check::Given;
use crate::diagnostic::Problem;
use crate::eval::{Cell, Findings, Results};
use crate::model::{About, CaseId, EntityId, Model, Printed, PrintedValue, ReportBinding, ReportItem, VariableId};
use crate::study::Answers;
use crate::text::{Place, Sources, nearest};
use crate::units::Unit;

use super::error::ReportError;
use super::mark::{Mark, marks};
use super::material::{Expressions, Material};
use super::notes::Notes;
use super::subject::{Asked, Subject};
use super::weight::Purse;

/// What lies open while one report is written.
pub struct Desk {
    pub model: Arc<Model>,
    pub results: Arc<Results>,
    pub findings: Arc<Findings>,
    pub sources: Sources,
    pub expressions: Arc<Expressions>,
    pub answers: Arc<Answers>,
    /// The case of the report.
    pub case: CaseId,
    /// The cases that stand side by side in it: those that it binds as `cases`, or all.
    pub cases: Vec<CaseId>,
    /// The name of the report, and the path of its page.
    pub report: Arc<str>,
    pub page: Arc<str>,
    /// The names that the report binds.
    pub bound: BTreeSet<Arc<str>>,
    pub purse: Purse,
    notes: Mutex<Notes>,
    marks: OnceLock<Vec<Mark>>,
    names: BTreeMap<(Option<EntityId>, Arc<str>), Vec<VariableId>>,
}

impl Desk {
    /// Lays out the material of a report.
    pub fn new(material: &Material, sources: Sources, item: &ReportItem) -> Desk {
        let mut names: BTreeMap<_, Vec<VariableId>> = BTreeMap::new();
        for (at, variable) in material.model.variables.iter().enumerate().filter(|(_, variable)| !variable.hidden) {
            names.entry((variable.entity, variable.name.clone())).or_default().push(VariableId(at as u32));
        }
        Desk {
            model: material.model.clone(),
            results: material.results.clone(),
            findings: material.findings.clone(),
            sources,
            expressions: material.expressions.clone(),
            answers: material.answers.clone(),
            case: item.case,
            report: item.name.clone(),
            page: item.to.clone(),
            cases: chosen(item).map_or_else(
                || concerned(&material.model, item),
                |names| names.filter_map(|name| material.model.case_named(name)).collect(),
            ),
            bound: item.bindings.iter().map(|(name, _)| name.clone()).collect(),
            purse: Purse::default(),
            notes: Mutex::default(),
            marks: OnceLock::new(),
            names,
        }
    }

    /// The variables of a name of an entity, or of the book: one, or a member for each entity of an index.
    pub fn named(&self, entity: Option<EntityId>, name: &str) -> &[VariableId] {
        self.names.get(&(entity, Arc::from(name))).map_or(&[], Vec::as_slice)
    }

    /// Every name that stands at the top of the book.
    pub fn top_names(&self) -> impl Iterator<Item = &str> {
        let entities = self.model.entities.iter().map(|entity| &*entity.name);
        let kinds = self.model.kinds.iter().map(|kind| &*kind.name);
        let values = self.names.keys().filter(|(entity, _)| entity.is_none()).map(|(_, name)| &**name);
        entities.chain(kinds).chain(values)
    }

    /// Every name of a value of any entity.
    pub fn attribute_names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().filter(|(entity, _)| entity.is_some()).map(|(_, name)| &**name)
    }

    /// The notes, whoever held them before.
    pub fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every figure that cites a place in a source, found once.
    pub fn marks(&self) -> &[Mark] {
        self.marks.get_or_init(|| marks(&self.model, &self.findings))
    }

    /// Checks an expression written in a template, in which some more names are known.
    pub fn ask(&self, text: &str, given: Vec<Given>) -> Result<Arc<Asked>, ReportError> {
        let refused = |problems: Vec<Problem>| refusal(text, problems);
        let (formula, unit) = (self.expressions)(text, &given).map_err(refused)?;
        Ok(Arc::new(Asked { formula, unit, given, cells: Mutex::default() }))
    }

    /// What stands at an index of a subject in a case.
    pub fn cell(&self, subject: &Subject, case: CaseId, index: Option<usize>) -> Cell {
        match subject {
            Subject::Variable(id) => self.results.cell(case, *id, index),
            Subject::Expression(asked) => {
                let mut known = asked.cells.lock().unwrap_or_else(PoisonError::into_inner);
                let computed = || self.results.formula(&self.model, case, &asked.formula, None).into();
                let cells = known.entry(case).or_insert_with(computed);
                cells.get(index.unwrap_or(0)).cloned().unwrap_or_else(outside)
            }
            Subject::Printed(at) => printed(&self.model.reconciles[*at].printed),
        }
    }

    /// The unit a subject is shown in.
    pub fn unit(&self, subject: &Subject) -> Unit {
        match subject {
            Subject::Variable(id) => self.model.variable(*id).unit.clone(),
            Subject::Expression(asked) => asked.unit.clone(),
            Subject::Printed(at) => self.model.reconciles[*at].printed.unit.clone(),
        }
    }

    /// The timeline a subject varies along.
    pub fn timeline(&self, subject: &Subject) -> Option<&Timeline> {
        let frequency: Frequency = match subject {
            Subject::Variable(id) => self.model.variable(*id).time?,
            Subject::Expression(asked) => asked.formula.expr.time?,
            Subject::Printed(_) => return None,
        };
        self.model.timelines.get(frequency)
    }

    /// The path of a subject, or the expression as it was written.
    pub fn path(&self, subject: &Subject) -> Arc<str> {
        match subject {
            Subject::Variable(id) => self.model.variable(*id).path.clone(),
            Subject::Expression(asked) => asked.formula.text.clone(),
            Subject::Printed(at) => self.model.reconciles[*at].path.clone(),
        }
    }

    /// The words a reader knows a subject by.
    pub fn label(&self, subject: &Subject) -> Arc<str> {
        match subject {
            Subject::Variable(id) => {
                let variable = self.model.variable(*id);
                let label = variable.label.clone().unwrap_or_else(|| spelled(&variable.name));
                match variable.index {
                    Some(index) => format!("{label}, {}", self.model.entity(index).label).into(),
                    None => label,
                }
            }
            _ => self.path(subject),
        }
    }

    /// The period at an index of a subject.
    pub fn period(&self, subject: &Subject, index: usize) -> Option<Period> {
        self.timeline(subject)?.period(index)
    }

    /// The case of a name.
    pub fn case_named(&self, name: &str) -> Result<CaseId, ReportError> {
        self.model.case_named(name).ok_or_else(|| {
            let known: Vec<_> = self.model.cases.iter().map(|case| format!("`{}`", case.name)).collect();
            ReportError::UnknownCase { name: name.to_string(), known: known.join(", ") }
        })
    }

    /// `path:line` of a place.
    pub fn locate(&self, place: Place) -> String {
        let source = self.sources.get(place.source);
        format!("{}:{}", source.path, source.line_column(place.span.start).0)
    }

    /// The name most like one that is unknown.
    pub fn nearest<'a>(&self, word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<String> {
        nearest(word, words).map(str::to_string)
    }
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the desk of `{}`", self.model.name)
    }
}

/// Words of names that are written in capitals.
const CAPITALS: [&str; 39] = [
    "ai", "asp", "bps", "cogs", "dcf", "ebit", "ebitda", "eps", "ev", "fcf", "fp4", "fp8", "fp16", "fx", "gdp", "hbm",
    "int8", "irr", "ni", "nopat", "npv", "pb", "pe", "ps", "pue", "pv", "ri", "roa", "roae", "roe", "roic", "sotp",
    "tam", "tco", "tdp", "tps", "us", "usd", "wacc",
];

/// A name as words: `gross_margin` becomes `Gross margin`, `eps` becomes `EPS`.
pub fn spelled(name: &str) -> Arc<str> {
    let words = name.split('_').enumerate().map(|(at, word)| match CAPITALS.contains(&word) {
        true => word.to_uppercase(),
        false if at == 0 => capital(word),
        false => word.to_string(),
    });
    words.collect::<Vec<_>>().join(" ").into()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The names of the cases that a report chooses: `cases = "base bull"`.
pub fn chosen(item: &ReportItem) -> Option<impl Iterator<Item = &str>> {
    item.bindings.iter().find_map(|(name, binding)| match binding {
        ReportBinding::Text(text) if &**name == "cases" => Some(text.split_whitespace()),
        _ => None,
    })
}

/// The cases that are about what a report binds, and those that are about everything.
fn concerned(model: &Model, item: &ReportItem) -> Vec<CaseId> {
    let kind = |entity: EntityId| model.entity(entity).kind;
    let binds = |about: &About| {
        item.bindings.iter().any(|(_, binding)| match (about, binding) {
            (About::Kind(one), ReportBinding::Kind(other)) => one == other,
            (About::Kind(one), ReportBinding::Entity(other)) => *one == kind(*other),
            (About::Entity(one), ReportBinding::Kind(other)) => kind(*one) == *other,
            (About::Entity(one), ReportBinding::Entity(other)) => one == other,
            _ => false,
        })
    };
    let subjects =
        |(_, binding): &(_, ReportBinding)| matches!(binding, ReportBinding::Kind(_) | ReportBinding::Entity(_));
    let all = !item.bindings.iter().any(subjects);
    let fits = |id: &CaseId| {
        // A case that says nothing is about what the one it stands on is about.
        let mut said =
            model.chain(*id).into_iter().rev().map(|id| &model.case(id).about).filter(|about| !about.is_empty());
        all || said.next().is_none_or(|about| about.iter().any(binds))
    };
    (0..model.cases.len() as u32).map(CaseId).filter(|id| *id == item.case || fits(id)).collect()
}

/// The answer where there is no such period.
fn outside() -> Cell {
    Cell::Missing { code: crate::model::MissingCode::Na, reason: Some("outside the calendar".into()) }
}

fn refusal(text: &str, problems: Vec<Problem>) -> ReportError {
    let first = problems.into_iter().next();
    let (message, help) = first.map_or_else(Default::default, |problem| (problem.message, problem.help));
    let help = help.unwrap_or_else(|| "it is read as in a `.scn` file".to_string());
    ReportError::Expression { text: text.to_string(), message, help }
}

/// What is printed, as a cell; a range is words.
fn printed(printed: &Printed) -> Cell {
    match &printed.value {
        PrintedValue::Number(number) => Cell::Number(*number),
        PrintedValue::Range { .. } => Cell::Text(printed.range().unwrap_or_default().into()),
        PrintedValue::Text(text) => Cell::Text(text.clone()),
        PrintedValue::YesNo(holds) => Cell::YesNo(*holds),
        PrintedValue::Missing(code) => Cell::Missing { code: *code, reason: None },
    }
}
