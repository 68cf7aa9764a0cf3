//! Entities that tables and data files bring along: those that no item declares.

use std::sync::Arc;

use crate::calendar::Period;
use crate::data::{DataError, DecimalMark, Table as DataTable, is_total};
use crate::diagnostic::{Label, Problem};
use crate::model::KindId;
use crate::syntax::ast::{Data, DataKey, ItemKind, RowHead, RowKind, Table, TableHead, TableRowHead};
use crate::syntax::is_reserved;
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
            if is_total(name) && !self.symbols.names.contains_key(&self.full(source, span)) {
                let kind = self.symbols.kind(kind).name.clone();
                let (name, place) = (name.to_string(), "in a table".to_string());
                let help = format!("leave it out, or declare it if it is one of them: `{kind} {name} \"label\" {{}}`");
                self.symbols.broken_names.insert(name.as_str().into());
                let mut problem = Problem::new(source, &DataError::Total { name, place, help });
                problem.labels.push(Label { place: span.at(source), text: "a sum of the others?".to_string() });
                self.problems.push(problem);
            } else if is_name(name) {
                self.bring(source, name, kind, span.at(source));
            }
        }
    }

    fn brought_by_data(&mut self, source: SourceId, kind: KindId, data: &Data, key: Span, table: &DataTable) {
        if data.columns.iter().all(|column| column.also) {
            return;
        }
        let Some(column) = table.column(self.text(source, key)) else { return };
        let skipped: Vec<&str> = data.skipped.iter().map(|span| self.text(source, *span)).collect();
        for row in 0..table.rows.len() {
            let name = table.text(row, column).filter(|name| is_name(name) && !is_total(name));
            if let Some(name) = name.filter(|name| !skipped.contains(&name.as_str())) {
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
        let bytes = self.loaded.data.get(&path)?;
        let table = self.decimal(source, item).and_then(|decimal| {
            let rows = item.rows.map(|rows| self.text(source, rows));
            let read = crate::data::read(self.text(source, item.format), bytes, rows, decimal);
            read.map_err(|error| self.data_error(source, item.path, &path, &error)).ok()
        });
        let values = table.as_ref().map_or(0, |table| table.rows.len() * item.columns.len().max(1));
        let table = table.filter(|_| self.counts(values, place));
        self.symbols.unread |= table.is_none();
        let table = table.map(Arc::new);
        self.tables.insert(place, table.clone());
        table
    }

    /// The decimal mark that a data item states, if any; nothing if it is none, as its file cannot be read then.
    fn decimal(&mut self, source: SourceId, item: &Data) -> Option<Option<DecimalMark>> {
        let Some(span) = item.decimal else { return Some(None) };
        let mark = DecimalMark::named(self.text(source, span));
        if mark.is_none() {
            let message = format!("`{}` is not a decimal mark", self.text(source, span));
            let help = "say `decimal \".\"` or `decimal \",\"`";
            self.data_problem(source, span, message, help, "neither a point nor a comma");
        }
        mark.map(Some)
    }
}

/// Whether a text of a file can be a name of the language.
pub(super) fn is_name(text: &str) -> bool {
    let starts_well = text.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
    let is_word = starts_well && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_word && !is_reserved(text) && Period::parse(text).is_err()
}
