//! What is said twice where one is meant: every rule of the grammar that may repeat something, and what becomes of it.
//!
//! The first test reads the rules from the grammar: a new item, line or list must say here what is refused in it.

#[path = "support/memory.rs"]
mod memory;
#[path = "twice/places.rs"]
mod places;

use std::collections::BTreeSet;

use scn::diagnostic::{Problem, Severity};

use memory::opened_with;
use places::{HEAD, PLACES};

#[test]
fn every_rule_that_may_repeat_something_is_here() {
    let grammar = include_str!("../grammar/scenario.pest");
    let statements = grammar.split("- 2. statements").nth(1).and_then(|rest| rest.split("- 3. expressions").next());
    let rules: BTreeSet<&str> = statements.expect("the statements").lines().filter_map(rule).collect();
    let mut repeats: BTreeSet<&str> = BTreeSet::new();
    let mut name = "";
    for line in statements.expect("the statements").lines() {
        name = rule(line).unwrap_or(name);
        // What is atomic (`@`) is one word, and words repeat letters.
        let is_word = line.contains("= @{");
        let is_list = line.contains(")*") || line.contains(")+") || line.contains("clause*");
        if rules.contains(name) && !is_word && (is_list || name.ends_with("_head") || name.ends_with("_line")) {
            repeats.insert(name);
        }
    }
    let here: BTreeSet<&str> = PLACES.iter().map(|place| place.rule).collect();
    assert_eq!(repeats.difference(&here).collect::<Vec<_>>(), Vec::<&&str>::new(), "say in PLACES what they refuse");
    assert_eq!(here.difference(&rules).collect::<Vec<_>>(), Vec::<&&str>::new(), "these are no rules");
}

/// The name of a rule that begins on a line.
fn rule(line: &str) -> Option<&str> {
    let (name, rest) = line.split_once('=')?;
    let is_name = !name.starts_with([' ', '/']) && rest.trim_start().starts_with(['{', '_', '@', '$']);
    is_name.then(|| name.trim())
}

#[test]
fn what_is_said_twice_is_refused_with_both_places() {
    for place in PLACES {
        assert!(!place.refused.is_empty() || !place.free.is_empty() || place.rule == "model_line", "{}", place.rule);
        for (text, code) in place.refused {
            let problems = problems(&format!("{HEAD}{text}\n"));
            let found: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
            let codes: BTreeSet<&str> = found.iter().map(|problem| problem.code.as_str()).collect();
            assert_eq!(codes.into_iter().collect::<Vec<_>>(), [*code], "{}: {text}", place.rule);
            if code.ends_with("twice") && *code != "resolve::used_twice" || code.ends_with("duplicate") {
                assert!(found.iter().all(|problem| problem.labels.len() >= 2), "{}: {text}: {found:?}", place.rule);
            }
        }
    }
}

#[test]
fn each_field_of_a_model_is_said_once() {
    for field in ["currency EUR", "as_of 2026-03-31", "owner me", "materiality 1%"] {
        for between in [", ", "\n  "] {
            let text = format!("scn 1\nmodel m \"M\" {{\n  {field}{between}{field}\n}}\n");
            let found = problems(&text);
            let twice = found.iter().filter(|problem| problem.code == "resolve::twice");
            assert_eq!(twice.map(|problem| problem.labels.len()).collect::<Vec<_>>(), [2], "{text}");
        }
    }
}

#[test]
fn what_only_looks_alike_is_no_repetition() {
    for text in [
        "reconcile v ~ 0.102 EUR as printed from s p 1\nreconcile v ~ 0.102 EUR as printed from s p 2",
        "check v > 0 EUR \"x\"\ncheck v > 0 EUR case up \"x\"",
        "given x = 1 from s p 1\nalso given x = 2 from s p 2",
        "report r template \"t\" to \"a/r.md\"\nreport q template \"t\" to \"b/r.md\"",
        "kind row { in x: EUR, y: EUR }\ndata r = csv \"rows.csv\" for row by \"chip\" from s {\n  given x: EUR = \"x\"\n  given y: EUR = \"x\"\n  ignore \"y\"\n}",
        "also kind chip { derive half = p / 2 }\nalso kind chip { derive quarter_of_it = p / 4 }",
    ] {
        let found = problems(&format!("{HEAD}{text}\n"));
        let errors: Vec<_> = found.iter().filter(|problem| problem.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{text}: {errors:?}");
    }
}

fn problems(text: &str) -> Vec<Problem> {
    let beside = [("other.scn", "scn 1\ngiven other = 1 from s\n"), ("rows.csv", "chip,x,y\nc,1,2\nd,2,3\n")];
    opened_with(text, &beside).problems.iter().cloned().collect()
}
