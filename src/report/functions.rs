//! Functions of templates: values by path, sentences that must be true, exhibits, footnotes, rows of tables.

use std::sync::Arc;

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error, State};

use super::desk::Desk;
use super::entity::{book_name, named};
use super::error::ReportError;
use super::origin::together;
use super::series::{Series, view};
use super::subject::Subject;
use super::text::sentence;
use super::{cells, chart, claim, coverage, given, study, table};
use crate::text::markdown::escaped;

/// Every function: how it is called, and what it gives.
pub const TABLE: [(&str, &str); 19] = [
    ("value(\"co.revenue[2026E]\", case=\"bull\")", "the value of a path; without a case, that of the report"),
    (
        "evaluate(\"co.price / co.eps[2026E]\", case=\"bull\", x=number)",
        "an expression of the language, checked and computed; it may use numbers by names given to them here",
    ),
    ("lookup(name)", "the entity, kind or value of a name that the template has as text"),
    ("study(\"name\")", "what a study found: prints as its tables, and has its numbers"),
    ("is_bound(\"consensus\")", "whether the report binds the name in its block"),
    ("claim(\"name\")", "the sentence of a claim; if it is false there is no report"),
    (
        "holds(\"co.value > co.price\", \"text\", x=number)",
        "the text, if the predicate is true; if not there is no report; it may use numbers and texts by names given to them here",
    ),
    (
        "exhibit(\"Title\", label=\"name\")",
        "in a call block: a numbered exhibit, and under it what its numbers rest on",
    ),
    ("exhibit_ref(\"name\")", "a link to the exhibit of that label, wherever it stands"),
    ("footnotes()", "the footnotes so far; what is left comes at the end"),
    ("missing_notes()", "every reason for a missing number that was printed"),
    ("header([cells])", "the heading of a table"),
    ("row([cells])", "a row of a table"),
    (
        "cells(series, periods)",
        "a row's cells with the same digits; also cells(entities, \"name\"), cells(entity, names, like=entities)",
    ),
    ("by_case(x)", "the cells of a value in every case of the report"),
    ("periods([series], first=\"2025A\", last=\"2028E\")", "the periods in which any of them has a value"),
    ("bars([[label, x]], width=32, sorted=true)", "bars on one scale, in plain text"),
    (
        "coverage(\"ex 21\", source=\"note\")",
        "how many figures cite a place: .given, .assumed, .reconciled, .disputed, .failed, .missing, .total; \
         also coverage(\"line\", first=600, last=650), coverage() for all",
    ),
    (
        "cited_places(source=\"note\")",
        "every place that is cited, by the first part of its locator, with the same counts",
    ),
];

/// The names of the functions, for those who mistype one.
pub fn names() -> impl Iterator<Item = &'static str> {
    TABLE.iter().filter_map(|(form, _)| form.split('(').next())
}

/// Marks where the number of an exhibit will stand, for those that come later.
pub const REFERENCE: (char, char) = ('\u{e000}', '\u{e001}');

/// Adds the functions of reports.
pub fn add(engine: &mut Environment<'static>, desk: &Arc<Desk>) {
    let at = desk.clone();
    engine.add_function("value", move |path: &str, options: Kwargs| value(&at, path, &options));
    let at = desk.clone();
    engine.add_function("evaluate", move |text: &str, options: Kwargs| evaluate(&at, text, &options));
    let at = desk.clone();
    engine.add_function("lookup", move |name: &str| Ok::<_, Error>(lookup(&at, name)?));
    let at = desk.clone();
    engine.add_function("is_bound", move |name: &str| at.bound.contains(name));
    let at = desk.clone();
    engine.add_function("claim", move |name: &str| Ok::<_, Error>(claim::sentence(&at, name)?));
    let at = desk.clone();
    engine.add_function("holds", move |state: &mut State, predicate: &str, text: Option<&str>, options: Kwargs| {
        claim::must_hold(&at, predicate, given::named(&at, predicate, &options, "caller")?)?;
        body(state, text, &options)
    });
    let at = desk.clone();
    engine.add_function("exhibit", move |state: &mut State, title: &str, options: Kwargs| {
        exhibit(&at, state, title, &options)
    });
    engine.add_function("exhibit_ref", |label: &str| format!("{}{label}{}", REFERENCE.0, REFERENCE.1));
    let at = desk.clone();
    engine.add_function("footnotes", move || footnotes(&at));
    let at = desk.clone();
    engine.add_function("missing_notes", move || at.notes().all_missing().into_iter().collect::<Vec<_>>());
    engine.add_function("periods", periods);
    table::add(engine);
    cells::add(engine);
    chart::add(engine, desk);
    coverage::add(engine, desk);
    study::add(engine, desk);
}

/// A value by its path: `co.revenue[2026E]`, `co.units[c1]`, `rf`.
fn value(desk: &Arc<Desk>, path: &str, options: &Kwargs) -> Result<Value, Error> {
    let case = match options.get::<Option<&str>>("case")? {
        Some(name) => desk.case_named(name)?,
        None => desk.case,
    };
    options.assert_all_used()?;
    if let Some(id) = desk.model.variable_at(path) {
        return Ok(view(desk, &Subject::Variable(id), case));
    }
    let (whole, period) = match path.strip_suffix(']').and_then(|head| head.rsplit_once('[')) {
        Some((whole, period)) => (whole, Some(period)),
        None => (path, None),
    };
    let found = match desk.model.variable_at(whole) {
        Some(id) => view(desk, &Subject::Variable(id), case),
        None => members(desk, path, case).ok_or_else(|| unknown(desk, path))?,
    };
    match (period, found.downcast_object_ref::<Series>()) {
        (Some(period), Some(series)) => Ok(series.at(period)?),
        (Some(_), None) => Err(unknown(desk, path).into()),
        (None, _) => Ok(found),
    }
}

/// An indexed name as a whole: `co.units`.
fn members(desk: &Arc<Desk>, path: &str, case: crate::model::CaseId) -> Option<Value> {
    match path.split_once('.') {
        Some((entity, name)) => named(desk, Some(desk.model.entity_named(entity)?), name, case),
        None => named(desk, None, path, case),
    }
}

fn unknown(desk: &Desk, path: &str) -> ReportError {
    let paths = desk.model.variables.iter().filter(|variable| !variable.hidden).map(|variable| &*variable.path);
    let whole = path.split('[').next().unwrap_or(path);
    ReportError::UnknownPath { path: path.to_string(), nearest: desk.nearest(whole, paths) }
}

/// An expression of the language, checked and computed: `co.price / co.eps[2026E]`.
fn evaluate(desk: &Arc<Desk>, text: &str, options: &Kwargs) -> Result<Value, Error> {
    let case = match options.get::<Option<&str>>("case")? {
        Some(name) => desk.case_named(name)?,
        None => desk.case,
    };
    let given = given::named(desk, text, options, "case")?;
    options.assert_all_used()?;
    Ok(view(desk, &Subject::Expression(desk.ask(text, given)?), case))
}

/// The entity, kind or value of a name that a template has as text.
fn lookup(desk: &Arc<Desk>, name: &str) -> Result<Value, ReportError> {
    book_name(desk, name).ok_or_else(|| ReportError::UnknownName {
        name: name.to_string(),
        nearest: desk.nearest(name, desk.top_names()),
    })
}

/// The text given, or what stands in the `call` block.
fn body(state: &mut State, text: Option<&str>, options: &Kwargs) -> Result<String, Error> {
    let caller = options.get::<Option<Value>>("caller")?;
    options.assert_all_used()?;
    match (text, caller) {
        (Some(text), _) => Ok(text.to_string()),
        (None, Some(caller)) => Ok(caller.call(state, &[])?.to_string()),
        (None, None) => Ok(String::new()),
    }
}

/// A numbered exhibit: title, body, and what its numbers rest on.
fn exhibit(desk: &Arc<Desk>, state: &mut State, title: &str, options: &Kwargs) -> Result<String, Error> {
    let label = options.get::<Option<String>>("label")?;
    let anchor = label.as_ref().map(|label| format!("<a id=\"{label}\"></a>")).unwrap_or_default();
    let number = desk.notes().open_exhibit(label);
    let body = body(state, None, options);
    let collected = desk.notes().close_exhibit();
    let mut out = format!("{anchor}**Exhibit {number}. {}**\n\n{}\n", escaped(title), body?.trim_end());
    let sources = together(&desk.model, &collected.origins);
    if !sources.is_empty() {
        out.push_str(&format!("\n*Source: {}*\n", escaped(&sources)));
    }
    if !collected.missing.is_empty() {
        out.push_str(&format!("\n*{}*\n", escaped(&sentence(&collected.missing.join("; ")))));
    }
    Ok(out)
}

/// The footnotes of the numbers cited since the last call.
fn footnotes(desk: &Desk) -> String {
    let line = |(number, text): (usize, String)| format!("[^{number}]: {}\n", text.replace('\n', " "));
    desk.notes().take_footnotes().into_iter().map(line).collect()
}

fn periods(rows: Vec<Value>, options: Kwargs) -> Result<Vec<String>, Error> {
    let (first, last) = (options.get::<Option<&str>>("first")?, options.get::<Option<&str>>("last")?);
    options.assert_all_used()?;
    Ok(periods_of(&rows, first, last))
}

/// The periods in which any of several series has a value, in order, from the first to the last that is asked for.
pub fn periods_of(rows: &[Value], from: Option<&str>, to: Option<&str>) -> Vec<String> {
    let mut all: Vec<(crate::calendar::Period, String)> = Vec::new();
    for series in rows.iter().filter_map(|row| row.downcast_object_ref::<Series>()) {
        for period in series.known_periods() {
            if !all.iter().any(|(other, _)| *other == period) {
                all.push((period, period.to_string()));
            }
        }
    }
    all.sort_by_key(|(period, _)| *period);
    let names: Vec<String> = all.into_iter().map(|(_, name)| name).collect();
    let place = |name: Option<&str>, otherwise: usize| {
        name.and_then(|name| names.iter().position(|other| other == name)).unwrap_or(otherwise)
    };
    let (first, last) = (place(from, 0), place(to, names.len().saturating_sub(1)));
    names.iter().take(last + 1).skip(first).cloned().collect()
}
