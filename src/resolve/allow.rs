//! What a book says is meant: the hints that a clause allows, and where.

use crate::diagnostic::{Allowed, HINTS, PAGES};
use crate::syntax::ast::{
    Allow, Change, Clauses, Definition, Item, ItemKind, Line, LineKind, Override, StudyLineKind, Value,
};
use crate::text::{Place, SourceId};

use super::Resolver;
use super::error::ResolveError;
use super::names::did_you_mean;
use super::twice::Seen;

impl<'a> Resolver<'a> {
    /// Gathers every `allow`; one on the head of the model holds for the whole book.
    pub(super) fn allowances(&mut self) {
        for file in &self.loaded.files {
            for item in &file.file.items {
                self.allowed_in_item(file.source, item);
            }
        }
    }

    fn allowed_in_item(&mut self, source: SourceId, item: &'a Item) {
        let whole = Some(item.span.at(source));
        match &item.kind {
            ItemKind::Model(model) => self.allowed(source, &model.clauses, None),
            ItemKind::Fx(fx) => {
                self.allowed(source, &fx.clauses, whole);
                self.allowed_in_value(source, &fx.value, whole);
            }
            ItemKind::Kind(kind) => self.allowed_in_block(source, &kind.clauses, &kind.lines, whole),
            ItemKind::Entity(entity) => self.allowed_in_block(source, &entity.clauses, &entity.lines, whole),
            ItemKind::Table(table) => {
                self.allowed(source, &table.clauses, whole);
                table.rows.iter().for_each(|row| self.allowed(source, &row.clauses, Some(row.span.at(source))));
            }
            ItemKind::Data(data) => {
                self.allowed(source, &data.clauses, whole);
                data.columns
                    .iter()
                    .for_each(|column| self.allowed(source, &column.clauses, Some(column.span.at(source))));
            }
            ItemKind::Case(case) => {
                self.allowed(source, &case.clauses, whole);
                case.overrides.iter().for_each(|line| self.allowed_in_override(source, line));
            }
            ItemKind::Study(study) => {
                self.allowed(source, &study.clauses, whole);
                study.lines.iter().for_each(|line| self.allowed_in_study_line(source, &line.kind, whole));
            }
            ItemKind::Line(line) => self.allowed_in_line(source, line, whole),
            ItemKind::Version { .. }
            | ItemKind::Use(_)
            | ItemKind::Calendar(_)
            | ItemKind::Source(_)
            | ItemKind::Unit(_)
            | ItemKind::Function(_)
            | ItemKind::Report(_)
            | ItemKind::Reserved { .. } => {}
        }
    }

    /// What is said in a study's block is said of all of it.
    fn allowed_in_study_line(&mut self, source: SourceId, line: &'a StudyLineKind, whole: Option<Place>) {
        match line {
            StudyLineKind::Said(clauses) => self.allowed(source, clauses, whole),
            StudyLineKind::Levels { .. }
            | StudyLineKind::Over(_)
            | StudyLineKind::Pin(_)
            | StudyLineKind::Free { .. }
            | StudyLineKind::Vary { .. }
            | StudyLineKind::Correlate { .. }
            | StudyLineKind::Report(_)
            | StudyLineKind::Probability(_)
            | StudyLineKind::Cases(_)
            | StudyLineKind::Settings(_)
            | StudyLineKind::Broken => {}
        }
    }

    fn allowed_in_block(&mut self, source: SourceId, head: &Clauses, lines: &'a [Line], whole: Option<Place>) {
        self.allowed(source, head, whole);
        lines.iter().for_each(|line| self.allowed_in_line(source, &line.kind, Some(line.span.at(source))));
    }

    fn allowed_in_line(&mut self, source: SourceId, line: &'a LineKind, whole: Option<Place>) {
        match line {
            LineKind::Definition(Definition { value, clauses, .. }) => {
                self.allowed(source, clauses, whole);
                self.allowed_in_value(source, value, whole);
            }
            LineKind::Inputs(_)
            | LineKind::Check(_)
            | LineKind::Reconcile(_)
            | LineKind::Claim(_)
            | LineKind::Output(_)
            | LineKind::Broken => {}
        }
    }

    fn allowed_in_override(&mut self, source: SourceId, line: &'a Override) {
        let whole = Some(line.span.at(source));
        self.allowed(source, &line.clauses, whole);
        match &line.change {
            Change::Set(value) => self.allowed_in_value(source, value, whole),
            Change::Low
            | Change::High
            | Change::Candidate(_)
            | Change::Plus(_)
            | Change::Minus(_)
            | Change::Times(_)
            | Change::Broken => {}
        }
    }

    /// What stands behind a piece is for that piece; behind the last one, it stands behind the line.
    fn allowed_in_value(&mut self, source: SourceId, value: &'a Value, whole: Option<Place>) {
        let Value::Series { pieces, .. } = value else { return };
        for (at, piece) in pieces.iter().enumerate() {
            let is_last = at + 1 == pieces.len();
            self.allowed(source, &piece.clauses, if is_last { whole } else { Some(piece.value.span.at(source)) });
        }
    }

    fn allowed(&mut self, source: SourceId, clauses: &Clauses, within: Option<Place>) {
        let Some(Allow { codes, .. }) = clauses.0.as_ref().and_then(|set| set.allow.as_ref()) else { return };
        let mut seen = Seen::new();
        for span in codes {
            let code = self.text(source, *span).to_string();
            if !self.once(&mut seen, code.clone(), format!("`{code}`"), span.at(source)) {
                continue;
            }
            let span = *span;
            if HINTS.contains(&code.as_str()) {
                self.symbols.allowed.push(Allowed { code, place: span.at(source), within });
            } else if PAGES.iter().any(|(known, _)| *known == code) {
                let (found, wanted) = ("an error or a warning".to_string(), "a hint".to_string());
                let help = "only hints can be meant: mend what it says, and drop the clause".to_string();
                self.report(source, &ResolveError::WrongKind { name: code, found, wanted, help, span });
            } else {
                let otherwise = "the code of a hint stands at its head, such as `hint::sign`";
                let help = did_you_mean(&code, HINTS, otherwise);
                let what = "hint".to_string();
                self.report(source, &ResolveError::Unknown { what, name: code, help, span });
            }
        }
    }
}
