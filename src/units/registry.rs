//! `Units`: every unit by its name, and what a unit text such as `mn CNY/share` means.

use std::collections::BTreeMap;

use super::currency::CURRENCIES;
use super::{Base, Dimension, Unit, UnitError};

/// All units of a book: pure ratios, currencies, and what `unit` items declare.
#[derive(Debug, Clone)]
pub struct Units {
    bases: Vec<BaseUnit>,
    named: BTreeMap<String, Unit>,
}

#[derive(Debug, Clone)]
struct BaseUnit {
    symbol: String,
    label: String,
    is_currency: bool,
}

/// Scale words; they stand before a unit or alone.
const SCALES: [(&str, f64); 4] = [("k", 1e3), ("mn", 1e6), ("bn", 1e9), ("tn", 1e12)];

/// Names of pure ratios and what one of them is.
const RATIOS: [(&str, f64); 5] = [("ratio", 1.0), ("%", 0.01), ("x", 1.0), ("pp", 0.01), ("bps", 0.0001)];

impl Default for Units {
    fn default() -> Units {
        let mut units = Units { bases: Vec::new(), named: BTreeMap::new() };
        for (name, factor) in RATIOS {
            let symbol = if name == "ratio" { "" } else { name };
            let unit = Unit { symbol: symbol.into(), factor, dimension: Dimension::RATIO };
            units.named.insert(name.to_string(), unit);
        }
        for (code, name) in CURRENCIES {
            units.add_base(code, name, true);
        }
        units
    }
}

impl Units {
    /// Declares a counting or physical unit with a dimension of its own.
    pub fn declare(&mut self, name: &str, label: &str) -> Result<(), UnitError> {
        self.refuse_taken(name)?;
        self.add_base(name, label, false);
        Ok(())
    }

    /// Declares a name for `factor` base units of a dimension.
    pub fn define(&mut self, name: &str, factor: f64, dimension: Dimension) -> Result<(), UnitError> {
        self.refuse_taken(name)?;
        self.named.insert(name.to_string(), Unit { symbol: name.into(), factor, dimension });
        Ok(())
    }

    /// Reads a unit text: `USD/wafer`, `mn CNY`, `GB/chip`, `mm2`, `kW·h`, `%`, `k chip`, `1/chip`.
    pub fn parse(&self, text: &str) -> Result<Unit, UnitError> {
        let text = text.trim();
        let (scale, rest) = split_scale(text);
        let mut unit = if rest.is_empty() { Unit::ratio() } else { self.product(rest)? };
        unit.factor *= scale;
        unit.symbol = if rest == "ratio" { "".into() } else { text.into() };
        Ok(unit)
    }

    /// The unit a single name stands for.
    pub fn get(&self, name: &str) -> Option<&Unit> {
        self.named.get(name)
    }

    /// Whether a base unit is a currency.
    pub fn is_currency(&self, base: Base) -> bool {
        self.bases[base.0 as usize].is_currency
    }

    /// The currency a dimension holds to the power of one, whatever else it holds.
    pub fn currency_of(&self, dimension: &Dimension) -> Option<Base> {
        let mut currencies = dimension.powers().filter(|(base, _, _)| self.is_currency(*base));
        match (currencies.next(), currencies.next()) {
            (Some((base, 1, 1)), None) => Some(base),
            _ => None,
        }
    }

    /// The symbol of a base unit.
    pub fn symbol(&self, base: Base) -> &str {
        &self.bases[base.0 as usize].symbol
    }

    /// The label of a base unit.
    pub fn label(&self, base: Base) -> &str {
        &self.bases[base.0 as usize].label
    }

    /// A dimension in words: `USD/chip`, `a ratio`.
    pub fn describe(&self, dimension: &Dimension) -> String {
        if dimension.is_ratio() { "a ratio".to_string() } else { self.spell(dimension) }
    }

    /// A unit whose factor is one for a dimension, spelled from base units.
    pub fn canonical(&self, dimension: &Dimension) -> Unit {
        Unit { symbol: self.spell(dimension).into(), factor: 1.0, dimension: dimension.clone() }
    }

    /// Every unit name, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.named.keys().map(String::as_str)
    }

    fn add_base(&mut self, name: &str, label: &str, is_currency: bool) {
        let base = Base(self.bases.len() as u16);
        self.bases.push(BaseUnit { symbol: name.to_string(), label: label.to_string(), is_currency });
        let unit = Unit { symbol: name.into(), factor: 1.0, dimension: Dimension::base(base) };
        self.named.insert(name.to_string(), unit);
    }

    fn refuse_taken(&self, name: &str) -> Result<(), UnitError> {
        match self.named.contains_key(name) || SCALES.iter().any(|(scale, _)| *scale == name) {
            true => Err(UnitError::Taken { name: name.to_string() }),
            false => Ok(()),
        }
    }

    fn product(&self, text: &str) -> Result<Unit, UnitError> {
        let mut whole = Unit::ratio();
        for (at, group) in text.split('/').enumerate() {
            for name in group.split('·') {
                let factor = self.factor(name.trim())?;
                whole = if at == 0 { multiplied(&whole, &factor) } else { divided(&whole, &factor) };
            }
        }
        Ok(whole)
    }

    fn factor(&self, name: &str) -> Result<Unit, UnitError> {
        if name == "1" {
            return Ok(Unit::ratio());
        }
        if let Some(unit) = self.named.get(name) {
            return Ok(unit.clone());
        }
        let unknown = || UnitError::Unknown { name: name.to_string(), nearest: self.nearest(name) };
        let stem = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let power = name[stem.len()..].parse::<i32>().map_err(|_| unknown())?;
        let unit = self.named.get(stem.trim_end_matches('^')).ok_or_else(unknown)?;
        let dimension = unit.dimension.power(power, 1).ok_or_else(unknown)?;
        Ok(Unit { symbol: name.into(), factor: libm::pow(unit.factor, f64::from(power)), dimension })
    }

    fn nearest(&self, name: &str) -> Option<String> {
        crate::text::nearest(name, self.names()).map(str::to_string)
    }

    fn spell(&self, dimension: &Dimension) -> String {
        let part = |positive: bool| {
            let powers = dimension.powers().filter(move |(_, numerator, _)| (*numerator > 0) == positive);
            powers.map(|(base, numerator, denominator)| spelled(self.symbol(base), numerator.abs(), denominator))
        };
        let above = part(true).collect::<Vec<_>>().join("·");
        let below: String = part(false).map(|name| format!("/{name}")).collect();
        if above.is_empty() && !below.is_empty() { format!("1{below}") } else { format!("{above}{below}") }
    }
}

fn split_scale(text: &str) -> (f64, &str) {
    for (word, scale) in SCALES {
        if text == word {
            return (scale, "");
        }
        if let Some(rest) = text.strip_prefix(word).filter(|rest| rest.starts_with(' ')) {
            return (scale, rest.trim_start());
        }
    }
    (1.0, text)
}

fn multiplied(left: &Unit, right: &Unit) -> Unit {
    let dimension = left.dimension.times(&right.dimension);
    Unit { symbol: left.symbol.clone(), factor: left.factor * right.factor, dimension }
}

fn divided(left: &Unit, right: &Unit) -> Unit {
    let dimension = left.dimension.over(&right.dimension);
    Unit { symbol: left.symbol.clone(), factor: left.factor / right.factor, dimension }
}

fn spelled(symbol: &str, numerator: i32, denominator: i32) -> String {
    match (numerator, denominator) {
        (1, 1) => symbol.to_string(),
        (whole, 1) => format!("{symbol}{whole}"),
        (numerator, denominator) => format!("{symbol}^({numerator}/{denominator})"),
    }
}
