//! Outputs: the values that a book is asked for.

use std::sync::Arc;

use crate::diagnostic::{Label, Problem};
use crate::format::one_line;
use crate::model::{ExprKind, Output, VariableId};
use crate::resolve::{Owner, ResolveError};
use crate::syntax::ast;

use super::checker::Checker;
use super::findings::Reader;
use super::infer::Built;

impl Checker<'_> {
    /// Reads what a book is asked for: each value once, whatever it is called.
    pub(super) fn output(&mut self, reader: &mut Reader, output: &ast::OutputLine) {
        let Some(built) = self.looked_at(reader, &output.what, None) else { return };
        let text: Arc<str> = one_line(&output.what.tree.text).into();
        let label = output.label.map(|span| reader.told(span)).unwrap_or_else(|| text.clone());
        let variable = self.shown_variable(reader, built, output.what.tree.text.as_ref().into());
        let path = self.path_of(reader, &text);
        let shown = &mut reader.model.variables[variable.0 as usize];
        if shown.hidden {
            shown.path = path.into();
        }
        let place = reader.place;
        self.output_once(reader, variable);
        reader.model.outputs.push(Output { variable, label, place });
    }

    /// The variable that an expression is, or a hidden one.
    pub(super) fn shown_variable(&mut self, reader: &mut Reader, built: Built, text: Arc<str>) -> VariableId {
        let own = match (&built.expr.kind, reader.owner) {
            (ExprKind::Variable(variable), _) => Some(*variable),
            (ExprKind::Own(slot), Owner::Entity(entity)) => {
                self.symbols.entity(entity).slots.get(slot.0 as usize).copied()
            }
            _ => None,
        };
        own.unwrap_or_else(|| reader.hide(self, built, text))
    }

    fn output_once(&mut self, reader: &Reader, variable: VariableId) {
        let path = |variable: VariableId| &reader.model.variable(variable).path;
        let Some(before) = reader.model.outputs.iter().find(|output| path(output.variable) == path(variable)) else {
            return;
        };
        let (what, span) = (format!("the output `{}`", path(variable)), reader.place.span);
        let mut problem = Problem::new(reader.source, &ResolveError::Twice { what, span });
        problem.labels.push(Label { place: before.place, text: "said first".to_string() });
        self.problems.push(problem);
    }
}
