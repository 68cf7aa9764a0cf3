//! What is told of the values and names of a small book in memory.

use serde_json::{Value as Json, json};

use crate::eval::Settings;
use crate::resolve::Loader;
use crate::select::sets;
use crate::workspace::{Checked, open};

use super::{Explained, Folded, Longer, Node, Question, Series, Value, explain, histories, named};

const BOOK: &str = "\
scn 1
model duo \"One company\" { currency CNY, as_of 2026-03-31, owner research }
calendar fy = annual 2025A..2025A, 2026E..2028E ending Dec
calendar q = quarter 1Q26E..4Q26E ending Dec
source ar25 \"Annual report\" = document \"annual report\" dated 2026-03-28
kind company {}
company co \"Company A\" {
  given shares = 400 mn share from ar25 p 8
  assume payout = 30% range 20%..40% by li.wei because \"policy\"
  also payout = 35% from ar25 p 9
  flow revenue: bn CNY = 2025A 7 bn CNY from ar25 p 41 | 2026E.. revenue[prev] * 1.2 because \"order book\"
  derive value: CNY/share = sum(revenue[2026E..2028E]) * payout / shares
  derive twice = value * 2
  given lost: CNY = NA from ar25 p 3 because \"not printed\"
  derive gone = lost / shares
  derive nothing = value / (payout - payout)
  assume flow sold: CNY = 1Q26E 1 CNY | 2Q26E 2 CNY | 3Q26E 3 CNY | 4Q26E 4 CNY by li.wei because \"a plan\"
  assume ratio margin = 2025A 10% by li.wei because \"a\" | 2028E 40% by li.wei because \"b\" linear
}
case bull \"A better payout\" from base by li.wei {
  co.payout = high because \"a new policy\"
}
";

struct Memory(String);

impl Loader for Memory {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Ok(self.0.clone().into_bytes())
    }
}

fn book() -> Checked {
    let checked = read(BOOK);
    assert!(checked.is_sound(), "{:#?}", checked.problems);
    checked
}

fn read(text: &str) -> Checked {
    open("book.scn", &Memory(text.to_string()), None)
}

fn asked(question: &Question<'_>, settings: &[&str]) -> Explained {
    let checked = book();
    let texts: Vec<String> = settings.iter().map(|text| text.to_string()).collect();
    let settings = Settings { sets: sets(&checked, &texts).expect("sets"), ..Settings::default() };
    explain(&checked, &checked.evaluate(&settings).results, question).expect("an answer")
}

fn value(word: &str) -> Value {
    value_of(&Question::of(word), &[])
}

fn value_of(question: &Question<'_>, settings: &[&str]) -> Value {
    match asked(question, settings) {
        Explained::Value(value) => *value,
        other => panic!("{other:?} is no value"),
    }
}

fn series(word: &str) -> Series {
    match asked(&Question::of(word), &[]) {
        Explained::Series(series) => *series,
        other => panic!("{other:?} is no series"),
    }
}

fn texts(nodes: &[Node]) -> Vec<&str> {
    nodes.iter().map(|node| node.text.as_str()).collect()
}

#[test]
fn a_derived_value_has_a_tree_down_to_its_inputs() {
    let value = value("co.value");
    assert_eq!((value.path.as_str(), value.case.as_str(), value.period), ("co.value", "base", None));
    assert_eq!(value.formula.as_deref(), Some("sum(revenue[2026E..2028E]) * payout / shares"));
    assert_eq!(value.amount.unit, "CNY/share");
    let [product, shares] = value.tree.as_slice() else { panic!("{:#?}", value.tree) };
    assert_eq!(texts(&product.children), ["sum(revenue[2026E..2028E])", "co.payout"]);
    let of = &product.children[0].children;
    assert_eq!(texts(of), ["co.revenue[2026E]", "co.revenue[2027E]", "co.revenue[2028E]"]);
    assert_eq!(texts(&of[0].children), ["co.revenue[2025A]"]);
    assert_eq!((of[0].folded, of[1].folded), (None, Some(Folded::Beside)));
    assert_eq!((of[1].path.as_deref(), of[1].period.as_deref()), (Some("co.revenue"), Some("2027E")));
    let printed = shares.origin.as_ref().expect("an origin");
    assert_eq!((printed.words.as_str(), printed.clauses.title.as_deref()), ("from ar25 p 8", Some("Annual report")));
    assert_eq!(shares.place.as_ref().map(|place| place.line), Some(8));
    let computed = of[0].origin.as_ref().expect("an origin");
    assert_eq!(computed.words, "revenue[prev] * 1.2");
}

#[test]
fn a_tree_says_where_it_is_folded() {
    let question = Question { depth: 1, ..Question::of("co.twice") };
    let value = value_of(&question, &[]);
    assert_eq!((value.tree.len(), value.tree[0].folded), (1, Some(Folded::Depth)));
    let inputs = value_of(&Question { depth: 3, ..question }, &[]);
    let product = &inputs.tree[0].children[0];
    assert_eq!((product.children[1].text.as_str(), product.children[1].folded), ("co.payout", None));
}

#[test]
fn a_missing_value_says_why() {
    let nothing = value("co.nothing");
    let missing = nothing.amount.missing.expect("no value");
    assert_eq!((missing.code, missing.reason.as_deref()), ("NM", Some("division by zero")));
    assert_eq!((nothing.amount.value, nothing.amount.display.as_str()), (Json::Null, "NM"));
    assert!(nothing.carries.is_none());
    let gone = value("co.gone");
    let missing = gone.tree[0].amount.missing.as_ref().expect("no value");
    let behind = &gone.tree[0].origin.as_ref().expect("an origin").clauses;
    assert_eq!((missing.code, behind.because.as_deref()), ("NA", Some("not printed")));
}

#[test]
fn a_series_has_its_pieces_and_what_lies_between_them() {
    let revenue = series("co.revenue");
    let pieces: Vec<Json> = revenue.pieces.iter().map(|piece| json!(piece)).collect();
    assert_eq!(pieces[0]["periods"], "2025A");
    assert_eq!(
        (&pieces[0]["role"], &pieces[0]["source"], &pieces[0]["at"]),
        (&json!("given"), &json!("ar25"), &json!("p 41"))
    );
    assert_eq!((&pieces[1]["periods"], &pieces[1]["because"]), (&json!("2026E..2028E"), &json!("order book")));
    assert_eq!(revenue.values[1].amount.value, json!(8.4));
    assert_eq!(
        revenue.values.iter().map(|one| one.short.as_str()).collect::<Vec<_>>(),
        ["7.00", "8.40", "10.08", "12.10"]
    );
    assert_eq!(json!(series("co.margin"))["interpolation"], "linear");
    let between = value("co.margin[2026E]");
    assert_eq!((between.amount.display.as_str(), between.writes.len()), ("20%", 2));
}

#[test]
fn a_case_and_a_run_write_over_a_line() {
    let value = value_of(&Question { case: "bull", ..Question::of("co.payout") }, &["co.payout=50%"]);
    let writes: Vec<Json> = value.writes.iter().map(|write| json!(write)).collect();
    let layers: Vec<&Json> = writes.iter().map(|write| &write["layer"]).collect();
    assert_eq!(layers, ["definition", "case", "set"]);
    assert_eq!((&writes[1]["case"], &writes[1]["because"]), (&json!("bull"), &json!("a new policy")));
    assert_eq!(writes[1]["place"], json!({ "path": "book.scn", "line": 21, "column": 3 }));
    assert_eq!(writes[2]["place"], Json::Null);
    assert_eq!(value.amount.display, "50%");
    assert_eq!((value.ranges[0].text.as_str(), value.candidates[0].pieces[0].text.as_str()), ("20%..40%", "35%"));
}

#[test]
fn a_longer_period_is_made_of_its_parts() {
    let longer: Longer = match asked(&Question::of("co.sold[2026E]"), &[]) {
        Explained::Longer(longer) => longer,
        other => panic!("{other:?} is no longer period"),
    };
    assert_eq!((longer.amount.value, longer.how), (json!(10.0), "a flow: the sum of"));
    assert_eq!(
        longer.parts.iter().map(|part| part.period.as_str()).collect::<Vec<_>>(),
        ["1Q26E", "2Q26E", "3Q26E", "4Q26E"]
    );
}

#[test]
fn inputs_say_what_they_carry() {
    let carries = value("co.value").carries.expect("inputs");
    let payout = carries.inputs.iter().find(|one| one.path == "co.payout").expect("an input");
    assert!((payout.share.expect("a share") - 0.01).abs() < 1e-12, "{payout:?}");
    assert!(payout.display.starts_with('+') && carries.more == 0);
    assert!(value_of(&Question { raise: 0.0, ..Question::of("co.value") }, &[]).carries.is_none());
}

#[test]
fn names_and_what_is_the_same_everywhere_are_told_apart() {
    let checked = book();
    let what = |word: &str| json!(named(&checked, word).expect(word))["what"].clone();
    let found: Vec<Json> = ["co", "company", "bull", "ar25", "share"].map(what).to_vec();
    assert_eq!(found, ["entity", "kind", "case", "source", "unit"]);
    for (word, what) in [("sum", "builtin"), ("units::mismatch", "code"), ("std.valuation", "module")] {
        assert_eq!(json!(asked(&Question::of(word), &[]))["what"], what);
    }
    let refused = named(&checked, "co.valeu").expect_err("no such name");
    assert_eq!(refused.help.as_deref(), Some("did you mean `co.value`?"));
}

#[test]
fn a_history_follows_a_value_through_its_names() {
    let named = BOOK.replace("payout", "paid");
    let broken = read("scn 1\nassume = (");
    assert!(!broken.is_sound());
    let now = read(&BOOK.replace("\"policy\"", "\"a plan\""));
    let books = [read(&named.replace("30% range", "25% range")), read(&named), broken, book(), now];
    let revisions: Vec<&Checked> = books.iter().collect();
    let words = ["co.payout".to_string(), "co.revenue[2026E]".to_string()];
    let told = histories(&revisions, &words, "base").expect("histories");
    let rows: Vec<_> = told[0].rows.iter().map(|row| (row.revision, &*row.point.display, row.difference)).collect();
    assert_eq!(rows, [(0, "25%", None), (1, "30%", Some(5.0)), (4, "30%", None)]);
    assert_eq!(told[0].rows[1].share.as_deref(), Some("+20.0%"));
    assert_eq!(told[0].rows[2].point.because.as_deref(), Some("a plan"));
    assert_eq!(told[1].rows.len(), 1);
    let refused = histories(&revisions, &["co.paid".to_string()], "base").expect_err("no such path now");
    assert!(refused.message.contains("co.paid"), "{refused}");
}
