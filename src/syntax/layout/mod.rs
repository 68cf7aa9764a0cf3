//! Layout: a text cut into items, heads and lines, whatever stands in them; one pass over the bytes.

use super::DEEPEST_NESTING;
mod ahead;
mod stray;

use self::stray::stray;
use super::comment::Comment;
use super::error::{Sink, SyntaxError};
use super::words::{KEPT_WORDS, STUDY_WORDS};
use crate::text::Span;

/// An item before anybody has read it.
#[derive(Debug, Clone)]
pub(super) struct RawItem {
    pub span: Span,
    pub head: RawLine,
    pub block: Option<RawBlock>,
    pub kind: RawKind,
    /// How deep the brackets of its deepest line nest.
    pub depth: usize,
}

/// What the layout already knows of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RawKind {
    Item,
    /// Begins with a word that is kept for later.
    Kept,
    /// No item at all; its problem is reported.
    Stray,
}

/// The lines between `{` and `}`, and the range of both.
#[derive(Debug, Clone)]
pub(super) struct RawBlock {
    pub span: Span,
    pub lines: Vec<RawLine>,
}

/// A line with those that continue it, without comments around it; broken if its problem is reported already.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawLine {
    pub span: Span,
    pub broken: bool,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Top,
    /// The head of a study, which may go on before `of`.
    StudyHead,
    Block,
    /// Lines of a case begin with a path and may change it with an operator, so no operator continues one.
    CaseBlock,
    /// Lines of a study may begin with `case` and `by`, so these continue none.
    StudyBlock,
}

impl Where {
    /// Whether a block may open here.
    fn is_head(self) -> bool {
        matches!(self, Where::Top | Where::StudyHead)
    }
}

/// Walks a text from item to item.
pub(super) struct Layout<'t> {
    bytes: &'t [u8],
    text: &'t str,
    at: usize,
    pub comments: Vec<Comment>,
    pub problems: Sink,
    /// Open brackets of the line being read.
    open: Vec<usize>,
    /// Where the last block ended, with what may not follow it on its line.
    after: usize,
    /// How deep the brackets of this item have nested so far.
    depth: usize,
    /// Up to here a newline ends a line even inside brackets, because one above is known not to close.
    strict_until: usize,
}

impl<'t> Layout<'t> {
    /// Starts at the beginning of a text, after a byte order mark.
    pub fn new(text: &'t str) -> Layout<'t> {
        let at = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        let problems = Sink::default();
        Layout {
            bytes: text.as_bytes(),
            text,
            at,
            comments: vec![],
            problems,
            open: vec![],
            after: 0,
            depth: 0,
            strict_until: 0,
        }
    }

    /// What is wrong with the brackets and texts of a line alone.
    pub fn brackets(text: &'t str) -> Sink {
        let mut layout = Layout::new(text);
        layout.line(Where::CaseBlock);
        layout.problems
    }

    /// The next item, or what stands where one should.
    pub fn next_item(&mut self) -> Option<RawItem> {
        self.gap();
        let start = self.at;
        match self.byte()? {
            _ if !self.in_column_zero(start) => Some(self.indented()),
            b'}' => Some(self.stray_brace()),
            _ if KEPT_WORDS.contains(&self.word(start)) && self.names_something(start) => Some(self.kept()),
            _ => Some(self.item()),
        }
    }

    /// The next line of a text that is nothing but lines of a case.
    pub fn next_change(&mut self) -> Option<RawLine> {
        loop {
            self.gap();
            match self.byte()? {
                b'}' => _ = self.stray_brace(),
                _ => return Some(self.line(Where::CaseBlock)),
            }
        }
    }

    /// Takes everything that is left as one stray item.
    pub fn rest(&mut self) -> Option<RawItem> {
        self.gap();
        let start = self.at;
        self.at = self.bytes.len();
        let end = self.text.trim_end().len();
        (start < end).then(|| stray(Span::new(start, end)))
    }

    fn item(&mut self) -> RawItem {
        let start = self.at;
        self.depth = 0;
        let (place, inside) = match self.word(start) {
            "case" => (Where::Top, Where::CaseBlock),
            word if STUDY_WORDS.contains(&word) => (Where::StudyHead, Where::StudyBlock),
            _ => (Where::Top, Where::Block),
        };
        let head = self.line(place);
        let block = (self.byte() == Some(b'{')).then(|| self.block(inside));
        let end = if block.is_some() { self.after } else { head.span.end as usize };
        RawItem { span: Span::new(start, end), head, block, kind: RawKind::Item, depth: self.depth }
    }

    fn block(&mut self, inside: Where) -> RawBlock {
        let open = self.at;
        self.at += 1;
        let mut lines: Vec<RawLine> = vec![];
        let mut indented = false;
        loop {
            self.gap();
            if self.problems.is_hopeless() {
                self.at = self.bytes.len();
            }
            let at = self.at;
            match self.byte() {
                Some(b'}') => break,
                Some(_) if !(self.in_column_zero(at) && self.begins_item(at, indented)) => {}
                _ => {
                    let last = lines.last().map_or(open + 1, |line| line.span.end as usize);
                    let end = if self.problems.is_hopeless() { self.text.trim_end().len() } else { last };
                    self.problems.push(SyntaxError::UnclosedBlock { open: Span::new(open, open + 1) });
                    self.after = end;
                    return RawBlock { span: Span::new(open, end), lines };
                }
            }
            indented |= lines.is_empty() && !self.in_column_zero(at);
            lines.push(self.line(inside));
        }
        self.at += 1;
        let span = Span::new(open, self.at);
        self.after_block();
        RawBlock { span, lines }
    }

    /// Reads to the end of the line, with those that continue it; or to the brace that opens or closes a block.
    fn line(&mut self, place: Where) -> RawLine {
        let start = self.at;
        let mut line = Reading { end: start, ..Reading::default() };
        self.open.clear();
        while let Some(byte) = self.byte() {
            match byte {
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'#' => self.comment(),
                b'\n' if self.goes_on(place, line.end) => self.join(&mut line),
                b'\n' => break,
                b'{' if place.is_head() => break,
                b'}' if !place.is_head() && line.braces == 0 => break,
                _ => self.piece_of_line(byte, &mut line),
            }
        }
        if let Some(open) = self.open.last().copied() {
            self.unclosed_bracket(open, &mut line);
            line.broken = true;
        }
        RawLine { span: Span::new(start, line.end), broken: line.broken }
    }

    fn piece_of_line(&mut self, byte: u8, line: &mut Reading) {
        match byte {
            b'"' => line.broken |= !self.string(),
            b'(' | b'[' => line.broken |= !self.open_bracket(line.broken),
            b')' | b']' => line.broken |= !self.close_bracket(byte, line.broken),
            b'{' | b'}' => {
                line.braces = if byte == b'{' { line.braces + 1 } else { line.braces.saturating_sub(1) };
                self.at += 1;
            }
            _ => {
                let rest = &self.bytes[self.at..];
                self.at += rest.iter().position(|byte| SPECIAL[*byte as usize]).unwrap_or(rest.len());
            }
        }
        line.end = self.at;
    }

    /// Steps over a newline inside a line; remembers the first one inside brackets.
    fn join(&mut self, line: &mut Reading) {
        if !self.open.is_empty() && line.joined.is_none() {
            line.joined = Some((self.at, line.end, self.problems.mark()));
        }
        self.at += 1;
    }

    /// Reports a bracket; where it swallowed the lines after its own, gives those back.
    fn unclosed_bracket(&mut self, open: usize, line: &mut Reading) {
        let at_newline = self.byte() == Some(b'\n');
        if let (Some((newline, end, mark)), false) = (line.joined, at_newline) {
            self.strict_until = self.at;
            self.at = newline;
            line.end = end;
            self.problems.back_to(mark);
            while self.comments.last().is_some_and(|comment| comment.span.start as usize > newline) {
                self.comments.pop();
            }
        }
        let open = if open < line.end { open } else { self.open[0] };
        if !line.broken {
            self.problems.push(SyntaxError::UnclosedBracket { open: Span::new(open, open + 1) });
        }
    }

    fn open_bracket(&mut self, known: bool) -> bool {
        self.open.push(self.at);
        self.depth = self.depth.max(self.open.len());
        self.at += 1;
        let deep = self.open.len() == DEEPEST_NESTING + 1;
        if deep && !known {
            self.problems.push(SyntaxError::TooDeep { span: Span::new(self.at - 1, self.at) });
        }
        !deep
    }

    fn close_bracket(&mut self, byte: u8, known: bool) -> bool {
        let closes =
            self.open.last().is_some_and(|open| matches!((self.bytes[*open], byte), (b'(', b')') | (b'[', b']')));
        if closes {
            self.open.pop();
        } else {
            let span = Span::new(self.at, self.at + 1);
            let open = self.open.pop().map(|open| Span::new(open, open + 1));
            if !known {
                self.problems.push(SyntaxError::StrayBracket { span, open });
            }
        }
        self.at += 1;
        closes
    }

    fn string(&mut self) -> bool {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.byte() {
            match byte {
                b'"' => {
                    self.at += 1;
                    return true;
                }
                b'\n' => break,
                b'\\' if self.bytes.get(self.at + 1).is_some_and(|next| *next != b'\n') => self.at += 2,
                _ => self.at += 1,
            }
        }
        let mut end = start + self.text[start..self.at.min(self.text.len())].trim_end().len();
        // A brace at the end of the line opens or closes a block more likely than it belongs to the text.
        if self.text[start..end].ends_with(['{', '}']) {
            end -= 1;
            self.at = end;
        }
        self.problems.push(SyntaxError::UnclosedString { span: Span::new(start, end) });
        false
    }

    fn comment(&mut self) {
        let start = self.at;
        self.skip_line();
        let end = start + self.text[start..self.at].trim_end().len();
        let before = self.text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let own_line = self.text[before..start].bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
        self.comments.push(Comment { span: Span::new(start, end), own_line });
    }

    /// Blanks, newlines and comments.
    fn gap(&mut self) {
        while let Some(byte) = self.byte() {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                b'#' => self.comment(),
                _ => break,
            }
        }
    }

    fn after_block(&mut self) {
        self.after = self.at;
        self.at = self.skip_blanks(self.at);
        let line = &self.text[self.at..self.at + self.line_length(self.at)];
        let text = line.split('#').next().unwrap_or("").trim_end();
        if !text.is_empty() {
            self.problems.push(SyntaxError::AfterItem { span: Span::new(self.at, self.at + text.len()) });
            self.at += text.len();
            self.after = self.at;
        }
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_line(&mut self) {
        self.at += self.line_length(self.at);
    }
}

/// What is known of a line while it is read.
#[derive(Default)]
struct Reading {
    /// After its last byte that is neither blank nor comment.
    end: usize,
    broken: bool,
    braces: usize,
    /// The first newline inside brackets, the end before it, and the problems before it.
    joined: Option<(usize, usize, usize)>,
}

/// The bytes that mean something to the layout.
static SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let bytes = b" \t\r\n#\"()[]{}";
    let mut at = 0;
    while at < bytes.len() {
        special[bytes[at] as usize] = true;
        at += 1;
    }
    special
};
