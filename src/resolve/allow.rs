//! What a book says is meant: the hints that a clause allows, and where.

use crate::diagnostic::{Allowed, PAGES};
use crate::syntax::ast::{Allow, Clauses, Definition, Item, ItemKind, Line, LineKind, Value};
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
                case.overrides.iter().for_each(|line| self.allowed(source, &line.clauses, Some(line.span.at(source))));
            }
            ItemKind::Line(line) => self.allowed_in_line(source, line, whole),
            _ => {}
        }
    }

    fn allowed_in_block(&mut self, source: SourceId, head: &Clauses, lines: &'a [Line], whole: Option<Place>) {
        self.allowed(source, head, whole);
        lines.iter().for_each(|line| self.allowed_in_line(source, &line.kind, Some(line.span.at(source))));
    }

    fn allowed_in_line(&mut self, source: SourceId, line: &'a LineKind, whole: Option<Place>) {
        if let LineKind::Definition(Definition { value, clauses, .. }) = line {
            self.allowed(source, clauses, whole);
            self.allowed_in_value(source, value, whole);
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
            match PAGES.iter().any(|(known, _)| *known == code) {
                true => self.symbols.allowed.push(Allowed { code, place: span.at(source), within }),
                false => {
                    let codes = PAGES.iter().map(|(code, _)| *code).filter(|code| code.starts_with("hint::"));
                    let help =
                        did_you_mean(&code, codes, "the code of a hint stands at its head, such as `hint::sign`");
                    let what = "hint".to_string();
                    self.report(source, &ResolveError::Unknown { what, name: code, help, span: *span });
                }
            }
        }
    }
}
