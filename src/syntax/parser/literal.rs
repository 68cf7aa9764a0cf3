//! Numbers as they are written.

use crate::syntax::ast::{ExprTree, Mark, Node, NodeId, NodeKind, Quantity, Scale};
use crate::text::Span;

/// A number without scale, mark or unit.
pub(super) fn number(text: &str) -> Quantity {
    let plain: String;
    let digits = if text.contains('_') {
        plain = text.replace('_', "");
        plain.as_str()
    } else {
        text
    };
    Quantity {
        number: digits.parse().unwrap_or(f64::NAN),
        decimals: decimals(digits),
        scale: None,
        mark: None,
        unit: None,
    }
}

/// A scale word.
pub(super) fn scale(text: &str) -> Option<Scale> {
    match text {
        "k" => Some(Scale::K),
        "mn" => Some(Scale::Mn),
        "bn" => Some(Scale::Bn),
        "tn" => Some(Scale::Tn),
        _ => None,
    }
}

/// What is stuck to a number.
pub(super) fn mark(text: &str) -> Mark {
    if text == "%" { Mark::Percent } else { Mark::Multiple }
}

fn decimals(digits: &str) -> u8 {
    let after = digits.split_once('.').map_or("", |(_, after)| after);
    let count = after.bytes().take_while(u8::is_ascii_digit).count();
    u8::try_from(count).unwrap_or(u8::MAX)
}

/// The tree of a plain number with its unit, without pest: most values are such; nothing if it is anything else.
pub(super) fn plain(text: &str) -> Option<ExprTree> {
    let mut end = digits(text)?;
    let mut quantity = number(&text[..end]);
    if end > SURE {
        return None;
    }
    if text[end..].starts_with('%') {
        quantity.mark = Some(Mark::Percent);
        end += 1;
    }
    if end < text.len() {
        (quantity.scale, quantity.unit) = measure(text[end..].strip_prefix(' ')?, end + 1)?;
    }
    let nodes = vec![Node { span: Span::new(0, text.len()), kind: NodeKind::Quantity(quantity) }];
    Some(ExprTree { text: text.into(), nodes, root: NodeId(0) })
}

/// How long the number at the start of a text is: `9_500`, `0.5`.
fn digits(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let whole = run(bytes, 0, |byte| byte.is_ascii_digit() || *byte == b'_');
    let sound = whole > 0 && text.len() <= LONGEST && !text[..whole].ends_with('_') && !text[..whole].contains("__");
    match bytes.get(whole) {
        _ if !sound || bytes[0] == b'_' => None,
        Some(b'.') => Some(run(bytes, whole + 1, u8::is_ascii_digit)).filter(|end| *end > whole + 1),
        _ => Some(whole),
    }
}

/// A number of so many letters is kept to its last digit.
const SURE: usize = 15;

/// The longest plain number.
const LONGEST: usize = 60;

/// `mn CNY`, `USD/chip`: a scale, a unit or both, which begin at `start`.
fn measure(text: &str, start: usize) -> Option<(Option<Scale>, Option<Span>)> {
    let (first, rest) = text.split_once(' ').map_or((text, None), |(first, rest)| (first, Some(rest)));
    match (scale(first), rest) {
        (None, None) => Some((None, Some(unit(first, start)?))),
        (None, Some(_)) => None,
        (scale, None) => Some((scale, None)),
        (scale, Some(rest)) => Some((scale, Some(unit(rest, start + first.len() + 1)?))),
    }
}

/// A unit of letters, digits and `/`, such as `USD/chip`.
fn unit(word: &str, start: usize) -> Option<Span> {
    let factor = |factor: &str| {
        let first = factor.bytes().next();
        first.is_some_and(|byte| byte.is_ascii_alphabetic()) && factor.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let plain = word.split('/').all(factor) && !is_unit_stop(word);
    plain.then(|| Span::new(start, start + word.len()))
}

/// Short words and those of the language are left to the grammar.
fn is_unit_stop(word: &str) -> bool {
    let first = word.split('/').next().unwrap_or("");
    matches!(first, "k" | "mn" | "bn" | "tn") || crate::syntax::words::follows_number(first)
}

fn run(bytes: &[u8], start: usize, is: impl Fn(&u8) -> bool) -> usize {
    start + bytes[start..].iter().take_while(|byte| is(byte)).count()
}
