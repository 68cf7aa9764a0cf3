//! Names that a template gives to numbers, texts and yes or no, for an expression of the language: `likely=drawn.share`.

use std::sync::Arc;

use minijinja::Error;
use minijinja::value::{Kwargs, Value, ValueKind};

use crate::check::Given;
use crate::model::{Expr, ExprKind, Type};
use crate::text::Span;
use crate::units::Unit;

use super::desk::Desk;
use super::error::ReportError;
use super::number::Number;

/// What a call gives names to for the expression `text`, beside its own option.
pub fn named(desk: &Desk, text: &str, options: &Kwargs, own: &str) -> Result<Vec<Given>, Error> {
    let names = options.args().filter(|name| *name != own);
    let one = |name: &str| {
        let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
        if !text.split(|letter| !is_letter(letter)).any(|word| word == name) {
            return Err(misuse(format!("the name `{name}`"), "it does not stand in the expression").into());
        }
        Ok(given(desk, name, &options.get::<Value>(name)?)?)
    };
    names.map(one).collect()
}

fn given(desk: &Desk, name: &str, value: &Value) -> Result<Given, ReportError> {
    if desk.top_names().any(|known| known == name) {
        return Err(misuse(format!("the name `{name}`"), "the book has a value of that name; take another one here"));
    }
    let ratio = || Type::Number(Unit::ratio().dimension);
    let (kind, ty, unit) = match (value.downcast_object_ref::<Number>(), value.kind()) {
        (Some(number), _) => {
            let kind = match &number.value {
                Ok(base) => ExprKind::Number(*base),
                Err((code, reason)) => ExprKind::Missing { code: *code, reason: reason.clone() },
            };
            (kind, Type::Number(number.unit.dimension.clone()), number.shown_unit().clone())
        }
        (None, ValueKind::String) => (ExprKind::Text(value.to_string().into()), Type::Text, Unit::ratio()),
        (None, ValueKind::Bool) => (ExprKind::YesNo(value.is_true()), Type::YesNo, Unit::ratio()),
        (None, ValueKind::Number) if value.is_integer() => {
            let number = value.to_string().parse().unwrap_or(f64::NAN);
            (ExprKind::Number(number), ratio(), Unit::ratio())
        }
        (None, kind) => {
            let help = "give it a number of a study or of the book, a count, a text, or yes and no";
            return Err(misuse(format!("a {kind} as `{name}`"), help));
        }
    };
    let value = Expr { kind, ty, time: None, span: Span::default() };
    Ok(Given { name: Arc::from(name), value, unit })
}

fn misuse(given: String, help: &str) -> ReportError {
    ReportError::Misuse { what: "an expression".to_string(), given, help: help.to_string() }
}
