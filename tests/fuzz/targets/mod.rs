//! What must hold of any bytes, by target: each fuzz target calls one of these, and `tests/corpus.rs` replays what was found.

mod check;
mod csv;
mod format;
mod merge;
mod parse;
mod review;
mod template;
mod texts;
mod yaml;

/// What a target holds of an input; an error says what does not hold.
pub type Holds = fn(&[u8]) -> Result<(), String>;

/// Every target by its name, which is that of its corpus too.
pub const TARGETS: [(&str, Holds); 8] = [
    ("check", check::holds),
    ("csv", csv::holds),
    ("format", format::holds),
    ("merge", merge::holds),
    ("parse", parse::holds),
    ("review", review::holds),
    ("template", template::holds),
    ("yaml", yaml::holds),
];

/// Books that data is tried on.
#[allow(dead_code)] // The plain test asks whether each of them reads a sound file; a fuzzer need not.
pub fn doors() -> impl Iterator<Item = &'static csv::Door> {
    csv::DOORS.iter().chain(&yaml::DOORS)
}

/// Runs a target; what does not hold ends the process, as a fuzzer wants it.
#[allow(dead_code)] // The plain test asks for what holds, and only a fuzzer runs it to the end.
pub fn run(name: &str, bytes: &[u8]) {
    let (_, holds) = TARGETS.iter().find(|(other, _)| *other == name).unwrap_or_else(|| panic!("no target `{name}`"));
    if let Err(error) = holds(bytes) {
        panic!("{error}");
    }
}

/// Whether an input is one of a few that are looked at longer; by its length, so that it is the same in every run.
fn is_one_of(few: usize, bytes: &[u8]) -> bool {
    bytes.len().is_multiple_of(few)
}
