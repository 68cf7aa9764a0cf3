//! A review as a document: JSON for programs, Markdown for a pull request, a page for a browser.

mod answer;
mod html;
mod markdown;
mod mermaid;

use super::view::View;

pub use html::html;
pub use markdown::{chosen, effect_rows, markdown, rows, still};

/// The review as JSON.
pub fn json(view: &View) -> String {
    serde_json::to_string_pretty(view).unwrap_or_default() + "\n"
}
