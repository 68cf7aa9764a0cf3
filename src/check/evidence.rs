//! Whether what is given as actual can be known from its source: a paper of before a period's end cannot.

use crate::diagnostic::Problem;
use crate::model::{Model, Piece, Role, Variable, Window};
use crate::resolve::ResolveError;

use super::checker::Checker;

impl Checker<'_> {
    /// Reports actuals whose source is of before the end of their period, each place once.
    pub(super) fn evidence(&mut self, model: &Model) {
        for variable in &model.variables {
            for piece in &variable.definition.pieces {
                let Some(error) = too_early(model, variable, piece) else { continue };
                let problem = Problem::new(piece.place.source, &error);
                let is_reported =
                    self.problems.iter().any(|other| other.code == problem.code && other.place() == problem.place());
                if !is_reported {
                    self.problems.push(problem);
                }
            }
        }
    }
}

/// The last actual period of a piece that was not over when its source was written.
fn too_early(model: &Model, variable: &Variable, piece: &Piece) -> Option<ResolveError> {
    let citation = piece.provenance.citation.as_ref().filter(|_| piece.role == Role::Given)?;
    let source = model.source(citation.source);
    let (dated, line) = (source.dated?, model.timelines.get(variable.time?)?);
    let happened = Window { first: 0, last: line.actual().checked_sub(1)? };
    let period = line.period(piece.window.common(happened)?.last)?;
    let end = line.end(period).filter(|end| dated < *end)?;
    let (name, paper) = (&variable.path, &source.name);
    let message =
        format!("`{name}` is actual in {period}, which ended on {end}, and its source `{paper}` is of {dated}");
    Some(ResolveError::BeforeEnd { message, span: piece.place.span })
}
