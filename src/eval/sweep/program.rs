//! `Program`: the steps of a graph in a row, each with a register to write to, as few registers as will do.

use std::collections::{BTreeMap, BTreeSet};

use super::super::op::{Many, One, Two};
use super::graph::Graph;
use super::kernel::{TILE, Tile};
use super::node::{Id, Node};

/// Where a step finds an operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    Register(u32),
    /// A column that is given.
    Column(u32),
    /// One number for all lanes: a constant, or one of those that are given.
    Number(u32),
}

/// What a step does.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Action {
    One(One, From),
    Two(Two, [From; 2]),
    /// `(a first b) second c`; the flag says that `c` stands on the left.
    Pair(Two, Two, bool, [From; 3]),
    Choose([From; 3]),
    Many(Many, Vec<From>),
    Copy(From),
}

/// One step: what is done, where it is written, and whether what is not finite becomes NaN.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub action: Action,
    pub checks: bool,
    pub to: u32,
}

/// Steps in a row.
#[derive(Debug, Clone, Default)]
pub(super) struct Program {
    pub steps: Vec<Step>,
    pub registers: usize,
    /// Room for the numbers that are given, then constants.
    pub numbers: Vec<Tile>,
    /// Where what is wanted stands at the end.
    pub outputs: Vec<From>,
}

/// What a program is given, besides constants.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    pub columns: Vec<Id>,
    pub numbers: Vec<Id>,
}

impl Program {
    /// The steps that compute what is wanted from what is given.
    pub fn of(graph: &Graph, wanted: &[Id], given: &Given) -> Program {
        let mut writer = Writer::new(graph, wanted, given);
        writer.look(wanted);
        writer.pair_up();
        writer.write();
        writer.finish(wanted)
    }
}

struct Writer<'g> {
    graph: &'g Graph,
    /// What is given, and where it stands; constants join as they are met.
    places: BTreeMap<Id, From>,
    given: &'g Given,
    constants: Vec<f64>,
    /// What is computed here, in order.
    order: Vec<Id>,
    /// How often a result is looked at.
    uses: BTreeMap<Id, u32>,
    /// What somebody wants to be finite or NaN.
    clean: BTreeSet<Id>,
    /// Results that may be infinite until they are checked.
    raw: BTreeSet<Id>,
    /// Results that are computed within the step that needs them.
    inner: BTreeSet<Id>,
    /// How many looks at a result are still to come.
    left: BTreeMap<Id, u32>,
    free: Vec<u32>,
    program: Program,
}

impl<'g> Writer<'g> {
    fn new(graph: &'g Graph, wanted: &[Id], given: &'g Given) -> Writer<'g> {
        let columns = given.columns.iter().enumerate().map(|(at, id)| (*id, From::Column(at as u32)));
        let numbers = given.numbers.iter().enumerate().map(|(at, id)| (*id, From::Number(at as u32)));
        let is_knob = |id: &Id| matches!(graph.node(*id), Node::Knob(_));
        let mut uses = BTreeMap::new();
        wanted.iter().for_each(|id| *uses.entry(*id).or_insert(0) += 1);
        Writer {
            graph,
            places: columns.chain(numbers).collect(),
            given,
            constants: Vec::new(),
            order: Vec::new(),
            uses,
            clean: wanted.iter().copied().collect(),
            raw: given.columns.iter().chain(&given.numbers).copied().filter(is_knob).collect(),
            inner: BTreeSet::new(),
            left: BTreeMap::new(),
            free: Vec::new(),
            program: Program::default(),
        }
    }

    /// Finds what must be computed, how often it is looked at, and what must be checked.
    fn look(&mut self, wanted: &[Id]) {
        self.order = self.needed(wanted);
        for id in &self.order {
            let node = self.graph.node(*id);
            for (at, operand) in node.operands().enumerate() {
                *self.uses.entry(operand).or_insert(0) += 1;
                if wants_clean(node, at) {
                    self.clean.insert(operand);
                }
            }
        }
        for id in &self.order {
            let is_raw = |operand: Id| self.raw.contains(&operand) && !self.clean.contains(&operand);
            if may_be_raw(self.graph.node(*id), is_raw) {
                self.raw.insert(*id);
            }
        }
    }

    /// What must be computed, each after its operands; constants find their places on the way.
    fn needed(&mut self, wanted: &[Id]) -> Vec<Id> {
        let mut open: Vec<Id> = wanted.to_vec();
        let mut seen: BTreeSet<Id> = BTreeSet::new();
        while let Some(id) = open.pop() {
            if self.places.contains_key(&id) {
                continue;
            }
            if let Some(known) = self.graph.known(id) {
                let at = self.given.numbers.len() + self.constants.len();
                self.places.insert(id, From::Number(at as u32));
                self.constants.push(known.unwrap_or(f64::NAN));
            } else if seen.insert(id) {
                open.extend(self.graph.node(id).operands());
            }
        }
        seen.into_iter().collect()
    }

    /// Whether a result is checked where it is computed.
    fn checks(&self, id: Id) -> bool {
        self.raw.contains(&id) && self.clean.contains(&id)
    }

    /// Finds operations that are looked at once, by another operation.
    fn pair_up(&mut self) {
        for id in &self.order {
            let Node::Two(op, left, right) = self.graph.node(*id) else { continue };
            if !op.is_arithmetic() {
                continue;
            }
            let fits = |inner: &Id| {
                let is_plain = matches!(self.graph.node(*inner), Node::Two(op, ..) if op.is_arithmetic());
                let has_inner = self.graph.node(*inner).operands().any(|operand| self.inner.contains(&operand));
                is_plain
                    && !has_inner
                    && !self.places.contains_key(inner)
                    && self.uses.get(inner) == Some(&1)
                    && !self.checks(*inner)
            };
            if let Some(inner) = [*left, *right].into_iter().find(fits) {
                self.inner.insert(inner);
            }
        }
    }

    fn write(&mut self) {
        self.left = self.uses.clone();
        for given in self.given.columns.iter().chain(&self.given.numbers) {
            if self.checks(*given) {
                self.clean_given(*given);
            }
        }
        for id in std::mem::take(&mut self.order) {
            if !self.inner.contains(&id) {
                self.step(id);
            }
        }
    }

    fn clean_given(&mut self, id: Id) {
        let Some(from) = self.places.get(&id).copied() else { return };
        let to = self.register();
        self.program.steps.push(Step { action: Action::Copy(from), checks: true, to });
        self.places.insert(id, From::Register(to));
    }

    fn register(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.program.registers += 1;
            self.program.registers as u32 - 1
        })
    }

    fn step(&mut self, id: Id) {
        let checks = self.checks(id);
        let (action, looked_at) = self.action(id);
        let to = self.register();
        looked_at.into_iter().for_each(|operand| self.release(operand));
        self.program.steps.push(Step { action, checks, to });
        self.places.insert(id, From::Register(to));
    }

    fn release(&mut self, operand: Id) {
        let Some(left) = self.left.get_mut(&operand) else { return };
        *left -= 1;
        if let (0, Some(From::Register(register))) = (*left, self.places.get(&operand)) {
            self.free.push(*register);
        }
    }

    fn action(&self, id: Id) -> (Action, Vec<Id>) {
        let node = self.graph.node(id);
        let looked_at: Vec<Id> = node.operands().collect();
        let from = |at: usize| self.from(looked_at[at]);
        let action = match node {
            Node::One(op, _) => Action::One(*op, from(0)),
            Node::Two(op, left, right) => match [*left, *right].iter().position(|side| self.inner.contains(side)) {
                Some(side) => return self.pair(*op, [*left, *right], side),
                None => Action::Two(*op, [from(0), from(1)]),
            },
            Node::Choose(..) => Action::Choose([from(0), from(1), from(2)]),
            Node::Many(op, operands) => Action::Many(op.clone(), operands.iter().map(|id| self.from(*id)).collect()),
            Node::Number(_) | Node::Missing(_) | Node::Knob(_) => Action::Copy(self.from(id)),
        };
        (action, looked_at)
    }

    fn pair(&self, second: Two, sides: [Id; 2], inner: usize) -> (Action, Vec<Id>) {
        let (inner, other) = (sides[inner], sides[1 - inner]);
        let is_flipped = sides[0] != inner;
        let Node::Two(first, left, right) = self.graph.node(inner) else {
            return (Action::Copy(self.from(inner)), sides.to_vec());
        };
        let places = [self.from(*left), self.from(*right), self.from(other)];
        (Action::Pair(*first, second, is_flipped, places), vec![*left, *right, other])
    }

    fn from(&self, id: Id) -> From {
        self.places.get(&id).copied().unwrap_or(From::Number(0))
    }

    fn finish(self, wanted: &[Id]) -> Program {
        let outputs = wanted.iter().map(|id| self.from(*id)).collect();
        let given = self.given.numbers.iter().map(|_| &f64::NAN);
        let numbers = given.chain(&self.constants).map(|number| [*number; TILE]).collect();
        Program { outputs, numbers, ..self.program }
    }
}

/// Whether a node must not see an infinite number as this operand. What is not finite stays so through the four
/// operations, but for a divisor, so that one check at the end of a chain of them says what a check of each would.
fn wants_clean(node: &Node, operand: usize) -> bool {
    match node {
        Node::Two(Two::Plus | Two::Minus | Two::Times, ..) | Node::One(One::Minus, _) => false,
        Node::Two(Two::Over, ..) => operand == 1,
        Node::Two(Two::OrElse | Two::After, ..) | Node::Choose(..) => operand == 0,
        _ => true,
    }
}

/// Whether the result of a node may be infinite until it is checked.
fn may_be_raw(node: &Node, is_raw: impl Fn(Id) -> bool) -> bool {
    match node {
        Node::Two(Two::Plus | Two::Minus | Two::Times | Two::Over, ..) => true,
        Node::One(One::Minus, x) => is_raw(*x),
        Node::Two(Two::OrElse | Two::After, _, right) => is_raw(*right),
        Node::Choose(_, then, otherwise) => is_raw(*then) || is_raw(*otherwise),
        _ => false,
    }
}
