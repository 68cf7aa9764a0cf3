//! What is too long to be read on a terminal: its beginning, how much is left out, and how to have all of it.

use std::borrow::Cow;

use crate::units::grouped;

/// How many lines a terminal is given.
const MOST: usize = 200;

/// The first lines of a text and how many are left out; a text that is not much longer is whole.
pub fn cut(text: &str) -> Cow<'_, str> {
    const SLACK: usize = 20;
    let mut ends = text.match_indices('\n').map(|(at, _)| at + 1);
    let Some(end) = ends.nth(MOST - 1) else { return Cow::Borrowed(text) };
    let left = text[end..].lines().count();
    if left <= SLACK {
        return Cow::Borrowed(text);
    }
    let many = grouped(left as f64, 0);
    let how = "`--whole` prints them too, and a file or a pipe has all of it";
    Cow::Owned(format!("{}\n{many} more lines are left out: {how}\n", &text[..end]))
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        let text = "row\n".repeat(12_345);
        let cut = cut(&text);
        assert_eq!(cut.lines().count(), 202);
        assert!(cut.ends_with(
            "row\n\n12,145 more lines are left out: `--whole` prints them too, and a file or a pipe has all of it\n"
        ));
    }

    #[test]
    fn what_is_not_much_longer_is_whole() {
        for lines in [0, 1, 199, 200, 220] {
            let text = "row\n".repeat(lines);
            assert_eq!(cut(&text), text);
        }
    }
}
