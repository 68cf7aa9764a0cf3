//! Brackets: another period, a stretch of periods, one member of an indexed name.

use crate::calendar::{Frequency, Period};
use crate::model::{EntityId, EntityRef, ExprKind, VariableId, Window};
use crate::resolve::{ResolveError, located};
use crate::syntax::ast::{Index, NodeId, NodeKind};

use super::super::error::CheckError;
use super::{Built, Infer, Meaning};

impl<'c, 'a> Infer<'c, 'a> {
    pub(super) fn index(&mut self, id: NodeId, of: NodeId, index: &Index) -> Built {
        let meaning = self.indexed(id, of, index);
        self.value_of(id, meaning)
    }

    /// What an indexed node stands for; only a slice is no value.
    pub(super) fn indexed(&mut self, id: NodeId, of: NodeId, index: &Index) -> Meaning {
        let base = match &self.frame.tree.clone().node(of).kind {
            NodeKind::Index { of: inner, index } => self.indexed(of, *inner, index),
            _ => self.meaning(of),
        };
        match (base, index) {
            (Meaning::Family(members), Index::At(at)) => Meaning::Value(Box::new(self.member_at(id, members, *at))),
            (Meaning::Family(_), _) => Meaning::Value(Box::new(self.needs_index(of))),
            (base, index) => {
                let built = self.value_of(of, base);
                match index {
                    Index::Prev(steps) => Meaning::Value(Box::new(self.shift(id, of, built, -i64::from(*steps)))),
                    Index::Next(steps) => Meaning::Value(Box::new(self.shift(id, of, built, i64::from(*steps)))),
                    Index::At(at) => Meaning::Value(Box::new(self.at_period(id, of, built, *at))),
                    Index::Slice { from, to } => self.slice(of, built, *from, *to),
                }
            }
        }
    }

    fn shift(&mut self, id: NodeId, of: NodeId, built: Built, periods: i64) -> Built {
        if !built.known {
            return built;
        }
        if built.expr.time.is_none() {
            return self.no_time(of, "drop the index, or make it a series");
        }
        let periods = periods.clamp(-1_000_000, 1_000_000) as i32;
        let (ty, time, series, unit) = (built.expr.ty.clone(), built.expr.time, built.series, built.unit);
        let kind = ExprKind::Shift { operand: Box::new(built.expr), periods };
        Built::new(kind, ty, time, self.span(id)).adding(series).shown(unit)
    }

    pub(super) fn no_time(&mut self, of: NodeId, help: &str) -> Built {
        let what = format!("`{}`", self.text_of(of));
        let error = CheckError::NoTime { what, help: help.to_string(), span: self.at(of) };
        self.fail(&error)
    }

    fn at_period(&mut self, id: NodeId, of: NodeId, built: Built, at: NodeId) -> Built {
        let found = self.period_of(at);
        let (Some((frequency, index)), true) = (found, built.known) else { return self.typed_unknown(built) };
        if built.expr.time.is_none() {
            return self.no_time(of, "drop the period, or make it a series");
        }
        let Some(built) = self.on_line(of, built, frequency, at) else { return self.unknown() };
        let (ty, unit, series) = (built.expr.ty.clone(), built.unit, built.series);
        let kind = ExprKind::At { operand: Box::new(built.expr), index };
        Built::new(kind, ty, None, self.span(id)).adding(series).shown(unit)
    }

    /// The whole expression in the period of a table's column.
    pub fn at_column(&mut self, built: Built, frequency: Frequency, index: usize) -> Built {
        let root = self.frame.tree.root;
        if built.expr.time.is_none() {
            return self.no_time(
                root,
                "the table's columns are periods: name a series, or write the figure outside the table",
            );
        }
        let Some(built) = self.on_line(root, built, frequency, root) else { return self.unknown() };
        let (ty, unit, series) = (built.expr.ty.clone(), built.unit, built.series);
        let kind = ExprKind::At { operand: Box::new(built.expr), index };
        Built::new(kind, ty, None, self.span(root)).adding(series).shown(unit)
    }

    /// Unknown in all but its type.
    fn typed_unknown(&mut self, mut built: Built) -> Built {
        self.unsound = true;
        built.expr.time = None;
        built
    }

    /// A series on the timeline of a period that is asked of it, rolled up if that is longer.
    fn on_line(&mut self, of: NodeId, built: Built, frequency: Frequency, at: NodeId) -> Option<Built> {
        let mut built = built;
        let has = built.expr.time?;
        if has == frequency || super::frequency::retime(&mut built, frequency) {
            return Some(built);
        }
        if frequency < has {
            let error = CheckError::Finer {
                what: format!("`{}`", self.text_of(of)),
                has: has.word().to_string(),
                period: self.text_of(at).to_string(),
                finer: frequency.word().to_string(),
                span: self.at(at),
            };
            self.fail(&error);
            return None;
        }
        let rolled = match super::frequency::looks_around(&built.expr) {
            true => self.two_readings(of, has, frequency),
            false => self.roll_up(of, built, frequency),
        };
        rolled.known.then_some(rolled)
    }

    /// The period that a node names.
    pub(super) fn period_of(&mut self, id: NodeId) -> Option<(Frequency, usize)> {
        let tree = self.frame.tree.clone();
        let NodeKind::Period(span) = tree.node(id).kind else {
            return match self.meaning(id) {
                Meaning::Period(frequency, index) => Some((frequency, index)),
                Meaning::Value(built) if !built.known => None,
                _ => {
                    let what = format!("`{}`", self.text_of(id));
                    let message = format!("{what} is no period");
                    let help =
                        "in brackets stands a period, `prev`, `next`, or the entity of an indexed name".to_string();
                    let label = "not a period".to_string();
                    self.fail(&CheckError::NotAValue { message, help, span: self.at(id), label });
                    None
                }
            };
        };
        let span = tree.slice(span);
        let at = self.at(id);
        match Period::parse(span) {
            Ok(period) => self.located(period, at),
            Err(error) => {
                let help = "write 2025A, 1H26E, 3Q27E or Jan26E, always with A or E".to_string();
                self.fail(&ResolveError::Periods { message: error.to_string(), help, span: at });
                None
            }
        }
    }

    fn located(&mut self, period: Period, at: crate::text::Span) -> Option<(Frequency, usize)> {
        match located(&self.checker.symbols.timelines, period, at) {
            Ok(found) => Some(found),
            Err(error) => {
                self.fail(&error);
                None
            }
        }
    }

    /// A stretch of a series.
    fn slice(&mut self, of: NodeId, built: Built, from: Option<NodeId>, to: Option<NodeId>) -> Meaning {
        let first = from.map(|from| (from, self.period_of(from)));
        let last = to.map(|to| (to, self.period_of(to)));
        if !built.known || matches!(first, Some((_, None))) || matches!(last, Some((_, None))) {
            return Meaning::Value(Box::new(self.typed_unknown(built)));
        }
        if built.expr.time.is_none() {
            return Meaning::Value(Box::new(self.no_time(of, "a stretch of periods is taken of a series")));
        }
        let asked = [first, last].into_iter().flatten().find_map(|(id, found)| Some((id, found?.0)));
        let rolled = match asked {
            Some((at, frequency)) => self.on_line(of, built, frequency, at),
            None => Some(built),
        };
        let Some(built) = rolled else { return Meaning::Value(Box::new(self.unknown())) };
        let len = built.expr.time.and_then(|time| self.checker.symbols.timelines.get(time)).map_or(1, |line| line.len);
        let index =
            |end: Option<(NodeId, Option<(Frequency, usize)>)>| end.and_then(|(_, found)| found).map(|found| found.1);
        let window = Window { first: index(first).unwrap_or(0), last: index(last).unwrap_or(len - 1) };
        if window.first > window.last {
            let message = "this stretch has no periods".to_string();
            let help = "write FIRST..LAST, both of one calendar".to_string();
            let span = self.at(from.unwrap_or(of));
            return Meaning::Value(Box::new(self.fail(&ResolveError::Periods { message, help, span })));
        }
        Meaning::Slice(Box::new(built), window)
    }

    pub(super) fn slice_here(&mut self, id: NodeId) -> Built {
        let help = "give it to a function, as in `sum(x[2026E..2030E])`, or name one period";
        let message = "a stretch of a series is many values".to_string();
        let label = "many values".to_string();
        self.fail(&CheckError::NotAValue { message, help: help.to_string(), span: self.at(id), label })
    }

    fn member_at(&mut self, id: NodeId, members: Vec<(EntityId, VariableId)>, at: NodeId) -> Built {
        match self.meaning(at) {
            Meaning::Entity(EntityRef::Fixed(entity), _) => match members.iter().find(|(index, _)| *index == entity) {
                Some((_, variable)) => {
                    let meaning = self.variable(id, *variable);
                    self.value_of(id, meaning)
                }
                None => {
                    let name = self.text_of(id).to_string();
                    let has = self.indexes(&members);
                    let span = self.frame.tree.node(id).span;
                    let meaning = self.unknown_help("value", &name, span, format!("there is one for {has}"));
                    self.value_of(id, meaning)
                }
            },
            Meaning::Entity(of, _) => self.member(id, members, of),
            Meaning::Value(built) if !built.known => *built,
            _ => {
                let message = format!("`{}` is no entity", self.text_of(at));
                let help = format!("there is one value for {}", self.indexes(&members));
                let label = "not an entity".to_string();
                self.fail(&CheckError::NotAValue { message, help, span: self.at(at), label })
            }
        }
    }

    fn indexes(&self, members: &[(EntityId, VariableId)]) -> String {
        let names = members.iter().map(|(entity, _)| self.checker.symbols.entity(*entity).name.clone());
        crate::resolve::listed(&names.take(8).collect::<Vec<_>>())
    }

    /// One member of several, known when it is evaluated; all of them must be of one type.
    pub(super) fn member(&mut self, id: NodeId, members: Vec<(EntityId, VariableId)>, of: EntityRef) -> Built {
        let mut built: Option<Built> = None;
        for (entity, variable) in &members {
            let meaning = self.variable(id, *variable);
            let other = self.value_of(id, meaning);
            if !other.known {
                return other;
            }
            match &built {
                None => built = Some(other),
                Some(first) => {
                    let first = first.clone();
                    if !are_alike(&first, &other) {
                        return self.unlike_members(id, *entity, &first, &other);
                    }
                }
            }
        }
        let Some(mut built) = built else { return self.unknown() };
        built.expr.kind = ExprKind::Member { members: members.into(), of };
        built
    }

    fn unlike_members(&mut self, id: NodeId, entity: EntityId, one: &Built, two: &Built) -> Built {
        let name = self.checker.symbols.entity(entity).name.clone();
        let what = |infer: &Self, built: &Built| match built.series.filter(|_| one.expr.ty == two.expr.ty) {
            Some(series) => format!("a {}", series.word()),
            None => infer.words(&built.expr.ty),
        };
        let message = match one.expr.time == two.expr.time || one.expr.ty != two.expr.ty {
            false => format!("`{}` varies over time for some entities and not for others", self.text_of(id)),
            true => {
                let (one, two) = (what(self, one), what(self, two));
                format!("`{}` is {one} for some entities and {two} for `{name}`", self.text_of(id))
            }
        };
        let help = "let it be the same for all, best by an `in` line in the kind".to_string();
        let label = "not the same for all".to_string();
        self.fail(&CheckError::WrongKind { message, help, span: self.at(id), label })
    }
}

/// Whether two members of an indexed name, or two names that entities define alone, may stand for one another.
fn are_alike(one: &Built, two: &Built) -> bool {
    let (one, two) = ((&one.expr, one.series), (&two.expr, two.series));
    (&one.0.ty, one.0.time, one.1) == (&two.0.ty, two.0.time, two.1)
}
