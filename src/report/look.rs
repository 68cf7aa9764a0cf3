//! `Look`: how one number is shown, as a template's filters have asked for it.

use std::sync::Arc;

use crate::text::decimal::{magnitude, shifted, to_places};
use crate::units::{Unit, Units, decimals_for, grouped, shown};

use super::pattern::{Pattern, is_zero};

/// What filters have set; what they have not keeps its default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Look {
    pub unit: Option<Unit>,
    pub pattern: Option<Pattern>,
    pub signed: bool,
    /// Without the unit.
    pub bare: bool,
    /// Currency first, with the scale word that suits the size.
    pub money: bool,
    /// With a footnote.
    pub cited: bool,
    /// What a table calls it.
    pub label: Option<Arc<str>>,
}

const SCALES: [(i32, &str); 5] = [(12, " tn"), (9, " bn"), (6, " mn"), (3, " k"), (0, "")];

impl Look {
    /// Takes a pattern, and with it the unit it names.
    pub fn take(&mut self, pattern: Pattern) {
        if pattern.unit.is_some() {
            self.unit = pattern.unit.clone();
        }
        self.signed |= pattern.signed;
        self.pattern = Some(pattern);
    }

    /// Writes a number of base units whose own unit is `own`.
    pub fn write(&self, base: f64, own: &Unit, units: &Units) -> String {
        if self.money
            && let Some(text) = self.money_text(base, own, units)
        {
            return text;
        }
        let unit = self.unit.as_ref().unwrap_or(own);
        if self.is_default() && is_plain_money(unit, units) && base.abs() >= 1e6 {
            return self.scaled(base, &unit.symbol);
        }
        let digits = self.digits(unit.from_base(base), &unit.symbol);
        if self.bare { digits } else { unit.written(&digits) }
    }

    /// Whether nothing is asked for that a scale word would contradict.
    fn is_default(&self) -> bool {
        self.unit.is_none() && self.pattern.is_none() && !self.bare
    }

    fn digits(&self, number: f64, symbol: &str) -> String {
        let text = match &self.pattern {
            Some(pattern) => pattern.digits(number),
            None => default_digits(number, symbol),
        };
        self.with_sign(text, number)
    }

    fn with_sign(&self, text: String, number: f64) -> String {
        match self.signed && number > 0.0 && !text.starts_with('+') && !is_zero(&text) {
            true => format!("+{text}"),
            false => text,
        }
    }

    /// `15.2 bn CNY`, whatever the size.
    fn scaled(&self, base: f64, symbol: &str) -> String {
        let (scale, word) = scale_of(base);
        let digits = self.with_sign(three_digits(shifted(base, -scale)), base);
        format!("{digits}{word} {symbol}")
    }

    /// `CNY 15.2 bn`, `USD 9,500/wafer`; nothing if there is no currency in it.
    fn money_text(&self, base: f64, own: &Unit, units: &Units) -> Option<String> {
        let currency = units.currency_of(&own.dimension)?;
        let spelled = units.canonical(&own.dimension).symbol;
        let per = spelled.strip_prefix(units.symbol(currency))?;
        let whole = per.is_empty() && base.abs() >= 1e6;
        let (scale, word) = if whole { scale_of(base) } else { (0, "") };
        let digits = match &self.pattern {
            Some(pattern) => pattern.digits(shifted(base, -scale)),
            None if whole => three_digits(shifted(base, -scale)),
            None => shown(base),
        };
        Some(format!("{} {}{word}{per}", units.symbol(currency), self.with_sign(digits, base)))
    }
}

/// Digits for a reader who asked for nothing: one decimal for shares, two digits for multiples, else about four.
fn default_digits(number: f64, symbol: &str) -> String {
    match symbol {
        "%" | "pp" => grouped(number, 1),
        "bps" => grouped(number, 0),
        "x" if to_places(number, 1).abs() >= 10.0 => grouped(number, 0),
        "x" => grouped(number, 1),
        _ => shown(number),
    }
}

fn is_plain_money(unit: &Unit, units: &Units) -> bool {
    unit.factor == 1.0 && unit.dimension.single().is_some_and(|base| units.is_currency(base))
}

/// The scale of a number that is rounded to three digits, as a power of ten: 999.6 million is a billion.
fn scale_of(base: f64) -> (i32, &'static str) {
    let size = magnitude(base, 3);
    SCALES.into_iter().find(|(scale, _)| size >= *scale).unwrap_or((0, ""))
}

fn three_digits(number: f64) -> String {
    grouped(number, decimals_for(number, 3).min(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(text: &str) -> Unit {
        Units::default().parse(text).unwrap_or_else(|_| Unit::ratio())
    }

    #[test]
    fn numbers_without_a_wish_look_right() {
        let look = Look::default();
        let write = |base: f64, name: &str| look.write(base, &unit(name), &Units::default());
        assert_eq!(write(0.4204, "%"), "42.0%");
        assert_eq!(write(32.4, "x"), "32x");
        assert_eq!(write(15.2e9, "bn CNY"), "15.2 bn CNY");
        assert_eq!(write(15.23e9, "CNY"), "15.2 bn CNY");
        assert_eq!(write(1588.02, "CNY"), "1,588 CNY");
        assert_eq!(write(0.25, "ratio"), "0.25");
        let bare = Look { bare: true, ..Look::default() };
        assert_eq!(bare.write(15.23e9, &unit("CNY"), &Units::default()), "15,230,000,000");
    }

    #[test]
    fn money_stands_currency_first() {
        let look = Look { money: true, ..Look::default() };
        let write = |base: f64, name: &str| look.write(base, &unit(name), &Units::default());
        assert_eq!(write(15.2e9, "mn CNY"), "CNY 15.2 bn");
        assert_eq!(write(-1.5e6, "USD"), "USD -1.50 mn");
        assert_eq!(write(0.5, "%"), "50.0%");
    }
}
