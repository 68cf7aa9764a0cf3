//! `console` blocks: each `$` line is run where the repository's scenarios are, and what it prints is held against the page.

use std::path::Path;
use std::process::Command;

use crate::Outcome;
use crate::page::{Block, Page, Section};

/// Runs the console blocks of a section, one after the other, in a folder where those before it on the page have run.
pub fn hold(page: &Page, section: &Section, outcome: &mut Outcome) {
    if blocks(section).next().is_none() {
        return;
    }
    let folder = folder_with_scenarios();
    let before = page.sections.iter().take_while(|other| !std::ptr::eq(*other, section));
    for command in before.flat_map(blocks).flat_map(|block| commands(&block.text)) {
        run(command, folder.path());
    }
    for block in blocks(section) {
        let actual: String = commands(&block.text).map(|command| run(command, folder.path())).collect();
        if !agrees(&block.text, &actual) {
            outcome.compare(block.line, &block.text, &actual);
        }
    }
}

/// The blocks that are run: those that do not build the tool itself.
fn blocks(section: &Section) -> impl Iterator<Item = &Block> {
    let is_ours = |text: &str| !text.lines().any(|line| line.starts_with("$ cargo"));
    section.blocks.iter().filter(move |block| block.language() == "console" && is_ours(&block.text))
}

fn commands(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| line.strip_prefix("$ "))
}

/// The command and what it prints: standard output, then standard error.
fn run(command: &str, folder: &Path) -> String {
    let tools = Path::new(env!("CARGO_BIN_EXE_scn")).parent().expect("a folder of binaries");
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", tools.display()))
        .env("NO_COLOR", "1")
        .output()
        .expect("a shell");
    let mut text = format!("$ {command}\n");
    for stream in [output.stdout, output.stderr] {
        let lines =
            String::from_utf8_lossy(&stream).lines().map(|line| format!("{}\n", line.trim_end())).collect::<String>();
        text += &lines;
    }
    text
}

/// Whether a text agrees with what came out; a line `…` stands for any number of lines.
fn agrees(stated: &str, actual: &str) -> bool {
    let mut rest = actual;
    for (at, part) in stated.split("…\n").enumerate() {
        match rest.find(part.trim_end()) {
            Some(0) => rest = &rest[part.trim_end().len()..],
            Some(found) if at > 0 => rest = &rest[found + part.trim_end().len()..],
            _ => return false,
        }
    }
    stated.trim_end().ends_with('…') || rest.trim().is_empty()
}

fn folder_with_scenarios() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the commands");
    let scenarios = Path::new("scenarios");
    if scenarios.exists() {
        copy(scenarios, &folder.path().join("scenarios"));
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder that can be made");
    for entry in std::fs::read_dir(from).expect("the scenarios") {
        let path = entry.expect("a readable folder").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() { copy(&path, &target) } else { std::fs::copy(&path, &target).map(|_| ()).expect("a copy") }
    }
}
