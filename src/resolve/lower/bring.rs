//! Entities that tables and data files bring along: those that no item declares.

use std::sync::Arc;

use crate::calendar::Period;
use crate::data::Table as DataTable;
use crate::model::KindId;
use crate::syntax::ast::{Data, DataKey, ItemKind, RowHead, RowKind, Table, TableHead, TableRowHead};
use crate::text::{SourceId, Span};

use super::super::Resolver;
use super::super::import::beside;
use super::super::symbols::Named;

impl<'a> Resolver<'a> {
    /// Declares the entities of an item before any line is lowered, so that every line may name them.
    pub(super) fn brought(&mut self, source: SourceId, item: &ItemKind) {
        match item {
            ItemKind::Table(table) => {
                let Some(kind) = table.target.and_then(|span| self.kind_named(source, span)) else { return };
                self.brought_by_table(source, kind, table);
            }
            ItemKind::Data(data) => {
                let Some(table) = self.read_data(source, data) else { return };
                if let (Some(kind), DataKey::Entity(key)) = (self.kind_named(source, data.target), data.key) {
                    self.brought_by_data(source, kind, data, key, &table);
                }
            }
            _ => {}
        }
    }

    fn kind_named(&self, source: SourceId, span: Span) -> Option<KindId> {
        match self.symbols.names.get(&self.full(source, span)) {
            Some(Named::Kind(kind)) => Some(*kind),
            _ => None,
        }
    }

    /// A table that only compares, or only adds candidates, brings nothing along.
    fn brought_by_table(&mut self, source: SourceId, kind: KindId, table: &Table) {
        let defines = |head: &RowHead| !head.also && matches!(head.what, RowKind::Define { .. });
        let mut heads = table.rows.iter().filter_map(|row| match &row.head {
            TableRowHead::Row(head) => Some(head),
            TableRowHead::Entity(_) => None,
        });
        let names: Vec<Span> = match &table.head {
            TableHead::Columns { names, .. } if heads.any(defines) => names.clone(),
            TableHead::Attributes { columns, .. } if columns.iter().any(defines) => {
                let rows = table.rows.iter().filter_map(|row| match row.head {
                    TableRowHead::Entity(name) => Some(name),
                    TableRowHead::Row(_) => None,
                });
                rows.collect()
            }
            _ => return,
        };
        for span in names {
            let name = self.text(source, span);
            if is_name(name) && Period::parse(name).is_err() {
                self.bring(source, name, kind, span.at(source));
            }
        }
    }

    fn brought_by_data(&mut self, source: SourceId, kind: KindId, data: &Data, key: Span, table: &DataTable) {
        if data.columns.iter().all(|column| column.also) {
            return;
        }
        let Some(column) = table.column(self.text(source, key)) else { return };
        for row in 0..table.rows.len() {
            if let Some(name) = table.text(row, column).filter(|name| is_name(name)) {
                self.bring(source, &name, kind, key.at(source));
            }
        }
    }

    /// The rows of a data item's file; each is read once.
    pub(super) fn read_data(&mut self, source: SourceId, item: &Data) -> Option<Arc<DataTable>> {
        let place = item.path.at(source);
        if let Some(read) = self.tables.get(&place) {
            return read.clone();
        }
        let path = beside(&self.loaded.sources.get(source).path, self.text(source, item.path));
        let rows = item.rows.map(|rows| self.text(source, rows));
        let bytes = self.loaded.data.get(&path)?;
        let table = match crate::data::read(self.text(source, item.format), bytes, rows) {
            Ok(table) => Some(Arc::new(table)),
            Err(error) => {
                self.data_error(source, item.path, &path, &error);
                None
            }
        };
        self.tables.insert(place, table.clone());
        table
    }
}

/// Whether a text of a file can be a name of the language.
pub(super) fn is_name(text: &str) -> bool {
    let starts_well = text.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
    starts_well && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
