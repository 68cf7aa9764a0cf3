//! Any text reads without a panic, and nothing of it is lost; its outline cuts no letter.

use crate::invariants::reads;

/// Holds of one text; bytes that are no text are refused before they are read.
pub fn holds(bytes: &[u8]) -> Result<(), String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
    reads(text)?;
    if super::is_one_of(4, bytes) {
        let items = scn::syntax::outline(text);
        let cut = items.iter().find(|item| text.get(item.span.start as usize..item.span.end as usize).is_none());
        return cut.map_or(Ok(()), |item| Err(format!("{:?} cuts a letter", item.span)));
    }
    Ok(())
}
