//! An assumption that nothing rests on: no formula, check, study or report reads it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::model::{
    Asked, Change, Expr, Factor, KindId, Model, Name, Override, Ranged, ReportBinding, Role, Study, StudyKind,
    Variable, VariableId, Vary,
};

use super::book::{Book, hint};
use super::error::HintError;

/// Looks at every assumption of a book that asks for something, unless a template of it cannot be read.
pub fn look(book: &Book) -> Vec<Problem> {
    let Some(templates) = book.beside.templates.filter(|_| asks(book.model)) else { return Vec::new() };
    let mut read = Read::of(book.model);
    read.named = named_in_reports(book.model, templates);
    let assumed = |id: &VariableId| {
        let pieces = &book.model.variable(*id).definition.pieces;
        !pieces.is_empty() && pieces.iter().all(|piece| piece.role == Role::Assumed)
    };
    let unread = book.variables().filter(assumed).filter(|id| !read.holds(*id));
    // A name is told once, and where it is meant in one entity, of the next.
    let mut seen = BTreeSet::new();
    let all = unread.map(|id| (id, unused(book.model, id)));
    let told = all.filter(|(id, problem)| book.is_meant(problem) || seen.insert(key(book.model, *id)));
    told.map(|(_, problem)| problem).collect()
}

/// Whether a book says what it is for.
fn asks(model: &Model) -> bool {
    let findings = model.checks.len() + model.reconciles.len() + model.claims.len();
    findings + model.outputs.len() + model.reports.len() + model.studies.len() > 0
}

/// What counts as one: a name of the book, or of the entities of a kind, with all its members.
type Key = (Option<KindId>, Arc<str>);

fn key(model: &Model, id: VariableId) -> Key {
    let variable = model.variable(id);
    (variable.entity.map(|entity| model.entity(entity).kind), variable.name.clone())
}

fn unused(model: &Model, id: VariableId) -> Problem {
    let variable = model.variable(id);
    let error = HintError::Unused { path: variable.path.to_string(), span: variable.place.span };
    hint(variable.place, &error)
}

/// The words of the book's own templates and of what its reports are told.
fn named_in_reports(model: &Model, templates: &[String]) -> BTreeSet<String> {
    let bound = model.reports.iter().flat_map(|report| &report.bindings);
    let texts = bound.filter_map(|(_, binding)| match binding {
        ReportBinding::Text(text) => Some(&**text),
        _ => None,
    });
    let texts = texts.chain(templates.iter().map(String::as_str));
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    texts.flat_map(|text| text.split(move |letter| !is_letter(letter))).map(str::to_string).collect()
}

/// What is read by something.
struct Read<'m> {
    model: &'m Model,
    keys: BTreeSet<Key>,
    /// Names that are read whatever they belong to.
    named: BTreeSet<String>,
}

impl<'m> Read<'m> {
    fn of(model: &'m Model) -> Read<'m> {
        let mut read = Read { model, keys: BTreeSet::new(), named: BTreeSet::new() };
        for variable in &model.variables {
            let pieces = variable.definition.pieces.iter();
            pieces.for_each(|piece| read.expr(variable, &piece.formula.expr));
            read.spreads(variable, &variable.ranges);
        }
        let overrides = model.cases.iter().flat_map(|case| &case.overrides);
        overrides.for_each(|change| read.change(change));
        model.outputs.iter().for_each(|output| read.variable(output.variable));
        model.studies.iter().for_each(|study| read.study(study));
        for (_, binding) in model.reports.iter().flat_map(|report| &report.bindings) {
            if let ReportBinding::Variable(id) = binding {
                read.variable(*id);
            }
        }
        read
    }

    fn holds(&self, id: VariableId) -> bool {
        let variable = self.model.variable(id);
        let is_rate = variable.path.starts_with("fx.");
        self.keys.contains(&key(self.model, id)) || self.named.contains(&*variable.name) || is_rate
    }

    fn variable(&mut self, id: VariableId) {
        self.keys.insert(key(self.model, id));
    }

    fn expr(&mut self, owner: &Variable, expr: &Expr) {
        expr.names(|name, _| match name {
            Name::Variable(id) | Name::Member(id) => self.variable(id),
            Name::Own(slot) => {
                if let Some(entity) = owner.entity {
                    self.variable(self.model.entity(entity).variable(slot));
                }
            }
            Name::Each(kind, slot) => {
                if let Some(attribute) = self.model.kind(kind).attributes.get(slot.0 as usize) {
                    self.keys.insert((Some(kind), attribute.name.clone()));
                }
            }
            Name::Kind(_) => {}
        });
    }

    /// What the ends, the mean or the values of spreads are made of.
    fn spreads(&mut self, owner: &Variable, ranges: &[Ranged]) {
        let all = ranges.iter().flat_map(|ranged| ranged.spread.exprs());
        all.for_each(|expr| self.expr(owner, expr));
    }

    fn change(&mut self, change: &Override) {
        let owner = self.model.variable(change.variable);
        match &change.change {
            Change::Set(definition) => {
                definition.pieces.iter().for_each(|piece| self.expr(owner, &piece.formula.expr));
            }
            Change::Shift(amount) | Change::Scale(amount) => self.expr(owner, &amount.expr),
        }
    }

    /// What a study asks for, what it names to be varied, and what its own spreads are made of; levels, bounds and targets are
    /// constants.
    fn study(&mut self, study: &Study) {
        match &study.kind {
            StudyKind::Grid(grid) => {
                self.asked(&grid.outputs);
                self.factors(grid.axes.iter().map(|axis| &axis.factor));
            }
            StudyKind::Tornado(tornado) => {
                self.asked(&tornado.outputs);
                self.factors(&tornado.over);
            }
            StudyKind::Simulate(simulate) => {
                self.asked(simulate.outputs.iter().chain(&simulate.predicates));
                self.drawn(&simulate.vary, &simulate.pin);
            }
            StudyKind::Calibrate(calibrate) => {
                self.asked(calibrate.targets.iter().map(|target| &target.output));
                self.factors(calibrate.free.iter().map(|free| &free.factor));
            }
            StudyKind::Bridge(bridge) => self.asked(&bridge.outputs),
            StudyKind::Discover(discover) => {
                self.asked([&discover.predicate]);
                self.drawn(&discover.vary, &discover.pin);
            }
        }
    }

    fn asked<'s>(&mut self, all: impl IntoIterator<Item = &'s Asked>) {
        all.into_iter().for_each(|asked| self.variable(asked.variable));
    }

    fn factors<'s>(&mut self, all: impl IntoIterator<Item = &'s Factor>) {
        all.into_iter().for_each(|factor| self.variable(factor.variable));
    }

    fn drawn(&mut self, vary: &[Vary], pin: &[Factor]) {
        self.factors(vary.iter().map(|vary| &vary.factor).chain(pin));
        for vary in vary {
            self.spreads(self.model.variable(vary.factor.variable), &vary.ranges);
        }
    }
}
