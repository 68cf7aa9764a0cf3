//! A tree to its one canonical text.

mod line;
mod printer;
mod table;

use thiserror::Error;

use crate::syntax::Parsed;
use crate::syntax::outline::OutlineKind;

/// The widest line, where there is a place to break.
pub const WIDTH: usize = 110;

/// Why a text is not formatted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormatError {
    /// What cannot be read is not touched.
    #[error("a file with {problems} problems is not formatted")]
    Problems { problems: usize },
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
    for item in crate::syntax::outline(text) {
        printer.gap(item.span.start);
        match item.kind {
            OutlineKind::Verbatim => printer.verbatim(item.span),
            _ => printer.item(&item),
        }
    }
    Ok(printer.finish())
}
