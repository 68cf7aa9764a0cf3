//! Blanks, line breaks, comments and the grouping of digits are no change, in whichever item they stand.

#[path = "../support/chance.rs"]
mod chance;
#[path = "../support/files.rs"]
mod files;

use std::ops::Range;
use std::path::{Path, PathBuf};

use scn::resolve::Loader;
use scn::review::{Options, review};
use scn::syntax::outline;
use scn::syntax::outline::{OutlineLine, Token, TokenKind};
use scn::workspace::{Checked, open};

use self::chance::Chance;

/// A folder whose `.scn` files are laid out in another way, from a seed; as they are without one.
struct Folder {
    root: PathBuf,
    seed: Option<u64>,
}

impl Loader for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let bytes = std::fs::read(self.root.join(path)).map_err(|error| error.to_string())?;
        match (self.seed, String::from_utf8(bytes.clone())) {
            (Some(seed), Ok(text)) if path.ends_with(".scn") => Ok(relaid(&text, &mut Chance::new(seed)).into_bytes()),
            _ => Ok(bytes),
        }
    }
}

/// Of a longer text some items only, so that the test ends.
const LARGE: usize = 3_000;

/// The same text with other blanks, line breaks, comments and groups of digits, wherever its tokens stay the same.
fn relaid(text: &str, chance: &mut Chance) -> String {
    let mut made = String::new();
    let mut at = 0;
    for item in outline(text) {
        made += &text[at..item.span.start as usize];
        let item_text = item.span.of(text);
        let relaid = text.len() < LARGE || chance.one_in(8);
        made += &if relaid { item_relaid(item_text, chance) } else { item_text.to_string() };
        at = item.span.end as usize;
    }
    let text = made + &text[at..];
    if chance.one_in(3) { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text }
}

fn item_relaid(text: &str, chance: &mut Chance) -> String {
    let edits: Vec<Edit> = lines(text).iter().flat_map(|line| edits_of(text, line, chance)).collect();
    let mut kept: Vec<Edit> = Vec::new();
    keep(text, &said(text), edits, &mut kept);
    applied(text, &kept)
}

type Edit = (Range<usize>, String);

fn lines(text: &str) -> Vec<OutlineLine> {
    let items = outline(text).into_iter();
    items
        .flat_map(|item| std::iter::once(item.head).chain(item.block.into_iter().flat_map(|block| block.lines)))
        .collect()
}

fn edits_of(text: &str, line: &OutlineLine, chance: &mut Chance) -> Vec<Edit> {
    let mut edits = Vec::new();
    for pair in line.tokens.windows(2) {
        let gap = pair[0].span.end as usize..pair[1].span.start as usize;
        if pair[0].kind != TokenKind::Comment && chance.one_in(2) {
            let other = ["", " ", "  \t ", "\n      ", "  # 1_000 \"said\" {\n      ", "\n\n        # apart\n      "];
            let with = chance.pick(&other);
            let words = [text[..gap.start].chars().next_back(), text[gap.end..].chars().next()];
            if !with.is_empty() || words.iter().flatten().any(|letter| !letter.is_alphanumeric()) {
                edits.push((gap, with.to_string()));
            }
        }
    }
    let places = ["p", "pp", "ex", "line", "table"];
    let is_place = |at: usize| at > 0 && places.contains(&line.tokens[at - 1].span.of(text));
    let numbers = line.tokens.iter().enumerate().filter(|(at, _)| !is_place(*at));
    edits.extend(numbers.filter_map(|(_, token)| Some((inside(token), regrouped(text, token)?))));
    if let Some(last) = line.tokens.last().filter(|last| last.kind != TokenKind::Comment) {
        let end = last.span.end as usize;
        edits.push((end..end, chance.pick(&["", "   ", "\t", "  # behind\n"]).to_string()));
    }
    edits.sort_by_key(|(range, _)| range.start);
    edits
}

fn inside(token: &Token) -> Range<usize> {
    token.span.start as usize..token.span.end as usize
}

/// A number with its thousands apart, or no longer apart; the blanks before its unit doubled.
fn regrouped(text: &str, token: &Token) -> Option<String> {
    let word = token.span.of(text);
    if token.kind != TokenKind::Word || !word.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let digits = word.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'_').count();
    let (number, rest) = word.split_at(digits);
    let plain = number.replace('_', "");
    let grouped = match plain.split_at(plain.len().saturating_sub(3)) {
        (high, low) if number == plain && !high.is_empty() => format!("{high}_{low}"),
        _ => plain,
    };
    Some(format!("{grouped}{}", rest.replace(' ', "  ")))
}

/// So few edits are given up together.
const FEW: usize = 2;

/// Keeps as many edits as leave the tokens what they are.
fn keep(text: &str, wanted: &[String], edits: Vec<Edit>, kept: &mut Vec<Edit>) {
    let all: Vec<Edit> = kept.iter().chain(&edits).cloned().collect();
    if said(&applied(text, &all)) == wanted {
        *kept = all;
    } else if edits.len() > FEW {
        let mut first = edits;
        let second = first.split_off(first.len() / 2);
        keep(text, wanted, first, kept);
        keep(text, wanted, second, kept);
    }
}

fn applied(text: &str, edits: &[Edit]) -> String {
    let mut made = String::new();
    let mut at = 0;
    for (range, with) in edits {
        made += &text[at..range.start];
        made += with;
        at = range.end;
    }
    made + &text[at..]
}

/// The tokens of a text, line by line, whatever their layout.
fn said(text: &str) -> Vec<String> {
    let word = |token: &Token| {
        let word = token.span.of(text);
        let is_number = token.kind == TokenKind::Word && word.starts_with(|letter: char| letter.is_ascii_digit());
        let words = word.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = if is_number { words.replace('_', "") } else { words };
        if words == "as_printed" { "as printed".to_string() } else { words }
    };
    let line = |line: &OutlineLine| {
        let tokens = line.tokens.iter().filter(|token| token.kind != TokenKind::Comment);
        tokens.map(word).collect::<Vec<_>>().join("\u{1}")
    };
    lines(text).iter().map(line).collect()
}

fn book(root: &Path, file: &str, seed: Option<u64>) -> Checked {
    open(file, &Folder { root: root.to_path_buf(), seed }, None)
}

const LOOK: scn::diagnostic::render::Look = scn::diagnostic::render::Look { colour: false, width: 120 };

/// What a review of a book against itself in another layout says; nothing for a book that does not check.
fn differences(root: &Path, file: &str, seed: u64) -> Option<String> {
    let plain = book(root, file, None);
    if !plain.is_sound() {
        return None;
    }
    let other = book(root, file, Some(seed));
    let problems = scn::diagnostic::render::human(&other.problems, other.sources(), LOOK);
    assert!(other.is_sound(), "{file} from {seed}:\n{problems}");
    let review = review(&plain.model, &other.model, &Options::default());
    let told = |change: &scn::review::Change| {
        format!("{} {}: {:?} -> {:?}", change.kind.word(), change.title(), change.old, change.new)
    };
    (!review.is_empty()).then(|| review.changes.iter().map(told).collect::<Vec<_>>().join("\n"))
}

#[test]
fn another_layout_of_any_fixture_is_no_change() {
    let fixtures = files::files(&files::tests("fixtures"));
    let texts = fixtures.iter().filter(|path| path.extension().is_some_and(|ending| ending == "scn"));
    let mut found = Vec::new();
    for (seed, path) in texts.enumerate() {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { continue };
        found.extend(
            differences(folder, &name.to_string_lossy(), seed as u64).map(|told| format!("{}\n{told}", path.display())),
        );
    }
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}

#[test]
fn another_layout_of_a_book_is_no_change() {
    for (seed, name) in ["china_ai_accelerators", "grid_battery", "tour"].into_iter().enumerate() {
        let root = files::tests("../scenarios").join(name);
        let told = differences(&root, "book.scn", seed as u64);
        assert_eq!(told, None, "{name}");
    }
}
