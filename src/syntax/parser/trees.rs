//! Expression trees by their text: each distinct text is read once.

use std::sync::Arc;

use pest::Parser;
use pest::iterators::Pair;

use super::expression::{self, Built};
use super::extent::end_of;
use super::{Grammar, Reader, Rule, literal};
use crate::syntax::ast::{Expr, ExprTree};
use crate::syntax::hash::{Table, quick};
use crate::text::Span;

/// The trees read so far: of formulas all, of plain numbers the recent ones, because few repeat.
#[derive(Default)]
pub(super) struct Trees<'t> {
    known: Table<&'t str, Arc<ExprTree>>,
    numbers: Vec<Option<(&'t str, Arc<ExprTree>)>>,
}

/// How many plain numbers are kept; a power of two.
const NUMBERS: usize = 4_096;

impl<'t> Trees<'t> {
    /// The tree of a plain number, if the text is one.
    fn number(&mut self, text: &'t str) -> Option<Arc<ExprTree>> {
        if !text.as_bytes().first()?.is_ascii_digit() {
            return None;
        }
        if self.numbers.is_empty() {
            self.numbers.resize(NUMBERS, None);
        }
        let slot = &mut self.numbers[(quick(text) >> 52) as usize & (NUMBERS - 1)];
        if let Some((_, tree)) = slot.as_ref().filter(|(known, _)| *known == text) {
            return Some(tree.clone());
        }
        let tree = Arc::new(literal::plain(text)?);
        *slot = Some((text, tree.clone()));
        Some(tree)
    }
}

impl<'t> Reader<'t> {
    /// The expression of a pair; its tree is shared with all that are written the same.
    pub fn expr(&mut self, pair: Pair<'t, Rule>) -> Option<Expr> {
        let start = pair.as_span().start();
        let place = Span::new(start, end_of(&pair)).shifted(self.base);
        let text = place.of(self.text);
        if let Some(tree) = self.trees.known.get(text) {
            return Some(Expr { span: place, tree: tree.clone() });
        }
        let built = expression::build(pair, text)?;
        let tree = Arc::new(built.tree);
        if built.problems.is_empty() {
            self.trees.known.insert(text, tree.clone());
        }
        for problem in built.problems {
            self.problems.push(problem(place.start));
        }
        Some(Expr { span: place, tree })
    }

    /// The expression at a place; nothing if none reads there, and then nothing is said of it.
    pub fn expr_at(&mut self, place: Span) -> Option<Expr> {
        let text = place.of(self.text);
        if let Some(tree) = self.trees.number(text) {
            return Some(Expr { span: place, tree });
        }
        if let Some(tree) = self.trees.known.get(text) {
            return Some(Expr { span: place, tree: tree.clone() });
        }
        let tree = Arc::new(fresh(text)?.tree);
        self.trees.known.insert(text, tree.clone());
        Some(Expr { span: place, tree })
    }
}

fn fresh(text: &str) -> Option<Built> {
    let pair = Grammar::parse(Rule::expression_line, text).ok()?.next()?.into_inner().next()?;
    let whole = end_of(&pair) == text.len();
    expression::build(pair, text).filter(|built| whole && built.problems.is_empty())
}
