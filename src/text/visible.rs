//! `visible`: letters that a terminal obeys instead of showing them, as signs that can be seen.

use std::borrow::Cow;

/// A text in which nothing moves the cursor, colours, hides or turns around what stands beside it: `ESC` is `␛`, a sign that
/// writes backwards is `⟨U+202E⟩`. Line ends and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\u{7f}' => out.push('␡'),
            control if control < ' ' && is_obeyed(control) => {
                out.extend(char::from_u32(0x2400 + u32::from(control)));
            }
            other if is_obeyed(other) => out.push_str(&format!("⟨U+{:04X}⟩", u32::from(other))),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// A text on one line: where it breaks, a blank stands. What it says cannot begin a line then, as a command of a build server does.
pub fn on_one_line(text: &str) -> Cow<'_, str> {
    let breaks = |letter: char| matches!(letter, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    if !text.contains(breaks) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", " ").replace(breaks, " "))
}

/// Control letters of ASCII and of Latin 1, and the signs that turn the direction of writing.
fn is_obeyed(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    turns || letter.is_control() && !matches!(letter, '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use super::{on_one_line, visible};

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        assert_eq!(visible("\u{1b}[31mred\u{9b}0m\u{7f}\r"), "␛[31mred⟨U+009B⟩0m␡␍");
        assert_eq!(visible("a\u{202e}b"), "a⟨U+202E⟩b");
    }

    #[test]
    fn a_text_without_breaks() {
        assert_eq!(on_one_line("a\r\n::error::b\u{2028}c"), "a ::error::b c");
        assert!(matches!(on_one_line("a\tb"), std::borrow::Cow::Borrowed(_)));
    }

    #[test]
    fn lines_and_tabs_stay() {
        assert_eq!(visible("a\tb\r\nc"), "a\tb\nc");
        assert!(matches!(visible("名\tb\n"), std::borrow::Cow::Borrowed(_)));
    }
}
