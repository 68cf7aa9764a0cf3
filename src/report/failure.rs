//! What the template engine reports, as a problem with a place in the template.

use minijinja::value::Value;
use minijinja::{Error, ErrorKind};

use crate::diagnostic::Problem;
use crate::model::ReportItem;
use crate::text::{Source, Sources, Span};

use super::counting::Counting;
use super::entity::EntityView;
use super::error::ReportError;
use super::material::Material;
use super::names::Names;
use super::{environment, filters, functions, guard};

/// A problem of a report: its code and words from the error, its place from the engine.
pub fn problem(error: &Error, material: &Material, item: &ReportItem, names: &Names, sources: &mut Sources) -> Problem {
    let chain = chain(error);
    let found = chain.iter().find_map(|error| std::error::Error::source(*error)?.downcast_ref::<ReportError>());
    let inner = chain.iter().rev().find(|error| error.line().is_some()).copied().unwrap_or(error);
    let cause = found.cloned().unwrap_or_else(|| cause(inner, names));
    let name = inner.name().unwrap_or(&item.template);
    let Ok(Some(text)) = environment::text(&*material.templates, name) else {
        return placed(Problem::new(item.place.source, &cause), item);
    };
    let span = span(inner, &text);
    let folder =
        if material.templates.read(name).is_ok_and(|own| own.is_some()) { "templates" } else { "std/templates" };
    let source = sources.add(Source::new(format!("{folder}/{name}"), text));
    let problem = Problem::new(source, &cause).with(span.at(source), "here");
    problem.with(item.place, format!("for the report `{}`", item.name))
}

fn placed(problem: Problem, item: &ReportItem) -> Problem {
    problem.with(item.place, "asked for here")
}

/// An error and those it came from, the outermost first.
fn chain(error: &Error) -> Vec<&Error> {
    let mut all = vec![error];
    while let Some(inner) = all.last().and_then(|error| std::error::Error::source(*error)?.downcast_ref::<Error>()) {
        all.push(inner);
    }
    all
}

/// Where in a template: what the engine names, else the line it was at, else the start.
fn span(error: &Error, text: &str) -> Span {
    if let Some((start, end)) = error.line().is_none().then(|| guard::refused(text)).flatten() {
        return Span::new(start, end);
    }
    let counting = Counting::of(text, environment::syntax());
    let range = error.range().map(|range| counting.original(range.start)..counting.original(range.end));
    if let Some(range) = range.filter(|range| !range.is_empty() && range.end <= text.len()) {
        return Span::new(range.start, range.end);
    }
    let line = error.line().unwrap_or(1).saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let length = text.get(start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
    Span::new(start, start + length)
}

/// What an error of the engine itself means for whoever writes templates.
fn cause(error: &Error, names: &Names) -> ReportError {
    let detail = error.detail().unwrap_or_default();
    match error.kind() {
        ErrorKind::OutOfFuel => ReportError::Fuel,
        ErrorKind::InvalidOperation if detail == "recursion limit exceeded" => ReportError::Fuel,
        ErrorKind::TemplateNotFound => no_template(quoted(detail, '"').unwrap_or(detail)),
        ErrorKind::UnknownFunction => unknown(called(detail), functions::names(), names),
        ErrorKind::UnknownFilter => unknown(called(detail), filters::names(), names),
        ErrorKind::UnknownTest => unknown(called(detail), filters::names(), names),
        ErrorKind::InvalidOperation if detail.starts_with("tried to use") => {
            let operator = detail.split(' ').nth(3).unwrap_or_default();
            ReportError::Arithmetic { message: format!("`{operator}` is written beside a value of the book") }
        }
        _ => match quoted(detail, '`').filter(|_| detail.contains("is undefined")) {
            Some(path) => undefined(path, names),
            None => refused(error),
        },
    }
}

/// What the engine says in its own words.
fn refused(error: &Error) -> ReportError {
    let said = error.detail().map_or_else(|| error.kind().to_string(), str::to_string);
    match error.kind() {
        ErrorKind::SyntaxError => ReportError::Template {
            message: format!("the template does not read: {said}"),
            help: "tags are `{% … %}`, values `{{ … }}`; every `if`, `for`, `block`, `call` needs its `end…`",
        },
        _ => ReportError::Template {
            message: format!("the template stops here: {said}"),
            help: "the page on reports says what each filter and function is given",
        },
    }
}

fn no_template(name: &str) -> ReportError {
    let nearest = crate::text::nearest(name, super::LIBRARY.iter().map(|(known, _)| *known));
    ReportError::NoTemplate { name: name.to_string(), nearest: nearest.map(str::to_string) }
}

fn unknown(name: &str, known: impl Iterator<Item = &'static str>, names: &Names) -> ReportError {
    ReportError::UnknownName { name: name.to_string(), nearest: names.desk.nearest(name, known) }
}

/// A name, or a name after a dot, that stands for nothing.
fn undefined(path: &str, names: &Names) -> ReportError {
    let Some((owner, name)) = path.rsplit_once('.') else {
        let nearest = names.desk.nearest(path, names.all());
        let nearest = nearest.or_else(|| names.desk.nearest(path, functions::names()));
        return ReportError::UnknownName { name: path.to_string(), nearest };
    };
    let owned = names.lookup(owner).and_then(|value: Value| value.downcast_object::<EntityView>());
    let nearest = match &owned {
        Some(entity) => names.desk.nearest(name, entity.attributes()),
        None => names.desk.nearest(name, names.desk.attribute_names()),
    };
    ReportError::UnknownAttribute { owner: format!("`{owner}`"), name: name.to_string(), nearest }
}

fn quoted(text: &str, quote: char) -> Option<&str> {
    let (_, after) = text.split_once(quote)?;
    after.split_once(quote).map(|(inner, _)| inner)
}

/// The name in `filter foo is unknown` and the like.
fn called(detail: &str) -> &str {
    let head = detail.strip_suffix(" is unknown").unwrap_or(detail);
    head.rsplit(' ').next().unwrap_or(head)
}
