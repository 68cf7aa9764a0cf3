//! The tokens of each line, for the formatter.

use pest::iterators::Pair;

use super::{Reader, Rule};
use crate::syntax::ast::StudyWord;
use crate::syntax::layout::{Layout, RawBlock, RawItem, RawKind, RawLine};
use crate::syntax::outline::{OutlineBlock, OutlineItem, OutlineKind, OutlineLine, Token, TokenKind};
use crate::syntax::words::{STUDY_WORDS, item_word};
use crate::text::Span;

/// The outline of a text that reads well; lines that do not are left out.
pub(in crate::syntax) fn outline(text: &str) -> Vec<OutlineItem> {
    let mut layout = Layout::new(text);
    let mut reader = Reader::new(text);
    let mut items = vec![];
    while let Some(raw) = layout.next_item() {
        items.push(reader.deeply(&raw, |reader| reader.outline_item(&raw)));
    }
    items
}

/// The tokens of a formula, of how a value is spread, or of a line of a case; nothing for any other text.
pub(in crate::syntax) fn fragment(text: &str) -> Option<Vec<Token>> {
    const SPREAD: &str = "vary it ";
    let read = |rule: Rule, text: &str| {
        let span = Span::new(0, text.len());
        let tokens = Reader::new(text).outline_line(RawLine { span, broken: false }, rule).tokens;
        (!tokens.is_empty()).then_some(tokens)
    };
    let back = |token: Token| {
        let at = |offset: u32| offset.checked_sub(SPREAD.len() as u32);
        Some(Token { span: Span { start: at(token.span.start)?, end: at(token.span.end)? }, ..token })
    };
    let spread = || Some(read(Rule::study_line, &format!("{SPREAD}{text}"))?.into_iter().filter_map(back).collect());
    read(Rule::expression_line, text).or_else(spread).or_else(|| read(Rule::case_line, text))
}

impl<'t> Reader<'t> {
    fn outline_item(&mut self, raw: &RawItem) -> OutlineItem {
        let word = item_word(raw.head.span.of(self.text));
        let (head_rule, line_rule) = rules(word);
        let kind = match raw.kind {
            RawKind::Item if word == "table" => OutlineKind::Table,
            RawKind::Item => OutlineKind::Plain,
            _ => OutlineKind::Verbatim,
        };
        if kind == OutlineKind::Verbatim {
            let head = OutlineLine { span: raw.span, tokens: vec![] };
            return OutlineItem { span: raw.span, head, block: None, kind };
        }
        let block = raw.block.as_ref().map(|block| self.outline_block(block, line_rule));
        OutlineItem { span: raw.span, head: self.outline_line(raw.head, head_rule), block, kind }
    }

    fn outline_block(&mut self, block: &RawBlock, rule: Rule) -> OutlineBlock {
        let lines = block.lines.iter().map(|line| {
            let text = line.span.of(self.text);
            let rule = match rule {
                Rule::row_line if text.starts_with("columns") => Rule::columns_line,
                Rule::row_line if text.starts_with("rows") => Rule::rows_line,
                rule => rule,
            };
            self.outline_line(*line, rule)
        });
        OutlineBlock { lines: lines.collect(), span: block.span }
    }

    fn outline_line(&mut self, line: RawLine, rule: Rule) -> OutlineLine {
        let mut tokens =
            Tokens { text: self.text, base: line.span.start as usize, at: line.span.start as usize, all: vec![] };
        if let Some(pair) = self.statement(rule, line) {
            tokens.pair(pair, Rule::line);
        }
        OutlineLine { span: line.span, tokens: tokens.all }
    }
}

/// The rules of an item's head and of the lines of its block.
fn rules(word: &str) -> (Rule, Rule) {
    match word {
        "scn" => (Rule::version_head, Rule::line),
        "use" => (Rule::use_head, Rule::line),
        "model" => (Rule::model_head, Rule::model_line),
        "calendar" => (Rule::calendar_head, Rule::line),
        "source" => (Rule::source_head, Rule::line),
        "fx" => (Rule::fx_head, Rule::line),
        "unit" => (Rule::unit_head, Rule::line),
        "kind" => (Rule::kind_head, Rule::line),
        "fn" | "over" => (Rule::function_head, Rule::function_line),
        "table" => (Rule::table_head, Rule::row_line),
        "data" => (Rule::data_head, Rule::data_line),
        "case" => (Rule::case_head, Rule::case_line),
        "report" => (Rule::report_head, Rule::report_line),
        word if STUDY_WORDS.contains(&word) => (study_head(word), Rule::study_line),
        word if crate::syntax::ITEM_WORDS.contains(&word) => (Rule::line, Rule::line),
        _ => (Rule::entity_head, Rule::line),
    }
}

fn study_head(word: &str) -> Rule {
    StudyWord::of(word).map_or(Rule::entity_head, |(_, rule)| rule)
}

/// Walks the pairs of a line: the smallest are tokens, and so is what stands between them.
struct Tokens<'t> {
    text: &'t str,
    base: usize,
    at: usize,
    all: Vec<Token>,
}

impl Tokens<'_> {
    fn pair(&mut self, pair: Pair<Rule>, parent: Rule) {
        let (start, end) = (pair.as_span().start() + self.base, pair.as_span().end() + self.base);
        let rule = pair.as_rule();
        let first = self.all.len();
        let kind = kind(rule, parent, pair.as_str());
        let mut inner = pair.into_inner().peekable();
        if rule == Rule::EOI {
            return;
        }
        if inner.peek().is_none() {
            self.token(start, end, kind);
            return self.mark(rule, first);
        }
        let mut beside_unit = false;
        while let Some(part) = inner.next() {
            self.signs_until(part.as_span().start() + self.base, rule);
            let is_power = part.as_rule() == Rule::infix && part.as_str() == "^";
            let is_measured = has_unit(&part);
            let is_apart = is_power && (beside_unit || inner.peek().is_some_and(has_unit));
            self.pair(part, rule);
            if let Some(power) = self.all.last_mut().filter(|_| is_apart) {
                power.kind = TokenKind::Word;
            }
            beside_unit = is_measured;
        }
        self.signs_until(end, rule);
        self.mark(rule, first);
    }

    /// Corrects the tokens of a pair by what the pair is.
    fn mark(&mut self, rule: Rule, first: usize) {
        let mut own = self.all[first..].iter_mut().filter(|token| token.kind != TokenKind::Comment);
        match rule {
            // `2026E.. x`: nothing but a blank tells the open end from the value.
            Rule::periods | Rule::printed => {
                let last = own.next_back().filter(|token| token.span.of(self.text) == "..");
                last.into_iter().for_each(|dots| dots.kind = TokenKind::Suffix);
            }
            // `= from source` is a value; no line breaks before it.
            Rule::candidate => own.next().into_iter().for_each(|word| {
                *word = Token { kind: TokenKind::Word, begins_clause: false, ..*word };
            }),
            _ if begins_clause(rule) => own.next().into_iter().for_each(|word| word.begins_clause = true),
            _ => {}
        }
    }

    /// Signs and comments that no rule stands for.
    fn signs_until(&mut self, end: usize, parent: Rule) {
        while self.at < end {
            let rest = &self.text[self.at..end];
            let Some(letter) = rest.chars().next() else { break };
            if letter == '#' {
                let line = rest.lines().next().unwrap_or("").trim_end();
                self.token(self.at, self.at + line.len(), TokenKind::Comment);
            } else if letter.is_whitespace() {
                self.at += letter.len_utf8();
            } else {
                let length = if rest.starts_with("..") { 2 } else { letter.len_utf8() };
                self.token(self.at, self.at + length, sign(&rest[..length], parent));
            }
        }
    }

    fn token(&mut self, start: usize, end: usize, kind: TokenKind) {
        let end = start + self.text[start..end].trim_end().len();
        self.all.push(Token { span: Span::new(start, end), kind, begins_clause: false });
        self.at = end;
    }
}

/// Whether a quantity ends in the letters of a unit or a scale. A power beside it keeps its blanks: `3 mm^2` is an area, and
/// `3 mm ^ 2` a square of three millimetres.
fn has_unit(part: &Pair<Rule>) -> bool {
    part.as_rule() == Rule::quantity && part.as_str().contains([' ', '\t'])
}

fn begins_clause(rule: Rule) -> bool {
    use Rule::*;
    matches!(
        rule,
        range | shape | from | by | because | implied | within | as_printed | case_clause | disputed | allowed
    )
}

fn sign(text: &str, parent: Rule) -> TokenKind {
    match text {
        "(" if matches!(parent, Rule::call | Rule::function_head) => TokenKind::OpenJoint,
        "(" => TokenKind::Open,
        "[" => TokenKind::OpenJoint,
        ")" | "]" | "," | ":" => TokenKind::Suffix,
        ".." if parent == Rule::at_most => TokenKind::Prefix,
        ".." | "/" => TokenKind::Joint,
        "|" => TokenKind::Bar,
        "=" | "~" => TokenKind::Sign,
        _ => TokenKind::Word,
    }
}

fn kind(rule: Rule, parent: Rule, text: &str) -> TokenKind {
    match rule {
        Rule::string | Rule::field_value => TokenKind::Text,
        Rule::format if text.starts_with('"') => TokenKind::Text,
        Rule::prefix if text == "-" => TokenKind::Prefix,
        Rule::infix if text == "^" => TokenKind::Joint,
        Rule::minus_sign => TokenKind::Prefix,
        Rule::mark | Rule::field_of => TokenKind::Suffix,
        Rule::dots => TokenKind::Joint,
        Rule::row_sign | Rule::equals => TokenKind::Sign,
        Rule::colon => TokenKind::Suffix,
        Rule::kw_from if parent == Rule::from => TokenKind::Clause,
        Rule::kw_by if parent == Rule::by => TokenKind::Clause,
        Rule::kw_because if parent == Rule::because => TokenKind::Clause,
        Rule::kw_disputed | Rule::kw_implied | Rule::kw_allow => TokenKind::Clause,
        Rule::kw_from if parent == Rule::bridge_head => TokenKind::Clause,
        Rule::kw_to if parent == Rule::report_head => TokenKind::Clause,
        Rule::kw_of | Rule::kw_when | Rule::kw_with => TokenKind::Turn,
        Rule::infix if matches!(text, "and" | "or") => TokenKind::Either,
        _ => TokenKind::Word,
    }
}
