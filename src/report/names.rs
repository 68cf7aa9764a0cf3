//! `Names`: what a name stands for in a template: what the report binds, then the entities, kinds and values of the book.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, Value};

use crate::model::{ReportBinding, ReportItem};

use super::book::BookView;
use super::desk::Desk;
use super::entity::{EntityView, KindView, book_name};
use super::functions;
use super::series::view;
use super::subject::Subject;

/// What a name stands for in a template.
#[derive(Debug)]
pub struct Names {
    pub desk: Arc<Desk>,
    pub bound: BTreeMap<String, Value>,
}

impl Names {
    /// The names of a report: those of its block, `title`, and `model`.
    pub fn new(desk: &Arc<Desk>, item: &ReportItem) -> Names {
        let mut bound = BTreeMap::new();
        bound.insert("model".to_string(), Value::from_object(BookView::new(desk)));
        bound.insert("title".to_string(), Value::from(item.title.clone()));
        for (name, binding) in &item.bindings {
            bound.insert(name.to_string(), bind(desk, binding));
        }
        Names { desk: desk.clone(), bound }
    }

    /// Every name, for those who mistype one.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.bound.keys().map(String::as_str).chain(self.desk.top_names())
    }

    /// What a name stands for; that of a function stays the function's, unless the report binds it.
    pub fn lookup(&self, name: &str) -> Option<Value> {
        let of_book = || if functions::names().any(|known| known == name) { None } else { book_name(&self.desk, name) };
        self.bound.get(name).cloned().or_else(of_book)
    }
}

fn bind(desk: &Arc<Desk>, binding: &ReportBinding) -> Value {
    let case = desk.case;
    match binding {
        ReportBinding::Entity(id) => Value::from_object(EntityView { desk: desk.clone(), id: *id, case }),
        ReportBinding::Kind(id) => Value::from_object(KindView { desk: desk.clone(), id: *id, case }),
        ReportBinding::Variable(id) => view(desk, &Subject::Variable(*id), case),
        ReportBinding::Text(text) => Value::from(text.clone()),
    }
}

impl Object for Names {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.lookup(key.as_str()?)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.all().map(Value::from).collect())
    }
}
