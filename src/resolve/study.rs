//! Studies: their names, their cases, who stands behind them; and the calibrations that values are implied by.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{CaseId, Provenance};
use crate::syntax::ast::{ItemKind, Study, StudyLineKind, StudyWord};
use crate::text::{Place, SourceId, Span};

use super::Resolver;
use super::clause::merged;
use super::error::ResolveError;
use super::names::did_you_mean;
use super::symbols::StudyDef;

impl<'a> Resolver<'a> {
    /// Gathers the studies of the main book; a book under `as` lends its names only.
    pub(super) fn studies(&mut self) {
        let mut known: BTreeMap<&'a str, Place> = BTreeMap::new();
        for (source, item) in self.study_items() {
            let (name, place) = (self.text(source, item.name), item.name.at(source));
            match known.get(name).copied() {
                Some(first) => self.duplicate(name, place, first, "give one of the two studies another name"),
                None => {
                    known.insert(name, place);
                    let def = self.study(source, item);
                    self.symbols.studies.push(def);
                }
            }
        }
        self.symbols.studies.sort_by_key(|study| study.place);
        self.implied_by();
    }

    fn study_items(&self) -> Vec<(SourceId, &'a Study)> {
        let main = self.loaded.files.iter().filter(|file| file.space.is_empty());
        main.flat_map(|file| file.file.items.iter().map(|item| (file.source, item)))
            .filter_map(|(source, item)| match &item.kind {
                ItemKind::Study(study) => Some((source, study)),
                _ => None,
            })
            .collect()
    }

    fn study(&mut self, source: SourceId, item: &'a Study) -> StudyDef {
        let mut provenance = self.said(&item.clauses, source);
        let mut cases = Vec::new();
        for line in &item.lines {
            match &line.kind {
                StudyLineKind::Said(clauses) => {
                    self.clauses_once(source, &item.clauses, clauses);
                    provenance = merged(self.said(clauses, source), &provenance);
                }
                StudyLineKind::Cases(names) => {
                    cases.extend(names.iter().filter_map(|name| self.case_of(source, *name)))
                }
                _ => {}
            }
        }
        let owner = provenance.owner.take().or(self.symbols.book.owner.clone());
        let between = item.between.and_then(|(from, to)| self.case_of(source, from).zip(self.case_of(source, to)));
        StudyDef {
            name: self.text(source, item.name).into(),
            title: item.title.map(|title| self.told(source, title)),
            study: item.clone(),
            cases,
            between,
            provenance: Arc::new(Provenance { owner, ..provenance }),
            source,
            place: item.name.at(source),
        }
    }

    fn case_of(&mut self, source: SourceId, name: Span) -> Option<(CaseId, Span)> {
        self.case_named(source, name).map(|case| (case, name))
    }

    /// A value is implied by a calibration of this book, and by nothing else.
    fn implied_by(&mut self) {
        let mut implied = std::mem::take(&mut self.implied);
        implied.sort();
        implied.dedup();
        for place in implied {
            let name = self.text(place.source, place.span);
            let calibrates = |study: &&StudyDef| study.study.word == StudyWord::Calibrate;
            let known = self.symbols.studies.iter().filter(calibrates);
            if self.symbols.is_broken(name) || known.clone().any(|study| &*study.name == name) {
                continue;
            }
            let help = did_you_mean(name, known.map(|study| &*study.name), "declare it: `calibrate NAME { … }`");
            let (what, name, span) = ("calibration".to_string(), name.to_string(), place.span);
            self.report(place.source, &ResolveError::Unknown { what, name, help, span });
        }
    }
}
