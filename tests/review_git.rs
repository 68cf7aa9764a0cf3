//! Reviews in a scratch repository, as the command prints them, and what git cannot give.

use std::path::Path;
use std::process::{Command, Output};

const BOOK: &str = "\
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

const CHIPS: &str = "\
scn 1
kind chip { in asp: USD/die, cost: USD/die }
chip c1 \"Chip one\" by wang.y because \"a quote\" { assume cost = 30 USD/die }
";

struct Repository(tempfile::TempDir);

impl Repository {
    /// A repository with the book in `book/`, committed on `main`.
    fn new() -> Repository {
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

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(self.path()).env("GIT_AUTHOR_DATE", "2026-04-01T12:00:00+0800");
        let output = command.output().expect("git");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path().join(name)).expect("a file");
        assert!(text.contains(from), "no `{from}`");
        self.write(name, text.replace(from, to));
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    fn scn(&self, arguments: &[&str]) -> Output {
        run(self.path(), arguments)
    }

    /// What a review prints on either stream.
    fn says(&self, arguments: &[&str]) -> String {
        let output = self.scn(arguments);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        hashless(&(text(&output.stdout) + &text(&output.stderr)))
    }
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scn"));
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").output().expect("a run")
}

/// A text in which the hash of every commit reads the same.
fn hashless(text: &str) -> String {
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
fn revised() -> Repository {
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

#[test]
fn a_branch_is_reviewed_in_words() {
    let repository = revised();
    insta::assert_snapshot!(repository.says(&["review", "main..HEAD", "book"]));
    assert_eq!(repository.says(&["review", "book"]), repository.says(&["review", "main", "book"]));
}

#[test]
fn the_comment_of_a_pull_request_is_markdown() {
    insta::assert_snapshot!(revised().says(&["review", "main..HEAD", "book", "--format", "md"]));
}

#[test]
fn a_page_stands_alone() {
    let repository = revised();
    repository.scn(&["review", "main..HEAD", "book", "-o", "review.html"]);
    let page = std::fs::read_to_string(repository.path().join("review.html")).expect("a page");
    insta::assert_snapshot!(hashless(&page));
}

#[test]
fn the_json_is_as_its_schema_says() {
    let repository = revised();
    repository.edit(
        "book/book.scn",
        "output alpha.value",
        "simulate risk of alpha.value { draws 200, seed 3 }\noutput alpha.value",
    );
    let output = repository.scn(&["review", "main", "book", "--studies", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let schema = std::fs::read_to_string("docs/schemas/review.json").expect("the schema");
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let mut wrong = Vec::new();
    hold(&schema, &schema, &value, "", &mut wrong);
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(value["studies"][0]["study"], "risk");
    assert!(
        !value["why"].as_array().expect("a list").is_empty() && !value["flags"].as_array().expect("a list").is_empty()
    );
}

/// Holds a value against the part of JSON Schema that the file uses.
fn hold(
    root: &serde_json::Value,
    schema: &serde_json::Value,
    value: &serde_json::Value,
    at: &str,
    wrong: &mut Vec<String>,
) {
    if let Some(name) = schema["$ref"].as_str() {
        let pointer = name.trim_start_matches('#');
        return hold(root, root.pointer(pointer).expect("a definition"), value, at, wrong);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let fits = |schema: &serde_json::Value| {
            let mut inner = Vec::new();
            hold(root, schema, value, at, &mut inner);
            inner.is_empty()
        };
        if !any.iter().any(fits) {
            wrong.push(format!("{at} fits none"));
        }
    }
    if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        wrong.push(format!("{at} is {value}"));
    }
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => value.is_null(),
    };
    let names: Vec<&str> = match &schema["type"] {
        serde_json::Value::String(name) => vec![name],
        serde_json::Value::Array(names) => names.iter().filter_map(|name| name.as_str()).collect(),
        _ => Vec::new(),
    };
    if !names.is_empty() && !names.iter().any(|name| is(name)) {
        wrong.push(format!("{at} is {value}, not {names:?}"));
    }
    for key in schema["required"].as_array().into_iter().flatten().filter_map(|key| key.as_str()) {
        if value.get(key).is_none() {
            wrong.push(format!("{at}.{key} is missing"));
        }
    }
    for (key, part) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(key) {
            Some(schema) => hold(root, schema, part, &format!("{at}.{key}"), wrong),
            None if schema["properties"].is_object() => wrong.push(format!("{at}.{key} is not in the schema")),
            None => {}
        }
    }
    for (index, part) in value.as_array().into_iter().flatten().enumerate() {
        hold(root, &schema["items"], part, &format!("{at}[{index}]"), wrong);
    }
}

#[test]
fn studies_and_functions_are_shown_in_every_form() {
    let repository = Repository::new();
    let study = "fn cut(value: CNY/share): CNY/share =\n  value * 90%\nderive low = cut(co.value)\nsimulate risk \"Risk\" of low {\n  draws 200\n  seed 3\n  probability low > 7 CNY/share\n}\noutput";
    repository.edit("book/book.scn", "output", study);
    repository.commit("a study");
    repository.edit("book/book.scn", "  value * 90%", "  value\n    * 80%");
    repository.edit("book/book.scn", "draws 200", "draws 400");
    let mut text = String::new();
    for words in [
        vec!["review", "HEAD", "book", "--studies"],
        vec!["review", "HEAD", "book", "--studies=risk", "--format", "md"],
        vec!["review", "HEAD", "book", "--studies=risks"],
    ] {
        text += &format!("$ scn {}\n{}\n", words.join(" "), repository.says(&words));
    }
    insta::assert_snapshot!(text);
    let page = repository.says(&["review", "HEAD", "book", "--studies", "--format", "html"]);
    assert!(page.contains("<h2>simulate risk, Risk</h2>") && page.contains("<details><summary>fn cut"), "{page}");
}

#[test]
fn an_identical_revision_has_nothing_to_review() {
    let repository = Repository::new();
    assert_eq!(repository.says(&["review", "HEAD..HEAD", "book"]), "Nothing changed.\n");
    assert_eq!(repository.says(&["review", "book"]), "Nothing changed.\n");
}

#[test]
fn a_rule_that_is_hit_is_a_finding() {
    let repository = revised();
    let code = |rules: &[&str]| {
        let mut words = vec!["review", "main..HEAD", "book", "-o", "out.md"];
        rules.iter().for_each(|rule| words.extend(["--fail-on", rule]));
        repository.scn(&words).status.code()
    };
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["alpha.value base > 5%"]), Some(0));
    assert_eq!(code(&["alpha.value base < -5%"]), Some(1));
    assert_eq!(code(&["* < -0.1 CNY/share"]), Some(1));
    assert_eq!(code(&["stale_source"]), Some(1));
    assert_eq!(code(&["case_order"]), Some(0));
    assert_eq!(code(&["alpha.valu < 5%"]), Some(2));
    assert_eq!(code(&["alpha.value by 5%"]), Some(2));
}

#[test]
fn a_history_says_who_and_why_through_renames() {
    let repository = revised();
    repository.edit("book/book.scn", "ke = 10%", "ke = 11% because \"rates\"");
    let mut text = String::new();
    for words in [
        vec!["log", "book"],
        vec!["log", "book", "alpha.ke", "alpha.yield"],
        vec!["log", "book", "alpha.profit[2026E]", "--upto", "HEAD", "--format", "json"],
        vec!["log", "book", "alpha.yeild"],
        vec!["log", "book", "alpha.yield", "--case", "bull", "--format", "md"],
        vec!["blame", "book", "alpha.value"],
        vec!["blame", "book", "alpha.yield", "--case", "bull", "--format", "json"],
        vec!["blame", "book", "alpha.valu"],
    ] {
        text += &format!("$ scn {}\n{}\n", words.join(" "), repository.says(&words));
    }
    insta::assert_snapshot!(text);
}

/// What is kept of a repository's history between runs.
fn kept(repository: &Repository) -> Vec<std::path::PathBuf> {
    let entries =
        std::fs::read_dir(repository.path().join(".git/scn/log")).map(|all| all.flatten().collect::<Vec<_>>());
    let mut paths: Vec<_> = entries.unwrap_or_default().iter().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

#[test]
fn a_history_is_kept_between_runs_and_never_trusted_blindly() {
    let repository = revised();
    let words = ["log", "book", "alpha.yield", "alpha.profit"];
    let fresh = repository.says(&["log", "book", "alpha.yield", "alpha.profit", "--no-cache"]);
    assert!(kept(&repository).is_empty());
    assert_eq!(repository.says(&words), fresh);
    let entries = kept(&repository);
    assert_eq!(entries.len(), 2, "one for each commit");
    // What is kept is used: a number that is changed with the hash that belongs to it shows up.
    let forge = |from: &str, to: &str, with_hash: bool| {
        for path in &entries {
            let text = std::fs::read_to_string(path).expect("an entry");
            let (hash, value) = text.split_once('\n').expect("a hash");
            let value = value.replace(from, to);
            let hash = if with_hash { sha256(&value) } else { hash.to_string() };
            std::fs::write(path, format!("{hash}\n{value}")).expect("an entry");
        }
    };
    forge("\"70%\"", "\"69%\"", true);
    assert!(repository.says(&words).contains("69%"));
    // Without it, or cut short, it is as good as none.
    forge("\"69%\"", "\"68%\"", false);
    assert_eq!(repository.says(&words), fresh);
    for path in &entries {
        std::fs::write(path, "").expect("an entry");
    }
    assert_eq!(repository.says(&words), fresh);
    assert_eq!(kept(&repository), entries, "mended in place");
    // A new commit, and another question, are answered anew.
    repository.edit("book/book.scn", "yield = 72%", "yield = 73%");
    repository.commit("once more");
    assert!(repository.says(&words).contains("73%"));
    assert!(repository.says(&["log", "book", "alpha.yield", "--case", "bull"]).contains("80%"));
}

fn sha256(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn histories_run_beside_each_other_and_where_nothing_can_be_kept() {
    let repository = revised();
    let fresh = repository.says(&["log", "book", "--no-cache"]);
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scn"));
        command.args(["log", "book"]).current_dir(repository.path()).stdout(std::process::Stdio::piped());
        command.spawn().expect("a run")
    };
    let runs: Vec<_> = (0..6).map(|_| start()).collect();
    for run in runs {
        let output = run.wait_with_output().expect("an end");
        assert_eq!(hashless(&String::from_utf8_lossy(&output.stdout)), fresh);
    }
    assert_eq!(kept(&repository).len(), 2, "no draft is left");
    std::fs::remove_dir_all(repository.path().join(".git/scn")).expect("a folder");
    repository.write(".git/scn", "in the way");
    assert_eq!(repository.says(&["log", "book"]), fresh);
}

#[test]
fn what_is_kept_of_histories_is_bounded() {
    let repository = revised();
    for at in 0..2_010 {
        repository.write(&format!(".git/scn/log/{at}"), "old");
    }
    repository.scn(&["log", "book"]);
    assert_eq!(kept(&repository).len(), 2_000);
}

#[test]
fn a_history_is_drawn() {
    let repository = revised();
    let says = repository.says(&["log", "book", "alpha.yield", "alpha.profit", "--chart", "moves.svg"]);
    assert!(says.contains("wrote moves-1.svg\nwrote moves-2.svg"), "{says}");
    let read = |name: &str| std::fs::read_to_string(repository.path().join(name)).expect("a picture");
    let (one, series) = (read("moves-1.svg"), read("moves-2.svg"));
    assert!(one.starts_with("<svg") && one.contains("alpha.yield in base") && one.contains("72%"), "{one}");
    assert!(series.contains("2028E"), "{series}");
    let refused = repository.says(&["log", "book", "\"a word\"", "--chart", "none.svg"]);
    assert!(refused.contains("has nothing to show"), "{refused}");
}

#[test]
fn what_git_cannot_give_is_named() {
    let repository = Repository::new();
    repository.edit("book/chips.scn", "assume cost = 30 USD/die", "assume cost = 30 USD/");
    repository.commit("a slip");
    repository.write("book/chips.scn", CHIPS);
    repository.commit("mended");
    repository.git(&["mv", "book", "moved"]);
    repository.edit("moved/book.scn", "ke = 10%", "ke = 11%");
    repository.commit("moved");
    let mut text = String::new();
    for words in [
        vec!["review", "no-such-branch", "moved"],
        vec!["review", "HEAD~2", "moved"],
        vec!["review", "HEAD~1..HEAD~1", "nowhere"],
        vec!["review", "HEAD~1", "moved"],
        vec!["review", "HEAD~1", "moved", "--base-book", "book"],
    ] {
        text += &format!("$ scn {}\n{}\n", words.join(" "), repository.says(&words));
    }
    let clone = tempfile::tempdir().expect("a folder");
    let from = format!("file://{}", repository.path().display());
    let cloned =
        Command::new("git").args(["clone", "-q", "--depth", "1", &from, "shallow"]).current_dir(clone.path()).output();
    assert!(cloned.expect("git").status.success());
    let output = run(&clone.path().join("shallow"), &["review", "HEAD~2", "moved"]);
    text += &format!("$ scn review HEAD~2 moved\n{}\n", String::from_utf8_lossy(&output.stderr));
    let nowhere = tempfile::tempdir().expect("a folder");
    std::fs::write(nowhere.path().join("book.scn"), BOOK).expect("a file");
    let output = run(nowhere.path(), &["review"]);
    text += &format!("$ scn review\n{}", String::from_utf8_lossy(&output.stderr));
    insta::assert_snapshot!(text);
}

#[test]
fn submodules_links_and_pointers_are_named() {
    let repository = Repository::new();
    repository.write("book/data/asp.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");
    repository.commit("a pointer");
    let says = repository.says(&["review", "HEAD", "book"]);
    assert!(says.contains("git holds only a pointer to it"), "{says}");
    let library = Repository::new();
    let address = library.path().display().to_string();
    repository.write("book/data/asp.csv", "name,asp\nc1,50\n");
    repository.git(&["-c", "protocol.file.allow=always", "submodule", "add", "-q", &address, "lib"]);
    repository.edit("book/book.scn", "use \"chips.scn\"", "use \"../lib/book/chips.scn\"");
    repository.commit("a submodule");
    let says = repository.says(&["review", "HEAD", "book"]);
    assert!(says.contains("it is in the submodule `lib`"), "{says}");
}

#[test]
fn binary_files_end_in_a_message() {
    let repository = Repository::new();
    repository.write("book/chips.scn", [0u8, 159, 146, 150]);
    let output = repository.scn(&["review", "book"]);
    assert_eq!(output.status.code(), Some(1));
    repository.commit("binary");
    repository.write("book/chips.scn", CHIPS);
    let output = repository.scn(&["review", "HEAD", "book"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is not UTF-8 text"));
}

#[test]
fn reviews_run_beside_each_other() {
    let repository = revised();
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scn"));
        command.args(["review", "main..HEAD", "book", "-o", "same.md"]).current_dir(repository.path());
        command.spawn().expect("a run")
    };
    let runs: Vec<_> = (0..6).map(|_| start()).collect();
    for mut run in runs {
        assert!(run.wait().expect("an end").success());
    }
    let kept = std::fs::read_to_string(repository.path().join("same.md")).expect("a file");
    assert!(kept.ends_with("```\n"));
}
