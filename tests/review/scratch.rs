//! A repository with a small book, and what the command prints in it.

use std::path::Path;
use std::process::{Command, Output};

pub const BOOK: &str = "\
scn 1
use \"chips.scn\"
model duo \"One company\" { currency CNY, as_of 2026-03-31, owner research }
calendar fy = annual 2025A..2028E ending Dec
source ar25 \"Annual report\" = document \"annual report\" dated 2026-03-28
source calls \"Channel checks\" = document \"calls\" dated 2025-06-30 stale after 200 d
unit die \"die\"
data asp = csv \"data/asp.csv\" for chip by \"name\" from ar25 {
  given asp: USD/die = \"asp\"
}
kind company {}
company co \"Company A\" by li.wei because \"plan\" {
  given shares = 400 mn share from ar25 p 8
  assume yield = 70% range 60%..80%
  assume units = 100 mn die
  assume ke = 10%
  flow profit: mn CNY = 2026E.. units * yield * (c1.asp - c1.cost) * 7 CNY/USD in mn CNY
  derive value: CNY/share = pv(profit[2026E..2028E], ke, 2025A) / shares
}
case bull \"A better yield\" from base by li.wei { co.yield = high because \"a new line\" }
output co.value \"Value of a share\"
";

pub const CHIPS: &str = "\
scn 1
kind chip { in asp: USD/die, cost: USD/die }
chip c1 \"Chip one\" by wang.y because \"a quote\" { assume cost = 30 USD/die }
";

/// A repository that goes away when it is dropped.
pub struct Repository(tempfile::TempDir);

impl Repository {
    /// A repository with the book in `book/`, committed on `main`.
    pub fn new() -> Repository {
        let repository = Repository(tempfile::tempdir().expect("a folder"));
        repository.git(&["init", "-q", "-b", "main"]);
        repository.git(&["config", "user.name", "t"]);
        repository.git(&["config", "user.email", "t@example.com"]);
        repository.write("book/book.scn", BOOK);
        repository.write("book/chips.scn", CHIPS);
        repository.write("book/data/asp.csv", "name,asp\nc1,50\n");
        repository.commit("start");
        repository
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(self.path()).env("GIT_AUTHOR_DATE", "2026-04-01T12:00:00+0800");
        let output = command.output().expect("git");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub fn edit(&self, name: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path().join(name)).expect("a file");
        assert!(text.contains(from), "no `{from}`");
        self.write(name, text.replace(from, to));
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    pub fn scn(&self, arguments: &[&str]) -> Output {
        run(self.path(), arguments)
    }

    /// What a review prints on either stream.
    pub fn says(&self, arguments: &[&str]) -> String {
        let output = self.scn(arguments);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        hashless(&(text(&output.stdout) + &text(&output.stderr)))
    }
}

pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scn"));
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").output().expect("a run")
}

/// A text in which the hash of every commit reads the same.
pub fn hashless(text: &str) -> String {
    let is_hash = |word: &str| {
        word.len() >= 7
            && word.chars().all(|letter| letter.is_ascii_digit() || ('a'..='f').contains(&letter))
            && word.chars().any(|letter| letter.is_ascii_digit())
    };
    let mut out = String::new();
    let mut word = String::new();
    for letter in text.chars().chain(['\0']) {
        if letter.is_ascii_alphanumeric() {
            word.push(letter);
            continue;
        }
        out += if is_hash(&word) { "HASH" } else { &word };
        word.clear();
        if letter != '\0' {
            out.push(letter);
        }
    }
    out
}

/// A price cut in the data, a yield revision, a formula fix, a renamed company and a stale source.
pub fn revised() -> Repository {
    let repository = Repository::new();
    repository.git(&["switch", "-q", "-c", "revision"]);
    repository.write("book/data/asp.csv", "name,asp\nc1,46\n");
    repository.edit(
        "book/book.scn",
        "yield = 70% range 60%..80%",
        "yield = 72% range 60%..80% from calls because \"checks in June\"",
    );
    repository.edit(
        "book/book.scn",
        "pv(profit[2026E..2028E], ke, 2025A) / shares",
        "pv(profit[2026E..2028E], ke, 2025A) * 90% / shares",
    );
    repository.edit("book/book.scn", "company co \"Company A\"", "company alpha \"Company A\"");
    repository.edit("book/book.scn", "co.", "alpha.");
    repository.commit("revise");
    repository
}
