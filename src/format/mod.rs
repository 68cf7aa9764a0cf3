//! A tree to its one canonical text.

mod line;
mod printer;
mod table;
mod wording;

use thiserror::Error;

pub use self::wording::{one_line, wording};

use crate::syntax::Parsed;
use crate::syntax::outline;
use crate::syntax::outline::OutlineKind;

/// The widest line, where there is a place to break.
pub const WIDTH: usize = 110;

/// Why a text is not formatted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormatError {
    /// What cannot be read is not touched.
    #[error("a file with {problems} problems is not formatted")]
    Problems { problems: usize },
    /// Blanks decide in a formula, and the new ones would say something else.
    #[error("the text would not read as it does now from `{from}` on")]
    Meaning { from: String },
}

/// The canonical text of a file that was read without problems: the same tree, every comment, one style.
///
/// Formatting its own result changes nothing.
pub fn format(parsed: &Parsed, text: &str) -> Result<String, FormatError> {
    if parsed.has_errors() {
        let problems = parsed.problems.iter().filter(|problem| !problem.is_hint()).count();
        return Err(FormatError::Problems { problems });
    }
    let mut printer = printer::Printer::new(text, &parsed.comments);
    for item in outline(text) {
        printer.gap(item.span.start);
        match item.kind {
            OutlineKind::Verbatim => printer.verbatim(item.span),
            _ => printer.item(&item),
        }
    }
    let set = printer.finish();
    match first_difference(text, &set) {
        Some(from) => Err(FormatError::Meaning { from }),
        None => Ok(set),
    }
}

/// Where a set text has other tokens than the one it was made of: the first of them.
fn first_difference(text: &str, set: &str) -> Option<String> {
    let words = |text: &str| -> Vec<String> {
        let lines = outline(text).into_iter().flat_map(|item| {
            let block = item.block.into_iter().flat_map(|block| block.lines);
            let verbatim = (item.kind == OutlineKind::Verbatim).then(|| item.span.of(text).trim().to_string());
            let tokens = std::iter::once(item.head).chain(block).flat_map(|line| line.tokens);
            let tokens: Vec<String> = tokens.map(|token| plain(token.span.of(text))).collect();
            verbatim.into_iter().chain(tokens)
        });
        lines.collect()
    };
    let (before, after) = (words(text), words(set));
    let at = before.iter().zip(&after).position(|(before, after)| before != after);
    let at = at.or((before.len() != after.len()).then_some(before.len().min(after.len())));
    at.map(|at| before.get(at).or(after.get(at)).cloned().unwrap_or_default())
}

/// A token however it is spaced inside.
fn plain(word: &str) -> String {
    match word {
        "as_printed" => "as printed".to_string(),
        _ if word.starts_with(['"', '#']) => word.trim_end().to_string(),
        _ => word.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}
