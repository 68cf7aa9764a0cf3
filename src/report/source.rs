//! `SourceView`: a source, and where in it, as a template sees them.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr, Value};

use crate::model::Citation;

use super::desk::Desk;
use super::origin::cited;

/// A source and a place in it.
#[derive(Debug, Clone)]
pub struct SourceView {
    pub desk: Arc<Desk>,
    pub citation: Citation,
}

impl Object for SourceView {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let source = self.desk.model.source(self.citation.source);
        let date = |date: Option<jiff::civil::Date>| date.map_or(Value::from(()), |date| Value::from(date.to_string()));
        Some(match key.as_str()? {
            "name" => Value::from(source.name.clone()),
            "title" => Value::from(source.title.clone()),
            "medium" => Value::from(source.medium.clone()),
            "target" => Value::from(source.target.clone()),
            "dated" => date(source.dated),
            "accessed" => date(source.accessed),
            "locator" => self.citation.locator.clone().map_or(Value::from(()), Value::from),
            _ => return None,
        })
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&cited(&self.desk.model, &self.citation))
    }
}
