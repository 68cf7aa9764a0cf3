//! `Span`: a byte range in a source; `Place`: a span and the source it is in.

use super::SourceId;

/// A byte range in one source, `start..end`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// Makes the range `start..end`; sources are limited to 4 GiB, which `Source::new` enforces.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    /// The same range in a text that begins `offset` bytes earlier.
    pub fn shifted(self, offset: u32) -> Span {
        Span { start: self.start + offset, end: self.end + offset }
    }

    /// The smallest range that holds both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the other range lies within this one.
    pub fn holds(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The text at this range; empty if the range is not in `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// How many bytes the range holds.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the range holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// This range in `source`.
    pub fn at(self, source: SourceId) -> Place {
        Place { source, span: self }
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "@{}..{}", self.start, self.end)
    }
}

impl From<Span> for miette::SourceSpan {
    fn from(span: Span) -> Self {
        (span.start as usize, span.len()).into()
    }
}

/// A byte range and the source it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub source: SourceId,
    pub span: Span,
}
