//! Cases: their names, what each builds on, and who stands behind each line.

use std::sync::Arc;

use crate::model::{About, CaseId, Provenance};
use crate::syntax::ast::{Case, Change, ItemKind, Override, Value};
use crate::text::{Place, SourceId, Span};

use super::Resolver;
use super::clause::merged;
use super::error::ResolveError;
use super::names::did_you_mean;
use super::speech::{Head, Held, Part, Road, Speech};
use super::symbols::{CaseDef, CaseLine, Named, Written};
use super::twice::Seen;

impl<'a> Resolver<'a> {
    /// Gives every case its id before anything names one; `base` is the first, declared or not.
    pub(super) fn declare_cases(&mut self) {
        let root = self.loaded.files.first().map_or(SourceId(0), |file| file.source);
        let place = Span::default().at(root);
        let (name, label) = ("base".into(), "Base".into());
        let base = CaseDef {
            name,
            label,
            extends: None,
            about: Vec::new(),
            probability: None,
            lines: Vec::new(),
            source: root,
            place,
        };
        self.symbols.cases.push(base);
        self.case_names.insert("base".to_string(), CaseId::BASE);
        for (source, item) in self.case_items() {
            let (name, place) = (self.text(source, item.name), item.name.at(source));
            match self.case_names.get(name) {
                Some(id) if *id != CaseId::BASE || self.symbols.cases[0].place != Span::default().at(root) => {
                    let first = self.symbols.cases[id.0 as usize].place;
                    self.duplicate(name, place, first, "put both cases' lines into one, or rename one");
                }
                Some(_) => self.symbols.cases[0].place = place,
                None => {
                    let id = CaseId(self.symbols.cases.len() as u32);
                    let name: Arc<str> = name.into();
                    self.case_names.insert(name.to_string(), id);
                    let (label, extends, lines) = (name.clone(), Some(CaseId::BASE), Vec::new());
                    let about = Vec::new();
                    self.symbols.cases.push(CaseDef {
                        name,
                        label,
                        extends,
                        about,
                        probability: None,
                        lines,
                        source,
                        place,
                    });
                }
            }
        }
    }

    fn case_items(&self) -> Vec<(SourceId, &'a Case)> {
        let main = self.loaded.files.iter().filter(|file| file.space.is_empty());
        main.flat_map(|file| file.file.items.iter().map(|item| (file.source, item)))
            .filter_map(|(source, item)| match &item.kind {
                ItemKind::Case(case) => Some((source, case)),
                _ => None,
            })
            .collect()
    }

    /// Fills the declared cases.
    pub(super) fn cases(&mut self) {
        for (source, item) in self.case_items() {
            let place = item.name.at(source);
            if let Some(at) = self.symbols.cases.iter().position(|case| case.place == place) {
                self.case(at, source, item);
            }
        }
        self.refuse_case_rings();
    }

    fn case(&mut self, at: usize, source: SourceId, item: &Case) {
        let extends = match item.extends {
            Some(span) => self.case_named(source, span).or(Some(CaseId::BASE)),
            None => Some(CaseId::BASE),
        };
        let owner = self.symbols.book.owner.clone();
        let nobody = Arc::new(Provenance { owner, ..Provenance::default() });
        let said = self.said(&item.clauses, source);
        let head = Head::new(Arc::new(merged(said, &nobody)));
        let mut lines = Vec::with_capacity(item.overrides.len());
        for line in item.overrides.iter().filter(|line| !matches!(line.change, Change::Broken)) {
            if let Change::Candidate(from) = &line.change {
                self.source_named(source, from.source);
            }
            lines.push(self.case_line(source, line, &head));
        }
        let label = item.label.map(|label| self.told(source, label));
        let probability = item.probability.clone().map(|expr| Written { expr, source });
        let (mut about, mut seen) = (Vec::new(), Seen::new());
        for span in &item.about {
            let Some(what) = self.about_what(source, *span) else { continue };
            let name = format!("`{}`", self.text(source, *span));
            self.once(&mut seen, format!("{what:?}"), name, span.at(source));
            about.push(what);
        }
        let case = &mut self.symbols.cases[at];
        case.about = about;
        (case.source, case.lines, case.probability) = (source, lines, probability);
        case.label = label.unwrap_or_else(|| case.label.clone());
        if at > 0 {
            case.extends = extends;
        }
    }

    /// A line and who stands behind each part of it: what cites a source itself is given, everything else is a
    /// judgement.
    fn case_line(&mut self, source: SourceId, line: &Override, head: &Head) -> CaseLine {
        let before = self.problems.len();
        let said = self.own(&line.clauses, source);
        let pieces = match &line.change {
            Change::Set(Value::Series { pieces, .. }) => pieces.as_slice(),
            _ => &[],
        };
        if let Some(last) = pieces.last() {
            self.clauses_once(source, &last.clauses, &line.clauses);
        }
        // What has happened is in no case, so all of it is estimates.
        let part = |own, span| Part { held: Held::Estimated, period: None, own, literal: true, span };
        let mut parts = Vec::with_capacity(pieces.len().max(1));
        for (at, piece) in pieces.iter().enumerate() {
            let own = match at + 1 == pieces.len() {
                true => self.said_in(&piece.clauses, source, &said),
                false => self.own(&piece.clauses, source),
            };
            parts.push(part(own, piece.value.span));
        }
        if pieces.is_empty() {
            parts.push(part(said, line.path.span));
        }
        let name = self.text(source, line.path.span);
        let speech = Speech { verb: None, road: Road::Case, is_series: false, name, source, head, parts: &parts };
        let mut silent = self.problems.len() > before;
        let mut spoken: Vec<_> = self.speak(&speech, &mut silent).into_iter().map(|(_, said)| said).collect();
        let provenance = spoken.last().cloned().unwrap_or_default();
        if pieces.is_empty() {
            spoken.clear();
        }
        CaseLine { line: line.clone(), provenance, pieces: spoken }
    }

    /// The kind or the entity that a case is about.
    fn about_what(&mut self, source: SourceId, span: Span) -> Option<About> {
        match self.symbols.names.get(&self.full(source, span)) {
            Some(Named::Kind(kind)) => Some(About::Kind(*kind)),
            _ => self.entity_named(source, span, None).map(About::Entity),
        }
    }

    /// The case of a name.
    pub(super) fn case_named(&mut self, source: SourceId, span: Span) -> Option<CaseId> {
        let name = self.text(source, span);
        if let Some(id) = self.case_names.get(name) {
            return Some(*id);
        }
        if !self.symbols.is_broken(name) {
            let names = self.case_names.keys().map(String::as_str);
            let help = did_you_mean(name, names, &format!("declare it: `case {name} \"label\" {{}}`"));
            let (what, name) = ("case".to_string(), name.to_string());
            self.report(source, &ResolveError::Unknown { what, name, help, span });
        }
        None
    }

    fn refuse_case_rings(&mut self) {
        for start in 1..self.symbols.cases.len() {
            let mut chain = vec![start];
            while let Some(CaseId(next)) = self.symbols.cases[chain[chain.len() - 1]].extends {
                if let Some(from) = chain.iter().position(|at| *at == next as usize) {
                    let place = self.symbols.cases[next as usize].place;
                    self.case_ring(&chain[from..], place);
                    break;
                }
                chain.push(next as usize);
            }
        }
    }

    fn case_ring(&mut self, ring: &[usize], place: Place) {
        let names: Vec<&str> = ring.iter().chain(&ring[..1]).map(|at| &*self.symbols.cases[*at].name).collect();
        let chain = names.join(" from ");
        self.report(place.source, &ResolveError::CaseCycle { chain, span: place.span });
        self.symbols.cases[ring[ring.len() - 1]].extends = Some(CaseId::BASE);
    }
}
