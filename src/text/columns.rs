//! `columns_of`: how many places of a monospaced line a text takes.

use unicode_width::UnicodeWidthStr;

/// Letters of most scripts take one place, those of East Asia two, marks on other letters none.
pub fn columns_of(text: &str) -> usize {
    text.width()
}

/// A text with blanks behind it, up to a number of places.
pub fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns_of(text))))
}
