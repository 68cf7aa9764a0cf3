//! `Notes`: footnotes, exhibits and missing values, in the order in which a report comes to them.

use std::collections::BTreeSet;

use super::origin::Origin;
use super::picture::Picture;

/// What a report has collected so far.
#[derive(Debug, Default)]
pub struct Notes {
    footnotes: Vec<String>,
    footnotes_printed: usize,
    /// The label of each exhibit, if it has one.
    pub exhibits: Vec<Option<String>>,
    /// The charts of the page, in its order.
    pub pictures: Vec<Picture>,
    /// Exhibits whose body is being written, the innermost last.
    open: Vec<Collected>,
    /// Missing values printed anywhere: code and reason.
    missing: Vec<String>,
}

/// What the numbers of an exhibit rest on.
#[derive(Debug, Default)]
pub struct Collected {
    pub origins: Vec<Origin>,
    pub missing: Vec<String>,
}

impl Notes {
    /// The number of a footnote, a new one or the one that says the same.
    pub fn footnote(&mut self, text: String) -> usize {
        let found = self.footnotes.iter().position(|other| *other == text);
        found.unwrap_or_else(|| {
            self.footnotes.push(text);
            self.footnotes.len() - 1
        }) + 1
    }

    /// The footnotes since they were last taken, with their numbers.
    pub fn take_footnotes(&mut self) -> Vec<(usize, String)> {
        let from = std::mem::replace(&mut self.footnotes_printed, self.footnotes.len());
        self.footnotes.iter().enumerate().skip(from).map(|(at, text)| (at + 1, text.clone())).collect()
    }

    /// Opens an exhibit and gives its number.
    pub fn open_exhibit(&mut self, label: Option<String>) -> usize {
        self.exhibits.push(label);
        self.open.push(Collected::default());
        self.exhibits.len()
    }

    /// Closes the innermost exhibit.
    pub fn close_exhibit(&mut self) -> Collected {
        self.open.pop().unwrap_or_default()
    }

    /// Keeps what a printed number rests on.
    pub fn printed(&mut self, origin: Origin) {
        if let Some(open) = self.open.last_mut().filter(|open| !open.origins.contains(&origin)) {
            open.origins.push(origin);
        }
    }

    /// Keeps why a number is missing.
    pub fn missing(&mut self, note: String) {
        let inner = self.open.last_mut().map(|open| &mut open.missing);
        for list in inner.into_iter().chain([&mut self.missing]) {
            if !list.contains(&note) {
                list.push(note.clone());
            }
        }
    }

    /// Every note on a missing value, without repeats, sorted by code.
    pub fn all_missing(&self) -> BTreeSet<String> {
        self.missing.iter().cloned().collect()
    }
}
