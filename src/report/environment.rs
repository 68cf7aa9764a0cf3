//! The template engine as reports need it: strict names, no bare numbers, an end to every loop.

use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior};

use super::counting::Counting;
use super::desk::Desk;
use super::error::ReportError;
use super::material::Templates;
use super::printable::printable;
use super::{filters, functions, guard, library, weight};

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
    engine.set_syntax(syntax());
    let at = desk.clone();
    engine.set_formatter(move |out: &mut Output, _: &mut State, value: &Value| write(&at, out, value));
    for name in REFUSED {
        engine.remove_filter(name);
    }
    let templates = templates.clone();
    // It prints everything that a template can reach, checked or not.
    engine.remove_global("debug");
    engine.set_loader(move |name| load(&*templates, name));
    filters::add(&mut engine, desk);
    functions::add(&mut engine, desk);
    weight::add(&mut engine, desk);
    engine
}

/// How templates are written.
pub fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().unwrap_or_default()
}

/// The text of a template: the book's own, else the library's.
pub fn text(templates: &dyn Templates, name: &str) -> Result<Option<String>, ReportError> {
    let unreadable = |reason| ReportError::Unreadable { name: name.to_string(), reason };
    Ok(templates.read(name).map_err(unreadable)?.or_else(|| library::text(name).map(str::to_string)))
}

fn load(templates: &dyn Templates, name: &str) -> Result<Option<String>, Error> {
    let Some(text) = text(templates, name)? else { return Ok(None) };
    guard::refuse_comparisons(&text)?;
    guard::refuse_endless(&text)?;
    Ok(Some(Counting::of(&text, syntax()).text))
}

/// Prints what is meant for readers and refuses the rest.
fn write(desk: &Desk, out: &mut Output, value: &Value) -> Result<(), Error> {
    desk.purse.within()?;
    out.write_str(&printable(value)?)?;
    Ok(())
}
