//! `Fact`: a value with its period or column and what is said of it.

use super::sequence::Part;
use crate::syntax::outline::{Token, TokenKind};

/// One piece of a line.
#[derive(Debug, Clone)]
pub struct Fact {
    pub name: String,
    pub words: Vec<String>,
}

impl Fact {
    /// Reads a piece: the cell of a column, a period's value, or the only value there is.
    pub fn of(text: &str, piece: &[Token], column: Option<&String>, is_one_of_many: bool) -> Fact {
        let words = spelled(text, piece);
        let period: String = piece.iter().map_while(|token| period(token.span.of(text))).collect();
        let name = match column {
            Some(column) => column.clone(),
            None if is_one_of_many && !period.is_empty() => period,
            None => "value".to_string(),
        };
        Fact { name, words }
    }
}

impl Part for Fact {
    fn name(&self) -> &str {
        &self.name
    }

    fn says_the_same(&self, other: &Fact) -> bool {
        same(&self.words, &other.words)
    }

    fn quoted(&self) -> String {
        self.words.join(" ")
    }
}

/// The words of tokens, as written; a comment keeps its line to itself.
pub fn spelled(text: &str, tokens: &[Token]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut end = None;
    for token in tokens {
        let word = token.span.of(text);
        match words.last_mut() {
            Some(last) if end == Some(token.span.start) => last.push_str(word),
            // A line that its author broke stays broken there; behind a comment it is already, and a blank line would end it.
            Some(last) if last != "\n" && between(text, end, token).contains('\n') => {
                words.push(format!("\n    {word}"))
            }
            _ => words.push(word.to_string()),
        }
        end = Some(token.span.end);
        if token.kind == TokenKind::Comment {
            words.push("\n".to_string());
        }
    }
    words
}

fn between<'t>(text: &'t str, end: Option<u32>, token: &Token) -> &'t str {
    text.get(end.unwrap_or(token.span.start) as usize..token.span.start as usize).unwrap_or_default()
}

/// Whether two stretches have the same words, wherever their lines are broken.
pub fn same(left: &[String], right: &[String]) -> bool {
    left.iter().map(|word| word.trim()).eq(right.iter().map(|word| word.trim()))
}

/// A period or the dots of a range, as part of a name.
fn period(word: &str) -> Option<&str> {
    let is_period = word.starts_with(|letter: char| letter.is_ascii_digit())
        && word.ends_with(['A', 'E'])
        && word.chars().all(|letter| letter.is_ascii_alphanumeric());
    (is_period || word == "..").then_some(word)
}
