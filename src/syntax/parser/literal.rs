//! Numbers as they are written.

use crate::syntax::ast::{Mark, Quantity, Scale};

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
