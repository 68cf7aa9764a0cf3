//! What a template gives as rows, as a block of labelled numbers: series, pairs, or entities with attributes.

use minijinja::Error;
use minijinja::value::{Kwargs, Value, ValueKind};

use super::super::desk::{Desk, spelled};
use super::super::error::ReportError;
use super::super::functions::periods_of;
use super::super::number::Number;
use super::super::series::Series;
use super::data::{measured, rows, words};
use crate::chart::Row;

/// Rows over categories, all in one unit.
pub struct Block {
    pub unit: String,
    pub categories: Vec<String>,
    pub rows: Vec<Row>,
}

impl Block {
    /// Reads what a template gave.
    pub fn read(desk: &Desk, given: &Value, options: &Kwargs) -> Result<Block, Error> {
        let all: Vec<Value> = match given.downcast_object_ref::<Series>() {
            Some(_) => vec![given.clone()],
            None => given.try_iter()?.collect(),
        };
        if let Some(attributes) = options.get::<Option<Vec<String>>>("attributes")? {
            return Block::of_entities(desk, &all, &attributes);
        }
        match all.iter().all(|row| row.downcast_object_ref::<Series>().is_some()) {
            true => Block::of_series(desk, &all, options),
            false => Block::of_pairs(desk, &all, options),
        }
    }

    /// Series over the periods in which any of them has a value.
    pub fn of_series(desk: &Desk, all: &[Value], options: &Kwargs) -> Result<Block, Error> {
        let columns = match options.get::<Option<Vec<String>>>("columns")? {
            Some(columns) => columns,
            None => periods_of(all, options.get("first")?, options.get("last")?),
        };
        let mut values = Vec::new();
        let mut labels = Vec::new();
        for series in all.iter().filter_map(|row| row.downcast_object_ref::<Series>()) {
            labels.push(series.label());
            let at = |period: &String| match series.is_defined_in(period) {
                true => series.at(period).unwrap_or_default(),
                false => Value::from(()),
            };
            values.extend(columns.iter().map(at));
        }
        Block::of_values(desk, labels, columns, &values)
    }

    /// Pairs of a label and a number, or of a label and as many numbers as there are names.
    fn of_pairs(desk: &Desk, all: &[Value], options: &Kwargs) -> Result<Block, Error> {
        let names = options.get::<Option<Vec<String>>>("names")?.unwrap_or_else(|| vec![String::new()]);
        let pairs = all.iter().map(pair).collect::<Result<Vec<_>, _>>()?;
        let row = |at: usize| pairs.iter().map(move |(_, numbers)| numbers.get(at).cloned().unwrap_or_default());
        let values: Vec<Value> = (0..names.len()).flat_map(row).collect();
        Block::of_values(desk, names, pairs.into_iter().map(|(label, _)| label).collect(), &values)
    }

    /// Entities, and for each attribute a row.
    fn of_entities(desk: &Desk, all: &[Value], attributes: &[String]) -> Result<Block, Error> {
        let mut values = Vec::new();
        let mut labels = Vec::new();
        for attribute in attributes {
            let row: Vec<Value> = all.iter().map(|entity| attribute_of(entity, attribute)).collect::<Result<_, _>>()?;
            let first = row.iter().find_map(|value| value.downcast_object_ref::<Number>());
            labels.push(first.map_or_else(|| spelled(attribute).to_string(), Number::label));
            values.extend(row);
        }
        Block::of_values(desk, labels, all.iter().map(words).collect(), &values)
    }

    fn of_values(desk: &Desk, labels: Vec<String>, categories: Vec<String>, all: &[Value]) -> Result<Block, Error> {
        let (unit, data) = measured(desk, all)?;
        let rows = rows(&labels, &data, categories.len());
        Ok(Block { unit, categories, rows })
    }
}

/// A label, and the numbers behind it.
pub fn pair(row: &Value) -> Result<(String, Vec<Value>), Error> {
    let mut parts = row.try_iter()?;
    let label = words(&parts.next().unwrap_or_default());
    let rest: Vec<Value> = parts.collect();
    match rest.as_slice() {
        [one] if is_list(one) => Ok((label, one.try_iter()?.collect())),
        _ => Ok((label, rest)),
    }
}

fn is_list(value: &Value) -> bool {
    matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable) && value.downcast_object_ref::<Series>().is_none()
}

/// A value of an entity by its name.
pub fn attribute_of(entity: &Value, name: &str) -> Result<Value, ReportError> {
    let found = entity.get_attr(name).ok().filter(|value| !value.is_undefined());
    found.ok_or_else(|| ReportError::UnknownAttribute {
        owner: format!("`{}`", words(entity)),
        name: name.to_string(),
        nearest: None,
    })
}
