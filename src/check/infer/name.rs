//! Names and fields: which variable, attribute, entity, parameter or book they stand for.

use std::sync::Arc;

use crate::model::{Binder, EntityId, EntityRef, EntityText, ExprKind, KindId, Slot, Type, VariableId};
use crate::resolve::{Named, Own, Owner, ResolveError};
use crate::syntax::ast::{NodeId, NodeKind};
use crate::text::Span;

use super::super::error::CheckError;
use super::super::signature::Signature;
use super::{Bound, Built, Infer, Local};

/// What a name or a field stands for.
#[derive(Debug, Clone)]
pub enum Meaning {
    Value(Box<Built>),
    Entity(EntityRef, KindId),
    /// An indexed name: who has which member.
    Family(Vec<(EntityId, VariableId)>),
    Kind(KindId),
    Space(Arc<str>),
    Slice(Box<Built>, crate::model::Window),
    Period(crate::calendar::Frequency, usize),
}

impl<'c, 'a> Infer<'c, 'a> {
    /// What a node stands for; anything but a name or a field is a value.
    pub fn meaning(&mut self, id: NodeId) -> Meaning {
        let tree = self.frame.tree.clone();
        match &tree.node(id).kind {
            NodeKind::Name(span) => self.name(id, tree.slice(*span)),
            NodeKind::Field { of, name } => {
                let of_meaning = self.meaning(*of);
                self.field(id, *of, of_meaning, tree.slice(*name), *name)
            }
            _ => Meaning::Value(Box::new(self.build(id, None))),
        }
    }

    fn name(&mut self, id: NodeId, name: &str) -> Meaning {
        if let Some(local) = self.local(id, name) {
            return local;
        }
        if let Some((_, bound)) = self.binders.iter().rev().find(|(binder, _)| &**binder == name) {
            return match *bound {
                Bound::Any(binder, kind) => Meaning::Entity(EntityRef::Bound(binder), kind),
                Bound::One(entity) => {
                    Meaning::Entity(EntityRef::Fixed(entity), self.checker.symbols.entity(entity).kind)
                }
            };
        }
        if self.frame.in_function {
            return self.unknown_name(id, name, "functions see their parameters and other functions only");
        }
        let symbols = self.checker.symbols;
        let own = symbols.own(self.names, name);
        let top = match own.is_some() && !symbols.is_shared(name) {
            true => None,
            false => symbols.named(self.frame.source, name).cloned(),
        };
        match (own, top) {
            (Some(_), Some(Named::Value(_) | Named::Family(_) | Named::Entity(_))) => self.ambiguous(id, name),
            (Some(own), _) => self.own(id, own),
            (None, Some(named)) => self.top(id, named),
            (None, None) => {
                self.text_of_this(id, name).unwrap_or_else(|| self.unknown_name(id, name, "define it first"))
            }
        }
    }

    fn local(&mut self, id: NodeId, name: &str) -> Option<Meaning> {
        let span = self.span(id);
        let (_, local) = self.locals.iter().rev().find(|(local, _)| &**local == name)?;
        let mut local = local.clone();
        if let Local::Value(built) | Local::Slice(built, _) = &mut local {
            built.expr.span = span;
            self.unsound |= !built.known;
        }
        Some(match local {
            Local::Value(built) => Meaning::Value(Box::new(built)),
            Local::Slice(built, window) => Meaning::Slice(Box::new(built), window),
            Local::Period(frequency, index) => Meaning::Period(frequency, index),
        })
    }

    /// `name` and `label` of the formula's own entity.
    fn text_of_this(&mut self, id: NodeId, name: &str) -> Option<Meaning> {
        let text = entity_text(name)?;
        let of = match self.owner {
            Owner::Book => return None,
            Owner::Kind(_) | Owner::Entity(_) => EntityRef::This,
        };
        Some(Meaning::Value(Box::new(self.made(id, ExprKind::Entity { of, text }, Type::Text))))
    }

    fn own(&mut self, id: NodeId, own: Own) -> Meaning {
        match own {
            Own::Slot(slot) => {
                let signature = match self.owner {
                    Owner::Kind(kind) => self.checker.attribute(kind, slot),
                    Owner::Entity(entity) => self.checker.slot(entity, slot),
                    Owner::Book => return Meaning::Value(Box::new(self.unknown())),
                };
                self.signed(id, ExprKind::Own(slot), signature)
            }
            Own::Family(members) => {
                self.specific = true;
                self.family(members)
            }
        }
    }

    fn family(&mut self, members: Vec<(EntityId, Slot)>) -> Meaning {
        let Owner::Entity(entity) = self.owner else { return Meaning::Family(Vec::new()) };
        Meaning::Family(self.members(entity, members))
    }

    fn members(&self, entity: EntityId, members: Vec<(EntityId, Slot)>) -> Vec<(EntityId, VariableId)> {
        let slots = &self.checker.symbols.entity(entity).slots;
        members.into_iter().filter_map(|(index, slot)| Some((index, *slots.get(slot.0 as usize)?))).collect()
    }

    fn top(&mut self, id: NodeId, named: Named) -> Meaning {
        match named {
            Named::Value(variable) => self.variable(id, variable),
            Named::Family(members) => Meaning::Family(members),
            Named::Entity(entity) => {
                Meaning::Entity(EntityRef::Fixed(entity), self.checker.symbols.entity(entity).kind)
            }
            Named::Kind(kind) => Meaning::Kind(kind),
            Named::Space(space) => Meaning::Space(space),
        }
    }

    /// A variable as a value.
    pub(super) fn variable(&mut self, id: NodeId, variable: VariableId) -> Meaning {
        let signature = self.checker.entry(variable);
        self.signed(id, ExprKind::Variable(variable), signature)
    }

    /// A node whose type is known from elsewhere.
    pub(super) fn signed(&mut self, id: NodeId, kind: ExprKind, signature: Signature) -> Meaning {
        self.circular |= signature.circular;
        let Some(ty) = signature.ty else {
            let mut unknown = self.unknown();
            unknown.expr.time = signature.time;
            return Meaning::Value(Box::new(unknown));
        };
        let built = Built::new(kind, ty, signature.time, self.span(id));
        Meaning::Value(Box::new(built.adding(signature.series).shown(signature.unit)))
    }

    fn field(&mut self, id: NodeId, of: NodeId, of_meaning: Meaning, name: &str, span: Span) -> Meaning {
        match of_meaning {
            Meaning::Entity(entity, kind) => self.attribute(id, entity, kind, name, span),
            Meaning::Space(space) => match self.checker.symbols.named_in(&space, name).cloned() {
                Some(named) => self.top(id, named),
                None => {
                    let what = format!("name in `{}`", space.trim_end_matches('.'));
                    self.unknown_what(&what, name, span, "define it in that book")
                }
            },
            Meaning::Kind(kind) => self.attribute_of_kind(id, kind, name, span),
            Meaning::Value(built) if !built.known => Meaning::Value(built),
            Meaning::Value(_) | Meaning::Slice(..) | Meaning::Period(..) => {
                let message = format!("`{}` is a value and has no `{name}`", self.text_of(of));
                let (help, label) = ("only entities have attributes".to_string(), "a value".to_string());
                Meaning::Value(Box::new(self.fail(&CheckError::NotAValue { message, help, span: self.at(of), label })))
            }
            Meaning::Family(_) => Meaning::Value(Box::new(self.needs_index(of))),
        }
    }

    fn attribute(&mut self, id: NodeId, entity: EntityRef, kind: KindId, name: &str, span: Span) -> Meaning {
        let found = match entity {
            EntityRef::Fixed(entity) => self.attribute_of_one(id, entity, name),
            EntityRef::Bound(binder) => self.attribute_of_any(id, binder, kind, name),
            EntityRef::This => None,
        };
        if let Some(found) = found {
            return found;
        }
        if let Some(text) = entity_text(name) {
            return Meaning::Value(Box::new(self.made(id, ExprKind::Entity { of: entity, text }, Type::Text)));
        }
        self.unknown_attribute(entity, kind, name, span)
    }

    fn attribute_of_one(&mut self, id: NodeId, entity: EntityId, name: &str) -> Option<Meaning> {
        match self.checker.symbols.own(Owner::Entity(entity), name)? {
            Own::Slot(slot) => {
                let variable = *self.checker.symbols.entity(entity).slots.get(slot.0 as usize)?;
                Some(self.variable(id, variable))
            }
            Own::Family(members) => Some(Meaning::Family(self.members(entity, members))),
        }
    }

    /// An attribute of whichever entity an aggregate has in hand: the kind's, or one that its entities define alone.
    fn attribute_of_any(&mut self, id: NodeId, binder: Binder, kind: KindId, name: &str) -> Option<Meaning> {
        if let Some(slot) = self.checker.symbols.attribute(kind, name) {
            let signature = self.checker.attribute(kind, slot);
            return Some(self.signed(id, ExprKind::Bound { binder, slot }, signature));
        }
        let symbols = self.checker.symbols;
        let members = symbols.kind(kind).entities.iter().filter_map(|entity| {
            match symbols.own(Owner::Entity(*entity), name)? {
                Own::Slot(slot) => Some((*entity, *symbols.entity(*entity).slots.get(slot.0 as usize)?)),
                Own::Family(_) => None,
            }
        });
        let members: Vec<_> = members.collect();
        (!members.is_empty()).then(|| Meaning::Value(Box::new(self.member(id, members, EntityRef::Bound(binder)))))
    }

    fn unknown_attribute(&mut self, entity: EntityRef, kind: KindId, name: &str, span: Span) -> Meaning {
        let symbols = self.checker.symbols;
        let names = match entity {
            EntityRef::Fixed(entity) => symbols.names_of(entity),
            _ => symbols.attribute_names(kind),
        };
        let owner = match entity {
            EntityRef::Fixed(entity) => symbols.entity(entity).name.to_string(),
            _ => symbols.kind(kind).name.to_string(),
        };
        let help = self.checker.did_you_mean(name, names, "define it in the kind, or in the entity");
        let span = self.at_span(span);
        let error = ResolveError::NoAttribute { owner, name: name.to_string(), help, span };
        self.unless_broken(name, &error)
    }

    fn attribute_of_kind(&mut self, id: NodeId, kind: KindId, name: &str, span: Span) -> Meaning {
        if self.checker.symbols.attribute(kind, name).is_none() {
            return self.unknown_attribute(EntityRef::This, kind, name, span);
        }
        let kind = self.checker.symbols.kind(kind).name.clone();
        let message = format!("`{kind}.{name}` is one value for each {kind}");
        let help = format!("say which, or add them up: `sum(c in {kind}: c.{name})`");
        let label = "not one value".to_string();
        Meaning::Value(Box::new(self.fail(&CheckError::NotAValue { message, help, span: self.at(id), label })))
    }

    /// A meaning where a value must stand.
    pub(super) fn value_of(&mut self, id: NodeId, meaning: Meaning) -> Built {
        match meaning {
            Meaning::Value(built) => *built,
            Meaning::Entity(of, _) => self.made(id, ExprKind::Entity { of, text: EntityText::Name }, Type::Text),
            Meaning::Family(_) => self.needs_index(id),
            Meaning::Kind(_) => self.not_a_value(id, "a kind", "a kind stands in `sum(c in KIND: …)`"),
            Meaning::Space(_) => self.not_a_value(id, "another book", "name one of its values: `other.NAME`"),
            Meaning::Slice(..) => self.slice_here(id),
            Meaning::Period(..) => self.period_node(id),
        }
    }

    pub(super) fn needs_index(&mut self, id: NodeId) -> Built {
        let name = self.text_of(id).to_string();
        let message = format!("`{name}` is one value for each entity");
        let help = format!("say which: `{name}[ENTITY]`");
        let label = "needs an index".to_string();
        self.fail(&CheckError::NotAValue { message, help, span: self.at(id), label })
    }

    fn ambiguous(&mut self, id: NodeId, name: &str) -> Meaning {
        let owner = match self.owner {
            Owner::Entity(entity) => self.checker.symbols.entity(entity).name.clone(),
            Owner::Kind(kind) => self.checker.symbols.kind(kind).name.clone(),
            Owner::Book => "".into(),
        };
        let help = format!("both `{owner}` and the book define it: rename one of the two");
        let error = CheckError::Ambiguous { name: name.to_string(), help, span: self.at(id) };
        Meaning::Value(Box::new(self.fail(&error)))
    }

    fn unknown_name(&mut self, id: NodeId, name: &str, otherwise: &str) -> Meaning {
        let span = self.frame.tree.node(id).span;
        if self.frame.in_function {
            let locals: Vec<String> = self.locals.iter().map(|(name, _)| name.to_string()).collect();
            let help = self.checker.did_you_mean(name, locals.iter().map(String::as_str), otherwise);
            return self.unknown_help("name", name, span, help);
        }
        let binders: Vec<String> = self.binders.iter().map(|(name, _)| name.to_string()).collect();
        let names = self.checker.symbols.visible(self.names, self.frame.source);
        let help =
            self.checker.did_you_mean(name, names.into_iter().chain(binders.iter().map(String::as_str)), otherwise);
        self.unknown_help("name", name, span, help)
    }

    fn unknown_what(&mut self, what: &str, name: &str, span: Span, help: &str) -> Meaning {
        self.unknown_help(what, name, span, help.to_string())
    }

    pub(super) fn unknown_help(&mut self, what: &str, name: &str, span: Span, help: String) -> Meaning {
        let (what, owned, span) = (what.to_string(), name.to_string(), self.at_span(span));
        self.unless_broken(name, &ResolveError::Unknown { what, name: owned, help, span })
    }

    /// Says nothing of a name whose own line could not be read.
    fn unless_broken(&mut self, name: &str, error: &ResolveError) -> Meaning {
        let silent = self.checker.symbols.is_broken(name);
        Meaning::Value(Box::new(if silent { self.unknown() } else { self.fail(error) }))
    }
}

fn entity_text(name: &str) -> Option<EntityText> {
    match name {
        "name" => Some(EntityText::Name),
        "label" => Some(EntityText::Label),
        _ => None,
    }
}
