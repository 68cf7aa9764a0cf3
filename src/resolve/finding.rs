//! Checks, published figures, claims, outputs and reports, each with whose names it uses.

use std::sync::Arc;

use crate::model::{CaseId, Provenance};
use crate::syntax::ast::{Clauses, ItemKind, LineKind, Reconcile};
use crate::text::{Place, SourceId, Span};

use super::symbols::{FindingDef, FindingKind, Owner, ReconcileDef, ReportDef, Written};
use super::{LoadedFile, Resolver};

impl<'a> Resolver<'a> {
    /// Gathers what the main book is held against and asked for; a book under `as` lends its names only.
    pub(super) fn findings(&mut self) {
        let loaded = self.loaded;
        for file in loaded.files.iter().filter(|file| file.space.is_empty()) {
            for item in &file.file.items {
                self.item_findings(file, &item.kind, item.span.at(file.source));
            }
        }
        self.symbols.findings.sort_by_key(|finding| finding.place);
    }

    fn item_findings(&mut self, file: &LoadedFile, item: &ItemKind, place: Place) {
        let source = file.source;
        let nobody = Arc::new(Provenance::default());
        match item {
            ItemKind::Line(line) => self.finding(line, source, Owner::Book, place, &nobody),
            ItemKind::Kind(kind) => {
                let Some(id) = self.kind_at(source, kind) else { return };
                self.block_findings(&kind.lines, &kind.clauses, source, Owner::Kind(id));
            }
            ItemKind::Entity(entity) => {
                let Some(id) = self.entity_at(source, entity.name) else { return };
                self.block_findings(&entity.lines, &entity.clauses, source, Owner::Entity(id));
            }
            ItemKind::Report(report) => {
                let case = self.case_or_base(source, report.case);
                self.symbols.reports.push(ReportDef { report: report.clone(), case, source, place });
            }
            _ => {}
        }
    }

    fn block_findings(
        &mut self,
        lines: &[crate::syntax::ast::Line],
        clauses: &Clauses,
        source: SourceId,
        owner: Owner,
    ) {
        let said = self.said_in(clauses, source, &Arc::new(Provenance::default()));
        for line in lines {
            self.finding(&line.kind, source, owner, line.span.at(source), &said);
        }
    }

    fn finding(&mut self, line: &LineKind, source: SourceId, owner: Owner, place: Place, said: &Arc<Provenance>) {
        match line {
            LineKind::Check(check) => {
                let case = check.case.and_then(|case| self.case_named(source, case));
                self.add_finding(owner, place, FindingKind::Check { check: check.clone(), case });
            }
            LineKind::Reconcile(reconcile) => {
                let def = self.reconcile(reconcile, source, said);
                self.add_finding(owner, place, FindingKind::Reconcile(Box::new(def)));
            }
            LineKind::Claim(claim) => {
                let case = self.case_or_base(source, claim.case);
                self.add_finding(owner, place, FindingKind::Claim { claim: claim.clone(), case });
            }
            LineKind::Output(outputs) => {
                for output in outputs {
                    self.unnamed(&output.what, source);
                    let place = output.what.span.at(source);
                    self.add_finding(owner, place, FindingKind::Output(output.clone()));
                }
            }
            LineKind::Inputs(_) | LineKind::Definition(_) | LineKind::Broken => {}
        }
    }

    fn add_finding(&mut self, owner: Owner, place: Place, what: FindingKind) {
        self.symbols.findings.push(FindingDef { owner, source: place.source, place, what });
    }

    fn reconcile(&mut self, item: &Reconcile, source: SourceId, said: &Arc<Provenance>) -> ReconcileDef {
        ReconcileDef {
            what: Written { expr: item.what.clone(), source },
            at: None,
            printed: item.printed.map(|expr| Written { expr: expr.clone(), source }),
            cell: None,
            tolerance: item.tolerance.clone(),
            case: self.case_or_base(source, item.case),
            disputed: item.disputed.map(|span| self.told(source, span)),
            provenance: self.said_in(&item.clauses, source, said),
        }
    }

    fn case_or_base(&mut self, source: SourceId, span: Option<Span>) -> CaseId {
        span.and_then(|span| self.case_named(source, span)).unwrap_or(CaseId::BASE)
    }
}
