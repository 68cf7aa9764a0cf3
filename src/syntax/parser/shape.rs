//! The shape of a line: its words and signs with every name, number, text and formula replaced by its class.
//!
//! Two lines of one shape are read alike, so a book of a thousand instances has few shapes and pest reads each once.
//! The shape of `given die = 560 mm2 from ms p 41` is `given N = E from N p 0`.

use super::vocabulary::is_word;
use crate::text::Span;

/// A line cut into tokens; reused from line to line.
#[derive(Default)]
pub(super) struct Shape {
    /// What is the same for all lines of the shape.
    pub key: Vec<u8>,
    /// Where each token of the key stands, from the start of the line; a formula is one token.
    pub tokens: Vec<Span>,
    /// Which of the tokens are formulas.
    pub formulas: Vec<usize>,
}

/// Where a formula may begin in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signs {
    /// Behind `=`, `~`, `|` and some words.
    Line,
    /// Also behind the operator of a change.
    Change,
}

impl Shape {
    /// Cuts a line; whether it has a shape, which comments and odd letters prevent.
    pub fn cut(&mut self, tag: u8, line: &str, signs: Signs) -> bool {
        self.key.clear();
        self.tokens.clear();
        self.formulas.clear();
        self.key.push(tag);
        let mut cutter =
            Cutter { shape: self, bytes: line.as_bytes(), signs, at: 0, depth: 0, value: false, run: None };
        while let Some(token) = cutter.next() {
            if token.class == Class::Odd {
                return false;
            }
            cutter.take(token);
        }
        cutter.close();
        self.key.len() > 1
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Name,
    /// A word of the language; whether a formula ends before it.
    Word,
    Number,
    Period,
    Date,
    Text,
    Sign,
    /// Nothing that may be remembered.
    Odd,
}

#[derive(Clone, Copy)]
struct Token {
    class: Class,
    start: usize,
    end: usize,
    /// Whether a blank stands before it.
    apart: bool,
}

struct Cutter<'s, 't> {
    shape: &'s mut Shape,
    bytes: &'t [u8],
    signs: Signs,
    at: usize,
    depth: usize,
    /// Whether a formula may stand here.
    value: bool,
    /// The formula that is being passed.
    run: Option<Span>,
}

impl Cutter<'_, '_> {
    fn take(&mut self, token: Token) {
        let text = &self.bytes[token.start..token.end];
        if self.depth > 0 && self.run.is_some() {
            return self.extend(token, text);
        }
        match token.class {
            Class::Word if ends_formula(text) => {
                self.put(token, text);
                self.value = matches!(text, b"range" | b"within");
            }
            Class::Word if text == b"reconcile" && self.shape.tokens.is_empty() => {
                self.put(token, text);
                self.value = true;
            }
            Class::Word if self.takes_an_end(text) => self.put(token, text),
            Class::Sign if self.begins_value(text) => {
                self.put(token, text);
                self.value = true;
            }
            Class::Sign if text == b":" => {
                self.put(token, text);
                self.value = false;
            }
            Class::Period if self.value && self.run.is_none() && self.begins_piece() => self.put(token, b"P"),
            Class::Sign if text == b"." && self.run.is_none() => self.put(token, text),
            _ if self.value => self.extend(token, text),
            Class::Number if self.is_of_a_unit(token) => self.put(token, text),
            _ => self.put(token, class_text(token.class, text)),
        }
    }

    /// Whether a number is part of a unit, which another number would not be: `1/year`, `mm^2`. What stands apart, as in `p 41`, may be
    /// any.
    fn is_of_a_unit(&self, token: Token) -> bool {
        !token.apart || self.bytes.get(token.end) == Some(&b'/')
    }

    /// Whether a sign stands before a value.
    fn begins_value(&self, text: &[u8]) -> bool {
        match text {
            b"=" | b"~" | b"|" | b".." => true,
            b"+" | b"-" | b"*" => self.signs == Signs::Change && !self.value,
            _ => false,
        }
    }

    /// Whether a word is an end of the range, where a change might have a formula.
    fn takes_an_end(&self, text: &[u8]) -> bool {
        self.signs == Signs::Change && self.value && self.run.is_none() && matches!(text, b"low" | b"high")
    }

    /// Whether a period is that of a piece: `..` or an operand follows.
    fn begins_piece(&self) -> bool {
        let rest = &self.bytes[self.at..];
        let rest = &rest[rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count()..];
        match rest {
            [b'.', b'.', ..] | [b'(' | b'"' | b'?' | b'-', ..] => true,
            [first, ..] if first.is_ascii_digit() => true,
            [first, ..] if is_letter(*first) => {
                let word = &rest[..rest.iter().take_while(|byte| is_part(**byte)).count()];
                !ends_formula(word) && !matches!(word, b"and" | b"or" | b"in" | b"under" | b"then" | b"else")
            }
            _ => false,
        }
    }

    /// Makes a token a part of the formula.
    fn extend(&mut self, token: Token, text: &[u8]) {
        match text {
            b"(" | b"[" => self.depth += 1,
            b")" | b"]" => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        let start = self.run.map_or(token.start, |run| run.start as usize);
        self.run = Some(Span::new(start, token.end));
    }

    /// Makes a token a part of the key.
    fn put(&mut self, token: Token, text: &[u8]) {
        self.close();
        if token.apart {
            self.shape.key.push(b' ');
        }
        self.shape.key.extend_from_slice(text);
        self.shape.key.push(0);
        self.shape.tokens.push(Span::new(token.start, token.end));
    }

    /// Ends the formula before what follows.
    fn close(&mut self) {
        if let Some(run) = self.run.take() {
            self.shape.key.extend_from_slice(b"E\x01");
            self.shape.formulas.push(self.shape.tokens.len());
            self.shape.tokens.push(run);
        }
    }

    fn next(&mut self) -> Option<Token> {
        let before = self.at;
        while self.bytes.get(self.at).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
        let start = self.at;
        let class = match *self.bytes.get(start)? {
            byte if is_letter(byte) => self.word(),
            byte if byte.is_ascii_digit() => self.number(),
            b'"' => self.text(),
            b'.' | b'=' | b'!' | b'<' | b'>' => self.pair(),
            b'#' | 0x80.. => Class::Odd,
            _ => self.sign(1),
        };
        Some(Token { class, start, end: self.at, apart: start > before })
    }

    fn word(&mut self) -> Class {
        let start = self.at;
        self.at += self.bytes[start..].iter().take_while(|byte| is_part(**byte)).count();
        let word = &self.bytes[start..self.at];
        match word {
            [_, _, _, tens, ones, b'A' | b'E'] if tens.is_ascii_digit() && ones.is_ascii_digit() => Class::Odd,
            _ if is_word(word) => Class::Word,
            _ => Class::Name,
        }
    }

    /// A number with what is stuck to it, a period or a date.
    fn number(&mut self) -> Class {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take_while(|byte| is_part(**byte)).count();
        let (class, length) = match &rest[..length] {
            word if is_period(word) => (Class::Period, length),
            [_, _, _, _] if is_date(rest) => (Class::Date, 10),
            [.., b'_'] => (Class::Odd, length),
            digits if digits.iter().all(|byte| byte.is_ascii_digit() || *byte == b'_') => number(rest, length),
            [digits @ .., b'x'] if digits.iter().all(u8::is_ascii_digit) => (Class::Number, length),
            _ => (Class::Odd, length),
        };
        self.at += length;
        class
    }

    fn text(&mut self) -> Class {
        let mut at = self.at + 1;
        loop {
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => at += 2,
                Some(b'\n') | None => return Class::Odd,
                Some(_) => at += 1,
            }
        }
        self.at = at + 1;
        Class::Text
    }

    /// A sign of one letter, or of two: `..`, `==`, `<=`.
    fn pair(&mut self) -> Class {
        let two = matches!(&self.bytes[self.at..], [b'.', b'.', ..] | [_, b'=', ..]);
        self.sign(if two { 2 } else { 1 })
    }

    fn sign(&mut self, length: usize) -> Class {
        self.at += length;
        Class::Sign
    }
}

fn is_period(word: &[u8]) -> bool {
    let [head @ .., b'A' | b'E'] = word else { return false };
    match head {
        [b'1' | b'2', b'H', year @ ..] | [b'1'..=b'4', b'Q', year @ ..] => matches!(year, [b'0'..=b'9', b'0'..=b'9']),
        year => year.len() == 4 && year.iter().all(u8::is_ascii_digit),
    }
}

fn is_date(rest: &[u8]) -> bool {
    let sign = |at: usize| matches!(at, 4 | 7);
    let fits = |(at, byte): (usize, &u8)| if sign(at) { *byte == b'-' } else { byte.is_ascii_digit() };
    rest.len() >= 10 && rest[..10].iter().enumerate().all(fits) && !rest.get(10).is_some_and(|byte| is_part(*byte))
}

/// `0.5`, `70%`, `6.5x` after their whole digits.
fn number(rest: &[u8], mut length: usize) -> (Class, usize) {
    if matches!(&rest[length..], [b'.', first, ..] if first.is_ascii_digit()) {
        length += 1 + rest[length + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    }
    if rest[..length].windows(2).any(|pair| pair == b"__") {
        return (Class::Odd, length);
    }
    match &rest[length..] {
        [b'%', ..] => (Class::Number, length + 1),
        [b',', next, ..] if next.is_ascii_digit() => (Class::Odd, length),
        [b'x', next, ..] if !is_part(*next) => (Class::Number, length + 1),
        [b'x'] => (Class::Number, length + 1),
        [next, ..] if is_part(*next) => (Class::Odd, length),
        _ => (Class::Number, length),
    }
}

fn class_text(class: Class, text: &[u8]) -> &[u8] {
    match class {
        Class::Name => b"N",
        Class::Number if text.ends_with(b"%") || text.ends_with(b"x") => b"0%",
        Class::Number => b"0",
        Class::Period => b"P",
        Class::Date => b"D",
        Class::Text => b"S",
        _ => text,
    }
}

fn ends_formula(word: &[u8]) -> bool {
    matches!(
        word,
        b"from"
            | b"by"
            | b"because"
            | b"range"
            | b"within"
            | b"as"
            | b"as_printed"
            | b"case"
            | b"disputed"
            | b"over"
            | b"linear"
            | b"geometric"
            | b"step"
            | b"pert"
            | b"triangular"
            | b"normal"
            | b"lognormal"
            | b"uniform"
            | b"p5p95"
            | b"discrete"
            | b"implied"
            | b"allow"
    )
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(line: &str) -> String {
        let mut shape = Shape::default();
        assert!(shape.cut(b'l', line, Signs::Line), "{line}");
        let key = String::from_utf8_lossy(&shape.key[1..]).into_owned();
        key.replace(['\0', '\u{1}'], "")
    }

    #[test]
    fn names_numbers_and_formulas_do_not_matter() {
        assert_eq!(shape("given die = 560 mm2 from ms p 41"), "given N =E from N p 0");
        assert_eq!(shape("derive a: USD/chip = max(b, c) * 2"), "derive N: N/N =E");
        assert_eq!(shape("flow r = 2025A 7 bn CNY from ms | 2026E.. r[prev] by me"), "flow N = PE from N | P..E by N");
        assert_eq!(shape("assume y = 70% range 62%..78% because \"so\""), "assume N =E rangeE..E because S");
    }

    #[test]
    fn numbers_of_a_unit_matter() {
        assert_eq!(shape("derive a: 1/year = b"), "derive N: 1/N =E");
        assert_eq!(shape("derive a: 7/year = b"), "derive N: 7/N =E");
        assert_eq!(shape("derive a: mm^2 = b"), "derive N: N^2 =E");
        assert_eq!(shape("given a: mm^2 = 7 from ms p 4 line 12"), "given N: N^2 =E from N p 0 line 0");
    }
}
