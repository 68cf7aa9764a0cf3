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
    /// What stands between two facts.
    between: &'static str,
    /// As it stands in its file; nothing once it is merged.
    raw: Option<String>,
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
            between: " | ",
            raw: Some(line.span.of(text).to_string()),
        }
    }

    /// Reads a line of settings such as `currency CNY, as_of 2026-03-31`: each is a fact that its first word names, so that two
    /// values of one setting are two sayings of one fact.
    pub fn of_settings(text: &str, line: &OutlineLine, above: &str) -> Line {
        let is_list = line.tokens.first().is_some_and(|first| LISTS.contains(&first.span.of(text)));
        let parts = |token: &Token| !is_list && token.span.of(text) == ",";
        let settings: Vec<&[Token]> = line.tokens.split(parts).filter(|tokens| !tokens.is_empty()).collect();
        let facts: Vec<Fact> = settings.iter().map(|tokens| Fact::setting(text, tokens)).collect();
        Line {
            name: facts.first().map(|fact| fact.name.clone()).unwrap_or_default(),
            above: above.to_string(),
            subject: Vec::new(),
            facts,
            rest: Vec::new(),
            between: ", ",
            raw: Some(line.span.of(text).to_string()),
        }
    }

    /// A line that is kept as it is written.
    pub fn verbatim(text: &str) -> Line {
        let name = text.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        let subject = vec![text.to_string()];
        Line { name, above: String::new(), subject, facts: Vec::new(), rest: Vec::new(), between: " | ", raw: None }
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
        [self.subject.join(" "), facts.join(self.between), self.rest.join(" ")].join(" ").trim().to_string()
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
        Some(Line { name: ours.name.clone(), above, subject, facts, rest, between: ours.between, raw: None })
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
        self.text()
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

/// Settings whose value is a list.
const LISTS: [&str; 7] = ["report", "pin", "case", "cases", "over", "correlate", "by"];

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
