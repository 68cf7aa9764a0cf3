//! An assumption that nothing rests on: no formula, check, study or report reads it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::eval::{Name, names};
use crate::model::{
    Asked, Change, Expr, Factor, KindId, Model, Override, ReportBinding, Role, Study, StudyKind, Variable, VariableId,
};

use super::book::{Book, hint};
use super::error::HintError;

/// Looks at every assumption of a book that asks for something.
pub fn look(book: &Book) -> Vec<Problem> {
    if !asks(book.model) {
        return Vec::new();
    }
    let mut read = Read::of(book.model);
    read.named = named_in_reports(book);
    let mut seen = BTreeSet::new();
    let assumed = |id: &VariableId| {
        let pieces = &book.model.variable(*id).definition.pieces;
        !pieces.is_empty() && pieces.iter().all(|piece| piece.role == Role::Assumed)
    };
    let unread = book.variables().filter(assumed).filter(|id| !read.holds(*id));
    let once = unread.filter(|id| seen.insert(key(book.model, *id)));
    once.map(|id| unused(book.model, id)).collect()
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
fn named_in_reports(book: &Book) -> BTreeSet<String> {
    let bound = book.model.reports.iter().flat_map(|report| &report.bindings);
    let texts = bound.filter_map(|(_, binding)| match binding {
        ReportBinding::Text(text) => Some(&**text),
        _ => None,
    });
    let texts = texts.chain(book.templates.iter().map(String::as_str));
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
            read.spread(variable);
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
        names(expr, |name, _| match name {
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
        });
    }

    fn spread(&mut self, variable: &Variable) {
        let all = variable.ranges.iter().flat_map(|ranged| ranged.spread.exprs());
        all.for_each(|expr| self.expr(variable, expr));
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

    fn study(&mut self, study: &Study) {
        let (asked, factors) = parts(study);
        asked.iter().for_each(|asked| self.variable(asked.variable));
        factors.iter().for_each(|factor| self.variable(factor.variable));
    }
}

/// What a study asks for, and what it names to be varied.
fn parts(study: &Study) -> (Vec<&Asked>, Vec<&Factor>) {
    match &study.kind {
        StudyKind::Grid(grid) => (grid.outputs.iter().collect(), grid.axes.iter().map(|axis| &axis.factor).collect()),
        StudyKind::Tornado(tornado) => (tornado.outputs.iter().collect(), tornado.over.iter().collect()),
        StudyKind::Simulate(simulate) => {
            let asked = simulate.outputs.iter().chain(&simulate.predicates).collect();
            (asked, simulate.vary.iter().map(|vary| &vary.factor).chain(&simulate.pin).collect())
        }
        StudyKind::Calibrate(calibrate) => {
            let asked = calibrate.targets.iter().map(|target| &target.output).collect();
            (asked, calibrate.free.iter().map(|free| &free.factor).collect())
        }
        StudyKind::Bridge(bridge) => (bridge.outputs.iter().collect(), Vec::new()),
        StudyKind::Discover(discover) => {
            let factors = discover.vary.iter().map(|vary| &vary.factor).chain(&discover.pin).collect();
            (vec![&discover.predicate], factors)
        }
    }
}
