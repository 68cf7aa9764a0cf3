//! What must hold whatever is written: reading, setting.

#[path = "support/alone.rs"]
mod alone;
#[path = "support/invariants.rs"]
mod invariants;
#[path = "support/tree.rs"]
mod tree;

use proptest::prelude::*;
use proptest::sample::select;

const WHOLE: &str = include_str!("fixtures/syntax/ok/whole_language.scn");

/// Words, signs and blanks of the language, and some that are not.
const PIECES: &[&str] = &[
    "scn 1\n",
    "\n",
    "\n",
    "\n  ",
    " ",
    "  ",
    "# note\n",
    "\r\n",
    "given ",
    "assume ",
    "derive ",
    "flow ",
    "kind k {\n",
    "chip c1 {",
    "}",
    "{",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "\"text\"",
    "from ms p 3",
    "by me",
    "because \"so\"",
    "as printed",
    "within 3%",
    "|",
    "=",
    "~",
    ":",
    ",",
    "..",
    "2026E",
    "2025",
    "1H26E",
    "12",
    "9_500",
    "20,000",
    "70%",
    "6x",
    "5mn",
    "mn CNY",
    "USD/chip",
    "x",
    "co.y[prev]",
    "+ ",
    "- ",
    "*",
    "/",
    "^",
    "if a then b else ",
    "not ",
    "and ",
    "sum(c in chip: c.x)",
    "case bull {\n",
    "table chip {\n",
    "columns A | B\n",
    "rows ",
    "tornado t of co.x\n",
    "grid g of co.x {\n",
    "vary co.x normal sd 1\n",
    "co.x = 1..3 step 1\n",
    "solve co.x\n",
    "?",
    "NM",
    "é",
    "\u{FEFF}",
    "\u{00A0}",
    "日",
    "\t",
    "in ",
    "under ",
    "over ",
    "report r template \"a\" to \"b\"",
    "\\",
];

/// What may stand on either side of a power, where blanks decide.
const POWERS: &[&str] =
    &["a", "2", "(1 / 5)", "3 mm", "3 mm2", "1.2 bn CNY", "3 k", "80 GB/chip", "50%", "6x", "x[prev]"];

fn junk() -> impl Strategy<Value = String> {
    prop::collection::vec(select(PIECES), 0..80).prop_map(|pieces| pieces.concat())
}

/// The whole language with some of it cut out and something put in.
fn damaged() -> impl Strategy<Value = String> {
    let damage = (0..WHOLE.len(), 0..40usize, prop::collection::vec(select(PIECES), 0..4));
    prop::collection::vec(damage, 1..4).prop_map(|damages| {
        let mut text = WHOLE.to_string();
        for (at, length, pieces) in damages {
            let start = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let end = (start + length..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
            text.replace_range(start..end, &pieces.concat());
        }
        text
    })
}

fn expression() -> impl Strategy<Value = String> {
    let leaf = select(
        &[
            "a",
            "co.x",
            "9_500 USD/wafer",
            "70%",
            "50 bps",
            "1.2 bn CNY",
            "x[prev]",
            "y[2026E..2030E]",
            "\"t\"",
            "NM \"why\"",
            "?",
        ][..],
    );
    leaf.prop_map(str::to_string).prop_recursive(5, 40, 3, |inner| {
        let infix = select(&["+", " - ", "*", "  /  ", "^", " and ", "or ", " <= ", "\n    + "][..]);
        prop_oneof![
            (inner.clone(), infix, inner.clone()).prop_map(|(left, op, right)| format!("({left}) {op} {right}")),
            inner.clone().prop_map(|inner| format!("-({inner})")),
            (select(POWERS), select(POWERS)).prop_map(|(base, power)| format!("{base} ^ {power}")),
            (select(POWERS), select(POWERS)).prop_map(|(base, power)| format!("{base}^ {power}")),
            inner.clone().prop_map(|inner| format!("sum(c in chip where {inner}:{inner})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("max( {a} ,{b} )[next 2] in mn CNY")),
            (inner.clone(), inner.clone(), inner).prop_map(|(a, b, c)| format!("(if {a} then {b} else {c})")),
        ]
    })
}

/// Files that read without problems, in whatever style.
fn sound() -> impl Strategy<Value = String> {
    let clause = select(
        &[
            "",
            "  from ms p 3",
            " by me.too because \"it is so, and it is written at some length to be broken\"",
            "\n    because \"x\"",
        ][..],
    );
    let line = (select(&["derive a", "assume  b :USD/chip", "flow c[d]"][..]), expression(), clause, 0..3usize);
    let line = line
        .prop_map(|(name, value, clause, blanks)| format!("{name}= {value}{clause}  # note\n{}", "\n".repeat(blanks)))
        .boxed();
    let series = (expression(), expression())
        .prop_map(|(a, b)| format!("flow s = 2025A {a} from x| 2026E.. {b}  by y because \"z\"\n"));
    let change = select(
        &[
            "a.b = low",
            "a.c = high because \"x\"",
            "a = from ms p 3",
            "a.b * 5%",
            "a.b-50 bps over",
            "b = 2026E 5%|2037E 6% linear",
            "b = 2026E - 5",
            "b = 2026E",
            "b[c] = low.x",
            "b + low",
            "b = -5 from ms p 2",
            "b=2026E..5",
        ][..],
    );
    let changes =
        prop::collection::vec(change, 1..6).prop_map(|lines| format!("case k {{\n  {}\n}}\n", lines.join("\n  ")));
    let cell = select(
        &["1", "-2", ".", "\"t\"", "NM \"w\"", "NA", "yes", "1.2 bn CNY", "70%", "2026-03-31", "2026E", "-  5"][..],
    );
    let row = (
        select(&["given x =", "reconcile y:% ~", "also given z : mm2=", "reconcile (a + b) ~"][..]),
        cell.clone(),
        cell,
    )
        .prop_map(|(head, one, other)| format!("  {head}{one}|{other} from ms\n"));
    let rows =
        prop::collection::vec(row, 1..5).prop_map(|rows| format!("table {{\n  columns A|B\n{}}}\n", rows.concat()));
    let item = prop_oneof![
        line.clone(),
        series,
        changes,
        rows,
        prop::collection::vec(line, 0..4)
            .prop_map(|lines| format!("chip c1 \"x\" from ms{{\n  {}}}\n", lines.join("  "))),
        Just("table chip {# t\n columns A|B\n given x:mm2=1|20 # n\n\n reconcile y~3 |. as printed }\n".to_string()),
    ];
    prop::collection::vec(item, 0..8).prop_map(|items| format!("# head\nscn 1\n{}", items.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn junk_is_read_and_nothing_is_lost(text in junk()) {
        prop_assert_eq!(invariants::sets(&text).err(), None);
    }

    #[test]
    fn damage_is_read_and_nothing_is_lost(text in damaged()) {
        prop_assert_eq!(invariants::sets(&text).err(), None);
    }

    #[test]
    fn a_sound_file_is_set_without_change_of_meaning(text in sound()) {
        let set = invariants::sets(&text);
        prop_assert!(matches!(set, Ok(Some(_))), "{:?}\n{}", set, text);
        prop_assert_eq!(alone::alone(&text).err(), None);
    }

    #[test]
    fn any_letters_are_read(text in "\\PC{0,200}") {
        prop_assert_eq!(invariants::reads(&text).err(), None);
    }
}
