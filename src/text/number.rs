//! What keeps a number that is written from being the number that is used.

use super::decimal::Decimal;

/// The largest number that may be written; with a scale and a unit it is still one.
const LARGEST: f64 = 1e200;

/// The smallest, but for 0: the product of two is still a number.
const SMALLEST: f64 = 1e-150;

/// From here on whole numbers have gaps between them.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// Why a number is not used as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberFault {
    TooLarge,
    TooSmall,
    /// It has more digits than a number keeps; this would be used.
    Digits(String),
}

/// What is wrong with a number and its text; marks between its digits do not matter.
pub fn fault_of_number(number: f64, text: &str) -> Option<NumberFault> {
    let size = number.abs();
    match () {
        () if size.is_nan() || size > LARGEST => Some(NumberFault::TooLarge),
        () if size < SMALLEST => (!digits(text).is_empty()).then_some(NumberFault::TooSmall),
        () if size < WHOLE => None,
        () => {
            let kept = Decimal::of(number)?;
            let is_kept = digits(text) == digits(&kept.clone().fixed(0));
            (!is_kept).then(|| NumberFault::Digits(kept.fixed(0)))
        }
    }
}

/// The digits of a number between its first and its last that is not 0.
fn digits(text: &str) -> Vec<u8> {
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let all: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    let first = all.iter().position(|digit| *digit != b'0').unwrap_or(all.len());
    let last = all.iter().rposition(|digit| *digit != b'0').map_or(first, |last| last + 1);
    all[first..last].to_vec()
}

impl NumberFault {
    /// What it is, behind "this number".
    pub fn problem(&self) -> &'static str {
        match self {
            NumberFault::TooLarge => "is too large",
            NumberFault::TooSmall => "is too small",
            NumberFault::Digits(_) => "has more digits than are kept",
        }
    }

    /// What stands at its place.
    pub fn label(&self) -> String {
        match self {
            NumberFault::TooLarge => format!("beyond {LARGEST:e}"),
            NumberFault::TooSmall => format!("nearer to 0 than {SMALLEST:e}"),
            NumberFault::Digits(number) => format!("{number} would be used"),
        }
    }

    /// What to do.
    pub fn help(&self) -> String {
        match self {
            NumberFault::TooLarge => format!("numbers reach up to {LARGEST:e}"),
            NumberFault::TooSmall => format!("numbers reach down to {SMALLEST:e}; write 0 if it is none at all"),
            NumberFault::Digits(number) => {
                format!("sixteen digits are kept: write {number} if that is near enough, or a text if it is a name")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<NumberFault> {
        fault_of_number(text.parse().unwrap(), text)
    }

    #[test]
    fn what_is_not_kept_is_found() {
        assert_eq!(fault("1e400"), Some(NumberFault::TooLarge));
        assert_eq!((fault("1e-320"), fault("-1e-400")), (Some(NumberFault::TooSmall), Some(NumberFault::TooSmall)));
        assert_eq!(fault("9007199254740993"), Some(NumberFault::Digits("9007199254740992".into())));
        assert_eq!(fault("-12345678901234567.89"), Some(NumberFault::Digits("-12345678901234568".into())));
    }

    #[test]
    fn what_is_kept_is_not() {
        for text in
            ["0", "-0.000", "0e-400", "1e200", "1e-150", "9007199254740992", "9007199254740994.0", "1e22", "1.5e80"]
        {
            assert_eq!(fault(text), None, "{text}");
        }
        assert_eq!((fault("3.14159265358979323846"), fault("0.1000000000000000055511151231257827")), (None, None));
    }
}
