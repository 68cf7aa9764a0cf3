//! What a stranger's book may not do: read outside its root, write where something else lives, drive a terminal, or never end.

#![cfg(unix)]

#[allow(dead_code)] // Other tests use the rest of it.
#[path = "cli/scn.rs"]
mod scn;

use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use scn::Scn;

const HEAD: &str = "scn 1\nmodel m \"M\" { currency CNY, as_of 2026-03-31, owner li.wei }\n\
    source s \"A paper\" = document \"d\" dated 2026-03-01\ngiven price = 5 CNY from s\n";
const SECRET: &str = "the-secret-of-another-folder";

/// A book in `inner/`, beside a secret that it may not read.
fn book(lines: &str) -> Scn {
    Scn::new()
        .file("secret.scn", &format!("derive leaked = 1 {SECRET}\n"))
        .file("secret.csv", &format!("id,x\n{SECRET},zz{SECRET}\n"))
        .file("inner/templates/t.md.j2", "The price is {{ price }}.\n")
        .file("inner/book.scn", &format!("{HEAD}{lines}"))
}

/// Runs the command; it has ten seconds to end, and never shows the secret.
fn run(scn: &Scn, words: &[&str]) -> (i32, String) {
    let mut run = Command::new(env!("CARGO_BIN_EXE_scn"));
    let child =
        run.args(words).current_dir(scn.path()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = child.spawn().expect("a run");
    let deadline = Instant::now() + Duration::from_secs(10);
    while child.try_wait().expect("a run").is_none() {
        assert!(Instant::now() < deadline, "{words:?} does not end");
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().expect("an end");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains(SECRET), "{words:?} shows what it may not read:\n{said}");
    (output.status.code().unwrap_or(-1), said)
}

const DATA: &str = "kind k { in optional x: CNY }\n";

#[test]
fn nothing_outside_of_the_root_is_read() {
    let reads = [
        "use \"../secret.scn\"\n".to_string(),
        "use \"../../../../../../../etc/passwd\"\n".to_string(),
        "use \"link.scn\"\n".to_string(),
        "use \".hidden/secret.scn\"\n".to_string(),
        format!("{DATA}data d = csv \"../secret.csv\" for k by \"id\" from s {{ given x = \"x\" }}\n"),
        format!("{DATA}data d = csv \"link.csv\" for k by \"id\" from s {{ given x = \"x\" }}\n"),
    ];
    for lines in reads {
        let scn = book(&lines).file("inner/.hidden/secret.scn", &format!("derive leaked = 1 {SECRET}\n"));
        symlink("../secret.scn", scn.path().join("inner/link.scn")).expect("a link");
        symlink("../secret.csv", scn.path().join("inner/link.csv")).expect("a link");
        let (code, said) = run(&scn, &["check", "inner"]);
        assert!(code == 1 && said.contains("resolve::unreadable"), "{lines}: {code}\n{said}");
        assert!(said.contains("it lies outside") || said.contains("reads nothing hidden"), "{lines}\n{said}");
    }
    let template = book("report r template \"link.md.j2\" to \"r.md\"\n");
    symlink("../../secret.scn", template.path().join("inner/templates/link.md.j2")).expect("a link");
    assert_eq!(run(&template, &["report", "inner"]).0, 1);
}

#[test]
fn a_root_that_is_said_holds() {
    let scn = book("use \"../more.scn\"\n").file("more.scn", "scn 1\nderive twice = price * 2\n");
    assert_eq!(run(&scn, &["check", "inner"]).0, 1);
    assert_eq!(run(&scn, &["check", "inner", "--root", "."]).0, 0);
    assert_eq!(run(&scn, &["check", "inner", "--root", "nowhere"]).0, 2);
}

#[test]
fn what_never_ends_is_not_opened() {
    let scn = book("use \"pipe.scn\"\nreport r template \"pipe.j2\" to \"r.md\"\n");
    for pipe in ["inner/pipe.scn", "inner/templates/pipe.j2", "pipe.scn"] {
        assert!(Command::new("mkfifo").arg(scn.path().join(pipe)).status().is_ok_and(|done| done.success()));
    }
    assert_eq!(run(&scn, &["check", "inner"]).0, 1);
    assert_eq!(run(&scn, &["check", "pipe.scn"]).0, 2);
    assert_eq!(run(&scn, &["eval", "inner", "--with", "pipe.scn"]).0, 1);
    assert_eq!(run(&scn, &["fmt", "pipe.scn"]).0, 2);
}

#[test]
fn a_report_is_written_nowhere_else() {
    for to in
        [".git/config", "../r.md", "/tmp/r.md", ".github/workflows/x.md", "book.scn", "r.json", "a/.b/r.md", "reports"]
    {
        let scn = book(&format!("report r template \"t.md.j2\" to \"{to}\"\n")).file("inner/.git/config", "[core]\n");
        let (code, said) = run(&scn, &["report", "inner"]);
        assert!(code == 1 && said.contains("report::place"), "{to}: {code}\n{said}");
        assert_eq!(scn.read("inner/.git/config"), "[core]\n");
    }
}

#[test]
fn nothing_that_scn_did_not_write_is_written_over() {
    let report = "report r template \"t.md.j2\" to \"r.md\"\n";
    let own = book(report).file("inner/reports/r.md", "My own notes.\n");
    assert_eq!(run(&own, &["report", "inner"]).0, 2);
    assert_eq!(own.read("inner/reports/r.md"), "My own notes.\n");

    let linked = book(report).file("victim.md", "untouched\n").file("inner/reports/x", "");
    symlink("../../victim.md", linked.path().join("inner/reports/r.md")).expect("a link");
    assert_eq!(run(&linked, &["report", "inner"]).0, 2);
    assert_eq!(linked.read("victim.md"), "untouched\n");

    let folder = book(report).file("elsewhere/x", "");
    symlink("../elsewhere", folder.path().join("inner/reports")).expect("a link");
    assert_eq!(run(&folder, &["report", "inner"]).0, 2);
    assert!(!folder.path().join("elsewhere/r.md").exists());
}

#[test]
fn a_planted_draft_is_not_written_through() {
    let scn =
        book("report r template \"t.md.j2\" to \"r.md\"\n").file("victim", "untouched\n").file("inner/reports/x", "");
    // A shell that becomes the command knows its number before it starts.
    let planted = "ln -s ../../victim inner/reports/.r.md.$$.tmp; exec \"$0\" report inner";
    let done = Command::new("sh").args(["-c", planted, env!("CARGO_BIN_EXE_scn")]).current_dir(scn.path()).status();
    assert!(done.is_ok_and(|status| status.success()));
    assert_eq!(scn.read("victim"), "untouched\n");
    assert!(scn.read("inner/reports/r.md").starts_with("The price is"));
    assert!(!scn.path().join("inner/reports/r.md").is_symlink());
}

#[test]
fn a_page_is_written_again_by_who_wrote_it() {
    let scn = book("report r template \"t.md.j2\" to \"r.md\"\n");
    assert_eq!(run(&scn, &["report", "inner"]).0, 0);
    let changed = scn.read("inner/book.scn").replace("5 CNY", "6 CNY");
    let scn = scn.file("inner/book.scn", &changed);
    assert_eq!(run(&scn, &["report", "inner"]).0, 0);
    assert!(scn.read("inner/reports/r.md").starts_with("The price is 6 CNY."));
    let drafts = std::fs::read_dir(scn.path().join("inner/reports")).expect("a folder").count();
    assert_eq!(drafts, 1, "a draft is left");
}

#[test]
fn a_terminal_is_shown_what_it_would_obey() {
    let label = "a\u{1b}]0;title\u{7}\u{1b}[2Jb\u{202e}c\u{9b}31m";
    let lines = format!(
        "derive twice \"{label}\" = price * 2 because \"{label}\"\noutput twice \"{label}\"\nderive bad{label} = 1\n"
    );
    for words in
        [&["check", "inner"][..], &["check", "inner", "--format", "short"], &["check", "inner", "--format", "github"]]
    {
        let (_, said) = run(&book(&lines), words);
        assert!(!said.chars().any(is_obeyed), "{words:?}: {said:?}");
    }
    let sound = book(&format!("given a \"{label}\" = 5 CNY from s because \"{label}\"\noutput a \"{label}\"\n"));
    for words in [&["eval", "inner"][..], &["explain", "inner", "a"]] {
        let (_, said) = run(&sound, words);
        assert!(!said.chars().any(is_obeyed), "{words:?}: {said:?}");
    }
}

fn is_obeyed(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\n' | '\t') || ('\u{202a}'..='\u{202e}').contains(&letter)
}

#[test]
fn a_template_reaches_no_more_than_it_is_given() {
    for template in ["{{ debug() }}", "{% include \"../book.scn\" %}", "{% include \"/etc/passwd\" %}"] {
        let scn = book("report r template \"x.j2\" to \"r.md\"\n").file("inner/templates/x.j2", template);
        assert_eq!(run(&scn, &["report", "inner"]).0, 1, "{template}");
    }
}

#[test]
fn a_pipe_or_a_device_is_not_replaced_by_a_file() {
    use std::os::unix::fs::FileTypeExt;
    let scn = book("");
    let pipe = scn.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().is_ok_and(|done| done.success()));
    let said = scn.stderr("eval inner price -o pipe", &[]);
    assert!(said.contains("it is a pipe or a device"), "{said}");
    assert!(pipe.metadata().is_ok_and(|file| file.file_type().is_fifo()), "the pipe is gone");
}
