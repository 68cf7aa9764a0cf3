//! `Source`: one file's path and text; `Sources`: all of them; offset to line and column.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use super::{Place, Span};

/// Which source of a [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// One file: the path it is shown under, its text, and where its lines start.
#[derive(Debug, Clone)]
pub struct Source {
    pub path: Arc<str>,
    pub text: Arc<str>,
    line_starts: Vec<u32>,
}

impl Source {
    /// Keeps a text under the path that messages show, `/` between folders.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Source {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1))
            .collect();
        Source { path: path.into(), text, line_starts }
    }

    /// Line and column of a byte offset, both from 1; columns count characters.
    pub fn line_column(&self, offset: u32) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= offset) - 1;
        let start = self.line_starts[line] as usize;
        let upto = self.text.get(start..offset as usize).unwrap_or("");
        (line + 1, upto.chars().count() + 1)
    }

    /// The text of a line, counted from 1, without its newline.
    pub fn line(&self, number: usize) -> &str {
        let Some(start) = self.line_starts.get(number.wrapping_sub(1)) else { return "" };
        let rest = &self.text[*start as usize..];
        rest.split('\n').next().unwrap_or("").trim_end_matches('\r')
    }

    /// The text at a range.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }
}

/// Where something stands; line and column count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Location {
    pub path: String,
    pub line: usize,
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.line, self.column)
    }
}

/// All sources of a run, in the order they were read.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    all: Vec<Source>,
}

impl Sources {
    /// Adds a source and returns its id.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.all.push(source);
        SourceId(self.all.len() as u32 - 1)
    }

    /// The source of an id this table gave.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.all[id.0 as usize]
    }

    /// The text at a place.
    pub fn slice(&self, place: Place) -> &str {
        self.get(place.source).slice(place.span)
    }

    /// The path, the line and the column of a place; nothing for one in no file, as of what a run lays over a book.
    pub fn location(&self, place: Place) -> Option<Location> {
        let source = self.all.get(place.source.0 as usize)?;
        let (line, column) = source.line_column(place.span.start);
        Some(Location { path: source.path.to_string(), line, column })
    }

    /// `path:line:column` of a place; empty for one in no file.
    pub fn locate(&self, place: Place) -> String {
        self.location(place).map(|location| location.to_string()).unwrap_or_default()
    }

    /// Every source with its id.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.all.iter().enumerate().map(|(at, source)| (SourceId(at as u32), source))
    }
}
