//! Every code with its page; written by `tests/error_pages.rs`.

/// Every code with its page, sorted by the page's name.
#[rustfmt::skip]
pub const PAGES: &[(&str, &str)] = &[
];
