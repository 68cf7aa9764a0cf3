//! Lines of blocks, tables and data files to plain definitions, gathered under what they define.

mod bring;
mod cells;
mod data;
mod line;
mod rows;
mod series;
mod settle;
mod shares;
mod table;

use std::sync::Arc;

use crate::model::{EntityId, KindId};
use crate::syntax::ast::{Item, ItemKind, Kind, LineKind};
use crate::syntax::hash::Table;
use crate::text::{Place, SourceId};

use super::error::ResolveError;
use super::speech::Head;
use super::symbols::{Line, Named, Owner};
use super::{LoadedFile, Resolver};

/// How many values a book may hold, in its lines, in its files, and where its entities take them over from their kinds: what is made
/// of so many stays below two gigabytes.
pub(super) const MOST: usize = 1_000_000;

/// What a definition defines: a name of the book, a kind or an entity, and its index.
pub(super) type Key = (Owner, Arc<str>, Option<EntityId>);

/// Definitions by what they define, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    at: Table<Key, usize>,
    all: Vec<(Key, Lines)>,
}

/// All definitions of one thing.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub lines: Vec<Line>,
    /// `also` lines.
    pub candidates: Vec<Line>,
}

impl Gathered {
    /// Makes room for so many definitions, so that a long list is not moved while it grows.
    fn reserve(&mut self, count: usize) {
        self.at.reserve(count);
        self.all.reserve(count);
    }

    fn add(&mut self, key: Key, line: Line, also: bool) {
        let at = *self.at.entry(key.clone()).or_insert_with(|| {
            self.all.push((key, Lines { lines: Vec::with_capacity(1), candidates: Vec::new() }));
            self.all.len() - 1
        });
        let lines = &mut self.all[at].1;
        if also { lines.candidates.push(line) } else { lines.lines.push(line) }
    }

    /// Takes the definitions of one thing out.
    fn take(&mut self, key: &Key) -> Option<Lines> {
        self.at.get(key).map(|at| std::mem::take(&mut self.all[*at].1))
    }

    /// The definitions of one thing.
    fn get(&self, key: &Key) -> Option<&Lines> {
        self.at.get(key).map(|at| &self.all[*at].1)
    }

    /// What is defined for an owner that `wanted` accepts, in order.
    fn keys(&self) -> impl Iterator<Item = &Key> {
        self.all.iter().map(|(key, _)| key)
    }
}

/// How many definitions an item has, roughly.
fn definitions(item: &Item) -> usize {
    match &item.kind {
        ItemKind::Entity(entity) => entity.lines.len(),
        ItemKind::Kind(kind) => kind.lines.len(),
        _ => 1,
    }
}

impl<'a> Resolver<'a> {
    /// Lowers every line, wherever it stands.
    pub(super) fn gather(&mut self) {
        let loaded = self.loaded;
        for file in &loaded.files {
            for item in &file.file.items {
                if !self.counts(definitions(item), item.span.at(file.source)) {
                    return;
                }
                self.brought(file.source, &item.kind);
            }
        }
        self.gathered.reserve(self.values);
        for file in &loaded.files {
            for item in &file.file.items {
                self.gather_item(file, &item.kind, item.span.at(file.source));
            }
        }
    }

    /// Counts some values more; those beyond what a model can hold are refused before anything is made of them, and nobody knows which
    /// names the book would have had.
    pub(super) fn counts(&mut self, more: usize, place: Place) -> bool {
        let before = self.values;
        self.values = before.saturating_add(more);
        if self.values > MOST && before <= MOST {
            let help = "let a book hold less: map fewer columns, leave rows out, or add them up before".to_string();
            let error = ResolveError::TooMany { count: self.values, most: MOST, help, span: place.span };
            self.report(place.source, &error);
            self.symbols.unread = true;
        }
        self.values <= MOST
    }

    fn gather_item(&mut self, file: &LoadedFile, item: &'a ItemKind, place: Place) {
        let source = file.source;
        match item {
            ItemKind::Line(LineKind::Definition(definition)) => {
                self.gather_definition(definition, source, Owner::Book, &Head::default());
            }
            ItemKind::Kind(kind) => {
                let Some(id) = self.kind_at(source, kind) else { return };
                let head = Head::new(self.own(&kind.clauses, source));
                self.gather_block(&kind.lines, source, Owner::Kind(id), &head);
            }
            ItemKind::Entity(entity) => {
                let Some(id) = self.entity_at(source, entity.name) else { return };
                let head = Head::new(self.own(&entity.clauses, source));
                self.gather_block(&entity.lines, source, Owner::Entity(id), &head);
                if let Some(like) = entity.like {
                    let kind = self.symbols.entity(id).kind;
                    let parent = self.entity_named(source, like, Some(kind));
                    self.symbols.entities[id.0 as usize].like = parent;
                    if parent.is_none() {
                        self.orphans.insert(id);
                    }
                }
            }
            ItemKind::Table(table) => self.table(table, source, place),
            ItemKind::Data(data) => self.data(data, source),
            _ => {}
        }
    }

    fn gather_block(&mut self, lines: &[crate::syntax::ast::Line], source: SourceId, owner: Owner, head: &Head) {
        for line in lines {
            if let LineKind::Definition(definition) = &line.kind {
                self.gather_definition(definition, source, owner, head);
            }
        }
    }

    /// The kind that an item declares or says more about, unless its name was taken.
    pub(super) fn kind_at(&self, source: SourceId, item: &Kind) -> Option<KindId> {
        let is_this = |id: KindId| item.also || self.symbols.kind(id).place == item.name.at(source);
        match self.symbols.names.get(&self.full(source, item.name)) {
            Some(Named::Kind(id)) if is_this(*id) => Some(*id),
            _ => None,
        }
    }

    /// The entity that an item at a place declares, unless its name was taken.
    pub(super) fn entity_at(&self, source: SourceId, name: crate::text::Span) -> Option<EntityId> {
        match self.symbols.names.get(&self.full(source, name)) {
            Some(Named::Entity(id)) if self.symbols.entity(*id).place == name.at(source) => Some(*id),
            _ => None,
        }
    }

    /// A name as a key: with the file's space at top level.
    fn key(&mut self, owner: Owner, source: SourceId, name: &str, index: Option<EntityId>) -> Key {
        match owner {
            Owner::Book => (owner, format!("{}{name}", self.symbols.space(source)).into(), index),
            _ => (owner, self.word(name), index),
        }
    }

    /// A name, shared by all lines that have it.
    fn word(&mut self, name: &str) -> Arc<str> {
        if let Some((known, ())) = self.words.get_key_value(name) {
            return known.clone();
        }
        let word: Arc<str> = name.into();
        self.words.insert(word.clone(), ());
        word
    }
}
