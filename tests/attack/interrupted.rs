//! Runs that end before they are done: whatever they were writing is the old file or the new one, whole, and no draft is left.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::book::{Memory, put, with_texts};
use crate::repositories::{commit, git};
use crate::run::{scn, scn_under};
use crate::surface::Surface;

/// What writes, and when there is much to write.
const COMMANDS: [&str; 9] = [
    "report b",
    "fmt b",
    "lock b",
    "study b back --write",
    "study b worlds --chart w.svg",
    "export sql b worlds --dialect duckdb -o q.sql",
    "review main b -o review.html",
    "eval b --case all --format json -o values.json",
    "check b --format sarif -o problems.json",
];

/// Signals at any moment, a full disk, and a reader that has gone.
pub fn attack(surface: &mut Surface) {
    let times = if surface.is_long() { 120 } else { 3 };
    for (at, command) in COMMANDS.iter().enumerate() {
        let Some((took, wanted)) = whole(surface, command) else { continue };
        for turn in 0..times {
            let signal = ["INT", "TERM", "HUP"][(at + turn) % 3];
            let share = (turn * 7 + at * 3) % 20;
            signalled(surface, command, signal, took.mul_f64(0.4 + share as f64 / 30.0), &wanted);
        }
        for kilobytes in ["0", "1", "4"] {
            limited(surface, command, &format!("ulimit -f {kilobytes}"), &wanted);
        }
        if surface.is_long() || at % 3 == 0 {
            full(surface, command, &wanted);
        }
        piped(surface, command);
    }
}

type Files = BTreeMap<PathBuf, Vec<u8>>;

fn book() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path());
    folder
}

/// The book with a long text that is not in the one style yet, and pages that an earlier run wrote.
fn write(folder: &Path) {
    let Memory(mut files) = with_texts(|at| format!("text {at}"));
    let lines: String =
        (0..400).map(|at| format!("assume   x{at} = {at} range 0..9_999 by li.wei because \"a list\"\n")).collect();
    let mut text = String::from_utf8_lossy(&files["book.scn"]).replace("draws 50", "draws 5_000") + &lines;
    text.push_str("output x1, x2, x3\n");
    files.insert("book.scn".to_string(), text.into_bytes());
    Memory(files).write(&folder.join("b"));
    for page in ["b/reports/page.md", "b/reports/page-swings.svg"] {
        put(folder, page, "An older page.\n\n<!-- scn report page -->\n");
    }
    put(folder, "b/scn.lock", "# an older one\n");
    git(folder, &["init", "-q", "-b", "main"]);
    commit(folder, "t", "start");
    let changed = String::from_utf8_lossy(&std::fs::read(folder.join("b/book.scn")).expect("a book"))
        .replace("50..150 mn die", "50..160 mn die");
    put(folder, "b/book.scn", changed);
}

fn files(folder: &Path) -> Files {
    let all = crate::files::files(folder).into_iter().filter(|path| !path.starts_with(folder.join(".git")));
    all.map(|path| (path.strip_prefix(folder).unwrap_or(&path).to_path_buf(), std::fs::read(&path).unwrap_or_default()))
        .collect()
}

/// How long the whole run takes, and what it leaves.
fn whole(surface: &mut Surface, command: &str) -> Option<(Duration, Files)> {
    let folder = book();
    let words: Vec<&str> = command.split(' ').collect();
    let ran = scn(folder.path(), &words);
    surface.ran(command, &ran);
    let (before, after) = (files(book().path()), files(folder.path()));
    if before == after {
        surface.found(command, &format!("it writes nothing, so that nothing is tried: {}", ran.said()));
        return None;
    }
    Some((ran.took, after))
}

fn signalled(surface: &mut Surface, command: &str, signal: &str, after: Duration, wanted: &Files) {
    let folder = book();
    let before = files(folder.path());
    let by = ["--default-signal=INT", "--default-signal=TERM", "--default-signal=HUP", env!("CARGO_BIN_EXE_scn")];
    let mut run = Command::new("env");
    run.args(by).args(command.split(' ')).current_dir(folder.path()).env("NO_COLOR", "1");
    let mut child = run.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a run");
    let started = Instant::now();
    std::thread::sleep(after);
    let _ = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status();
    let deadline = Instant::now() + crate::surface::LONGEST;
    while child.try_wait().expect("a run").is_none() && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(5));
    }
    let _ = child.kill();
    let _ = child.wait();
    let what = format!("scn {command} and SIG{signal} after {after:?}");
    surface.count(started.elapsed(), &what, 0);
    held(surface, &what, folder.path(), &before, wanted);
}

/// Under a limit on the size of files, a signal comes in the middle of writing one.
fn limited(surface: &mut Surface, command: &str, limit: &str, wanted: &Files) {
    let folder = book();
    let before = files(folder.path());
    let words: Vec<&str> = command.split(' ').collect();
    let ran = scn_under(limit, folder.path(), &words);
    let what = format!("{limit}; scn {command}");
    surface.ran(&what, &ran);
    held(surface, &what, folder.path(), &before, wanted);
}

/// On a disk that fills up; only where a small one can be made.
fn full(surface: &mut Surface, command: &str, wanted: &Files) {
    let folder = tempfile::tempdir().expect("a folder");
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=1m", "none"])
        .arg(folder.path())
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        return surface.known("a disk that is full", "no small disk can be made here");
    }
    write(folder.path());
    let free = 1 << 20;
    let _ = std::fs::write(folder.path().join("filler"), vec![b'x'; free]);
    let before = files(folder.path());
    let words: Vec<&str> = command.split(' ').collect();
    let ran = scn(folder.path(), &words);
    let what = format!("on a full disk, scn {command}");
    surface.ran(&what, &ran);
    held(surface, &what, folder.path(), &before, wanted);
    let _ = Command::new("umount").arg(folder.path()).status();
}

/// Into a reader that has gone, which is no failure of its own, and never a panic.
fn piped(surface: &mut Surface, command: &str) {
    let folder = book();
    let quiet = command
        .split(" -o ")
        .next()
        .unwrap_or(command)
        .replace("fmt b", "fmt b --print")
        .replace("report b", "report b -o -");
    let script = format!("\"$0\" {quiet} 2>err | true; cat err >&2");
    let ran = Command::new("bash")
        .args(["-c", &script, env!("CARGO_BIN_EXE_scn")])
        .current_dir(folder.path())
        .output()
        .expect("a run");
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    if said.contains("panicked") || said.contains("a bug in scn") || said.contains("error: cannot write `-`") {
        surface.found(&format!("scn {quiet} | true"), &said);
    }
}

/// Every file is the old one or the new one, and there is no other.
fn held(surface: &mut Surface, what: &str, folder: &Path, before: &Files, wanted: &Files) {
    for (path, bytes) in files(folder) {
        let is_whole = [before, wanted].iter().any(|files| files.get(&path) == Some(&bytes));
        let name = path.display().to_string();
        if name.ends_with(".tmp") {
            surface.found(what, &format!("a draft is left: {name}"));
        } else if !is_whole && !name.ends_with("review.html") && name != "err" {
            surface.found(what, &format!("{name} is neither the old file nor the new one: {} bytes", bytes.len()));
        }
    }
    if let Some((path, _)) = before.iter().find(|(path, _)| !folder.join(path).exists() && wanted.contains_key(*path)) {
        surface.found(what, &format!("{} is gone", path.display()));
    }
    if let Ok(scn) = std::fs::read_dir(folder.join(".git/scn")) {
        let drafts = scn.flatten().filter(|entry| entry.file_name().to_string_lossy().ends_with(".tmp")).count();
        if drafts > 0 {
            surface.found(what, "a draft is left in the store");
        }
    }
}
