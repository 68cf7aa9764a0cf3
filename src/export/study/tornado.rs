//! Answers of tornado studies: a table for each output, the widest swing first.

use serde_json::{Value, json};

use crate::eval::Cell;
use crate::export::{aligned, display, value};
use crate::study::{Bar, Ends, Swing, TornadoAnswer};

use super::row::{amount, amount_of, change, distance, listed, named, number_of, texts};
use super::{Part, Table, Told};

impl Told for TornadoAnswer {
    fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        for swing in &self.swings {
            parts.push(Part::Table(table(swing)));
        }
        if !self.idle.is_empty() {
            parts.push(Part::Line(format!("These have a range and move nothing here: {}.", listed(&self.idle))));
        }
        parts
    }

    fn json(&self) -> Value {
        let of = |swing: &Swing| {
            json!({
                "output": &*swing.output.text,
                "base": amount(&swing.base, &swing.output.unit),
                "rows": swing.bars.iter().map(|bar| row(self, swing, bar)).collect::<Vec<_>>(),
            })
        };
        let idle: Vec<&str> = self.idle.iter().map(|name| &**name).collect();
        json!({ "outputs": self.swings.iter().map(of).collect::<Vec<_>>(), "idle": idle })
    }

    fn records(&self) -> Vec<Vec<String>> {
        let head = [
            "id",
            "output",
            "input",
            "low",
            "high",
            "ends",
            "input unit",
            "at low",
            "base",
            "at high",
            "width",
            "curvature",
            "unit",
        ];
        let mut rows = vec![texts(head)];
        for swing in &self.swings {
            let unit = &swing.output.unit;
            let number = |cell: &Cell| cell.number().map_or(String::new(), |number| number_of(number, unit));
            let difference = |base: Option<f64>| base.map_or(String::new(), |base| number_of(base, unit));
            for bar in &swing.bars {
                rows.push(texts([
                    &id(self, swing, bar),
                    &swing.output.text,
                    &bar.input,
                    &end_of(bar, false),
                    &end_of(bar, true),
                    &every_end(bar),
                    &bar.unit.symbol,
                    &number(&bar.at_low),
                    &number(&swing.base),
                    &number(&bar.at_high),
                    &difference(bar.width),
                    &difference(bar.curvature),
                    &unit.symbol,
                ]));
            }
        }
        rows
    }
}

/// The end of an input that is swung as one.
fn end_of(bar: &Bar, high: bool) -> String {
    bar.end(high).map_or(String::new(), |end| number_of(end, &bar.unit))
}

/// The ends of every stretch of an input that is swung in several: `2026E 3..5, 2027E 4..6`.
fn every_end(bar: &Bar) -> String {
    let number = |end: f64| number_of(end, &bar.unit);
    let one = |ends: &Ends| {
        let periods = ends.periods.as_deref()?;
        Some(format!("{periods} {}..{}", number(ends.low), number(ends.high)))
    };
    bar.ends.iter().filter_map(one).collect::<Vec<_>>().join(", ")
}

fn table(swing: &Swing) -> Table {
    let unit = &swing.output.unit;
    let cells: Vec<Cell> = swing.bars.iter().flat_map(|bar| [bar.at_low.clone(), bar.at_high.clone()]).collect();
    let ends = aligned(&[cells, vec![swing.base.clone()]].concat(), unit);
    let row = |(at, bar): (usize, &Bar)| {
        vec![
            bar.input.to_string(),
            shown_end(bar, false),
            shown_end(bar, true),
            ends[2 * at].clone(),
            ends[2 * at + 1].clone(),
            bar.width.map_or("NM".to_string(), |width| bare(distance(width, unit))),
            bar.curvature.map_or("NM".to_string(), |curvature| bare(curved(curvature, bar, swing))),
        ]
    };
    let base = display(&swing.base, unit);
    Table {
        caption: Some(format!("{}, which is {base} where nothing is swung", named(&swing.output.text, unit))),
        head: texts(["input", "low", "high", "at low", "at high", "swing", "curvature"]),
        labels: 1,
        rows: swing.bars.iter().enumerate().map(row).collect(),
    }
}

/// What an input is swung to at one end, as people read it: period by period if it differs.
pub(super) fn shown_end(bar: &Bar, high: bool) -> String {
    let one = |ends: &Ends| {
        let number = display(&Cell::Number(if high { ends.high } else { ends.low }), &bar.unit);
        ends.periods.as_ref().map_or_else(|| number.clone(), |periods| format!("{periods} {number}"))
    };
    let all: Vec<String> = bar.ends.iter().map(one).collect();
    match all.as_slice() {
        [first, _, .., last] if all.len() > MOST_ENDS => format!("{first}, …, {last}"),
        _ => all.join(", "),
    }
}

/// The most stretches of an input whose ends are all shown.
const MOST_ENDS: usize = 3;

/// A curvature; what is nothing but rounding beside the values is none.
fn curved(curvature: f64, bar: &Bar, swing: &Swing) -> String {
    let values = [&bar.at_low, &bar.at_middle, &bar.at_high];
    let largest = values.iter().filter_map(|cell| cell.number()).map(f64::abs).fold(0.0, f64::max);
    let is_straight = curvature.abs() <= 1e-12 * largest;
    if is_straight { "0".to_string() } else { change(curvature, &swing.output.unit) }
}

/// A number without the unit behind it.
fn bare(text: String) -> String {
    text.split(' ').next().unwrap_or_default().to_string()
}

fn id(answer: &TornadoAnswer, swing: &Swing, bar: &Bar) -> String {
    format!("{}@{}{{{}}}", swing.output.text, answer.head.case, bar.input)
}

fn ends_json(bar: &Bar, ends: &Ends) -> Value {
    let amount = |number: f64| amount_of(Some(number), &bar.unit);
    json!({ "periods": ends.periods.as_deref(), "low": amount(ends.low), "high": amount(ends.high) })
}

fn row(answer: &TornadoAnswer, swing: &Swing, bar: &Bar) -> Value {
    let unit = &swing.output.unit;
    json!({
        "id": id(answer, swing, bar),
        "input": &*bar.input,
        "low": amount_of(bar.end(false), &bar.unit),
        "point": amount_of(bar.point, &bar.unit),
        "high": amount_of(bar.end(true), &bar.unit),
        "ends": bar.ends.iter().map(|ends| ends_json(bar, ends)).collect::<Vec<_>>(),
        "at_low": amount(&bar.at_low, unit),
        "at_middle": amount(&bar.at_middle, unit),
        "at_high": amount(&bar.at_high, unit),
        "width": bar.width.map_or(Value::Null, |width| value(&Cell::Number(width), unit)),
        "curvature": bar.curvature.map_or(Value::Null, |curvature| value(&Cell::Number(curvature), unit)),
        "unit": &*unit.symbol,
    })
}
