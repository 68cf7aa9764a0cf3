//! Problems as SARIF 2.1.0, the exchange format of code scanners.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::text::{Place, Sources};

use super::super::{Label, Problem, Problems, Severity};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// One run with a rule for each code and a result for each problem; columns count characters.
pub fn sarif(problems: &Problems, sources: &Sources) -> Value {
    let codes: BTreeSet<&str> = problems.iter().map(|problem| problem.code.as_str()).collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let results: Vec<Value> = problems.iter().map(|problem| result(problem, sources)).collect();
    let driver = json!({ "name": "scn", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules });
    let run = json!({ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results });
    json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] })
}

fn rule(code: &str) -> Value {
    let page = super::super::page(code).unwrap_or_default();
    let title = page.lines().next().unwrap_or(code).trim_start_matches(['#', ' ']);
    let mut rule = json!({ "id": code, "shortDescription": { "text": title } });
    if !page.is_empty() {
        rule["help"] = json!({ "text": page, "markdown": page });
    }
    rule
}

fn result(problem: &Problem, sources: &Sources) -> Value {
    let level = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    };
    let help = problem.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let mut result = json!({
        "ruleId": problem.code,
        "level": level,
        "message": { "text": format!("{}{help}", problem.message) },
    });
    if let Some((first, others)) = problem.labels.split_first() {
        result["locations"] = json!([location(first.place, sources)]);
        let related: Vec<Value> = others.iter().map(|label| beside(label, sources)).collect();
        if !related.is_empty() {
            result["relatedLocations"] = json!(related);
        }
    }
    result
}

fn beside(label: &Label, sources: &Sources) -> Value {
    let mut location = location(label.place, sources);
    location["message"] = json!({ "text": label.text });
    location
}

fn location(place: Place, sources: &Sources) -> Value {
    let source = sources.get(place.source);
    let (line, column) = source.line_column(place.span.start);
    let (end_line, end_column) = source.line_column(place.span.end);
    let region = json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column });
    json!({ "physicalLocation": { "artifactLocation": { "uri": uri(&source.path) }, "region": region } })
}

/// A path as a relative reference: everything that is not plain is escaped.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/');
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
