//! Values of a book as the numbers of one axis: all in one unit, all with the same digits.

use minijinja::Error;
use minijinja::value::{Value, ValueKind};

use crate::chart::{Category, ChartError, Datum, Row};
use crate::units::{Unit, Units};

use super::super::cells::same_digits;
use super::super::desk::Desk;
use super::super::entity::EntityView;
use super::super::error::ReportError;
use super::super::number::Number;
use crate::calendar::Period;

/// Units that stand directly behind a number.
const CLOSE: [&str; 2] = ["%", "x"];

/// The unit of some values, and each of them as a chart shows it.
pub fn measured(desk: &Desk, values: &[Value]) -> Result<(String, Vec<Datum>), Error> {
    let units = &desk.model.units;
    let numbers = values.iter().map(number).collect::<Result<Vec<_>, _>>()?;
    let there: Vec<&Number> = numbers.iter().flatten().collect();
    let Some(first) = there.first() else { return Ok((String::new(), vec![Datum::default(); values.len()])) };
    let unit = unit(first, &there, units);
    if let Some(other) = there.iter().find(|number| !number.unit.measures_like(&unit)) {
        let (first, other) = (units.describe(&unit.dimension), units.describe(&other.unit.dimension));
        return Err(ReportError::Chart(ChartError::Units { first, other }).into());
    }
    let bare = |number: &Option<Number>| number.as_ref().map_or(Value::from(()), |number| dressed(number, &unit));
    let texts = same_digits(numbers.iter().map(bare).collect());
    let data = numbers.iter().zip(texts).map(|(number, text)| datum(number.as_ref(), &text, &unit)).collect();
    let symbol = if &*unit.symbol == "ratio" { String::new() } else { unit.symbol.to_string() };
    Ok((symbol, data))
}

fn datum(number: Option<&Number>, text: &Value, unit: &Unit) -> Datum {
    let Some(number) = number else { return Datum::default() };
    let size = number.value.as_ref().ok().map(|base| unit.from_base(*base));
    let close = if size.is_some() && CLOSE.contains(&&*unit.symbol) { &*unit.symbol } else { "" };
    Datum { size, text: format!("{text}{close}") }
}

/// A number as it stands beside others whose unit is said once.
fn dressed(number: &Number, unit: &Unit) -> Value {
    number.looking(|look| {
        look.unit = Some(unit.clone());
        look.bare = true;
        look.money = false;
        look.cited = false;
    })
}

/// A number of the book; nothing where there is none.
pub fn number(value: &Value) -> Result<Option<Number>, ReportError> {
    match value.downcast_object_ref::<Number>() {
        Some(number) => Ok(Some(number.clone())),
        None if matches!(value.kind(), ValueKind::Undefined | ValueKind::None) => Ok(None),
        None if value.as_str().is_some_and(str::is_empty) => Ok(None),
        None => Err(ReportError::Misuse {
            what: "a chart".to_string(),
            given: format!("a {} as a number", value.kind()),
            help: "give it numbers of the book: `co.price`, `co.revenue.at(\"2026E\")`, `value(\"co.price\")`"
                .to_string(),
        }),
    }
}

/// The unit of the first number; where nothing was asked for and numbers are large, with the scale word that suits.
fn unit(first: &Number, all: &[&Number], units: &Units) -> Unit {
    let own = first.shown_unit().clone();
    let has_word = own.symbol.contains(' ') || CLOSE.contains(&&*own.symbol);
    if first.look.unit.is_some() || has_word || own.dimension.is_ratio() {
        return own;
    }
    let sizes = all.iter().filter_map(|number| number.value.as_ref().ok());
    let most = sizes.fold(0.0, |most: f64, base| most.max(own.from_base(*base).abs()));
    let words = [(1e12, "tn"), (1e9, "bn"), (1e6, "mn")];
    let word = words.into_iter().find(|(scale, _)| most >= *scale);
    word.and_then(|(_, word)| units.parse(&format!("{word} {}", own.symbol)).ok()).unwrap_or(own)
}

/// The label of an entity, or the text itself.
pub fn words(value: &Value) -> String {
    match value.downcast_object_ref::<EntityView>() {
        Some(entity) => entity.desk.model.entity(entity.id).label.to_string(),
        None if matches!(value.kind(), ValueKind::Undefined | ValueKind::None) => String::new(),
        None => value.to_string(),
    }
}

/// Labels as categories; a period that is estimated is drawn paler.
pub fn categories(labels: &[String]) -> Vec<Category> {
    let category = |label: &String| Category {
        label: label.clone(),
        estimated: Period::parse(label).is_ok_and(|period| period.estimated),
    };
    labels.iter().map(category).collect()
}

/// Data as rows of a length, each with its label.
pub fn rows(labels: &[String], data: &[Datum], length: usize) -> Vec<Row> {
    let values = data.chunks(length.max(1));
    labels.iter().zip(values).map(|(label, values)| Row { label: label.clone(), values: values.to_vec() }).collect()
}
