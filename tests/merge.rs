//! Merging branches of a book in a real repository, with `scn merge` as git's merge driver.

use std::path::Path;
use std::process::{Command, Output};

const BOOK: &str = "\
scn 1
model duo \"One company\" { currency CNY, as_of 2026-03-31, owner research }
calendar fy = annual 2025A..2028E ending Dec
assume flow revenue: bn CNY = 2025A 7 bn CNY | 2026E 12 bn CNY | 2027E 15 bn CNY by li.wei because \"orders\"
assume ps = 9 by li.wei because \"peers\"
assume payout = 30% by li.wei because \"policy\"
";

struct Repository(tempfile::TempDir);

impl Repository {
    /// A repository with the book on `main` and the driver set up.
    fn new() -> Repository {
        let repository = Repository(tempfile::tempdir().expect("a folder"));
        repository.git(&["init", "-q", "-b", "main"]);
        repository.git(&["config", "user.name", "t"]);
        repository.git(&["config", "user.email", "t@example.com"]);
        let driver = format!("{} merge --write --path %P %O %A %B", env!("CARGO_BIN_EXE_scn"));
        repository.git(&["config", "merge.scn.driver", &driver]);
        repository.write(".gitattributes", "*.scn merge=scn\n");
        repository.commit(BOOK);
        repository
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new("git").args(arguments).current_dir(self.path()).output().expect("git")
    }

    fn git(&self, arguments: &[&str]) {
        let output = self.run(arguments);
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).expect("a file");
    }

    fn commit(&self, book: &str) {
        self.write("book.scn", book);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "change"]);
    }

    /// A branch from the first commit with a change of its own.
    fn branch(&self, name: &str, from: &str, to: &str) {
        assert!(BOOK.contains(from));
        self.git(&["switch", "-q", "-c", name, "main"]);
        self.commit(&BOOK.replace(from, to));
    }

    fn book(&self) -> String {
        std::fs::read_to_string(self.path().join("book.scn")).expect("the book")
    }
}

#[test]
fn two_branches_that_change_two_periods_of_one_line_merge() {
    let repository = Repository::new();
    repository.branch("past", "2025A 7 bn", "2025A 7.1 bn");
    repository.branch("future", "2027E 15 bn", "2027E 16 bn");
    repository.git(&["merge", "-q", "--no-edit", "past"]);
    let expected = BOOK.replace("2025A 7 bn", "2025A 7.1 bn").replace("2027E 15 bn", "2027E 16 bn");
    assert_eq!(repository.book(), expected);
}

#[test]
fn one_fact_changed_twice_stops_the_merge_and_shows_both() {
    let repository = Repository::new();
    repository.branch("low", "ps = 9 by li.wei because \"peers\"", "ps = 8 by chen because \"peers fell\"");
    repository.branch("high", "ps = 9 by li.wei because \"peers\"", "ps = 10 by li.wei because \"growth\"");
    let output = repository.run(&["merge", "--no-edit", "low"]);
    assert!(!output.status.success());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("book.scn: both sides changed ps"), "{told}");
    assert!(told.contains("assume ps = 8 by chen because \"peers fell\""), "{told}");
    let marked = "<<<<<<< ours\nassume ps = 10 by li.wei because \"growth\"\n=======\n\
                  assume ps = 8 by chen because \"peers fell\"\n>>>>>>> theirs\n";
    assert!(repository.book().contains(marked), "{}", repository.book());
}

#[test]
fn a_side_that_does_not_read_is_not_guessed_at() {
    let repository = Repository::new();
    repository.branch("broken", "payout = 30%", "payout = 30% (");
    repository.branch("sound", "ps = 9", "ps = 8");
    let output = repository.run(&["merge", "--no-edit", "broken"]);
    assert!(!output.status.success());
    assert!(repository.book().contains("assume ps = 8") && repository.book().contains("30% ("));
}

#[test]
fn every_file_of_the_books_merges_with_itself_changed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/china_ai_accelerators");
    let mut files = 0;
    for entry in std::fs::read_dir(folder).expect("the book").flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|ending| ending != "scn") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a file");
        let added = format!("{text}\nassume added = 1 by li.wei because \"a test\"\n");
        let above = text.replacen("scn 1\n", "scn 1\n# A comment above.\n", 1);
        let sides = scn::merge::Sides { ours: "ours", theirs: "theirs" };
        let merged = scn::merge::merge(&text, &added, &above, sides).expect("files that read");
        assert_eq!(merged.conflicts, [], "{}", path.display());
        let expected = added.replacen("scn 1\n", "scn 1\n# A comment above.\n", 1);
        assert_eq!(merged.text, expected, "{}", path.display());
        files += 1;
    }
    assert!(files > 3);
}

/// What git says of a merge of two branches, and whether it went through.
fn told(repository: &Repository, ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> (bool, String) {
    let start = repository.run(&["rev-parse", "HEAD"]).stdout;
    let start = String::from_utf8_lossy(&start).trim().to_string();
    for (branch, files) in [("theirs", theirs), ("ours", ours)] {
        repository.git(&["switch", "-q", "-c", branch, &start]);
        files.iter().for_each(|(name, text)| repository.write(name, text));
        repository.git(&["add", "-A"]);
        repository.git(&["commit", "-q", "-m", branch]);
    }
    let output = repository.run(&["merge", "--no-edit", "theirs"]);
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// The book after some edits.
fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(BOOK.to_string(), |text, (from, to)| {
        assert!(text.contains(from), "no `{from}`");
        text.replace(from, to)
    })
}

/// What a side replaces, and by what.
type Edit<'e> = (&'e str, &'e str);

#[test]
fn facts_of_both_sides_that_do_not_go_together_stop_the_merge() {
    let head = "calendar fy = annual 2025A..2028E ending Dec\n";
    let pairs: [(&str, Edit<'_>, Edit<'_>, &str); 4] = [
        (
            "the same name in two places",
            (head, &format!("{head}kind gain {{ in low: CNY }}\n")),
            (head, &format!("{head}assume gain = 3% by li.wei because \"a call\"\n")),
            "gain",
        ),
        (
            "one removes what the other begins to use",
            ("assume payout = 30% by li.wei because \"policy\"\n", ""),
            (head, &format!("{head}derive kept = 1 - payout\n")),
            "payout",
        ),
        (
            "a unit under a formula",
            ("assume ps = 9 by li.wei", "assume ps = 9 CNY by li.wei"),
            (head, &format!("{head}derive twice = ps + 1\n")),
            "ps + 1",
        ),
        (
            "a check of values that both sides changed",
            ("ps = 9 by li.wei", "ps = 19 by li.wei"),
            (head, &format!("{head}check ps < 10 \"peers are cheap\"\n")),
            "peers are cheap",
        ),
    ];
    for (what, ours, theirs, named) in pairs {
        let repository = Repository::new();
        let (ours, theirs) = (edited(&[ours]), edited(&[theirs]));
        let (through, told) = told(&repository, &[("book.scn", &ours)], &[("book.scn", &theirs)]);
        assert!(!through, "{what}: {told}");
        assert!(told.contains("came of it that neither side has") && told.contains(named), "{what}: {told}");
        assert!(!repository.book().contains("<<<<<<<"), "{what}");
        let left = String::from_utf8_lossy(&repository.run(&["status", "--short"]).stdout).into_owned();
        assert!(left.contains("book.scn") && (left.contains("UU") || left.contains("AA")), "{what}: {left}");
    }
}

#[test]
fn a_file_is_judged_in_the_book_that_uses_it() {
    let repository = Repository::new();
    let book = BOOK.replace("scn 1\n", "scn 1\nuse \"parts/more.scn\"\n");
    let part = "scn 1\nassume low = 1 by li.wei because \"a\"\nassume high = 3 by li.wei because \"b\"\n";
    std::fs::create_dir(repository.path().join("parts")).expect("a folder");
    repository.write("parts/more.scn", part);
    repository.commit(&book);
    let ours = part.replace("assume low = 1", "assume low = 2");
    let theirs = format!("{part}check low * ps < 10 \"low\"\n");
    let (through, told) = told(&repository, &[("parts/more.scn", &ours)], &[("parts/more.scn", &theirs)]);
    assert!(!through && told.contains("parts/more.scn: merged, and 1 problem came of it"), "{told}");
}

#[test]
fn what_cannot_be_judged_is_said() {
    let repository = Repository::new();
    repository.write("parts.scn", "scn 1\nassume low = 1 by li.wei because \"a\"\n");
    repository.commit(&BOOK.replace("scn 1\n", "scn 1\nuse \"parts.scn\"\n"));
    let ours = repository.book().replace("ps = 9", "ps = 8");
    let theirs = repository.book() + "derive between = low + top\n";
    let parts = "scn 1\nassume low = 1 by li.wei because \"a\"\nassume top = 1 by li.wei because \"a\"\n";
    let (through, told) = told(&repository, &[("book.scn", &ours)], &[("book.scn", &theirs), ("parts.scn", parts)]);
    assert!(through, "{told}");
    assert!(told.contains("nobody knows whether it checks: theirs has 1 problem"), "{told}");
}
