//! The template engine as reports need it: strict names, no bare numbers, an end to every loop.

use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior};

use super::desk::Desk;
use super::entity::{EntityView, KindView};
use super::number::Number;
use super::{ReportError, Templates, filters, functions, guard, library};

/// How many steps a report may take.
const FUEL: u64 = 8_000_000;

/// Filters of the engine that would make plain numbers of the model's.
const REFUSED: [&str; 7] = ["float", "int", "round", "abs", "sum", "format", "pprint"];

/// Sets up the engine for one report.
pub fn environment(desk: &Arc<Desk>, templates: &Arc<dyn Templates>) -> Environment<'static> {
    let mut engine = Environment::new();
    engine.set_debug(true);
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_auto_escape_callback(|_| AutoEscape::None);
    engine.set_fuel(Some(FUEL));
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        engine.set_syntax(syntax);
    }
    engine.set_formatter(write);
    for name in REFUSED {
        engine.remove_filter(name);
    }
    let templates = templates.clone();
    engine.set_loader(move |name| load(&*templates, name));
    filters::add(&mut engine, desk);
    functions::add(&mut engine, desk);
    engine
}

/// The text of a template: the book's own, else the library's.
pub fn text(templates: &dyn Templates, name: &str) -> Option<String> {
    templates.read(name).or_else(|| library::text(name).map(str::to_string))
}

fn load(templates: &dyn Templates, name: &str) -> Result<Option<String>, Error> {
    let Some(text) = text(templates, name) else { return Ok(None) };
    guard::refuse_comparisons(&text)?;
    Ok(Some(text))
}

/// Prints what is meant for readers and refuses the rest.
fn write(out: &mut Output, _: &mut State, value: &Value) -> Result<(), Error> {
    out.write_str(&printable(value)?)?;
    Ok(())
}

/// A value in words.
pub fn printable(value: &Value) -> Result<String, ReportError> {
    match value.kind() {
        ValueKind::Undefined | ValueKind::None => Ok(String::new()),
        ValueKind::Bool => Ok((if value.is_true() { "yes" } else { "no" }).to_string()),
        ValueKind::Number if !value.is_integer() => Err(ReportError::BareNumber { number: value.to_string() }),
        ValueKind::Number | ValueKind::String => Ok(value.to_string()),
        _ if is_named(value) => Ok(value.to_string()),
        kind => Err(ReportError::Misuse {
            what: "a report".to_string(),
            given: format!("a whole {kind}"),
            help: "print one of its values: a series has `.at(\"2026E\")`, a list has a `for` loop".to_string(),
        }),
    }
}

fn is_named(value: &Value) -> bool {
    value.downcast_object_ref::<Number>().is_some()
        || value.downcast_object_ref::<EntityView>().is_some()
        || value.downcast_object_ref::<KindView>().is_some()
        || value.kind() == ValueKind::Plain
}
