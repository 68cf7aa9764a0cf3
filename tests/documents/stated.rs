//! What a block states about itself: `# = value`, `# error: code`, and the message in the `text` block below.

use std::collections::BTreeMap;
use std::sync::Arc;

use scn::calendar::Period;
use scn::diagnostic::render::{Look, human};
use scn::diagnostic::{Problem, Problems};
use scn::eval::{Cell, Settings};
use scn::model::{CaseId, MissingCode, Variable, VariableId};
use scn::report::Templates;
use scn::text::{Place, Sources};
use scn::units::{Unit, significant};
use scn::workspace::{Checked, Evaluated, open};

use crate::Outcome;
use crate::book::{Book, ROOT};
use crate::page::Edit;
use crate::reports;
use crate::studies;

/// What a page shows of arithmetic needs no names, unless the page is about them.
fn is_told(book: &Book, problem: &Problem) -> bool {
    const UNNAMED: &str = "resolve::unnamed_number";
    let states = || book.blocks.iter().any(|(block, _)| block.text.contains(UNNAMED));
    problem.code != UNNAMED || book.about.as_deref() == Some(UNNAMED) || states()
}

/// Runs a book and holds it against what its lines state.
pub fn hold(book: &Book, outcome: &mut Outcome) {
    let checked = open(ROOT, book, None);
    let evaluated = checked.evaluate(&Settings::default());
    let mut problems = Problems::default();
    problems.extend(checked.problems.iter().filter(|problem| is_told(book, problem)).cloned());
    if checked.is_sound() {
        problems.extend(evaluated.problems().cloned());
        problems.extend(checked.hints(&evaluated, book));
    }
    let mut sources = checked.sources().clone();
    if !problems.has_errors() {
        let written = reports::written(&checked, &evaluated, Arc::new(Shelf(book.files.clone())));
        problems.extend(written.problems.iter().cloned());
        hold_reports(book, &written.texts, outcome);
        sources = written.sources;
    }
    if checked.is_sound() {
        problems.extend(studies::hold(book, &checked, outcome));
    }
    let run = Run { book, checked: &checked, evaluated: &evaluated, problems: problems.sorted(), sources };
    run.hold_lines(outcome);
    run.hold_strangers(outcome);
    run.hold_frames(outcome);
}

/// The `markdown` blocks of a section are its reports, in order.
fn hold_reports(book: &Book, texts: &[(String, String)], outcome: &mut Outcome) {
    for (block, (_, text)) in book.reports.iter().zip(texts) {
        outcome.compare(block.line, &block.text, text);
    }
    if let Some(block) = book.reports.get(texts.len()) {
        outcome.fail(block.line, "no report is behind this");
    }
}

/// The files of a book as its templates.
struct Shelf(BTreeMap<String, String>);

impl Templates for Shelf {
    fn read(&self, name: &str) -> Result<Option<String>, String> {
        Ok(self.0.get(&format!("templates/{name}")).cloned())
    }
}

struct Run<'r> {
    book: &'r Book<'r>,
    checked: &'r Checked,
    evaluated: &'r Evaluated,
    problems: Problems,
    sources: Sources,
}

impl Run<'_> {
    /// Every line of the root that stands on the page: its value, and its problems.
    fn hold_lines(&self, outcome: &mut Outcome) {
        let root = &self.book.files[ROOT];
        let claimed = self.book.about.is_some() && !root.contains("# error: ");
        for (at, line) in root.lines().enumerate() {
            let Some(Some(place)) = self.book.places.get(at) else { continue };
            if let Some((_, stated)) = line.split_once("# = ") {
                self.hold_value(at + 1, *place, line, stated, outcome);
            }
            if !claimed {
                self.hold_problems(at + 1, *place, line, outcome);
            }
        }
        if let Some(code) = self.book.about.as_ref().filter(|_| claimed) {
            self.hold_about(code, outcome);
        }
    }

    fn hold_problems(&self, line: usize, place: usize, text: &str, outcome: &mut Outcome) {
        let actual = self.problems.iter().filter(|problem| self.line_of(problem) == Some(line)).map(named);
        let actual = actual.collect::<Vec<_>>().join(", ");
        let at = ["# error: ", "# warning: ", "# hint: "].iter().filter_map(|mark| text.find(mark)).min();
        let stated = at.map_or("", |at| text[at + 2..].trim());
        if stated != actual {
            let messages = self.messages(|problem| self.line_of(problem) == Some(line));
            outcome.fail(place, format_args!("states `{stated}`, raises `{actual}`\n{messages}"));
            if let Some(at) = at {
                outcome.edits.push(Edit { first: place, count: 1, text: format!("{}# {actual}", &text[..at]) });
            }
        }
    }

    /// The first example of a page about a problem raises that problem and no other.
    fn hold_about(&self, code: &str, outcome: &mut Outcome) {
        let first = self.book.blocks[0].0.line;
        let others = self.messages(|problem| problem.code != code);
        if self.problems.is_empty() || !others.is_empty() {
            outcome.fail(first, format_args!("should raise `{code}` and nothing else; it raises:\n{others}"));
        }
    }

    /// Problems that are in no line of the page: in the preamble, in another file, or nowhere.
    fn hold_strangers(&self, outcome: &mut Outcome) {
        let on_page =
            |problem: &Problem| self.line_of(problem).and_then(|line| self.book.places.get(line - 1)).is_some();
        let strangers = self.messages(|problem| !on_page(problem));
        if !strangers.is_empty() {
            outcome.fail(self.book.blocks[0].0.line, format_args!("problems outside the page:\n{strangers}"));
        }
    }

    /// The `text` block after a block is its problems as they are printed.
    fn hold_frames(&self, outcome: &mut Outcome) {
        for (block, frame) in &self.book.blocks {
            let Some(frame) = frame else { continue };
            let lines = block.line..block.line + block.text.lines().count();
            let is_here = |problem: &Problem| {
                let place = self.line_of(problem).and_then(|line| self.book.places.get(line - 1).copied().flatten());
                place.is_some_and(|place| lines.contains(&place))
            };
            outcome.compare(frame.line, &frame.text, &self.messages(is_here));
        }
    }

    fn hold_value(&self, line: usize, place: usize, text: &str, stated: &str, outcome: &mut Outcome) {
        let Some(id) = self.variable_on(line) else {
            return outcome.fail(place, "no value is defined here");
        };
        let actual = self.stated_as(id, stated.trim());
        if actual != ungrouped(stated.trim()) {
            outcome.fail(place, format_args!("states {}, is {actual}", stated.trim()));
            let before = text.split("# = ").next().unwrap_or("");
            outcome.edits.push(Edit { first: place, count: 1, text: format!("{before}# = {actual}") });
        }
    }

    /// The variable whose definition begins on a line of the root, or last before it.
    fn variable_on(&self, line: usize) -> Option<VariableId> {
        let variables = self.checked.model.variables.iter().enumerate();
        let mut before = variables.filter(|(_, variable)| !variable.hidden).filter_map(|(at, variable)| {
            let start = self.root_line(variable.place)?;
            (start <= line).then_some((start, std::cmp::Reverse(at)))
        });
        let first = before.next()?;
        let (_, std::cmp::Reverse(at)) = before.fold(first, std::cmp::max);
        Some(VariableId(at as u32))
    }

    /// The value of a variable in the words of the page: for the periods, cases or entities that the page names.
    fn stated_as(&self, id: VariableId, stated: &str) -> String {
        let model = &self.checked.model;
        let variable = model.variable(id);
        if stated == "?" && variable.time.is_some() {
            return self.whole_series(id);
        }
        let part = |part: &str| {
            let key = part.split_whitespace().next().unwrap_or("");
            match self.keyed(id, key) {
                Some(cell) if part != key => format!("{key} {cell}"),
                _ => self.shown(CaseId::BASE, id, None),
            }
        };
        parts_of(stated).iter().map(|text| part(text)).collect::<Vec<_>>().join(", ")
    }

    /// The value under a period, a case, or of the entity of that name.
    fn keyed(&self, id: VariableId, key: &str) -> Option<String> {
        let model = &self.checked.model;
        let variable = model.variable(id);
        if let Ok(period) = Period::parse(key) {
            let line = model.timelines.get(variable.time?)?;
            return Some(self.shown(CaseId::BASE, id, line.index_of(period.ordinal)));
        }
        if let Some(case) = model.case_named(key) {
            return Some(self.shown(case, id, None));
        }
        model.entity_named(key)?;
        let sibling = model.variable_at(&format!("{key}.{}", variable.name))?;
        Some(self.shown(CaseId::BASE, sibling, None))
    }

    fn whole_series(&self, id: VariableId) -> String {
        let Some(line) = self.checked.model.variable(id).time.and_then(|time| self.checked.model.timelines.get(time))
        else {
            return String::new();
        };
        let cell = |(at, period): (usize, Period)| {
            let cell = self.evaluated.results.cell(CaseId::BASE, id, Some(at));
            (!cell.is_missing()).then(|| format!("{period} {}", self.shown(CaseId::BASE, id, Some(at))))
        };
        line.periods().enumerate().filter_map(cell).collect::<Vec<_>>().join(", ")
    }

    fn shown(&self, case: CaseId, id: VariableId, index: Option<usize>) -> String {
        let variable: &Variable = self.checked.model.variable(id);
        shown(&self.evaluated.results.cell(case, id, index), &variable.unit)
    }

    fn messages(&self, which: impl Fn(&Problem) -> bool) -> String {
        let mut some = Problems::default();
        some.extend(self.problems.iter().filter(|problem| which(problem)).cloned());
        human(&some, &self.sources, Look { colour: false, width: 100 })
    }

    fn line_of(&self, problem: &Problem) -> Option<usize> {
        problem.labels.iter().find_map(|label| self.root_line(label.place))
    }

    fn root_line(&self, place: Place) -> Option<usize> {
        let source = self.sources.get(place.source);
        (&*source.path == ROOT).then(|| source.line_column(place.span.start).0)
    }
}

fn named(problem: &Problem) -> String {
    format!("{}: {}", problem.severity.word(), problem.code)
}

/// A cell in a unit, to 12 significant digits.
fn shown(cell: &Cell, unit: &Unit) -> String {
    match cell {
        Cell::Number(number) => {
            let blank = if matches!(&*unit.symbol, "" | "%" | "x") { "" } else { " " };
            format!("{}{blank}{}", significant(number / unit.factor, 12), unit.symbol)
        }
        Cell::Text(text) => format!("\"{text}\""),
        Cell::YesNo(yes) => if *yes { "yes" } else { "no" }.to_string(),
        Cell::Missing { code, .. } => code_of(*code).to_string(),
    }
}

fn code_of(code: MissingCode) -> &'static str {
    match code {
        MissingCode::Nm => "NM",
        MissingCode::Na => "NA",
        MissingCode::Nd => "ND",
        MissingCode::X => "X",
    }
}

/// A text without `_` between digits.
fn ungrouped(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let is_group = |at: usize| letters[at] == '_' && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
    (0..letters.len()).filter(|at| !is_group(*at)).map(|at| letters[at]).collect()
}

/// The parts between commas that are not in quotes.
fn parts_of(text: &str) -> Vec<String> {
    let mut quoted = false;
    let is_end = |letter: char| {
        quoted ^= letter == '"';
        letter == ',' && !quoted
    };
    text.split(is_end).map(|part| part.trim().to_string()).collect()
}
