//! Rows of a data file to what they are about: an entity or a period; and the rows that are about nothing of their own.

use std::collections::BTreeMap;

use crate::calendar::{Frequency, Period};
use crate::data::{DataError, Table, is_total};
use crate::diagnostic::{Label, Problem};
use crate::model::{EntityId, KindId};
use crate::syntax::ast::{Data, DataKey};
use crate::syntax::is_reserved;
use crate::text::{SourceId, Span};

use super::super::Resolver;
use super::super::error::ResolveError;
use super::super::names::did_you_mean;
use super::super::symbols::{Named, Owner};
use super::bring::is_name;

/// What a row of a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum About {
    Entity(EntityId),
    Period(Frequency, usize),
}

/// The column of a file that says what its rows are about.
#[derive(Clone, Copy)]
pub(super) struct Keys<'k> {
    pub item: &'k Data,
    pub source: SourceId,
    pub path: &'k str,
    pub owner: Owner,
    pub table: &'k Table,
    pub column: usize,
}

impl Keys<'_> {
    fn span(&self) -> Span {
        match self.item.key {
            DataKey::Entity(span) | DataKey::Period(span) => span,
        }
    }

    fn text(&self, row: usize) -> String {
        self.table.text(row, self.column).unwrap_or_default()
    }

    fn place_name(&self, row: usize) -> String {
        self.table.place_name(row, self.column)
    }
}

impl<'a> Resolver<'a> {
    /// What each row is about; nothing for a row that is skipped or has a problem.
    pub(super) fn about_rows(&mut self, keys: &Keys) -> Vec<Option<About>> {
        let skipped = self.skipped(keys);
        let mut about: Vec<Option<About>> = (0..keys.table.rows.len())
            .map(|row| {
                let cell = self.cell_place(keys.path, keys.table, (row, keys.column));
                let wanted = !skipped.contains(&keys.text(row));
                wanted.then(|| self.pointing_at(cell, |resolver| resolver.about(keys, row)))?
            })
            .collect();
        self.refuse_doubled(keys, &mut about);
        self.refuse_mixed(keys, &mut about);
        self.doubt_sum(keys, &about);
        about
    }

    /// The rows that the item leaves out; each must be there.
    fn skipped(&mut self, keys: &Keys) -> Vec<String> {
        let rows: Vec<String> = (0..keys.table.rows.len()).map(|row| keys.text(row)).collect();
        for span in &keys.item.skipped {
            let text = self.text(keys.source, *span);
            if !rows.iter().any(|row| row == text) {
                let help = did_you_mean(text, rows.iter().map(String::as_str), "remove it");
                let message = format!("no row of the file is called `{text}`");
                self.data_problem(keys.source, *span, message, &help, "no such row");
            }
        }
        keys.item.skipped.iter().map(|span| self.text(keys.source, *span).to_string()).collect()
    }

    fn about(&mut self, keys: &Keys, row: usize) -> Option<About> {
        let text = keys.text(row);
        match (&keys.item.key, keys.owner) {
            (DataKey::Entity(_), Owner::Kind(_)) | (DataKey::Period(_), Owner::Entity(_)) if text.is_empty() => {
                let (name, row) = (&keys.table.columns[keys.column], keys.place_name(row));
                let message = format!("{row}, column `{name}` is empty: nothing says what the row is about");
                let help = "write there what the row is about, or take the row away";
                self.data_problem(keys.source, keys.span(), message, help, "has an empty cell");
                None
            }
            (DataKey::Entity(_), Owner::Kind(kind)) => {
                let name = format!("{}{text}", self.symbols.space(keys.source));
                let found = match self.symbols.names.get(&name) {
                    Some(Named::Entity(id)) if self.symbols.entity(*id).kind == kind => Some(*id),
                    _ => self.labelled(kind, &text),
                };
                if found.is_none() {
                    self.names_nothing(keys, row, kind, &text);
                }
                found.map(About::Entity)
            }
            (DataKey::Period(span), Owner::Entity(_)) => self.row_period(keys, *span, &text),
            (DataKey::Entity(_), _) | (DataKey::Period(_), _) => {
                if row == 0 {
                    let help = "rows by a name are about a kind, rows `by period` about one entity";
                    let message = "the rows of this file do not fit its target".to_string();
                    self.data_problem(keys.source, keys.item.target, message, help, "the target");
                }
                None
            }
        }
    }

    /// The one entity of a kind with a label: files name things as people do, `910B` rather than `Ascend910B`.
    pub(super) fn labelled(&self, kind: KindId, text: &str) -> Option<EntityId> {
        let known = self.symbols.kind(kind).entities.iter().copied();
        let mut all = known.filter(|id| !text.is_empty() && &*self.symbols.entity(*id).label == text);
        all.next().filter(|_| all.next().is_none())
    }

    fn names_nothing(&mut self, keys: &Keys, row: usize, kind: KindId, text: &str) {
        let kind = self.symbols.kind(kind).name.clone();
        let declared = match is_name(text) {
            true => format!("`{kind} {text} \"label\" {{}}`"),
            false => format!("`{kind} a_name \"{text}\" {{}}`"),
        };
        self.symbols.broken_names.insert(text.into());
        // A line that could not be read may be the one that leaves the row out.
        if keys.item.broken {
            return;
        }
        if is_total(text) {
            let (name, place) = (text.to_string(), format!("in {}", keys.place_name(row)));
            let help = format!("leave it out with `skip \"{text}\"`, or declare it if it is one of them: {declared}");
            return self.data_error(keys.source, keys.span(), keys.path, &DataError::Total { name, place, help });
        }
        let taken = self.symbols.names.contains_key(&format!("{}{text}", self.symbols.space(keys.source)));
        let help = match is_name(text) {
            true if taken => format!(
                "`{text}` is a name of something else: give one this label, {}",
                format_args!("`{kind} a_name \"{text}\" {{}}`")
            ),
            true => format!("declare it: {declared}"),
            false if is_reserved(text) => format!("it is a word of the language: give one this label, {declared}"),
            false => format!("give one this label: {declared}, or leave the row out: `skip \"{text}\"`"),
        };
        let message = format!("{} names no {kind}: `{text}`", keys.place_name(row));
        self.data_problem(keys.source, keys.span(), message, &help, "the column of names");
    }

    /// A period of a file; a bare year takes its mark from the calendar.
    fn row_period(&mut self, keys: &Keys, span: Span, text: &str) -> Option<About> {
        let source = keys.source;
        let unmarked = || Period::parse(&format!("{text}A")).ok();
        let (period, marked) = match Period::parse(text) {
            Ok(period) => (period, true),
            Err(_) => match unmarked() {
                Some(period) => (period, false),
                None if keys.item.broken => return None,
                None => {
                    let message = format!("`{text}` is not a period");
                    let help = format!(
                        "write 2025A, 1H26E, 3Q27E or Jan26E in the file, or leave the row out: `skip \"{text}\"`"
                    );
                    self.data_problem(source, span, message, &help, "the column of periods");
                    return None;
                }
            },
        };
        let line = self.symbols.timelines.get(period.frequency);
        let period = match line {
            Some(line) if !marked => line.at_ordinal(period.ordinal),
            _ => period,
        };
        match super::super::calendar::located(&self.symbols.timelines, period, span) {
            Ok((frequency, index)) => Some(About::Period(frequency, index)),
            Err(error) => {
                self.report(source, &error);
                None
            }
        }
    }

    /// Two rows about one thing are shown both; rows that only add candidates may be many.
    fn refuse_doubled(&mut self, keys: &Keys, about: &mut [Option<About>]) {
        if keys.item.columns.iter().all(|column| column.also) {
            return;
        }
        let mut first: BTreeMap<About, usize> = BTreeMap::new();
        for (row, about) in about.iter_mut().enumerate() {
            let Some(of) = *about else { continue };
            let before = *first.entry(of).or_insert(row);
            if before != row {
                self.doubled(keys, before, row);
                *about = None;
            }
        }
    }

    fn doubled(&mut self, keys: &Keys, before: usize, row: usize) {
        let name = format!("{} in {}", keys.text(row), keys.path);
        let help = "keep one of the two rows; rows that name their sources can stand side by side with `also given`";
        let error = ResolveError::Duplicate { name, help: help.to_string(), span: keys.span() };
        let mut problem = Problem::new(keys.source, &error);
        let rows = (keys.place_name(before), keys.place_name(row));
        problem.message = format!("{}: {} and {} are both about `{}`", keys.path, rows.0, rows.1, keys.text(row));
        problem.labels.iter_mut().for_each(|label| label.text = "this file".to_string());
        for (row, text) in [(before, "the first one"), (row, "the second one")] {
            let place = self.cell_place(keys.path, keys.table, (row, keys.column));
            problem.labels.extend(place.map(|place| Label { place, text: text.to_string() }));
        }
        // The place of the file comes last: the problem is shown at its rows.
        problem.labels.rotate_left(1);
        self.problems.push(problem);
    }

    /// Rows of two frequencies are no one series.
    fn refuse_mixed(&mut self, keys: &Keys, about: &mut [Option<About>]) {
        let frequency = |about: &Option<About>| match about {
            Some(About::Period(frequency, _)) => Some(*frequency),
            _ => None,
        };
        let Some(first) = about.iter().find_map(frequency) else { return };
        for (row, about) in about.iter_mut().enumerate() {
            let Some(other) = frequency(about).filter(|other| *other != first) else { continue };
            let text = keys.text(row);
            let message = format!(
                "`{text}` in {} is of the {} calendar, and the rows before it of the {} one",
                keys.place_name(row),
                other.word(),
                first.word()
            );
            let help = format!("leave it out with `skip \"{text}\"`; `annual(x)` rolls a finer series up");
            let cell = self.cell_place(keys.path, keys.table, (row, keys.column));
            self.pointing_at(cell, |resolver| {
                resolver.data_problem(keys.source, keys.span(), message, &help, "the column of periods");
            });
            *about = None;
        }
    }

    /// A row that is the sum of all others, and no item declares what it is about.
    fn doubt_sum(&mut self, keys: &Keys, about: &[Option<About>]) {
        let wanted = |at: &usize| matches!(about[*at], Some(About::Entity(_)));
        let rows: Vec<usize> = (0..about.len()).filter(wanted).collect();
        let columns = keys.item.columns.iter().filter(|column| !column.also);
        let columns = columns.filter_map(|column| keys.table.column(self.text(keys.source, column.column)));
        let Some(row) = keys.table.sum_row(&rows, &columns.collect::<Vec<_>>(), keys.column) else { return };
        let Some(About::Entity(entity)) = about[row] else { return };
        if !self.brought.contains(&entity) {
            return;
        }
        let (name, place) = (keys.text(row), format!("in {}", keys.place_name(row)));
        let kind = &self.symbols.kind(self.symbols.entity(entity).kind).name;
        let help = format!(
            "leave it out with `skip \"{name}\"`, or declare it if it is one of them: `{kind} {name} \"label\" {{}}`"
        );
        let cell = self.cell_place(keys.path, keys.table, (row, keys.column));
        self.pointing_at(cell, |resolver| {
            resolver.data_error(keys.source, keys.span(), keys.path, &DataError::Sum { name, place, help });
        });
    }
}
