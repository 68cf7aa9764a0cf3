//! Reviews of pairs of books: what counts as a change, what it did to the outputs, and that the parts add up.

#[path = "review/china.rs"]
mod china;
#[path = "review/flags.rs"]
mod flags;
#[path = "review/layout.rs"]
mod layout;
#[path = "review/studies.rs"]
mod studies;
#[path = "review/time.rs"]
mod time;
#[path = "review/units.rs"]
mod units;

use proptest::prelude::*;
use scn::eval::Cell;
use scn::model::Model;
use scn::review::{Options, Review, Why, place_of, review};

struct Memory(String);

impl scn::resolve::Loader for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        match path {
            "book.scn" => Ok(self.0.clone().into_bytes()),
            _ => Err("there is no such file".to_string()),
        }
    }
}

const BOOK: &str = "\
scn 1
model duo \"Two products\" { currency CNY, as_of 2026-03-31, owner li.wei }
calendar fy = annual 2025A..2028E ending Dec
source ar25 \"Annual report\" = document \"annual report\" dated 2026-03-28 stale after 200 d
source old \"An older note\" = document \"note\" dated 2024-03-28 stale after 200 d
fn grown(x: ratio, pace: ratio): ratio = x * (1 + pace)
kind product \"Product\" {
  in price: CNY/cup, cost: CNY/cup
  derive margin: CNY/cup = price - cost
}
unit cup \"cup\"
product tea \"Tea\" by li.wei because \"the shop\" {
  assume price = 20 CNY/cup range 15..25
  assume cost = 8 CNY/cup
}
product milk \"Milk tea\" by li.wei because \"the shop\" {
  assume price = 26 CNY/cup
  assume cost = 12 CNY/cup
}
kind company \"Company\" {}
company co \"The company\" by li.wei because \"plan\" {
  assume flow units[tea] = 2025A 900 cup | 2028E 1_500 cup linear
  assume flow units[milk] = 2025A 400 cup | 2028E 1_000 cup linear
  given shares = 100 share from ar25 p 8
  assume ke = 10%
  assume pace = 5%
  flow profit: CNY = sum(p in product: units[p] * p.margin)
  derive factor = grown(1, pace)
  derive value: CNY/share = pv(profit[2026E..2028E], ke, 2025A) * factor / shares
  derive rating = if value > 1_000 CNY/share then \"buy\" else \"hold\"
}
case bull \"Bull\" from base by li.wei { tea.price = high because \"no price war\" }
case bear \"Bear\" from base by li.wei { tea.price = low because \"price war\" }
check co.value > 0 CNY/share \"worth something\"
reconcile tea.price ~ 20 CNY/cup within 10% from ar25 p 9
output co.value \"Value of a share\", co.rating \"Rating\"
";

fn model(text: &str) -> Model {
    let book = scn::workspace::open("book.scn", &Memory(text.to_string()), None);
    let problems: Vec<&str> = book.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(book.is_sound(), "{problems:?}");
    book.model
}

fn reviewed(old: &str, new: &str) -> Review {
    review(&model(old), &model(new), &Options { materiality: Some(0.0), ..Options::default() })
}

fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(BOOK.to_string(), |text, (from, to)| {
        assert!(text.contains(from), "no `{from}`");
        text.replace(from, to)
    })
}

/// Every change as `kind path: old -> new`.
fn told(review: &Review) -> Vec<String> {
    let side = |side: &Option<String>| side.clone().unwrap_or("-".to_string());
    let line = |change: &scn::review::Change| {
        format!("{} {}: {} -> {}", change.kind.word(), change.title(), side(&change.old), side(&change.new))
    };
    review.changes.iter().map(line).collect()
}

fn after(edits: &[(&str, &str)]) -> Vec<String> {
    told(&reviewed(BOOK, &edited(edits)))
}

/// What the shares of an explanation come to, and what they should.
fn sums(review: &Review, why: &Why) -> (f64, f64) {
    let sum: f64 = why.shares.iter().map(|share| share.effect).sum::<f64>() + why.rest;
    (sum, review.effects[why.effect].moved.difference.unwrap_or(f64::NAN))
}

fn assert_adds_up(review: &Review) {
    for why in &review.whys {
        let (sum, whole) = sums(review, why);
        assert!((sum - whole).abs() <= 1e-9 * whole.abs().max(1.0), "{sum} is not {whole}: {why:?}");
        assert_eq!(why.note, None);
    }
}

#[test]
fn the_same_book_has_nothing_to_review() {
    assert!(reviewed(BOOK, BOOK).is_empty());
}

#[test]
fn moved_text_and_formatting_are_no_change() {
    let (head, milk) = BOOK.split_once("product milk").expect("milk");
    let (milk, tail) = milk.split_once("kind company").expect("a company");
    let tidy = head.replace("  assume price = 20 CNY/cup", "  assume price   =  20.0 CNY/cup");
    let moved = format!("{tidy}kind company{}# A remark.\nproduct milk{milk}", tail.replace("1_500 cup", "1500 cup"));
    let review = reviewed(BOOK, &moved);
    assert!(review.changes.is_empty(), "{:?}", told(&review));
    assert!(review.effects.iter().all(|effect| !effect.moved.has_changed()));
}

#[test]
fn changes_are_typed_by_what_they_mean() {
    assert_eq!(after(&[("ke = 10%", "ke = 11%")]), ["value co.ke: 10% -> 11%"]);
    assert_eq!(after(&[("range 15..25", "range 15..24")]), ["range tea.price: 15..25 -> 15..24"]);
    let units = after(&[("shares = 100 share", "shares = 0.1 k share")]);
    assert_eq!(units, ["unit co.shares: share -> k share"]);
    let formula = after(&[("= price - cost", "= price * 90% - cost")]);
    assert_eq!(formula, ["formula product.margin: price - cost -> price * 90% - cost"]);
    let source = after(&[("from ar25 p 8", "from ar25 p 9")]);
    assert_eq!(source, ["source co.shares: ar25 p 8 of 2026-03-28 -> ar25 p 9 of 2026-03-28"]);
    let dated = after(&[("dated 2026-03-28", "dated 2026-03-29")]);
    assert!(dated[0].starts_with("source source ar25: "), "{dated:?}");
    let words = after(&[("assume pace = 5%", "assume pace = 5% by wang.y because \"a call\"")]);
    assert_eq!(words, ["words co.pace: by li.wei because \"plan\" -> by wang.y because \"a call\""]);
    let role = after(&[("given shares = 100 share from ar25 p 8", "assume shares = 100 share from ar25 p 8")]);
    assert_eq!(role, ["role co.shares: given -> assumed"]);
    let series = after(&[("assume pace = 5%", "assume ratio pace = 2025A.. 5%"), ("(1, pace)", "(1, pace[2026E])")]);
    assert!(series[0].starts_with("series co.pace: one value -> ratio"), "{series:?}");
}

#[test]
fn series_name_the_periods_that_differ() {
    let review = after(&[("2028E 1_500 cup linear", "2028E 1_600 cup linear")]);
    assert_eq!(review, ["value co.units[tea]: 2028E 1,500 cup -> 2028E 1,600 cup"]);
    let added = after(&[("| 2028E 1_500 cup linear", "| 2026E 1_000 cup | 2028E 1_500 cup linear")]);
    assert_eq!(added, ["value co.units[tea]: - -> 2026E 1,000 cup"]);
}

#[test]
fn cases_figures_and_checks_are_changes_too() {
    let line = after(&[("tea.price = low because", "tea.price = 16 CNY/cup because")]);
    assert_eq!(line, ["case tea.price in bear: tea.price = low -> tea.price = 16 CNY/cup"]);
    let reason = after(&[("because \"price war\"", "because \"a new rival\"")]);
    assert_eq!(
        reason,
        ["words tea.price in bear: by li.wei because \"price war\" -> by li.wei because \"a new rival\""]
    );
    let source = after(&[("because \"price war\"", "from ar25 p 8 because \"price war\"")]);
    assert_eq!(source, ["source tea.price in bear: - -> ar25 p 8 of 2026-03-28"]);
    assert_eq!(after(&[("within 10%", "within 20%")]).len(), 1);
    let figure = "reconcile tea.price ~ 20 CNY/cup within 10% from ar25 p 9";
    let disputed =
        after(&[(figure, "reconcile tea.price ~ 30 CNY/cup within 10% from ar25 p 9 disputed because \"a slip\"")]);
    assert_eq!(disputed[1], "dispute reconcile tea.price @base ar25 p 9: not disputed -> a slip");
    assert_eq!(after(&[("check co.value > 0 CNY/share \"worth something\"\n", "")]).len(), 1);
}

#[test]
fn a_rename_is_only_a_rename() {
    let entity =
        edited(&[("product tea \"Tea\"", "product green \"Tea\""), ("[tea]", "[green]"), ("tea.price", "green.price")]);
    let review = reviewed(BOOK, &entity);
    assert_eq!(told(&review), ["renamed green: tea -> green"]);
    assert!(review.effects.iter().all(|effect| !effect.moved.has_changed()));
    let value = edited(&[("price", "list_price")]);
    let value = value.replace("no list_price war", "no price war").replace("\"list_price war\"", "\"price war\"");
    let review = reviewed(BOOK, &value);
    assert_eq!(told(&review), ["renamed product.list_price: product.price -> product.list_price"]);
    let company = edited(&[("company co \"The company\"", "company firm \"The company\""), ("co.", "firm.")]);
    let review = reviewed(BOOK, &company);
    assert_eq!(told(&review), ["renamed firm: co -> firm"]);
    assert_eq!(review.outputs[0].was.as_deref(), Some("co.value"));
}

#[test]
fn a_function_is_one_change_wherever_it_is_called() {
    let review = reviewed(BOOK, &edited(&[("x * (1 + pace)", "x * (1 - pace)")]));
    assert_eq!(told(&review), ["formula fn grown: - -> rewritten"]);
    assert_adds_up(&review);
    assert_eq!(review.whys[0].shares.len(), 1);
}

#[test]
fn a_range_moves_the_cases_that_take_its_ends() {
    let review = reviewed(BOOK, &edited(&[("range 15..25", "range 15..30")]));
    assert_eq!(told(&review), ["range tea.price: 15..25 -> 15..30"]);
    let moved: Vec<String> =
        review.effects.iter().filter(|effect| effect.moved.has_changed()).map(|effect| effect.case.clone()).collect();
    assert!(moved.iter().all(|case| case == "bull") && !moved.is_empty());
    assert_adds_up(&review);
    assert_eq!(review.whys[0].shares[0].changes, [0]);
}

#[test]
fn changes_that_cancel_still_show() {
    let review = reviewed(
        BOOK,
        &edited(&[("price = 26", "price = 27"), ("cost = 12", "cost = 13"), ("ke = 10%", "ke = 10.0%")]),
    );
    assert_eq!(told(&review).len(), 2);
    assert!(review.effects.iter().all(|effect| !effect.moved.has_changed()));
}

#[test]
fn a_book_says_which_moves_are_worth_a_line() {
    let told = BOOK.replace("owner li.wei }", "owner li.wei, materiality 5% }");
    let material = |text: &str, materiality: Option<f64>| {
        let new = text.replace("ke = 10%", "ke = 11%");
        let review = review(&model(text), &model(&new), &Options { materiality, ..Options::default() });
        review.effects.iter().any(|effect| effect.moved.material)
    };
    assert!(material(BOOK, None), "a move of two percent");
    assert!(!material(&told, None));
    assert!(material(&told, Some(0.001)), "what the command says holds");
}

#[test]
fn what_is_missing_is_no_saving() {
    let review = reviewed(BOOK, &edited(&[("assume cost = 12 CNY/cup", "assume cost: CNY/cup = NA \"not known\"")]));
    let effect = &review.effects[0];
    assert!(
        matches!(effect.moved.new, Some(Cell::Missing { .. }))
            && effect.moved.difference.is_none()
            && effect.moved.material
    );
    assert!(review.flags.iter().any(|flag| flag.code == "missing"));
}

#[test]
fn a_new_product_and_a_lost_one_are_charged_with_what_they_bring() {
    let juice = "product juice \"Juice\" by li.wei because \"the shop\" {\n  assume price = 30 CNY/cup\n  assume cost = 10 CNY/cup\n}\n";
    let units = "  assume flow units[juice] = 2025A.. 100 cup\n";
    let added = edited(&[
        ("kind company \"Company\" {}", &format!("{juice}kind company \"Company\" {{}}")),
        ("  given shares", &format!("{units}  given shares")),
    ]);
    for (old, new) in [(BOOK, added.as_str()), (added.as_str(), BOOK)] {
        let review = reviewed(old, new);
        assert_adds_up(&review);
        let why = &review.whys[0];
        let share = why.shares.iter().find(|share| review.changes[share.changes[0]].path == "juice").expect("juice");
        assert!((share.effect - sums(&review, why).1).abs() < 1e-9);
        assert_eq!(why.rest, 0.0);
    }
}

#[test]
fn a_longer_calendar_is_no_change_of_what_goes_on() {
    let review = reviewed(BOOK, &edited(&[("2025A..2028E ending", "2025A..2030E ending")]));
    assert_eq!(
        told(&review),
        [
            "book calendar fy: annual 2025A..2028E, actual to 2025A, ending in month 12 -> annual 2025A..2030E, actual to 2025A, ending in month 12"
        ]
    );
    let earlier = reviewed(BOOK, &edited(&[("2025A..2028E ending", "2024A..2028E ending"), ("ke = 10%", "ke = 12%")]));
    assert_eq!(earlier.changes.len(), 2, "{:?}", told(&earlier));
    assert_adds_up(&earlier);
}

#[test]
fn flags_say_what_to_look_at() {
    let codes = |edits: &[(&str, &str)]| -> Vec<&'static str> {
        reviewed(BOOK, &edited(edits)).flags.iter().map(|flag| flag.code).collect()
    };
    assert!(codes(&[("ke = 10%", "ke = 11%")]).contains(&"same_reason"));
    assert!(codes(&[("price = 20", "price = 30")]).contains(&"outside_range"));
    assert!(codes(&[("100 share from ar25 p 8", "90 share from old p 8")]).contains(&"older_source"));
    assert!(codes(&[("100 share from ar25 p 8", "90 share from old p 8")]).contains(&"stale_source"));
    assert!(codes(&[("price = 20 CNY/cup range 15..25", "price = 40 CNY/cup range 35..45")]).contains(&"threshold"));
    assert!(
        codes(&[("price = 20 CNY/cup range 15..25", "price = 40 CNY/cup range 35..45")]).contains(&"figure_flipped")
    );
    assert!(codes(&[("within 10%", "within 20%")]).contains(&"tolerance_loosened"));
    assert!(!codes(&[("within 10%", "within 5%")]).contains(&"tolerance_loosened"));
    assert!(codes(&[("pace = 5%", "pace = -5%")]).contains(&"sign"));
    assert!(codes(&[("cost = 8 CNY/cup", "cost = 80 CNY/cup")]).contains(&"check_fails"));
    assert!(codes(&[("tea.price = low because", "tea.price = 24 CNY/cup because")]).contains(&"case_order"));
    let actual = [
        ("units[tea] = 2025A 900 cup | 2028E 1_500 cup linear", "units[tea] = 2025A 901 cup | 2028E 1_500 cup linear"),
        ("  assume flow units[tea]", "  given flow units[tea]"),
        ("cup linear\n  assume flow units[milk]", "cup linear from ar25 p 3\n  assume flow units[milk]"),
    ];
    let old = edited(&actual[1..]);
    let flags = reviewed(&old, &edited(&actual)).flags;
    assert!(flags.iter().any(|flag| flag.code == "actual_rewritten"), "{flags:?}");
}

#[test]
fn a_value_and_its_formula_may_change_places() {
    let old = BOOK.replace("assume pace = 5%", "assume pace = 5%\n  derive twice = pace * 2");
    let new = BOOK.replace("assume pace = 5%", "derive pace = twice / 2\n  assume twice = 14%");
    let review = reviewed(&old, &new);
    assert_adds_up(&review);
    assert_eq!(review.whys[0].shares.len(), 1, "{:?}", told(&review));
}

#[test]
fn books_that_have_nothing_in_common_can_be_held_against_each_other() {
    let mut books: Vec<Model> = vec![model(BOOK)];
    let mut open = vec![std::path::PathBuf::from("tests/fixtures")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("fixtures") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "scn") {
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                let book = scn::workspace::open("book.scn", &Memory(text), None);
                books.extend(book.is_sound().then_some(book.model));
            }
        }
    }
    assert!(books.len() > 20, "{}", books.len());
    for pair in books.windows(2).step_by(5) {
        for (old, new) in [(&pair[0], &pair[1]), (&pair[1], &pair[0])] {
            let review = review(old, new, &Options { materiality: Some(0.0), ..Options::default() });
            for why in &review.whys {
                let (sum, whole) = sums(&review, why);
                assert!((sum - whole).abs() <= 1e-9 * whole.abs().max(1.0), "{sum} is not {whole}");
            }
        }
    }
}

#[test]
fn many_changes_are_grouped_and_still_add_up() {
    let product = |at: usize, price: usize| {
        format!(
            "product p{at} \"P{at}\" by li.wei because \"x\" {{\n  assume price = {price} CNY/cup\n  assume cost = 1 CNY/cup\n}}\n"
        )
    };
    let book = |more: usize| {
        let products: String = (0..30).map(|at| product(at, 10 + at + more)).collect();
        let units: String = (0..30).map(|at| format!("  assume flow units[p{at}] = 2025A.. 10 cup\n")).collect();
        let text = BOOK.replace("kind company \"Company\" {}", &format!("{products}kind company \"Company\" {{}}"));
        text.replace("  given shares", &format!("{units}  given shares"))
    };
    let review = reviewed(&book(0), &book(1));
    assert_eq!(review.changes.len(), 30);
    assert_adds_up(&review);
    assert!(!review.whys[0].exact);
    assert_eq!(review.whys[0].shares.len(), 24);
    assert!(review.whys[0].shares.iter().any(|share| share.group.as_deref() == Some("7 others")));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn the_parts_add_up_and_the_way_back_is_the_opposite(
        price in 15u32..25, cost in 1u32..14, units in 500u32..2_000, ke in 5u32..20, pace in 1u32..9, high in 25u32..40, form in 0usize..3
    ) {
        let form = ["price - cost", "price * 95% - cost", "max(price - cost, 1 CNY/cup)"][form];
        let new = edited(&[
            ("price = 20 CNY/cup range 15..25", &format!("price = {price} CNY/cup range 15..{high}")),
            ("cost = 8 CNY/cup", &format!("cost = {cost} CNY/cup")),
            ("2028E 1_500 cup", &format!("2028E {units} cup")),
            ("ke = 10%", &format!("ke = {ke}%")),
            ("pace = 5%", &format!("pace = {pace}%")),
            ("= price - cost", &format!("= {form}")),
        ]);
        let (there, back) = (reviewed(BOOK, &new), reviewed(&new, BOOK));
        assert_adds_up(&there);
        assert_adds_up(&back);
        for (out, home) in there.effects.iter().zip(&back.effects) {
            prop_assert_eq!(place_of("", out), place_of("", home));
            prop_assert_eq!(out.moved.difference, home.moved.difference.map(|difference| 0.0 - difference).map(|zero| if zero == 0.0 { 0.0 } else { zero }));
        }
        for (out, home) in there.whys.iter().zip(&back.whys) {
            for share in &out.shares {
                let path = &there.changes[share.changes[0]].path;
                let other = home.shares.iter().find(|other| &back.changes[other.changes[0]].path == path);
                let other = other.map_or(0.0, |other| other.effect);
                prop_assert!((share.effect + other).abs() < 1e-6, "{path}: {} and {other}", share.effect);
            }
        }
    }
}
