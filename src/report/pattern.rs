//! `Pattern`: how a number is written: `#,##0`, `0.0%`, `+0.0 bn CNY`.

use crate::units::{Unit, Units, grouped};

use super::error::ReportError;

/// How many digits, with or without groups of three and a plus sign, and in which unit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pattern {
    pub signed: bool,
    pub grouped: bool,
    pub decimals: usize,
    /// Nothing if the number keeps its own unit.
    pub unit: Option<Unit>,
}

impl Pattern {
    /// Reads `[+][#,##]0[.0…][ UNIT]`.
    pub fn read(text: &str, units: &Units) -> Result<Pattern, ReportError> {
        let refused = || ReportError::Pattern { text: text.to_string() };
        let (signed, rest) = match text.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (grouped, rest) = match rest.strip_prefix("#,##") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let rest = rest.strip_prefix('0').ok_or_else(refused)?;
        let (decimals, rest) = decimals_of(rest).ok_or_else(refused)?;
        let unit = match rest.trim() {
            "" => None,
            name if name.starts_with(|letter: char| letter.is_alphabetic() || letter == '%') => {
                Some(unit_named(name, units)?)
            }
            _ => return Err(refused()),
        };
        Ok(Pattern { signed, grouped, decimals, unit })
    }

    /// The digits of a number that is in the right unit already.
    pub fn digits(&self, number: f64) -> String {
        let text = match self.grouped {
            true => grouped(number, self.decimals),
            false => grouped(number, self.decimals).replace(',', ""),
        };
        if self.signed && number > 0.0 && !is_zero(&text) { format!("+{text}") } else { text }
    }
}

/// Whether digits show nothing but zeros.
pub fn is_zero(digits: &str) -> bool {
    !digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}

/// The unit a template names, or why there is none.
pub fn unit_named(name: &str, units: &Units) -> Result<Unit, ReportError> {
    units.parse(name).map_err(|error| ReportError::Unit { message: error.to_string() })
}

fn decimals_of(rest: &str) -> Option<(usize, &str)> {
    let Some(fraction) = rest.strip_prefix('.') else { return Some((0, rest)) };
    let after = fraction.trim_start_matches('0');
    let decimals = fraction.len() - after.len();
    (1..=12).contains(&decimals).then_some((decimals, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(pattern: &str, number: f64) -> String {
        let pattern = Pattern::read(pattern, &Units::default()).unwrap_or_default();
        let symbol = pattern.unit.clone().unwrap_or_else(Unit::ratio).symbol;
        crate::units::written(&pattern.digits(number), &symbol)
    }

    #[test]
    fn patterns_write_digits_groups_and_signs() {
        assert_eq!(written("#,##0", 1588.4), "1,588");
        assert_eq!(written("0.0%", 42.04), "42.0%");
        assert_eq!(written("+0.0 pp", 1.25), "+1.3 pp");
        assert_eq!(written("0x", 32.4), "32x");
        assert_eq!(written("0.00 bn CNY", -0.001), "0.00 bn CNY");
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for text in ["", "%", "0,0", "0.", "#0", "0.0 parsec"] {
            assert!(Pattern::read(text, &Units::default()).is_err(), "{text}");
        }
    }
}
