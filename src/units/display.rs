//! Numbers as text: grouped, to so many decimals or significant digits; halves go away from zero.

use crate::text::decimal::{fixed, magnitude, shifted};

/// A number to `decimals` places with `,` between groups of three: `1,588.02`.
pub fn grouped(number: f64, decimals: usize) -> String {
    let text = fixed(number, decimals);
    let (sign, size) = text.strip_prefix('-').map_or(("", &*text), |size| ("-", size));
    let (whole, fraction) = size.split_at(size.find('.').unwrap_or(size.len()));
    let mut out = sign.to_string();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

/// A number to `digits` significant digits without trailing zeros, never in exponent form below 1e21.
pub fn significant(number: f64, digits: usize) -> String {
    trimmed(&fixed(number, decimals_for(number, digits).min(17)))
}

/// A number for a table: about four significant digits, whole and grouped from a thousand on.
pub fn shown(number: f64) -> String {
    trimmed(&grouped(number, decimals_for(number, 4).min(9)))
}

/// A share that somebody stated, in per cents: `12.5%`.
pub fn percent(share: f64) -> String {
    percent_to(share, STATED)
}

/// A share that was worked out, to so many significant digits.
pub fn percent_to(share: f64, digits: usize) -> String {
    format!("{}%", significant(shifted(share, 2), digits))
}

/// So many digits say all of a share that is stated.
const STATED: usize = 6;

/// How many decimals a number needs for so many significant digits, once it is rounded to them.
pub fn decimals_for(number: f64, digits: usize) -> usize {
    if number == 0.0 || !number.is_finite() {
        return 0;
    }
    (digits as i64 - 1 - i64::from(magnitude(number, digits))).max(0) as usize
}

/// Text without the zeros at the end of its fraction.
fn trimmed(text: &str) -> String {
    if !text.contains('.') {
        return text.to_string();
    }
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_carry_keeps_the_digits() {
        let held =
            [(9.9995, "10"), (999.95, "1,000"), (-999.96, "-1,000"), (0.99996, "1"), (1234.5, "1,235"), (-0.0, "0")];
        held.into_iter().for_each(|(number, text)| assert_eq!(shown(number), text));
        assert_eq!(grouped(1_234_567.125, 2), "1,234,567.13");
        assert_eq!(grouped(-999.995, 2), "-1,000.00");
        assert_eq!(significant(9.995, 3), "10");
        assert_eq!(significant(0.000_123_45, 4), "0.0001235");
        assert_eq!(significant(500_000.0, 2), "500000");
        assert_eq!(
            (percent(0.125), percent(0.99995), percent_to(0.123_45, 3)),
            ("12.5%".into(), "99.995%".into(), "12.3%".into())
        );
    }
}
