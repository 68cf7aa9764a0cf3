//! Texts no longer than is good where they are quoted.

/// A text of at most so many letters; what is longer ends in `…`.
pub fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_string(),
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// How many letters a message may have: no reader needs more, and what it quotes may be a whole file.
const MESSAGE: usize = 2_000;

/// A message of at most some thousand letters; of what is longer the middle is left out, and how much that is.
pub fn message(text: &str) -> String {
    if text.len() <= MESSAGE {
        return text.to_string();
    }
    let (count, kept) = (text.chars().count(), MESSAGE / 2);
    if count <= MESSAGE {
        return text.to_string();
    }
    let head: String = text.chars().take(kept).collect();
    let tail: String = text.chars().skip(count - kept).collect();
    format!("{head}… [{} letters] …{tail}", count - 2 * kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_cut_and_says_so() {
        assert_eq!((shortened("watt", 4), shortened("watts", 4)), ("watt".into(), "wat…".into()));
        assert_eq!(shortened("ééééé", 4), "ééé…");
        let long = format!("`{}` is not a number", "9".repeat(1_000_000));
        let said = message(&long);
        assert!(said.ends_with("9` is not a number") && said.contains("… [998018 letters] …"), "{said}");
        assert_eq!(message("short"), "short");
    }
}
