//! Values set side by side in a table: without units, with the same digits, nothing where there is no value.

use std::sync::Arc;

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error};

use crate::model::CaseId;
use crate::text::decimal::to_places;

use super::desk::Desk;
use super::entity::EntityView;
use super::error::ReportError;
use super::look::Look;
use super::number::Number;
use super::pattern::Pattern;
use super::series::Series;
use super::subject::Subject;

/// Adds `cells(series, periods)`, `cells(entities, attribute)`, `cells(entity, attributes, like=entities)` and
/// `by_case(value)`.
pub fn add(engine: &mut Environment<'static>) {
    engine.add_function("cells", cells);
    engine.add_function("by_case", |value: &Value| Ok::<_, Error>(by_case(value)?));
}

fn cells(of: &Value, names: &Value, options: Kwargs) -> Result<Vec<Value>, Error> {
    let like = options.get::<Option<Value>>("like")?;
    options.assert_all_used()?;
    if let Some(series) = of.downcast_object_ref::<Series>() {
        return over_periods(series, names);
    }
    if let Some(attribute) = names.as_str() {
        return Ok(uniform(of.try_iter()?.map(|entity| attribute_of(&entity, attribute)).collect::<Result<_, _>>()?));
    }
    let row = |attribute: Value| {
        let attribute = attribute.as_str().unwrap_or_default();
        let own = attribute_of(of, attribute)?;
        let peers = like.as_ref().and_then(|all| all.try_iter().ok()).into_iter().flatten();
        let mut column = vec![own];
        column.extend(peers.filter_map(|peer| attribute_of(&peer, attribute).ok()));
        Ok::<_, ReportError>(uniform(column).into_iter().next().unwrap_or_default())
    };
    Ok(names.try_iter()?.map(row).collect::<Result<_, _>>()?)
}

/// A scalar in the cases of the report, in their order; a series at its last value.
fn by_case(value: &Value) -> Result<Vec<Value>, ReportError> {
    let in_cases = |desk: &Arc<Desk>, subject: &Subject, index: Option<usize>, look: &Look| {
        let one = |case: &CaseId| dressed(Number::read(desk, subject, *case, index), look);
        uniform(desk.cases.iter().map(one).collect())
    };
    if let Some(number) = value.downcast_object_ref::<Number>() {
        return Ok(in_cases(&number.desk, &number.subject, number.index, &number.look));
    }
    match value.downcast_object_ref::<Series>() {
        Some(series) => Ok(in_cases(&series.desk, &series.subject, Some(series.last), &series.look)),
        None => Err(refused("by_case", value)),
    }
}

fn over_periods(series: &Series, periods: &Value) -> Result<Vec<Value>, Error> {
    let at = |period: Value| {
        let found = period.as_str().filter(|period| series.is_defined_in(period)).map(|period| series.at(period));
        found.and_then(Result::ok).unwrap_or_else(|| Value::from(""))
    };
    Ok(uniform(periods.try_iter()?.map(at).collect()))
}

fn attribute_of(entity: &Value, attribute: &str) -> Result<Value, ReportError> {
    let Some(view) = entity.downcast_object_ref::<EntityView>() else { return Err(refused("cells", entity)) };
    let found = entity.get_attr(attribute).ok().filter(|value| !value.is_undefined());
    found.ok_or_else(|| view.no_attribute(attribute))
}

fn refused(function: &str, value: &Value) -> ReportError {
    ReportError::Misuse {
        what: format!("the function `{function}`"),
        given: format!("a {}", value.kind()),
        help: "give it a series and periods, entities and an attribute, or an entity and attributes".to_string(),
    }
}

/// The same digits for all numbers that have no pattern of their own, and no units.
fn uniform(values: Vec<Value>) -> Vec<Value> {
    let bare = |value: Value| match value.downcast_object_ref::<Number>() {
        Some(number) => number.looking(|look| look.bare = true),
        None => value,
    };
    same_digits(values).into_iter().map(bare).collect()
}

/// The same digits for all numbers that have no pattern of their own.
pub fn same_digits(values: Vec<Value>) -> Vec<Value> {
    let numbers = values.iter().filter_map(|value| value.downcast_object_ref::<Number>());
    let decimals = decimals_for(&numbers.filter_map(Number::shown).collect::<Vec<_>>());
    let same = |value: Value| match value.downcast_object_ref::<Number>() {
        None => value,
        Some(number) => number.looking(|look| {
            if look.pattern.is_none() && !look.money {
                look.pattern = Some(Pattern { grouped: true, decimals, ..Pattern::default() });
            }
        }),
    };
    values.into_iter().map(same).collect()
}

/// As many decimals as the largest number calls for, and no more than any of them needs.
fn decimals_for(numbers: &[f64]) -> usize {
    let largest = numbers.iter().map(|number| number.abs()).fold(0.0, f64::max);
    let most = match to_places(largest, 3) {
        size if to_places(size, 1) >= 1000.0 => 0,
        size if to_places(size, 2) >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    let is_exact =
        |decimals: &usize| numbers.iter().all(|number| to_places(*number, *decimals as i32) == to_places(*number, 6));
    (0..most).find(is_exact).unwrap_or(most)
}

fn dressed(value: Value, look: &Look) -> Value {
    match value.downcast_object_ref::<Number>() {
        Some(number) => number.looking(|own| *own = look.clone()),
        None => value,
    }
}
