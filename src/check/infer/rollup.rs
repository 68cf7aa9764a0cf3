//! Finer series in longer periods: flows sum, stocks take the last, prices average, rates compound, and ratios are
//! made again from their parts.

use std::sync::Arc;

use crate::builtin::Builtin;
use crate::calendar::Frequency;
use crate::model::{Argument, Binder, EntityId, Expr, ExprKind, Formula, LocalId, SeriesKind, Slot, VariableId};
use crate::resolve::Owner;
use crate::syntax::ast::NodeId;

use super::super::error::CheckError;
use super::super::signature::Signature;
use super::adds::Adds;
use super::{Built, Infer};

/// Whose attributes a formula's own names are, seen from where its parts are used.
#[derive(Debug, Clone, Copy)]
pub(super) enum Whose {
    Same,
    Entity(EntityId),
    Bound(Binder),
}

/// Why a ratio has no parts.
type Why = String;

impl<'c, 'a> Infer<'c, 'a> {
    /// A series in longer periods.
    pub(super) fn roll_up(&mut self, of: NodeId, built: Built, to: Frequency) -> Built {
        if !built.known {
            return built;
        }
        let (ty, series, unit, span) = (built.expr.ty.clone(), built.series, built.unit.clone(), built.expr.span);
        let is_name = matches!(built.expr.kind, ExprKind::Variable(_) | ExprKind::Own(_) | ExprKind::Bound { .. });
        let rolled = match self.adds(&built.expr) {
            Adds::ByParts | Adds::Steady | Adds::As(SeriesKind::Ratio) => self.by_parts(&built.expr, to),
            Adds::As(how) => Ok((self.rolled(built.expr, how, to, Whose::Same), how)),
            Adds::Unclear if is_name || series.is_none() => {
                let help = "define it as a series of its own: flow, stock, price, rate or ratio";
                return self.no_roll_up(of, to, "has no series kind".to_string(), help);
            }
            Adds::Unclear => {
                let help = format!(
                    "roll up its parts one by one, as in `{}(…)`, or give it a line of its own, whose word decides",
                    super::frequency::roll_up_function(to)
                );
                return self.no_roll_up(of, to, "adds up in more than one way".to_string(), &help);
            }
        };
        match rolled {
            Ok((expr, how)) => {
                Built { expr, ..Built::new(ExprKind::YesNo(true), ty, Some(to), span).adding(Some(how)).shown(unit) }
            }
            Err(why) => self.no_roll_up(of, to, why, "define the longer series itself, from parts that add up"),
        }
    }

    /// The same calculation on longer periods.
    fn by_parts(&mut self, expr: &Expr, to: Frequency) -> Result<(Expr, SeriesKind), Why> {
        self.parts(expr, to, Whose::Same, 0).map(|expr| (expr, SeriesKind::Ratio))
    }

    /// A part of a line's formula in longer periods; all of a ratio is made again from its parts.
    pub(super) fn part_rolled_up(&mut self, of: NodeId, built: Built, to: Frequency) -> Built {
        if !self.of_ratio || !built.known {
            return self.roll_up(of, built, to);
        }
        match self.by_parts(&built.expr, to) {
            Ok((expr, how)) => Built { expr, ..built }.adding(Some(how)),
            Err(_) => self.roll_up(of, built, to),
        }
    }

    /// A series that adds up by itself.
    fn rolled(&mut self, expr: Expr, how: SeriesKind, to: Frequency, whose: Whose) -> Expr {
        let average = if how == SeriesKind::Stock { self.average_balance(&expr, to, whose, 0) } else { None };
        average.unwrap_or_else(|| {
            let (ty, span) = (expr.ty.clone(), expr.span);
            let operand = Box::new(owned(self.checker, &expr, whose));
            Expr { kind: ExprKind::RollUp { operand, how }, ty, time: Some(to), span }
        })
    }

    fn no_roll_up(&mut self, of: NodeId, to: Frequency, why: String, help: &str) -> Built {
        let what = format!("`{}`", self.text_of(of));
        let (to, help) = (to.word().to_string(), help.to_string());
        self.fail(&CheckError::RollUp { what, to, help, span: self.at(of), why })
    }

    /// The same calculation on rolled-up parts.
    fn parts(&mut self, expr: &Expr, to: Frequency, whose: Whose, depth: usize) -> Result<Expr, Why> {
        if expr.time.is_none() {
            return Ok(owned(self.checker, expr, whose));
        }
        self.steps += 1;
        if depth > 200 || self.steps > super::LARGEST_FORMULA {
            return Err("is built on too many others".to_string());
        }
        let (ty, span) = (expr.ty.clone(), expr.span);
        let mut part = |inner: &Expr| self.parts(inner, to, whose, depth + 1);
        let kind = match &expr.kind {
            ExprKind::Variable(_) | ExprKind::Own(_) | ExprKind::Bound { .. } | ExprKind::Member { .. } => {
                return self.leaf(expr, to, whose, depth);
            }
            ExprKind::Unary { op, operand } => ExprKind::Unary { op: *op, operand: Box::new(part(operand)?) },
            ExprKind::Binary { op, left, right } => {
                ExprKind::Binary { op: *op, left: Box::new(part(left)?), right: Box::new(part(right)?) }
            }
            ExprKind::If { condition, then, otherwise } => ExprKind::If {
                condition: Box::new(part(condition)?),
                then: Box::new(part(then)?),
                otherwise: Box::new(part(otherwise)?),
            },
            ExprKind::Compare { operands, ops } => {
                let operands = operands.iter().map(part).collect::<Result<_, _>>()?;
                ExprKind::Compare { operands, ops: ops.clone() }
            }
            ExprKind::Let { local, value, body } => {
                let value = Box::new(part(value)?);
                self.rolled.push(*local);
                let body = self.parts(body, to, whose, depth + 1);
                self.rolled.pop();
                ExprKind::Let { local: *local, value, body: Box::new(body?) }
            }
            ExprKind::Inlined { function, body } => {
                ExprKind::Inlined { function: function.clone(), body: Box::new(part(body)?) }
            }
            ExprKind::Local(local) => return self.argument(*local, expr, to, depth),
            ExprKind::Call { builtin: Builtin::Days | Builtin::YearsSince, .. } => expr.kind.clone(),
            // The average over a year is that of its opening and its closing.
            ExprKind::Call { builtin, arguments } if is_pointwise(*builtin) || *builtin == Builtin::Average => {
                let arguments = arguments.iter().map(|argument| match argument {
                    Argument::Expr(expr) => part(expr).map(Argument::Expr),
                    other => Ok(other.clone()),
                });
                ExprKind::Call { builtin: *builtin, arguments: arguments.collect::<Result<_, _>>()? }
            }
            _ => return Err("looks at other periods, so it has no parts to add up".to_string()),
        };
        Ok(Expr { kind, ty, time: Some(to), span })
    }

    /// What was given to the function that rolls it up.
    fn argument(&mut self, local: LocalId, expr: &Expr, to: Frequency, depth: usize) -> Result<Expr, Why> {
        if self.rolled.contains(&local) {
            return Ok(Expr { time: Some(to), ..expr.clone() });
        }
        let held = self.held.iter().rev().find(|(other, ..)| *other == local);
        match held.map(|(_, series, value)| (*series, value.clone())) {
            Some((Some(SeriesKind::Ratio), held)) => self.parts(&held, to, Whose::Same, depth + 1),
            Some((Some(how), _)) => {
                let kind = ExprKind::RollUp { operand: Box::new(expr.clone()), how };
                Ok(Expr { kind, ty: expr.ty.clone(), time: Some(to), span: expr.span })
            }
            _ => Err("has a part without a series kind".to_string()),
        }
    }

    fn leaf(&mut self, expr: &Expr, to: Frequency, whose: Whose, depth: usize) -> Result<Expr, Why> {
        let signature = self.leaf_signature(expr, whose);
        match signature.and_then(|signature| signature.series) {
            None => Err("has a part without a series kind".to_string()),
            Some(SeriesKind::Ratio) => {
                let (formula, whose) = self.ratio_formula(expr, whose)?;
                self.parts(&formula.expr, to, whose, depth + 1)
            }
            Some(how) => Ok(self.rolled(expr.clone(), how, to, whose)),
        }
    }

    pub(super) fn leaf_signature(&mut self, expr: &Expr, whose: Whose) -> Option<Signature> {
        match &expr.kind {
            ExprKind::Variable(variable) => Some(self.checker.entry(*variable)),
            ExprKind::Member { members, .. } => members.first().map(|(_, variable)| self.checker.entry(*variable)),
            ExprKind::Own(slot) => self.own_signature(*slot, whose),
            ExprKind::Bound { binder, slot } => {
                let kind = self.kind_of(*binder)?;
                Some(self.checker.attribute(kind, *slot))
            }
            _ => None,
        }
    }

    fn own_signature(&mut self, slot: Slot, whose: Whose) -> Option<Signature> {
        match whose {
            Whose::Entity(entity) => Some(self.checker.slot(entity, slot)),
            Whose::Bound(binder) => {
                let kind = self.kind_of(binder)?;
                Some(self.checker.attribute(kind, slot))
            }
            Whose::Same => match self.owner {
                Owner::Kind(kind) => Some(self.checker.attribute(kind, slot)),
                Owner::Entity(entity) => Some(self.checker.slot(entity, slot)),
                Owner::Book => None,
            },
        }
    }

    fn kind_of(&self, binder: Binder) -> Option<crate::model::KindId> {
        self.kinds.iter().find_map(|(other, kind)| (*other == binder).then_some(*kind))
    }

    /// The one formula of a ratio, and whose names it uses.
    pub(super) fn ratio_formula(&mut self, expr: &Expr, whose: Whose) -> Result<(Arc<Formula>, Whose), Why> {
        let (variable, whose): (Option<VariableId>, Whose) = match (&expr.kind, whose) {
            (ExprKind::Variable(variable), _) => {
                let entity = self.checker.symbols.entries[variable.0 as usize].entity;
                (Some(*variable), entity.map_or(Whose::Same, Whose::Entity))
            }
            (ExprKind::Own(slot), Whose::Entity(entity)) => (self.slot_variable(entity, *slot), whose),
            (ExprKind::Own(slot), Whose::Same) => match self.owner {
                Owner::Entity(entity) => (self.slot_variable(entity, *slot), Whose::Same),
                _ => return self.kind_formula(*slot, None),
            },
            (ExprKind::Own(slot), Whose::Bound(binder)) => return self.kind_formula(*slot, Some(binder)),
            (ExprKind::Bound { binder, slot }, _) => return self.kind_formula(*slot, Some(*binder)),
            _ => return Err("is a ratio of several entities".to_string()),
        };
        let variable = variable.ok_or("has no formula")?;
        let formulas = self.checker.formulas(variable);
        self.specific |= matches!(whose, Whose::Same) && self.checker.is_specific(variable);
        let name = self.checker.symbols.entries[variable.0 as usize].path.clone();
        one_formula(formulas, &name).map(|formula| (formula, whose))
    }

    fn slot_variable(&self, entity: EntityId, slot: Slot) -> Option<VariableId> {
        self.checker.symbols.entity(entity).slots.get(slot.0 as usize).copied()
    }

    fn kind_formula(&mut self, slot: Slot, binder: Option<Binder>) -> Result<(Arc<Formula>, Whose), Why> {
        let kind = match (binder, self.owner) {
            (Some(binder), _) => self.kind_of(binder),
            (None, Owner::Kind(kind)) => Some(kind),
            _ => None,
        };
        let kind = kind.ok_or("has no formula")?;
        let def = self.checker.symbols.kind(kind);
        let name = def.attributes[slot.0 as usize].name.clone();
        match binder {
            None => self.opened.push(slot),
            Some(_) => {
                let other = def.entities.iter().find(|entity| self.checker.has_own_line(**entity, slot));
                if let Some(entity) = other {
                    let entity = &self.checker.symbols.entity(*entity).name;
                    return Err(format!("is a ratio whose formula is another one in `{entity}`"));
                }
            }
        }
        let formulas = self.checker.kind_formulas(kind, slot);
        one_formula(formulas, &name).map(|formula| (formula, binder.map_or(Whose::Same, Whose::Bound)))
    }

    /// How what a name stands for adds up.
    pub(super) fn series_of(&mut self, expr: &Expr) -> Option<SeriesKind> {
        self.leaf_signature(expr, Whose::Same).and_then(|signature| signature.series)
    }
}

fn one_formula(formulas: Vec<(Arc<Formula>, bool)>, name: &str) -> Result<Arc<Formula>, Why> {
    let mut formulas = formulas.into_iter();
    let Some((first, is_derived)) = formulas.next() else { return Err(format!("`{name}` has no formula")) };
    if !is_derived {
        return Err(format!("`{name}` is a ratio that is stated, so it has no parts"));
    }
    match formulas.all(|(other, _)| other.expr == first.expr) {
        true => Ok(first),
        false => Err(format!("`{name}` has different formulas in different periods")),
    }
}

/// An expression whose own names are said to be another's.
pub(super) fn owned(checker: &super::Checker, expr: &Expr, whose: Whose) -> Expr {
    let mut expr = expr.clone();
    if !matches!(whose, Whose::Same) {
        rename(checker, &mut expr, whose);
    }
    expr
}

fn rename(checker: &super::Checker, expr: &mut Expr, whose: Whose) {
    match (&mut expr.kind, whose) {
        (ExprKind::Own(slot), Whose::Entity(entity)) => {
            if let Some(variable) = checker.symbols.entity(entity).slots.get(slot.0 as usize) {
                expr.kind = ExprKind::Variable(*variable);
            }
        }
        (ExprKind::Own(slot), Whose::Bound(binder)) => expr.kind = ExprKind::Bound { binder, slot: *slot },
        _ => expr.each_child_mut(|child| rename(checker, child, whose)),
    }
}

/// Functions of one period's values only.
pub(super) fn is_pointwise(builtin: crate::builtin::Builtin) -> bool {
    use crate::builtin::Builtin::*;
    matches!(
        builtin,
        Abs | Sqrt | Exp | Ln | Log10 | Floor | Ceil | Round | Min | Max | Interpolate | IsMissing | OrElse
    )
}
