//! Answers of bridges: steps that add up to the printed digit, and what changes do together.

use serde_json::{Value, json};

use crate::eval::Cell;
use crate::export::{display, in_unit, value};
use crate::study::{BridgeAnswer, Lift, Step, Together};
use crate::text::decimal::to_places;
use crate::units::{Unit, decimals_for, grouped};

use super::row::{amount, change, distance, listed, named, number_of, texts};
use super::{Part, Table, Told};

/// Interactions that are named, if they are this share of all steps or more.
const NAMED: usize = 3;
const WORTH: f64 = 1e-3;

impl Told for BridgeAnswer {
    fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        for lift in &self.lifts {
            parts.push(Part::Table(table(self, lift)));
            let all: f64 = lift.steps.iter().filter_map(|step| step.size.number()).map(f64::abs).sum();
            let worth = lift.together.iter().filter(|pair| pair.size.abs() >= WORTH * all);
            parts.extend(worth.take(NAMED).map(|pair| Part::Line(said(pair, lift))));
        }
        if !self.idle.is_empty() {
            parts.push(Part::Line(format!("These changes reach nothing that is read: {}.", listed(&self.idle))));
        }
        if let Some(orders) = self.orders {
            let (all, twice) = (grouped(orders as f64, 0), grouped(2.0 * orders as f64, 0));
            parts.push(Part::Line(format!(
                "Sampled: {all} orders of the changes, each played both ways ({twice} in all); ± is one standard error."
            )));
        }
        parts
    }

    fn json(&self) -> Value {
        let of = |lift: &Lift| {
            let (unit, walk) = (&lift.output.unit, Walk::of(lift));
            let steps = lift.steps.iter().enumerate();
            let rows: Vec<Value> = steps.map(|(at, step)| row((self, lift), walk.as_ref(), at, step)).collect();
            json!({
                "output": &*lift.output.text,
                "from": amount(&lift.from, unit),
                "to": amount(&lift.to, unit),
                "rows": rows,
                "together": lift.together.iter().map(|pair| pair_row(pair, unit)).collect::<Vec<_>>(),
            })
        };
        let idle: Vec<&str> = self.idle.iter().map(|text| &**text).collect();
        let outputs: Vec<Value> = self.lifts.iter().map(of).collect();
        json!({ "to": &*self.to, "outputs": outputs, "idle": idle, "orders": self.orders })
    }

    fn records(&self) -> Vec<Vec<String>> {
        let mut rows = vec![texts(["id", "output", "from", "to", "change", "value", "error", "unit"])];
        for lift in &self.lifts {
            let unit = &lift.output.unit;
            let number = |base: Option<f64>| base.map_or(String::new(), |base| number_of(base, unit));
            rows.extend(lift.steps.iter().enumerate().map(|(at, step)| {
                texts([
                    &id(self, lift, at),
                    &lift.output.text,
                    &self.head.case,
                    &self.to,
                    &step.text,
                    &number(step.size.number()),
                    &number(step.error),
                    &unit.symbol,
                ])
            }));
        }
        rows
    }
}

/// The steps and how far each leads.
fn table(answer: &BridgeAnswer, lift: &Lift) -> Table {
    let unit = &lift.output.unit;
    let name = |case: &str| format!("{} in {case}", lift.output.text);
    let mut rows = match Walk::of(lift) {
        Some(walk) => {
            let step = |(at, step): (usize, &Step)| vec![step.text.to_string(), walk.step(at), walk.level(at + 1)];
            let last = lift.steps.len();
            let steps = lift.steps.iter().enumerate().map(step);
            let (first, end) = (
                vec![name(&answer.head.case), String::new(), walk.level(0)],
                vec![name(&answer.to), walk.apart(0, last), walk.level(last)],
            );
            std::iter::once(first).chain(steps).chain([end]).collect()
        }
        None => unknown(answer, lift),
    };
    let change = if unit.has_points() { format!("change, {}", unit.symbol_apart()) } else { named("change", unit) };
    let mut head = vec![String::new(), change, named("level", unit)];
    if unit.has_points() {
        head[2] = "level, %".to_string();
    }
    if answer.orders.is_some() {
        head.insert(2, "±".to_string());
        let errors = lift.steps.iter().map(|step| step.error.map_or(String::new(), |error| distance(error, unit)));
        let errors = std::iter::once(String::new()).chain(errors).chain([String::new()]);
        rows.iter_mut().zip(errors).for_each(|(row, error)| row.insert(2, error));
    }
    Table { caption: None, head, labels: 1, rows }
}

/// Rows of an output that is missing somewhere on the way.
fn unknown(answer: &BridgeAnswer, lift: &Lift) -> Vec<Vec<String>> {
    let unit = &lift.output.unit;
    let end =
        |case: &str, cell: &Cell| vec![format!("{} in {case}", lift.output.text), String::new(), display(cell, unit)];
    let steps = lift.steps.iter().map(|step| vec![step.text.to_string(), display(&step.size, unit), String::new()]);
    std::iter::once(end(&answer.head.case, &lift.from)).chain(steps).chain([end(&answer.to, &lift.to)]).collect()
}

/// A bridge as it is printed, in tables and charts alike: a step is the difference of two printed levels, so that all add up.
pub(super) struct Walk {
    /// Every level in the unit of the output, the first before any step.
    levels: Vec<f64>,
    decimals: usize,
}

impl Walk {
    /// The levels of an output; nothing if it is missing somewhere on the way.
    pub(super) fn of(lift: &Lift) -> Option<Walk> {
        let unit = &lift.output.unit;
        let mut base = lift.from.number()?;
        let mut levels = vec![in_unit(&lift.from, unit)?];
        let mut widest = 0.0f64;
        for step in &lift.steps {
            let size = step.size.number()?;
            base += size;
            widest = widest.max(unit.from_base(size).abs());
            levels.push(in_unit(&Cell::Number(base), unit)?);
        }
        if let Some(last) = levels.last_mut() {
            *last = in_unit(&lift.to, unit)?;
        }
        let decimals = decimals_of(&levels, widest);
        Some(Walk { levels, decimals })
    }

    /// A level, of which there is one more than steps.
    pub(super) fn level(&self, at: usize) -> String {
        grouped(self.levels[at], self.decimals)
    }

    /// How far a step leads.
    pub(super) fn step(&self, at: usize) -> String {
        self.apart(at, at + 1)
    }

    fn apart(&self, from: usize, to: usize) -> String {
        let printed = |at: usize| to_places(self.levels[at], self.decimals as i32);
        signed(printed(to) - printed(from), self.decimals)
    }
}

/// Four digits of the largest level, and three of the widest step.
fn decimals_of(levels: &[f64], widest: f64) -> usize {
    let largest = levels.iter().map(|level| level.abs()).fold(0.0, f64::max);
    decimals_for(largest, 4).max(decimals_for(widest, 3)).min(9)
}

fn signed(number: f64, decimals: usize) -> String {
    let text = grouped(number, decimals);
    let is_zero = !text.bytes().any(|byte| byte.is_ascii_digit() && byte != b'0');
    if number > 0.0 && !is_zero { format!("+{text}") } else { text }
}

fn said(pair: &Together, lift: &Lift) -> String {
    let size = change(pair.size, &lift.output.unit);
    format!(
        "`{}` and `{}` do {size} together beyond what each does alone; half of it is in each.",
        pair.first, pair.second
    )
}

fn id(answer: &BridgeAnswer, lift: &Lift, step: usize) -> String {
    format!("{}@{}..{}{{{}}}", lift.output.text, answer.head.case, answer.to, step + 1)
}

fn row((answer, lift): (&BridgeAnswer, &Lift), walk: Option<&Walk>, at: usize, step: &Step) -> Value {
    let unit = &lift.output.unit;
    let said = |walk: &Walk| unit.apart(&walk.step(at));
    json!({
        "id": id(answer, lift, at),
        "change": &*step.text,
        "value": value(&step.size, unit),
        "display": walk.map_or_else(|| display(&step.size, unit), said),
        "unit": &*unit.symbol,
        "error": step.error.and_then(|error| in_unit(&Cell::Number(error), unit)),
    })
}

fn pair_row(pair: &Together, unit: &Unit) -> Value {
    json!({
        "first": &*pair.first,
        "second": &*pair.second,
        "value": value(&Cell::Number(pair.size), unit),
        "display": change(pair.size, unit),
        "unit": &*unit.symbol,
    })
}
