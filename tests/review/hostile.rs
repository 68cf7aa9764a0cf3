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

#[test]
fn without_git_two_books_can_still_be_compared() {
    let repository = revised();
    let alone = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scn"));
        command.args(arguments).current_dir(repository.path()).env("PATH", "/nowhere").env("NO_COLOR", "1");
        command.output().expect("a run")
    };
    for words in [vec!["review", "book"], vec!["log", "book"], vec!["blame", "book", "alpha.value"]] {
        let output = alone(&words);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("git is not installed") && output.status.code() == Some(2), "{words:?}: {said}");
    }
    let output = alone(&["review", "book", "book"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Nothing changed.\n");
}

#[cfg(unix)]
#[test]
fn a_link_is_named_where_a_revision_has_one() {
    let repository = Repository::new();
    std::fs::rename(repository.path().join("book/chips.scn"), repository.path().join("chips.scn")).expect("a move");
    std::os::unix::fs::symlink("../chips.scn", repository.path().join("book/chips.scn")).expect("a link");
    repository.commit("a link");
    repository.write("book/other.scn", "scn 1\n");
    let says = repository.says(&["review", "HEAD", "book/book.scn"]);
    let says = says.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
    assert!(says.contains("it is a link, and links are not followed in a revision"), "{says}");
    let says = repository.says(&["log", "book/book.scn"]);
    assert!(says.contains("start"), "older revisions are still told: {says}");
}

#[cfg(unix)]
#[test]
fn a_repository_runs_nothing_of_its_own() {
    use std::os::unix::fs::PermissionsExt;
    let repository = revised();
    repository.write("run", "#!/bin/sh\ntouch \"$(dirname \"$0\")/it-ran\"\ncat \"$1\" 2>/dev/null\n");
    let program = repository.path().join("run");
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).expect("a program");
    repository.write(".gitattributes", "*.scn diff=scn filter=scn\n");
    let program = program.display().to_string();
    let settings = ["core.fsmonitor", "diff.external", "diff.scn.textconv", "diff.scn.command", "gpg.program"];
    let settings = settings.into_iter().chain(["core.sshCommand", "core.pager", "core.editor", "credential.helper"]);
    settings.for_each(|setting| repository.git(&["config", setting, &program]));
    repository.git(&["config", "log.showSignature", "true"]);
    // The folder was moved, so that git is asked by what name the base knows it.
    std::fs::rename(repository.path().join("book"), repository.path().join("moved")).expect("a move");
    for words in [
        &["review", "HEAD", "moved"][..],
        &["review", "main..HEAD", "book"],
        &["log", "moved"],
        &["blame", "moved", "alpha.ke"],
        &["check", "moved"],
    ] {
        repository.scn(words);
        assert!(!repository.path().join("it-ran").exists(), "{words:?} ran a program of the repository");
    }
}

#[test]
fn what_a_clone_left_out_is_not_fetched() {
    let repository = revised();
    repository.git(&["config", "uploadpack.allowFilter", "true"]);
    let clone = tempfile::tempdir().expect("a folder");
    let from = format!("file://{}", repository.path().display());
    let words = ["clone", "-q", "--filter=blob:none", &from, "partial"];
    assert!(Command::new("git").args(words).current_dir(clone.path()).status().expect("git").success());
    let output = run(&clone.path().join("partial"), &["review", "HEAD~1..HEAD", "book"]);
    let said = String::from_utf8_lossy(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(output.status.code() == Some(2) && said.contains("git has its name and not its content"), "{said}");
}

#[test]
fn a_base_of_another_major_syntax_is_named() {
    let repository = Repository::new();
    repository.edit("book/book.scn", "scn 1", "scn 2");
    repository.commit("from the future");
    repository.edit("book/book.scn", "scn 2", "scn 1");
    let output = repository.scn(&["review", "HEAD", "book"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("syntax::version") && said.contains("does not check in HEAD"), "{said}");
    repository.edit("book/book.scn", "ke = 10%", "ke = 11%");
    repository.commit("back again");
    assert!(repository.says(&["log", "book"]).contains("back again"), "histories pass it over");
}

#[test]
fn ten_thousand_changes_at_once_are_bounded_and_all_counted() {
    let repository = Repository::new();
    let line = |at: usize, value: usize| format!("assume x{at} = {value} by li.wei because \"a list\"\n");
    let book = |value: usize| {
        let lines: String = (0..10_000).map(|at| line(at, value)).collect();
        let sum: Vec<String> = (0..100).map(|at| format!("x{at}")).collect();
        format!("{BOOK}{lines}derive all_of = {}\noutput all_of \"All\"\n", sum.join(" + "))
    };
    repository.write("book/book.scn", book(1));
    repository.commit("many");
    repository.write("book/book.scn", book(2));
    let started = std::time::Instant::now();
    let comment = repository.says(&["review", "HEAD", "book", "--format", "md"]);
    assert!(comment.len() < 65_536 && comment.contains("10000 changes"), "{} letters", comment.len());
    let screen = repository.says(&["review", "HEAD", "book"]);
    assert!(screen.lines().count() < 200, "{screen}");
    let json: serde_json::Value =
        serde_json::from_slice(&repository.scn(&["review", "HEAD", "book", "--format", "json"]).stdout).expect("JSON");
    assert_eq!(json["changes"].as_array().map(Vec::len), Some(10_000), "nothing is lost");
    assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
}
