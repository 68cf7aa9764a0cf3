//! Texts with a few things wrong: bytes, tokens and lines are taken away, doubled, changed round, or put in from elsewhere.

use crate::chance::Chance;

/// Tokens that somebody might get wrong, in any place.
const NASTY: [&str; 66] = [
    "0",
    "-0",
    "1e308",
    "1e-320",
    "9e999",
    "999999999999999999999999",
    "0.1",
    "1_000",
    "1,000",
    "NaN",
    "inf",
    "-inf",
    "NA",
    "ND",
    "NM",
    "X",
    "no",
    "yes",
    "null",
    "~",
    "%",
    "100%",
    "1/yr",
    "USD/USD",
    "CNY^99",
    "2026E",
    "1H26E",
    "4Q99A",
    "9999E",
    "0000A",
    "2026-02-30",
    "9999-12-31",
    "prev",
    "[prev]",
    "[next 9]",
    "[2026E..]",
    "..",
    "((((((((",
    "))))))))",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "\"\\\"",
    "|",
    "=",
    "==",
    "~",
    "^",
    "^999",
    "- - -",
    "if",
    "base",
    "in co",
    "sum(",
    "pv(1, -1)",
    "irr(0)",
    "over",
    "also",
    "allow units::mismatch because \"\"",
    "# a remark\n",
    "\n  ",
    "like co",
    "from base",
];

/// Letters that look like nothing, or like another.
const LETTERS: [&str; 14] = [
    "\u{0}",
    "\u{feff}",
    "\r\n",
    "\r",
    "\t",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{85}",
    "\u{2028}",
    "\u{1b}[2J",
    "\u{ff11}",
    "е",
    "\u{301}",
];

/// A text with one to four mutations; parts of another one get into it.
pub fn mutated(text: &str, other: &str, chance: &mut Chance) -> String {
    let mut text = text.to_string();
    for _ in 0..1 + chance.below(4) {
        text = match chance.below(8) {
            0 => bytes(&text, chance),
            1..=4 => tokens(&text, other, chance),
            5..=6 => lines(&text, other, chance),
            _ => whole(&text, chance),
        };
    }
    text
}

/// The same of what is no text: single bytes of Latin-1, and what is left of a letter that is cut in two.
pub fn mutated_bytes(text: &str, other: &str, chance: &mut Chance) -> Vec<u8> {
    let mut bytes = mutated(text, other, chance).into_bytes();
    if chance.one_in(5) && !bytes.is_empty() {
        let at = chance.below(bytes.len());
        bytes[at] = chance.pick(&[0xe9, 0xff, 0x00, 0x80, 0xc3, b'"', b',', b'\'', b'\n', b'{']);
    }
    bytes
}

fn bytes(text: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        return chance.pick(&LETTERS).to_string();
    }
    let at = chance.below(letters.len());
    match chance.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters.insert(at, char::from(b' ' + chance.below(95) as u8)),
        _ => {
            let end = letters.len().min(at + 1 + chance.below(20));
            letters.drain(at..end);
        }
    }
    letters.into_iter().collect()
}

fn tokens(text: &str, other: &str, chance: &mut Chance) -> String {
    let mut parts = parts(text);
    let elsewhere = self::parts(other);
    if parts.is_empty() || elsewhere.is_empty() {
        return text.to_string();
    }
    let (at, to) = (chance.below(parts.len()), chance.below(parts.len()));
    match chance.below(7) {
        0 => drop(parts.remove(at)),
        1 => parts.insert(to, parts[at]),
        2 => parts.swap(at, to),
        3 => parts[at] = elsewhere[chance.below(elsewhere.len())],
        4 => parts[at] = chance.pick(&NASTY),
        5 => parts.insert(at, chance.pick(&NASTY)),
        _ => parts.insert(at, chance.pick(&LETTERS)),
    }
    parts.concat()
}

fn lines(text: &str, other: &str, chance: &mut Chance) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let elsewhere: Vec<&str> = other.split_inclusive('\n').collect();
    if lines.is_empty() || elsewhere.is_empty() {
        return other.to_string();
    }
    let (at, to) = (chance.below(lines.len()), chance.below(lines.len()));
    match chance.below(5) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(to, lines[at]),
        2 => lines.swap(at, to),
        3 => lines.insert(at, elsewhere[chance.below(elsewhere.len())]),
        _ => lines.truncate(at),
    }
    lines.concat()
}

fn whole(text: &str, chance: &mut Chance) -> String {
    let at = |text: &str, chance: &mut Chance| {
        let at = chance.below(text.len() + 1);
        (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
    };
    let at = at(text, chance);
    let put = |what: String| format!("{}{what}{}", &text[..at], &text[at..]);
    match chance.below(8) {
        0 => text.replace('\n', "\r\n"),
        1 => format!("\u{feff}{text}"),
        2 => text.replace("  ", "\t"),
        3 => put("(".repeat(300)),
        4 => put("x".repeat(10_000)),
        5 => put("1".repeat(400)),
        6 => put("-".repeat(500)),
        _ => put(chance.pick(&LETTERS).repeat(20)),
    }
}

/// Words, numbers, blanks and signs, each for itself.
fn parts(text: &str) -> Vec<&str> {
    let sort = |letter: char| match letter {
        letter if letter.is_alphanumeric() || matches!(letter, '_' | '.') => 0,
        ' ' | '\n' => 1,
        _ => 2,
    };
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let now = sort(letter);
        if before.is_some_and(|before| before != now || now == 2) {
            parts.push(&text[start..at]);
            start = at;
        }
        before = Some(now);
    }
    parts.push(&text[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}
