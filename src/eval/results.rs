//! `Results`: the value of every variable in every case, cell by cell.

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Problem;
use crate::model::{CaseId, EntityId, Formula, MissingCode, Model, Type, VariableId};
use crate::value::{Scalar, Words};

use super::Settings;
use super::found::Found;
use super::layout::Store;
use super::readers::Readers;
use super::recipe::Recipe;
use super::walk::{Scope, Walk};

/// One value; numbers are in base units.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Number(f64),
    Text(Arc<str>),
    YesNo(bool),
    Missing { code: MissingCode, reason: Option<Arc<str>> },
}

impl Cell {
    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Cell::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether there is no value.
    pub fn is_missing(&self) -> bool {
        matches!(self, Cell::Missing { .. })
    }
}

/// The value of every variable in every case.
#[derive(Debug, Clone)]
pub struct Results {
    /// Cycles, members that do not exist, overrides without effect.
    pub problems: Vec<Problem>,
    /// What the run was asked for.
    pub settings: Settings,
    pub(super) store: Store,
    pub(super) words: Words,
    pub(super) forms: Vec<Form>,
    pub(super) readers: OnceLock<Arc<Readers>>,
}

/// What the numbers of a column stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Number,
    Text,
    YesNo,
}

impl Form {
    /// The form of a type.
    pub fn of(ty: &Type) -> Form {
        match ty {
            Type::Number(_) => Form::Number,
            Type::Text => Form::Text,
            Type::YesNo => Form::YesNo,
        }
    }

    /// A computed value as others see it.
    pub fn cell(self, value: Scalar, words: &Words) -> Cell {
        match (words.explain(value.missing), self) {
            (Some((code, reason)), _) => Cell::Missing { code, reason },
            (None, Form::Number) => Cell::Number(value.number),
            (None, Form::Text) => Cell::Text(words.spell(value.number)),
            (None, Form::YesNo) => Cell::YesNo(value.number != 0.0),
        }
    }
}

impl Results {
    /// The value of a variable in a case, at an index of its timeline; a value without time takes any index.
    pub fn cell(&self, case: CaseId, variable: VariableId, index: Option<usize>) -> Cell {
        match self.store.get(case, variable, index.unwrap_or(0)) {
            Some(value) => self.forms[variable.0 as usize].cell(value, &self.words),
            None => Cell::Missing { code: MissingCode::Na, reason: Some("after the calendar ends".into()) },
        }
    }

    /// Every value of a variable in a case: one, or one for each period of its timeline.
    pub fn cells(&self, case: CaseId, variable: VariableId) -> Vec<Cell> {
        (0..self.store.layout.periods(variable)).map(|index| self.cell(case, variable, Some(index))).collect()
    }

    /// Which variables some others can reach in any case, as far as the names in formulas tell; these themselves too.
    pub fn reached(&self, model: &Model, from: impl Iterator<Item = VariableId>) -> Vec<bool> {
        self.readers(model).reached(from)
    }

    /// Who reads every variable of the model these results are of; found when it is first asked for.
    pub(super) fn readers(&self, model: &Model) -> &Readers {
        self.readers.get_or_init(|| Arc::new(Readers::of(model, &Recipe::in_cases(model, &self.settings))))
    }

    /// The value of an expression that is not in the model: one cell, or one for each period of its timeline.
    pub fn formula(&self, model: &Model, case: CaseId, formula: &Formula, entity: Option<EntityId>) -> Vec<Cell> {
        let words = RefCell::new(self.words.clone());
        let line = formula.expr.time.and_then(|frequency| model.timelines.get(frequency));
        let no_members = RefCell::default();
        let mut found = Found { store: &self.store, words: &words, no_members: &no_members };
        let mut walk = Walk::new(model, &words, &mut found);
        let values: Vec<Scalar> = (0..line.map_or(1, |line| line.len))
            .map(|index| walk.value(&formula.expr, Scope::new(case, entity), index))
            .collect();
        let words = words.borrow();
        values.into_iter().map(|value| Form::of(&formula.expr.ty).cell(value, &words)).collect()
    }
}
