//! One input as several texts that are nearly the same: a text, and behind each line of signs what another version changes.

/// Parts the texts of an input.
pub const BORDER: &str = "\n====\n";

/// A first text and two versions of it; a version that begins with `scn` is a whole text, any other is a list of lines, each of
/// which stands in place of the line of the first text that its first letter points at.
pub fn three(bytes: &[u8]) -> Option<[String; 3]> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut parts = text.split(BORDER);
    let base = parts.next()?;
    let side = |part: Option<&str>| part.map_or_else(|| base.to_string(), |part| version(base, part));
    Some([base.to_string(), side(parts.next()), side(parts.next())])
}

fn version(base: &str, part: &str) -> String {
    if part.starts_with("scn") {
        return part.to_string();
    }
    let mut lines: Vec<&str> = base.split('\n').collect();
    for change in part.split('\n') {
        let mut letters = change.chars();
        let Some(place) = letters.next() else { continue };
        let at = (place as usize).saturating_sub('0' as usize) % lines.len();
        lines[at] = letters.as_str();
    }
    // A line that is empty now is one that the version took away.
    let kept = lines.iter().zip(base.split('\n')).filter(|(now, was)| !now.is_empty() || was.is_empty());
    kept.map(|(now, _)| *now).collect::<Vec<_>>().join("\n")
}
