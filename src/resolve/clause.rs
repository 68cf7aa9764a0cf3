//! Clauses: who says so, where and why; sources and dates.

use std::sync::Arc;

use jiff::civil::Date;

use crate::model::{Citation, Provenance, Source, SourceRef};
use crate::syntax::ast::{Clauses, Expr, From, ItemKind, NodeKind, SourceItem, UnaryOp};
use crate::text::{SourceId, Span, on_one_line, unbroken};

use super::Resolver;
use super::error::ResolveError;
use super::names::did_you_mean;

/// A text as it is meant: `\"`, `\\` and `\n` replaced.
pub fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => out.push('\n'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            letter => out.push(letter),
        }
    }
    out
}

/// A text for people beside a value, such as a label or a reason, as it is meant: it is one line.
pub fn told(text: &str) -> String {
    on_one_line(&unescaped(text)).into_owned()
}

/// Whether an expression is a value as written, and no formula.
pub fn is_literal(expr: &Expr) -> bool {
    match &expr.tree.node(expr.tree.root).kind {
        NodeKind::Quantity(_) | NodeKind::Text(_) | NodeKind::YesNo(_) | NodeKind::Missing { .. } => true,
        NodeKind::Unary { op: UnaryOp::Minus, operand } => {
            matches!(expr.tree.node(*operand).kind, NodeKind::Quantity(_))
        }
        _ => false,
    }
}

/// What a line says, and for what it does not say, its block.
pub fn merged(inner: Provenance, outer: &Provenance) -> Provenance {
    Provenance {
        citation: inner.citation.or_else(|| outer.citation.clone()),
        owner: inner.owner.or_else(|| outer.owner.clone()),
        reason: inner.reason.or_else(|| outer.reason.clone()),
        implied: inner.implied.or_else(|| outer.implied.clone()),
    }
}

impl<'a> Resolver<'a> {
    /// Reads every `source` item.
    pub(super) fn sources(&mut self) {
        for file in &self.loaded.files {
            for item in &file.file.items {
                if let ItemKind::Source(source) = &item.kind {
                    self.source_item(file.source, source);
                }
            }
        }
    }

    fn source_item(&mut self, source: SourceId, item: &SourceItem) {
        let name = self.full(source, item.name);
        let place = item.name.at(source);
        if let Some((_, first)) = self.source_names.get(&name).copied() {
            return self.duplicate(&name, place, first, "give one of the two sources another name");
        }
        let id = SourceRef(self.symbols.sources.len() as u32);
        self.source_names.insert(name.clone(), (id, place));
        let title = item.title.map_or(name.as_str().into(), |title| self.told(source, title));
        let stale = item.stale_after.map(|days| self.text(source, days).replace('_', ""));
        self.cited.push(false);
        let read = Source {
            name: name.into(),
            title,
            medium: self.arc(source, item.medium),
            target: self.told(source, item.target),
            dated: item.dated.and_then(|span| self.date(source, span)),
            accessed: item.accessed.and_then(|span| self.date(source, span)),
            stale_after_days: stale.and_then(|days| days.parse().ok()),
            place,
        };
        self.symbols.sources.push(read);
    }

    pub(super) fn date(&mut self, source: SourceId, span: Span) -> Option<Date> {
        let text = self.text(source, span);
        let date = text.parse::<Date>().ok();
        if date.is_none() {
            self.report(source, &ResolveError::Date { text: text.to_string(), span });
        }
        date
    }

    /// What a set of clauses says.
    pub(super) fn said(&mut self, clauses: &Clauses, source: SourceId) -> Provenance {
        let Some(set) = &clauses.0 else { return Provenance::default() };
        self.implied.extend(set.implied.map(|name| name.at(source)));
        Provenance {
            citation: set.from.and_then(|from| self.citation(from, source)),
            owner: set.by.map(|by| self.text(source, by).into()),
            reason: set.because.map(|because| self.told(source, because)),
            implied: set.implied.map(|name| self.text(source, name).into()),
        }
    }

    /// What a set of clauses says by itself; nothing is shared.
    pub(super) fn own(&mut self, clauses: &Clauses, source: SourceId) -> Arc<Provenance> {
        let nobody = self.nobody.clone();
        self.said_in(clauses, source, &nobody)
    }

    /// What a set of clauses says on top of what its block says.
    pub(super) fn said_in(&mut self, clauses: &Clauses, source: SourceId, block: &Arc<Provenance>) -> Arc<Provenance> {
        match &clauses.0 {
            Some(set) if set.from.is_some() || set.by.is_some() || set.because.is_some() || set.implied.is_some() => {
                let said = self.said(clauses, source);
                Arc::new(merged(said, block))
            }
            _ => block.clone(),
        }
    }

    fn citation(&mut self, from: From, source: SourceId) -> Option<Citation> {
        let id = self.source_named(source, from.source)?;
        let locator = from.locator.map(|span| unbroken(self.text(source, span))).filter(|text| !text.is_empty());
        Some(Citation { source: id, locator: locator.map(Into::into) })
    }

    /// The source of a name; it counts as cited.
    pub(super) fn source_named(&mut self, source: SourceId, span: Span) -> Option<SourceRef> {
        let name = self.full(source, span);
        if let Some((id, _)) = self.source_names.get(&name) {
            self.cited[id.0 as usize] = true;
            return Some(*id);
        }
        if !self.symbols.is_broken(&name) {
            let otherwise = format!("declare it: `source {name} \"title\" = document \"…\" dated …`");
            let help = did_you_mean(&name, self.source_names.keys().map(String::as_str), &otherwise);
            let what = "source".to_string();
            self.report(source, &ResolveError::Unknown { what, name: name.clone(), help, span });
        }
        Some(self.made_up_source(name, span.at(source)))
    }

    /// What stands for a source that is not declared, so that it is reported once and nothing lacks a citation.
    fn made_up_source(&mut self, name: String, place: crate::text::Place) -> SourceRef {
        let id = SourceRef(self.symbols.sources.len() as u32);
        self.source_names.insert(name.clone(), (id, place));
        self.cited.push(true);
        let (name, title): (Arc<str>, Arc<str>) = (name.as_str().into(), name.into());
        let (medium, target) = ("document".into(), "".into());
        let (dated, accessed, stale_after_days) = (None, None, None);
        self.symbols.sources.push(Source { name, title, medium, target, dated, accessed, stale_after_days, place });
        id
    }
}
