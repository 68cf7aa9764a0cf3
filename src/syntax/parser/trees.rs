//! Expression trees by their text: each distinct text is read once.

use std::collections::HashMap;
use std::sync::Arc;

use pest::Parser;
use pest::iterators::Pair;

use super::expression::{self, Built, end_of};
use super::{Grammar, Reader, Rule, literal};
use crate::syntax::ast::{Expr, ExprTree};
use crate::text::Span;

/// The trees read so far.
#[derive(Default)]
pub(super) struct Trees<'t> {
    known: HashMap<&'t str, Arc<ExprTree>>,
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
        if let Some(tree) = self.trees.known.get(text) {
            return Some(Expr { span: place, tree: tree.clone() });
        }
        let tree = match literal::plain(text) {
            Some(tree) => tree,
            None => fresh(text)?.tree,
        };
        let tree = Arc::new(tree);
        self.trees.known.insert(text, tree.clone());
        Some(Expr { span: place, tree })
    }
}

fn fresh(text: &str) -> Option<Built> {
    let pair = Grammar::parse(Rule::expression_line, text).ok()?.next()?.into_inner().next()?;
    let whole = end_of(&pair) == text.len();
    expression::build(pair, text).filter(|built| whole && built.problems.is_empty())
}
