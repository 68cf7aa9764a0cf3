//! Published figures as a table, as lines, for build servers, and as Markdown.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::diagnostic::render::annotation;
use crate::diagnostic::{Label, Problem, Problems, Severity};
use crate::eval::Verdict;
use crate::export::FigureRow;
use crate::text::decimal::{fixed, shifted};
use crate::text::{Sources, markdown};

use super::super::super::sheet::Sheet;
use super::Shown;

/// A table, then why each disputed figure is disputed.
pub fn human(figures: &[Shown]) -> String {
    if figures.is_empty() {
        return String::new();
    }
    let cased = figures.iter().any(|figure| figure.row.case != "base");
    let head = ["", "figure", "case", "tolerance", "source", "printed", "computed", "off by"];
    let row = |figure: &Shown| {
        let row = &figure.row;
        let (printed, computed) = (row.printed.display.clone(), row.computed.display.clone());
        let facts = [row.verdict.to_string(), row.path.clone(), row.case.clone(), row.tolerance.clone()];
        without_case(facts.into_iter().chain([source(row), printed, computed, off_by(row)]), cased)
    };
    let rows = figures.iter().map(row).collect();
    let head = without_case(head.into_iter().map(str::to_string), cased);
    let sheet = Sheet { head, labels: if cased { 5 } else { 4 }, trailing: 0, rows };
    let reasons: String = figures.iter().filter_map(|figure| reason(&figure.row)).collect();
    let gap = if reasons.is_empty() { "" } else { "\n" };
    format!("{}{gap}{reasons}", sheet.text(None))
}

/// The cells of a row; where every figure is of the base case, nothing is said of cases.
fn without_case(cells: impl Iterator<Item = String>, cased: bool) -> Vec<String> {
    cells.enumerate().filter(|(at, _)| cased || *at != 2).map(|(_, cell)| cell).collect()
}

/// One line a figure, at its place in the book.
pub fn short(figures: &[Shown], sources: &Sources) -> String {
    figures.iter().map(|figure| format!("{}: {}\n", sources.locate(figure.place), told(&figure.row))).collect()
}

/// A workflow command for each figure that is a finding.
pub fn github(figures: &[Shown], sources: &Sources) -> String {
    let found = figures.iter().filter(|figure| figure.is_finding());
    found
        .map(|figure| annotation(Severity::Error, "reconcile", Some(figure.place), sources, &told(&figure.row)))
        .collect()
}

/// The figures that are findings, as problems.
pub fn problems(figures: &[Shown]) -> Problems {
    let mut problems = Problems::default();
    for figure in figures.iter().filter(|figure| figure.is_finding()) {
        let code = if figure.verdict == Verdict::Missing { "reconcile::missing" } else { "reconcile::failed" };
        problems.push(Problem {
            code: code.to_string(),
            severity: Severity::Error,
            message: told(&figure.row),
            labels: vec![Label { place: figure.place, text: figure.row.verdict.to_string() }],
            help: None,
            missing: Box::default(),
        });
    }
    problems
}

/// A suite for each source, a case for each figure.
pub fn junit(figures: &[Shown], sources: &Sources) -> String {
    let mut report = Report::new("scn reconcile");
    let mut suites: Vec<(&str, TestSuite)> = Vec::new();
    for figure in figures {
        let name = figure.row.source.as_deref().unwrap_or("without source");
        let at = suites.iter().position(|(other, _)| *other == name).unwrap_or_else(|| {
            suites.push((name, TestSuite::new(name)));
            suites.len() - 1
        });
        suites[at].1.add_test_case(case(figure, sources));
    }
    report.add_test_suites(suites.into_iter().map(|(_, suite)| suite));
    report.to_string().unwrap_or_default()
}

/// A table for a page or a comment.
pub fn markdown(figures: &[Shown]) -> String {
    let mut out = "| Verdict | Figure | Case | Printed | Computed | Off by | Tolerance | Source |\n".to_string();
    out += "|---|---|---|--:|--:|--:|---|---|\n";
    for Shown { row, .. } in figures {
        let off = off_by(row);
        let source = source(row);
        let cells: [&str; 8] = [
            row.verdict,
            &row.path,
            &row.case,
            &row.printed.display,
            &row.computed.display,
            &off,
            &row.tolerance,
            &source,
        ];
        out += &markdown::row(cells);
    }
    out
}

fn case(figure: &Shown, sources: &Sources) -> TestCase {
    let mut status = match figure.is_finding() {
        true => TestCaseStatus::non_success(NonSuccessKind::Failure),
        false => TestCaseStatus::success(),
    };
    if figure.is_finding() {
        status.set_message(told(&figure.row)).set_type(figure.row.verdict);
        status.set_description(format!("{}: {}", sources.locate(figure.place), told(&figure.row)));
    }
    TestCase::new(&*figure.row.id, status)
}

/// A figure in one sentence.
fn told(row: &FigureRow) -> String {
    let source = if row.source.is_some() { format!(" in {}", source(row)) } else { String::new() };
    let (path, printed, computed) = (&row.path, &row.printed.display, &row.computed.display);
    let because = row.because.as_ref().map(|because| format!("; {because}")).unwrap_or_default();
    format!("{}: {path} is printed {printed}{source} and computed {computed} ({}){because}", row.verdict, row.tolerance)
}

fn reason(row: &FigureRow) -> Option<String> {
    row.because.as_ref().map(|because| format!("{} is disputed: {because}\n", row.path))
}

fn source(row: &FigureRow) -> String {
    let parts = [row.source.as_deref(), row.at.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The difference as a share of what is printed.
fn off_by(row: &FigureRow) -> String {
    match (row.computed.value.as_f64(), row.printed.value.as_f64()) {
        (Some(computed), Some(printed)) if printed != 0.0 => {
            let text = fixed(shifted((computed - printed) / printed.abs(), 2), 2);
            let sign = if text.starts_with('-') { "" } else { "+" };
            format!("{sign}{text}%")
        }
        _ => String::new(),
    }
}
