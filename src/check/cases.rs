//! Cases: which variables each line changes, in which periods, and that no two lines change one cell.

use std::collections::HashMap;
use std::sync::Arc;

use crate::calendar::Frequency;
use crate::diagnostic::{Label, Problem};
use crate::model::{Case, Model, Override, Provenance, VariableId, Window};
use crate::resolve::{CaseDef, CaseLine, Content, Line, Owner, Written};
use crate::syntax::ast::{self, Mark, NodeKind};
use crate::text::decimal::shifted;
use crate::text::{Place, SourceId, Sources, Span};

use super::bare::in_per_cent;
use super::checker::Checker;
use super::error::CheckError;
use super::infer::Infer;
use super::path::{Changer, Target};

/// What one line of a case wrote.
struct Written1 {
    variable: VariableId,
    window: Option<Window>,
    over: bool,
    place: Place,
}

impl Checker<'_> {
    /// Reads every case.
    pub(super) fn cases(&mut self, model: &mut Model, sources: &Sources) {
        let symbols = self.symbols;
        for def in &symbols.cases {
            let probability = def.probability.as_ref().and_then(|written| self.probability(written));
            let overrides = self.case_lines(model, sources, def);
            let (name, label, extends, place) = (def.name.clone(), def.label.clone(), def.extends, def.place);
            let about = def.about.clone();
            model.cases.push(Case { name, label, extends, about, probability, overrides, place });
        }
    }

    fn probability(&mut self, written: &Written) -> Option<f64> {
        let mut infer = Infer::new(self, written, Owner::Book, None);
        let built = infer.root(None);
        let problems = std::mem::take(&mut infer.problems);
        self.problems.extend(problems);
        let number = built.constant().filter(|number| (0.0..=1.0).contains(number));
        if number.is_none() && built.known {
            let message = "a probability is a constant between 0% and 100%".to_string();
            let help = format!("write it as a percentage: `prob {}`", in_per_cent(&written.expr, "25%"));
            let place = written.place();
            let error = CheckError::Probability { message, help, span: place.span };
            self.problems.push(Problem::new(place.source, &error));
        }
        number
    }

    fn case_lines(&mut self, model: &Model, sources: &Sources, def: &CaseDef) -> Vec<Override> {
        let text = sources.get(def.source).text.clone();
        self.layer(model, &text, def.source, &def.lines)
    }

    /// The changes of some lines that are laid together: no two write one cell, but for those that say `over`.
    pub(super) fn layer(&mut self, model: &Model, text: &str, source: SourceId, lines: &[CaseLine]) -> Vec<Override> {
        let mut overrides: Vec<(bool, Override)> = Vec::new();
        let mut writes: HashMap<VariableId, Vec<Written1>> = HashMap::new();
        for CaseLine { line, provenance, pieces } in lines {
            for change in self.case_line(model, text, source, line, (provenance, pieces)) {
                let write =
                    Written1 { variable: change.variable, window: change.window, over: line.over, place: change.place };
                let before = writes.entry(write.variable).or_default();
                if self.written_once(model, before, &write) {
                    overrides.push((line.over, change));
                    before.push(write);
                }
            }
        }
        overrides.sort_by_key(|(over, _)| *over);
        overrides.into_iter().map(|(_, change)| change).collect()
    }

    /// Whether no earlier line of the case writes the same cell with the same right.
    fn written_once(&mut self, model: &Model, writes: &[Written1], write: &Written1) -> bool {
        let same = |other: &&Written1| other.over == write.over && touch(other.window, write.window);
        let Some(first) = writes.iter().find(same) else { return true };
        let path = model.variable(write.variable).path.to_string();
        let is_reported =
            self.problems.last().is_some_and(|last| last.code == "cases::twice" && last.place() == Some(write.place));
        if first.place != write.place && !is_reported {
            let error = CheckError::Twice { path, span: write.place.span };
            let mut problem = Problem::new(write.place.source, &error);
            problem.labels.push(Label { place: first.place, text: "written first".to_string() });
            self.problems.push(problem);
        }
        false
    }

    /// The changes of one line: one for each variable that its path names.
    pub(super) fn case_line(
        &mut self,
        model: &Model,
        text: &str,
        source: SourceId,
        line: &ast::Override,
        (provenance, pieces): (&Arc<Provenance>, &[Arc<Provenance>]),
    ) -> Vec<Override> {
        if matches!(line.change, ast::Change::Broken) {
            return Vec::new();
        }
        let (path, change, span) = (&line.path, &line.change, line.span);
        let mut changer =
            Changer { checker: self, model, text, source, path, change, span, pieces, problems: Vec::new() };
        let Some(target) = changer.target() else {
            let problems = changer.problems;
            self.problems.extend(problems);
            return Vec::new();
        };
        let mut changes = Vec::new();
        for variable in &target.variables {
            let Some(window) = changer.window(*variable, &target) else { break };
            let Some(change) = changer.change(*variable, window, provenance) else { break };
            let (text, place) = (changer.shown(), line.span.at(source));
            changes.push(Override { variable: *variable, window, change, provenance: provenance.clone(), text, place });
        }
        let problems = changer.problems;
        self.problems.extend(problems);
        changes
    }

    /// Probabilities must add up where something is weighted by them.
    pub(super) fn probabilities(&mut self, model: &Model) {
        let Some(place) = self.weighted else { return };
        let total: f64 = model.cases.iter().filter_map(|case| case.probability).sum();
        if (total - 1.0).abs() < 1e-9 {
            return;
        }
        let shown = crate::units::significant(shifted(total, 2), 6);
        let message = match model.cases.iter().any(|case| case.probability.is_some()) {
            true => format!("the probabilities of the cases add up to {shown}%, and a weighted value needs 100%"),
            false => "no case has a probability, and this value is weighted by them".to_string(),
        };
        let help = "say `prob 50%` on the cases that share in it".to_string();
        let error = CheckError::Probability { message, help, span: place.span };
        self.problems.push(Problem::new(place.source, &error));
    }
}

fn touch(one: Option<Window>, two: Option<Window>) -> bool {
    match (one, two) {
        (Some(one), Some(two)) => one.first <= two.last && two.first <= one.last,
        _ => true,
    }
}

/// Whether a number is written as a percentage.
pub(super) fn is_percent(expr: &ast::Expr) -> bool {
    matches!(&expr.tree.node(expr.tree.root).kind,
        NodeKind::Quantity(quantity) if quantity.mark == Some(Mark::Percent))
}

/// A case line's value as the plain form of a definition.
pub(super) fn as_line(pieces: Vec<crate::resolve::Piece>, frequency: Option<Frequency>, place: Place) -> Line {
    Line { owner: Owner::Book, series: None, unit: None, pinned: None, frequency, pieces, interpolation: None, place }
}

/// An expression of a case line as a piece.
pub(super) fn as_piece(
    expr: &ast::Expr,
    source: SourceId,
    window: Option<Window>,
    provenance: &Arc<Provenance>,
) -> crate::resolve::Piece {
    crate::resolve::Piece {
        window,
        content: Content::Written { written: Written { expr: expr.clone(), source }, cell: None },
        role: provenance.role(),
        provenance: provenance.clone(),
        range: None,
        place: expr.span.at(source),
    }
}

/// What a path leads to.
pub(super) fn whole(variables: Vec<VariableId>) -> Target {
    Target { variables, window: None, span: Span::default() }
}
