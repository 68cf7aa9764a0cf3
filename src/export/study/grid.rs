//! Answers of grids: a list for one axis, a matrix for two, blocks of matrices for more.

use serde_json::{Value, json};

use crate::eval::Cell;
use crate::export::{aligned, display, in_unit, value};
use crate::study::{AxisAnswer, GridAnswer, Reading};

use super::row::{missing_of, named, number_of};
use super::{Part, Table, Told};

impl Told for GridAnswer {
    fn parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = self.axes.iter().filter_map(cut).map(Part::Line).collect();
        parts.extend(match self.axes.len() {
            1 => vec![Part::Table(list(self))],
            _ => (0..self.outputs.len()).flat_map(|output| matrices(self, output)).map(Part::Table).collect(),
        });
        parts
    }

    fn json(&self) -> Value {
        let output = |(output, base): (&Reading, &Cell)| {
            json!({
                "output": &*output.text,
                "unit": &*output.unit.symbol,
                "base": value(base, &output.unit),
                "display": display(base, &output.unit),
            })
        };
        let axis = |axis: &AxisAnswer| {
            json!({
                "path": &*axis.text,
                "unit": &*axis.unit.symbol,
                "levels": axis.levels.iter().map(|level| in_unit(&Cell::Number(*level), &axis.unit)).collect::<Vec<_>>(),
                "base": axis.base.and_then(|base| in_unit(&Cell::Number(base), &axis.unit)),
                "cut_from": axis.cut_from.as_deref(),
            })
        };
        let cells = (0..self.len()).flat_map(|point| (0..self.outputs.len()).map(move |output| (output, point)));
        json!({
            "outputs": self.outputs.iter().zip(&self.base).map(output).collect::<Vec<_>>(),
            "axes": self.axes.iter().map(axis).collect::<Vec<_>>(),
            "rows": cells.map(|(output, point)| cell(self, output, point)).collect::<Vec<_>>(),
        })
    }

    fn records(&self) -> Vec<Vec<String>> {
        let mut head: Vec<String> = ["id", "output", "case"].map(str::to_string).to_vec();
        // The levels of a table carry their `%` and `x`; these are bare numbers, and their column says what of.
        head.extend(self.axes.iter().map(|axis| match &*axis.unit.symbol {
            "" => axis.text.to_string(),
            symbol => format!("{}, {symbol}", axis.text),
        }));
        head.extend(["value", "display", "unit", "missing"].map(str::to_string));
        let mut rows = vec![head];
        for point in 0..self.len() {
            for (output, reading) in self.outputs.iter().enumerate() {
                let cell = self.cell(output, point);
                let mut row = vec![id(self, output, point), reading.text.to_string(), self.head.case.to_string()];
                row.extend(levels(self, point).into_iter().map(|(axis, level)| number_of(level, &axis.unit)));
                row.push(cell.number().map_or(String::new(), |number| number_of(number, &reading.unit)));
                row.extend([display(&cell, &reading.unit), reading.unit.symbol.to_string()]);
                row.push(missing_of(&cell).map_or("", |(code, _)| code).to_string());
                rows.push(row);
            }
        }
        rows
    }
}

/// That an axis replaces a formula.
fn cut(axis: &AxisAnswer) -> Option<String> {
    let formula = axis.cut_from.as_ref()?;
    Some(format!("`{}` is set here, and not computed as `{formula}`.", axis.text))
}

/// Levels with one number of decimals, and a sign that sticks to them.
fn level_texts(axis: &AxisAnswer) -> Vec<String> {
    let cells: Vec<Cell> = axis.levels.iter().map(|level| Cell::Number(*level)).collect();
    let texts = aligned(&cells, &axis.unit);
    match axis.unit.sticks() {
        true => texts.iter().map(|text| axis.unit.written(text)).collect(),
        false => texts,
    }
}

/// The values of an output with one number of decimals.
fn value_texts(answer: &GridAnswer, output: usize) -> Vec<String> {
    let cells: Vec<Cell> = (0..answer.len()).map(|point| answer.cell(output, point)).collect();
    let unit = &answer.outputs[output].unit;
    let signed = |(text, cell): (String, &Cell)| match unit.sticks() && cell.number().is_some() {
        true => unit.written(&text),
        false => text,
    };
    aligned(&cells, unit).into_iter().zip(&cells).map(signed).collect()
}

fn list(answer: &GridAnswer) -> Table {
    let axis = &answer.axes[0];
    let columns: Vec<Vec<String>> = (0..answer.outputs.len()).map(|output| value_texts(answer, output)).collect();
    let row = |(at, level): (usize, String)| {
        let values = columns.iter().map(|column| column[at].clone());
        std::iter::once(level).chain(values).collect()
    };
    let names = answer.outputs.iter().map(|output| named(&output.text, &output.unit));
    Table {
        caption: None,
        head: std::iter::once(named(&axis.text, &axis.unit)).chain(names).collect(),
        labels: 1,
        rows: level_texts(axis).into_iter().enumerate().map(row).collect(),
    }
}

/// One matrix for each combination of the levels of all axes but the last two.
fn matrices(answer: &GridAnswer, output: usize) -> Vec<Table> {
    let [.., down, across] = answer.axes.as_slice() else { return Vec::new() };
    let values = value_texts(answer, output);
    let (rows, columns) = (level_texts(down), level_texts(across));
    let size = (rows.len() * columns.len()).max(1);
    let block = |(at, values): (usize, &[String])| {
        let row = |(level, values): (&String, &[String])| {
            std::iter::once(level.clone()).chain(values.iter().cloned()).collect()
        };
        let corner = format!("{} ↓ · {} →", named(&down.text, &down.unit), named(&across.text, &across.unit));
        Table {
            caption: Some(caption(answer, output, at * size)),
            head: std::iter::once(corner).chain(columns.iter().cloned()).collect(),
            labels: 1,
            rows: rows.iter().zip(values.chunks(columns.len().max(1))).map(row).collect(),
        }
    };
    values.chunks(size).enumerate().map(block).collect()
}

/// `target, CNY/share, with ke = 9%, g = 2%`
fn caption(answer: &GridAnswer, output: usize, point: usize) -> String {
    let reading = &answer.outputs[output];
    let outer = levels(answer, point);
    let outer = &outer[..outer.len().saturating_sub(2)];
    let with: Vec<String> = outer.iter().map(|(axis, level)| set_to(axis, *level)).collect();
    let name = named(&reading.text, &reading.unit);
    if with.is_empty() { name } else { format!("{name}, with {}", with.join(", ")) }
}

fn set_to(axis: &AxisAnswer, level: f64) -> String {
    format!("{} = {}", axis.text, display(&Cell::Number(level), &axis.unit))
}

/// The level on each axis of a point.
fn levels(answer: &GridAnswer, point: usize) -> Vec<(&AxisAnswer, f64)> {
    answer.axes.iter().zip(answer.places(point)).map(|(axis, place)| (axis, axis.levels[place])).collect()
}

/// `target@base{ps = 6x, ke = 9%}`, stable from run to run.
fn id(answer: &GridAnswer, output: usize, point: usize) -> String {
    let levels: Vec<String> = levels(answer, point).into_iter().map(|(axis, level)| set_to(axis, level)).collect();
    format!("{}@{}{{{}}}", answer.outputs[output].text, answer.head.case, levels.join(", "))
}

fn cell(answer: &GridAnswer, output: usize, point: usize) -> Value {
    let (reading, cell) = (&answer.outputs[output], answer.cell(output, point));
    let levels: serde_json::Map<String, Value> = levels(answer, point)
        .into_iter()
        .map(|(axis, level)| (axis.text.to_string(), json!(in_unit(&Cell::Number(level), &axis.unit))))
        .collect();
    let mut row = json!({
        "id": id(answer, output, point),
        "output": &*reading.text,
        "at": levels,
        "value": value(&cell, &reading.unit),
        "display": display(&cell, &reading.unit),
        "unit": &*reading.unit.symbol,
    });
    if let Some((code, reason)) = missing_of(&cell) {
        row["missing"] = json!({ "code": code, "reason": reason });
    }
    row
}
