//! One line of a case: the change, checked against the type of what it changes.

use std::sync::Arc;

use crate::model::{
    Change, Definition, Expr, ExprKind, Formula, Piece, Provenance, Ranged, Role, Type, VariableId, Window,
};
use crate::resolve::{Owner, Written};
use crate::syntax::ast::{self, Periods, Value};
use crate::text::{Span, unbroken};
use crate::units::Dimension;

use super::bare::Holder;
use super::cases::{as_line, as_piece, is_percent};
use super::define::{self, Site};
use super::error::CheckError;
use super::infer::{Infer, constant};
use super::path::Changer;
use super::ranges::Constants;
use super::signature::Signature;

impl Changer<'_, '_, '_> {
    /// What the line does to a variable.
    pub fn change(&mut self, id: VariableId, window: Option<Window>, provenance: &Arc<Provenance>) -> Option<Change> {
        let change = self.asked(id, window, provenance)?;
        let constants = match &change {
            Change::Set(definition) => definition.pieces.iter().map(|piece| &piece.formula.expr).collect(),
            Change::Scale(by) => vec![&by.expr],
            _ => Vec::new(),
        };
        let place = self.span.at(self.source);
        let mut numbers = constants.into_iter().filter_map(super::infer::constant);
        numbers.all(|number| self.checker.above_zero(id, number, place)).then_some(change)
    }

    fn asked(&mut self, id: VariableId, window: Option<Window>, provenance: &Arc<Provenance>) -> Option<Change> {
        match self.change {
            ast::Change::Set(value) => self.set(id, value, window, provenance).map(Change::Set),
            ast::Change::Low => self.end(id, false, window, provenance),
            ast::Change::High => self.end(id, true, window, provenance),
            ast::Change::Candidate(from) => self.candidate(id, *from, window, provenance),
            ast::Change::Plus(by) => self.shift(id, by, false),
            ast::Change::Minus(by) => self.shift(id, by, true),
            ast::Change::Times(by) => self.scale(id, by),
            ast::Change::Broken => None,
        }
    }

    fn set(
        &mut self,
        id: VariableId,
        value: &Value,
        window: Option<Window>,
        provenance: &Arc<Provenance>,
    ) -> Option<Definition> {
        let variable = self.model.variable(id);
        let (pieces, interpolation) = match value {
            Value::Scalar(expr) => (vec![as_piece(expr, self.source, window, provenance)], None),
            Value::Series { pieces, interpolation } => {
                let mut lowered = Vec::new();
                for (at, piece) in pieces.iter().enumerate() {
                    let (_, window) = self.periods(&piece.periods)?;
                    let behind = self.pieces.get(at).unwrap_or(provenance);
                    lowered.push(as_piece(&piece.value, self.source, Some(window), behind));
                }
                (lowered, *interpolation)
            }
        };
        if matches!(value, Value::Series { .. }) && variable.time.is_none() {
            let what = format!("`{}`", variable.path);
            let help = "write one value".to_string();
            return self.say(&CheckError::NoTime { what, help, span: self.path.span });
        }
        let mut line = as_line(pieces, None, self.path.span.at(self.source));
        line.interpolation = interpolation;
        let expected = Signature {
            ty: Some(variable.ty.clone()),
            time: variable.time,
            series: variable.series,
            unit: Some(variable.unit.clone()),
            circular: false,
        };
        let site = Site { owner: Owner::Book, name: variable.path.clone(), expected, elsewhere: None };
        let defined = define::define(self.checker, &line, &site, None);
        let is_sound = defined.problems.is_empty();
        self.problems.extend(defined.problems);
        is_sound.then(|| (*defined.outcome.definition).clone())
    }

    fn end(
        &mut self,
        id: VariableId,
        high: bool,
        window: Option<Window>,
        provenance: &Arc<Provenance>,
    ) -> Option<Change> {
        let (variable, touched) = (self.model.variable(id), window.unwrap_or(Window::WHOLE));
        let mut pieces = Vec::new();
        for ranged in &variable.ranges {
            let Some(window) = ranged.window.common(touched) else { continue };
            let point = variable.definition.pieces.iter().find(|piece| piece.window.common(window).is_some());
            let point = point.and_then(|piece| constant(&piece.formula.expr));
            let Some(expr) = end_of(ranged, high, point, &variable.ty) else {
                let message =
                    format!("the ends of `{}` are not written, and its spread has to be computed", ranged.spread.text);
                let help = "write the value itself; studies work out where one in twenty lies beyond".to_string();
                return self.say(&CheckError::NoRange { message, help, span: self.span });
            };
            let formula = Arc::new(Formula { expr, text: if high { "high" } else { "low" }.into() });
            pieces.push(Piece {
                window,
                formula,
                role: provenance.role(),
                provenance: provenance.clone(),
                place: self.span.at(self.source),
            });
        }
        if pieces.is_empty() {
            let error = CheckError::no_range(self.model, variable, window, self.span);
            return self.say(&error);
        }
        Some(Change::Set(Definition { pieces, interpolation: None }))
    }

    fn candidate(
        &mut self,
        id: VariableId,
        from: ast::From,
        window: Option<Window>,
        provenance: &Arc<Provenance>,
    ) -> Option<Change> {
        let variable = self.model.variable(id);
        let name = from.source.of(self.text).to_string();
        let source_of = |provenance: &Provenance| {
            provenance.citation.as_ref().map(|citation| self.model.source(citation.source).name.clone())
        };
        let found =
            variable.candidates.iter().find(|candidate| source_of(&candidate.provenance).as_deref() == Some(&name));
        let Some(found) = found else {
            let names: Vec<Arc<str>> =
                variable.candidates.iter().filter_map(|candidate| source_of(&candidate.provenance)).collect();
            let help = match names.is_empty() {
                true => "add one: `also given NAME = … from SOURCE`".to_string(),
                false => format!("it has candidates from {}", crate::resolve::listed(&names)),
            };
            let path = variable.path.to_string();
            return self.say(&CheckError::NoCandidate { path, name, help, span: from.source });
        };
        let mut merged = (*found.provenance).clone();
        merged.reason = provenance.reason.clone().or(merged.reason);
        merged.owner = provenance.owner.clone().or(merged.owner);
        let merged = Arc::new(merged);
        let inside = |piece: &Window| Window {
            first: piece.first.max(window.map_or(0, |window| window.first)),
            last: piece.last.min(window.map_or(usize::MAX, |window| window.last)),
        };
        let pieces = found.pieces.iter().map(|(piece, formula)| (inside(piece), formula));
        let pieces = pieces.filter(|(window, _)| window.first <= window.last).map(|(window, formula)| Piece {
            window,
            formula: formula.clone(),
            role: Role::Given,
            provenance: merged.clone(),
            place: found.place,
        });
        Some(Change::Set(Definition { pieces: pieces.collect(), interpolation: None }))
    }

    fn shift(&mut self, id: VariableId, by: &ast::Expr, negative: bool) -> Option<Change> {
        let variable = self.model.variable(id);
        if is_percent(by) {
            return self.percent(variable.ty == Type::Number(Dimension::RATIO), by, negative);
        }
        let ty = variable.ty.clone();
        self.no_bare_shift(id, by)?;
        let formula = self.amount(id, by, &ty)?;
        if !negative {
            return Some(Change::Shift(Arc::new(formula)));
        }
        let Formula { expr, text } = formula;
        let (ty, time, span) = (expr.ty.clone(), expr.time, expr.span);
        let kind = match expr.kind {
            crate::model::ExprKind::Number(number) => crate::model::ExprKind::Number(-number),
            _ => crate::model::ExprKind::Unary { op: crate::model::UnaryOp::Minus, operand: Box::new(expr) },
        };
        let expr = crate::model::Expr { kind, ty, time, span };
        Some(Change::Shift(Arc::new(Formula { expr, text: format!("-{text}").into() })))
    }

    /// A shift of a value in per cent is in points.
    fn no_bare_shift(&mut self, id: VariableId, by: &ast::Expr) -> Option<()> {
        let variable = self.model.variable(id);
        let written = Written { expr: by.clone(), source: self.source };
        let holder = Holder { moves: true, ..Holder::new(&variable.path, Some(&variable.unit)) };
        match self.checker.unit_of_list((&[&written], &[]), &holder) {
            Ok(_) => Some(()),
            Err(problems) => {
                self.problems.extend(problems);
                None
            }
        }
    }

    fn percent(&mut self, is_ratio: bool, by: &ast::Expr, negative: bool) -> Option<Change> {
        let number = by.tree.text.trim_end_matches('%').trim();
        let sign = if negative { "-" } else { "+" };
        let factor = number.parse::<f64>().map(|number| if negative { 100.0 - number } else { 100.0 + number });
        let factor = factor.map_or("105".to_string(), |factor| crate::units::significant(factor, 6));
        let help = match is_ratio {
            true => format!("say `{sign} {number} pp` for points, or `* {factor}%` for a share of it"),
            false => format!("a relative change is `* {factor}%`"),
        };
        let text = format!("{sign} {}", by.tree.text);
        let (problem, asked) = match is_ratio {
            true => ("can be read in two ways", format!("{number}% of it, or {number} points?")),
            false => ("does not say of what", format!("{number}% of it?")),
        };
        self.say(&CheckError::Percent { text, problem, help, span: by.span, asked })
    }

    fn scale(&mut self, id: VariableId, by: &ast::Expr) -> Option<Change> {
        let formula = self.amount(id, by, &Type::Number(Dimension::RATIO))?;
        Some(Change::Scale(Arc::new(formula)))
    }

    /// The amount of a shift or a scale, of a type.
    fn amount(&mut self, id: VariableId, by: &ast::Expr, ty: &Type) -> Option<Formula> {
        let variable = self.model.variable(id);
        let written = Written { expr: by.clone(), source: self.source };
        let mut infer = Infer::new(self.checker, &written, Owner::Book, variable.time);
        let mut built = infer.root_on(Some(ty), variable.time);
        let (problems, unsound) = (std::mem::take(&mut infer.problems), infer.unsound);
        self.problems.extend(problems);
        if unsound || !built.known {
            return None;
        }
        if super::infer::fits(&built, ty) {
            super::infer::adopt(&mut built, ty);
        }
        if built.expr.ty != *ty || !matches!(variable.ty, Type::Number(_)) {
            let (declared, found) = (self.checker.words(ty), self.checker.words(&built.expr.ty));
            let name = format!("the change of {}", variable.path);
            let help = "a shift has the unit of the value, a factor none".to_string();
            return self.say(&CheckError::Declared { name, declared, found, help, span: by.span });
        }
        if built.expr.time.is_some() && built.expr.time != variable.time {
            return self.say(&CheckError::NotOneValue { what: by.tree.text.to_string(), span: by.span });
        }
        Some(Formula { expr: built.expr, text: by.tree.text.as_ref().into() })
    }

    /// The line as written, without clauses.
    pub fn shown(&self) -> Arc<str> {
        let path = &self.path.tree.text;
        let text = match self.change {
            ast::Change::Set(Value::Scalar(expr)) => format!("{path} = {}", expr.tree.text),
            ast::Change::Set(Value::Series { pieces, .. }) => {
                let piece = |piece: &ast::Piece| {
                    let start = match piece.periods {
                        Periods::One(span) | Periods::From(span) | Periods::Range(span, _) => span,
                    };
                    start.to(piece.value.span).of(self.text)
                };
                format!("{path} = {}", pieces.iter().map(piece).collect::<Vec<_>>().join(" | "))
            }
            ast::Change::Low => format!("{path} = low"),
            ast::Change::High => format!("{path} = high"),
            ast::Change::Candidate(source) => format!("{path} = from {}", source.source.of(self.text)),
            ast::Change::Plus(by) => format!("{path} + {}", by.tree.text),
            ast::Change::Minus(by) => format!("{path} - {}", by.tree.text),
            ast::Change::Times(by) => format!("{path} * {}", by.tree.text),
            ast::Change::Broken => path.to_string(),
        };
        unbroken(&text).into()
    }
}

/// An end of a range: as it is written, or worked out from written numbers.
fn end_of(ranged: &Ranged, high: bool, point: Option<f64>, ty: &Type) -> Option<Expr> {
    if let Some((low_end, high_end)) = ranged.spread.stated() {
        return Some((**if high { high_end } else { low_end }).clone());
    }
    let (least, most) = ranged.spread.ends(&Constants { point }).ok()?;
    let kind = ExprKind::Number(if high { most } else { least });
    Some(Expr { kind, ty: ty.clone(), time: None, span: Span::default() })
}
