//! The corpus of the fuzz targets, each held against its target; every fixture and every scenario, held against what must hold of any text.

#[path = "support/alone.rs"]
mod alone;
#[path = "support/checks.rs"]
mod checks;
#[path = "support/files.rs"]
mod files;
#[path = "support/invariants.rs"]
mod invariants;
#[path = "fuzz/targets/mod.rs"]
mod targets;
#[path = "support/tree.rs"]
mod tree;

use std::path::PathBuf;

fn texts() -> Vec<(PathBuf, String)> {
    let folders = [files::tests("fixtures"), files::tests("../scenarios")];
    let paths = folders.iter().flat_map(|folder| files::files(folder));
    paths
        .filter(|path| path.extension().is_none_or(|extension| extension == "scn"))
        .filter_map(|path| Some((path.clone(), String::from_utf8_lossy(&std::fs::read(&path).ok()?).into_owned())))
        .collect()
}

fn of_every_text(holds: impl Fn(&str) -> Result<(), String>) {
    for (path, text) in texts() {
        if let Err(error) = holds(&text) {
            panic!("{}: {error}", path.display());
        }
    }
}

/// Every input in its own target; `FUZZ_CORPUS=target/fuzz/corpus` replays another corpus.
#[test]
fn what_fuzzing_found_holds_in_its_target() {
    let corpus = std::env::var_os("FUZZ_CORPUS").map_or_else(|| files::tests("fuzz/corpus"), PathBuf::from);
    let mut failed = Vec::new();
    for (name, holds) in targets::TARGETS {
        let inputs = files::files(&corpus.join(name));
        assert!(!inputs.is_empty(), "{}/{name} is empty", corpus.display());
        for path in inputs {
            let bytes = std::fs::read(&path).expect("an input");
            match std::panic::catch_unwind(|| holds(&bytes)) {
                Ok(Ok(())) => {}
                Ok(Err(error)) => failed.push(format!("{}: {error}", path.display())),
                Err(_) => failed.push(format!("{}: it panicked, see above", path.display())),
            }
        }
    }
    assert!(failed.is_empty(), "{} inputs fail:\n{}", failed.len(), failed.join("\n\n"));
}

#[test]
fn the_books_that_data_is_tried_on_read_a_sound_file() {
    for door in targets::doors() {
        let said = checks::outcome_with(door.book, Some(door.sound.as_bytes()));
        let refused = said.lines().find(|line| line.split_once(' ').is_some_and(|(code, _)| code.contains("::")));
        assert_eq!(refused, None, "{}\n{}", door.book, door.sound);
    }
}

#[test]
fn every_text_reads_and_nothing_of_it_is_lost() {
    of_every_text(|text| invariants::reads(text).map(drop));
}

#[test]
fn setting_a_text_keeps_its_tree_and_its_comments() {
    of_every_text(|text| invariants::sets(text).map(drop));
}

#[test]
fn checking_a_text_twice_gives_the_same_bits() {
    of_every_text(checks::checks);
}

#[test]
fn a_line_reads_the_same_alone_and_among_others() {
    of_every_text(alone::alone);
}

#[test]
fn junk_without_end_is_kept_but_not_read() {
    for line in ["a = (\n", "a b c\n", "} {\n", "\"\n"] {
        for head in ["scn 1\n", "scn 1\ncase k {\n", "scn 1\nkind k {\n", "scn 1\ntable {\n  columns A\n"] {
            let parsed =
                invariants::reads(&format!("{head}{}", line.repeat(7_000))).unwrap_or_else(|error| panic!("{error}"));
            assert!(parsed.problems.len() <= scn::syntax::MOST_PROBLEMS + 1);
        }
    }
}
