//! Studies in reports: `study("name")` runs one and gives what it found, as text and as numbers that know where they are from.

mod drawn;
mod maker;
mod region;
mod view;

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr, Value};
use minijinja::{Environment, Error};

use crate::export::study::{Part, charts, markdown};
use crate::model::{Asked, CaseId, Study, StudyId, StudyKind};
use crate::study::Answer;

use super::desk::Desk;
use super::error::ReportError;

/// Adds `study("name")`.
pub fn add(engine: &mut Environment<'static>, desk: &Arc<Desk>) {
    let at = desk.clone();
    engine.add_function("study", move |name: &str| -> Result<Value, Error> { Ok(study(&at, name)?) });
}

/// Every study of the book as a template lists it: nothing is answered for that.
pub fn list(desk: &Arc<Desk>) -> Value {
    let one = |study: &Study| {
        let asked: Vec<&Asked> = match &study.kind {
            StudyKind::Grid(grid) => grid.outputs.iter().collect(),
            StudyKind::Tornado(tornado) => tornado.outputs.iter().collect(),
            StudyKind::Simulate(simulate) => simulate.outputs.iter().chain(&simulate.predicates).collect(),
            StudyKind::Calibrate(calibrate) => calibrate.targets.iter().map(|target| &target.output).collect(),
            StudyKind::Bridge(bridge) => bridge.outputs.iter().collect(),
            StudyKind::Discover(discover) => vec![&discover.predicate],
        };
        Value::from_pairs([
            ("name", Value::from(study.name.clone())),
            ("title", Value::from(study.title.clone().unwrap_or_else(|| study.name.clone()))),
            ("kind", Value::from(study.kind.word())),
            ("asks", asked.into_iter().map(|asked| Value::from(asked.text.clone())).collect()),
        ])
    };
    desk.model.studies.iter().map(one).collect()
}

fn study(desk: &Arc<Desk>, name: &str) -> Result<Value, ReportError> {
    let (id, answer) = answered(desk, name)?;
    Ok(Value::from_object(StudyView { desk: desk.clone(), study: desk.model.study(id).clone(), answer }))
}

/// The answer of a study, found once for all reports.
pub(super) fn answered(desk: &Arc<Desk>, name: &str) -> Result<(StudyId, Arc<Answer>), ReportError> {
    let names = || desk.model.studies.iter().map(|study| &*study.name);
    let id = desk
        .model
        .study_named(name)
        .ok_or_else(|| ReportError::UnknownStudy { name: name.to_string(), nearest: desk.nearest(name, names()) })?;
    let answer = desk.purse.for_others(|| desk.answers.of(id)).map_err(|problems| {
        let first = problems.first().cloned();
        let (message, help) = first.map_or_else(Default::default, |problem| (problem.message, problem.help));
        let help = help.unwrap_or_else(|| "`scn study` shows why".to_string());
        ReportError::Study { name: name.to_string(), message, help }
    })?;
    Ok((id, answer))
}

/// A study and what it found; prints as the tables that `scn study --format md` writes.
#[derive(Debug)]
pub(super) struct StudyView {
    desk: Arc<Desk>,
    study: Study,
    answer: Arc<Answer>,
}

impl StudyView {
    /// The case that the numbers are of.
    fn case(&self) -> CaseId {
        self.desk.model.case_named(&self.answer.head().case).unwrap_or(CaseId::BASE)
    }

    fn text(&self) -> String {
        let parts: Vec<Part> = self.answer.told().parts();
        markdown(&parts).trim_end().to_string()
    }
}

impl Object for StudyView {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let head = self.answer.head();
        Some(match key.as_str()? {
            "name" => Value::from(head.name.clone()),
            "kind" => Value::from(head.kind),
            "title" => Value::from(head.title.clone().unwrap_or_else(|| head.name.clone())),
            "case" => Value::from(head.case.clone()),
            "text" => Value::from(self.text()),
            "drawn" => charts(&self.answer).into_iter().map(|(output, _)| Value::from(output)).collect(),
            other => return view::field(self, other),
        })
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}
