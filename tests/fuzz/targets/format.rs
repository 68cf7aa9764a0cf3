//! Setting a text that reads keeps its tree, its comments and its values, and a second setting changes nothing; each line says
//! the same alone.

use crate::alone::alone;
use crate::checks::values;
use crate::invariants::{same, sets};

/// Holds of one text.
pub fn holds(bytes: &[u8]) -> Result<(), String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
    let Some(set) = sets(text)? else { return Ok(()) };
    if super::is_one_of(4, bytes) {
        alone(text)?;
    }
    if set == text || !super::is_one_of(2, bytes) {
        return Ok(());
    }
    same("the values", &values(text), &values(&set))
}
