//! Data items to plain definitions: each row of a file is an entity or a period, each column a definition.

use std::sync::Arc;

use crate::data::{DataError, Look, Raw, Reading, Table};
use crate::diagnostic::{Label, Severity};
use crate::model::{Citation, MissingCode, Provenance, Window};
use crate::syntax::ast::{Data, DataColumn, DataKey};
use crate::text::{Place, SourceId, Span};
use crate::units::Unit;

use super::super::Resolver;
use super::super::clause::merged;
use super::super::error::ResolveError;
use super::super::import::beside;
use super::super::speech::{Head, Road, Speech, Spoken};
use super::super::symbols::{Content, Holds, Line, Literal, Owner, Piece};
use super::rows::{About, Keys};

impl<'a> Resolver<'a> {
    pub(super) fn data(&mut self, item: &Data, source: SourceId) {
        let head = Head::new(self.own(&item.clauses, source));
        let names: Vec<Span> = item.columns.iter().map(|column| column.name).collect();
        let target = self.naming_lost(source, &names, |resolver| resolver.target(source, item.target));
        let Some(owner) = target else { return };
        self.naming_lost(source, &names, |resolver| resolver.rows(item, source, owner, &head));
    }

    /// Does something that defines names. If it has an error, some are not defined, which is no fault of those who use them.
    pub(super) fn naming_lost<T>(&mut self, source: SourceId, names: &[Span], does: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.problems.len();
        let done = does(self);
        if self.problems[before..].iter().any(|problem| problem.severity == Severity::Error) {
            self.lost(source, names);
        }
        done
    }

    /// Remembers names whose definitions could not be read.
    pub(super) fn lost(&mut self, source: SourceId, names: &[Span]) {
        let names = names.iter().filter_map(|name| self.text(source, *name).rsplit('.').next());
        let names: Vec<Arc<str>> = names.map(Arc::from).collect();
        self.symbols.broken_names.extend(names);
    }

    fn rows(&mut self, item: &Data, source: SourceId, owner: Owner, head: &Head) {
        let Some(table) = self.read_data(source, item) else { return };
        let path = beside(&self.loaded.sources.get(source).path, self.text(source, item.path));
        let key = match item.key {
            DataKey::Entity(span) | DataKey::Period(span) => span,
        };
        let key_text = self.text(source, key);
        let Some(key_column) = self.column(source, key, &table) else { return };
        self.unmapped(item, source, &table, key_text);
        let about = self.about_rows(&Keys { item, source, path: &path, owner, table: &table, column: key_column });
        for column in &item.columns {
            self.data_column(column, (source, &path), owner, &table, &about, head);
        }
    }

    /// Where a cell stands in its file, if that can be told.
    pub(super) fn cell_place(&self, path: &str, table: &Table, (row, column): (usize, usize)) -> Option<Place> {
        Some(table.span(row, column)?.at(*self.loaded.data_sources.get(path)?))
    }

    /// Does something of which every problem is about a cell.
    pub(super) fn pointing_at<T>(&mut self, cell: Option<Place>, does: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.problems.len();
        let done = does(self);
        let Some(place) = cell else { return done };
        for problem in self.problems.iter_mut().skip(before) {
            problem.labels.insert(0, Label { place, text: "this cell".to_string() });
        }
        done
    }

    pub(super) fn data_error(&mut self, source: SourceId, span: Span, path: &str, error: &DataError) {
        let mut problem = crate::diagnostic::Problem::new(source, error);
        problem.message = format!("{path}: {}", problem.message);
        let text = "this file".to_string();
        problem.labels.push(crate::diagnostic::Label { place: span.at(source), text });
        self.problems.push(problem);
    }

    pub(super) fn data_problem(&mut self, source: SourceId, span: Span, message: String, help: &str, label: &str) {
        let (help, label) = (help.to_string(), label.to_string());
        self.report(source, &ResolveError::Data { message, help, span, label });
    }

    fn column(&mut self, source: SourceId, span: Span, table: &Table) -> Option<usize> {
        let name = self.text(source, span);
        let found = table.column(name);
        if found.is_none() {
            let message = format!("the file has no column `{name}`");
            let names = table.columns.iter().map(String::as_str);
            let otherwise = format!("its columns are {}", table.columns.join(", "));
            let help = super::super::names::did_you_mean(name, names, &otherwise);
            self.data_problem(source, span, message, &help, "no such column");
        }
        found
    }

    /// Every column must be mapped or ignored.
    fn unmapped(&mut self, item: &Data, source: SourceId, table: &Table, key: &str) {
        let mapped = item.columns.iter().flat_map(|column| [Some(column.column), column.source_column]).flatten();
        let named: Vec<&str> = mapped.chain(item.ignored.iter().copied()).map(|span| self.text(source, span)).collect();
        let left = table.columns.iter().filter(|column| *column != key && !named.contains(&column.as_str()));
        let left: Vec<Arc<str>> = left.map(|column| column.as_str().into()).collect();
        // A line that could not be read may be the one that maps them.
        if !left.is_empty() && !item.broken {
            let message = format!("nothing maps these columns of the file: {}", super::super::names::listed(&left));
            let help = "map each column to a name, or list it after `ignore`";
            self.data_problem(source, item.path, message, help, "has columns that are neither mapped nor ignored");
        }
        for ignored in &item.ignored {
            self.column(source, *ignored, table);
        }
    }

    fn data_column(
        &mut self,
        column: &DataColumn,
        (source, path): (SourceId, &str),
        owner: Owner,
        table: &Table,
        about: &[Option<About>],
        head: &Head,
    ) {
        let Some(at) = self.column(source, column.column, table) else { return };
        let source_at = match column.source_column {
            Some(span) => match self.column(source, span, table) {
                Some(at) => Some(at),
                None => return,
            },
            None => None,
        };
        let said = self.own(&column.clauses, source);
        let unit = column.unit.and_then(|span| self.unit(source, span));
        let holds = self.holds(owner, self.text(source, column.name));
        self.doubt_shares(column, (source, path), table, (at, about), (unit.as_ref(), holds.as_ref()));
        let index = match column.index.map(|index| self.entity_named(source, index, None)) {
            Some(None) => return,
            Some(index) => index,
            None => None,
        };
        let wanted = wanted(unit.as_ref(), holds.as_ref());
        let (look, is_guess) = (wanted.unwrap_or_else(|| table.look(at)), wanted.is_none());
        let mut series = empty_line(column, source, owner, unit.clone());
        let mut silent = false;
        for (row, about) in about.iter().enumerate() {
            let Some(about) = about else { continue };
            let said = match source_at {
                Some(source_at) => {
                    let cell = self.cell_place(path, table, (row, source_at));
                    self.pointing_at(cell, |resolver| {
                        resolver.row_source(column, source, table, (row, source_at), (&said, head))
                    })
                }
                None => said.clone(),
            };
            let Some(value) = self.value(column, (source, path), table, (row, at), unit.as_ref(), (look, is_guess))
            else {
                continue;
            };
            let name = self.text(source, column.name);
            let verb = Some(column.verb);
            let empty = matches!(table.rows[row].cells[at], Raw::Empty);
            let period = match *about {
                About::Entity(_) => None,
                About::Period(frequency, index) => Some((frequency, index)),
            };
            let parts = &[self.part_at(period, said, true, column.name)];
            let speech = Speech { verb, road: Road::Line, is_series: false, name, source, head, parts };
            let mut excused = silent || empty;
            let spoken = self.speak(&speech, &mut excused);
            silent |= excused && !empty;
            let Some(spoken) = spoken.into_iter().next() else { continue };
            let piece = self.data_piece(column, (source, path), table, (row, at), value, spoken);
            match *about {
                About::Entity(entity) => {
                    let mut line = empty_line(column, source, Owner::Entity(entity), unit.clone());
                    // A list that grows takes room for four at first.
                    line.pieces = vec![piece];
                    let key = self.key(line.owner, source, name, index);
                    self.gathered.add(key, line, column.also);
                }
                About::Period(frequency, index) => {
                    series.frequency.get_or_insert(frequency);
                    let window = Some(Window { first: index, last: index });
                    series.pieces.push(Piece { window, ..piece });
                }
            }
        }
        if !series.pieces.is_empty() {
            let key = self.key(owner, source, self.text(source, column.name), index);
            self.gathered.add(key, series, column.also);
        }
    }

    /// What a kind declares an attribute to hold.
    fn holds(&self, owner: Owner, name: &str) -> Option<Holds> {
        let kind = match owner {
            Owner::Kind(kind) => kind,
            Owner::Entity(entity) => self.symbols.entity(entity).kind,
            Owner::Book => return None,
        };
        let slot = self.symbols.attribute(kind, name)?;
        Some(self.symbols.kind(kind).attributes[slot.0 as usize].holds.clone())
    }

    fn row_source(
        &mut self,
        column: &DataColumn,
        source: SourceId,
        table: &Table,
        (row, at): (usize, usize),
        (said, head): (&Arc<Provenance>, &Head),
    ) -> Arc<Provenance> {
        let Some(name) = table.text(row, at) else { return said.clone() };
        let full = format!("{}{name}", self.symbols.space(source));
        match self.source_names.get(&full).copied() {
            Some((id, _)) => {
                self.cited[id.0 as usize] = true;
                let cites = said.citation.as_ref().or(head.said.citation.as_ref());
                let locator = cites.and_then(|citation| citation.locator.clone());
                let citation = Some(Citation { source: id, locator });
                Arc::new(merged(Provenance { citation, ..Provenance::default() }, said))
            }
            None => {
                let message = format!("{} names no source: `{name}`", table.place_name(row, at));
                let help = format!("declare it: `source {name} \"title\" = url \"…\" dated …`");
                self.data_problem(
                    source,
                    column.source_column.unwrap_or(column.span),
                    message,
                    &help,
                    "the column of sources",
                );
                said.clone()
            }
        }
    }

    /// The value of a cell, read as its column is.
    fn value(
        &mut self,
        column: &DataColumn,
        (source, path): (SourceId, &str),
        table: &Table,
        (row, at): (usize, usize),
        unit: Option<&Unit>,
        (look, is_guess): (Look, bool),
    ) -> Option<Literal> {
        let code = match &table.rows[row].cells[at] {
            Raw::Text(text) => MissingCode::named(text),
            Raw::Number(..) | Raw::YesNo(_) | Raw::Empty => None,
        };
        let read = match (look, code) {
            (Look::Texts, _) => Ok(table.text(row, at).map(|text| Literal::Text(text.into()))),
            (Look::YesNo | Look::Numbers, Some(code)) => Ok(Some(Literal::Missing(code, None))),
            (Look::YesNo, None) => table.yes_no(row, at).map(|yes| yes.map(Literal::YesNo)),
            (Look::Numbers, None) => table.number(row, at).map(|reading| match reading {
                Reading::Number(number) => Some(Literal::Number(number, unit.cloned().unwrap_or_else(Unit::ratio))),
                Reading::Missing(code) => Some(Literal::Missing(code, None)),
                Reading::Empty => None,
            }),
        };
        let read = read.map_err(|error| if is_guess { table.misfit(row, at).unwrap_or(error) } else { error });
        match read {
            Ok(Some(value)) => Some(value),
            Ok(None) if column.also => None,
            Ok(None) if column.optional => Some(Literal::Missing(MissingCode::Na, Some("empty in the file".into()))),
            Ok(None) => {
                let name = self.text(source, column.column);
                let message = format!("{}, column `{name}` is empty", table.place_name(row, at));
                let help = "fill it, write NM, NA, ND or X, or say `optional` before the verb";
                let cell = self.cell_place(path, table, (row, at));
                self.pointing_at(cell, |resolver| {
                    resolver.data_problem(source, column.column, message, help, "has an empty cell");
                });
                None
            }
            Err(error) => {
                let cell = self.cell_place(path, table, (row, at));
                self.pointing_at(cell, |resolver| resolver.data_error(source, column.column, path, &error));
                None
            }
        }
    }

    fn data_piece(
        &self,
        column: &DataColumn,
        (source, path): (SourceId, &str),
        table: &Table,
        (row, at): (usize, usize),
        value: Literal,
        (role, provenance): Spoken,
    ) -> Piece {
        let place = column.span.at(source);
        let own = self.cell_place(path, table, (row, at)).unwrap_or(place);
        let cell = table.text(row, at).map_or(String::new(), |cell| format!("{cell}, "));
        let text = format!("{cell}{} of `{}`", table.row_name(row), self.text(source, column.column)).into();
        let content = Content::Literal { value, text, place };
        Piece { window: None, content, role, provenance, range: None, place: own }
    }
}

/// What a column is read as: numbers if a unit is stated, else what the kind holds; nothing if its cells are to tell.
fn wanted(unit: Option<&Unit>, holds: Option<&Holds>) -> Option<Look> {
    match (unit, holds) {
        (Some(_), _) | (None, Some(Holds::Number(_))) => Some(Look::Numbers),
        (None, Some(Holds::Text)) => Some(Look::Texts),
        (None, Some(Holds::YesNo)) => Some(Look::YesNo),
        (None, None | Some(Holds::Anything)) => None,
    }
}

fn empty_line(column: &DataColumn, source: SourceId, owner: Owner, unit: Option<Unit>) -> Line {
    Line {
        owner,
        series: column.series,
        pinned: column.unit.map(|span| span.at(source)),
        unit,
        frequency: None,
        pieces: Vec::new(),
        interpolation: None,
        place: column.name.at(source),
    }
}
