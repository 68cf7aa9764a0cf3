//! How a number and its unit are written together: the one place that knows that `%` and `x` stick, and that shares are points apart.

use super::{Unit, shown};

/// Digits and the symbol of their unit: `%` and `x` stand close, a word stands after a blank.
pub fn written(digits: &str, symbol: &str) -> String {
    match symbol {
        "" => digits.to_string(),
        _ if sticks(symbol) => format!("{digits}{symbol}"),
        _ => format!("{digits} {symbol}"),
    }
}

/// Whether a symbol stands close behind each number, and never at the head of a column or an axis.
pub fn sticks(symbol: &str) -> bool {
    matches!(symbol, "%" | "x")
}

impl Unit {
    /// A number of this unit by its digits: `7.1 bn CNY`, `26%`, `6x`, `0.25`.
    pub fn written(&self, digits: &str) -> String {
        written(digits, &self.symbol)
    }

    /// A number of base units, in this unit, for a sentence: `1,588 CNY/share`.
    pub fn shown(&self, base: f64) -> String {
        self.written(&shown(self.from_base(base)))
    }

    /// Whether its symbol stands close behind each number.
    pub fn sticks(&self) -> bool {
        sticks(&self.symbol)
    }

    /// Whether two of its values are points apart, and not per cent.
    pub fn has_points(&self) -> bool {
        &*self.symbol == "%"
    }

    /// The symbol of how far two of its values are apart: `pp` for per cents.
    pub fn symbol_apart(&self) -> &str {
        if self.has_points() { "pp" } else { &self.symbol }
    }

    /// How far two of its values are apart, by the digits of that: `3 CNY`, `1.2 pp`.
    pub fn apart(&self, digits: &str) -> String {
        written(digits, self.symbol_apart())
    }

    /// How far two of its values are apart, in base units, for a sentence: `3 CNY`, `1.2 pp`.
    pub fn shown_apart(&self, base: f64) -> String {
        self.apart(&shown(self.from_base(base)))
    }

    /// What a column of its numbers is headed by: nothing for what stands behind each of them.
    pub fn of_column(&self) -> Option<&str> {
        Some(&*self.symbol).filter(|symbol| !symbol.is_empty() && !sticks(symbol))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Units;

    #[test]
    fn signs_stick_words_stand_apart_and_shares_are_points_apart() {
        let unit = |text: &str| Units::default().parse(text).unwrap();
        let written = ["ratio", "%", "x", "bn CNY"].map(|text| (unit(text).written("7.1"), unit(text).apart("7.1")));
        let held = [("7.1", "7.1"), ("7.1%", "7.1 pp"), ("7.1x", "7.1x"), ("7.1 bn CNY", "7.1 bn CNY")];
        assert_eq!(written, held.map(|(of, apart)| (of.to_string(), apart.to_string())));
        assert_eq!(unit("bn CNY").shown(7.1e9), "7.1 bn CNY");
        assert_eq!((unit("%").of_column(), unit("bn CNY").of_column()), (None, Some("bn CNY")));
    }
}
