//! Any text is checked and evaluated without a panic, some of them twice with the same bits, and what is said of it can be shown.

use crate::checks::{checks, outcome};

/// Holds of one text.
pub fn holds(bytes: &[u8]) -> Result<(), String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
    if super::is_one_of(8, bytes) {
        return checks(text);
    }
    outcome(text);
    Ok(())
}
