//! The command as a user meets it: what it prints, where, and how it ends.

#[path = "support/schema.rs"]
mod schema;
#[path = "cli/scn.rs"]
mod scn;
#[path = "cli/written.rs"]
mod written;

use schema::hold;
use scn::{BOOK, Scn};

#[test]
fn a_new_book_is_good_in_every_way() {
    let scn = Scn::new();
    insta::assert_snapshot!(scn.transcript(&[
        "new duo",
        "check duo --deny warnings",
        "fmt --check duo",
        "eval duo --case all",
        "reconcile duo",
        "report duo",
        "report duo --check",
    ]));
}

#[test]
fn problems_go_to_standard_error_and_data_to_standard_output() {
    let scn = Scn::new().file("book.scn", &BOOK.replace("bn CNY =", "bn USD ="));
    insta::assert_snapshot!(scn.transcript(&[
        "check",
        "check --format short",
        "check --format json",
        "check --format github",
        "check --format junit -o report.xml",
    ]));
    assert!(scn.read("report.xml").contains("<testsuite name=\"book.scn\""));
}

#[test]
fn build_servers_get_their_own_formats() {
    let scn = Scn::new().file("book.scn", &BOOK.replace("bn CNY =", "bn USD ="));
    insta::assert_snapshot!(scn.transcript(&["check --format sarif", "check --format gitlab"]));
    let failing = Scn::new().file("book.scn", BOOK);
    insta::assert_snapshot!(failing.transcript(&["reconcile --format sarif", "reconcile --format gitlab"]));
}

#[test]
fn git_may_ask_for_the_canonical_text() {
    let scn =
        Scn::new().file("book.scn", "scn  1\nassume x=1  by a because \"b\"\n").file("broken.scn", "assume x = (\n");
    insta::assert_snapshot!(scn.transcript(&["fmt --print book.scn", "fmt --print broken.scn"]));
}

#[test]
fn sources_age_and_their_owners_are_named() {
    let book = BOOK.replace("dated 2026-03-28", "dated 2025-09-01 stale after 180 d");
    let scn = Scn::new().file("book.scn", &book);
    insta::assert_snapshot!(scn.transcript(&[
        "stale",
        "stale --all --format csv",
        "stale --as-of 2026-02-20",
        "stale --as-of 2026-02-20 --within 30 --format json",
    ]));
}

#[test]
fn a_lock_tells_what_changed_beside_the_book() {
    let book = BOOK.replace("document \"annual report\"", "file \"ar25.txt\"");
    let scn = Scn::new().file("book.scn", &book).file("ar25.txt", "page 8: 400 mn shares\n");
    let before = scn.transcript(&["lock --check", "lock", "lock --check"]);
    let scn = scn.file("ar25.txt", "page 8: 410 mn shares\n");
    let changed = scn.transcript(&["lock --check"]);
    let scn = scn.file("book.scn", &book.replace("dated 2026-03-30", "dated 2026-03-31"));
    let dated = scn.transcript(&["lock --check", "lock --quiet", "lock --check"]);
    insta::assert_snapshot!([before, changed, dated, scn.read("scn.lock")].join("\n"));
}

#[test]
fn values_are_rounded_for_people_and_whole_for_machines() {
    let scn = Scn::new().file("book.scn", BOOK);
    insta::assert_snapshot!(scn.transcript(&[
        "eval",
        "eval co.value --case base,bull",
        "eval co",
        "eval company",
        "eval 'co.value / 112 CNY/share - 1' co.revenue --periods 2025A..2026E",
        "eval co.value --set co.payout=50% --format json",
        "eval co.revenue --format csv",
        "eval co.valu",
        "eval --case bul",
    ]));
}

#[test]
fn a_value_is_explained_down_to_its_sources() {
    let scn = Scn::new().file("book.scn", BOOK);
    insta::assert_snapshot!(scn.transcript(&[
        "explain co.value --case bull",
        "explain co.value --raise -10% --depth 0",
        "explain co.value --raise much",
        "explain co.revenue",
        "explain 'co.revenue[2026E]'",
        "explain co",
        "explain bull",
        "explain note",
        "explain share",
        "explain sum",
        "explain co.valeu",
    ]));
}

#[test]
fn what_is_explained_is_data_as_its_schema_says() {
    let also = "  also payout = 35% from note p 9\n  flow revenue";
    let book = BOOK.replace("from base by", "from base prob 20% by").replace("  flow revenue", also)
        + "
tornado swings of co.value { over co.payout }
fn cut(x: CNY): CNY = x * 90%
calendar q = quarter 1Q26E..4Q26E ending Dec
assume flow sold: CNY = 1Q26E 1 CNY | 4Q26E 4 CNY linear by li.wei because \"a plan\"
derive none = 1 / (co.payout - co.payout)
";
    let scn = Scn::new().file("book.scn", &book);
    let words =
        "co.value co.revenue co.revenue[2026E] co.payout sold sold[2026E] none co company bull note swings cut share";
    let text = scn.stdin(&format!("explain . {words} sum units::mismatch std.valuation --case bull --format json"), "");
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let schema = std::fs::read_to_string("docs/schemas/explain.json").expect("the schema");
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let mut wrong = Vec::new();
    hold(&schema, &schema, &value, "", &mut wrong);
    assert!(wrong.is_empty(), "{wrong:#?}");
    let told: Vec<&str> =
        value["explained"].as_array().expect("a list").iter().filter_map(|one| one["what"].as_str()).collect();
    let every = schema["properties"]["explained"]["items"]["anyOf"].as_array().expect("a list").len();
    assert_eq!(told.iter().collect::<std::collections::BTreeSet<_>>().len(), every, "{told:?}");
}

#[test]
fn published_figures_are_shown_with_how_they_stand() {
    let scn = Scn::new().file("book.scn", BOOK);
    insta::assert_snapshot!(scn.transcript(&[
        "reconcile",
        "reconcile --only failed --format short",
        "reconcile note --format md",
        "reconcile --format github",
        "reconcile co.payout --format json",
    ]));
}

#[test]
fn an_end_of_line_that_would_be_another_is_shown() {
    let scn = Scn::new().file("a.scn", "scn 1\r\nunit a\r\n");
    let told = scn.transcript(&["fmt --diff a.scn"]);
    assert!(told.contains("-unit a␍\n") && told.contains("+unit a\n"), "{told}");
}

#[test]
fn what_machines_read_of_a_study_is_whole() {
    let pieces: Vec<String> =
        (2026..=2030).map(|year| format!("{year}E {0} CNY range {1}..{0} uniform", year - 2020, year - 2021)).collect();
    let book = format!(
        "scn 1
model m \"M\" {{ currency CNY, as_of 2026-03-31, owner li.wei }}
calendar fy = annual 2020A..2025A, 2026E..2030E ending Dec
assume flow price = {} by li.wei because \"x\"
assume n: x = 3x range 2x..4x by li.wei because \"x\"
derive total: CNY = sum(price[2026E..2030E]) * n
derive twice: x = n * 2
case bull by li.wei {{ n = 4x because \"y\" }}
output total
tornado swings of total
bridge walk of twice from base to bull
",
        pieces.join(" by li.wei because \"x\" | ")
    );
    let scn = Scn::new().file("book.scn", &book);
    insta::assert_snapshot!(scn.transcript(&["study swings --format csv", "study walk --format json"]));
}

#[test]
fn formatting_never_touches_what_cannot_be_read() {
    let broken = "scn 1\nassume  x = \n";
    let scn = Scn::new().file("a.scn", "scn 1\nsource  s = file \"a.pdf\"\n").file("b/b.scn", broken);
    insta::assert_snapshot!(scn.transcript(&["fmt --check", "fmt --diff a.scn", "fmt", "fmt a.scn"]));
    assert_eq!(scn.read("b/b.scn"), broken);
    assert_eq!(scn.stdin("fmt -", "scn 1\nunit   a\n"), "scn 1\nunit a\n");
}

#[test]
fn a_path_that_leads_nowhere_says_what_is_near() {
    let scn = Scn::new().file("duo/book.scn", BOOK).file("two/a.scn", "scn 1\n").file("two/b.scn", "scn 1\n");
    let scn = scn.bytes("bytes.scn", b"scn 1\n# \xff\n").file("none/readme.md", "");
    insta::assert_snapshot!(scn.transcript(&[
        "check dou",
        "eval ../nothing/duo",
        "eval two/c co.value",
        "check two",
        "check none",
        "check bytes.scn",
        "eval duo -o duo",
        "eval duo -o duo/book.scn/out.txt",
        "check duo --as-of tomorrow",
        "check duo --deny nonsense",
    ]));
}

#[test]
fn studies_are_listed_answered_and_written_back() {
    let scn = Scn::new().file("book.scn", &format!("{BOOK}{STUDIES}"));
    insta::assert_snapshot!(scn.transcript(&[
        "study",
        "study --format json",
        "study --format csv",
        "study by_payout",
        "study by_payout --format csv --set 'co.shares=200 mn share'",
        "study by_payout --format md --case bull",
        "study lift",
        "explain . by_payout",
        "study pays -o answer.txt --format json",
        "study pays --quiet --write",
        "study pays --quiet --write --format csv",
        "check",
        "study lift --write",
        "study nothing_implied --write",
        "study by_pay",
        "study by_payout lift",
        "study too_far",
        "study lift --threads 0",
        "study lift --case bear",
        "study lift --shard 3/2",
    ]));
    assert!(scn.read("answer.txt").contains("\"study\": \"pays\""));
    assert!(scn.read("book.scn").contains("assume kept = 44.02% implied by pays"));
}

#[test]
fn what_a_study_found_is_drawn() {
    let scn = Scn::new().file("book.scn", &format!("{BOOK}{STUDIES}"));
    insta::assert_snapshot!(scn.transcript(&[
        "study lift --chart lift.svg -o answer.txt",
        "study lift --chart - -o answer.txt",
        "study by_payout --chart map.svg -o answer.txt",
        "study pays --chart pays.svg -o answer.txt",
    ]));
    assert!(scn.read("lift.svg").starts_with("<svg "));
}

#[test]
fn charts_of_a_report_are_held_like_its_page() {
    let scn = Scn::new();
    scn.transcript(&["new duo", "report duo"]);
    let picture = scn.read("duo/reports/note-value.svg");
    let scn = scn.file("duo/reports/note-value.svg", &picture.replacen("font-size", "size", 1));
    let scn = scn.file("duo/reports/note-old.svg", &picture).file("duo/reports/note-mine.svg", "<svg/>");
    insta::assert_snapshot!(scn.transcript(&["report duo --check", "report duo", "report duo --check"]));
    assert_eq!(scn.read("duo/reports/note-mine.svg"), "<svg/>");
}

#[test]
fn reports_are_the_same_on_any_number_of_threads() {
    let study = "simulate worlds of co.value { draws 5_000, seed 7 }\n";
    let report = |name: &str| {
        format!("report {name} \"A report\" template \"report.md.j2\" to \"{name}.md\" {{ studies = \"worlds\" }}\n")
    };
    let reports: String = ["one", "two", "three"].map(report).concat();
    let scn = Scn::new().file("book.scn", &format!("{BOOK}{study}{reports}"));
    scn.transcript(&["report --threads 1"]);
    let said = scn.transcript(&["report --check --threads 2", "report --check --threads 9"]);
    assert_eq!(said.matches("3 reports up to date").count(), 2, "{said}");
}

#[test]
fn files_are_laid_over_every_case() {
    let what_if =
        "# What if\nco.payout = 20% because \"a bad year\"\nco.revenue = 2026E 8 bn CNY\n    | 2027E 9 bn CNY\n";
    let scn = Scn::new().file("book.scn", BOOK).file("what_if.scn", what_if).file("more.scn", "co.payout * 50%\n");
    let scn =
        scn.file("twice.scn", "co.payout = 1%\nco.payout = 2%\nco.pay = 3%\n").file("bad.scn", "co.payout = \n}\n");
    let scn = scn.file("uncited.scn", "co.payout = 20% from ar2\n");
    insta::assert_snapshot!(scn.transcript(&[
        "eval . co.payout co.value --case all",
        "eval . co.payout co.value --case all --with what_if.scn",
        "eval . co.payout co.value --with what_if.scn --with more.scn",
        "eval . co.payout --with what_if.scn --set co.payout=25%",
        "eval . co.payout --with twice.scn",
        "eval . co.payout --with bad.scn",
        "eval . co.payout --with nowhere.scn",
        "eval . co.payout --with uncited.scn",
        "eval . co.payout --set co.payout=25% --set co.payout=26%",
        "eval . co.payout --set co.payout=25% --set co.payout*50%",
        "eval . co.payout --case base,base",
    ]));
}

#[cfg(unix)]
#[test]
fn a_stopped_study_leaves_nothing_behind() {
    let study = "simulate worlds of co.value { draws 10_000_000_000 }\n";
    let scn = Scn::new().file("book.scn", &format!("{BOOK}{study}"));
    let (code, said) = scn.interrupted("study worlds -o answer.json --format json", std::time::Duration::from_secs(2));
    assert_eq!((code, said.as_str()), (Some(130), "stopped; nothing is written\n"));
    assert_eq!(scn.files(), ["book.scn"]);
}

#[test]
fn parts_of_a_run_make_the_whole() {
    let study = "simulate worlds of co.value { draws 10_000, seed 7 }\n";
    let scn = Scn::new().file("book.scn", &format!("{BOOK}{study}")).file("other.json", "{}");
    let runs = ["study worlds --shard 1/2 --format json -o 1.json", "study worlds --shard 2/2 --format json -o 2.json"];
    scn.transcript(&runs);
    let whole = scn.transcript(&["study worlds --format json"]);
    let merged = scn.transcript(&["study . worlds --format json --merge 2.json 1.json"]);
    let answer = |text: &str| text.split_once('\n').map(|(_, rest)| rest.to_string());
    assert_eq!(answer(&whole), answer(&merged));
    insta::assert_snapshot!(scn.transcript(&[
        "study worlds --merge 1.json",
        "study worlds --merge 1.json other.json",
        "study worlds --merge 1.json --draws 5",
    ]));
}

#[test]
fn simulations_are_run_in_parts_and_merged() {
    let scn = Scn::new().file("book.scn", &format!("{BOOK}{WORLDS}"));
    insta::assert_snapshot!(scn.transcript(&[
        "study worlds",
        "study worlds --draws 10_000 --threads 1 -o whole.json --format json",
        "study worlds --draws 10_000 --threads 8 -o again.json --format json",
        "study worlds --draws 10_000 --shard 1/2 -o 1.json --format json",
        "study worlds --draws 10_000 --shard 2/2 -o 2.json --format json",
        "study worlds --merge 2.json 1.json -o merged.json --format json",
        "study worlds --merge 2.json",
        "study worlds --merge 1.json 2.json --set 'co.shares=1 share'",
        "study worlds --merge whole.json",
        "study worlds --shard 1/2",
        "study room --shard 1/2 --format json",
        "study worlds --format csv --draws 16 --seed 2",
        "study room --format md",
        "study worlds --draws 1_000_000_000_000",
    ]));
    for other in ["again.json", "merged.json"] {
        assert_eq!(scn.read(other), scn.read("whole.json"), "{other}");
    }
}

/// Simulations of the small book.
const WORLDS: &str = "
simulate worlds of co.value {
  draws 2_000
  vary co.shares lognormal mu 6 sigma 0.1 within 300 mn share..500 mn share
  probability co.value > 25 CNY/share
}
discover room of co.value > 25 CNY/share { draws 1_000 }
";

/// Studies of the small book, and a value that one of them implies.
const STUDIES: &str = "
assume kept = 40% implied by pays
given earned: CNY/share = 22.945 CNY/share from note p 3
derive paid: CNY/share = earned * kept * (co.payout / co.payout)
grid by_payout \"Value by payout\" of co.value { co.payout = 20%..40% step 10% }
bridge lift of co.value from base to bull
calibrate pays { paid = 10.1 CNY/share within 0.001 CNY/share
  free kept in 10%..90%
}
calibrate nothing_implied { paid = 10 CNY/share
  free co.payout in 10%..90%
}
calibrate too_far { paid = 1_000 CNY/share
  free kept in 10%..90%
}
";

#[test]
fn settings_are_found_upward_and_unknown_ones_refused() {
    let scn = Scn::new().file("scn.yaml", "denny: [warnings]\n").file("duo/book.scn", BOOK);
    insta::assert_snapshot!(scn.transcript(&["check duo"]));
}

#[test]
fn colour_is_only_for_those_who_see_it() {
    let scn = Scn::new().file("book.scn", "scn 1\nassume x = \n");
    assert!(!scn.stderr("check", &[]).contains('\u{1b}'));
    assert!(scn.stderr("check --color always", &[]).contains('\u{1b}'));
    assert!(scn.stderr("check", &[("CLICOLOR_FORCE", "1")]).contains('\u{1b}'));
    assert!(!scn.stderr("check", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).contains('\u{1b}'));
}

#[test]
fn a_stale_report_is_named_with_its_first_difference() {
    let scn = Scn::new();
    scn.transcript(&["new duo", "report duo"]);
    let stale = scn.read("duo/reports/note.md").replacen("company", "firm", 1);
    let scn = scn.file("duo/reports/note.md", &stale);
    insta::assert_snapshot!(scn.transcript(&["report duo --check", "report duo nothing"]));
}
