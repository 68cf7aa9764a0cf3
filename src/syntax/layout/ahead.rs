//! What stands ahead: whether a line goes on, whether a line or an item begins.

use super::{Layout, Where};
use crate::syntax::words::{CLAUSE_WORDS, ITEM_WORDS, KEPT_WORDS, LINE_WORDS};

impl<'t> Layout<'t> {
    /// Whether the line, whose last sign or word ends at `end`, goes on after the newline at this place.
    pub(super) fn goes_on(&self, place: Where, end: usize) -> bool {
        let start = self.at + 1;
        if self.open.is_empty() {
            return self.continued(start, place) || self.waits(end, place);
        }
        let first = self.skip_blanks(start);
        match self.bytes.get(first) {
            None => self.at >= self.strict_until,
            Some(b'\n' | b'#') => self.at >= self.strict_until,
            Some(b')' | b']') => true,
            _ if first == start && (place.is_head() || self.begins_item(first, true)) => false,
            _ => self.at >= self.strict_until && !self.begins_line(first),
        }
    }

    /// Whether the indented line at `start` begins with what continues the one before; comment lines between are passed.
    pub(super) fn continued(&self, mut start: usize, place: Where) -> bool {
        loop {
            let first = self.skip_blanks(start);
            match self.bytes.get(first) {
                Some(b'#') => start = first + self.line_length(first) + 1,
                Some(byte) => return self.is_inside(start, first, place) && self.continues(first, *byte, place),
                None => return false,
            }
        }
    }

    /// Whether what begins at `first` on the line at `start` belongs to what stands above: it is indented, or in a block, where the
    /// first column is as good as any other unless an item begins in it.
    fn is_inside(&self, start: usize, first: usize, place: Where) -> bool {
        first > start || (!place.is_head() && !self.begins_item(first, false))
    }

    /// Whether the line ends with a sign that something must follow, and the next one is no new line.
    pub(super) fn waits(&self, end: usize, place: Where) -> bool {
        let next = self.skip_blanks(self.at + 1);
        let more = self.is_inside(self.at + 1, next, place)
            && !matches!(self.bytes.get(next), None | Some(b'\n' | b'#' | b'}'));
        more && ["=", "~", "|", "..", ","].iter().any(|sign| self.text[..end].ends_with(sign))
    }

    pub(super) fn continues(&self, at: usize, byte: u8, place: Where) -> bool {
        match byte {
            b'|' => true,
            b'a'..=b'z' => match self.word(at) {
                "as" => self.word(self.skip_blanks(at + 2)) == "printed",
                "implied" => self.word(self.skip_blanks(at + 7)) == "by",
                "allow" => self.is_code(self.skip_blanks(at + 5)),
                "case" | "by" if place == Where::StudyBlock => false,
                "of" => place == Where::StudyHead,
                "and" | "or" | "then" | "else" => place != Where::CaseBlock,
                word => CLAUSE_WORDS.contains(&word),
            },
            _ if place == Where::CaseBlock => false,
            _ => self.is_operator(at),
        }
    }

    /// Whether the code of a problem stands here: `hint::sign`.
    fn is_code(&self, at: usize) -> bool {
        self.text[at + self.word(at).len()..].starts_with("::")
    }

    pub(super) fn is_operator(&self, at: usize) -> bool {
        let rest = &self.bytes[at..];
        let length = match rest {
            [b'=' | b'!' | b'<' | b'>', b'=', ..] => 2,
            [b'+' | b'-' | b'*' | b'/' | b'^' | b'<' | b'>' | b'=', ..] => 1,
            _ => return false,
        };
        matches!(rest.get(length), Some(b' ' | b'\t'))
    }

    /// Whether a line of a block begins here, so that an open bracket above must have been forgotten.
    pub(super) fn begins_line(&self, at: usize) -> bool {
        let word = self.word(at);
        LINE_WORDS.contains(&word) && word != "in" && self.names_something(at)
    }

    /// Whether an item begins here in column 0, so that the block around must have been forgotten.
    pub(super) fn begins_item(&self, at: usize, indented: bool) -> bool {
        let word = self.word(at);
        let known =
            ITEM_WORDS.contains(&word) && (indented || !LINE_WORDS.contains(&word)) || KEPT_WORDS.contains(&word);
        (known && self.names_something(at)) || self.begins_entity(at)
    }

    /// `name name … {` on one line.
    pub(super) fn begins_entity(&self, at: usize) -> bool {
        let line = &self.text[at..at + self.line_length(at)];
        let brace = line.find('{').filter(|brace| !line[..*brace].contains('#'));
        brace.is_some() && self.names_something(at) && !self.word(at).is_empty()
    }

    /// Whether a blank and then a name or a text follow the word at this place.
    pub(super) fn names_something(&self, at: usize) -> bool {
        let end = at + self.word(at).len();
        let next = self.skip_blanks(end);
        next > end
            && self
                .bytes
                .get(next)
                .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'"' | b'{'))
    }

    pub(super) fn in_column_zero(&self, at: usize) -> bool {
        at == 0 || self.bytes[at - 1] == b'\n' || (at == 3 && self.text.starts_with('\u{FEFF}'))
    }

    pub(super) fn word(&self, at: usize) -> &'t str {
        let rest = self.bytes.get(at..).unwrap_or(&[]);
        let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_').unwrap_or(rest.len());
        self.text.get(at..at + length).unwrap_or("")
    }

    pub(super) fn skip_blanks(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or(&[]);
        at + rest.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r')).unwrap_or(rest.len())
    }

    pub(super) fn line_length(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or(&[]);
        rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
    }
}
