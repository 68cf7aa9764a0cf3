//! What a template may not do although its engine would let it: hold a value of the book against a number of its own.
//!
//! The engine orders values of different sorts by their sort, so `co.upside > 0.2` would be true whatever the upside is.

use super::error::ReportError;

/// Counts that are plain whole numbers; they may be compared.
const COUNTS: [&str; 9] =
    ["index", "index0", "revindex", "revindex0", "length", "count", "touched", "breaches", "depth"];

/// Refuses comparisons of anything but a count with a number that is written in the template.
pub fn refuse_comparisons(text: &str) -> Result<(), ReportError> {
    match comparison(text) {
        Some((_, message)) => Err(ReportError::Arithmetic { message }),
        None => Ok(()),
    }
}

/// The longest tag, and the longest template.
const TAG: usize = 64 << 10;
const TEMPLATE: usize = 4 << 20;

/// Refuses what the engine could not take apart: it asks for the stack at every step of a tag.
pub fn refuse_endless(text: &str) -> Result<(), ReportError> {
    if text.len() > TEMPLATE {
        return Err(ReportError::TooMuch { message: format!("the template is longer than {} MB", TEMPLATE >> 20) });
    }
    match tags(text).find(|(start, end, _)| end - start > TAG) {
        Some(_) => Err(ReportError::TooMuch { message: format!("this tag is longer than {} KB", TAG >> 10) }),
        None => Ok(()),
    }
}

/// The bytes of what is refused before the template is read.
pub fn refused(text: &str) -> Option<(usize, usize)> {
    let endless =
        tags(text).find(|(start, end, _)| end - start > TAG).map(|(start, end, _)| (start, end.min(start + 64)));
    comparison(text).map(|(at, _)| at).or(endless.filter(|(start, end)| text.get(*start..*end).is_some()))
}

/// The first such comparison: the bytes of its tag, and what is wrong with it.
pub fn comparison(text: &str) -> Option<((usize, usize), String)> {
    let found = |(start, end, code): (usize, usize, &str)| Some(((start, end), compared(&tokens(code))?));
    tags(text).find_map(found)
}

/// The tags of a template that are no comments: where each begins and ends, and what stands in it.
fn tags(text: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    let mut at = 0;
    let next = move || loop {
        let start = text[at..].find('{').map(|found| at + found)?;
        let close = match text.as_bytes().get(start + 1) {
            Some(b'%') => "%}",
            Some(b'{') => "}}",
            Some(b'#') => "#}",
            _ => {
                at = start + 1;
                continue;
            }
        };
        let end = text[start + 2..].find(close).map_or(text.len(), |found| start + 2 + found);
        at = (end + 2).min(text.len());
        if close != "#}" {
            return Some((start, at, &text[start + 2..end]));
        }
    };
    std::iter::from_fn(next)
}

fn compared(tokens: &[String]) -> Option<String> {
    let suspect = |number: &str, other: &str| is_number(number) && !is_number(other) && !is_count(other);
    tokens.windows(3).find_map(|three| {
        let [left, operator, right] = three else { return None };
        let is_comparison = ["<", ">", "<=", ">=", "==", "!="].contains(&operator.as_str());
        (is_comparison && (suspect(left, right) || suspect(right, left)))
            .then(|| format!("`{left} {operator} {right}` holds a value against a number"))
    })
}

fn is_number(token: &str) -> bool {
    token.starts_with(|letter: char| letter.is_ascii_digit())
}

fn is_count(token: &str) -> bool {
    COUNTS.contains(&token.rsplit('.').next().unwrap_or(token))
}

/// Words with their dots, numbers, operators; a text is one token `""`.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut letters = code.chars().peekable();
    while let Some(letter) = letters.next() {
        let mut token = String::from(letter);
        match letter {
            ' ' | '\n' | '\r' | '\t' => continue,
            '"' | '\'' => {
                while letters.next_if(|next| *next != letter).is_some() {}
                letters.next();
                token = "\"\"".to_string();
            }
            '<' | '>' | '=' | '!' => token.extend(letters.next_if_eq(&'=')),
            _ if is_word(letter) => {
                while let Some(next) = letters.next_if(|next| is_word(*next) || *next == '.') {
                    token.push(next);
                }
            }
            _ => {}
        }
        tokens.push(token);
    }
    tokens
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::refuse_comparisons;

    #[test]
    fn values_are_not_held_against_numbers() {
        assert!(refuse_comparisons("{% if co.upside > 0.2 %}").is_err());
        assert!(refuse_comparisons("{{ 'a' if 3 == co.n }}").is_err());
    }

    #[test]
    fn counts_and_texts_are_compared() {
        for text in
            ["{% if loop.index > 3 %}", "{% if rows | length == 0 %}", "{% if c.x == \"HBM\" %}", "a < 3 {# x > 2 #}"]
        {
            assert!(refuse_comparisons(text).is_ok(), "{text}");
        }
    }
}
