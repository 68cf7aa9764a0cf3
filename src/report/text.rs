//! Words of a page: how a sentence ends, how a date or a missing code is spelled.

use crate::model::MissingCode;

/// A text with a capital at its start and a full stop at its end.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let end = if text.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), letters.as_str())
}

/// What the letters stand for.
pub fn meaning(code: MissingCode) -> &'static str {
    match code {
        MissingCode::Nm => "not meaningful",
        MissingCode::Na => "not available",
        MissingCode::Nd => "not disclosed",
        MissingCode::X => "not applicable",
    }
}
