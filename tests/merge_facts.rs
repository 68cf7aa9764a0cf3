//! What holds of any merge: each fact that a side changed is in the result, or in a conflict that says it.

#[path = "support/chance.rs"]
mod chance;

use chance::Chance;
use scn::merge::{Merged, Sides, merge};
use scn::syntax::parse;

/// A file with every item and line of the language.
const WHOLE: &str = include_str!("fixtures/syntax/ok/whole_language.scn");
const SIDES: Sides<'_> = Sides { ours: "ours", theirs: "theirs" };

/// A word that a side may change, and what either side writes instead.
#[derive(Debug, Clone, Copy)]
struct Word {
    from: usize,
    to: usize,
    is_number: bool,
}

impl Word {
    /// What one of the sides writes: a number that stands nowhere else, or letters that do.
    fn of_side(self, is_ours: bool) -> &'static str {
        match (self.is_number, is_ours) {
            (true, true) => "987654",
            (true, false) => "345678",
            (false, true) => "oursays",
            (false, false) => "theirsays",
        }
    }

    /// The text with the word of a side in place of this one.
    fn changed(self, text: &str, is_ours: bool) -> String {
        format!("{}{}{}", &text[..self.from], self.of_side(is_ours), &text[self.to..])
    }
}

/// The words that a side may change in a text that reads: numbers with or without decimals, and what stands in quotes and
/// comments. A change after which the text does not read is no fact of it.
fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let (mut from, mut is_quoted, mut is_comment) = (0, false, false);
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.');
    for (at, letter) in text.char_indices().chain([(text.len(), '\n')]) {
        if is_part(letter) {
            continue;
        }
        let word = text[from..at].trim_matches('.');
        let start = from + text[from..at].find(word).unwrap_or(0);
        let is_number = word.starts_with(|letter: char| letter.is_ascii_digit())
            && word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_'));
        if !word.is_empty() && (is_number || is_quoted || is_comment) {
            found.push(Word { from: start, to: start + word.len(), is_number });
        }
        is_quoted ^= letter == '"' && !is_comment;
        is_comment = (is_comment || letter == '#' && !is_quoted) && letter != '\n';
        from = at + letter.len_utf8();
    }
    let reads = |word: &Word| [true, false].iter().all(|ours| !parse(&word.changed(text, *ours)).has_errors());
    found.retain(reads);
    found
}

/// Each item as a file of its own, with the comments before and behind it.
fn items() -> Vec<String> {
    let spans: Vec<_> = parse(WHOLE).file.items.iter().map(|item| item.span).collect();
    let mut from = 0;
    let mut found = Vec::new();
    for span in spans {
        let end = WHOLE[span.end as usize..].find('\n').map_or(WHOLE.len(), |at| span.end as usize + at + 1);
        let text = WHOLE[from..end].trim_start();
        found.push(if text.starts_with("scn 1") { text.to_string() } else { format!("scn 1\n{text}") });
        from = end;
    }
    found
}

/// Whether a merge says a word, in its text or in what it says of a conflict.
fn says(merged: &Merged, word: &str) -> bool {
    let of_conflicts = merged.conflicts.iter().flat_map(|one| [&one.ours, &one.theirs]).flatten();
    merged.text.contains(word) || of_conflicts.into_iter().any(|text| text.contains(word))
}

/// Lines that merge by what they say in quotes: two texts are two of them, and both are kept.
const NAMED_BY_TEXT: [&str; 4] = ["use ", "source ", "claim ", "ignore "];

fn is_named_by_text(text: &str, word: Word) -> bool {
    let line = text[..word.from].rsplit('\n').next().unwrap_or("").trim_start();
    !word.is_number && !line.contains('#') && NAMED_BY_TEXT.iter().any(|begins| line.starts_with(begins))
}

/// What a merge of two changes loses, if anything.
fn lost(text: &str, left: Word, right: Word) -> Option<String> {
    let (ours, theirs) = (left.changed(text, true), right.changed(text, false));
    let merged = merge(text, &ours, &theirs, SIDES).expect("all three read");
    let gone = [left.of_side(true), right.of_side(false)].into_iter().find(|word| !says(&merged, word));
    let is_same = left.from == right.from && !is_named_by_text(text, left);
    let why = match gone {
        Some(word) => format!("`{word}` is lost"),
        None if is_same && merged.conflicts.is_empty() => "both values of one fact are kept".to_string(),
        None => return None,
    };
    let (one, other) = (&text[left.from..left.to], &text[right.from..right.to]);
    Some(format!("{why}, of `{one}` at {} and `{other}` at {}:\n{text}---\n{}", left.from, right.from, merged.text))
}

/// The losses of some pairs, each item once.
fn hold(lost: Vec<String>, tried: usize, floor: usize) {
    assert!(lost.is_empty(), "{} of {tried} lose something:\n{}", lost.len(), lost.join("\n====\n"));
    assert!(tried >= floor, "only {tried} merges were tried");
}

#[test]
fn no_change_of_an_item_is_lost() {
    let (mut found, mut tried, mut chance) = (Vec::new(), 0, Chance::new(1));
    for text in items() {
        let words = words(&text);
        let few = words.len() > 12;
        for (at, left) in words.iter().enumerate() {
            for (other, right) in words.iter().enumerate() {
                // The same word is always tried; of the pairs of a long item, some.
                if few && at != other && !chance.one_in(words.len() / 6) {
                    continue;
                }
                tried += 1;
                found.extend(lost(&text, *left, *right));
            }
        }
    }
    hold(found, tried, 1_500);
}

#[test]
fn no_change_of_a_file_is_lost() {
    let (words, mut chance) = (words(WHOLE), Chance::new(2));
    assert!(words.len() > 200, "{}", words.len());
    let pairs = std::iter::repeat_with(|| (chance.pick(&words), chance.pick(&words))).take(12);
    let found: Vec<String> = pairs.filter_map(|(left, right)| lost(WHOLE, left, right)).collect();
    hold(found, 12, 12);
}
