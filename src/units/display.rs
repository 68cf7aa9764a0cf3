//! Numbers as text: grouped, to so many decimals or significant digits.

/// A number to `decimals` places with `,` between groups of three: `1,588.02`.
pub fn grouped(number: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", number.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out = format!("{out}.{fraction}");
    }
    let is_zero = !text.bytes().any(|byte| byte.is_ascii_digit() && byte != b'0');
    if number < 0.0 && !is_zero { format!("-{out}") } else { out }
}

/// A number to `digits` significant digits without trailing zeros, never in exponent form below 1e21.
pub fn significant(number: f64, digits: usize) -> String {
    let decimals = decimals_for(number, digits);
    let text = format!("{number:.decimals$}");
    trimmed(&text)
}

/// A number for a table: about four significant digits, whole and grouped from a thousand on.
pub fn shown(number: f64) -> String {
    let decimals = match number.abs() {
        size if size >= 1000.0 || number == 0.0 => 0,
        _ => decimals_for(number, 4),
    };
    let text = grouped(number, decimals.min(9));
    trimmed(&text)
}

fn decimals_for(number: f64, digits: usize) -> usize {
    if number == 0.0 || !number.is_finite() {
        return 0;
    }
    let exponent = libm::floor(libm::log10(number.abs())) as i64;
    (digits as i64 - 1 - exponent).clamp(0, 17) as usize
}

fn trimmed(text: &str) -> String {
    if !text.contains('.') {
        return text.to_string();
    }
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}
