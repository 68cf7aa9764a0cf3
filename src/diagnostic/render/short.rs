//! One line a problem: `path:line:column: severity[code]: message`.

use crate::text::{Sources, visible};

use super::super::{Problem, Problems};

/// One line a problem; editors and terminals jump to its place.
pub fn short(problems: &Problems, sources: &Sources) -> String {
    problems.iter().map(|problem| line(problem, sources) + "\n").collect()
}

fn line(problem: &Problem, sources: &Sources) -> String {
    let place = problem.place().map(|place| sources.locate(place) + ": ").unwrap_or_default();
    let code = if problem.code.is_empty() { String::new() } else { format!("[{}]", problem.code) };
    let line = format!("{place}{}{code}: {}", problem.severity.word(), problem.message);
    visible(&line.replace('\n', " ")).into_owned()
}
