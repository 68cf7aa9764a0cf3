//! Every book in scenarios/ checks without a problem, is formatted, gives the outputs of its snapshot, and has fresh reports.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let trials = books().into_iter().flat_map(|book| {
        let name = book.file_name().unwrap_or_default().to_string_lossy().to_string();
        let trial = |what: &str, test: fn(&Path) -> Result<(), Failed>| {
            let book = book.clone();
            Trial::test(format!("{name} {what}"), move || test(&book))
        };
        [
            trial("checks", checks),
            trial("is formatted", is_formatted),
            trial("reconciles", reconciles),
            trial("gives its outputs", gives_its_outputs),
            trial("has fresh reports", has_fresh_reports),
        ]
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

fn books() -> Vec<PathBuf> {
    let entries = std::fs::read_dir("scenarios").expect("the folder scenarios");
    let mut books: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    books.retain(|path| path.join("book.scn").exists());
    books.sort();
    books
}

fn checks(book: &Path) -> Result<(), Failed> {
    clean(&scn("check", &["--deny", "warnings", "--deny", "hints"], book))
}

fn is_formatted(book: &Path) -> Result<(), Failed> {
    clean(&scn("fmt", &["--check"], book))
}

fn reconciles(book: &Path) -> Result<(), Failed> {
    clean(&scn("reconcile", &["--quiet"], book))
}

fn gives_its_outputs(book: &Path) -> Result<(), Failed> {
    let output = scn("eval", &["--case", "all"], book);
    clean(&output)?;
    let name = book.file_name().unwrap_or_default().to_string_lossy();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("scenarios");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!(name.as_ref(), String::from_utf8_lossy(&output.stdout)));
    Ok(())
}

fn has_fresh_reports(book: &Path) -> Result<(), Failed> {
    clean(&scn("report", &["--check"], book))
}

fn scn(command: &str, flags: &[&str], book: &Path) -> Output {
    let mut process = Command::new(env!("CARGO_BIN_EXE_scn"));
    process.arg(command).args(flags).arg(book).env("NO_COLOR", "1").output().expect("the command runs")
}

fn clean(output: &Output) -> Result<(), Failed> {
    if output.status.success() {
        return Ok(());
    }
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(Failed::from(format!("{}\n{out}\n{err}", output.status)))
}
