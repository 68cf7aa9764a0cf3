//! A stretch of a file on one line, without the comments and blanks that lay it out.

/// Its words with one blank between them; what stands in quotes is kept as it is, and a comment is left out.
pub fn unbroken(text: &str) -> String {
    let mut made = String::new();
    let mut rest = text.trim();
    while let Some(letter) = rest.chars().next() {
        let length = match letter {
            '"' => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
            '#' => rest.find('\n').unwrap_or(rest.len()),
            _ if letter.is_whitespace() => rest.len() - rest.trim_start().len(),
            _ => rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '#')).unwrap_or(rest.len()),
        };
        let (word, behind) = rest.split_at(length);
        match letter {
            '#' => {}
            _ if letter.is_whitespace() && made.ends_with(' ') => {}
            _ if letter.is_whitespace() => made.push(' '),
            _ => made.push_str(word),
        }
        rest = behind;
    }
    made.trim_end().to_string()
}

#[cfg(test)]
mod tests {
    use super::unbroken;

    #[test]
    fn layout_goes_and_quotes_stay() {
        assert_eq!(unbroken("p  41 # of it\n   table\t3"), "p 41 table 3");
        assert_eq!(unbroken(" \"a  # b\"  p 3"), "\"a  # b\" p 3");
        assert_eq!(unbroken("é # ü"), "é");
    }
}
