//! `Graph`: what is computed for a point; equal steps are one, and what is known already is a number.

use std::collections::HashMap;

use crate::model::MissingCode;

use super::super::mix::Mixing;
use super::super::op::{Many, One, Two};
use super::node::{Id, Node};

/// Nodes, each after its operands.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    pub nodes: Vec<Node>,
    ids: HashMap<Node, Id, Mixing>,
}

impl Graph {
    /// The node of an id.
    pub fn node(&self, id: Id) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// A number that is known.
    pub fn number(&mut self, number: f64) -> Id {
        self.put(Node::Number(number.to_bits()))
    }

    /// A value that is not there.
    pub fn missing(&mut self, code: MissingCode) -> Id {
        self.put(Node::Missing(code))
    }

    /// What a knob is set to.
    pub fn knob(&mut self, knob: u32) -> Id {
        self.put(Node::Knob(knob))
    }

    /// A step with one operand.
    pub fn one(&mut self, op: One, x: Id) -> Id {
        match (self.known(x), op) {
            (None, _) => self.put(Node::One(op, x)),
            (Some(Err(_)), One::IsMissing) => self.number(1.0),
            (Some(Err(_)), _) => x,
            (Some(Ok(number)), _) => self.result(op.of(number)),
        }
    }

    /// A step with two operands.
    pub fn two(&mut self, op: Two, left: Id, right: Id) -> Id {
        match (self.known(left), self.known(right)) {
            (Some(Err(_)), _) => return if op == Two::OrElse { right } else { left },
            (Some(Ok(_)), Some(Err(_))) if !matches!(op, Two::OrElse | Two::Mark) => return right,
            (Some(Ok(a)), Some(Ok(b))) => return self.result(op.of(a, b)),
            (Some(Ok(a)), _) => {
                if let Some(simple) = self.with_left(op, a, left, right) {
                    return simple;
                }
            }
            (None, Some(Ok(b))) => {
                if let Some(simple) = self.with_right(op, left, b) {
                    return simple;
                }
            }
            _ => {}
        }
        self.put(Node::Two(op, left, right))
    }

    /// A choice.
    pub fn choose(&mut self, condition: Id, then: Id, otherwise: Id) -> Id {
        match self.known(condition) {
            Some(Err(_)) => condition,
            Some(Ok(0.0)) => otherwise,
            Some(Ok(_)) => then,
            None => self.put(Node::Choose(condition, then, otherwise)),
        }
    }

    /// A step with any number of operands.
    pub fn many(&mut self, op: Many, operands: &[Id]) -> Id {
        let known: Vec<_> = operands.iter().map_while(|operand| self.known(*operand)).collect();
        if let Some(at) = known.iter().position(Result::is_err) {
            return operands[at];
        }
        if known.len() < operands.len() {
            return self.put(Node::Many(op, operands.into()));
        }
        let numbers: Vec<f64> = known.into_iter().flatten().collect();
        self.result(op.of(&numbers, &mut Vec::new()))
    }

    /// Whether a node is missing for this reason.
    pub fn is_missing_for(&mut self, id: Id, code: MissingCode) -> Id {
        match self.node(id).clone() {
            Node::Number(_) => self.number(0.0),
            Node::Missing(stated) => self.number(f64::from(u8::from(stated == code))),
            Node::Knob(_) if code == MissingCode::Na => self.one(One::IsMissing, id),
            Node::Knob(_) | Node::One(One::IsMissing, _) => self.number(0.0),
            Node::One(_, x) => self.first_missing(id, &[x], code),
            Node::Two(Two::OrElse, left, right) => {
                let (is_out, other) = (self.one(One::IsMissing, left), self.is_missing_for(right, code));
                self.two(Two::Least, is_out, other)
            }
            Node::Two(Two::Mark, left, right) => {
                let (yes, no) = (self.is_missing_for(right, code), self.number(0.0));
                self.chosen_for(left, yes, no, code)
            }
            Node::Two(_, left, right) => self.first_missing(id, &[left, right], code),
            Node::Choose(condition, then, otherwise) => {
                let (yes, no) = (self.is_missing_for(then, code), self.is_missing_for(otherwise, code));
                self.chosen_for(condition, yes, no, code)
            }
            Node::Many(_, operands) => self.first_missing(id, &operands, code),
        }
    }

    fn chosen_for(&mut self, condition: Id, yes: Id, no: Id, code: MissingCode) -> Id {
        let (is_out, reason) = (self.one(One::IsMissing, condition), self.is_missing_for(condition, code));
        let chosen = self.choose(condition, yes, no);
        self.choose(is_out, reason, chosen)
    }

    /// The first missing operand decides; if there is none, the step itself has no meaning.
    fn first_missing(&mut self, id: Id, operands: &[Id], code: MissingCode) -> Id {
        let mut answer = match code {
            MissingCode::Nm => self.one(One::IsMissing, id),
            _ => self.number(0.0),
        };
        for operand in operands.iter().rev() {
            let (is_out, reason) = (self.one(One::IsMissing, *operand), self.is_missing_for(*operand, code));
            answer = self.choose(is_out, reason, answer);
        }
        answer
    }

    fn with_left(&mut self, op: Two, a: f64, left: Id, right: Id) -> Option<Id> {
        Some(match op {
            Two::OrElse => left,
            Two::After => right,
            Two::Mark if a != 0.0 => right,
            Two::Mark => self.number(f64::INFINITY),
            Two::Times if a == 1.0 => right,
            _ => return None,
        })
    }

    fn with_right(&mut self, op: Two, x: Id, b: f64) -> Option<Id> {
        Some(match op {
            Two::Times | Two::Over | Two::Power if b == 1.0 => x,
            Two::Minus if b.to_bits() == 0 => x,
            Two::Over => {
                let factor = self.number(exact_inverse(b)?);
                self.two(Two::Times, x, factor)
            }
            Two::Power if b == 0.0 => {
                let one = self.number(1.0);
                self.two(Two::After, x, one)
            }
            Two::Power if [2.0, 3.0, 4.0].contains(&b) => {
                (1..b as u32).fold(x, |product, _| self.two(Two::Times, product, x))
            }
            _ => return None,
        })
    }

    /// The number of a node, or why it is missing, if that does not depend on any knob.
    pub fn known(&self, id: Id) -> Option<Result<f64, MissingCode>> {
        match self.node(id) {
            Node::Number(bits) => Some(Ok(f64::from_bits(*bits))),
            Node::Missing(code) => Some(Err(*code)),
            _ => None,
        }
    }

    fn result(&mut self, number: f64) -> Id {
        if number.is_nan() { self.missing(MissingCode::Nm) } else { self.number(number) }
    }

    fn put(&mut self, node: Node) -> Id {
        let next = Id(self.nodes.len() as u32);
        let id = *self.ids.entry(node.clone()).or_insert(next);
        if id == next {
            self.nodes.push(node);
        }
        id
    }
}

/// One over a power of two: dividing by it and multiplying by this round alike.
fn exact_inverse(b: f64) -> Option<f64> {
    let is_power_of_two = b.to_bits().trailing_zeros() >= f64::MANTISSA_DIGITS - 1;
    (is_power_of_two && (1e-9..1e9).contains(&b.abs())).then(|| 1.0 / b)
}
