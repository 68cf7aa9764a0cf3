//! Problems with the lines they are about, drawn for a terminal or a plain file.

use std::fmt;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use crate::text::{SourceId, Sources, visible};

use super::lines::Lines;

use super::super::{Label, Problem, Problems, Severity};
use super::short;

/// How problems are drawn; without colour there is no escape in the text.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub colour: bool,
    pub width: usize,
}

/// More problems than this are counted, not drawn.
const DRAWN: usize = 100;

/// A line longer than this is not drawn; its problem is told in one line.
const WIDEST: usize = 1_000;

/// Every problem with its lines, and how many were left out.
pub fn human(problems: &Problems, sources: &Sources, look: Look) -> String {
    let mut out: String = problems.iter().take(DRAWN).map(|problem| drawn(problem, sources, look) + "\n").collect();
    if problems.len() > DRAWN {
        out += &format!("and {} more problems; `scn check --format short` lists all of them\n", problems.len() - DRAWN);
    }
    out
}

/// A problem without its lines: its message, what its labels say, and its help.
fn undrawn(problem: &Problem, sources: &Sources) -> String {
    let mut one = Problems::default();
    one.push(problem.clone());
    let label = |label: &Label| format!("  {}: {}\n", sources.locate(label.place), label.text);
    let labels: String = problem.labels.iter().map(label).collect();
    let help = problem.help.as_ref().map(|help| format!("  help: {help}\n")).unwrap_or_default();
    format!("{}{}", short(&one, sources), visible(&(labels + &help)))
}

/// Files other than the first come below it, and the help stands at the end.
fn drawn(problem: &Problem, sources: &Sources, look: Look) -> String {
    if problem.labels.iter().any(|label| !can_be_drawn(label, sources)) {
        return undrawn(problem, sources);
    }
    let groups = by_source(problem);
    let last = groups.len().saturating_sub(1);
    let shown = |at: usize, group: &[&Label]| Shown {
        message: visible(&problem.message).into_owned(),
        code: problem.code.clone(),
        severity: problem.severity,
        source: group.first().map(|label| Lines(sources.get(label.place.source))),
        labels: group.iter().map(|label| labelled(label, sources)).collect(),
        help: problem.help.as_deref().filter(|_| at == last).map(|help| visible(help).into_owned()),
    };
    let mut out = String::new();
    for (at, group) in groups.iter().enumerate() {
        let text = render(&shown(at, group), look);
        out += if at == 0 { &text } else { without_head(&text) };
    }
    out
}

/// Labels of one source together, in the order their sources first appear; one empty group if there are none.
fn by_source(problem: &Problem) -> Vec<Vec<&Label>> {
    let mut groups: Vec<(Option<SourceId>, Vec<&Label>)> = Vec::new();
    for label in &problem.labels {
        let source = Some(label.place.source);
        match groups.iter_mut().find(|(other, _)| *other == source) {
            Some((_, group)) => group.push(label),
            None => groups.push((source, vec![label])),
        }
    }
    if groups.is_empty() {
        groups.push((None, Vec::new()));
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn render(shown: &Shown<'_>, look: Look) -> String {
    let theme = if look.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(look.width).with_links(false);
    let handler = handler.without_syntax_highlighting().with_break_words(false);
    let mut out = String::new();
    match handler.render_report(&mut out, shown) {
        Ok(()) => out,
        Err(_) => format!("{}: {}\n", shown.severity.word(), shown.message),
    }
}

/// A drawing from the frame on, without code and message.
fn without_head(text: &str) -> &str {
    let frame = text.find('╭').and_then(|at| text[..at].rfind('\n'));
    frame.map_or(text, |newline| &text[newline + 1..])
}

/// Whether the lines of a label are no wider than is drawn, and have no letter that a terminal obeys: the drawing has colours
/// of its own, and what has been drawn cannot be told from them.
fn can_be_drawn(label: &Label, sources: &Sources) -> bool {
    let source = sources.get(label.place.source);
    let (first, _) = source.line_column(label.place.span.start);
    let (last, _) = source.line_column(label.place.span.end);
    let lines = (first..=last).map(|line| source.line(line));
    let is_plain = |text: &str| matches!(visible(text), std::borrow::Cow::Borrowed(_));
    source.line(first).len() <= WIDEST
        && is_plain(&source.path)
        && lines.map(|line| line.trim_end_matches('\r')).all(is_plain)
}

/// The label's place, cut to the text and to its first line if it runs over many.
fn labelled(label: &Label, sources: &Sources) -> LabeledSpan {
    let text = &sources.get(label.place.source).text;
    let start = floor(text, label.place.span.start as usize);
    let end = floor(text, label.place.span.end as usize).max(start);
    let end = if text[start..end].lines().count() > 2 { start + first_line(&text[start..end]) } else { end };
    let (start, end) = (before_return(text, start), before_return(text, end));
    LabeledSpan::new(Some(visible(&label.text).into_owned()), start, end - start)
}

/// A place before the letters that end a line, if it is among or behind them: a newline of Windows is two.
fn before_return(text: &str, at: usize) -> usize {
    let ends = text[at..].trim_start_matches('\r');
    let is_end = ends.is_empty() || ends.starts_with('\n');
    if is_end { text[..at].trim_end_matches('\r').len() } else { at }
}

fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn first_line(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// A problem in the form the drawing library takes.
#[derive(Debug)]
struct Shown<'a> {
    message: String,
    code: String,
    severity: Severity,
    source: Option<Lines<'a>>,
    labels: Vec<LabeledSpan>,
    help: Option<String>,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.code.is_empty()).then(|| Box::new(&self.code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Hint => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
