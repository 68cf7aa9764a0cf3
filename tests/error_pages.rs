//! Holds the pages that `scn explain CODE` prints against docs/errors.
//!
//! `ACCEPT=1 cargo test --test error_pages` writes `src/diagnostic/pages.rs` anew.

const TABLE: &str = "src/diagnostic/pages.rs";

#[test]
fn every_page_of_docs_errors_is_in_the_table() {
    let mut names: Vec<String> = std::fs::read_dir("docs/errors")
        .expect("docs/errors")
        .map(|entry| entry.expect("a page").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".md") && name != "index.md")
        .collect();
    names.sort();
    let table = table(&names);
    if std::env::var_os("ACCEPT").is_some() {
        std::fs::write(TABLE, &table).expect("the table");
    }
    let stands = std::fs::read_to_string(TABLE).expect("the table");
    assert_eq!(stands, table, "run `ACCEPT=1 cargo test --test error_pages`");
}

#[test]
fn a_page_is_found_by_its_code() {
    for (code, text) in scn::diagnostic::PAGES {
        assert_eq!(scn::diagnostic::page(code), Some(*text));
        assert!(text.contains(code), "the page of {code} does not name it");
    }
}

fn table(names: &[String]) -> String {
    let rows: String = names.iter().map(|name| row(name)).collect();
    let head = "//! Every code with its page; written by `tests/error_pages.rs`.\n\n";
    format!(
        "{head}/// Every code with its page, sorted by the page's name.\n#[rustfmt::skip]\npub const PAGES: &[(&str, &str)] = &[\n{rows}];\n"
    )
}

fn row(name: &str) -> String {
    let code = name.trim_end_matches(".md").replacen('-', "::", 1);
    format!("    (\"{code}\", include_str!(\"../../docs/errors/{name}\")),\n")
}
