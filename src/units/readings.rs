//! What a bare number may mean beside a unit of a ratio: so many of the unit, or so many ones.

use super::{Unit, significant};

impl Unit {
    /// Whether a bare number beside it has two readings: `%`, `pp`, `bps`, `k`, and not `x`, of which one is 1.
    pub fn is_share(&self) -> bool {
        self.dimension.is_ratio() && self.factor != 1.0
    }

    /// The unit in which a difference of values in this unit is written: points for per cents.
    pub fn of_difference(&self) -> Unit {
        Unit { symbol: self.symbol_apart().into(), ..self.clone() }
    }
}

/// Both readings of a bare number, typed with the unit: `17%` and `1700%`.
pub fn readings(text: &str, number: f64, unit: &Unit) -> [String; 2] {
    [unit.written(text), unit.written(&typed(unit.from_base(number)))]
}

/// A number as it is typed: `1700`, `0.12`, `1_000_000`.
pub fn typed(number: f64) -> String {
    let text = significant(number, 12);
    let (sign, size) = text.strip_prefix('-').map_or(("", text.as_str()), |size| ("-", size));
    let (whole, fraction) = size.split_once('.').map_or((size, None), |(whole, rest)| (whole, Some(rest)));
    if whole.len() < 5 {
        return text;
    }
    let threes = whole.as_bytes().rchunks(3).rev().filter_map(|three| std::str::from_utf8(three).ok());
    let tail = fraction.map_or(String::new(), |fraction| format!(".{fraction}"));
    format!("{sign}{}{tail}", threes.collect::<Vec<_>>().join("_"))
}

#[cfg(test)]
mod tests {
    use super::super::Units;
    use super::*;

    #[test]
    fn both_readings_are_typed_as_people_do() {
        let units = Units::default();
        let both =
            |text: &str, number: f64, unit: &str| units.get(unit).map(|unit| readings(text, number, unit).join(" or "));
        assert_eq!(both("17", 17.0, "%").as_deref(), Some("17% or 1700%"));
        assert_eq!(both("0.0012", 0.0012, "%").as_deref(), Some("0.0012% or 0.12%"));
        assert_eq!(both("0.07", 0.07, "%").as_deref(), Some("0.07% or 7%"));
        assert_eq!(both("-100", -100.0, "bps").as_deref(), Some("-100 bps or -1_000_000 bps"));
        assert_eq!(both("0.5", 0.5, "pp").as_deref(), Some("0.5 pp or 50 pp"));
        assert_eq!(both("1_234.5", 1234.5, "%").as_deref(), Some("1_234.5% or 123_450%"));
    }

    #[test]
    fn a_unit_stands_behind_its_number() {
        let units = Units::default();
        let after = |unit: &str| units.get(unit).map(|unit| (unit.written("3"), unit.of_difference().written("3")));
        let both = |value: &str, difference: &str| Some((value.to_string(), difference.to_string()));
        assert_eq!(after("%"), both("3%", "3 pp"));
        assert_eq!(after("x"), both("3x", "3x"));
        assert_eq!(after("CNY"), both("3 CNY", "3 CNY"));
        assert_eq!(Unit::ratio().written("3"), "3");
    }

    #[test]
    fn multiples_have_one_reading() {
        let units = Units::default();
        let shares = ["%", "pp", "bps", "x", "ratio", "CNY"].map(|unit| units.get(unit).is_some_and(Unit::is_share));
        assert_eq!(shares, [true, true, true, false, false, false]);
    }
}
