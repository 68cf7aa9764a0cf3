//! The tree of a formula: the value of every part, and of the formulas behind its names.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::eval::{Cell, Step, Write, trace, writes};
use crate::model::{CaseId, Clauses, Role, Type, VariableId};
use crate::text::Location;
use crate::units::Unit;

use super::super::Amount;
use super::Asker;

/// One part of a formula.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Node {
    /// As written; for a name, its full path with its period.
    pub text: String,
    #[serde(flatten)]
    pub amount: Amount,
    /// The path of the value, if the part is a name.
    pub path: Option<String>,
    /// The period that the name is looked at in.
    pub period: Option<String>,
    /// The case that it is looked at in.
    pub case: String,
    /// What the value of a name rests on.
    pub origin: Option<Origin>,
    /// Where that is written.
    pub place: Option<Location>,
    pub children: Vec<Node>,
    /// Why the formula of a name is not unfolded below it.
    pub folded: Option<Folded>,
}

/// What the value of a name rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Origin {
    pub role: Role,
    /// The formula of what is derived, and the clauses of an input as a file writes them: `from ar25 p 41`.
    pub words: String,
    #[serde(flatten)]
    pub clauses: Clauses,
}

/// Why a formula is not unfolded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Folded {
    /// As deep as was asked.
    Depth,
    /// It stands unfolded elsewhere in the tree.
    Repeated,
    /// The same name in another period stands unfolded beside it.
    Beside,
}

type Spot = (CaseId, VariableId, Option<usize>);

/// A tree being made, and the cells whose formulas it has shown.
struct Tree<'t> {
    asker: &'t Asker<'t>,
    shown: BTreeSet<Spot>,
}

impl Asker<'_> {
    /// The operands of the formula of a cell.
    pub(super) fn tree(&self, root: VariableId, index: Option<usize>, steps: &[Step]) -> Vec<Node> {
        let mut tree = Tree { asker: self, shown: BTreeSet::from([(self.case, root, index)]) };
        tree.below(steps, self.depth)
    }
}

impl Tree<'_> {
    /// The operands of a formula; a name is followed into its own formula as deep as asked, each cell once, and of
    /// a series only the first period.
    fn below(&mut self, steps: &[Step], depth: usize) -> Vec<Node> {
        let steps: Vec<&Step> = steps.iter().filter_map(interesting).collect();
        let mut nodes = Vec::with_capacity(steps.len());
        for (at, step) in steps.iter().enumerate() {
            let repeats = steps[..at].iter().any(|other| other.variable == step.variable);
            nodes.push(match step.variable {
                None => self.part(step, depth),
                Some(variable) => self.name(step, variable, depth, repeats),
            });
        }
        nodes
    }

    /// What stands between names and the whole.
    fn part(&mut self, step: &Step, depth: usize) -> Node {
        let unit = match &step.ty {
            Type::Number(dimension) => self.asker.model().units.canonical(dimension),
            Type::Text | Type::YesNo => Unit::ratio(),
        };
        // A sum of thousands is as deep as it is long.
        let children = stacker::maybe_grow(ROOM, STACK, || self.below(&step.children, depth));
        Node { children, ..self.node(step, &scaled(unit, &step.value)) }
    }

    fn name(&mut self, step: &Step, id: VariableId, depth: usize, repeats: bool) -> Node {
        let asker = self.asker;
        let variable = asker.variable(id);
        let spot = (step.case, id, step.at.map(|(_, index)| index));
        let last = writes(asker.model(), &asker.results.settings, spot.0, id, spot.2).into_iter().next_back();
        let (children, folded) = match depth > 1 && !repeats {
            true if self.shown.insert(spot) => (self.unfolded(spot, depth), None),
            true => (Vec::new(), Some(Folded::Repeated)),
            false if repeats => (Vec::new(), Some(Folded::Beside)),
            false => (Vec::new(), Some(Folded::Depth)),
        };
        Node {
            path: Some(variable.path.to_string()),
            period: asker.model().period_of(variable, spot.2),
            place: asker.place(last.as_ref().map_or(variable.place, |write| write.place)),
            origin: last.as_ref().map(|write| self.origin(write)),
            children,
            folded: folded.filter(|_| self.is_computed(spot, last.as_ref())),
            ..self.node(step, &variable.unit)
        }
    }

    /// The operands of a name's own formula.
    fn unfolded(&mut self, (case, id, index): Spot, depth: usize) -> Vec<Node> {
        let root = trace(self.asker.model(), self.asker.results, case, id, index).root;
        self.below(&root.map(|root| root.children).unwrap_or_default(), depth - 1)
    }

    /// Whether there is a formula to unfold: of what is derived, and of what lies between anchors.
    fn is_computed(&self, (_, id, index): Spot, last: Option<&Write>) -> bool {
        let pieces = &self.asker.variable(id).definition.pieces;
        let is_between = index.is_some_and(|index| !pieces.iter().any(|piece| piece.window.holds(index)));
        last.is_some_and(|write| write.role == Role::Derived || is_between)
    }

    /// A part without what is below it.
    fn node(&self, step: &Step, unit: &Unit) -> Node {
        Node {
            text: step.text.to_string(),
            amount: Amount::of(&step.value, unit),
            path: None,
            period: None,
            case: self.asker.model().case(step.case).name.to_string(),
            origin: None,
            place: None,
            children: Vec::new(),
            folded: None,
        }
    }

    fn origin(&self, write: &Write) -> Origin {
        let clauses = write.provenance.clauses(self.asker.model());
        let words = match write.role {
            Role::Derived => write.text.to_string(),
            Role::Given | Role::Assumed => clauses.to_string(),
        };
        Origin { role: write.role, words, clauses }
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

/// Below so much room the stack grows, by so much.
const ROOM: usize = 128 << 10;
const STACK: usize = 2 << 20;
