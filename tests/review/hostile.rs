//! What git cannot give, and what nobody should put into it: each ends in a clear message.

use std::process::Command;

use super::scratch::{BOOK, CHIPS, Repository, revised, run};

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
