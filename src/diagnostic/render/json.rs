//! Problems as JSON, with lines and columns from 1.

use serde_json::{Value, json};

use crate::text::Sources;

use super::super::{Label, Problem, Problems};
use super::Counts;

/// `{ schema_version, problems, counts }`; the shape is described in `docs/output.md`.
pub fn json(problems: &Problems, sources: &Sources) -> Value {
    let counts = Counts::of(problems);
    json!({
        "schema_version": 1,
        "problems": problems.iter().map(|problem| row(problem, sources)).collect::<Vec<_>>(),
        "counts": { "errors": counts.errors, "warnings": counts.warnings, "hints": counts.hints },
    })
}

fn row(problem: &Problem, sources: &Sources) -> Value {
    json!({
        "code": problem.code,
        "severity": problem.severity.word(),
        "message": problem.message,
        "help": problem.help,
        "labels": problem.labels.iter().map(|label| place(label, sources)).collect::<Vec<_>>(),
    })
}

fn place(label: &Label, sources: &Sources) -> Value {
    let source = sources.get(label.place.source);
    let (line, column) = source.line_column(label.place.span.start);
    let (end_line, end_column) = source.line_column(label.place.span.end);
    json!({
        "path": &*source.path,
        "line": line,
        "column": column,
        "end": { "line": end_line, "column": end_column },
        "text": label.text,
    })
}
