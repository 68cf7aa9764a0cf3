//! Names of kinds, entities and other books; the inputs that kinds ask for.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{EntityId, KindId, Slot};
use crate::syntax::ast::{Entity, InputLine, InputType, ItemKind, Kind, LineKind, UseTarget};
use crate::text::{Place, SourceId};

use super::error::ResolveError;
use super::names::did_you_mean;
use super::symbols::{AttributeDef, EntityDef, Holds, KindDef, Named};
use super::{LoadedFile, Resolver};

impl<'a> Resolver<'a> {
    /// Declares kinds first, so that entities of any file find theirs.
    pub(super) fn declare(&mut self) {
        let loaded = self.loaded;
        loaded.files.iter().for_each(|file| self.spaces(file));
        for also in [false, true] {
            for file in &loaded.files {
                for item in &file.file.items {
                    if let ItemKind::Kind(kind) = &item.kind
                        && kind.also == also
                    {
                        self.kind_item(file.source, kind);
                    }
                }
            }
        }
        for file in &loaded.files {
            for item in &file.file.items {
                if let ItemKind::Entity(entity) = &item.kind {
                    self.entity_item(file.source, entity);
                }
            }
        }
    }

    /// Declares the entities that a table or a data file of a kind brings along: those no item declares.
    pub(super) fn bring(&mut self, source: SourceId, name: &str, kind: KindId, place: Place) -> Option<EntityId> {
        let full = format!("{}{name}", self.symbols.space(source));
        if let Some(named) = self.symbols.names.get(&full) {
            return match named {
                Named::Entity(id) if self.symbols.entity(*id).kind == kind => Some(*id),
                _ => None,
            };
        }
        let id = EntityId(self.symbols.entities.len() as u32);
        self.places.insert(full.clone(), place);
        self.symbols.names.insert(full.clone(), Named::Entity(id));
        self.symbols.kinds[kind.0 as usize].entities.push(id);
        self.brought.insert(id);
        let (name, label, slots, own) = (full.into(), name.into(), Vec::new(), BTreeMap::new());
        self.symbols.entities.push(EntityDef { name, label, kind, like: None, slots, source, place, own });
        Some(id)
    }

    fn spaces(&mut self, file: &LoadedFile) {
        for item in &file.file.items {
            let ItemKind::Use(item) = &item.kind else { continue };
            if let (UseTarget::File(_), Some(alias)) = (item.what, item.alias) {
                let name = self.full(file.source, alias);
                let space: Arc<str> = format!("{name}.").into();
                self.name(name, alias.at(file.source), Named::Space(space));
            }
        }
    }

    /// Gives a top-level name its meaning, once.
    pub(super) fn name(&mut self, name: String, place: Place, named: Named) -> bool {
        if let Some(first) = self.places.get(&name).copied() {
            let help = "values, entities and kinds share one set of names: rename one of the two";
            self.duplicate(&name, place, first, help);
            return false;
        }
        self.places.insert(name.clone(), place);
        self.symbols.names.insert(name, named);
        true
    }

    pub(super) fn duplicate(&mut self, name: &str, again: Place, first: Place, help: &str) {
        let error = ResolveError::Duplicate { name: name.to_string(), help: help.to_string(), span: again.span };
        let problem = self.report(again.source, &error);
        problem.labels.push(crate::diagnostic::Label { place: first, text: "defined first".to_string() });
    }

    fn kind_item(&mut self, source: SourceId, item: &Kind) {
        let named = if item.also { self.kind_again(source, item) } else { self.new_kind(source, item) };
        let Some(id) = named else { return };
        for line in &item.lines {
            if let LineKind::Inputs(inputs) = &line.kind {
                inputs.iter().for_each(|input| self.input(id, source, input));
            } else if let LineKind::Definition(definition) = &line.kind {
                let (name, place) = (self.arc(source, definition.name), definition.name.at(source));
                self.attribute(id, name, place);
            }
        }
    }

    fn new_kind(&mut self, source: SourceId, item: &Kind) -> Option<KindId> {
        let name = self.full(source, item.name);
        let label: Arc<str> = name.as_str().into();
        let id = KindId(self.symbols.kinds.len() as u32);
        let place = item.name.at(source);
        let new = self.name(name.clone(), place, Named::Kind(id));
        if new {
            self.add_kind(name.into(), label, place);
            self.kind_label(source, item, id);
        }
        new.then_some(id)
    }

    /// A kind has one label, whichever of its items says it.
    fn kind_label(&mut self, source: SourceId, item: &Kind, kind: KindId) {
        let Some(label) = item.label else { return };
        let name = self.symbols.kind(kind).name.to_string();
        let mut labels = std::mem::take(&mut self.kind_labels);
        if self.once(&mut labels, name.clone(), format!("the label of `{name}`"), label.at(source)) {
            self.symbols.kinds[kind.0 as usize].label = self.told(source, label);
        }
        self.kind_labels = labels;
    }

    /// The kind that `also kind` says more about.
    fn kind_again(&mut self, source: SourceId, item: &Kind) -> Option<KindId> {
        let name = self.full(source, item.name);
        match self.symbols.names.get(&name) {
            Some(Named::Kind(kind)) => {
                let kind = *kind;
                self.kind_label(source, item, kind);
                Some(kind)
            }
            Some(_) => {
                self.wrong_kind(source, item.name, "no kind", "a kind", "`also kind` says more about a kind");
                None
            }
            None => {
                self.unknown_kind(source, item.name, "drop `also` to declare it here");
                None
            }
        }
    }

    fn unknown_kind(&mut self, source: SourceId, span: crate::text::Span, otherwise: &str) {
        let name = self.full(source, span);
        if !self.symbols.is_broken(&name) {
            let help = did_you_mean(&name, self.symbols.kinds.iter().map(|kind| &*kind.name), otherwise);
            self.report(source, &ResolveError::Unknown { what: "kind".to_string(), name, help, span });
        }
    }

    fn add_kind(&mut self, name: Arc<str>, label: Arc<str>, place: Place) {
        let source = place.source;
        let (attributes, entities, named) = (Vec::new(), Vec::new(), BTreeMap::new());
        self.symbols.kinds.push(KindDef { name, label, attributes, entities, source, place, named });
    }

    /// The attribute of a name, made if it is new.
    fn attribute(&mut self, kind: KindId, name: Arc<str>, place: Place) -> Slot {
        let def = &mut self.symbols.kinds[kind.0 as usize];
        if let Some(slot) = def.named.get(&name) {
            return *slot;
        }
        let slot = Slot(def.attributes.len() as u32);
        def.named.insert(name.clone(), slot);
        def.attributes.push(AttributeDef {
            name,
            series: None,
            holds: Holds::Anything,
            is_input: false,
            optional: false,
            line: None,
            frequency: None,
            place,
        });
        slot
    }

    fn input(&mut self, kind: KindId, source: SourceId, input: &InputLine) {
        let holds = match input.ty {
            InputType::Text => Holds::Text,
            InputType::YesNo => Holds::YesNo,
            InputType::Unit(span) => self.unit(source, span).map_or(Holds::Anything, Holds::Number),
        };
        let (name, place) = (self.arc(source, input.name), input.name.at(source));
        let slot = self.attribute(kind, name.clone(), place);
        let attribute = &mut self.symbols.kinds[kind.0 as usize].attributes[slot.0 as usize];
        if attribute.is_input {
            let first = attribute.place;
            return self.duplicate(&name, place, first, "ask for each input once");
        }
        attribute.series = input.series;
        attribute.holds = holds;
        attribute.is_input = true;
        attribute.optional = input.optional;
        attribute.place = place;
    }

    fn entity_item(&mut self, source: SourceId, item: &Entity) {
        let name = self.full(source, item.name);
        let id = EntityId(self.symbols.entities.len() as u32);
        let place = item.name.at(source);
        let Some(kind) = self.kind_of(source, item) else { return };
        if !self.name(name.clone(), place, Named::Entity(id)) {
            return;
        }
        let label = item.label.map_or(self.arc(source, item.name), |label| self.told(source, label));
        self.symbols.kinds[kind.0 as usize].entities.push(id);
        let (name, slots, own) = (name.into(), Vec::new(), BTreeMap::new());
        self.symbols.entities.push(EntityDef { name, label, kind, like: None, slots, source, place, own });
    }

    /// The kind of an entity; one that is not declared is reported once and made up without attributes.
    fn kind_of(&mut self, source: SourceId, item: &Entity) -> Option<KindId> {
        let name = self.full(source, item.kind);
        match self.symbols.names.get(&name) {
            Some(Named::Kind(kind)) => Some(*kind),
            Some(_) => {
                let help = "an entity begins with its kind: `chip c1 \"label\" { … }`";
                self.wrong_kind(source, item.kind, "no kind", "a kind", help);
                None
            }
            None => {
                self.unknown_kind(source, item.kind, &format!("declare it: `kind {name} {{}}`"));
                let id = KindId(self.symbols.kinds.len() as u32);
                let place = item.kind.at(source);
                self.add_kind(name.as_str().into(), name.as_str().into(), place);
                self.places.insert(name.clone(), place);
                self.symbols.names.insert(name, Named::Kind(id));
                Some(id)
            }
        }
    }

    pub(super) fn wrong_kind(
        &mut self,
        source: SourceId,
        span: crate::text::Span,
        found: &str,
        wanted: &str,
        help: &str,
    ) {
        let name = self.text(source, span).to_string();
        let (found, wanted, help) = (found.to_string(), wanted.to_string(), help.to_string());
        self.report(source, &ResolveError::WrongKind { name, found, wanted, help, span });
    }

    /// The entity of a name, of a kind if one is asked for.
    pub(super) fn entity_named(
        &mut self,
        source: SourceId,
        span: crate::text::Span,
        kind: Option<KindId>,
    ) -> Option<EntityId> {
        let name = self.full(source, span);
        let id = match self.symbols.names.get(&name) {
            Some(Named::Entity(id)) => *id,
            Some(_) => {
                self.wrong_kind(source, span, "no entity", "an entity", "name an entity here");
                return None;
            }
            None => {
                if !self.symbols.is_broken(&name) {
                    let entities = self.symbols.entities.iter().map(|entity| &*entity.name);
                    let kind = kind.map_or("KIND", |kind| &*self.symbols.kind(kind).name);
                    let help = did_you_mean(&name, entities, &format!("declare it: `{kind} {name} \"label\" {{}}`"));
                    let what = "entity".to_string();
                    self.report(source, &ResolveError::Unknown { what, name, help, span });
                }
                return None;
            }
        };
        let is = self.symbols.entity(id).kind;
        match kind {
            Some(wanted) if wanted != is => {
                let found = format!("of kind `{}`", self.symbols.kind(is).name);
                let wanted = format!("of kind `{}`", self.symbols.kind(wanted).name);
                self.wrong_kind(source, span, &found, &wanted, "name an entity of that kind");
                None
            }
            _ => Some(id),
        }
    }
}
