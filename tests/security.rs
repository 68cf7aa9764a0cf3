//! Holds `docs/security.md` against the tests: each threat has one, and it is there.

use std::path::Path;

#[test]
fn every_threat_has_a_test_that_is_there() {
    let page = std::fs::read_to_string("docs/security.md").expect("the page");
    let table = page.split("| threat | bound | test |").nth(1).expect("a table of threats");
    let rows: Vec<&str> = table.lines().skip(2).take_while(|line| line.starts_with('|')).collect();
    assert!(rows.len() > 30, "{}", rows.len());
    for row in rows {
        let cell = row.trim_end_matches([' ', '|']).rsplit(" | ").next().unwrap_or_default();
        let named: Vec<&str> = cell.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test is named in: {row}");
        named.iter().for_each(|test| assert!(is_there(test), "`{test}` is not there: {row}"));
    }
}

/// Whether a test is in the file that is named with it, `FILE::NAME`; or whether a fixture with a snapshot beside it is there.
fn is_there(test: &str) -> bool {
    let Some((file, name)) = test.rsplit_once("::") else {
        return Path::new(test).with_file_name("model.snap").exists() && Path::new(test).exists();
    };
    let text = std::fs::read_to_string(file).unwrap_or_default();
    if let Some(module) = file.strip_prefix("tests/attack/").and_then(|name| name.strip_suffix(".rs")) {
        let run = std::fs::read_to_string("tests/attack.rs").unwrap_or_default().contains(&format!("{module}::{name}"));
        return run && text.contains(&format!("pub fn {name}("));
    }
    let marked = text.split_once(&format!("fn {name}(")).map(|(before, _)| before.trim_end());
    marked.is_some_and(|before| before.lines().next_back().is_some_and(|line| line.trim() == "#[test]"))
}
