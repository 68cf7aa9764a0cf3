//! Values in words: what a report prints, and what it refuses to.

use crate::word::yes_no;

use minijinja::value::{Value, ValueKind};

use super::entity::{EntityView, KindView};
use super::error::ReportError;
use super::number::Number;

/// A value in words.
pub fn printable(value: &Value) -> Result<String, ReportError> {
    match value.kind() {
        ValueKind::Undefined | ValueKind::None => Ok(String::new()),
        ValueKind::Bool => Ok(yes_no(value.is_true()).to_string()),
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
