//! Problems as workflow commands, which a build server shows beside the changed lines.

use crate::text::{Place, Sources, visible};

use super::super::{Problem, Problems, Severity};

/// One workflow command a problem.
pub fn github(problems: &Problems, sources: &Sources) -> String {
    problems.iter().map(|problem| command(problem, sources)).collect()
}

fn command(problem: &Problem, sources: &Sources) -> String {
    let help = problem.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let text = format!("{}{help}", problem.message);
    annotation(problem.severity, &problem.code, problem.place(), sources, &text)
}

/// `::error file=…,line=…::message`
pub fn annotation(severity: Severity, title: &str, place: Option<Place>, sources: &Sources, text: &str) -> String {
    let word = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "notice",
    };
    let place = place.map(|place| located(place, sources)).unwrap_or_default();
    format!("::{word} {place}title={}::{}\n", property(title), data(text))
}

fn located(place: Place, sources: &Sources) -> String {
    let source = sources.get(place.source);
    let (line, column) = source.line_column(place.span.start);
    let (end_line, end_column) = source.line_column(place.span.end);
    let columns = if end_line == line { format!("col={column},endColumn={end_column},") } else { String::new() };
    format!("file={},line={line},endLine={end_line},{columns}", property(&source.path))
}

fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
