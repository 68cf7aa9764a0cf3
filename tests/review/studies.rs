//! Studies in a review: what they ask is compared setting by setting, and what they answer number by number.

use scn::eval::Cell;
use scn::review::{AnswerPair, AnswerRow, Options, Review, Studies, review};

use super::{BOOK, model, told};

const STUDIES: &str = "\
simulate risk \"Risk\" of co.value by li.wei because \"the board asks\" {
  draws 500, seed 7
  vary tea.cost 6..9 CNY/cup uniform
  report mean, q5
  probability co.value > 700 CNY/share
}
tornado swings of co.value { over tea.price, tea.cost }
grid table of co.value {
  co.ke = 8%, 10%, 12%
  co.pace = 2%, 4%, 6%, 8%
}
calibrate implied_ke \"The discount that the market pays\" {
  co.value = 700 CNY/share within 0.1 CNY/share
  free co.ke in 1%..60%
}
bridge lift of co.value from bear to bull
discover good of co.value > 700 CNY/share {
  draws 500, seed 7
  vary tea.cost 6..9 CNY/cup uniform
}
";

fn book() -> String {
    let ranged = BOOK.replace("assume cost = 8 CNY/cup", "assume cost = 8 CNY/cup range 6..9");
    ranged + STUDIES
}

fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(book(), |text, (from, to)| {
        assert!(text.contains(from), "no `{from}`");
        text.replace(from, to)
    })
}

fn answered(old: &str, new: &str, studies: Studies) -> Review {
    review(&model(old), &model(new), &Options { materiality: Some(0.0), studies, threads: 1, ..Options::default() })
}

fn changes(edits: &[(&str, &str)]) -> Vec<String> {
    told(&answered(&book(), &edited(edits), Studies::None))
}

fn answer<'r>(review: &'r Review, study: &str) -> &'r AnswerPair {
    review.answers.iter().find(|answer| answer.study == study).expect("an answer")
}

fn row<'r>(answer: &'r AnswerPair, says: &str) -> &'r AnswerRow {
    answer.rows.iter().find(|row| row.says == says).unwrap_or_else(|| panic!("no `{says}` in {:?}", answer.rows))
}

#[test]
fn what_a_study_asks_is_compared_setting_by_setting() {
    assert_eq!(
        changes(&[(
            "draws 500, seed 7\n  vary tea.cost 6..9 CNY/cup uniform\n  report",
            "draws 1_000, seed 8\n  vary tea.cost 6..9 CNY/cup uniform\n  report"
        )]),
        ["study study risk: draws: 500 -> 1,000", "study study risk: seed: 7 -> 8",]
    );
    let vary = changes(&[("6..9 CNY/cup uniform\n  report", "5..9 CNY/cup uniform\n  report")]);
    assert_eq!(vary, ["range study risk: range of tea.cost: 6..9 CNY/cup uniform -> 5..9 CNY/cup uniform"]);
    let condition = changes(&[("probability co.value > 700", "probability co.value > 705")]);
    assert_eq!(condition, ["study study risk: conditions: co.value > 700 CNY/share -> co.value > 705 CNY/share"]);
    let levels = changes(&[("2%, 4%, 6%, 8%", "2%, 4%, 6%")]);
    assert_eq!(levels, ["study study table: levels of co.pace: 2%, 4%, 6%, 8% -> 2%, 4%, 6%"]);
    let tolerance = changes(&[("within 0.1 CNY/share", "within 1 CNY/share")]);
    assert!(tolerance[0].starts_with("tolerance study implied_ke: tolerance of co.value: within "), "{tolerance:?}");
    let words = changes(&[("\"the board asks\"", "\"the auditor asks\"")]);
    assert_eq!(words[0].split(':').next(), Some("words study risk"));
    let bridge = "bridge lift of co.value from bear to bull\n";
    assert_eq!(changes(&[(bridge, "")]), ["removed study lift: bridge co.value from bear to bull -> -"]);
    let renamed =
        told(&answered(&book(), &book().replace("co.", "firm.").replace("company co", "company firm"), Studies::None));
    assert_eq!(renamed, ["renamed firm: co -> firm"]);
}

#[test]
fn outputs_and_reports_are_compared_too() {
    let report = "report all \"The whole\" template \"all.md.j2\" to \"all.md\" { value = co.value }\n";
    let old = book() + report;
    let after = |from: &str, to: &str| told(&answered(&old, &old.replace(from, to), Studies::None));
    assert_eq!(
        after("to \"all.md\"", "to \"whole.md\""),
        ["report report all: file: reports/all.md -> reports/whole.md"]
    );
    assert_eq!(
        after("value = co.value }", "value = co.rating }"),
        ["report report all: name value: co.value -> co.rating"]
    );
    assert_eq!(after("\"The whole\"", "\"Everything\""), ["words report all: title: The whole -> Everything"]);
    assert_eq!(after(report, ""), ["removed report all: The whole -> -"]);
    assert_eq!(after("\"Value of a share\"", "\"A share\""), ["words output co.value: Value of a share -> A share"]);
    assert_eq!(after(", co.rating \"Rating\"", ""), ["removed output co.rating: Rating -> -"]);
}

#[test]
fn answers_of_studies_are_held_against_each_other() {
    assert!(answered(&book(), &book(), Studies::All).is_empty());
    let review = answered(&book(), &edited(&[("price = 26 CNY/cup", "price = 28 CNY/cup")]), Studies::All);
    assert_eq!(review.answers.len(), 6);
    for (study, says) in [
        ("risk", "mean"),
        ("risk", "q5"),
        ("risk", "probability"),
        ("swings", "tea.price high"),
        ("implied_ke", "solved"),
        ("lift", "from"),
        ("good", "probability"),
    ] {
        let moved = &row(answer(&review, study), says).moved;
        assert!(moved.difference.is_some_and(|difference| difference > 0.0), "{study} {says}: {moved:?}");
    }
    let table = answer(&review, "table");
    assert_eq!((table.rows.len(), table.more), (12, 0));
    let larger = [("co.ke = 8%, 10%, 12%", "co.ke = 8%, 9%, 10%, 11%, 12%")];
    let (old, new) = (edited(&larger), edited(&[larger[0], ("price = 26 CNY/cup", "price = 28 CNY/cup")]));
    let table = answered(&old, &new, Studies::Named(vec!["table".to_string()]));
    assert_eq!(table.answers.len(), 1);
    assert_eq!(
        (table.answers[0].rows.len(), table.answers[0].more),
        (4, 16),
        "the corners, and the count of the others"
    );
}

#[test]
fn what_has_no_answer_is_missing_and_no_saving() {
    let review = answered(&book(), &edited(&[("free co.ke in 1%..60%", "free co.ke in 58%..60%")]), Studies::All);
    let implied = answer(&review, "implied_ke");
    assert!(implied.failed.0.is_none() && implied.failed.1.is_some());
    let moved = &implied.rows[0].moved;
    assert!(matches!(moved.new, Some(Cell::Missing { .. })) && moved.difference.is_none() && moved.material);
    let gone =
        answered(&book(), &edited(&[("tornado swings of co.value { over tea.price, tea.cost }\n", "")]), Studies::All);
    assert!(answer(&gone, "swings").rows.iter().all(|row| row.moved.new.is_none() && row.moved.old.is_some()));
}

#[test]
fn a_rename_moves_no_answer() {
    let new = book().replace("co.", "firm.").replace("company co", "company firm");
    let review = answered(&book(), &new, Studies::All);
    assert!(review.answers.iter().all(|answer| answer.rows.is_empty()), "{:?}", review.answers);
}
