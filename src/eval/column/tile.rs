//! `Tile`: one stretch of a group: all its lanes in one period, or one lane over several.

use std::cell::RefCell;

use crate::builtin::{Builtin, math};
use crate::eval::found::Found;
use crate::eval::group::{Group, Lanes, LeafColumn};
use crate::eval::op::{One, elementary, place};
use crate::eval::walk::{Scope, Walk, on_a_growing_stack};
use crate::model::{Aggregate, BinaryOp, CaseId, CompareOp, EntityId, LocalId, MissingCode, Model, UnaryOp};
use crate::value::{Column, Reason, Scalar};

use super::kernel::{Tools, binary, both_missing, compare, each, settled, zip};
use super::{Node, PieceProgram, Pool, Values};

/// One stretch of a group in one case.
///
/// Either one period with as many places as the group has lanes, or one lane with as many places as periods.
pub(in crate::eval) struct Tile<'t, 'm> {
    pub model: &'m Model,
    pub found: Found<'t>,
    pub pool: &'t Pool,
    pub case: CaseId,
    pub group: &'t Group<'m>,
}

/// The places of a tile: periods `from..to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::eval) struct Span {
    pub from: usize,
    pub to: usize,
}

/// A let's node and the columns it is known to have.
struct Held<'h, 't, 'm> {
    local: LocalId,
    node: &'t Node<'m>,
    outer: Locals<'h, 't, 'm>,
    known: RefCell<Vec<(Span, Values<'static>)>>,
}

type Locals<'h, 't, 'm> = Option<&'h Held<'h, 't, 'm>>;

impl<'t, 'm> Tile<'t, 'm> {
    /// The values of a piece over a span.
    pub fn piece(&self, piece: &'t PieceProgram<'m>, span: Span) -> Values<'t> {
        let value = self.eval(&piece.node, None, span);
        piece.posts.iter().fold(value, |value, (scales, amount)| {
            let op = if *scales { BinaryOp::Times } else { BinaryOp::Plus };
            self.binary(op, value, self.eval(amount, None, span), span)
        })
    }

    /// How many places a span has.
    pub fn len(&self, span: Span) -> usize {
        self.group.lanes.len() * (span.to - span.from)
    }

    fn eval(&self, node: &'t Node<'m>, locals: Locals<'_, 't, 'm>, span: Span) -> Values<'t> {
        match node {
            Node::Leaf(leaf) => self.leaf(*leaf, span),
            Node::Binary(op, left, right) => {
                let (left, right) = (self.below(left, locals, span), self.below(right, locals, span));
                self.binary(*op, left, right, span)
            }
            Node::Unary(op, operand) => self.unary(*op, self.below(operand, locals, span), span),
            Node::Shift { operand, periods, len } => self.shift(operand, *periods, *len, locals, span),
            Node::At { operand, index } => self.at(operand, *index, locals),
            Node::If(parts) => self.choose(parts, locals, span),
            Node::Compare(operands, ops) => self.compare(operands, ops, locals, span),
            Node::Extreme(builtin, operands) => self.extreme(*builtin, operands, locals, span),
            Node::Elementary(builtin, operand) => {
                let value = self.below(operand, locals, span);
                self.each(value, span, |x| elementary(*builtin, x).unwrap_or(Err("no such call")))
            }
            Node::Round(both) => {
                let (x, digits) = (self.below(&both[0], locals, span), self.below(&both[1], locals, span));
                let len = self.len(span);
                let missing = both_missing(&x, &digits, len);
                self.with_tools(|tools| each(x, digits, len, missing, math::round, tools))
            }
            Node::IsMissing(operand) => {
                let value = self.below(operand, locals, span);
                self.map(value, span, |x| Scalar::yes_no(!x.is_present()))
            }
            Node::OrElse(both) => self.or_else(both, locals, span),
            Node::Local(local) => self.local(*local, locals, span),
            Node::Let { local, value, body } => {
                let held = Held { local: *local, node: value, outer: locals, known: RefCell::new(Vec::new()) };
                self.below(body, Some(&held), span)
            }
            Node::Rank { of, aggregate, is_series } => {
                let own = self.below(of, locals, span);
                let to = if *is_series { span.to } else { span.from + 1 };
                self.rank(&own, aggregate, Span { to, ..span })
            }
            Node::Cells { exprs, differs } => self.cells(exprs, *differs, span),
        }
    }

    fn below(&self, node: &'t Node<'m>, locals: Locals<'_, 't, 'm>, span: Span) -> Values<'t> {
        match node {
            Node::Leaf(leaf) => self.leaf(*leaf, span),
            _ => on_a_growing_stack(|| self.eval(node, locals, span)),
        }
    }

    fn reason(&self, reason: &'static str) -> Reason {
        self.found.words.borrow_mut().reason(MissingCode::Nm, Some(&reason.into()))
    }

    fn unavailable(&self, reason: &'static str) -> Values<'t> {
        Values::Uniform(Scalar::missing(self.found.words.borrow_mut().reason(MissingCode::Na, Some(&reason.into()))))
    }

    fn leaf(&self, leaf: usize, span: Span) -> Values<'t> {
        match &self.group.leaves[leaf] {
            LeafColumn::Same(value) => Values::Uniform(*value),
            LeafColumn::Literals(column) => Values::view(&column.numbers, column.missing.as_deref()),
            LeafColumn::Lanes { block, lanes } => self.lanes(*block, lanes, span),
        }
    }

    fn lanes(&self, block: usize, lanes: &'t Lanes, span: Span) -> Values<'t> {
        let block = &*self.found.store.cases[self.case.0 as usize][block];
        let span = if block.periods == 1 { Span { from: 0, to: 1 } } else { span };
        if span.to > block.periods {
            return self.unavailable("after the calendar ends");
        }
        let get = |period, lane| block.get(period, lane).unwrap_or(Scalar::number(0.0));
        match lanes {
            Lanes::Each if block.width == 1 && block.periods == 1 => Values::Uniform(get(0, 0)),
            Lanes::Each => Values::view(block.numbers(span.from, span.to), block.missing(span.from, span.to)),
            Lanes::One(lane) if span.to - span.from == 1 => Values::Uniform(get(span.from, *lane)),
            Lanes::One(lane) => Values::Own((span.from..span.to).map(|period| get(period, *lane)).collect()),
            Lanes::List(lanes) => Values::Own(block.gather(span.from, lanes, self.pool.take())),
        }
    }

    fn binary(&self, op: BinaryOp, left: Values<'t>, right: Values<'t>, span: Span) -> Values<'t> {
        self.with_tools(|tools| match (&left, &right) {
            (Values::Uniform(_), Values::Uniform(_)) => Values::Uniform(binary(op, left, right, 1, tools).get(0)),
            _ => binary(op, left, right, self.len(span), tools),
        })
    }

    fn with_tools<T>(&self, run: impl FnOnce(&Tools<'_>) -> T) -> T {
        run(&Tools { explain: &|reason| self.reason(reason), pool: self.pool })
    }

    fn unary(&self, op: UnaryOp, operand: Values<'t>, span: Span) -> Values<'t> {
        match (op, operand) {
            (UnaryOp::Minus, Values::Own(mut column)) if column.missing.is_none() => {
                column.numbers.iter_mut().for_each(|number| *number = -*number);
                Values::Own(column)
            }
            (op, operand) => self.each(operand, span, |x| One::from(op).outcome(x)),
        }
    }

    fn map(&self, operand: Values<'t>, span: Span, f: impl Fn(Scalar) -> Scalar) -> Values<'t> {
        match operand {
            Values::Uniform(value) => Values::Uniform(f(value)),
            operand => Values::Own((0..self.len(span)).map(|at| f(operand.get(at))).collect()),
        }
    }

    fn each(&self, operand: Values<'t>, span: Span, kernel: impl Fn(f64) -> math::Outcome) -> Values<'t> {
        self.map(operand, span, |x| match (x.is_present(), kernel(x.number)) {
            (false, _) => x,
            (_, Ok(number)) => Scalar::number(number),
            (_, Err(reason)) => Scalar::missing(self.reason(reason)),
        })
    }

    fn shift(
        &self,
        operand: &'t Node<'m>,
        periods: i32,
        len: usize,
        locals: Locals<'_, 't, 'm>,
        span: Span,
    ) -> Values<'t> {
        let (from, to) = (span.from as i64 + i64::from(periods), span.to as i64 + i64::from(periods));
        let inside = Span { from: from.clamp(0, len as i64) as usize, to: to.clamp(0, len as i64) as usize };
        if inside.from == from.max(0) as usize && from >= 0 && to <= len as i64 {
            return self.below(operand, locals, inside);
        }
        let outside = if from < 0 { "before the calendar starts" } else { "after the calendar ends" };
        if inside.from >= inside.to {
            return self.unavailable(outside);
        }
        let (before, after) =
            (self.unavailable("before the calendar starts"), self.unavailable("after the calendar ends"));
        let value = self.below(operand, locals, inside);
        let place = |at: i64| match at {
            at if at < 0 => before.get(0),
            at if at >= len as i64 => after.get(0),
            at => value.get(at as usize - inside.from),
        };
        Values::Own((from..to).map(place).collect())
    }

    fn at(&self, operand: &'t Node<'m>, index: usize, locals: Locals<'_, 't, 'm>) -> Values<'t> {
        let value = self.below(operand, locals, Span { from: index, to: index + 1 });
        if self.group.lanes.len() == 1 { Values::Uniform(value.get(0)) } else { value }
    }

    fn choose(&self, parts: &'t [Node<'m>; 3], locals: Locals<'_, 't, 'm>, span: Span) -> Values<'t> {
        let [condition, then, otherwise] = parts;
        let condition = self.below(condition, locals, span);
        let len = self.len(span);
        if let Values::Uniform(value) = condition
            && !value.is_present()
        {
            return condition;
        }
        let yes = (0..len).filter(|at| condition.get(*at).is_yes()).count();
        if condition.is_present() && (yes == len || yes == 0) {
            return self.below(if yes == 0 { otherwise } else { then }, locals, span);
        }
        let (then, otherwise) = (self.below(then, locals, span), self.below(otherwise, locals, span));
        let place = |at: usize| match condition.get(at) {
            value if !value.is_present() => value,
            value if value.is_yes() => then.get(at),
            _ => otherwise.get(at),
        };
        Values::Own((0..len).map(place).collect())
    }

    fn compare(
        &self,
        operands: &'t [Node<'m>],
        ops: &[CompareOp],
        locals: Locals<'_, 't, 'm>,
        span: Span,
    ) -> Values<'t> {
        let values: Vec<Values<'t>> = operands.iter().map(|operand| self.below(operand, locals, span)).collect();
        let len = if values.iter().all(|value| matches!(value, Values::Uniform(_))) { 1 } else { self.len(span) };
        let mut holds = vec![1.0; len];
        for (pair, op) in values.windows(2).zip(ops) {
            let next = compare(*op, &pair[0], &pair[1], len);
            holds.iter_mut().zip(next).for_each(|(all, next)| *all = math::min(*all, next));
        }
        let missing = values.iter().any(|value| !value.is_present()).then(|| {
            let first =
                |at: usize| values.iter().map(|value| value.get(at).missing).find(|reason| *reason != Reason::PRESENT);
            (0..len).map(|at| first(at).unwrap_or_default()).collect()
        });
        let column = self.with_tools(|tools| settled(Column { numbers: holds, missing }, |_| "", tools));
        if len == 1 { Values::Uniform(column.get(0)) } else { Values::Own(column) }
    }

    fn extreme(
        &self,
        builtin: Builtin,
        operands: &'t [Node<'m>],
        locals: Locals<'_, 't, 'm>,
        span: Span,
    ) -> Values<'t> {
        let kernel = if builtin == Builtin::Min { math::min } else { math::max };
        let mut values = operands.iter().map(|operand| self.below(operand, locals, span));
        let Some(first) = values.next() else { return self.unavailable("the best of nothing") };
        values.fold(first, |best, next| {
            let len = match (&best, &next) {
                (Values::Uniform(_), Values::Uniform(_)) => 1,
                _ => self.len(span),
            };
            let missing = both_missing(&best, &next, len);
            let column = self.with_tools(|tools| {
                let numbers = zip(best, next, len, tools, kernel);
                settled(Column { numbers, missing }, |_| "", tools)
            });
            if len == 1 { Values::Uniform(column.get(0)) } else { Values::Own(column) }
        })
    }

    fn or_else(&self, both: &'t [Node<'m>; 2], locals: Locals<'_, 't, 'm>, span: Span) -> Values<'t> {
        let first = self.below(&both[0], locals, span);
        if first.is_present() {
            return first;
        }
        let second = self.below(&both[1], locals, span);
        let place = |at: usize| if first.get(at).is_present() { first.get(at) } else { second.get(at) };
        Values::Own((0..self.len(span)).map(place).collect())
    }

    fn local(&self, local: LocalId, locals: Locals<'_, 't, 'm>, span: Span) -> Values<'t> {
        let mut next = locals;
        while let Some(held) = next {
            if held.local == local {
                return self.held(held, span);
            }
            next = held.outer;
        }
        self.unavailable("no such local")
    }

    fn held(&self, held: &Held<'_, 't, 'm>, span: Span) -> Values<'t> {
        let len = self.len(span);
        if let Some((_, value)) = held.known.borrow().iter().find(|(other, _)| *other == span) {
            return value.to_own(len);
        }
        let value = self.below(held.node, held.outer, span);
        held.known.borrow_mut().push((span, value.to_own(len)));
        value
    }

    /// The others are put in order once a period.
    fn rank(&self, own: &Values<'t>, aggregate: &Aggregate, span: Span) -> Values<'t> {
        let mut found = self.found;
        let mut walk = Walk::new(self.model, self.found.words, &mut found);
        let lanes = self.group.lanes.len();
        let mut column = Vec::with_capacity(self.len(span));
        for period in span.from..span.to {
            let others = walk.others(aggregate, Scope::new(self.case, None), period);
            let places = (0..lanes).map(|lane| match own.get((period - span.from) * lanes + lane) {
                own if !own.is_present() => own,
                own => Scalar::number(place(own.number, &others, aggregate.lowest)),
            });
            column.extend(places);
        }
        if let [value] = column[..] { Values::Uniform(value) } else { Values::Own(column.into_iter().collect()) }
    }

    fn entity(&self, lane: usize) -> Option<EntityId> {
        let shape = &self.found.store.layout.blocks[self.group.block];
        self.model.variable(shape.lanes[self.group.lanes[lane]]).entity
    }

    /// Cell by cell; only once for all lanes if they cannot differ.
    fn cells(&self, exprs: &[&'m crate::model::Expr], differs: bool, span: Span) -> Values<'t> {
        let mut found = self.found;
        let mut walk = Walk::new(self.model, self.found.words, &mut found);
        let lanes = if differs { self.group.lanes.len() } else { 1 };
        let mut value = |period: usize, lane: usize| {
            let expr = exprs[if exprs.len() == 1 { 0 } else { lane }];
            walk.value(expr, Scope::new(self.case, self.entity(lane)), period)
        };
        let to = if exprs.iter().all(|expr| expr.time.is_none()) { span.from + 1 } else { span.to };
        let places = (span.from..to).flat_map(|period| (0..lanes).map(move |lane| (period, lane)));
        let column: Column = places.map(|(period, lane)| value(period, lane)).collect();
        if column.numbers.len() == 1 { Values::Uniform(column.get(0)) } else { Values::Own(column) }
    }
}
