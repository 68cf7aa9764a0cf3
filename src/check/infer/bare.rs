//! Bare numbers within a formula, beside values in per cent.

use crate::syntax::ast::NodeId;
use crate::units::Unit;

use super::super::bare::{self, Bare};
use super::super::error::CheckError;
use super::{Built, Infer};

impl<'c, 'a> Infer<'c, 'a> {
    /// Refuses bare numbers among values of which one is in per cent: `margin > 30`, `if a then 20 else 30%`.
    /// A function's body is looked at by itself, and not for each call.
    pub(super) fn no_bare_beside(&mut self, alike: &[(&Built, NodeId)]) {
        if self.outer.is_some() {
            return;
        }
        let in_shares = |built: &Built| built.unit.clone().filter(|unit| unit.is_share() && unit.factor < 1.0);
        let Some((unit, beside)) = alike.iter().find_map(|(built, id)| Some((in_shares(built)?, *id))) else { return };
        let text = shortened(self.text_of(beside));
        let is_plain = |built: &Built| built.unit.as_ref().is_none_or(|unit| unit.is_share() && unit.factor > 1.0);
        for (_, id) in alike.iter().filter(|(built, _)| is_plain(built)) {
            for bare in bare::inner(&self.frame.tree.clone(), *id).into_iter().filter(|bare| bare.is_open(&unit)) {
                let message = format!("`{}` is a bare number beside `{text}`, which is in {}", bare.text, unit.symbol);
                self.bare(&bare, &unit, message);
            }
        }
    }

    /// Refuses a bare number as what a parameter declares to be in per cent.
    pub(super) fn no_bare_argument(&mut self, name: &str, unit: &Unit, argument: NodeId) {
        for bare in self.open(unit, argument) {
            let message = format!("`{name}` is in {}, and `{}` is a bare number", unit.symbol, bare.text);
            self.bare(&bare, unit, message);
        }
    }

    /// Refuses to show a bare number in per cent: `20 in %`.
    pub(super) fn no_bare_shown(&mut self, unit: &Unit, operand: NodeId) {
        for bare in self.open(unit, operand) {
            let message = format!("`{}` is a bare number, to be shown in {}", bare.text, unit.symbol);
            self.bare(&bare, unit, message);
        }
    }

    /// The bare numbers that a node may come out as and that have two readings beside a unit.
    fn open(&self, unit: &Unit, id: NodeId) -> Vec<Bare> {
        match self.outer {
            Some(_) => Vec::new(),
            None => bare::outcomes(&self.frame.tree, id).into_iter().filter(|bare| bare.is_open(unit)).collect(),
        }
    }

    fn bare(&mut self, bare: &Bare, unit: &Unit, message: String) {
        let (help, span) = (bare::both(bare, unit), self.at_span(bare.span));
        self.report(&CheckError::Bare { message, help, span });
    }

    /// The unit that a number is written in; its problems are told elsewhere.
    pub fn unit_of_root(&mut self) -> Option<Unit> {
        let tree = self.frame.tree.clone();
        let (digits, quantity) = bare::quantity(&tree, tree.root)?;
        self.literal_unit(digits, quantity)
    }
}

fn shortened(text: &str) -> String {
    crate::text::shortened(&text.split_whitespace().collect::<Vec<_>>().join(" "), 40)
}
