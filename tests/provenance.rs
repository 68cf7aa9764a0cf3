//! Who says what: each road on which a number gets into a book, and what stands behind it there, or why it is refused.

#[path = "support/memory.rs"]
mod memory;

use scn::model::{Definition, Model, Provenance, Role};
use scn::workspace::Checked;

use memory::{error_codes, opened_with};

const HEAD: &str = r#"scn 1
model m "M" { currency EUR, as_of 2026-03-31 }
calendar fy = annual 2023A..2028E ending Dec
source ar "Report" = document "report" dated 2026-03-01
source note "Note" = document "note" dated 2026-03-01
kind company {}
"#;

/// What a line makes of a series `x` of the entity `co` (or of the book): a word for each piece, or the code.
const LINES: &[(&str, &str)] = &[
    // What stands behind a piece of another mark does not speak for it.
    (r#"flow x = 2023A 1 mn EUR | 2025A 3 mn EUR from ar p 1 | 2026E.. 4 mn EUR by me because "x""#, "ar ar me:x"),
    (r#"flow x = 2025A 3 mn EUR | 2026E.. 4 mn EUR by me because "x""#, "resolve::other_mark"),
    (r#"flow x = 2025A 3 mn EUR from ar | 2026E 4 mn EUR | 2027E.. 5 mn EUR by me because "x""#, "ar me:x me:x"),
    (r#"flow x = 2025A 3 mn EUR from ar | 2026E 4 mn EUR"#, "resolve::other_mark"),
    (r#"flow x = 2025A 3 mn EUR from ar | 2026E.. x[prev] * 1"#, "ar ="),
    (r#"flow x = 2025A 3 mn EUR | 2026E.. x[prev] * 1 from ar"#, "resolve::other_mark"),
    (r#"flow x = 2024A 2 mn EUR from ar | 2025A 3 mn EUR | 2026E 4 mn EUR by me because "x""#, "resolve::other_mark"),
    (r#"flow x = 2025A 3 mn EUR | 2026E.. 4 mn EUR from note"#, "resolve::other_mark"),
    (r#"flow x = 2025A 3 mn EUR | 2030E 4 mn EUR"#, "series::off_calendar"),
    // Guidance says so itself.
    (
        r#"flow x = 2025A 3 mn EUR from ar | 2026E 4 mn EUR from note | 2027E 5 mn EUR by me because "x""#,
        "ar note me:x",
    ),
    (r#"flow x = 2026E 4 mn EUR | 2027E 5 mn EUR from note"#, "note note"),
    (r#"flow x = 2026E 4 mn EUR | 2027E 5 mn EUR from note | 2028E 6 mn EUR by me because "x""#, "resolve::other_mark"),
    // An actual is judged where its own piece says so, and only there.
    (r#"flow x = 2025A 3 mn EUR by me because "y" | 2026E 4 mn EUR by me because "x""#, "me:y me:x"),
    (r#"flow x = 2024A 2 mn EUR | 2025A 3 mn EUR by me because "y""#, "resolve::other_mark"),
    // A verb speaks for all of its line.
    (r#"given flow x = 2025A 3 mn EUR | 2026E.. 4 mn EUR from note"#, "note note"),
    (r#"assume flow x = 2025A 3 mn EUR | 2026E.. 4 mn EUR by me because "x""#, "me:x me:x"),
    (r#"given flow x = 2024A 2 mn EUR from ar | 2025A 3 mn EUR | 2026E 4 mn EUR from note"#, "resolve::no_source"),
    (r#"assume flow x = 2025A 3 mn EUR from ar | 2026E 4 mn EUR by me because "x""#, "resolve::other_mark"),
    (r#"given flow x = 2025A 3 mn EUR from ar | 2026E 4 mn EUR by me because "x""#, "resolve::no_source"),
    // One value on both sides of the boundary.
    (r#"flow x = 2025A.. 3 mn EUR from ar"#, "resolve::other_mark"),
    (r#"flow x = 2024A..2027E 3 mn EUR by me because "x""#, "resolve::other_mark"),
    (r#"flow x = 3 mn EUR by me because "x""#, "resolve::other_mark"),
    (r#"given flow x = 2025A.. 3 mn EUR from note"#, "note"),
    (r#"assume flow x = 3 mn EUR by me because "x""#, "me:x"),
    // Between anchors.
    (r#"flow x = 2023A 1 mn EUR from ar | 2026E 4 mn EUR linear by me because "x""#, "resolve::other_mark"),
    (r#"assume flow x = 2023A 1 mn EUR | 2026E 4 mn EUR geometric by me because "x""#, "resolve::other_mark"),
    (r#"flow x = 2025A 1 mn EUR from ar | 2028E 4 mn EUR linear by me because "x""#, "ar me:x"),
    (r#"flow x = 2025A 1 mn EUR | 2028E 4 mn EUR linear by me because "x""#, "resolve::other_mark"),
    (r#"given flow x = 2024A 1 mn EUR | 2025A 4 mn EUR step from ar"#, "resolve::other_mark"),
    (r#"assume flow x = 2026E 1 mn EUR | 2028E 4 mn EUR step by me because "x""#, "me:x me:x"),
    // Nothing at all.
    (r#"flow x = 2025A 3 mn EUR"#, "resolve::no_provenance"),
];

#[test]
fn a_line_of_the_book_an_entity_and_a_kind_say_the_same() {
    for (line, wanted) in LINES {
        assert_eq!(&said(line, "x"), wanted, "in the book: {line}");
        assert_eq!(&said(&format!("company co {{\n  {line}\n}}"), "co.x"), wanted, "in an entity: {line}");
        let of_kind = format!("kind firm {{\n  {line}\n}}\nfirm co {{}}");
        assert_eq!(&said(&of_kind, "co.x"), wanted, "in a kind: {line}");
        let like = format!("company one {{\n  {line}\n}}\ncompany co like one {{}}");
        assert_eq!(&said(&like, "co.x"), wanted, "taken over with `like`: {line}");
    }
}

/// What a block's head speaks for.
const HEADS: &[(&str, &str, &str)] = &[
    ("from ar p 88", r#"flow x = 2025A 3 mn EUR | 2026E.. 4 mn EUR by me because "x""#, "ar me:x"),
    ("from ar p 88", "flow x = 2025A 3 mn EUR | 2026E.. 4 mn EUR", "resolve::other_mark"),
    ("from ar p 88", "given flow x = 2025A 3 mn EUR | 2026E.. 4 mn EUR", "ar ar"),
    ("from ar p 88", r#"given flow x = 2025A 3 mn EUR | 2026E.. 4 mn EUR by me because "x""#, "resolve::no_source"),
    ("from ar p 88 by me", r#"flow x = 2025A 3 mn EUR | 2026E.. 4 mn EUR because "x""#, "ar,me me:x"),
    (r#"from ar by me because "h""#, "flow x = 2025A 3 mn EUR | 2026E.. 4 mn EUR", "ar,me me:h"),
    (r#"by me because "h""#, "flow x = 2025A 3 mn EUR | 2026E.. 4 mn EUR", "resolve::other_mark"),
    (r#"by me because "h""#, "flow x = 2025A 3 mn EUR from ar | 2026E.. 4 mn EUR", "ar,me me:h"),
    (r#"from ar by me because "h""#, "assume x = 3 mn EUR", "me:h"),
    (r#"from ar by me because "h""#, "given x = 3 mn EUR", "ar,me"),
    (r#"from ar by me because "h""#, "assume x = 3 mn EUR from note", "note,me:h"),
];

#[test]
fn a_head_speaks_for_facts_with_its_source_and_for_judgements_with_its_reason() {
    for (head, line, wanted) in HEADS {
        let entity = format!("company co {head} {{\n  {line}\n}}");
        assert_eq!(&said(&entity, "co.x"), wanted, "{head}: {line}");
        let kind = format!("kind firm {head} {{\n  {line}\n}}\nfirm co {{}}");
        assert_eq!(&said(&kind, "co.x"), wanted, "in a kind, {head}: {line}");
    }
}

/// A table's head, a row under `2025A | 2026E`, and what is made of it.
const ROWS: &[(&str, &str, &str)] = &[
    ("from ar", "given flow x = 3 | 4", "ar ar"),
    ("from ar", "flow x = 3 | 4", "resolve::other_mark"),
    ("from ar", r#"flow x = 3 | 4 by me because "x""#, "ar me:x"),
    ("", r#"flow x = 3 | 4 by me because "x""#, "resolve::other_mark"),
    ("", "flow x = 3 | 4 from note", "resolve::other_mark"),
    ("from ar", "flow x = . | 4 from note", "note"),
    ("from ar", r#"assume flow x = 3 | 4 by me because "x""#, "me:x me:x"),
];

#[test]
fn a_row_of_a_table_is_a_line() {
    for (head, row, wanted) in ROWS {
        let table = format!("table in mn EUR {head} {{\n  columns 2025A | 2026E\n  {row}\n}}");
        assert_eq!(&said(&table, "x"), wanted, "{head}: {row}");
    }
    let scalars = |head: &str, row: &str| {
        said(&format!("kind part {{ in x: EUR }}\ntable part {head} {{\n  columns a\n  {row}\n}}"), "a.x")
    };
    assert_eq!(scalars("from ar", r#"x: EUR = 3 by me because "x""#), "me:x");
    assert_eq!(scalars(r#"from ar by me because "h""#, "x: EUR = 3"), "resolve::other_mark");
}

#[test]
fn a_column_of_a_file_has_its_verb() {
    let data = |column: &str| {
        let text = format!(
            "company co {{}}\ndata rows = csv \"rows.csv\" for co by period \"year\" from ar p 88 {{\n  {column}\n}}"
        );
        said(&text, "co.x")
    };
    assert_eq!(data(r#"given flow x: mn EUR = "sales""#), "ar ar");
    assert_eq!(data(r#"assume flow x: mn EUR = "sales" by me because "x""#), "me:x me:x");
    assert_eq!(data(r#"assume flow x: mn EUR = "sales""#), "resolve::no_reason");
}

#[test]
fn a_rate_has_no_verb_and_follows_the_same_rule() {
    let rate = |value: &str| {
        let text =
            format!("fx USD/EUR average = {value}\ngiven flow y = 2025A.. 1 EUR from ar\nderive flow z = y in USD");
        said(&text, "fx.USD/EUR.average")
    };
    assert_eq!(rate(r#"2025A 0.9 from ar | 2026E.. 0.8 by me because "flat""#), "ar me:flat");
    assert_eq!(rate(r#"2025A 0.9 | 2026E.. 0.8 by me because "flat""#), "resolve::other_mark");
    assert_eq!(rate("2025A 0.9 | 2026E.. 0.8 from note"), "note note");
    assert_eq!(rate("2024A 0.9 from ar | 2025A 0.9 | 2026E.. 0.8 from note"), "resolve::no_source");
    assert_eq!(rate("0.9 from ar"), "ar");
    assert_eq!(rate(r#"0.9 by me because "house rate""#), "me:house rate");
}

#[test]
fn another_candidate_follows_the_same_rule() {
    let also = |line: &str| said(&format!("given flow x = 2025A 1 mn EUR | 2026E 2 mn EUR from ar\n{line}"), "x");
    assert_eq!(also("also given flow x = 2025A 1 mn EUR | 2026E 2 mn EUR from note"), "ar ar");
    assert_eq!(also("also flow x = 2025A 1 mn EUR | 2026E 2 mn EUR from note"), "resolve::other_mark");
}

#[test]
fn a_line_of_a_case_is_a_judgement_unless_it_cites_something_itself() {
    let case = |head: &str, line: &str| {
        let text = format!(
            "assume flow x = 2026E 4 mn EUR | 2028E 6 mn EUR linear by me because \"x\"\ncase up from base {head} {{\n  {line}\n}}"
        );
        changed(&text)
    };
    assert_eq!(case("by me", r#"x = 2026E 5 mn EUR from note | 2028E 7 mn EUR linear because "y""#), "note,me me:y");
    assert_eq!(case("by me", r#"x = 2026E 5 mn EUR | 2028E 7 mn EUR linear because "y""#), "me:y me:y");
    assert_eq!(
        case("by me", r#"x = 2026E 5 mn EUR | 2027E 6 mn EUR from note | 2028E 7 mn EUR because "y""#),
        "resolve::other_mark"
    );
    assert_eq!(case("from note by me", r#"x[2026E] = 5 mn EUR because "y""#), "me:y");
    assert_eq!(case("from note by me", "x[2026E] = 5 mn EUR"), "resolve::no_reason");
    assert_eq!(case("from note by me", "x[2026E] = 5 mn EUR from ar"), "ar,me");
    assert_eq!(case(r#"by me because "h""#, "x[2026E] = 5 mn EUR"), "me:h");
}

#[test]
fn a_line_of_a_file_that_is_laid_over_is_a_line_of_a_case() {
    let text = format!("{HEAD}assume flow x = 2026E 4 mn EUR | 2028E 6 mn EUR linear by me because \"x\"\n");
    let book = opened(&text);
    let layer = |text: &str| {
        let file = (scn::text::SourceId(0), "what.scn", text);
        let changes =
            scn::check::layer(&book.model, &book.symbols, file).map_err(|problems| problems[0].code.clone())?;
        match &changes[0].change {
            scn::model::Change::Set(definition) => Ok(words(&book.model, definition)),
            _ => Ok("no value".to_string()),
        }
    };
    let cites = "x = 2026E 5 mn EUR from note p 4 | 2028E 7 mn EUR linear by you because \"y\"\n";
    assert_eq!(layer(cites).as_deref(), Ok("note,you you:y"));
    assert_eq!(layer("x[2026E] = 5 mn EUR\n").as_deref(), Ok(":as what.scn says"));
    assert_eq!(layer("x[2026E] = 5 mn EUR from nowhere\n"), Err("resolve::unknown".to_string()));
}

/// What stands behind each piece of a variable: `ar` a source, `me:why` a judgement, `=` a formula.
fn said(text: &str, path: &str) -> String {
    read(text, |model| {
        let variable = model.variables.iter().find(|variable| &*variable.path == path).expect("a variable");
        words(model, &variable.definition)
    })
}

/// The same of the first line of the last case.
fn changed(text: &str) -> String {
    read(text, |model| match &model.cases.last().expect("a case").overrides[0].change {
        scn::model::Change::Set(definition) => words(model, definition),
        _ => "no value".to_string(),
    })
}

fn opened(text: &str) -> Checked {
    opened_with(text, &[("rows.csv", "year,sales\n2025A,3\n2026E,4\n")])
}

fn read(text: &str, word: impl Fn(&Model) -> String) -> String {
    let book = opened(&format!("{HEAD}{text}\n"));
    let codes = error_codes(&book);
    match codes.is_empty() {
        true => word(&book.model),
        false => codes.into_iter().collect::<Vec<_>>().join(" "),
    }
}

fn words(model: &Model, definition: &Definition) -> String {
    let pieces = definition.pieces.iter();
    pieces.map(|piece| word(model, piece.role, &piece.provenance)).collect::<Vec<_>>().join(" ")
}

fn word(model: &Model, role: Role, said: &Provenance) -> String {
    let source = said.citation.as_ref().map(|citation| model.source(citation.source).name.to_string());
    let owner = said.owner.as_ref().map(ToString::to_string);
    let who = [source, owner].into_iter().flatten().collect::<Vec<_>>().join(",");
    match (role, &said.reason) {
        (Role::Derived, _) => "=".to_string(),
        (Role::Assumed, Some(reason)) => format!("{who}:{reason}"),
        (Role::Assumed, None) => format!("{who}:"),
        (Role::Given, None) => who,
        (Role::Given, Some(reason)) => format!("{who} because {reason}"),
    }
}
