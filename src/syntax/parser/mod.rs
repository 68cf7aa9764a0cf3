//! Pairs of the grammar to nodes of the tree; only this folder names a rule.

mod blocks;
mod clauses;
mod expected;
mod expression;
mod extent;
mod habits;
mod items;
mod lines;
mod literal;
mod memo;
mod mistakes;
mod range;
mod shape;
mod studies;
mod tables;
mod tokens;
mod trees;
mod vocabulary;

use pest::Parser;
use pest::iterators::Pair;

use self::memo::Memo;
pub(super) use self::tokens::{fragment, outline};
use self::trees::Trees;
use super::ast::{self, Item, ItemKind, LineKind};
use super::error::{Sink, SyntaxError};
use super::layout::{Layout, RawItem, RawKind, RawLine};
use super::{DEEPEST_NESTING, LARGEST_FILE, LONGEST_LINE, Parsed, words};
use crate::text::Span;

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/scenario.pest"]
struct Grammar;

/// Reads a file.
pub(super) fn file(text: &str) -> Parsed {
    if text.len() > LARGEST_FILE {
        return too_large(text);
    }
    let mut layout = Layout::new(text);
    let mut reader = Reader::new(text);
    let mut items = vec![];
    while let Some(raw) = layout.next_item() {
        items.push(reader.item(raw));
        if layout.problems.is_hopeless() || reader.problems.is_hopeless() {
            items.extend(layout.rest().map(|rest| reader.item(rest)));
        }
    }
    reader.version(&items);
    let problems = reader.problems.finish(layout.problems);
    let broken_names = reader.broken_names.into_iter().map(str::to_string).collect();
    let lost_use = reader.lost_use;
    Parsed { file: ast::File { items }, comments: layout.comments, problems, broken_names, lost_use }
}

/// Reads one expression alone.
pub(super) fn expression(text: &str) -> Result<ast::Expr, Vec<SyntaxError>> {
    alone(text, |reader, line| {
        let inner = reader.statement(Rule::expression_line, line)?.into_inner().next()?;
        reader.expr(inner)
    })
}

/// Reads `path=value` alone.
pub(super) fn assignment(text: &str) -> Result<ast::Override, Vec<SyntaxError>> {
    alone(text, |reader, line| reader.assignment(line))
}

/// Reads a text that is nothing but lines of a case.
pub(super) fn changes(text: &str) -> (Vec<ast::Override>, Vec<SyntaxError>) {
    let (mut layout, mut reader) = (Layout::new(text), Reader::new(text));
    let mut lines = vec![];
    if text.len() > LARGEST_FILE {
        return (lines, too_large(text).problems);
    }
    while let Some(line) = layout.next_change() {
        lines.push(reader.case_line(line));
        if layout.problems.is_hopeless() || reader.problems.is_hopeless() {
            break;
        }
    }
    (lines, reader.problems.finish(layout.problems))
}

fn alone<T>(text: &str, read: impl FnOnce(&mut Reader, RawLine) -> Option<T>) -> Result<T, Vec<SyntaxError>> {
    let start = text.len() - text.trim_start().len();
    let span = Span::new(start, text.trim_end().len().max(start));
    let mut reader = Reader::new(text);
    let brackets = Layout::brackets(text);
    let line = RawLine { span, broken: brackets.len() > 0 };
    let made = read(&mut reader, line);
    let problems = reader.problems.finish(brackets);
    match made {
        Some(made) if problems.is_empty() => Ok(made),
        _ => Err(problems),
    }
}

fn too_large(text: &str) -> Parsed {
    let span = Span { start: 0, end: u32::try_from(text.len()).unwrap_or(u32::MAX) };
    let items = vec![Item { span, kind: ItemKind::Line(LineKind::Broken) }];
    let problems = vec![SyntaxError::TooLarge { size: text.len(), span: Span { start: 0, end: 1 } }];
    Parsed { file: ast::File { items }, problems, lost_use: true, ..Parsed::default() }
}

/// What reading a file carries along.
struct Reader<'t> {
    text: &'t str,
    problems: Sink,
    trees: Trees<'t>,
    memo: Memo,
    broken_names: std::collections::BTreeSet<&'t str>,
    lost_use: bool,
    /// Where the line that is being read starts: pest counts from there.
    base: u32,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Reader<'t> {
        Reader {
            text,
            problems: Sink::default(),
            trees: Trees::default(),
            memo: Memo::default(),
            broken_names: Default::default(),
            lost_use: false,
            base: 0,
        }
    }

    fn item(&mut self, raw: RawItem) -> Item {
        let kind = match raw.kind {
            RawKind::Stray => None,
            RawKind::Kept => Some(self.kept(raw.span)),
            RawKind::Item => self.deeply(&raw, |reader| reader.item_kind(&raw)),
        };
        if kind.is_none() {
            self.unread_item(&raw);
        }
        Item { span: raw.span, kind: kind.unwrap_or(ItemKind::Line(LineKind::Broken)) }
    }

    /// Of an item whose lines name what stands elsewhere, only its own name is remembered.
    fn unread_item(&mut self, raw: &RawItem) {
        let head = raw.head.span.of(self.text);
        let word = words::item_word(head);
        match word == "case" || word == "report" || words::STUDY_WORDS.contains(&word) {
            true => {
                let named = head.split('"').next().unwrap_or("").split(" of ").next().unwrap_or("");
                self.unread(Span { start: raw.head.span.start, end: raw.head.span.start + named.len() as u32 });
            }
            false => self.unread(raw.span),
        }
        // A path or a module alone is a `use` that lost its word.
        let text = raw.span.of(self.text);
        if text.starts_with('"') || text.starts_with("std.") {
            self.lost_use = true;
        }
    }

    /// Remembers the words of what could not be read: any of them may be a name that it defines or uses.
    fn unread(&mut self, span: Span) {
        let text = span.of(self.text);
        // Where a quote is missing, what is a text and what is not cannot be told.
        let whole = |line: &str| !line.matches('"').count().is_multiple_of(2);
        let outside_quotes = text.lines().flat_map(|line| line.split('"').step_by(if whole(line) { 1 } else { 2 }));
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let first = |line: &str| words::item_word(line.trim_start_matches(|letter: char| !is_word(letter))) == "use";
        self.lost_use |= text.lines().any(first);
        let words = outside_quotes.flat_map(|text| text.split(|letter: char| !is_word(letter)));
        self.broken_names.extend(words.filter(|word| !word.is_empty()));
    }

    /// Runs on a larger stack where brackets or conditions nest.
    fn deeply<T>(&mut self, raw: &RawItem, read: impl FnOnce(&mut Self) -> T) -> T {
        let lines = raw.block.iter().flat_map(|block| &block.lines).chain([&raw.head]);
        let conditions = lines.map(|line| conditions(line.span.of(self.text))).max();
        if raw.depth.max(conditions.unwrap_or(0)) <= SHALLOW {
            return read(self);
        }
        stacker::maybe_grow(16 << 20, 32 << 20, || read(self))
    }

    /// Reads a line by a rule; nothing if it does not fit, and then the problem is kept.
    fn statement(&mut self, rule: Rule, line: RawLine) -> Option<Pair<'t, Rule>> {
        let text = line.span.of(self.text);
        self.base = line.span.start;
        if line.broken || self.problems.is_hopeless() || !self.is_readable(line.span) {
            return None;
        }
        match Grammar::parse(rule, text) {
            Ok(mut pairs) => pairs.next(),
            Err(error) => {
                self.problems.push(expected::explain(rule, text, &error, line.span.start));
                None
            }
        }
    }

    fn is_readable(&mut self, span: Span) -> bool {
        if span.len() > LONGEST_LINE {
            self.problems.push(SyntaxError::TooLong { span });
            return false;
        }
        let conditions =
            if span.len() > 2 * DEEPEST_NESTING { span.of(self.text).split("if").skip(1).count() } else { 0 };
        if conditions > DEEPEST_NESTING {
            self.problems.push(SyntaxError::TooDeep { span });
            return false;
        }
        true
    }

    /// The place of a token.
    fn place(&self, pair: &Pair<'t, Rule>) -> Span {
        let span = pair.as_span();
        Span::new(span.start(), span.end()).shifted(self.base)
    }

    /// The place of a text without its quotes.
    fn unquoted(&self, pair: &Pair<'t, Rule>) -> Span {
        let span = self.place(pair);
        Span { start: span.start + 1, end: span.end - 1 }
    }

    /// The place of the first token inside a pair, without quotes if it is a text.
    fn inner(&self, pair: Pair<'t, Rule>, rule: Rule) -> Option<Span> {
        let token = pair.into_inner().find(|token| token.as_rule() == rule)?;
        Some(if rule == Rule::string { self.unquoted(&token) } else { self.place(&token) })
    }

    /// The place of a pair without the blanks and comments it may have swallowed.
    fn extent(&self, pair: &Pair<'t, Rule>) -> Span {
        let start = pair.as_span().start();
        Span::new(start, extent::end_of(pair)).shifted(self.base)
    }
}

/// Up to here the stack of any thread is enough.
const SHALLOW: usize = 12;

/// How deep the conditions of a line may nest.
fn conditions(text: &str) -> usize {
    if text.len() < 4 * SHALLOW { 0 } else { text.matches("if").count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 5] = [
        include_str!("../../../tests/fixtures/syntax/ok/whole_language.scn"),
        include_str!("../../../tests/fixtures/syntax/ok/lines_that_go_on.scn"),
        include_str!("../../../tests/fixtures/format/comments_and_blank_lines.scn"),
        include_str!("../../../tests/fixtures/format/blocks.scn"),
        include_str!("../../../tests/fixtures/format/studies.scn"),
    ];

    /// Heads and lines as the grammar's first level cuts them.
    fn by_grammar(text: &str) -> Vec<String> {
        let file = Grammar::parse(Rule::file, text).expect("a sound fixture");
        let cuts = [Rule::head, Rule::study_head, Rule::block_line, Rule::case_row, Rule::study_row, Rule::kept];
        let cut = file.flatten().filter(|pair| cuts.contains(&pair.as_rule()));
        cut.map(|pair| pair.as_str().trim_end().to_string()).collect()
    }

    /// Heads and lines as the layout cuts them.
    fn by_layout(text: &str) -> Vec<String> {
        let mut layout = Layout::new(text);
        let mut cut = vec![];
        while let Some(item) = layout.next_item() {
            cut.push(item.head);
            cut.extend(item.block.into_iter().flat_map(|block| block.lines));
        }
        cut.into_iter().map(|line| line.span.of(text).to_string()).collect()
    }

    #[test]
    fn the_layout_cuts_a_file_as_the_grammar_says() {
        for text in TEXTS {
            assert_eq!(by_grammar(text), by_layout(text));
        }
    }
}
