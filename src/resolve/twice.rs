//! What is said twice where one is meant: fields, columns, bindings, names, files, findings.

use std::collections::BTreeMap;

use crate::diagnostic::Label;
use crate::model::CaseId;
use crate::syntax::ast::{Check, Clauses, Data, DataKey, Expr, Function, ItemKind, Tolerance, UseTarget};
use crate::text::{Place, SourceId, Span};

use super::error::ResolveError;
use super::import::beside;
use super::symbols::{FindingDef, FindingKind, ReconcileDef};
use super::{LoadedFile, Resolver};

/// Things of one sort by what makes two of them the same, each where it is first said.
pub(super) type Seen = BTreeMap<String, Place>;

/// What must be one in a whole book.
#[derive(Default)]
struct OfBook {
    data: Seen,
    reports: Seen,
    files: Seen,
}

impl<'a> Resolver<'a> {
    /// Refuses what the items of the book say twice.
    pub(super) fn said_twice(&mut self) {
        let loaded = self.loaded;
        let mut book = OfBook::default();
        for file in &loaded.files {
            let mut uses = Seen::new();
            for item in &file.file.items {
                self.within_item(file, &item.kind, &mut uses);
                if file.space.is_empty() {
                    self.within_book(file.source, &item.kind, &mut book);
                }
            }
        }
    }

    /// Keeps a thing, or says that it is there already; whether it is the first.
    pub(super) fn once(&mut self, seen: &mut Seen, key: String, what: String, place: Place) -> bool {
        let first = *seen.entry(key).or_insert(place);
        if first != place {
            let error = ResolveError::Twice { what, span: place.span };
            self.report(place.source, &error).labels.push(Label { place: first, text: "said first".to_string() });
        }
        first == place
    }

    /// What clauses say of a thing is not said of it again by others: those of a study's head in its lines, those of the
    /// last anchor behind the word that fills the gaps.
    pub(super) fn clauses_once(&mut self, source: SourceId, before: &Clauses, behind: &Clauses) {
        let said = |clauses: &Clauses| {
            let set = clauses.0.as_deref();
            let range = set.and_then(|set| set.range.as_ref()).map(|range| range.span);
            let from = set.and_then(|set| set.from).map(|from| from.source);
            let (by, because) = (set.and_then(|set| set.by), set.and_then(|set| set.because));
            let implied = set.and_then(|set| set.implied);
            [("range", range), ("from", from), ("by", by), ("because", because), ("implied by", implied)]
        };
        for ((word, first), (_, again)) in said(before).into_iter().zip(said(behind)) {
            let mut seen: Seen = first.map(|first| (word.to_string(), first.at(source))).into_iter().collect();
            if let Some(again) = again {
                self.once(&mut seen, word.to_string(), format!("`{word}`"), again.at(source));
            }
        }
    }

    fn within_item(&mut self, file: &LoadedFile, item: &'a ItemKind, uses: &mut Seen) {
        let source = file.source;
        match item {
            ItemKind::Use(item) => {
                let (span, key) = match item.what {
                    UseTarget::File(span) => (span, beside(&file_path(self, source), self.text(source, span))),
                    UseTarget::Library(span) => (span, self.text(source, span).to_string()),
                };
                let (what, alias) = (format!("`use {key}`"), item.alias.map(|alias| self.text(source, alias)));
                self.once(uses, format!("{key} as {alias:?}"), what, span.at(source));
            }
            ItemKind::Model(model) => {
                self.spans_once(source, model.fields.iter().map(|field| field.name).collect());
            }
            ItemKind::Function(function) => self.within_function(source, function),
            ItemKind::Data(data) => self.within_data(source, data),
            ItemKind::Report(report) => {
                self.spans_once(source, report.bindings.iter().map(|(name, _)| *name).collect());
            }
            _ => {}
        }
    }

    /// Parameters and `let`s share one set of names.
    fn within_function(&mut self, source: SourceId, function: &Function) {
        let names = function.parameters.iter().map(|parameter| parameter.name);
        let mut seen = Seen::new();
        for name in names.chain(function.lets.iter().map(|(name, _)| *name)) {
            let (text, place) = (self.text(source, name), name.at(source));
            let first = *seen.entry(text.to_string()).or_insert(place);
            if first != place {
                self.duplicate(text, place, first, "give one of the two another name");
            }
        }
    }

    /// A column of a file is the key, is mapped, or is ignored; a file may fill two names from one column.
    fn within_data(&mut self, source: SourceId, data: &Data) {
        let (DataKey::Entity(key) | DataKey::Period(key)) = data.key;
        let mapped = data.columns.iter().flat_map(|column| [Some(column.column), column.source_column]).flatten();
        let mut seen = Seen::new();
        for span in [key].into_iter().chain(mapped) {
            seen.entry(self.text(source, span).to_string()).or_insert(span.at(source));
        }
        for span in &data.ignored {
            let name = self.text(source, *span);
            self.once(&mut seen, name.to_string(), format!("what column `{name}` is"), span.at(source));
        }
        let mut rows = Seen::new();
        for span in &data.skipped {
            let name = self.text(source, *span);
            self.once(&mut rows, name.to_string(), format!("the row `{name}` that is skipped"), span.at(source));
        }
    }

    fn within_book(&mut self, source: SourceId, item: &'a ItemKind, book: &mut OfBook) {
        match item {
            ItemKind::Data(data) => {
                let name = self.text(source, data.name);
                self.once(&mut book.data, name.to_string(), format!("the data item `{name}`"), data.name.at(source));
            }
            ItemKind::Report(report) => {
                let name = self.text(source, report.name);
                self.once(&mut book.reports, name.to_string(), format!("the report `{name}`"), report.name.at(source));
                // Some disks tell no `A.md` from an `a.md`.
                let file = beside("", self.text(source, report.to));
                let what = format!("the file `{file}` of a report");
                self.once(&mut book.files, file.to_lowercase(), what, report.to.at(source));
            }
            _ => {}
        }
    }

    /// A claim has a name of its own; a check or a published figure is not another one's copy.
    pub(super) fn findings_twice(&mut self) {
        let mut seen = Seen::new();
        for at in 0..self.symbols.findings.len() {
            let def = &self.symbols.findings[at];
            let (source, place) = (def.source, def.place);
            let (key, what, place) = match &def.what {
                FindingKind::Check { check, case } => {
                    (self.check_key(def, check, *case), "this check".to_string(), place)
                }
                FindingKind::Reconcile(figure) => (figure_key(def, figure), "this published figure".to_string(), place),
                FindingKind::Claim { claim, .. } => {
                    let (name, place) = (self.text(source, claim.name), claim.name.at(source));
                    let holes: Vec<Span> = claim.holes.iter().map(|hole| hole.name).collect();
                    self.spans_once(source, holes);
                    (format!("claim {name}"), format!("the claim `{name}`"), place)
                }
                FindingKind::Output(_) => continue,
            };
            self.once(&mut seen, key, what, place);
        }
    }

    /// Names of one list, each once.
    fn spans_once(&mut self, source: SourceId, names: Vec<Span>) {
        let mut seen = Seen::new();
        for name in names {
            let text = self.text(source, name);
            self.once(&mut seen, text.to_string(), format!("`{text}`"), name.at(source));
        }
    }

    fn check_key(&self, def: &FindingDef, check: &Check, case: Option<CaseId>) -> String {
        let text = |span: Span| self.text(def.source, span);
        let binder = check.binder.as_ref();
        let each = binder.map(|each| (text(each.name), text(each.kind), each.filter.as_ref().map(plain)));
        let within = check.tolerance.as_ref().map(plain);
        format!("check {:?} {each:?} {} {within:?} {case:?}", def.owner, plain(&check.condition))
    }
}

fn figure_key(def: &FindingDef, figure: &ReconcileDef) -> String {
    let within = match &figure.tolerance {
        Some(Tolerance::Within(within)) => plain(within),
        Some(Tolerance::AsPrinted(_)) => "as printed".to_string(),
        None => String::new(),
    };
    let unit = figure.cell.as_ref().map(|unit| &*unit.symbol);
    let printed = figure.printed.map(|written| plain(&written.expr));
    let (what, from) = (plain(&figure.what.expr), &figure.provenance.citation);
    format!("{:?} {:?} {what} ~ {printed:?} {unit:?} {within} {from:?} {:?}", def.owner, figure.at, figure.case)
}

fn file_path(resolver: &Resolver, source: SourceId) -> String {
    resolver.loaded.sources.get(source).path.to_string()
}

/// An expression as it is written, whatever its blanks.
fn plain(expr: &Expr) -> String {
    crate::format::one_line(&expr.tree.text)
}
