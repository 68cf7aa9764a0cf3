//! Tables to plain definitions and published figures, cell by cell.

use std::sync::Arc;

use crate::calendar::{Frequency, Period};
use crate::model::{EntityId, KindId, Provenance, Window};
use crate::syntax::ast::{Printed, RowHead, RowKind, Table, TableHead, TableRow, TableRowHead};
use crate::text::{Place, SourceId, Span};
use crate::units::Unit;

use super::super::Resolver;
use super::super::clause::unescaped;
use super::super::error::ResolveError;
use super::super::speech::Head;
use super::super::symbols::{FindingDef, FindingKind, Line, Named, Owner, ReconcileDef, Written};
use super::super::twice::Seen;
use super::cells::{Measure, cell_piece};

/// What one column or row of a table is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Heading {
    Entity(EntityId),
    Period(Frequency, usize),
    Case(crate::model::CaseId),
}

/// A table and what its lines inherit.
pub(super) struct Sheet {
    pub source: SourceId,
    owner: Owner,
    unit: Option<Unit>,
    pub head: Head,
}

impl<'a> Resolver<'a> {
    pub(super) fn table(&mut self, table: &Table, source: SourceId, _place: Place) {
        let heads = table.rows.iter().filter_map(|row| match &row.head {
            TableRowHead::Row(head) => Some(head),
            TableRowHead::Entity(_) => None,
        });
        let columns: &[RowHead] = match &table.head {
            TableHead::Attributes { columns, .. } => columns,
            TableHead::Columns { .. } | TableHead::Cases { .. } => &[],
        };
        let all: Vec<Span> = columns.iter().chain(heads).filter_map(defined).collect();
        let found = self.naming_lost(source, &all, |resolver| resolver.sheet(table, source));
        let Some((sheet, headings)) = found else { return self.lost(source, &all) };
        if headings.contains(&None) {
            self.lost(source, &all);
        }
        if let TableHead::Attributes { .. } = table.head {
            let cells = |at: usize| table.rows.iter().filter_map(move |row| row.cells.get(at));
            let measures = columns.iter().enumerate().map(|(at, head)| {
                let names: Vec<Span> = defined(head).into_iter().collect();
                let unit = self.naming_lost(source, &names, |resolver| resolver.row_unit(&sheet, head));
                self.measure(unit, cells(at))
            });
            let measures: Vec<Measure> = measures.collect();
            let mut seen = Seen::new();
            return table.rows.iter().for_each(|row| {
                let row_seen = (&measures[..], &mut seen);
                self.naming_lost(source, &all, |resolver| resolver.attributes_row(&sheet, row, columns, row_seen));
            });
        }
        for row in &table.rows {
            let name = if let TableRowHead::Row(head) = &row.head { defined(head) } else { None };
            let names: Vec<Span> = name.into_iter().collect();
            self.naming_lost(source, &names, |resolver| resolver.row(&sheet, row, &headings));
        }
    }

    /// What a table's head says: what its lines inherit, and what its columns are about where they are no attributes.
    fn sheet(&mut self, table: &Table, source: SourceId) -> Option<(Sheet, Vec<Option<Heading>>)> {
        let owner = match table.target {
            None => Owner::Book,
            Some(span) => self.target(source, span)?,
        };
        let unit = table.unit.and_then(|span| self.unit(source, span));
        let head = Head::new(self.own(&table.clauses, source));
        let sheet = Sheet { source, owner, unit, head };
        let (names, mut headings) = match &table.head {
            TableHead::Columns { span, names } => (names, self.headings(&sheet, *span, names)?),
            TableHead::Cases { names, .. } => {
                let headings = names.iter().map(|name| self.case_named(source, *name).map(Heading::Case));
                (names, headings.collect())
            }
            TableHead::Attributes { .. } => return Some((sheet, Vec::new())),
        };
        self.headings_once(source, names, &mut headings);
        Some((sheet, headings))
    }

    /// A kind or an entity, as the target of a table or a data item.
    pub(super) fn target(&mut self, source: SourceId, span: Span) -> Option<Owner> {
        match self.symbols.names.get(&self.full(source, span)) {
            Some(Named::Kind(kind)) => Some(Owner::Kind(*kind)),
            _ => self.entity_named(source, span, None).map(Owner::Entity),
        }
    }

    fn headings(&mut self, sheet: &Sheet, span: Span, names: &[Span]) -> Option<Vec<Option<Heading>>> {
        let is_period = |name: &Span| Period::parse(self.text(sheet.source, *name)).is_ok();
        let periods = names.iter().filter(|name| is_period(name)).count();
        match sheet.owner {
            Owner::Kind(kind) if periods == 0 => {
                let names = names.iter().map(|name| self.entity_of(sheet.source, *name, kind).map(Heading::Entity));
                Some(names.collect())
            }
            Owner::Kind(_) => {
                let help = "name one entity as the table's target: `table c1 { columns 2025A | … }`";
                self.table_problem(sheet.source, span, "a table about a kind has entities as columns", help, "periods");
                None
            }
            _ if periods == names.len() => {
                let index = |(frequency, index)| Heading::Period(frequency, index);
                Some(names.iter().map(|name| self.period(sheet.source, *name).map(index)).collect())
            }
            _ => {
                let help = "write periods, or name the entities' kind as the table's target";
                self.table_problem(
                    sheet.source,
                    span,
                    "this table's columns are no periods",
                    help,
                    "not all are periods",
                );
                None
            }
        }
    }

    /// A column is about something that no other is about, whatever it is called.
    fn headings_once(&mut self, source: SourceId, names: &[Span], headings: &mut [Option<Heading>]) {
        let mut seen = Seen::new();
        for (name, heading) in names.iter().zip(headings) {
            *heading = heading.filter(|heading| self.heading_once(source, *name, *heading, &mut seen));
        }
    }

    fn heading_once(&mut self, source: SourceId, name: Span, heading: Heading, seen: &mut Seen) -> bool {
        let what = format!("`{}`", self.text(source, name).trim_matches('"'));
        self.once(seen, format!("{heading:?}"), what, name.at(source))
    }

    /// An entity of a kind by its name, or by its label in quotes.
    fn entity_of(&mut self, source: SourceId, span: Span, kind: KindId) -> Option<EntityId> {
        let text = self.text(source, span);
        let Some(label) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).map(unescaped) else {
            return self.entity_named(source, span, Some(kind));
        };
        let found = self.labelled(kind, &label);
        if found.is_none() {
            let kind = self.symbols.kind(kind).name.clone();
            let message = format!("no {kind}, or more than one, has the label `{label}`");
            let help = format!("give one this label: `{kind} a_name \"{label}\" {{}}`");
            self.table_problem(source, span, &message, &help, "a label");
        }
        found
    }

    fn table_problem(&mut self, source: SourceId, span: Span, message: &str, help: &str, label: &str) {
        let (message, help, label) = (message.to_string(), help.to_string(), label.to_string());
        self.report(source, &ResolveError::Table { message, help, span, label });
    }

    fn row(&mut self, sheet: &Sheet, row: &TableRow, headings: &[Option<Heading>]) {
        let TableRowHead::Row(head) = &row.head else {
            let help = "begin the row with `given NAME =`, `assume NAME =` or `reconcile NAME ~`";
            return self.table_problem(
                sheet.source,
                row.span,
                "this row does not say what it defines",
                help,
                "no verb",
            );
        };
        if !self.same_width(sheet, row, headings.len()) {
            return;
        }
        self.own_range(sheet, row);
        let unit = self.row_unit(sheet, head);
        match &head.what {
            RowKind::Define { .. } => {
                let measure = self.measure(unit, row.cells.iter());
                self.define_row(sheet, row, head, headings, measure);
            }
            RowKind::Reconcile { what } => {
                let said = self.said_in(&row.clauses, sheet.source, &sheet.head.said);
                for (cell, heading) in row.cells.iter().zip(headings) {
                    if let (Some(printed), Some(heading)) = (&cell.value, heading) {
                        let what = Written { expr: what.clone(), source: sheet.source };
                        let printed = Written { expr: printed.clone(), source: sheet.source };
                        self.reconcile_cell(sheet, row, *heading, what, printed, unit.clone(), &said);
                    }
                }
            }
        }
    }

    fn same_width(&mut self, sheet: &Sheet, row: &TableRow, width: usize) -> bool {
        if row.cells.len() != width {
            let cells = if row.cells.len() == 1 { "1 cell".to_string() } else { format!("{} cells", row.cells.len()) };
            let message = format!("this row has {cells} under {width} columns");
            let help = "give every column a cell; `.` stands for none";
            self.table_problem(sheet.source, row.span, &message, help, "does not fit the head");
        }
        row.cells.len() == width
    }

    /// A range is about one number, so a row of several different ones has none.
    fn own_range(&mut self, sheet: &Sheet, row: &TableRow) {
        let mut values = row.cells.iter().filter_map(|cell| cell.value.as_ref()).map(|value| &*value.tree.text);
        let first = values.next();
        if values.any(|value| Some(value) != first) {
            self.shared_range(sheet, row, "and they differ");
        }
    }

    /// Where each column is another quantity, a range is about none of them unless the row has one value.
    fn one_cell_range(&mut self, sheet: &Sheet, row: &TableRow) {
        if row.cells.iter().filter(|cell| cell.value.is_some()).count() > 1 {
            self.shared_range(sheet, row, "and each column is another quantity");
        }
    }

    fn shared_range(&mut self, sheet: &Sheet, row: &TableRow, why: &str) {
        let Some(range) = self.range(&row.clauses, sheet.source, None) else { return };
        let message = format!("this range would hold for all the numbers of its row, {why}");
        let help = "define what varies outside of the table, each value with its own range".to_string();
        self.report(sheet.source, &ResolveError::SharedRange { message, help, span: range.spread.span });
    }

    fn row_unit(&mut self, sheet: &Sheet, head: &RowHead) -> Option<Unit> {
        match head.unit {
            Some(span) => self.unit(sheet.source, span),
            None => sheet.unit.clone(),
        }
    }

    fn define_row(
        &mut self,
        sheet: &Sheet,
        row: &TableRow,
        head: &RowHead,
        headings: &[Option<Heading>],
        Measure { unit, spoken: shown }: Measure,
    ) {
        let mut series = self.empty_line(sheet, head, unit.clone());
        series.unit = series.unit.or(shown.clone());
        for (cell, heading, spoken) in self.cells(sheet, row, head, headings) {
            let Some(mut piece) = cell_piece(sheet, cell, unit.as_ref(), spoken) else { continue };
            piece.range = self.range(&row.clauses, sheet.source, unit.as_ref());
            match heading {
                Heading::Entity(entity) => {
                    let mut line = self.empty_line(sheet, head, unit.clone());
                    line.owner = Owner::Entity(entity);
                    line.unit = line.unit.or(shown.clone());
                    line.place = cell.span.at(sheet.source);
                    line.pieces.push(piece);
                    self.keep(sheet, head, line);
                }
                Heading::Period(frequency, index) => {
                    let one = crate::syntax::ast::Periods::One(cell.span);
                    if self.same_frequency(sheet.source, &mut series, frequency, &one) {
                        piece.window = Some(Window { first: index, last: index });
                        series.pieces.push(piece);
                    }
                }
                Heading::Case(_) => {
                    let help = "a case changes values in its own item; here only `reconcile` rows make sense";
                    let (message, label) = ("a column of cases defines nothing", "defines a value");
                    return self.table_problem(sheet.source, head.span, message, help, label);
                }
            }
        }
        if !series.pieces.is_empty() {
            self.keep(sheet, head, series);
        }
    }

    /// A line of a row before its cells.
    fn empty_line(&mut self, sheet: &Sheet, head: &RowHead, unit: Option<Unit>) -> Line {
        let series = match &head.what {
            RowKind::Define { series, .. } => *series,
            RowKind::Reconcile { .. } => None,
        };
        Line {
            owner: sheet.owner,
            series,
            pinned: head.unit.map(|span| span.at(sheet.source)),
            unit,
            frequency: None,
            pieces: Vec::new(),
            interpolation: None,
            place: head.span.at(sheet.source),
        }
    }

    fn keep(&mut self, sheet: &Sheet, head: &RowHead, line: Line) {
        let RowKind::Define { name, index, .. } = &head.what else { return };
        let index = match index.map(|index| self.entity_named(sheet.source, index, None)) {
            Some(None) => return,
            found => found.flatten(),
        };
        let key = self.key(line.owner, sheet.source, self.text(sheet.source, *name), index);
        self.gathered.add(key, line, head.also);
    }

    #[allow(clippy::too_many_arguments)]
    fn reconcile_cell(
        &mut self,
        sheet: &Sheet,
        row: &TableRow,
        heading: Heading,
        what: Written,
        printed: Written,
        cell: Option<Unit>,
        said: &Arc<Provenance>,
    ) {
        let source = sheet.source;
        let stated = row.case.and_then(|case| self.case_named(source, case));
        let (owner, at, case) = match heading {
            Heading::Entity(entity) => (Owner::Entity(entity), None, stated),
            Heading::Period(frequency, index) => (sheet.owner, Some((frequency, index)), stated),
            Heading::Case(case) => (sheet.owner, None, Some(case)),
        };
        let place = printed.place();
        let def = ReconcileDef {
            what,
            at,
            cell,
            tolerance: row.tolerance.clone(),
            case: case.unwrap_or(crate::model::CaseId::BASE),
            disputed: row.disputed.map(|span| self.told(source, span)),
            provenance: said.clone(),
            printed: Printed::One(printed),
        };
        self.symbols.findings.push(FindingDef { owner, source, place, what: FindingKind::Reconcile(Box::new(def)) });
    }

    fn attributes_row(
        &mut self,
        sheet: &Sheet,
        row: &TableRow,
        columns: &[RowHead],
        (measures, seen): (&[Measure], &mut Seen),
    ) {
        let TableRowHead::Entity(name) = &row.head else {
            let help = "under `rows` each row begins with the name of an entity";
            return self.table_problem(sheet.source, row.span, "this row names no entity", help, "a definition");
        };
        let Owner::Kind(kind) = sheet.owner else {
            let help = "name the entities' kind as the table's target";
            return self.table_problem(sheet.source, row.span, "rows of entities need a kind", help, "an entity");
        };
        if !self.same_width(sheet, row, columns.len()) {
            return;
        }
        let Some(entity) = self.entity_of(sheet.source, *name, kind) else { return };
        if !self.heading_once(sheet.source, *name, Heading::Entity(entity), seen) {
            return;
        }
        self.one_cell_range(sheet, row);
        let said = self.said_in(&row.clauses, sheet.source, &sheet.head.said);
        for ((cell, head), measure) in row.cells.iter().zip(columns).zip(measures) {
            let Some(printed) = &cell.value else { continue };
            let measure = measure.clone();
            if let RowKind::Reconcile { what } = &head.what {
                let what = Written { expr: what.clone(), source: sheet.source };
                let printed = Written { expr: printed.clone(), source: sheet.source };
                self.reconcile_cell(sheet, row, Heading::Entity(entity), what, printed, measure.unit, &said);
            } else {
                let one = TableRow { cells: vec![cell.clone()], ..row.clone() };
                self.define_row(sheet, &one, head, &[Some(Heading::Entity(entity))], measure);
            }
        }
    }
}

/// The name that a row or a column defines.
fn defined(head: &RowHead) -> Option<Span> {
    match &head.what {
        RowKind::Define { name, .. } => Some(*name),
        RowKind::Reconcile { .. } => None,
    }
}
