//! Filters: how a number or a series is shown, and how text is kept from being markup.

use std::sync::Arc;

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error};

use crate::units::{Unit, Units};

use super::desk::Desk;
use super::error::ReportError;
use super::look::Look;
use super::number::Number;
use super::pattern::{Pattern, unit_named};
use super::printable::printable;
use super::series::Series;
use crate::text::markdown::escaped;

/// Every filter and test: how it is written, and what it does.
pub const TABLE: [(&str, &str); 15] = [
    (
        "x | fmt(\"#,##0.0\")",
        "shows a number by a pattern; a unit may end it, or follow: fmt(\"0.0\", unit=\"bn CNY\")",
    ),
    ("x | in(\"mn CNY\")", "shows a number in another unit of its dimension"),
    ("x | money", "sets the currency first, with the scale that suits the size: CNY 46.9 bn"),
    ("x | multiple", "shows a ratio as a multiple: 32x"),
    ("x | signed", "sets a plus before what is above zero"),
    ("x | bare", "leaves the unit out, where a table's heading has it"),
    ("x | cite", "sets a footnote: the source, or who assumed it and why, or the formula"),
    ("x | named(\"Sales\")", "says what tables call it"),
    ("x | digits(2)", "gives plain digits for diagrams: 15200.50"),
    ("text | md", "keeps a text from being Markdown: escapes | * _ < and backticks"),
    ("name | words", "makes words of a name: gross_margin becomes Gross margin"),
    ("list | sort(attribute=\"margin\", reverse=true)", "sorts entities by a value; missing ones stand lowest"),
    ("x is missing", "whether there is no number, for one of the four reasons"),
    ("x is series", "whether it varies over time"),
    ("x is value", "whether it is one number"),
];

/// The names of the filters and tests, for those who mistype one.
pub fn names() -> impl Iterator<Item = &'static str> {
    TABLE.iter().filter_map(|(form, _)| form.split(['|', '(']).nth(usize::from(form.contains('|'))).map(str::trim))
}

/// Adds the filters and tests of reports.
pub fn add(engine: &mut Environment<'static>, desk: &Arc<Desk>) {
    let units = desk.clone();
    engine.add_filter("fmt", move |value: &Value, pattern: &str, options: Kwargs| {
        fmt(value, pattern, &options, &units.model.units)
    });
    let units = desk.clone();
    engine.add_filter("in", move |value: &Value, name: &str| Ok::<_, Error>(in_unit(value, name, &units.model.units)?));
    let units = desk.clone();
    engine.add_filter("multiple", move |value: &Value| Ok::<_, Error>(in_unit(value, "x", &units.model.units)?));
    simple(engine, "signed", |look| look.signed = true);
    simple(engine, "money", |look| look.money = true);
    engine.add_filter("bare", |value: &Value| kept(value, |look| look.bare = true));
    simple(engine, "cite", |look| look.cited = true);
    engine.add_filter("named", |value: &Value, label: &str| {
        Ok::<_, Error>(changed(value, "named", |look| look.label = Some(label.into()))?)
    });
    engine.add_filter("md", |value: &Value| Ok::<_, Error>(escaped(&printable(value)?)));
    engine.add_filter("digits", digits);
    engine.add_filter("words", |text: &str| super::desk::spelled(text));
    engine.add_test("missing", |value: &Value| {
        value.downcast_object_ref::<Number>().is_some_and(|number| number.value.is_err())
    });
    engine.add_test("series", |value: &Value| value.downcast_object_ref::<Series>().is_some());
    engine.add_test("value", |value: &Value| value.downcast_object_ref::<Number>().is_some());
}

/// A filter without arguments that changes how a number is looked at.
fn simple(engine: &mut Environment<'static>, name: &'static str, change: fn(&mut Look)) {
    engine.add_filter(name, move |value: &Value| Ok::<_, Error>(changed(value, name, change)?));
}

fn fmt(value: &Value, pattern: &str, options: &Kwargs, units: &Units) -> Result<Value, Error> {
    let mut pattern = Pattern::read(pattern, units)?;
    if let Some(name) = options.get::<Option<&str>>("unit")? {
        pattern.unit = Some(unit_named(name, units)?);
    }
    options.assert_all_used()?;
    if let Some(unit) = &pattern.unit {
        refuse_other_dimension(value, unit, units)?;
    }
    Ok(changed(value, "fmt", |look| look.take(pattern))?)
}

fn in_unit(value: &Value, name: &str, units: &Units) -> Result<Value, ReportError> {
    let unit = unit_named(name, units)?;
    refuse_other_dimension(value, &unit, units)?;
    changed(value, "in", |look| look.unit = Some(unit))
}

/// A number in the unit of another dimension would print, and mean nothing.
pub fn refuse_other_dimension(value: &Value, unit: &Unit, units: &Units) -> Result<(), ReportError> {
    let own = match (value.downcast_object_ref::<Number>(), value.downcast_object_ref::<Series>()) {
        (Some(number), _) => number.unit.clone(),
        (None, Some(series)) => series.desk.unit(&series.subject),
        (None, None) => return Ok(()),
    };
    match own.measures_like(unit) {
        true => Ok(()),
        false => Err(ReportError::Unit {
            message: format!("{} is not shown in {}", units.describe(&own.dimension), units.describe(&unit.dimension)),
        }),
    }
}

/// A number or series that is looked at differently; other values are refused.
fn changed(value: &Value, filter: &str, change: impl FnOnce(&mut Look)) -> Result<Value, ReportError> {
    match (value.downcast_object_ref::<Number>(), value.downcast_object_ref::<Series>()) {
        (Some(number), _) => Ok(number.looking(change)),
        (None, Some(series)) => Ok(series.looking(change)),
        (None, None) => Err(ReportError::Misuse {
            what: format!("the filter `{filter}`"),
            given: format!("a {}", value.kind()),
            help: "give it a value of the book: a number, or a series".to_string(),
        }),
    }
}

/// Like `changed`, but text, yes and no stay as they are.
fn kept(value: &Value, change: impl FnOnce(&mut Look)) -> Value {
    match (value.downcast_object_ref::<Number>(), value.downcast_object_ref::<Series>()) {
        (Some(number), _) => number.looking(change),
        (None, Some(series)) => series.looking(change),
        (None, None) => value.clone(),
    }
}

/// The plain digits of a number, for diagrams that want nothing else: `15200.5`.
fn digits(value: &Value, decimals: Option<usize>) -> Result<String, Error> {
    let pattern = Pattern { decimals: decimals.unwrap_or(1).min(12), ..Pattern::default() };
    let shown = changed(value, "digits", |look| {
        look.pattern = Some(pattern);
        look.bare = true;
    })?;
    Ok(shown.to_string())
}
