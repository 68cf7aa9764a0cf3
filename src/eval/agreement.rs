//! Columns and cells agree bit by bit, on models made at random.

use std::cell::RefCell;
use std::sync::Arc;

use crate::builtin::Builtin;
use crate::model::{
    Aggregate, Argument, BinaryOp, Binder, CaseId, Change, CompareOp, Definition, Expr, ExprKind, Formula,
    Interpolation, KindId, LocalId, MissingCode, Model, Skip, Slot, UnaryOp, VariableId, Window,
};
use crate::value::Words;

use super::demand::{Demand, Progress};
use super::layout::{Layout, Store};
use super::recipe::{Recipe, layers};
use super::results::Results;
use super::sample::{add, add_shared, binary, case, change, model, name, node, number, own, piece, prev, whole};
use super::walk::Cells;
use super::{Settings, evaluate};

const PERIODS: usize = 5;
const ENTITIES: usize = 7;

#[test]
fn columns_agree_with_cells() {
    for seed in 0..400 {
        let model = Dice { state: seed * 7919 + 1 }.model();
        let results = evaluate(&model, &Settings::default());
        let is_warning =
            |problem: &crate::diagnostic::Problem| problem.severity == crate::diagnostic::Severity::Warning;
        assert!(results.problems.iter().all(is_warning), "seed {seed}: {:?}", results.problems);
        compare(&model, &results, seed);
        let (idle, parent) = (CaseId(4), CaseId(3));
        for variable in (0..model.variables.len() as u32).map(VariableId) {
            assert_eq!(
                results.cells(idle, variable),
                results.cells(parent, variable),
                "a case without lines, seed {seed}"
            );
        }
    }
}

fn compare(model: &Model, results: &Results, seed: u64) {
    let (store, words) = cells(model);
    for case in 0..model.cases.len() as u32 {
        for variable in 0..model.variables.len() as u32 {
            for index in 0..store.layout.periods(VariableId(variable)) {
                let (case, variable) = (CaseId(case), VariableId(variable));
                let (one, other) = (results.store.get(case, variable, index), store.get(case, variable, index));
                let (Some(one), Some(other)) = (one, other) else { panic!("no cell") };
                let path = &model.variable(variable).path;
                let reasons = (results.words.explain(one.missing), words.explain(other.missing));
                assert!(
                    one.number.to_bits() == other.number.to_bits() && reasons.0 == reasons.1,
                    "seed {seed} case {case:?} {path}[{index}]: {} {:?}, not {} {:?}",
                    one.number,
                    reasons.0,
                    other.number,
                    reasons.1
                );
            }
        }
    }
}

/// Every cell on demand: the reference.
fn cells(model: &Model) -> (Store, Words) {
    let plain = Settings::default();
    let recipes: Vec<Vec<Recipe<'_>>> = (0..model.cases.len() as u32)
        .map(|case| {
            let mut recipes = Recipe::all(model);
            layers(model, &plain, CaseId(case)).for_each(|change| recipes[change.variable.0 as usize].change(change));
            recipes
        })
        .collect();
    let layout = Arc::new(Layout::of(model));
    let mut store = Store { cases: model.cases.iter().map(|_| layout.blank()).collect(), layout: layout.clone() };
    let words = RefCell::new(Words::default());
    let open = layout.blocks.iter().map(|shape| Some(vec![Progress::Open; shape.lanes.len() * shape.periods]));
    let progress = model.cases.iter().map(|_| open.clone().collect()).collect();
    let (mut circles, no_members) = (Vec::new(), RefCell::default());
    let mut demand = Demand {
        model,
        words: &words,
        recipes: &recipes,
        store: &mut store,
        circles: &mut circles,
        no_members: &no_members,
        progress,
        path: Vec::new(),
    };
    for case in 0..model.cases.len() as u32 {
        for variable in 0..model.variables.len() as u32 {
            for index in 0..layout.periods(VariableId(variable)) {
                demand.read(CaseId(case), VariableId(variable), index);
            }
        }
    }
    assert!(circles.is_empty());
    (store, words.into_inner())
}

pub(super) struct Dice {
    pub state: u64,
}

/// What a formula may look at: attributes and names that exist already, in this period too or only in earlier ones.
#[derive(Clone, Copy)]
struct Sight<'s> {
    attributes: &'s [bool],
    names: &'s [(VariableId, bool)],
    is_own: bool,
    /// The attribute that is being defined, if it is a series.
    itself: Option<usize>,
    is_series: bool,
    local: Option<(LocalId, bool)>,
    bound: Option<Binder>,
}

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.state = self.state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.state >> 33) % sides
    }

    fn literal(&mut self) -> Expr {
        const NUMBERS: [f64; 9] = [0.0, 1.0, -1.0, 2.5, 0.1, 10.0, 1e200, -0.3, 3.0];
        match self.roll(12) {
            0 => node(ExprKind::Missing { code: MissingCode::Nd, reason: Some("not said".into()) }, false),
            1 => node(ExprKind::Missing { code: MissingCode::Na, reason: None }, false),
            at => number(NUMBERS[at as usize % NUMBERS.len()]),
        }
    }

    pub fn model(&mut self) -> Model {
        let mut model = model(ENTITIES, PERIODS);
        let mut attributes: Vec<bool> = Vec::new();
        let mut names: Vec<(VariableId, bool)> = Vec::new();
        for at in 0..10 {
            let is_series = self.roll(3) > 0;
            if self.roll(4) == 0 {
                let expr = self.definition(is_series, None, &attributes, &names);
                let id = add_shared(&mut model, None, &format!("n{at}"), is_series, Arc::new(expr));
                names.push((id, is_series));
                continue;
            }
            let slot = attributes.len();
            self.attribute(&mut model, at, slot, is_series, &attributes, &names);
            attributes.push(is_series);
        }
        for (name, extends) in [("bull", 0), ("bear", 0), ("child", 1)] {
            model.cases.push(case(name, Some(CaseId(extends))));
            for _ in 0..self.roll(4) {
                let line = self.line(&model);
                if let Some(case) = model.cases.last_mut() {
                    case.overrides.push(line);
                }
            }
        }
        model.cases.push(case("idle", Some(CaseId(3))));
        model
    }

    fn attribute(
        &mut self,
        model: &mut Model,
        at: usize,
        slot: usize,
        is_series: bool,
        attributes: &[bool],
        names: &[(VariableId, bool)],
    ) {
        let shared = Arc::new(self.definition(is_series, Some(slot), attributes, names));
        let how = self.roll(4);
        for entity in 0..ENTITIES {
            let definition = match how {
                0 => Arc::new(Definition { pieces: whole(self.literal()), interpolation: None }),
                1 => Arc::new((*shared).clone()),
                2 if self.roll(3) == 0 => Arc::new(self.definition(is_series, Some(slot), attributes, names)),
                _ => shared.clone(),
            };
            add_shared(model, Some(entity), &format!("a{at}"), is_series, definition);
        }
    }

    fn definition(
        &mut self,
        is_series: bool,
        slot: Option<usize>,
        attributes: &[bool],
        names: &[(VariableId, bool)],
    ) -> Definition {
        let itself = slot.filter(|_| is_series);
        let sight = Sight { attributes, names, is_own: slot.is_some(), itself, is_series, local: None, bound: None };
        match self.roll(4) {
            0 if is_series => {
                let pieces = vec![piece(0, 0, self.literal()), piece(3, 3, self.literal())];
                let how = [Interpolation::Linear, Interpolation::Geometric, Interpolation::Step];
                Definition { pieces, interpolation: Some(how[self.roll(3) as usize]) }
            }
            1 if is_series => {
                let first = Sight { itself: None, ..sight };
                let pieces = vec![piece(0, 1, self.expr(first, 2)), piece(2, usize::MAX, self.expr(sight, 3))];
                Definition { pieces, interpolation: None }
            }
            _ => Definition { pieces: whole(self.expr(sight, 4)), interpolation: None },
        }
    }

    fn leaf(&mut self, sight: Sight<'_>) -> Expr {
        match (self.roll(6), sight) {
            (0 | 1, Sight { bound: Some(binder), .. }) if !sight.attributes.is_empty() => {
                let slot = self.roll(sight.attributes.len() as u64) as usize;
                match sight.attributes[slot] {
                    is_series if is_series && !sight.is_series => self.literal(),
                    is_series => node(ExprKind::Bound { binder, slot: Slot(slot as u32) }, is_series),
                }
            }
            (2, Sight { local: Some((local, is_series)), .. }) => node(ExprKind::Local(local), is_series),
            (3, Sight { itself: Some(slot), .. }) => prev(own(slot, true)),
            (4, _) if !sight.names.is_empty() => {
                let (id, is_series) = sight.names[self.roll(sight.names.len() as u64) as usize];
                self.seen(name(id, is_series), sight)
            }
            (5, _) => self.literal(),
            _ if sight.is_own && !sight.attributes.is_empty() => {
                let slot = self.roll(sight.attributes.len() as u64) as usize;
                self.seen(own(slot, sight.attributes[slot]), sight)
            }
            _ => self.literal(),
        }
    }

    fn seen(&mut self, expr: Expr, sight: Sight<'_>) -> Expr {
        match (expr.time, sight.is_series) {
            (Some(_), false) => {
                let index = self.roll(PERIODS as u64) as usize;
                node(ExprKind::At { operand: Box::new(expr), index }, false)
            }
            _ => expr,
        }
    }

    fn expr(&mut self, sight: Sight<'_>, depth: u32) -> Expr {
        if depth == 0 {
            return self.leaf(sight);
        }
        let below = |dice: &mut Dice| dice.expr(sight, depth - 1);
        match self.roll(15) {
            0 | 1 => self.leaf(sight),
            2 => binary(BinaryOp::Over, below(self), below(self)),
            3 => binary(BinaryOp::Power, below(self), number(2.0)),
            4 => {
                let compare = self.condition(sight, depth - 1);
                let (then, otherwise) = (below(self), below(self));
                let is_series = [&compare, &then, &otherwise].iter().any(|part| part.time.is_some());
                let (condition, then, otherwise) = (Box::new(compare), Box::new(then), Box::new(otherwise));
                node(ExprKind::If { condition, then, otherwise }, is_series)
            }
            5 => {
                let (left, right) = (below(self), below(self));
                let builtin = [Builtin::Min, Builtin::Max, Builtin::OrElse][self.roll(3) as usize];
                let is_series = left.time.is_some() || right.time.is_some();
                let arguments = vec![Argument::Expr(left), Argument::Expr(right)];
                node(ExprKind::Call { builtin, arguments }, is_series)
            }
            6 => {
                let operand = below(self);
                let is_series = operand.time.is_some();
                let builtin = [Builtin::Abs, Builtin::Ln, Builtin::Exp, Builtin::Floor][self.roll(4) as usize];
                node(ExprKind::Call { builtin, arguments: vec![Argument::Expr(operand)] }, is_series)
            }
            7 if sight.bound.is_none() => self.aggregate(sight, depth),
            8 if sight.local.is_none() && sight.bound.is_none() => {
                let value = below(self);
                let local = Some((LocalId(0), value.time.is_some()));
                let body = self.expr(Sight { local, ..sight }, depth - 1);
                let is_series = body.time.is_some();
                node(ExprKind::Let { local: LocalId(0), value: Box::new(value), body: Box::new(body) }, is_series)
            }
            9 => {
                let operand = below(self);
                match operand.time {
                    Some(_) => prev(operand),
                    None => node(ExprKind::Unary { op: UnaryOp::Minus, operand: Box::new(operand) }, false),
                }
            }
            10 => self.total(sight, depth),
            11 => {
                let operand = Box::new(self.expr(Sight { itself: None, local: None, ..sight }, depth - 1));
                let is_series = operand.time.is_some();
                node(ExprKind::Under { operand, case: CaseId(self.roll(4) as u32) }, is_series)
            }
            op => {
                let op = [BinaryOp::Plus, BinaryOp::Minus, BinaryOp::Times][op as usize % 3];
                binary(op, below(self), below(self))
            }
        }
    }

    fn condition(&mut self, sight: Sight<'_>, depth: u32) -> Expr {
        let operands = vec![self.expr(sight, depth), self.expr(sight, depth)];
        let is_series = operands.iter().any(|operand| operand.time.is_some());
        node(ExprKind::Compare { operands, ops: vec![CompareOp::Less] }, is_series)
    }

    fn aggregate(&mut self, sight: Sight<'_>, depth: u32) -> Expr {
        let inner = Sight { bound: Some(Binder(0)), itself: None, ..sight };
        let body = self.expr(inner, depth.min(2) - 1);
        let filter = (self.roll(2) == 0).then(|| self.condition(inner, 0));
        let of = Some(self.expr(Sight { itself: None, ..sight }, 1));
        let builtin = [Builtin::Sum, Builtin::Mean, Builtin::Count, Builtin::Rank][self.roll(4) as usize];
        let is_series = body.time.is_some()
            || filter.as_ref().is_some_and(|filter| filter.time.is_some())
            || of.as_ref().is_some_and(|of| of.time.is_some());
        let aggregate = Aggregate {
            builtin,
            of: of.filter(|_| builtin == Builtin::Rank),
            binder: Binder(0),
            kind: KindId(0),
            filter,
            skip: [Skip::Missing, Skip::Nothing, Skip::Code(MissingCode::Nd)][self.roll(3) as usize],
            body,
            lowest: self.roll(2) == 0,
        };
        node(ExprKind::Aggregate(Box::new(aggregate)), is_series)
    }

    fn total(&mut self, sight: Sight<'_>, depth: u32) -> Expr {
        let operand = self.expr(Sight { itself: None, local: None, ..sight }, depth - 1);
        if operand.time.is_none() {
            return operand;
        }
        let window = Window { first: self.roll(3) as usize, last: 3 };
        let arguments = vec![Argument::Slice { operand, window }];
        node(ExprKind::Call { builtin: Builtin::Sum, arguments }, false)
    }

    fn line(&mut self, model: &Model) -> crate::model::Override {
        let variable = VariableId(self.roll(model.variables.len() as u64) as u32);
        let is_series = model.variable(variable).time.is_some();
        let first = self.roll(PERIODS as u64) as usize;
        let window = (is_series && self.roll(2) == 0).then_some(Window { first, last: first + self.roll(2) as usize });
        let amount = Arc::new(Formula { expr: self.literal(), text: "".into() });
        change(
            variable,
            window,
            match self.roll(3) {
                0 => Change::Shift(amount),
                1 => Change::Scale(amount),
                _ => Change::Set(Definition { pieces: whole(self.literal()), interpolation: None }),
            },
        )
    }
}

#[test]
fn long_chains_and_long_circles_are_walked_without_deep_stacks() {
    let mut chain = model(0, PERIODS);
    let mut last = add(&mut chain, None, "n0", true, whole(number(1.0)));
    for at in 1..10_000 {
        last = add(
            &mut chain,
            None,
            &format!("n{at}"),
            true,
            whole(binary(BinaryOp::Plus, name(last, true), number(1.0))),
        );
    }
    let results = evaluate(&chain, &Settings::default());
    assert_eq!(results.cell(CaseId::BASE, last, Some(2)).number(), Some(10_000.0));

    let mut circle = model(0, PERIODS);
    for at in 0..10_000u32 {
        let next = VariableId((at + 1) % 10_000);
        add(&mut circle, None, &format!("n{at}"), true, whole(binary(BinaryOp::Plus, name(next, true), number(1.0))));
    }
    let results = evaluate(&circle, &Settings::default());
    assert_eq!(results.problems.len(), 1);
    assert_eq!(results.problems[0].code, "eval::cycle");
    assert!(results.cell(CaseId::BASE, VariableId(7), Some(1)).is_missing());
}
