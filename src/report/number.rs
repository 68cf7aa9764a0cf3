//! `Number`: one value of the model as a template sees it; it knows its unit, its case and where it is from.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{DynObject, Enumerator, Object, ObjectRepr, Value, from_args};
use minijinja::{Error, State};

use crate::eval::Cell;
use crate::model::{CaseId, MissingCode};
use crate::units::{Unit, significant};

use super::desk::Desk;
use super::error::ReportError;
use super::look::Look;
use super::origin::{Origin, why};
use super::source::SourceView;
use super::subject::Subject;
use super::text::meaning;

/// One number, or why there is none.
#[derive(Debug, Clone)]
pub struct Number {
    pub desk: Arc<Desk>,
    pub subject: Subject,
    pub case: CaseId,
    pub index: Option<usize>,
    /// In base units.
    pub value: Result<f64, (MissingCode, Option<Arc<str>>)>,
    pub unit: Unit,
    pub look: Look,
}

/// What a template may ask a number for.
const FIELDS: [&str; 14] = [
    "value", "unit", "display", "label", "path", "period", "case", "missing", "reason", "role", "source", "owner",
    "because", "place",
];

impl Number {
    /// The value at an index as a template sees it: a number object, a text, or yes/no.
    pub fn read(desk: &Arc<Desk>, subject: &Subject, case: CaseId, index: Option<usize>) -> Value {
        let value = match desk.cell(subject, case, index) {
            Cell::Text(text) => return Value::from(text),
            Cell::YesNo(yes) => return Value::from(yes),
            Cell::Number(number) => Ok(number),
            Cell::Missing { code, reason } => Err((code, reason)),
        };
        Value::from_object(Number::new(desk, subject, case, index, value))
    }

    /// A number with the look of its subject.
    pub fn new(
        desk: &Arc<Desk>,
        subject: &Subject,
        case: CaseId,
        index: Option<usize>,
        value: Result<f64, (MissingCode, Option<Arc<str>>)>,
    ) -> Number {
        let (desk, unit) = (desk.clone(), desk.unit(subject));
        Number { desk, subject: subject.clone(), case, index, value, unit, look: Look::default() }
    }

    /// The same number, looked at differently.
    pub fn looking(&self, change: impl FnOnce(&mut Look)) -> Value {
        let mut number = self.clone();
        change(&mut number.look);
        Value::from_object(number)
    }

    /// The same number in another case, looked at alike.
    pub fn under(&self, case: CaseId) -> Number {
        let value = match self.desk.cell(&self.subject, case, self.index) {
            Cell::Number(number) => Ok(number),
            Cell::Missing { code, reason } => Err((code, reason)),
            Cell::Text(_) | Cell::YesNo(_) => Err((MissingCode::X, None)),
        };
        Number { case, value, ..self.clone() }
    }

    /// What a reader knows it by.
    pub fn label(&self) -> String {
        self.look.label.clone().unwrap_or_else(|| self.desk.label(&self.subject)).to_string()
    }

    /// The number in words, without footnote: `15.2 bn CNY`, `NM`.
    pub fn display(&self) -> String {
        match &self.value {
            Ok(base) => self.look.write(*base, &self.unit, &self.desk.model.units),
            Err((missing, _)) => missing.word().to_string(),
        }
    }

    /// What the number rests on.
    pub fn origin(&self) -> Origin {
        Origin::of(&self.desk.model, &self.desk.results, &self.subject, self.case, self.index)
    }

    /// The path with its period: `co.revenue[2026E]`.
    pub fn path(&self) -> String {
        match self.period() {
            Some(period) => format!("{}[{period}]", self.desk.path(&self.subject)),
            None => self.desk.path(&self.subject).to_string(),
        }
    }

    fn period(&self) -> Option<String> {
        self.desk.period(&self.subject, self.index?).map(|period| period.to_string())
    }

    fn field(&self, name: &str) -> Option<Value> {
        let optional = |text: Option<Arc<str>>| text.map_or(Value::from(()), Value::from);
        Some(match name {
            "value" => match self.value {
                Ok(base) => Value::from(significant(self.shown_unit().from_base(base), 12)),
                Err(_) => Value::from(self.display()),
            },
            "unit" => Value::from(self.shown_unit().symbol.clone()),
            "display" => Value::from(self.display()),
            "label" => Value::from(self.label()),
            "path" => Value::from(self.path()),
            "period" => self.period().map_or(Value::from(()), Value::from),
            "case" => Value::from(self.desk.model.case(self.case).name.clone()),
            "missing" => self.value.as_ref().err().map_or(Value::from(()), |(missing, _)| Value::from(missing.word())),
            "reason" => optional(self.value.as_ref().err().and_then(|(_, reason)| reason.clone())),
            "role" => Value::from(self.origin().role.word()),
            "source" => self.source(),
            "owner" => optional(self.origin().provenance.owner.clone()),
            "because" => optional(why(&self.desk.model, &self.origin().provenance)),
            "place" => self.origin().place.map_or(Value::from(()), |place| Value::from(self.desk.locate(place))),
            _ => return None,
        })
    }

    fn source(&self) -> Value {
        match &self.origin().provenance.citation {
            Some(citation) => Value::from_object(SourceView { desk: self.desk.clone(), citation: citation.clone() }),
            None => Value::from(()),
        }
    }

    /// The number in the unit it is shown in, if it is there.
    pub fn shown(&self) -> Option<f64> {
        self.value.as_ref().ok().map(|base| self.shown_unit().from_base(*base))
    }

    /// The unit the number is shown in.
    pub fn shown_unit(&self) -> &Unit {
        self.look.unit.as_ref().unwrap_or(&self.unit)
    }

    /// Keeps in the notes what printing this number calls for, and gives its footnote's marker.
    fn noted(&self) -> String {
        let origin = self.origin();
        let marker = match self.look.cited {
            true => {
                let text = origin.footnote(&self.desk.model, &self.desk.path(&self.subject));
                format!("[^{}]", self.desk.notes().footnote(text))
            }
            false => String::new(),
        };
        self.desk.notes().printed(origin);
        if let Err((missing, reason)) = &self.value {
            let reason = reason.as_deref().unwrap_or(meaning(*missing));
            self.desk.notes().missing(format!("{}: {reason}", missing.word()));
        }
        marker
    }
}

impl Object for Number {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.field(key.as_str()?)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&FIELDS)
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        match method {
            "under" => {
                let (case,): (&str,) = from_args(args)?;
                Ok(Value::from_object(self.under(self.desk.case_named(case)?)))
            }
            other => Err(ReportError::UnknownAttribute {
                owner: format!("`{}`", self.path()),
                name: format!("{other}()"),
                nearest: self.desk.nearest(other, ["under"]),
            }
            .into()),
        }
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let other = other.downcast_ref::<Number>()?;
        Some(match (&self.value, &other.value) {
            (Ok(left), Ok(right)) => left.total_cmp(right),
            (Ok(_), Err(_)) => Ordering::Greater,
            (Err(_), Ok(_)) => Ordering::Less,
            (Err((left, _)), Err((right, _))) => left.cmp(right),
        })
    }

    fn is_true(self: &Arc<Self>) -> bool {
        self.value.is_ok()
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.display(), self.noted())
    }
}
