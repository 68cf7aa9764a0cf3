//! Problems as a code quality report, which GitLab shows in merge requests.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::text::Sources;

use super::super::{Problem, Problems, Severity};

/// One entry for each problem that has a place. A fingerprint is made of code, file and message, not of the line, so that
/// a problem which only moved is not a new one.
pub fn gitlab(problems: &Problems, sources: &Sources) -> Value {
    let mut seen = BTreeMap::new();
    let entries = problems.iter().filter_map(|problem| entry(problem, sources, &mut seen));
    Value::Array(entries.collect())
}

fn entry(problem: &Problem, sources: &Sources, seen: &mut BTreeMap<String, usize>) -> Option<Value> {
    let place = problem.place()?;
    let source = sources.get(place.source);
    let (line, _) = source.line_column(place.span.start);
    let (end, _) = source.line_column(place.span.end);
    let severity = match problem.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Hint => "info",
    };
    let what = format!("{}\n{}\n{}", problem.code, source.path, problem.message);
    let times = seen.entry(what.clone()).and_modify(|times| *times += 1).or_insert(1);
    Some(json!({
        "description": problem.message,
        "check_name": problem.code,
        "fingerprint": fingerprint(&format!("{what}\n{times}")),
        "severity": severity,
        "location": { "path": &*source.path, "lines": { "begin": line, "end": end } },
    }))
}

/// FNV-1a in 128 bits: the same for the same text on every machine.
fn fingerprint(text: &str) -> String {
    let start = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    let hash = text
        .bytes()
        .fold(start, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b));
    format!("{hash:032x}")
}
