//! What of a source stands in the book, by place: how many of its figures are given, assumed, reconciled or disputed.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error};

use super::desk::Desk;
use super::error::ReportError;
use super::mark::{Mark, Place, WORDS};
use super::number::Number;

/// How many figures of each sort.
type Tally = [usize; WORDS.len()];

/// Adds `coverage(place, source=, first=, last=)` and `cited_places(source=)`.
pub fn add(engine: &mut Environment<'static>, desk: &Arc<Desk>) {
    let at = desk.clone();
    engine.add_function("coverage", move |place: Option<&str>, options: Kwargs| coverage(&at, place, &options));
    let at = desk.clone();
    engine.add_function("cited_places", move |options: Kwargs| places(&at, &options));
}

/// How many figures cite a place, the numbers of a range, or a source at all.
fn coverage(desk: &Arc<Desk>, place: Option<&str>, options: &Kwargs) -> Result<Value, Error> {
    let source = source(desk, options)?;
    let (first, last) = (whole(options, "first")?, whole(options, "last")?);
    options.assert_all_used()?;
    let wanted = place.map(Place::read);
    let fits = |mark: &&Mark| {
        let Some(wanted) = &wanted else { return true };
        let number = mark.place.number.unwrap_or(0);
        let inside = first.is_none_or(|first| number >= first) && last.is_none_or(|last| number <= last);
        mark.place.word == wanted.word && (wanted.number.is_none() || mark.place.number == wanted.number) && inside
    };
    let marks = desk.marks().iter().filter(|mark| source.is_none_or(|source| mark.source == source)).filter(fits);
    let mut tally = Tally::default();
    marks.for_each(|mark| tally[mark.sort] += mark.count);
    Ok(record(desk, source, place.unwrap_or(""), &tally))
}

/// Every place that is cited, by its first part, with what is counted there.
fn places(desk: &Arc<Desk>, options: &Kwargs) -> Result<Vec<Value>, Error> {
    let source = source(desk, options)?;
    options.assert_all_used()?;
    let mut all: BTreeMap<&Place, Tally> = BTreeMap::new();
    for mark in desk.marks().iter().filter(|mark| source.is_none_or(|source| mark.source == source)) {
        all.entry(&mark.place).or_default()[mark.sort] += mark.count;
    }
    Ok(all.into_iter().map(|(place, tally)| record(desk, source, &place.to_string(), &tally)).collect())
}

fn record(desk: &Desk, source: Option<u32>, place: &str, tally: &Tally) -> Value {
    let title = source.map_or("", |source| &*desk.model.sources[source as usize].title);
    let counts = WORDS.iter().zip(tally).map(|(word, count)| (*word, Value::from(*count)));
    let total = Value::from(tally.iter().sum::<usize>());
    let rest = [("source", Value::from(title)), ("place", Value::from(place)), ("total", total)];
    Value::from_pairs(counts.chain(rest))
}

/// A whole number: one of the template, or a value of the book.
fn whole(options: &Kwargs, name: &str) -> Result<Option<u64>, Error> {
    let Some(value) = options.get::<Option<Value>>(name)? else { return Ok(None) };
    match value.downcast_object_ref::<Number>() {
        Some(number) => Ok(number.shown().map(|shown| shown.max(0.0) as u64)),
        None => options.get::<Option<u64>>(name),
    }
}

fn source(desk: &Desk, options: &Kwargs) -> Result<Option<u32>, Error> {
    let Some(name) = options.get::<Option<&str>>("source")? else { return Ok(None) };
    let found = desk.model.sources.iter().position(|source| &*source.name == name);
    let nearest = || desk.nearest(name, desk.model.sources.iter().map(|source| &*source.name));
    let unknown = || ReportError::UnknownName { name: name.to_string(), nearest: nearest() };
    Ok(Some(found.ok_or_else(unknown)? as u32))
}
