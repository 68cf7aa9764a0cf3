//! Checks, claims, outputs and reports: hidden variables for what they look at.

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::format::one_line;
use crate::model::{
    self, Condition, Definition, EntityId, Expr, ExprKind, Formula, Hole, MissingCode, Model, Provenance,
    ReportBinding, ReportItem, Role, Tolerance, Type, Variable, VariableId, Window,
};
use crate::resolve::{FindingDef, FindingKind, Owner, ReportDef, Written, told, unescaped};
use crate::syntax::ast::{self, NodeKind};
use crate::text::{Place, SourceId, Sources, Span};
use crate::units::Unit;

use super::checker::Checker;
use super::error::CheckError;
use super::infer::{Built, Infer, Meaning};
use super::page::page;

/// What a finding is read with.
pub(super) struct Reader<'r> {
    pub model: &'r mut Model,
    pub sources: &'r Sources,
    pub owner: Owner,
    pub source: SourceId,
    pub place: Place,
}

impl Reader<'_> {
    pub fn text(&self, span: Span) -> &str {
        self.sources.get(self.source).slice(span)
    }

    pub fn arc(&self, span: Span) -> Arc<str> {
        unescaped(self.text(span)).into()
    }

    /// A text for people, on one line.
    pub fn told(&self, span: Span) -> Arc<str> {
        told(self.text(span)).into()
    }

    pub fn entity(&self) -> Option<EntityId> {
        match self.owner {
            Owner::Entity(entity) => Some(entity),
            Owner::Book | Owner::Kind(_) => None,
        }
    }

    pub fn written(&self, expr: &ast::Expr) -> Written {
        Written { expr: expr.clone(), source: self.source }
    }

    /// Adds a hidden variable, called as its formula is set; the places in the formula are places in the text as it is written.
    pub fn hide(&mut self, checker: &mut Checker, built: Built, text: Arc<str>) -> VariableId {
        let unit = match &built.expr.ty {
            Type::Number(dimension) => {
                let of_expr = built.unit.clone().filter(|unit| unit.dimension == *dimension);
                of_expr.unwrap_or_else(|| checker.unit_of(dimension))
            }
            Type::Text | Type::YesNo => Unit::ratio(),
        };
        let name: Arc<str> = one_line(&text).into();
        let time = built.expr.time;
        let line = time.and_then(|time| checker.symbols.timelines.get(time));
        let window = line.map_or(Window::WHOLE, |line| Window { first: 0, last: line.len - 1 });
        let piece = model::Piece {
            window,
            formula: Arc::new(Formula { expr: built.expr.clone(), text }),
            role: Role::Derived,
            provenance: Arc::new(Provenance::default()),
            place: self.place,
        };
        let id = VariableId(self.model.variables.len() as u32);
        self.model.variables.push(Variable {
            path: name.clone(),
            name,
            label: None,
            entity: self.entity(),
            index: None,
            ty: built.expr.ty,
            time,
            series: built.series,
            unit,
            definition: Arc::new(Definition { pieces: vec![piece], interpolation: None }),
            ranges: Vec::new(),
            candidates: Vec::new(),
            hidden: true,
            place: self.place,
        });
        id
    }
}

impl Checker<'_> {
    /// Reads everything the book is held against and asked for.
    pub(super) fn findings(&mut self, model: &mut Model, sources: &Sources) {
        let symbols = self.symbols;
        for def in &symbols.findings {
            let owners: Vec<Owner> = match def.owner {
                Owner::Kind(kind) => symbols.kind(kind).entities.iter().map(|entity| Owner::Entity(*entity)).collect(),
                owner => vec![owner],
            };
            for owner in owners {
                let before = self.problems.len();
                let reader = Reader { model, sources, owner, source: def.source, place: def.place };
                self.finding(reader, def);
                if self.problems.len() > before && matches!(def.owner, Owner::Kind(_)) {
                    break;
                }
            }
        }
    }

    fn finding(&mut self, mut reader: Reader, def: &FindingDef) {
        match &def.what {
            FindingKind::Check { check, case } => self.check_line(&mut reader, check, *case),
            FindingKind::Reconcile(reconcile) => self.reconcile(&mut reader, reconcile),
            FindingKind::Claim { claim, case } => self.claim(&mut reader, claim, *case),
            FindingKind::Output(output) => self.output(&mut reader, output),
        }
    }

    /// An expression of a finding, if it is sound.
    pub(super) fn looked_at(
        &mut self,
        reader: &Reader,
        expr: &ast::Expr,
        bound: Option<(&str, EntityId)>,
    ) -> Option<Built> {
        let written = reader.written(expr);
        let mut infer = Infer::new(self, &written, reader.owner, None);
        if let Some((name, entity)) = bound {
            infer = infer.with_entity(name, entity);
        }
        let built = infer.root(None);
        let (problems, unsound) = (std::mem::take(&mut infer.problems), infer.unsound);
        self.problems.extend(problems);
        (built.known && !unsound).then_some(built)
    }

    fn check_line(&mut self, reader: &mut Reader, check: &ast::Check, case: Option<model::CaseId>) {
        let Some(binder) = &check.binder else {
            return self.check_one(reader, check, case, None);
        };
        let (name, kind) = (reader.text(binder.name).to_string(), reader.text(binder.kind).to_string());
        let Some(crate::resolve::Named::Kind(kind)) = self.symbols.named(reader.source, &kind) else {
            let kinds: Vec<&str> = self.symbols.kinds.iter().map(|kind| &*kind.name).collect();
            let help = crate::resolve::did_you_mean(&kind, kinds, "declare it: `kind NAME { … }`");
            let (what, span) = ("kind".to_string(), binder.kind);
            let error = crate::resolve::ResolveError::Unknown { what, name: kind, help, span };
            self.problems.push(Problem::new(reader.source, &error));
            return;
        };
        let symbols = self.symbols;
        for entity in &symbols.kind(*kind).entities {
            let before = self.problems.len();
            self.check_one(reader, check, case, Some((&name, *entity)));
            if self.problems.len() > before {
                break;
            }
        }
    }

    fn check_one(
        &mut self,
        reader: &mut Reader,
        check: &ast::Check,
        case: Option<model::CaseId>,
        bound: Option<(&str, EntityId)>,
    ) {
        let filter = match check.binder.as_ref().and_then(|binder| binder.filter.as_ref()) {
            Some(filter) => match self.yes_no(reader, filter, bound) {
                Some(filter) => Some(filter),
                None => return,
            },
            None => None,
        };
        let Some(built) = self.yes_no(reader, &check.condition, bound) else { return };
        let text: Arc<str> = one_line(&check.condition.tree.text).into();
        let tolerance = check
            .tolerance
            .as_ref()
            .map(|tolerance| self.within(reader, tolerance, (&built.expr, built.unit.as_ref()), bound));
        if matches!(tolerance, Some(None)) {
            return;
        }
        let condition = self.condition_of(reader, built, filter, tolerance.flatten(), &check.condition.tree.text);
        let entity = bound.map(|(_, entity)| entity).or(reader.entity());
        let message = check.message.map(|span| reader.told(span));
        let place = reader.place;
        reader.model.checks.push(model::Check { alert: check.alert, condition, case, message, entity, text, place });
    }

    fn yes_no(&mut self, reader: &Reader, expr: &ast::Expr, bound: Option<(&str, EntityId)>) -> Option<Built> {
        let built = self.looked_at(reader, expr, bound)?;
        if built.expr.ty == Type::YesNo {
            return Some(built);
        }
        let what = self.words(&built.expr.ty);
        let message = format!("a condition is wanted here, and this is {what}");
        let help = "compare it with something: `x > 0`".to_string();
        let error = CheckError::WrongKind { message, help, span: expr.span, label: what };
        self.problems.push(Problem::new(reader.source, &error));
        None
    }

    /// A comparison of two numbers keeps its sides apart, so that a report can show both.
    fn condition_of(
        &mut self,
        reader: &mut Reader,
        built: Built,
        filter: Option<Built>,
        tolerance: Option<Tolerance>,
        text: &str,
    ) -> Condition {
        let time = built.expr.time;
        if let ExprKind::Compare { operands, ops } = &built.expr.kind
            && let ([left, right], [op]) = (operands.as_slice(), ops.as_slice())
            && matches!(left.ty, Type::Number(_))
        {
            let unit = self.unit_of_sides(left, right, reader.entity());
            let mut side = |expr: &Expr| {
                let part = text.get(expr.span.start as usize..expr.span.end as usize).unwrap_or(text);
                let expr = only_where(expr.clone(), filter.as_ref());
                let built = Built { expr, ..built.clone() }.shown(unit.clone());
                reader.hide(self, built, part.into())
            };
            return Condition::Compare { left: side(left), op: *op, right: side(right), tolerance };
        }
        let expr = only_where(built.expr, filter.as_ref());
        let expr = Expr { time: expr.time.or(time), ..expr };
        let built = Built::new(ExprKind::YesNo(true), Type::YesNo, expr.time, expr.span);
        Condition::Holds(reader.hide(self, Built { expr, ..built }, text.into()))
    }

    fn claim(&mut self, reader: &mut Reader, claim: &ast::Claim, case: model::CaseId) {
        let condition = self.yes_no(reader, &claim.condition, None);
        let mut holes = Vec::new();
        let mut names = Vec::new();
        for hole in &claim.holes {
            let name = reader.arc(hole.name);
            names.push(name.to_string());
            let Some(built) = self.looked_at(reader, &hole.value, None) else { continue };
            let value = reader.hide(self, built, hole.value.tree.text.as_ref().into());
            holes.push(Hole { name, value, format: hole.format.map(|span| reader.text(span).trim().into()) });
        }
        let sentence = reader.told(claim.sentence);
        self.sentence_holes(reader, claim.sentence, &sentence, &names);
        let Some(condition) = condition else { return };
        if condition.expr.time.is_some() {
            return self.not_one(reader, &claim.condition);
        }
        let text: Arc<str> = one_line(&claim.condition.tree.text).into();
        let condition = reader.hide(self, condition, claim.condition.tree.text.as_ref().into());
        let (name, place) = (reader.arc(claim.name), reader.place);
        reader.model.claims.push(model::Claim { name, sentence, condition, text, case, holes, place });
    }

    /// Every `{name}` of a sentence needs a value.
    fn sentence_holes(&mut self, reader: &Reader, span: Span, sentence: &str, names: &[String]) {
        for part in sentence.split('{').skip(1) {
            let Some((name, _)) = part.split_once('}') else { continue };
            if names.iter().any(|other| other == name.trim()) {
                continue;
            }
            let what = "value in this sentence".to_string();
            let help = format!("say `with {} = …`", name.trim());
            let error = crate::resolve::ResolveError::Unknown { what, name: name.trim().to_string(), help, span };
            self.problems.push(Problem::new(reader.source, &error));
        }
    }

    pub(super) fn not_one(&mut self, reader: &Reader, expr: &ast::Expr) {
        let what = one_line(&expr.tree.text);
        let error = CheckError::NotOneValue { what, span: expr.span };
        self.problems.push(Problem::new(reader.source, &error));
    }

    /// Reads the `report` items.
    pub(super) fn reports(&mut self, model: &mut Model, sources: &Sources) {
        let symbols = self.symbols;
        for def in &symbols.reports {
            let reader = Reader { model, sources, owner: Owner::Book, source: def.source, place: def.place };
            self.report_item(reader, def);
        }
    }

    fn report_item(&mut self, mut reader: Reader, def: &ReportDef) {
        let report = &def.report;
        let mut bindings = Vec::new();
        for (name, value) in &report.bindings {
            if let Some(binding) = self.binding(&mut reader, value) {
                bindings.push((reader.arc(*name), binding));
            }
        }
        let name = reader.arc(report.name);
        let to = match page(self.symbols.book.reports.as_deref(), &reader.arc(report.to), report.to) {
            Ok(to) => to.into(),
            Err(error) => {
                self.problems.push(Problem::new(reader.source, &*error));
                return;
            }
        };
        let item = ReportItem {
            title: report.title.map_or_else(|| name.clone(), |title| reader.told(title)),
            name,
            template: reader.arc(report.template),
            to,
            case: def.case,
            bindings,
            place: reader.place,
        };
        reader.model.reports.push(item);
    }

    fn binding(&mut self, reader: &mut Reader, value: &ast::Expr) -> Option<ReportBinding> {
        let root = value.tree.root;
        if let NodeKind::Text(span) = value.tree.node(root).kind {
            return Some(ReportBinding::Text(unescaped(value.tree.slice(span)).into()));
        }
        if matches!(value.tree.node(root).kind, NodeKind::Name(_) | NodeKind::Field { .. }) {
            let written = reader.written(value);
            let mut infer = Infer::new(self, &written, Owner::Book, None);
            match infer.meaning(root) {
                Meaning::Entity(model::EntityRef::Fixed(entity), _) => return Some(ReportBinding::Entity(entity)),
                Meaning::Kind(kind) => return Some(ReportBinding::Kind(kind)),
                _ => {}
            }
        }
        let built = self.looked_at(reader, value, None)?;
        let text: Arc<str> = value.tree.text.as_ref().into();
        Some(ReportBinding::Variable(self.shown_variable(reader, built, text)))
    }
}

/// A value that is there where a filter holds only.
fn only_where(expr: Expr, filter: Option<&Built>) -> Expr {
    let Some(filter) = filter else { return expr };
    let (ty, time, span) = (expr.ty.clone(), expr.time.or(filter.expr.time), expr.span);
    let reason = Some("left out by the filter".into());
    let nothing = ExprKind::Missing { code: MissingCode::X, reason };
    let otherwise = Expr { kind: nothing, ty: ty.clone(), time: None, span };
    let kind =
        ExprKind::If { condition: Box::new(filter.expr.clone()), then: Box::new(expr), otherwise: Box::new(otherwise) };
    Expr { kind, ty, time, span }
}
