//! The nearest of several words, for "did you mean".

/// Of more words than this, only those that begin alike are looked at, so that a large book with many slips stays quick.
const MANY: usize = 2_000;

/// The word most like `word`, if any is near enough to be a slip: about one letter in three.
pub fn nearest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let limit = length.div_ceil(3);
    let first = |word: &str| word.chars().next().map(|letter| letter.to_ascii_lowercase());
    let mut words: Vec<&str> =
        words.into_iter().filter(|other| other.chars().count().abs_diff(length) <= limit).collect();
    if words.len() > MANY {
        words.retain(|other| first(other) == first(word));
    }
    let mut best: Option<(usize, &str)> = None;
    let mut ruler = Ruler::new(word);
    for other in words {
        let limit = best.map_or(limit, |(far, _)| far);
        if let Some(far) = ruler.distance(other, limit) {
            best = Some(best.map_or((far, other), |before| before.min((far, other))));
        }
    }
    best.map(|(_, other)| other)
}

/// Measures words against one, in the same three rows.
struct Ruler {
    word: Vec<char>,
    other: Vec<char>,
    rows: [Vec<usize>; 3],
}

impl Ruler {
    fn new(word: &str) -> Ruler {
        Ruler { word: lower(word).collect(), other: Vec::new(), rows: Default::default() }
    }

    /// How many letters must change, with a swap of neighbours as one and case as nothing; nothing beyond a limit.
    fn distance(&mut self, other: &str, limit: usize) -> Option<usize> {
        self.other.clear();
        self.other.extend(lower(other));
        self.rows[1].clear();
        self.rows[1].extend(0..=self.other.len());
        for at in 1..=self.word.len() {
            if self.row(at) > limit {
                return None;
            }
            self.rows.rotate_left(1);
        }
        self.rows[1].last().copied().filter(|far| *far <= limit)
    }

    /// Fills the last row from the two before it; gives the least number that any later row can hold.
    fn row(&mut self, at: usize) -> usize {
        let (word, other) = (&self.word, &self.other);
        let [before, above, row] = &mut self.rows;
        row.clear();
        row.push(at);
        for to in 1..=other.len() {
            let change = usize::from(word[at - 1] != other[to - 1]);
            let mut best = (above[to] + 1).min(row[to - 1] + 1).min(above[to - 1] + change);
            if at > 1 && to > 1 && word[at - 1] == other[to - 2] && word[at - 2] == other[to - 1] {
                best = best.min(before[to - 2] + 1);
            }
            row.push(best);
        }
        // A swap looks two rows back, so a row is past hope only if the one above it is too.
        row.iter().chain(above.iter()).copied().min().unwrap_or(0)
    }
}

fn lower(word: &str) -> impl Iterator<Item = char> {
    word.chars().flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_slips_and_only_slips() {
        assert_eq!(nearest("revenu", ["revenue", "margin"]), Some("revenue"));
        assert_eq!(nearest("yeild", ["yield", "field"]), Some("yield"));
        assert_eq!(nearest("Cost", ["cost", "most"]), Some("cost"));
        assert_eq!(nearest("ab", ["ba", "xyz"]), Some("ba"));
        assert_eq!(nearest("abcd", ["badc", "wxyz"]), Some("badc"));
        assert_eq!(nearest("ebitda", ["capex", "shares"]), None);
        assert_eq!(nearest("", ["a"]), None);
    }
}
