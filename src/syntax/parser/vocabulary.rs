//! The words the grammar tells from names, found quickly.

/// Sorted; a test holds them against the grammar.
#[rustfmt::skip]
const WORDS: [&str; 145] = [
    "NA", "ND", "NM", "X", "about", "accessed", "after", "alert", "allow", "also", "and", "annual", "as", "as_printed", "assume", "at",
    "average", "because", "bn", "bridge", "by", "calendar", "calibrate", "case", "cases", "check", "claim", "closing",
    "column", "columns", "correlate", "csv", "d", "data", "dated", "decimal", "derive", "discover", "discrete", "disputed",
    "document", "draws", "else", "ending", "ex", "file", "flow", "fn", "for", "format", "free", "from", "fx",
    "geometric", "given", "grid", "half", "high", "if", "ignore", "implied", "importance", "in", "indices", "k",
    "kind", "let", "levels", "like", "line", "linear", "lognormal", "low", "lowest", "mean", "missing", "mn", "mode",
    "model", "month", "mu", "next", "no", "normal", "not", "of", "on", "optional", "or", "output", "over", "p",
    "p5p95", "period", "pert", "pin", "pp", "prev", "price", "printed", "prob", "probability", "quarter", "range",
    "rate", "ratio", "reconcile", "report", "rows", "sampling", "scn", "sd", "seed", "sigma", "simulate", "skip",
    "solve", "source", "stale", "step", "stock", "stream", "study", "support", "table", "template", "text", "then",
    "tn", "to", "tornado", "triangular", "under", "uniform", "unit", "url", "use", "vary", "when", "where", "with",
    "within", "x", "yaml", "yes",
];

/// For each first letter, which of [`WORDS`] begin with it.
static BY_LETTER: [[u64; 3]; 256] = {
    let mut table = [[0u64; 3]; 256];
    let mut at = 0;
    while at < WORDS.len() {
        let letter = WORDS[at].as_bytes()[0] as usize;
        table[letter][at / 64] |= 1 << (at % 64);
        at += 1;
    }
    table
};

/// Whether a word is one of the grammar's.
pub(super) fn is_word(word: &[u8]) -> bool {
    let [first, second, third] = BY_LETTER[word[0] as usize];
    among(first, 0, word) || among(second, 64, word) || among(third, 128, word)
}

fn among(mut set: u64, offset: usize, word: &[u8]) -> bool {
    while set != 0 {
        if WORDS[offset + set.trailing_zeros() as usize].as_bytes() == word {
            return true;
        }
        set &= set - 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters inside other tokens: periods, exponents.
    const PARTS: [&str; 5] = ["A", "E", "H", "Q", "e"];

    #[test]
    fn every_word_of_the_grammar_is_known() {
        let grammar = include_str!("../../../grammar/scenario.pest");
        let rules = grammar.lines().filter(|line| !line.starts_with("//") && !line.starts_with("month_name"));
        for line in rules {
            for word in
                line.split('"').skip(1).step_by(2).filter(|word| word.starts_with(|at: char| at.is_ascii_alphabetic()))
            {
                let simple = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                assert!(!simple || PARTS.contains(&word) || is_word(word.as_bytes()), "{word}");
            }
        }
    }
}
