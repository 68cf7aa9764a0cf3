//! How values are written: texts that a spreadsheet would run, zeros, numbers that are not kept, what is too long.

use super::scn::Scn;

const BOOK: &str = "\
scn 1
model m { currency CNY }
source s \"=cmd|' /C calc'!A0\" = document \"s\" dated 2026-03-01 stale after 10 d
kind row { in note: text, size: CNY }
data rows = csv \"rows.csv\" for row by \"id\" from s {
  given note = \"note\"
  given size: CNY = \"size\"
}
row one {}
row two {}
derive zero = 0 * -1
derive loss: CNY = one.size
derive said = one.note
derive plus = two.note
";

fn book(rows: &str) -> Scn {
    Scn::new().file("book.scn", BOOK).file("rows.csv", rows)
}

const ROWS: &str = "id,note,size\none,\"=HYPERLINK(\"\"x\"\")\",-3.5\ntwo,+a,2\n";

#[test]
fn a_text_that_a_spreadsheet_would_run_is_guarded_and_a_number_is_not() {
    let scn = book(ROWS);
    let told = scn.transcript(&["eval . said plus loss --format csv"]);
    assert!(told.contains("said@base,said,base,,\"'=HYPERLINK(\"\"x\"\")\",\"'=HYPERLINK(\"\"x\"\")\""), "{told}");
    assert!(told.contains("plus@base,plus,base,,'+a,'+a,"), "{told}");
    assert!(told.contains("loss@base,loss,base,,-3.5,-3.5 CNY,CNY"), "{told}");
    let plain = scn.transcript(&["eval . said --format csv --no-guard", "eval . said --format json"]);
    assert!(plain.contains("said@base,said,base,,\"=HYPERLINK") && !plain.contains("'="), "{plain}");
}

#[test]
fn a_guarded_text_reads_back_as_it_was() {
    let plain = book(ROWS).transcript(&["eval . said plus --format json"]);
    let guarded = book(&ROWS.replace("\"=HYP", "\"'=HYP").replace("+a", "'+a"));
    assert_eq!(guarded.transcript(&["eval . said plus --format json"]), plain);
}

#[test]
fn a_zero_has_no_sign() {
    let told = book(ROWS).transcript(&["eval . zero --format csv", "eval . zero --format json", "eval . zero"]);
    assert!(told.contains("zero@base,zero,base,,0.0,0,") && !told.contains("-0"), "{told}");
}

#[test]
fn a_number_that_is_not_kept_is_refused_on_every_road() {
    for (written, why) in [("9007199254740993", "9007199254740992"), ("1e-320", "1e-150"), ("1e201", "1e200")] {
        let line = book(ROWS).file("more.scn", &format!("scn 1\nderive more = {written}\n"));
        let case = BOOK.to_string() + &format!("case odd {{ one.size = {written} CNY }}\n");
        let table = BOOK.to_string()
            + &format!("kind t {{ in n: ratio }}\ntable t from s {{\n  columns x\n  given n = {written}\n}}\n");
        let set = format!("eval . loss --set 'one.size={written} CNY'");
        let roads = [
            line.transcript(&["check more.scn"]),
            Scn::new().file("rows.csv", ROWS).file("book.scn", &case).transcript(&["check ."]),
            Scn::new().file("rows.csv", ROWS).file("book.scn", &table).transcript(&["check ."]),
            book(ROWS).transcript(&[&set]),
            book(&ROWS.replace("-3.5", written)).transcript(&["check ."]),
            yaml(written).transcript(&["check ."]),
        ];
        for (at, told) in roads.iter().enumerate() {
            assert!(told.contains(why) && !told.ends_with("= 0\n"), "{written} by road {at}: {told}");
        }
    }
}

fn yaml(written: &str) -> Scn {
    let book = BOOK.replace("csv \"rows.csv\"", "yaml \"rows.yaml\"");
    let rows = format!("- {{ id: one, note: a, size: {written} }}\n- {{ id: two, note: b, size: 2 }}\n");
    Scn::new().file("book.scn", &book).file("rows.yaml", &rows)
}

/// A terminal as `script` makes one, where there is such a program.
#[cfg(unix)]
fn on_a_terminal(scn: &Scn, command: &str) -> Option<String> {
    let whole = format!("{} {command}", env!("CARGO_BIN_EXE_scn"));
    let mut run = std::process::Command::new("script");
    let output = run.args(["-qec", &whole, "/dev/null"]).current_dir(scn.path()).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(unix)]
#[test]
fn a_terminal_is_given_as_much_as_can_be_read() {
    let values: String = (0..900).map(|at| format!("derive v{at} = {at}\noutput v{at}\n")).collect();
    let scn = Scn::new().file("book.scn", &format!("scn 1\n{values}"));
    let Some(told) = on_a_terminal(&scn, "eval .") else { return };
    assert!(told.contains("more lines are left out: `--whole` prints them too"), "{told}");
    assert!(told.lines().count() < 230, "{told}");
    let whole = on_a_terminal(&scn, "eval . --whole").unwrap_or_default();
    assert!(whole.contains("v899") && !whole.contains("left out"), "{whole}");
    let machines = on_a_terminal(&scn, "eval . --format csv").unwrap_or_default();
    assert!(machines.lines().count() > 900 && !machines.contains("left out"));
    assert!(!scn.transcript(&["eval ."]).contains("left out"));
}
