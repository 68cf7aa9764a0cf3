//! The page of docs/errors behind each code.

pub use super::pages::PAGES;

/// The page of a code.
pub fn page(code: &str) -> Option<&'static str> {
    PAGES.iter().find(|(other, _)| *other == code).map(|(_, page)| *page)
}
