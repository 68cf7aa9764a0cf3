//! How wide a text is at most, and texts cut or broken to the room they have.
//!
//! The reader's font is not known, so widths are those of a wide one: what fits here fits everywhere.

use unicode_width::UnicodeWidthChar;

/// A width no usual font exceeds, for a text of a font size.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// A text without what has no place in a drawing: control characters, and marks that turn the direction.
pub fn clean(text: &str) -> String {
    let is_shown = |letter: &char| {
        !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            && !matches!(letter, '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    let plain = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    plain.filter(is_shown).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text, or as much of its beginning as there is room for, with an ellipsis.
pub fn cut(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_string();
    }
    let mut kept = String::new();
    let mut used = em('…') * size;
    for letter in text.chars() {
        used += em(letter) * size;
        if used > room {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}

/// The figure of a mark, no wider than a mark may make its chart.
pub fn figure(text: &str) -> String {
    cut(&clean(text), 11.0, 110.0)
}

/// The text in at most so many lines, broken between words, or between the characters of a script without blanks.
pub fn broken(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts(text) {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(&part, size) <= room || line.is_empty() => line.push_str(&part),
            _ => lines.push(part.trim_start().to_string()),
        }
    }
    if lines.len() > most {
        let rest = lines.split_off(most.saturating_sub(1)).join(" ");
        lines.push(rest);
    }
    lines.into_iter().map(|line| cut(line.trim_end(), size, room)).collect()
}

/// Where a line may break: before a word, and before each wide character.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for letter in text.chars() {
        let opens = letter == ' ' || letter.width().unwrap_or(0) > 1;
        match parts.last_mut() {
            Some(part) if !opens => part.push(letter),
            _ => parts.push(letter.to_string()),
        }
    }
    parts
}

/// The width of a character as a share of the font size.
fn em(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' => 0.30,
        ' ' | '.' | ',' | ':' | ';' | '!' | 'I' => 0.34,
        'f' | 'r' | 't' | '-' | '(' | ')' | '[' | ']' | '/' => 0.42,
        'm' | 'M' | 'W' | '%' | '@' | '…' | '—' => 0.98,
        'w' | '+' | '=' | '<' | '>' | '~' | '−' => 0.84,
        '0'..='9' | 'a'..='z' => 0.62,
        'A'..='Z' => 0.74,
        _ => match letter.width().unwrap_or(0) {
            0 => 0.0,
            1 => 0.72,
            _ => 1.04,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_to_their_room() {
        assert_eq!(cut("short", 10.0, 100.0), "short");
        assert_eq!(cut("a rather long label", 10.0, 60.0), "a rather l…");
        assert_eq!(broken("two short words", 10.0, 60.0, 2), ["two short", "words"]);
        assert_eq!(broken("云计算芯片", 10.0, 35.0, 2), ["云计算", "芯片"]);
        assert_eq!(broken("", 10.0, 35.0, 2), Vec::<String>::new());
        assert_eq!(clean("a\tb\u{202e}c\u{0}"), "a bc");
    }
}
