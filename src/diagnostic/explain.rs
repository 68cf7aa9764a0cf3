//! The page of docs/errors behind each code.

/// Every code with its page, sorted by code; a test keeps this list, the pages and the codes in step.
pub const PAGES: &[(&str, &str)] = &[];

/// The page of a code.
pub fn page(code: &str) -> Option<&'static str> {
    PAGES.iter().find(|(other, _)| *other == code).map(|(_, page)| *page)
}
