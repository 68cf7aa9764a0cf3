//! One line of a book, with values that are known in every form in which they may be written.

use std::collections::BTreeSet;

/// What a kind asks for, and a value of that sort.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    pub unit: &'static str,
    pub base: &'static str,
}

impl Spot {
    /// A place for numbers of a unit.
    pub const fn number(unit: &'static str, base: &'static str) -> Spot {
        Spot { unit, base }
    }

    /// Whether numbers go there.
    pub fn is_number(&self) -> bool {
        !matches!(self.unit, "text" | "yes/no")
    }

    /// Whether a bare number there has two readings.
    pub fn is_share(&self) -> bool {
        matches!(self.unit, "%" | "bps")
    }
}

/// One value as it may be written in a book, a table and a file.
#[derive(Debug, Clone)]
pub enum Value {
    Number { digits: String, unit: &'static str },
    Text(&'static str),
    YesNo(bool),
    Missing(&'static str),
}

impl Value {
    pub fn written(&self) -> String {
        match self {
            Value::Number { digits, unit: "" } => digits.clone(),
            Value::Number { digits, unit: unit @ ("%" | "x") } => format!("{digits}{unit}"),
            Value::Number { digits, unit } => format!("{digits} {unit}"),
            Value::Text(text) => format!("\"{text}\""),
            Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_string(),
            Value::Missing(code) => format!("{code} \"why\""),
        }
    }

    /// As it stands in a column whose head says the unit.
    pub fn bare(&self) -> String {
        match self {
            Value::Number { digits, .. } => digits.clone(),
            Value::Missing(code) => code.to_string(),
            Value::Text(text) => text.to_string(),
            other => other.written(),
        }
    }

    /// As YAML says it.
    pub fn yaml(&self) -> String {
        if let Value::YesNo(yes) = self { yes.to_string() } else { self.bare() }
    }

    /// `: UNIT` of the head of its column.
    pub fn head(&self, spot: Spot) -> String {
        match self {
            Value::Number { unit: "", .. } => String::new(),
            Value::Number { unit, .. } => format!(": {unit}"),
            _ if spot.is_number() => format!(": {}", spot.unit),
            _ => String::new(),
        }
    }

    pub fn is_number(&self) -> bool {
        matches!(self, Value::Number { .. })
    }

    /// A file's cell has no type: whatever stands there is a text if a text is asked for.
    pub fn fits_file(&self, spot: Spot) -> bool {
        spot.unit != "text" || matches!(self, Value::Text(_)) || !self.head(spot).is_empty()
    }
}

/// A line: what goes where, one value or one for each of some periods.
#[derive(Debug, Clone)]
pub struct Input {
    pub spot: Spot,
    /// `flow ` and the like, or nothing for a value without periods.
    pub series: &'static str,
    pub values: Vec<Value>,
    pub over_time: bool,
}

impl Input {
    /// The value as a line of the book says it; the last piece reaches to the end.
    pub fn written(&self) -> String {
        if !self.over_time {
            return self.values[0].written();
        }
        let last = self.values.len() - 1;
        let pieces = self.values.iter().enumerate().map(|(at, value)| {
            let dots = if at == last { ".." } else { "" };
            format!("{}E{dots} {}", 2026 + at, value.written())
        });
        pieces.collect::<Vec<_>>().join(" | ")
    }

    /// The word before the name, where a line needs one.
    pub fn word(&self) -> &'static str {
        match (self.series, self.over_time) {
            ("", true) => "flow ",
            (_, false) => "",
            (word, true) => word,
        }
    }

    pub fn each_year(&self, shown: impl Fn(&Value) -> String) -> Vec<String> {
        (0..4).map(|at| shown(&self.values[at.min(self.values.len() - 1)])).collect()
    }

    /// Whether one head of a column speaks for all values.
    pub fn has_one_unit(&self) -> bool {
        let heads: BTreeSet<String> = self.values.iter().map(|value| value.head(self.spot)).collect();
        heads.len() == 1 && self.values.iter().all(Value::is_number)
    }

    pub fn line(&self) -> String {
        format!("given {}x = {} from ar p 1", self.word(), self.written())
    }

    /// Some other value of the right sort, where a door changes one that is there.
    pub fn base(&self) -> String {
        match self.series {
            "" => format!("given x = {} from ar p 1", self.spot.base),
            word => format!("given {word}x = 2026E.. {} from ar p 1", self.spot.base),
        }
    }
}
