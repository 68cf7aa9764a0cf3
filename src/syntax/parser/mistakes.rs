//! Mistakes that deserve words of their own: digit groups, scales, glued units, years without A or E, reserved words.

use super::Rule;
use crate::syntax::error::SyntaxError;
use crate::syntax::words::{RESERVED, is_reserved};
use crate::text::Span;

/// The mistake at the place where reading stopped, if it is a well-known one.
pub(super) fn known(text: &str, at: usize, rules: &[Rule], start: u32) -> Option<SyntaxError> {
    let here = token(text, at);
    let before = token_before(text, at);
    digit_groups(text, here)
        .or_else(|| digit_groups(text, before))
        .or_else(|| period_suffix(text, here, before, rules))
        .or_else(|| glued_unit(text, here))
        .or_else(|| glued_unit(text, before))
        .or_else(|| scale(text, here, before))
        .or_else(|| reserved_word(text, here, before, rules))
        .map(|mistake| mistake(start))
}

/// What stands where reading stopped, and how long it is.
pub(super) fn found(text: &str, at: usize) -> (String, usize) {
    let rest = &text[at..];
    let span = token(text, at);
    if rest.trim_ascii().is_empty() {
        return ("the line ends here".to_string(), 0);
    }
    let word = span.of(text);
    let length = if word.is_empty() || span.start as usize != at { first_symbol(rest) } else { word.len() };
    (format!("{} stands here", quoted(&rest[..length])), length)
}

/// What to do about it, where the text gives it away.
pub(super) fn advice(text: &str, at: usize, rules: &[Rule]) -> Option<String> {
    let rest = &text[at..];
    let operator = rules.contains(&Rule::infix);
    if rest.starts_with('=') && operator {
        return Some("compare with `==`".to_string());
    }
    if rest.starts_with(['“', '”', '‘', '’', '\'']) {
        return Some("a text stands in straight double quotes: \"…\"".to_string());
    }
    if let Some(help) = super::habits::sign(text, at) {
        let percent_of_a_number =
            rest.starts_with('%') && text[..at].trim_end().ends_with(|letter: char| letter.is_ascii_digit());
        if !percent_of_a_number {
            return Some(help.to_string());
        }
    }
    if rest.starts_with(|letter: char| letter.is_whitespace() && !letter.is_ascii()) {
        return Some("this blank is not a plain one; type it anew".to_string());
    }
    if rest.starts_with('%') && text[..at].trim_end().ends_with(|letter: char| letter.is_ascii_digit()) {
        return Some("write `%` directly behind the number".to_string());
    }
    if rest.starts_with("of") && operator || rest.starts_with('!') {
        return Some("operators are `+ - * / ^`, `== != < <= > >=`, `and`, `or`, `not`".to_string());
    }
    (rest.starts_with('{')).then(|| "only an item has a block, and it opens on the item's first line".to_string())
}

pub(super) type Mistake = Box<dyn FnOnce(u32) -> SyntaxError>;

fn digit_groups(text: &str, token: Span) -> Option<Mistake> {
    let chunk = expanded(text, token);
    let number = chunk.of(text);
    let mut groups = number.split(',');
    let first = groups.next()?;
    let grouped = number.contains(',')
        && (1..=3).contains(&first.len())
        && digits(first)
        && groups.all(|group| group.split('.').next().is_some_and(|whole| whole.len() == 3 && digits(whole)));
    grouped.then(|| {
        let instead = number.replace(',', "_");
        boxed(move |start| SyntaxError::DigitGroups { instead, span: chunk.shifted(start) })
    })
}

/// The token with the digits, commas and points around it.
fn expanded(text: &str, token: Span) -> Span {
    let part = |letter: &u8| letter.is_ascii_digit() || matches!(letter, b',' | b'.' | b'_');
    let bytes = text.as_bytes();
    let left = bytes[..token.start as usize].iter().rev().take_while(|byte| part(byte)).count();
    let right = bytes[token.start as usize..].iter().take_while(|byte| part(byte)).count();
    let span = Span::new(token.start as usize - left, token.start as usize + right);
    let trimmed = span.of(text).trim_end_matches([',', '.']).len();
    Span::new(span.start as usize, span.start as usize + trimmed)
}

/// `2025` where a period should stand.
fn period_suffix(text: &str, here: Span, before: Span, rules: &[Rule]) -> Option<Mistake> {
    let lead = text[..before.start as usize].trim_end();
    let begins_piece = lead.ends_with(['=', '|']) || lead.ends_with("..");
    let wanted = rules.contains(&Rule::period) && !rules.contains(&Rule::infix);
    let span = match () {
        () if is_year(here.of(text)) && wanted => here,
        () if is_year(before.of(text))
            && begins_piece
            && !rules.is_empty()
            && !text[here.start as usize..].is_empty() =>
        {
            before
        }
        () if is_half(here.of(text)) => here,
        () if is_half(before.of(text)) => before,
        () => return None,
    };
    let period = span.of(text).to_string();
    Some(boxed(move |start| SyntaxError::PeriodSuffix { period, span: span.shifted(start) }))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && digits(word) && (word.starts_with("19") || word.starts_with("20"))
}

/// `1H26`, `3Q27`, `Jan26`
fn is_half(word: &str) -> bool {
    let Some((head, year)) = word.split_at_checked(word.len().saturating_sub(2)) else { return false };
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    digits(year) && (matches!(head, "1H" | "2H" | "1Q" | "2Q" | "3Q" | "4Q") || months.contains(&head))
}

fn glued_unit(text: &str, token: Span) -> Option<Mistake> {
    let word = token.of(text);
    let number = word.find(|letter: char| !letter.is_ascii_digit() && letter != '_').filter(|end| *end > 0)?;
    let (number, unit) = word.split_at(number);
    let letters = unit.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_period = number.len() == 4 && matches!(unit, "A" | "E");
    (letters && !is_period && unit != "x").then(|| {
        let instead = format!("{number} {unit}");
        boxed(move |start| SyntaxError::GluedUnit { instead, span: token.shifted(start) })
    })
}

/// `5 M CNY`, `5 m chip`, `5 million CNY`
fn scale(text: &str, here: Span, before: Span) -> Option<Mistake> {
    let word = before.of(text);
    let help = match word {
        "M" | "MM" | "m" | "mln" | "million" | "millions" | "mio" | "Mio" => "write `mn` for millions",
        "B" | "b" | "bln" | "billion" | "billions" | "G" => "write `bn` for billions",
        "K" | "thousand" | "thousands" => "write `k` for thousands",
        "T" | "trillion" | "trillions" => "write `tn` for trillions",
        _ => return None,
    };
    let number = text[..before.start as usize].trim_end().ends_with(|letter: char| letter.is_ascii_digit());
    let unit = here.of(text).starts_with(|letter: char| letter.is_ascii_alphabetic()) && !is_reserved(here.of(text));
    let (word, help) = (word.to_string(), help.to_string());
    (number && unit).then(|| boxed(move |start| SyntaxError::Scale { word, help, span: before.shifted(start) }))
}

/// `given range: USD = 5`: the name is a word of the language.
fn reserved_word(text: &str, here: Span, before: Span, rules: &[Rule]) -> Option<Mistake> {
    let names = [Rule::name, Rule::dotted];
    let wanted = rules.iter().any(|rule| names.contains(rule));
    let at_sign = text[here.start as usize..].starts_with([':', '=', '[']);
    let span = match () {
        () if wanted && RESERVED.contains(&here.of(text)) => here,
        () if wanted && at_sign && RESERVED.contains(&before.of(text)) => before,
        () => return None,
    };
    Some(reserved(span.of(text), span))
}

/// A word of the language where a name should stand, and what to write.
pub(super) fn reserved(word: &str, span: Span) -> Mistake {
    let help = match word {
        "if" => "a choice is written `if CONDITION then A else B`".to_string(),
        word => format!("choose another name, such as `{word}_`"),
    };
    let word = word.to_string();
    boxed(move |start| SyntaxError::ReservedWord { word, help, span: span.shifted(start) })
}

/// The word that covers a place or begins there; empty if none does.
fn token(text: &str, at: usize) -> Span {
    let bytes = text.as_bytes();
    let left = bytes[..at].iter().rev().take_while(|byte| is_word(**byte)).count();
    let right = bytes[at..].iter().take_while(|byte| is_word(**byte)).count();
    if right == 0 { Span::new(at, at) } else { Span::new(at - left, at + right) }
}

/// The word before a place, with blanks and range dots between.
fn token_before(text: &str, at: usize) -> Span {
    let start = token(text, at).start as usize;
    let end = text[..start].trim_end().trim_end_matches("..").len();
    let left = text.as_bytes()[..end].iter().rev().take_while(|byte| is_word(**byte)).count();
    Span::new(end - left, end)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn first_symbol(text: &str) -> usize {
    let quoted = text.strip_prefix('"').and_then(|rest| rest.find('"')).map(|end| end + 2);
    quoted.or_else(|| text.chars().next().map(char::len_utf8)).unwrap_or(0)
}

fn quoted(word: &str) -> String {
    let short = super::expected::shortened(word);
    if word.starts_with('"') { short } else { format!("`{short}`") }
}

fn boxed(make: impl FnOnce(u32) -> SyntaxError + 'static) -> Mistake {
    Box::new(make)
}
