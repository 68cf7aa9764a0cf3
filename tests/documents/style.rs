//! Blocks stand in the one style of `scn fmt`; only the comments at the ends of lines may be lined up.

use scn::format::format;
use scn::syntax::parse;

use crate::Outcome;
use crate::page::Section;

/// Holds every block that reads without an error against its formatted text.
pub fn hold(section: &Section, outcome: &mut Outcome) {
    for block in section.blocks.iter().filter(|block| block.language() == "scn") {
        let is_whole = block.text.trim_start().starts_with("scn 1");
        let text = if is_whole { block.text.clone() } else { format!("scn 1\n\n{}", block.text) };
        let Ok(formatted) = format(&parse(&text), &text) else { continue };
        let formatted = if is_whole { &*formatted } else { formatted.trim_start_matches("scn 1\n").trim_start() };
        if unaligned(&block.text) != unaligned(formatted) {
            outcome.fail(block.line, format_args!("is not formatted:\n{formatted}"));
        }
    }
}

/// The text with two blanks before every comment at the end of a line.
fn unaligned(text: &str) -> String {
    let line = |line: &str| match line.split_once("  # ") {
        Some((code, comment)) if !code.trim().is_empty() => format!("{}  # {comment}\n", code.trim_end()),
        _ => format!("{line}\n"),
    };
    text.trim_end().lines().map(line).collect()
}
