//! The words of the language: which begin an item or a line, and which can never be names.

/// Words that begin an item.
pub const ITEM_WORDS: [&str; 34] = [
    "scn",
    "use",
    "model",
    "calendar",
    "source",
    "fx",
    "unit",
    "kind",
    "fn",
    "over",
    "table",
    "data",
    "case",
    "report",
    "given",
    "assume",
    "derive",
    "also",
    "flow",
    "stock",
    "ratio",
    "rate",
    "price",
    "check",
    "alert",
    "reconcile",
    "claim",
    "output",
    "grid",
    "tornado",
    "simulate",
    "calibrate",
    "bridge",
    "discover",
];

/// Words that begin a definition, or what a book is held against: the first of `LINE_WORDS`.
pub const DEFINITION_WORDS: &[&str] = LINE_WORDS.split_at(15).0;

/// Words that begin a line of a block.
pub const LINE_WORDS: [&str; 20] = [
    "given",
    "assume",
    "derive",
    "also",
    "flow",
    "stock",
    "ratio",
    "rate",
    "price",
    "in",
    "check",
    "alert",
    "reconcile",
    "claim",
    "output",
    "let",
    "columns",
    "rows",
    "ignore",
    "skip",
];

/// Words that begin a study.
pub const STUDY_WORDS: [&str; 6] = ["grid", "tornado", "simulate", "calibrate", "bridge", "discover"];

/// Words that are kept for later: an item that begins with one is not read.
pub const KEPT_WORDS: [&str; 2] = ["solve", "study"];

/// Words that can never be names.
pub const RESERVED: [&str; 35] = [
    "NA",
    "ND",
    "NM",
    "X",
    "also",
    "and",
    "as",
    "as_printed",
    "assume",
    "because",
    "by",
    "case",
    "derive",
    "disputed",
    "else",
    "from",
    "given",
    "if",
    "in",
    "let",
    "next",
    "no",
    "not",
    "or",
    "over",
    "prev",
    "range",
    "skip",
    "then",
    "to",
    "under",
    "where",
    "with",
    "within",
    "yes",
];

/// Words that, at the start of an indented line, continue the line before.
pub(super) const CLAUSE_WORDS: [&str; 11] =
    ["as_printed", "because", "by", "case", "disputed", "from", "range", "to", "when", "with", "within"];

/// Words that may follow a number without being its unit.
const UNIT_STOPS: [&str; 41] = [
    "allow",
    "and",
    "as",
    "as_printed",
    "at",
    "because",
    "by",
    "case",
    "discrete",
    "disputed",
    "else",
    "format",
    "from",
    "geometric",
    "if",
    "implied",
    "in",
    "linear",
    "lognormal",
    "mode",
    "normal",
    "not",
    "on",
    "or",
    "over",
    "p5p95",
    "pert",
    "prob",
    "range",
    "sd",
    "sigma",
    "skip",
    "step",
    "stream",
    "then",
    "to",
    "triangular",
    "under",
    "uniform",
    "when",
    "where",
];

/// Whether a word behind a number is no unit.
pub(super) fn follows_number(word: &str) -> bool {
    word.starts_with("with") || UNIT_STOPS.contains(&word)
}

/// Whether a word can never be a name.
pub fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

/// The nearest of some words, if it is near enough to be meant.
pub(super) fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let near = |other: &&str| distance(word, other) <= 1 + usize::from(word.len() > 5);
    words.into_iter().filter(near).min_by_key(|other| distance(word, other))
}

/// How many letters are added, dropped, replaced or swapped with their neighbour between two words.
fn distance(from: &str, to: &str) -> usize {
    let (from, to) = (from.as_bytes(), to.as_bytes());
    if from.len().abs_diff(to.len()) > 2 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = vec![];
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let mut best = (row[j] + usize::from(a != b)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == to[j - 1] && from[i - 1] == *b {
                best = best.min(before[j - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[to.len()]
}

/// The word that says what an item is: the first of its head, or the `kind` of `also kind`.
pub fn item_word(head: &str) -> &str {
    let mut words = head.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    match (words.next().unwrap_or(""), words.find(|word| !word.is_empty())) {
        ("also", Some("kind")) => "kind",
        (first, _) => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_is_one_mistake() {
        assert_eq!(nearest("modle", ITEM_WORDS), Some("model"));
        assert_eq!(nearest("deriv", ITEM_WORDS), Some("derive"));
        assert_eq!(nearest("chip", ITEM_WORDS), None);
    }
}
