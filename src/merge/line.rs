//! A line as what it is about and the facts it says: one for each period, cell or field.

use super::fact::{Fact, same, spelled};
use super::sequence::{Judge, Part};
use crate::syntax::outline::{OutlineKind, OutlineLine, Token, TokenKind};

/// A line, with the comments and blank lines above it.
#[derive(Debug, Clone)]
pub struct Line {
    pub name: String,
    pub above: String,
    /// Up to `=` or `~`, which stands here too; the whole line if it has no such sign.
    pub subject: Vec<String>,
    pub facts: Vec<Fact>,
    /// What a row of a table says of all its cells.
    pub rest: Vec<String>,
    /// The line of settings that it stands in.
    pub group: Option<Group>,
    /// As it stands in its file; nothing once it is merged.
    raw: Option<String>,
}

/// Settings that stand on one line; those behind the first leave out what the line begins with.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    name: String,
    pub prefix: &'static str,
}

impl Line {
    /// Reads a line; `columns` are the names of a table's cells.
    pub fn of(text: &str, line: &OutlineLine, above: &str, columns: &[String]) -> Line {
        let sign = line.tokens.iter().position(|token| token.kind == TokenKind::Sign);
        let (subject, value) = line.tokens.split_at(sign.map_or(line.tokens.len(), |at| at + 1));
        let is_row = !columns.is_empty() && sign.is_some();
        let clauses = if is_row { value.iter().position(begins_clause) } else { None };
        let (cells, rest) = value.split_at(clauses.unwrap_or(value.len()));
        let pieces: Vec<&[Token]> = cells.split(|token| token.kind == TokenKind::Bar).collect();
        let facts = pieces.iter().enumerate().filter(|_| sign.is_some());
        Line {
            name: name(text, subject, sign.is_some()),
            above: above.to_string(),
            subject: spelled(text, subject),
            facts: facts.map(|(at, piece)| Fact::of(text, piece, columns.get(at), pieces.len() > 1)).collect(),
            rest: spelled(text, rest),
            group: None,
            raw: Some(line.span.of(text).to_string()),
        }
    }

    /// Reads a line of settings or inputs such as `currency CNY, as_of 2026-03-31`: each is a line of its own for whoever merges,
    /// named by its first word or its path, so that two values of one setting are two sayings of one fact.
    pub fn settings(text: &str, line: &OutlineLine, above: &str, in_model: bool) -> Vec<Line> {
        let first = line.tokens.first().map_or("", |token| token.span.of(text));
        let (prefix, tokens) = if first == "in" { ("in ", &line.tokens[1..]) } else { ("", &line.tokens[..]) };
        let is_plain = tokens.iter().all(|token| token.kind != TokenKind::Comment);
        let parts = if is_plain && (in_model || first == "in" || SETTINGS.contains(&first)) {
            parted(text, tokens)
        } else {
            vec![tokens]
        };
        let group = parts.first().map(|tokens| setting_name(text, tokens)).unwrap_or_default();
        let one = |(at, tokens): (usize, &&[Token])| Line {
            name: format!("{prefix}{}", setting_name(text, tokens)),
            above: if at == 0 { above.to_string() } else { String::new() },
            subject: spelled(text, tokens),
            facts: Vec::new(),
            rest: Vec::new(),
            group: Some(Group { name: group.clone(), prefix }),
            raw: written(text, tokens),
        };
        parts.iter().enumerate().map(one).collect()
    }

    /// A line that is kept as it is written.
    pub fn verbatim(text: &str) -> Line {
        let name = text.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        let subject = vec![text.to_string()];
        Line { name, above: String::new(), subject, facts: Vec::new(), rest: Vec::new(), group: None, raw: None }
    }

    /// The columns that a head of a table names.
    pub fn columns(&self, kind: OutlineKind) -> Option<Vec<String>> {
        let first = self.subject.first().map(String::as_str);
        let is_head = kind == OutlineKind::Table && matches!(first, Some("columns" | "rows"));
        let columns = self.subject.split(|word| word == "|").map(|words| words.join(" "));
        is_head.then(|| columns.map(|column| column.trim_start_matches("columns ").to_string()).collect())
    }

    /// The line as text, without what is above.
    pub fn text(&self) -> String {
        if let Some(raw) = &self.raw {
            return raw.clone();
        }
        let facts: Vec<String> = self.facts.iter().map(|fact| fact.words.join(" ")).collect();
        [self.subject.join(" "), facts.join(" | "), self.rest.join(" ")].join(" ").trim().to_string()
    }

    /// Ours and theirs fact by fact; nothing if they do not speak of the same facts.
    pub fn merged(judge: &mut Judge, base: Option<&Line>, ours: &Line, theirs: &Line, path: &str) -> Option<Line> {
        let base = base?;
        if base.facts.len() < 2 {
            return None;
        }
        let one = |judge: &mut Judge, of: [&Vec<String>; 3], what: &str| {
            let [base, ours, theirs] = of.map(|words| Words { name: what.to_string(), words: words.clone() });
            let path = format!("{path} > {what}");
            judge.part([Some(&base), Some(&ours), Some(&theirs)], &path, |_, _, _, _| None).map(|merged| merged.words)
        };
        let subject = one(judge, [&base.subject, &ours.subject, &theirs.subject], "what it is about")?;
        let facts = judge.sequence([&base.facts, &ours.facts, &theirs.facts], path, |_, _, _, _, _| None);
        let rest = one(judge, [&base.rest, &ours.rest, &theirs.rest], "clauses")?;
        let above = above(judge, [&base.above, &ours.above, &theirs.above], path);
        Some(Line { name: ours.name.clone(), above, subject, facts, rest, group: None, raw: None })
    }
}

impl Part for Line {
    fn name(&self) -> &str {
        &self.name
    }

    fn says_the_same(&self, other: &Line) -> bool {
        same(&self.subject, &other.subject)
            && self.facts.len() == other.facts.len()
            && self.facts.iter().zip(&other.facts).all(|(left, right)| left.says_the_same(right))
            && same(&self.rest, &other.rest)
            && same_above(&self.above, &other.above)
    }

    fn quoted(&self) -> String {
        let prefix = self.group.as_ref().map_or("", |group| group.prefix);
        format!("{prefix}{}", self.text())
    }
}

/// A stretch of a line.
#[derive(Debug, Clone)]
struct Words {
    name: String,
    words: Vec<String>,
}

impl Part for Words {
    fn name(&self) -> &str {
        &self.name
    }

    fn says_the_same(&self, other: &Words) -> bool {
        same(&self.words, &other.words)
    }

    fn quoted(&self) -> String {
        self.words.join(" ")
    }
}

/// The comments above or below something: those of the side that changed them; both sides' own are a conflict.
pub fn above(judge: &mut Judge, of: [&String; 3], path: &str) -> String {
    let [base, ours, theirs] = of.map(|text| Comments(text.clone()));
    let path = if path.is_empty() { "the comments".to_string() } else { format!("{path} > its comments") };
    let merged = judge.part([Some(&base), Some(&ours), Some(&theirs)], &path, |_, _, _, _| None);
    merged.map(|comments| comments.0).unwrap_or_default()
}

/// Comments and blank lines between two lines.
#[derive(Debug, Clone)]
struct Comments(String);

impl Part for Comments {
    fn name(&self) -> &str {
        "comments"
    }

    fn says_the_same(&self, other: &Comments) -> bool {
        same_above(&self.0, &other.0)
    }

    fn quoted(&self) -> String {
        self.0.trim().to_string()
    }
}

/// Whether two stretches of comments and blank lines say the same.
pub fn same_above(left: &str, right: &str) -> bool {
    left.split_whitespace().eq(right.split_whitespace())
}

fn begins_clause(token: &Token) -> bool {
    token.begins_clause || token.kind == TokenKind::Clause
}

/// Words that begin settings of a study which may share a line; all others have a line to themselves, with commas of their own.
const SETTINGS: [&str; 6] = ["draws", "seed", "sampling", "support", "importance", "indices"];

/// Lines of which a study may have several, each about a path of its own.
const ABOUT_A_PATH: [&str; 4] = ["vary", "free", "correlate", "probability"];

/// The settings of a line; commas inside brackets part nothing.
fn parted<'l>(text: &str, tokens: &'l [Token]) -> Vec<&'l [Token]> {
    let mut depth = 0usize;
    let parts = tokens.split(|token| {
        match token.span.of(text) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            "," => return depth == 0,
            _ => {}
        }
        false
    });
    parts.filter(|part| !part.is_empty()).collect()
}

/// What a setting is called: an input of a kind by what stands before its colon, a line about a path by that path too.
fn setting_name(text: &str, tokens: &[Token]) -> String {
    let words = spelled(text, tokens);
    let about = if words.first().is_some_and(|first| ABOUT_A_PATH.contains(&first.as_str())) { 2 } else { 1 };
    let named = words.iter().find_map(|word| word.strip_suffix(':'));
    named.map_or_else(|| words.iter().take(about).cloned().collect::<Vec<_>>().join(" "), str::to_string)
}

/// Tokens as they stand in their file.
fn written(text: &str, tokens: &[Token]) -> Option<String> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    text.get(first.span.start as usize..last.span.end as usize).map(str::to_string)
}

/// Words that say how a value is defined, not which value it is.
const HOW: [&str; 13] = [
    "given", "assume", "derive", "let", "also", "optional", "flow", "stock", "rate", "ratio", "price", "input", "over",
];

/// What tells a line from its neighbours: what it defines, changes or is held against.
fn name(text: &str, subject: &[Token], has_sign: bool) -> String {
    let is_end = |token: &Token| {
        let word = token.span.of(text);
        match has_sign {
            true => token.kind == TokenKind::Sign || word == ":",
            false => matches!(word, "+" | "-" | "*") || begins_clause(token),
        }
    };
    let words = subject.iter().enumerate().take_while(|(at, token)| *at == 0 || !is_end(token));
    let words: Vec<&Token> = words.map(|(_, token)| token).filter(|token| token.kind != TokenKind::Comment).collect();
    let is_name = |word: &str| word.starts_with(|letter: char| letter.is_alphabetic());
    let follows = |at: usize| words.get(at + 1).is_some_and(|next| is_name(next.span.of(text)));
    let how = (0..words.len()).take_while(|at| HOW.contains(&words[*at].span.of(text)) && follows(*at)).count();
    spelled(text, &words[how..].iter().map(|token| **token).collect::<Vec<_>>()).join(" ")
}
