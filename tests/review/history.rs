//! Histories in a scratch repository: what they say, and what of them is kept.

use std::process::Command;

use super::scratch::{Repository, hashless, revised};

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
