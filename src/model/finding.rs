//! What a model is held against: checks, published figures, claims; and what it is asked for: outputs, reports.

use std::sync::Arc;

use crate::text::Place;
use crate::units::{Unit, grouped};

use super::{CaseId, CompareOp, EntityId, MissingCode, Provenance, VariableId};

/// A condition that must hold (`check`) or should (`alert`), in every period where both sides exist.
#[derive(Debug, Clone)]
pub struct Check {
    pub alert: bool,
    pub condition: Condition,
    /// The case it is checked in; all of them if nothing is said.
    pub case: Option<CaseId>,
    pub message: Option<Arc<str>>,
    /// The entity in hand if the check ranges over a kind.
    pub entity: Option<EntityId>,
    pub text: Arc<str>,
    pub place: Place,
}

/// Hidden variables to look at.
#[derive(Debug, Clone)]
pub enum Condition {
    /// A single comparison, with a tolerance in base units or relative to the right side.
    Compare { left: VariableId, op: CompareOp, right: VariableId, tolerance: Option<Tolerance> },
    /// Anything else of type yes/no.
    Holds(VariableId),
}

/// How near is near enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tolerance {
    /// Half a unit in the last printed digit, in base units.
    AsPrinted(f64),
    /// In base units.
    Absolute(f64),
    /// A share of the printed value's size.
    Relative(f64),
}

/// A published figure and the value that should agree with it.
#[derive(Debug, Clone)]
pub struct Reconcile {
    /// Stable: path, case and place in the source.
    pub id: Arc<str>,
    /// The expression as written, with the period of a table's column.
    pub path: Arc<str>,
    /// A value without time.
    pub computed: VariableId,
    pub printed: Printed,
    pub tolerance: Tolerance,
    pub case: CaseId,
    /// Why the figure does not reconcile; it must not, then.
    pub disputed: Option<Arc<str>>,
    pub provenance: Arc<Provenance>,
    pub place: Place,
}

impl Reconcile {
    /// How near is near enough, where that is said by what is printed.
    pub fn nearness(&self) -> Option<&'static str> {
        match (&self.printed.value, self.tolerance) {
            (PrintedValue::Range { .. }, Tolerance::Absolute(0.0)) => Some("in the range"),
            (PrintedValue::Text(_), _) => Some("the same text"),
            (PrintedValue::YesNo(_), _) => Some("the same"),
            _ => None,
        }
    }
}

/// What is printed: as it was typed, and in base units.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    pub text: Arc<str>,
    pub value: PrintedValue,
    /// Digits after the point, in `unit`.
    pub decimals: usize,
    pub unit: Unit,
}

/// A figure as a value, numbers in base units.
#[derive(Debug, Clone, PartialEq)]
pub enum PrintedValue {
    Number(f64),
    /// Infinite where an end is open.
    Range {
        low: f64,
        high: f64,
    },
    Text(Arc<str>),
    YesNo(bool),
    Missing(MissingCode),
}

impl Printed {
    /// The figure, if it is one number.
    pub fn number(&self) -> Option<f64> {
        match self.value {
            PrintedValue::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The printed number that lies nearest to another: of a range, that number itself or one of its ends.
    pub fn nearest(&self, number: f64) -> Option<f64> {
        match self.value {
            PrintedValue::Number(printed) => Some(printed),
            PrintedValue::Range { low, high } => Some(number.max(low).min(high)),
            _ => None,
        }
    }

    /// A range in words: `50 to 150%`, `at least 120%`, `at most 40%`.
    pub fn range(&self) -> Option<String> {
        let PrintedValue::Range { low, high } = self.value else { return None };
        let shown = |end: f64| grouped(self.unit.from_base(end), self.decimals);
        let numbers = match (low.is_finite(), high.is_finite()) {
            (true, true) => format!("{} to {}", shown(low), shown(high)),
            (true, false) => format!("at least {}", shown(low)),
            (false, _) => format!("at most {}", shown(high)),
        };
        Some(self.unit.written(&numbers))
    }
}

/// A sentence that is true while its predicate holds.
#[derive(Debug, Clone)]
pub struct Claim {
    pub name: Arc<str>,
    pub sentence: Arc<str>,
    /// A hidden variable of type yes/no.
    pub condition: VariableId,
    pub text: Arc<str>,
    pub case: CaseId,
    pub holes: Vec<Hole>,
    pub place: Place,
}

/// A value in a claim's sentence.
#[derive(Debug, Clone)]
pub struct Hole {
    pub name: Arc<str>,
    pub value: VariableId,
    /// As written after `format`.
    pub format: Option<Arc<str>>,
}

/// A value asked for.
#[derive(Debug, Clone)]
pub struct Output {
    pub variable: VariableId,
    pub label: Arc<str>,
    pub place: Place,
}

/// A report to be rendered.
#[derive(Debug, Clone)]
pub struct ReportItem {
    pub name: Arc<str>,
    pub title: Arc<str>,
    pub template: Arc<str>,
    pub to: Arc<str>,
    pub case: CaseId,
    pub bindings: Vec<(Arc<str>, ReportBinding)>,
    pub place: Place,
}

/// What a name in a report's block stands for.
#[derive(Debug, Clone)]
pub enum ReportBinding {
    Entity(EntityId),
    Kind(super::KindId),
    Variable(VariableId),
    Text(Arc<str>),
}
