//! Numbers as they are written.

use crate::syntax::ast::{ExprTree, Mark, Node, NodeId, NodeKind, Quantity, Scale};
use crate::text::Span;

/// The largest number that may be written; with a scale and a unit it is still one.
pub(super) const LARGEST: f64 = 1e200;

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
    let bytes = text.as_bytes();
    let whole = run(bytes, 0, u8::is_ascii_digit);
    let mut end = whole;
    if bytes.get(whole) == Some(&b'.') {
        end = run(bytes, whole + 1, u8::is_ascii_digit);
        if end == whole + 1 {
            return None;
        }
    }
    if whole == 0 || text.len() > 60 {
        return None;
    }
    let mut quantity = number(&text[..end]);
    if bytes.get(end) == Some(&b'%') {
        quantity.mark = Some(Mark::Percent);
        end += 1;
    }
    let mut words = text[end..].split(' ').skip(1);
    if end < text.len() {
        if bytes[end] != b' ' {
            return None;
        }
        let mut word = words.next()?;
        quantity.scale = scale(word);
        if quantity.scale.is_some() {
            end += 1 + word.len();
            word = words.next().unwrap_or("");
        }
        if end < text.len() {
            quantity.unit = Some(unit(word, end + 1)?);
        }
    }
    let nodes = vec![Node { span: Span::new(0, text.len()), kind: NodeKind::Quantity(quantity) }];
    words.next().is_none().then(|| ExprTree { text: text.into(), nodes, root: NodeId(0) })
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
