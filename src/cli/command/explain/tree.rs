//! The tree of a formula: the value of every part, and of the formulas behind its names.

use std::collections::BTreeSet;

use crate::eval::{Cell, Step, Write, trace, writes};
use crate::model::{CaseId, Role, Type, VariableId};
use crate::units::Unit;

use super::value::{Told, one_line, told};

/// A tree being drawn, and the cells whose formulas it has shown.
pub struct Tree<'t> {
    told: &'t Told<'t>,
    shown: BTreeSet<Spot>,
}

type Spot = (CaseId, VariableId, Option<usize>);

impl<'t> Tree<'t> {
    /// An empty tree below a cell.
    pub fn new(told: &'t Told<'t>, root: VariableId, index: Option<usize>) -> Tree<'t> {
        Tree { told, shown: BTreeSet::from([(told.case, root, index)]) }
    }

    /// The operands of a formula; a name is followed into its own formula as deep as asked, each cell once, and of
    /// a series only the first period.
    pub fn below(&mut self, steps: &[Step], indent: &str, depth: usize, out: &mut String) {
        let steps: Vec<&Step> = steps.iter().filter_map(interesting).collect();
        for (at, step) in steps.iter().enumerate() {
            let last = at + 1 == steps.len();
            let (fork, rail) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            *out += &format!("{indent}{fork}{}\n", self.line(step));
            let below = format!("{indent}{rail}");
            let repeats = step.variable.is_some() && steps[..at].iter().any(|other| other.variable == step.variable);
            match step.variable {
                None => self.below(&step.children, &below, depth, out),
                Some(_) if depth > 1 && !repeats => {
                    let inner = self.formula_of(step);
                    self.below(&inner, &below, depth - 1, out);
                }
                Some(_) => {}
            }
        }
    }

    /// The steps of a name's own formula, unless they were shown already.
    fn formula_of(&mut self, step: &Step) -> Vec<Step> {
        let Some(variable) = step.variable else { return Vec::new() };
        let index = step.at.map(|(_, index)| index);
        if !self.shown.insert((step.case, variable, index)) {
            return Vec::new();
        }
        let trace = trace(self.told.model(), self.told.results, step.case, variable, index);
        trace.root.map(|root| root.children).unwrap_or_default()
    }

    fn line(&self, step: &Step) -> String {
        let model = self.told.model();
        let Some(id) = step.variable else {
            let unit = match &step.ty {
                Type::Number(dimension) => model.units.canonical(dimension),
                _ => Unit::ratio(),
            };
            return format!("{} = {}", one_line(&step.text), told(&step.value, &scaled(unit, &step.value)));
        };
        let index = step.at.map(|(_, index)| index);
        let last = writes(model, &self.told.results.settings, step.case, id, index).into_iter().next_back();
        let origin = last.map(|write| self.origin(&write)).unwrap_or_default();
        format!("{} = {}{origin}", step.text, told(&step.value, &model.variable(id).unit))
    }

    /// Where a value is from, behind it: `  from ar25 p 41`, `  by li.wei`, `  = its formula`.
    fn origin(&self, write: &Write) -> String {
        match write.role {
            Role::Derived => format!("  = {}", one_line(&write.text)),
            _ => format!("  {}", self.told.clauses(&write.provenance)),
        }
    }
}

/// A literal explains itself, and `x[2025A]` is its `x`; what stands between names and the whole is told.
fn interesting(step: &Step) -> Option<&Step> {
    match step.children.as_slice() {
        [only] if step.variable.is_none() && only.variable.is_some() && only.value == step.value => Some(only),
        [] if step.variable.is_none() => None,
        _ => Some(step),
    }
}

/// A unit that no line chose, in millions or more where the number is large.
fn scaled(unit: Unit, value: &Cell) -> Unit {
    let scales = [(1e12, "tn"), (1e9, "bn"), (1e6, "mn")];
    let size = value.number().map_or(0.0, f64::abs);
    match scales.iter().find(|(factor, _)| size >= *factor && !unit.symbol.is_empty()) {
        Some((factor, word)) => Unit { symbol: format!("{word} {}", unit.symbol).into(), factor: *factor, ..unit },
        None => unit,
    }
}
