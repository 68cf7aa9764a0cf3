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
    let near = words.into_iter().map(|other| (distance(word, other), other)).filter(|(far, _)| *far <= limit);
    near.min_by_key(|(far, other)| (*far, *other)).map(|(_, other)| other)
}

/// How many letters must change, with a swap of neighbours as one and case as nothing.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().flat_map(char::to_lowercase).collect();
    let right: Vec<char> = right.chars().flat_map(char::to_lowercase).collect();
    let mut rows = vec![(0..=right.len()).collect::<Vec<_>>()];
    for at in 1..=left.len() {
        let mut row = vec![at];
        for to in 1..=right.len() {
            let change = usize::from(left[at - 1] != right[to - 1]);
            let mut best = (rows[at - 1][to] + 1).min(row[to - 1] + 1).min(rows[at - 1][to - 1] + change);
            if at > 1 && to > 1 && left[at - 1] == right[to - 2] && left[at - 2] == right[to - 1] {
                best = best.min(rows[at - 2][to - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
}
