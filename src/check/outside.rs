//! What the command line asks of a checked model: an expression, a change of a path, a file of changes.
//!
//! The text of the first two is in no file, so their problems keep only the places of definitions.

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::model::{Citation, Expr, Formula, Model, Override, Provenance, SourceRef, Type};
use crate::resolve::{CaseLine, Owner, ResolveError, Symbols, Written, told};
use crate::syntax::ast::{self, Change, Clauses, From, Piece, Value};
use crate::syntax::{parse_changes, parse_expression, parse_path_assignment};
use crate::text::{SourceId, Span, unbroken};
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
    let mut reader = Reader { symbols, source, path, text, unknown: Vec::new() };
    let lines: Vec<CaseLine> = lines.into_iter().map(|line| reader.line(line)).collect();
    if !reader.unknown.is_empty() {
        return Err(reader.unknown);
    }
    let mut checker = Checker::new(symbols);
    let overrides = checker.layer(model, text, source, &lines);
    let problems = std::mem::take(&mut checker.problems);
    if problems.is_empty() { Ok(overrides) } else { Err(problems) }
}

/// Reads what the lines of such a file say of themselves.
struct Reader<'r> {
    symbols: &'r Symbols,
    source: SourceId,
    path: &'r str,
    text: &'r str,
    /// Sources that the book does not have.
    unknown: Vec<Problem>,
}

impl Reader<'_> {
    /// A line with what it says, and what each of its pieces says itself.
    fn line(&mut self, line: ast::Override) -> CaseLine {
        let provenance = Arc::new(self.said(&line.clauses, None));
        let pieces = match &line.change {
            Change::Set(Value::Series { pieces, .. }) => pieces.as_slice(),
            _ => &[],
        };
        let of_piece = |piece: &Piece| match piece.clauses.0.is_none() {
            true => provenance.clone(),
            false => Arc::new(self.said(&piece.clauses, Some(&provenance))),
        };
        let pieces = pieces.iter().map(of_piece).collect();
        CaseLine { line, provenance, pieces }
    }

    /// What clauses say; a judgement without a reason is there because the file says so.
    fn said(&mut self, clauses: &Clauses, line: Option<&Provenance>) -> Provenance {
        let set = clauses.0.as_deref();
        let text = |span: Option<Span>| span.map(|span| Arc::from(told(span.of(self.text))));
        let (reason, owner) = (text(set.and_then(|set| set.because)), text(set.and_then(|set| set.by)));
        let owner = owner.or_else(|| line.and_then(|line| line.owner.clone())).or(self.symbols.book.owner.clone());
        let implied = set.and_then(|set| set.implied).map(|name| name.of(self.text).into());
        let citation = set.and_then(|set| set.from).and_then(|from| self.citation(from));
        let stands = || Some(Arc::from(format!("as {} says", self.path)));
        let reason = reason.or_else(|| if citation.is_none() { stands() } else { None });
        Provenance { citation, owner, reason, implied }
    }

    fn citation(&mut self, from: From) -> Option<Citation> {
        let name = from.source.of(self.text);
        let known = self.symbols.sources.iter().position(|source| &*source.name == name);
        if known.is_none() {
            let names = self.symbols.sources.iter().map(|source| &*source.name);
            let help = crate::resolve::did_you_mean(name, names, "declare it in the book");
            let (what, name, span) = ("source".to_string(), name.to_string(), from.source);
            self.unknown.push(Problem::new(self.source, &ResolveError::Unknown { what, name, help, span }));
        }
        let locator = from.locator.map(|span| unbroken(span.of(self.text))).filter(|text| !text.is_empty());
        Some(Citation { source: SourceRef(known? as u32), locator: locator.map(Into::into) })
    }
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
