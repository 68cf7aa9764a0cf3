//! Charts in plain text: bars of one unit on one scale. A chart is data first, then drawn, so another way of drawing
//! it needs only the data.

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error};

use super::ReportError;
use super::cells::same_digits;
use super::entity::EntityView;
use super::number::Number;

/// Bars on one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub bars: Vec<Bar>,
}

/// One bar: what it is called, how long it is, what is written beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub label: String,
    pub size: Option<f64>,
    pub text: String,
}

/// Adds `bars([[label, number], …], width=32, sorted=false)`.
pub fn add(engine: &mut Environment<'static>) {
    engine.add_function("bars", |rows: Vec<Value>, options: Kwargs| -> Result<String, Error> {
        let width = options.get::<Option<usize>>("width")?.unwrap_or(32).clamp(4, 80);
        let is_sorted = options.get::<Option<bool>>("sorted")?.unwrap_or(false);
        options.assert_all_used()?;
        let mut chart = chart(&rows)?;
        if is_sorted {
            chart.bars.sort_by(|a, b| b.size.partial_cmp(&a.size).unwrap_or(std::cmp::Ordering::Equal));
        }
        Ok(drawn(&chart, width))
    });
}

fn chart(rows: &[Value]) -> Result<Chart, ReportError> {
    let at = |index: usize| move |row: &Value| row.get_item_by_index(index).unwrap_or_default();
    let sizes = same_digits(rows.iter().map(at(1)).collect());
    Ok(Chart { bars: rows.iter().map(at(0)).zip(sizes).map(bar).collect::<Result<_, _>>()? })
}

fn bar((label, value): (Value, Value)) -> Result<Bar, ReportError> {
    let Some(number) = value.downcast_object_ref::<Number>() else {
        return Err(ReportError::Misuse {
            what: "the function `bars`".to_string(),
            given: format!("a {} as the size of a bar", value.kind()),
            help: "give it a list of pairs: a label and a number of the book".to_string(),
        });
    };
    Ok(Bar { label: words(&label), size: number.value.as_ref().ok().copied(), text: value.to_string() })
}

/// The label of an entity, or the text itself.
fn words(value: &Value) -> String {
    match value.downcast_object_ref::<EntityView>() {
        Some(entity) => entity.desk.model.entity(entity.id).label.to_string(),
        None => value.to_string(),
    }
}

/// A chart as a block of code: a bar a line, eighths of a block at its end; a negative bar is hatched.
fn drawn(chart: &Chart, width: usize) -> String {
    let longest = chart.bars.iter().filter_map(|bar| bar.size).map(f64::abs).fold(0.0, f64::max);
    let widest = chart.bars.iter().map(|bar| bar.label.chars().count()).max().unwrap_or(0);
    let mut out = String::from("```text\n");
    for bar in &chart.bars {
        let pad = " ".repeat(widest - bar.label.chars().count());
        let blocks = bar.size.map_or_else(String::new, |size| blocks(size, longest, width));
        out.push_str(&format!("{}{pad}  {blocks} {}\n", bar.label, bar.text));
    }
    out.push_str("```");
    out
}

fn blocks(size: f64, longest: f64, width: usize) -> String {
    if longest == 0.0 {
        return String::new();
    }
    let eighths = (size.abs() / longest * (width * 8) as f64 + 0.5) as usize;
    let (whole, rest) = (eighths / 8, eighths % 8);
    if size < 0.0 {
        return "▒".repeat(whole.max(1));
    }
    let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][rest];
    format!("{}{part}", "█".repeat(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_share_a_scale() {
        let bar = |label: &str, size: f64| Bar { label: label.into(), size: Some(size), text: format!("{size}") };
        let chart = Chart { bars: vec![bar("bull", 10.0), bar("base", 5.5), bar("b", -2.5)] };
        assert_eq!(drawn(&chart, 4), "```text\nbull  ████ 10\nbase  ██▎ 5.5\nb     ▒ -2.5\n```");
    }
}
