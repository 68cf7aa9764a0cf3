//! A text of a book in Markdown: no letter of it is markup, and it stays where it stands.

use super::visible;

/// A text in which Markdown sees no markup and a forge nobody to call: line ends are blanks, and behind the `@` of a name
/// stands a blank of no width, since forges look for names after they have taken the backslashes away.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (sign, text) = first(text);
    out.push_str(&sign);
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        match letter {
            '_' if before.is_alphanumeric() && next.is_alphanumeric() => out.push('_'),
            // The brackets of a path, as in `units[c1]`, are no link; what a link or a footnote needs behind or in them is.
            ']' if matches!(next, '(' | '[' | ':') => out.push_str("\\]"),
            '[' if next == '^' => out.push_str("\\["),
            '&' if !is_entity(letters.clone()) => out.push('&'),
            '|' | '*' | '_' | '`' | '<' | '&' | '\\' | '#' | '~' => out.extend(['\\', letter]),
            '@' if next.is_alphanumeric() => out.push_str("@&#8203;"),
            '\n' | '\r' | '\t' => out.push(' '),
            other => out.push(other),
        }
        before = letter;
    }
    visible(&out).into_owned()
}

/// Whether letters behind an `&` make another letter of it: `amp;`, `#38;`.
fn is_entity(letters: impl Iterator<Item = char>) -> bool {
    let mut rest = letters.skip_while(|letter| letter.is_ascii_alphanumeric() || *letter == '#');
    rest.next() == Some(';')
}

/// What would begin a list or a quote where a text stands first on its line, so that it does not, and what follows it.
fn first(text: &str) -> (String, &str) {
    let text = text.trim_start_matches([' ', '\t', '\n', '\r']);
    let digits = text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let sign = text[digits..].chars().next().filter(|sign| match digits {
        0 => matches!(sign, '-' | '+' | '>' | '='),
        _ => matches!(sign, '.' | ')'),
    });
    let rest = sign.map_or("", |_| &text[digits + 1..]);
    let begins = sign == Some('>') || rest.starts_with([' ', '\t', '-', '=']);
    match sign.filter(|_| begins) {
        Some(sign) => (format!("{}\\{sign}", &text[..digits]), rest),
        None => (String::new(), text),
    }
}

/// A row of a table with its bars; each cell is escaped.
pub fn row<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(escaped).collect();
    format!("| {} |\n", cells.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::{escaped, row};

    #[test]
    fn no_letter_is_markup() {
        assert_eq!(escaped("<img> [a](b) @octocat a@ 5"), "\\<img> [a\\](b) @&#8203;octocat a@ 5");
        assert_eq!(
            ["- a", "> a", "12. a", "-5%", "1.5", "---"].map(escaped),
            ["\\- a", "\\> a", "12\\. a", "-5%", "1.5", "\\---"]
        );
        assert_eq!(escaped("power_cost _it_"), "power_cost \\_it\\_");
        assert_eq!(row(["a|b\nc", "\u{1b}"]), "| a\\|b c | ␛ |\n");
    }
}
