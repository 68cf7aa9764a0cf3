//! `EntityView`, `KindView`, `Members`: one entity, all of a kind, and an indexed name, as a template sees them.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{DynObject, Enumerator, Object, ObjectRepr, Value, from_args};
use minijinja::{Error, State};

use crate::model::{CaseId, EntityId, KindId, VariableId};

use super::desk::{Desk, spelled};
use super::error::ReportError;
use super::input::inputs;
use super::series::view;
use super::subject::Subject;

/// One entity in one case.
#[derive(Debug, Clone)]
pub struct EntityView {
    pub desk: Arc<Desk>,
    pub id: EntityId,
    pub case: CaseId,
}

/// All entities of a kind in one case.
#[derive(Debug, Clone)]
pub struct KindView {
    pub desk: Arc<Desk>,
    pub id: KindId,
    pub case: CaseId,
}

/// The entity, kind or value of a name at the top of the book.
pub fn book_name(desk: &Arc<Desk>, name: &str) -> Option<Value> {
    let case = desk.case;
    let entity = || desk.model.entity_named(name).map(|id| EntityView { desk: desk.clone(), id, case });
    let kind = || desk.model.kind_named(name).map(|id| KindView { desk: desk.clone(), id, case });
    let value = || named(desk, None, name, case);
    entity().map(Value::from_object).or_else(|| kind().map(Value::from_object)).or_else(value)
}

/// What a name of an entity, or of the book, stands for: a number, a series, a text, or the members of an index.
pub fn named(desk: &Arc<Desk>, entity: Option<EntityId>, name: &str, case: CaseId) -> Option<Value> {
    let found = desk.named(entity, name);
    let index_of = |id: &VariableId| desk.model.variable(*id).index.map(|index| (index, *id));
    let all: Vec<_> = found.iter().filter_map(index_of).collect();
    match all.is_empty() {
        true => found.first().map(|id| view(desk, &Subject::Variable(*id), case)),
        false => Some(Value::from_object(Members { desk: desk.clone(), case, all })),
    }
}

impl EntityView {
    /// The names of its values, each once, in the order of the file.
    pub fn attributes(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for variable in self.desk.model.variables.iter().filter(|one| one.entity == Some(self.id) && !one.hidden) {
            if !names.contains(&&*variable.name) {
                names.push(&*variable.name);
            }
        }
        names
    }
}

impl Object for EntityView {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let entity = self.desk.model.entity(self.id);
        let key = key.as_str()?;
        match key {
            "name" => return Some(Value::from(entity.name.clone())),
            "label" => return Some(Value::from(entity.label.clone())),
            _ => {}
        }
        named(&self.desk, Some(self.id), key, self.case).or_else(|| match key {
            "kind" => {
                let (desk, id) = (self.desk.clone(), entity.kind);
                Some(Value::from_object(KindView { desk, id, case: self.case }))
            }
            "inputs" => Some(inputs(&self.desk, Some(self.id), self.case)),
            "attributes" => Some(self.attributes().into_iter().map(Value::from).collect()),
            "place" => Some(Value::from(self.desk.locate(entity.place))),
            _ => None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.attributes().into_iter().map(Value::from).collect())
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        match method {
            "under" => {
                let case = self.desk.case_named(from_args::<(&str,)>(args)?.0)?;
                Ok(Value::from_object(EntityView { case, ..EntityView::clone(self) }))
            }
            "get" => {
                let name = from_args::<(&str,)>(args)?.0;
                Ok(self.get_value(&Value::from(name)).ok_or_else(|| self.no_attribute(name))?)
            }
            other => Err(self.no_attribute(&format!("{other}()")).into()),
        }
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<std::cmp::Ordering> {
        other.downcast_ref::<EntityView>().map(|other| self.id.cmp(&other.id))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.desk.model.entity(self.id).label)
    }
}

impl EntityView {
    /// What to say about a name it does not have.
    pub fn no_attribute(&self, name: &str) -> ReportError {
        ReportError::UnknownAttribute {
            owner: format!("`{}`", self.desk.model.entity(self.id).name),
            name: name.to_string(),
            nearest: self.desk.nearest(name, self.attributes()),
        }
    }
}

impl KindView {
    fn attributes(&self) -> Value {
        let one = |attribute: &crate::model::Attribute| {
            Value::from_pairs([
                ("name", Value::from(attribute.name.clone())),
                ("label", Value::from(spelled(&attribute.name))),
                ("unit", Value::from(attribute.unit.symbol.clone())),
                ("is_series", Value::from(attribute.series.is_some())),
            ])
        };
        self.desk.model.kind(self.id).attributes.iter().map(one).collect()
    }

    fn entity(&self, id: EntityId) -> Value {
        Value::from_object(EntityView { desk: self.desk.clone(), id, case: self.case })
    }
}

impl Object for KindView {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let kind = self.desk.model.kind(self.id);
        if let Some(at) = key.as_usize() {
            return kind.entities.get(at).map(|id| self.entity(*id));
        }
        Some(match key.as_str()? {
            "name" => Value::from(kind.name.clone()),
            "label" => Value::from(kind.label.clone()),
            "attributes" => self.attributes(),
            name => self.entity(*kind.entities.iter().find(|id| &*self.desk.model.entity(**id).name == name)?),
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.desk.model.kind(self.id).entities.len())
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        if method != "under" {
            return Err(Error::from(minijinja::ErrorKind::UnknownMethod));
        }
        let case = self.desk.case_named(from_args::<(&str,)>(args)?.0)?;
        Ok(Value::from_object(KindView { case, ..KindView::clone(self) }))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.desk.model.kind(self.id).label)
    }
}

/// The members of an indexed name: `co.units`, whose `co.units[c1]` is one.
#[derive(Debug, Clone)]
pub struct Members {
    pub desk: Arc<Desk>,
    pub case: CaseId,
    pub all: Vec<(EntityId, VariableId)>,
}

impl Members {
    fn view(&self, id: VariableId) -> Value {
        view(&self.desk, &Subject::Variable(id), self.case)
    }

    fn entity(&self, id: EntityId) -> Value {
        Value::from_object(EntityView { desk: self.desk.clone(), id, case: self.case })
    }
}

impl Object for Members {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Iterable
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let id = match key.downcast_object_ref::<EntityView>() {
            Some(entity) => entity.id,
            None => self.desk.model.entity_named(key.as_str()?)?,
        };
        let (_, variable) = self.all.iter().find(|(entity, _)| *entity == id)?;
        Some(self.view(*variable))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let pair =
            |(entity, variable): &(EntityId, VariableId)| Value::from(vec![self.entity(*entity), self.view(*variable)]);
        Enumerator::Values(self.all.iter().map(pair).collect())
    }
}
