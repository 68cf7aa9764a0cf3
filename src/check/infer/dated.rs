//! Which rate an amount takes, and of which period: read off the series in a formula, so that no way of writing a
//! linear formula changes it.

use std::rc::Rc;

use crate::builtin::Builtin;
use crate::calendar::Frequency;
use crate::model::{Argument, BinaryOp, Expr, ExprKind, LocalId, SeriesKind, Type, UnaryOp};
use crate::text::Span;
use crate::units::Base;

use super::exchange::Exchange;
use super::{Infer, constant};

/// What of an expression decides how it is converted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dated {
    /// The series that decides; nothing if there is none.
    pub series: Option<Decides>,
    /// Why there is no one rate.
    pub clash: Option<Clash>,
    /// An amount without periods, which takes the rate of what it is added to.
    pub loose: Option<Span>,
    /// Whether the conversion belongs inside: into other periods or another case.
    pub inside: bool,
}

/// A series, by its kind and by the period that is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decides {
    pub kind: SeriesKind,
    pub when: When,
    pub span: Span,
}

/// The period of an amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum When {
    /// So many periods after the one in hand.
    Here {
        frequency: Frequency,
        periods: i32,
    },
    /// So many periods after one that is named.
    There {
        frequency: Frequency,
        index: usize,
        periods: i32,
    },
    Several,
}

/// Two readings of a conversion.
#[derive(Debug, Clone, Copy)]
pub(super) enum Clash {
    /// One takes the closing rate and the other the average.
    Kinds(Decides, Decides),
    /// An amount of another period, times a series of this one.
    Periods(Decides, Decides),
    /// An amount without periods beside several.
    Loose(Span, Decides),
    /// A function that is not linear, of amounts of several periods or cases.
    Function(Span),
}

impl Decides {
    pub fn is_closing(&self) -> bool {
        self.kind == SeriesKind::Stock
    }

    fn is_now(&self) -> bool {
        matches!(self.when, When::Here { periods: 0, .. })
    }
}

impl When {
    pub fn is_several(self) -> bool {
        matches!(self, When::Several)
    }

    fn is(self, other: When) -> bool {
        match (self, other) {
            (When::Here { frequency: one, periods: a }, When::Here { frequency: two, periods: b }) => {
                one == two && a == b
            }
            (
                When::There { frequency: one, index: a, periods: by },
                When::There { frequency: two, index: b, periods: other },
            ) => one == two && a as i64 + i64::from(by) == b as i64 + i64::from(other),
            _ => false,
        }
    }

    fn later(self, by: i32) -> When {
        match self {
            When::Here { frequency, periods } => When::Here { frequency, periods: periods.saturating_add(by) },
            When::There { frequency, index, periods } => {
                When::There { frequency, index, periods: periods.saturating_add(by) }
            }
            When::Several => When::Several,
        }
    }

    fn at(self, index: usize) -> When {
        match self {
            When::Here { frequency, periods } => When::There { frequency, index, periods },
            other => other,
        }
    }
}

impl Dated {
    fn of(kind: SeriesKind, when: When, span: Span) -> Dated {
        Dated { series: Some(Decides { kind, when, span }), ..Dated::default() }
    }

    /// Two that are added, compared or chosen from.
    fn beside(self, other: Dated) -> Dated {
        let kinds = match (self.series, other.series) {
            (Some(one), Some(two)) if one.is_closing() != two.is_closing() => Some(Clash::Kinds(one, two)),
            _ => None,
        };
        let series = match (self.series, other.series) {
            (Some(one), Some(two)) if !one.when.is(two.when) => Some(Decides { when: When::Several, ..one }),
            (one, two) => one.or(two),
        };
        Dated {
            series,
            clash: self.clash.or(other.clash).or(kinds),
            loose: self.loose.or(other.loose),
            inside: self.inside || other.inside,
        }
    }

    /// An amount times or over what is none.
    fn scaled(self, by: Dated, span: Span) -> Dated {
        let clash = match (self.series, by.series) {
            (Some(one), Some(two)) if one.is_closing() != two.is_closing() => Some(Clash::Kinds(one, two)),
            (Some(one), Some(two)) if !one.is_now() && !one.when.is(two.when) => Some(Clash::Periods(one, two)),
            (None, Some(two)) if two.when.is_several() => Some(Clash::Loose(span, two)),
            _ => None,
        };
        Dated {
            series: self.series.or(by.series),
            clash: self.clash.or(by.clash).or(clash),
            loose: self.loose.filter(|_| self.series.is_some() || by.series.is_none()),
            inside: self.inside,
        }
    }

    /// An amount times a number of some period.
    fn of_kind_beside(self, number: Dated) -> Dated {
        let clash = match (self.series, number.series) {
            (Some(one), Some(two)) if one.is_closing() != two.is_closing() => Some(Clash::Kinds(one, two)),
            _ => None,
        };
        Dated { clash: self.clash.or(number.clash).or(clash), ..self }
    }

    /// What is looked up in other periods converts there.
    fn elsewhere(self, span: Span, when: impl Fn(When) -> When) -> Dated {
        let series = self.series.map(|series| Decides { when: when(series.when), span, ..series });
        Dated { series, clash: self.clash, loose: None, inside: self.inside || self.loose.is_some() }
    }

    fn over_time(self, span: Span) -> Dated {
        Dated { inside: true, ..self.elsewhere(span, |_| When::Several) }
    }
}

impl Infer<'_, '_> {
    /// What decides how an expression is converted.
    pub(super) fn dated(&mut self, expr: &Expr, exchange: Exchange) -> Dated {
        if let Some(dated) = self.dated_nodes.get(&std::ptr::from_ref(expr)) {
            return *dated;
        }
        let dated = stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.dated_node(expr, exchange));
        self.dated_nodes.insert(std::ptr::from_ref(expr), dated);
        dated
    }

    /// What is known of nodes and locals is of one conversion.
    pub(super) fn forget_dates(&mut self) {
        self.dates.clear();
        self.dated_nodes.clear();
    }

    fn dated_node(&mut self, expr: &Expr, exchange: Exchange) -> Dated {
        match &expr.kind {
            ExprKind::Number(number) if *number == 0.0 => Dated::default(),
            ExprKind::Number(_) => self.untimed(expr),
            ExprKind::Variable(_) | ExprKind::Own(_) | ExprKind::Bound { .. } => self.named(expr),
            ExprKind::Member { members, .. } => {
                let each = members.iter().map(|(_, variable)| self.checker.entry(*variable).series);
                let kinds: Vec<SeriesKind> = each.flatten().collect();
                let all = kinds.into_iter().map(|kind| self.deciding(expr, kind));
                all.reduce(Dated::beside).unwrap_or_else(|| self.untimed(expr))
            }
            ExprKind::Local(local) => self.dated_local(*local, expr, exchange),
            ExprKind::Let { local, value, body } => {
                let dated = self.dated(value, exchange);
                self.dates.push((*local, dated));
                self.dated(body, exchange)
            }
            ExprKind::Inlined { body, .. } => self.dated(body, exchange),
            ExprKind::Shift { operand, periods } => {
                self.dated(operand, exchange).elsewhere(expr.span, |when| when.later(*periods))
            }
            ExprKind::At { operand, index } => {
                self.dated(operand, exchange).elsewhere(expr.span, |when| when.at(*index))
            }
            ExprKind::RollUp { operand, how } => self.dated_roll_up(expr, operand, *how, exchange),
            ExprKind::Unary { op: UnaryOp::Minus, operand } => self.dated(operand, exchange),
            ExprKind::Binary { op: BinaryOp::Plus | BinaryOp::Minus, left, right } => {
                let left = self.dated(left, exchange);
                left.beside(self.dated(right, exchange))
            }
            ExprKind::Binary { op: BinaryOp::Times | BinaryOp::Over, left, right } => {
                self.dated_product(expr, left, right, exchange)
            }
            ExprKind::If { then, otherwise, .. } => {
                let then = self.dated(then, exchange);
                then.beside(self.dated(otherwise, exchange))
            }
            ExprKind::Call { builtin, arguments } => self.dated_call(expr, *builtin, arguments, exchange),
            ExprKind::Aggregate(aggregate) => match aggregate.builtin {
                Builtin::Sum | Builtin::Mean => self.dated(&aggregate.body, exchange),
                Builtin::Median | Builtin::Min | Builtin::Max => {
                    let body = self.dated(&aggregate.body, exchange);
                    self.alike(expr, body)
                }
                _ => self.plain_ratio(expr),
            },
            ExprKind::Under { operand, .. } => Dated { inside: true, ..self.dated(operand, exchange) },
            ExprKind::Expected(operand) => Dated { inside: true, ..self.dated(operand, exchange) },
            ExprKind::Binary { op: BinaryOp::Power, left, right } if constant(right) == Some(1.0) => {
                self.dated(left, exchange)
            }
            ExprKind::Binary { op: BinaryOp::Power, left, .. } if self.is_amount(expr) => {
                let base = self.dated(left, exchange);
                self.alike(expr, base)
            }
            ExprKind::Binary { op: BinaryOp::Power, .. } => self.plain_ratio(expr),
            ExprKind::Binary { .. }
            | ExprKind::Unary { .. }
            | ExprKind::Compare { .. }
            | ExprKind::Text(_)
            | ExprKind::YesNo(_)
            | ExprKind::Missing { .. }
            | ExprKind::Entity { .. } => Dated::default(),
        }
    }

    /// A value without periods; an amount among them takes the rate of what it stands beside.
    fn untimed(&self, expr: &Expr) -> Dated {
        Dated { loose: self.is_amount(expr).then_some(expr.span), ..Dated::default() }
    }

    fn is_amount(&self, expr: &Expr) -> bool {
        let Type::Number(dimension) = &expr.ty else { return false };
        let units = &self.checker.symbols.units;
        units.currency_of(dimension).is_some() || units.currency_of(&dimension.inverse()).is_some()
    }

    fn named(&mut self, expr: &Expr) -> Dated {
        match self.series_of(expr).filter(|_| expr.time.is_some()) {
            Some(kind) => self.deciding(expr, kind),
            None => self.untimed(expr),
        }
    }

    fn deciding(&self, expr: &Expr, kind: SeriesKind) -> Dated {
        match expr.time {
            Some(frequency) => Dated::of(kind, When::Here { frequency, periods: 0 }, expr.span),
            None => self.untimed(expr),
        }
    }

    /// A power, a growth rate, a rank: a ratio of the period in hand.
    fn plain_ratio(&self, expr: &Expr) -> Dated {
        self.deciding(expr, SeriesKind::Ratio)
    }

    fn dated_local(&mut self, local: LocalId, expr: &Expr, exchange: Exchange) -> Dated {
        let known = self.dates.iter().rev().find(|(other, _)| *other == local);
        if let Some((_, dated)) = known {
            return *dated;
        }
        let Some(value) = self.held_value(local) else { return self.untimed(expr) };
        let dated = self.dated(&value, exchange);
        self.dates.push((local, dated));
        dated
    }

    /// What a local of a call around this place stands for.
    pub(super) fn held_value(&self, local: LocalId) -> Option<Rc<Expr>> {
        self.held.iter().rev().find(|(other, ..)| *other == local).map(|(.., value)| value.clone())
    }

    fn dated_roll_up(&mut self, expr: &Expr, operand: &Expr, how: SeriesKind, exchange: Exchange) -> Dated {
        let inner = self.dated(operand, exchange);
        let by_parts =
            self.holds_currency(expr, exchange.from) && !self.has_rate_for(expr.time, operand.time, inner, exchange);
        if by_parts || inner.clash.is_some() {
            return inner.over_time(expr.span);
        }
        self.deciding(expr, how)
    }

    fn dated_product(&mut self, expr: &Expr, left: &Expr, right: &Expr, exchange: Exchange) -> Dated {
        let (one, two) = (self.dated(left, exchange), self.dated(right, exchange));
        let (amount, other, by) = match self.amount_is_left(left, right, exchange.from) {
            Some(true) => (one, two, Some(right)),
            Some(false) => (two, one, Some(left)),
            None if matches!(&expr.ty, Type::Number(dimension) if dimension.is_ratio()) => {
                let clash = Dated { clash: None, ..one.beside(two) };
                return match clash.series {
                    Some(series) => Dated::of(SeriesKind::Ratio, series.when, expr.span),
                    None => clash,
                };
            }
            None => (one, two, None),
        };
        match by {
            // A number that was looked up is one like any other, whenever it is of; that it turns a balance into what happens
            // over a period is asked back as it is of series.
            Some(number) if number.time.is_none() => amount.of_kind_beside(other),
            _ => amount.scaled(other, expr.span),
        }
    }

    /// Which of two factors holds the currency, if one of them does and the other does not.
    pub(super) fn amount_is_left(&self, left: &Expr, right: &Expr, currency: Base) -> Option<bool> {
        let touches = |expr: &Expr| match &expr.ty {
            Type::Number(dimension) => dimension.powers().any(|(base, _, _)| base == currency),
            _ => false,
        };
        match (self.holds_currency(left, currency), self.holds_currency(right, currency)) {
            (true, _) if !touches(right) => Some(true),
            (_, true) if !touches(left) => Some(false),
            _ => None,
        }
    }

    fn dated_call(&mut self, expr: &Expr, builtin: Builtin, arguments: &[Argument], exchange: Exchange) -> Dated {
        use Builtin::*;
        let mut values = arguments.iter().filter_map(|argument| match argument {
            Argument::Expr(expr) | Argument::Slice { operand: expr, .. } => Some(expr),
            Argument::Period { .. } => None,
        });
        match builtin {
            Sum | Mean | Pv | Npv | Average | Cumulative => {
                let stretch = is_stretch(builtin, arguments);
                match values.next() {
                    Some(value) if stretch => self.dated(value, exchange).over_time(expr.span),
                    _ => Dated::default(),
                }
            }
            OrElse => values.fold(Dated::default(), |all, value| all.beside(self.dated(value, exchange))),
            Abs | Floor | Ceil | Round | Sqrt => {
                let value = values.next().map_or(Dated::default(), |value| self.dated(value, exchange));
                self.alike(expr, value)
            }
            Min | Max | Median | Interpolate => {
                let is_slice = matches!(arguments, [Argument::Slice { .. }]);
                let all = values.fold(Dated::default(), |all, value| all.beside(self.dated(value, exchange)));
                let all = if is_slice { all.over_time(expr.span) } else { all };
                self.alike(expr, all)
            }
            Days => self.deciding(expr, SeriesKind::Flow),
            YearsSince => Dated::default(),
            _ => self.plain_ratio(expr),
        }
    }

    /// A function that is not linear converts as a whole, so its amounts must be of one period and one case.
    fn alike(&self, expr: &Expr, dated: Dated) -> Dated {
        let several = dated.series.is_some_and(|series| series.when.is_several());
        let clash = (several || dated.inside) && self.is_amount(expr);
        Dated { clash: dated.clash.or(clash.then_some(Clash::Function(expr.span))), ..dated }
    }
}

/// Whether a function takes a series over time here, each period of which converts at its own rate.
fn is_stretch(builtin: Builtin, arguments: &[Argument]) -> bool {
    match builtin {
        Builtin::Sum | Builtin::Mean => matches!(arguments, [Argument::Slice { .. }]),
        _ => true,
    }
}
