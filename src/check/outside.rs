//! What the command line asks of a checked model: an expression, a change of a path, a file of changes.
//!
//! The text of the first two is in no file, so their problems keep only the places of definitions.

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::model::{Expr, Formula, Model, Override, Provenance, Type};
use crate::resolve::{CaseLine, Owner, Symbols, Written, unescaped};
use crate::syntax::{parse_changes, parse_expression, parse_path_assignment};
use crate::text::SourceId;
use crate::units::Unit;

use super::checker::Checker;
use super::infer::Infer;
use super::unit_choice;

/// The source of a text that is in no file.
const NOWHERE: SourceId = SourceId(u32::MAX);

/// A name that stands beside those of the book, and what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    pub name: Arc<str>,
    pub value: Expr,
    pub unit: Unit,
}

/// Reads an expression about a model, in which some more names are known; the unit is how its value is shown.
pub fn expression(symbols: &Symbols, text: &str, given: &[Given]) -> Result<(Formula, Unit), Vec<Problem>> {
    let expr = parse_expression(text).map_err(unread)?;
    let mut checker = Checker::new(symbols);
    let written = Written { expr, source: NOWHERE };
    let mut infer = Infer::new(&mut checker, &written, Owner::Book, None).with_values(given);
    let built = infer.root(None);
    let (problems, unsound) = (std::mem::take(&mut infer.problems), infer.unsound);
    if unsound || !problems.is_empty() {
        return Err(placeless(problems));
    }
    let unit = match &built.expr.ty {
        Type::Number(dimension) => {
            let of_expr = built.unit.clone().filter(|unit| unit.dimension == *dimension);
            of_expr.unwrap_or_else(|| unit_choice::unit_of(&symbols.units, dimension))
        }
        Type::Text | Type::YesNo => Unit::ratio(),
    };
    Ok((Formula { expr: built.expr, text: written.expr.tree.text.as_ref().into() }, unit))
}

/// Reads one `path=value` of the command line.
pub fn overrides(model: &Model, symbols: &Symbols, text: &str) -> Result<Vec<Override>, Vec<Problem>> {
    let line = parse_path_assignment(text).map_err(unread)?;
    let mut checker = Checker::new(symbols);
    let reason = Some("set on the command line".into());
    let provenance = Arc::new(Provenance { reason, ..Provenance::default() });
    let changes = checker.case_line(model, text, NOWHERE, &line, (&provenance, &[]));
    let problems = std::mem::take(&mut checker.problems);
    let errors = problems.iter().any(|problem| problem.severity == crate::diagnostic::Severity::Error);
    if errors || changes.is_empty() { Err(placeless(problems)) } else { Ok(changes) }
}

/// Reads the lines of a file that is laid over a book: those of a case, without its head.
pub fn layer(
    model: &Model,
    symbols: &Symbols,
    (source, path, text): (SourceId, &str, &str),
) -> Result<Vec<Override>, Vec<Problem>> {
    let (lines, errors) = parse_changes(text);
    if !errors.is_empty() {
        return Err(errors.iter().map(|error| Problem::new(source, error)).collect());
    }
    let lines: Vec<CaseLine> = lines
        .into_iter()
        .map(|line| {
            let set = line.clauses.0.as_deref();
            let said = |span: Option<crate::text::Span>| span.map(|span| unescaped(span.of(text)).into());
            let reason = said(set.and_then(|set| set.because)).or_else(|| Some(format!("as {path} says").into()));
            let owner = said(set.and_then(|set| set.by)).or_else(|| symbols.book.owner.clone());
            let provenance = Arc::new(Provenance { owner, reason, ..Provenance::default() });
            CaseLine { line, provenance, pieces: Vec::new() }
        })
        .collect();
    let mut checker = Checker::new(symbols);
    let overrides = checker.layer(model, text, source, &lines);
    let problems = std::mem::take(&mut checker.problems);
    if problems.is_empty() { Ok(overrides) } else { Err(problems) }
}

fn unread(errors: Vec<crate::syntax::SyntaxError>) -> Vec<Problem> {
    placeless(errors.iter().map(|error| Problem::new(NOWHERE, error)).collect())
}

fn placeless(mut problems: Vec<Problem>) -> Vec<Problem> {
    for problem in &mut problems {
        problem.labels.retain(|label| label.place.source != NOWHERE);
    }
    problems
}
