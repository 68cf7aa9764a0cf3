//! Model: a whole checked program, and questions about it.
//!
//! Every number in a model is in base units of its dimension; a [`Unit`](crate::units::Unit) says how it is shown.
//! Ids are indexes into the model's tables, in the order of the files.

mod case;
mod clauses;
mod definition;
mod entity;
mod expr;
mod finding;
mod provenance;
mod spread;
mod study;
mod tree;
mod variable;

use std::sync::Arc;

use jiff::civil::Date;

use crate::calendar::{Frequency, Timelines};
use crate::units::Units;

pub use case::{About, Case, CaseId, Change, Override, Said};
pub use clauses::Clauses;
pub use definition::{Definition, Formula, Interpolation, Piece, Window};
pub use entity::{Attribute, Entity, EntityId, Kind, KindId, Slot};
pub use expr::{
    Aggregate, Argument, BinaryOp, Binder, CompareOp, EntityRef, EntityText, Expr, ExprKind, LocalId, Skip, Type,
    UnaryOp,
};
pub use finding::{
    Check, Claim, Condition, Hole, Output, Printed, PrintedValue, Reconcile, ReportBinding, ReportItem, Tolerance,
};
pub use provenance::{Candidate, Citation, Provenance, Role, Source, SourceRef};
pub use spread::{Distribution, Floor, Numbers, Ranged, Shape, Spread};
pub use study::{
    Asked, Axis, Bridge, Calibrate, Correlation, Discover, Factor, Free, Grid, Levels, Sampling, Simulate, Statistic,
    Study, StudyId, StudyKind, Target, Tornado, Vary,
};
pub use tree::Name;
pub use variable::{SeriesKind, Variable, VariableId};

/// Why there is no number; the four codes a file may use.
pub use crate::builtin::MissingCode;

/// A whole checked program.
#[derive(Debug, Clone, Default)]
pub struct Model {
    pub name: Arc<str>,
    pub label: Arc<str>,
    /// The ISO code of the reporting currency.
    pub currency: Option<Arc<str>>,
    pub as_of: Option<Date>,
    pub owner: Option<Arc<str>>,
    /// The share of an output below which a move is not worth a line in a review.
    pub materiality: Option<f64>,
    pub units: Units,
    pub timelines: Timelines,
    pub sources: Vec<Source>,
    pub kinds: Vec<Kind>,
    pub entities: Vec<Entity>,
    pub variables: Vec<Variable>,
    /// `base` is always the first.
    pub cases: Vec<Case>,
    pub checks: Vec<Check>,
    pub reconciles: Vec<Reconcile>,
    pub claims: Vec<Claim>,
    pub outputs: Vec<Output>,
    pub reports: Vec<ReportItem>,
    pub studies: Vec<Study>,
}

impl Model {
    /// The variable of an id of this model.
    pub fn variable(&self, id: VariableId) -> &Variable {
        &self.variables[id.0 as usize]
    }

    /// The period at an index of a variable's timeline, as a file writes it; nothing for a value without time.
    pub fn period_of(&self, variable: &Variable, index: Option<usize>) -> Option<String> {
        let line = self.timelines.get(variable.time?)?;
        line.period(index?).map(|period| period.to_string())
    }

    /// The periods of a window, as a file writes them: `2026E`, `2026E..2028E`; nothing for a value without time.
    pub fn periods_of(&self, variable: &Variable, window: Window) -> Option<String> {
        self.periods_in(variable.time?, window)
    }

    /// The periods of a window on the timeline of a frequency.
    pub fn periods_in(&self, time: Frequency, window: Window) -> Option<String> {
        let line = self.timelines.get(time)?;
        let at = |index: usize| line.period(index.min(line.len - 1));
        let (first, last) = (at(window.first)?, at(window.last)?);
        Some(if first == last { first.to_string() } else { format!("{first}..{last}") })
    }

    /// How a variable varies, as it is written; with periods if it has several pieces.
    pub fn range_of(&self, variable: &Variable) -> Option<String> {
        (!variable.ranges.is_empty()).then(|| self.ranges_of(variable, &variable.ranges))
    }

    /// Some of the ranges of a variable, as they are written.
    pub fn ranges_of(&self, variable: &Variable, ranges: &[Ranged]) -> String {
        let is_one = variable.definition.pieces.len() < 2;
        let text = |range: &Ranged| match self.periods_of(variable, range.window).filter(|_| !is_one) {
            Some(periods) => format!("{periods} {}", range.spread.text),
            None => range.spread.text.to_string(),
        };
        ranges.iter().map(text).collect::<Vec<_>>().join(" | ")
    }

    /// The entity of an id of this model.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// The kind of an id of this model.
    pub fn kind(&self, id: KindId) -> &Kind {
        &self.kinds[id.0 as usize]
    }

    /// The case of an id of this model.
    pub fn case(&self, id: CaseId) -> &Case {
        &self.cases[id.0 as usize]
    }

    /// The source of a reference of this model.
    pub fn source(&self, id: SourceRef) -> &Source {
        &self.sources[id.0 as usize]
    }

    /// The study of an id of this model.
    pub fn study(&self, id: StudyId) -> &Study {
        &self.studies[id.0 as usize]
    }

    /// The study of a name.
    pub fn study_named(&self, name: &str) -> Option<StudyId> {
        self.studies.iter().position(|study| &*study.name == name).map(|at| StudyId(at as u32))
    }

    /// The case of a name.
    pub fn case_named(&self, name: &str) -> Option<CaseId> {
        self.cases.iter().position(|case| &*case.name == name).map(|at| CaseId(at as u32))
    }

    /// The entity of a name.
    pub fn entity_named(&self, name: &str) -> Option<EntityId> {
        self.entities.iter().position(|entity| &*entity.name == name).map(|at| EntityId(at as u32))
    }

    /// The kind of a name.
    pub fn kind_named(&self, name: &str) -> Option<KindId> {
        self.kinds.iter().position(|kind| &*kind.name == name).map(|at| KindId(at as u32))
    }

    /// The variable of a path such as `co.revenue` or `co.units[c1]`; hidden ones have none.
    pub fn variable_at(&self, path: &str) -> Option<VariableId> {
        let found = self.variables.iter().position(|variable| !variable.hidden && &*variable.path == path);
        found.map(|at| VariableId(at as u32))
    }

    /// A case and those it builds on, the first ancestor (`base`) first.
    pub fn chain(&self, case: CaseId) -> Vec<CaseId> {
        let mut chain = vec![case];
        while let Some(parent) = self.case(chain[chain.len() - 1]).extends {
            if chain.len() > self.cases.len() {
                break;
            }
            chain.push(parent);
        }
        chain.reverse();
        chain
    }
}
