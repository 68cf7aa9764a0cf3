//! What a stretch of a line says, apart from how it is laid out.

use super::line::joined;
use crate::syntax::fragment;
use crate::syntax::outline::TokenKind;

/// A formula, a spread or a line of a case on one line, in canonical style and without comments; of any other text, its words.
pub fn one_line(text: &str) -> String {
    match fragment(text) {
        Some(mut tokens) => {
            tokens.retain(|token| token.kind != TokenKind::Comment);
            joined(text, &tokens)
        }
        None => text.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// The same with each number in one spelling: two texts that differ only in blanks, breaks, comments and the spelling of their
/// numbers have one wording.
pub fn wording(text: &str) -> String {
    let line = one_line(text);
    let mut worded = String::new();
    let mut at = 0;
    for token in fragment(&line).unwrap_or_default() {
        worded.push_str(line.get(at..token.span.start as usize).unwrap_or_default());
        worded.push_str(&spelled(token.span.of(&line)));
        at = token.span.end as usize;
    }
    worded + line.get(at..).unwrap_or_default()
}

/// A word in one spelling: `1_000.0` is `1000`.
fn spelled(word: &str) -> String {
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '_' | '.');
    let (number, rest) = word.split_at(word.find(|letter| !is_part(letter)).unwrap_or(word.len()));
    let starts_with_digit = number.starts_with(|letter: char| letter.is_ascii_digit());
    match number.replace('_', "").parse::<f64>() {
        Ok(value) if starts_with_digit => format!("{value}{rest}"),
        _ => word.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_and_spelling_are_no_wording() {
        assert_eq!(wording("co.value>1_000 CNY/share # high\n  + co.x"), wording("co.value > 1000.0 CNY/share + co.x"));
        assert_eq!(wording("10%..  12.50%"), wording("10%..12.5%"));
        assert_eq!(wording("co.ps\n   =  9x"), "co.ps = 9x");
    }

    #[test]
    fn what_means_something_else_has_another_wording() {
        assert_ne!(wording("x > 5 m/s"), wording("x > 5 m / s"));
        assert_ne!(wording("\"a  b\""), wording("\"a b\""));
        assert_ne!(wording("a - b"), wording("a -1 b"));
    }
}
