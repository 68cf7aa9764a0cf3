//! Charts of reports: pictures beside the page by `chart.…`, and bars in plain text by `bars`.

mod data;
mod draw;
mod picture;
mod rows;
mod view;

use std::sync::Arc;

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error};

use crate::chart;

use super::cells::same_digits;
use super::desk::Desk;
use super::error::ReportError;
use super::number::Number;
use data::words;

/// Every chart: how it is called, and what it draws.
pub const TABLE: [(&str, &str); 11] = [
    (
        "chart.bars(\"name\", [series], stacked=false, first=, last=)",
        "series as bars over their periods; also [[label, x]], and entities with attributes=[\"name\"]",
    ),
    ("chart.line(\"name\", [series], first=, last=)", "series as lines over their periods"),
    ("chart.fan(\"name\", series, bands=[[low, high]])", "a series, and around it bands between two others"),
    (
        "chart.target(\"name\", target, price=x, upside=y, horizon=\"2027\")",
        "a price today, and a value in each case in which it differs",
    ),
    ("chart.ranges(\"name\", [[label, low, middle, high, mark]], names=[])", "ranges on one scale, a line each"),
    ("chart.bridge(\"name\", [[label, x]], start=[label, x], total=[label, x])", "a walk; its steps lead to the total"),
    ("chart.tornado(\"name\", [[label, low, high]], base=x)", "an output at both ends of each input, the widest first"),
    (
        "chart.heat(\"name\", [[x]], down=[label, [levels]], across=[label, [levels]], middle=x)",
        "a grid, coloured by how far a number lies from the middle",
    ),
    ("chart.histogram(\"name\", [x], bins=20, lines=[[label, x]])", "how often numbers fall into each of some bins"),
    (
        "chart.scatter(\"name\", entities, x=\"speed\", y=\"cost\", group=\"maker\", log=true)",
        "entities by two of their values; also [[label, x, y, group]]",
    ),
    (
        "chart.study(\"name\", \"swings\", of=\"co.target\")",
        "what a study found, as its kind is drawn; of names one of several outputs",
    ),
];

/// Adds the object `chart`, and `bars([[label, number], …], width=32, sorted=false)`.
pub fn add(engine: &mut Environment<'static>, desk: &Arc<Desk>) {
    engine.add_global("chart", Value::from_object(view::Charts { desk: desk.clone() }));
    engine.add_function("bars", bars);
}

fn bars(rows: Vec<Value>, options: Kwargs) -> Result<String, Error> {
    let width = options.get::<Option<usize>>("width")?.unwrap_or(32).clamp(4, 80);
    let is_sorted = options.get::<Option<bool>>("sorted")?.unwrap_or(false);
    options.assert_all_used()?;
    let at = |index: usize| move |row: &Value| row.get_item_by_index(index).unwrap_or_default();
    let sizes = same_digits(rows.iter().map(at(1)).collect());
    let mut bars = rows.iter().map(at(0)).zip(sizes).map(bar).collect::<Result<Vec<_>, _>>()?;
    if is_sorted {
        bars.sort_by(|(_, a), (_, b)| b.size.partial_cmp(&a.size).unwrap_or(std::cmp::Ordering::Equal));
    }
    Ok(format!("```text\n{}\n```", chart::bars(&bars, width)))
}

fn bar((label, value): (Value, Value)) -> Result<(String, chart::Datum), ReportError> {
    let Some(number) = value.downcast_object_ref::<Number>() else {
        return Err(ReportError::Misuse {
            what: "the function `bars`".to_string(),
            given: format!("a {} as the size of a bar", value.kind()),
            help: "give it a list of pairs: a label and a number of the book".to_string(),
        });
    };
    Ok((words(&label), chart::Datum { size: number.value.as_ref().ok().copied(), text: value.to_string() }))
}
