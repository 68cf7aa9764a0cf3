//! `Series`: values over time as a template sees them.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr, Value, from_args};
use minijinja::{Error, State};

use crate::calendar::Period;
use crate::eval::Cell;
use crate::model::CaseId;

use super::desk::Desk;
use super::error::ReportError;
use super::look::Look;
use super::number::Number;
use super::subject::Subject;

/// Values over time, both ends of the window included.
#[derive(Debug, Clone)]
pub struct Series {
    pub desk: Arc<Desk>,
    pub subject: Subject,
    pub case: CaseId,
    pub first: usize,
    pub last: usize,
    pub look: Look,
}

const METHODS: [&str; 3] = ["at", "between", "under"];

/// A subject as a template sees it: a series if it varies over time.
pub fn view(desk: &Arc<Desk>, subject: &Subject, case: CaseId) -> Value {
    match desk.timeline(subject) {
        None => Number::read(desk, subject, case, None),
        Some(line) => Value::from_object(Series {
            desk: desk.clone(),
            subject: subject.clone(),
            case,
            first: 0,
            last: line.len.saturating_sub(1),
            look: Look::default(),
        }),
    }
}

impl Series {
    /// The same series, looked at differently.
    pub fn looking(&self, change: impl FnOnce(&mut Look)) -> Value {
        let mut series = self.clone();
        change(&mut series.look);
        Value::from_object(series)
    }

    /// What a reader knows it by.
    pub fn label(&self) -> String {
        self.look.label.clone().unwrap_or_else(|| self.desk.label(&self.subject)).to_string()
    }

    /// The value at an index.
    pub fn read(&self, index: usize) -> Value {
        self.dressed(Number::read(&self.desk, &self.subject, self.case, Some(index)))
    }

    /// The value of a period; one that is longer than the series' own is rolled up as the language does it.
    pub fn at(&self, text: &str) -> Result<Value, ReportError> {
        if let Some(index) = self.index_of(text) {
            return Ok(self.read(index));
        }
        let longer = Period::parse(text).is_ok_and(|period| {
            self.desk.timeline(&self.subject).is_some_and(|line| period.frequency > line.frequency)
        });
        if !longer {
            return Err(self.no_period(text));
        }
        let asked = self.desk.ask(&format!("{}[{text}]", self.desk.path(&self.subject)), Vec::new())?;
        Ok(self.dressed(Number::read(&self.desk, &Subject::Expression(asked), self.case, None)))
    }

    /// Whether anything is said about a period: a piece of the definition covers it, or lies on both sides of it.
    pub fn is_defined_in(&self, period: &str) -> bool {
        let (Subject::Variable(id), Some(index)) = (&self.subject, self.index_of(period)) else { return true };
        let pieces = &self.desk.model.variable(*id).definition.pieces;
        let is_before = pieces.iter().any(|piece| piece.window.first <= index);
        is_before && pieces.iter().any(|piece| piece.window.last >= index)
    }

    /// The part between two periods, both included.
    fn between(&self, from: &str, to: &str) -> Result<Series, ReportError> {
        let first = self.index_of(from).ok_or_else(|| self.no_period(from))?;
        let last = self.index_of(to).ok_or_else(|| self.no_period(to))?;
        Ok(self.part(first, last))
    }

    /// The part from the first value that is there to the last.
    fn known(&self) -> Series {
        let there = |index: &usize| !self.cell(*index).is_missing();
        match ((self.first..=self.last).find(there), (self.first..=self.last).rev().find(there)) {
            (Some(first), Some(last)) => self.part(first, last),
            _ => self.clone(),
        }
    }

    /// The periods in which there is a value.
    pub fn known_periods(&self) -> Vec<Period> {
        let there = |index: &usize| !self.cell(*index).is_missing();
        (self.first..=self.last).filter(there).filter_map(|index| self.desk.period(&self.subject, index)).collect()
    }

    fn marked(&self, estimated: bool) -> Vec<Value> {
        let is_marked =
            |index: &usize| self.desk.period(&self.subject, *index).is_some_and(|period| period.estimated == estimated);
        (self.first..=self.last).filter(is_marked).map(|index| self.pair(index)).collect()
    }

    fn cell(&self, index: usize) -> Cell {
        self.desk.cell(&self.subject, self.case, Some(index))
    }

    fn pair(&self, index: usize) -> Value {
        Value::from(vec![Value::from(self.period(index)), self.read(index)])
    }

    fn part(&self, first: usize, last: usize) -> Series {
        Series { first, last, ..self.clone() }
    }

    fn period(&self, index: usize) -> String {
        self.desk.period(&self.subject, index).map(|period| period.to_string()).unwrap_or_default()
    }

    fn index_of(&self, text: &str) -> Option<usize> {
        (self.first..=self.last).find(|index| self.period(*index) == text)
    }

    fn dressed(&self, value: Value) -> Value {
        match value.downcast_object_ref::<Number>() {
            Some(number) => number.looking(|look| *look = self.look.clone()),
            None => value,
        }
    }

    fn no_period(&self, text: &str) -> ReportError {
        ReportError::UnknownPeriod {
            path: self.desk.path(&self.subject).to_string(),
            period: text.to_string(),
            span: format!("{} to {}", self.period(self.first), self.period(self.last)),
        }
    }

    fn periods(&self) -> Vec<Value> {
        (self.first..=self.last).map(|index| Value::from(self.period(index))).collect()
    }
}

impl Object for Series {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Iterable
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let unit = self.look.unit.clone().unwrap_or_else(|| self.desk.unit(&self.subject));
        Some(match key.as_str()? {
            "unit" => Value::from(unit.symbol),
            "label" => Value::from(self.label()),
            "path" => Value::from(self.desk.path(&self.subject)),
            "case" => Value::from(self.desk.model.case(self.case).name.clone()),
            "periods" => Value::from(self.periods()),
            "values" => (self.first..=self.last).map(|index| self.read(index)).collect(),
            "first" => self.read(self.first),
            "last" => self.read(self.last),
            "known" => Value::from_object(self.known()),
            "actual" => Value::from(self.marked(false)),
            "estimated" => Value::from(self.marked(true)),
            period => self.read(self.index_of(period)?),
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values((self.first..=self.last).map(|index| self.pair(index)).collect())
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        match method {
            "at" => Ok(self.at(from_args::<(&str,)>(args)?.0)?),
            "between" => {
                let (from, to) = from_args::<(&str, &str)>(args)?;
                Ok(Value::from_object(self.between(from, to)?))
            }
            "under" => {
                let case = self.desk.case_named(from_args::<(&str,)>(args)?.0)?;
                Ok(Value::from_object(Series { case, ..Series::clone(self) }))
            }
            other => Err(ReportError::UnknownAttribute {
                owner: format!("`{}`", self.desk.path(&self.subject)),
                name: format!("{other}()"),
                nearest: self.desk.nearest(other, METHODS),
            }
            .into()),
        }
    }
}
