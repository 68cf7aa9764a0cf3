//! Formulas to programs.

use crate::builtin::Builtin;
use crate::eval::op::elementary;
use crate::eval::recipe::Recipe;
use crate::eval::walk::on_a_growing_stack;
use crate::model::{Aggregate, Argument, EntityRef, Expr, ExprKind, Formula, Model, Name};

use super::{Node, PieceProgram, Program};

/// The program of lanes whose recipes have one shape.
pub(in crate::eval) fn program<'m>(model: &'m Model, recipes: &[&Recipe<'m>]) -> Program<'m> {
    let mut pieces = Vec::new();
    let mut lowering = Lowering { model, recipes, formula: 0, node: 0, leaf: 0 };
    if let Some(first) = recipes.first() {
        first.each_piece(|window, formula, posts| {
            let node = lowering.formula(formula);
            let posts = posts.iter().map(|post| (post.scales, lowering.formula(post.amount))).collect();
            pieces.push(PieceProgram { window, node, posts });
        });
    }
    Program { pieces }
}

struct Lowering<'l, 'm> {
    model: &'m Model,
    /// The recipe of every lane.
    recipes: &'l [&'l Recipe<'m>],
    /// How many formulas are done.
    formula: usize,
    /// How many nodes of the formula in hand are done.
    node: usize,
    /// How many leaves of the group are done.
    leaf: usize,
}

impl<'m> Lowering<'_, 'm> {
    fn formula(&mut self, formula: &'m Formula) -> Node<'m> {
        self.node = 0;
        let node = self.lower(&formula.expr);
        self.formula += 1;
        node
    }

    fn lower(&mut self, expr: &'m Expr) -> Node<'m> {
        on_a_growing_stack(|| match &expr.kind {
            ExprKind::Let { .. } if !is_columnar(expr) => self.cells(expr),
            ExprKind::Aggregate(aggregate) => self.rank(expr, aggregate).unwrap_or_else(|| self.cells(expr)),
            _ if !is_known(expr) => self.cells(expr),
            _ => {
                self.node += 1;
                self.known(expr)
            }
        })
    }

    fn known(&mut self, expr: &'m Expr) -> Node<'m> {
        match &expr.kind {
            ExprKind::Local(local) => Node::Local(*local),
            ExprKind::Let { local, value, body } => {
                Node::Let { local: *local, value: self.boxed(value), body: self.boxed(body) }
            }
            ExprKind::Inlined { body, .. } => self.lower(body),
            ExprKind::Shift { operand, periods } => match operand.time {
                None => self.lower(operand),
                Some(frequency) => {
                    let len = self.model.timelines.get(frequency).map_or(1, |line| line.len);
                    Node::Shift { operand: self.boxed(operand), periods: *periods, len }
                }
            },
            ExprKind::At { operand, index } => match operand.time {
                None => self.lower(operand),
                Some(_) => Node::At { operand: self.boxed(operand), index: *index },
            },
            ExprKind::Unary { op, operand } => Node::Unary(*op, self.boxed(operand)),
            ExprKind::Binary { op, left, right } => Node::Binary(*op, self.boxed(left), self.boxed(right)),
            ExprKind::Compare { operands, ops } => {
                Node::Compare(operands.iter().map(|operand| self.lower(operand)).collect(), ops.clone())
            }
            ExprKind::If { condition, then, otherwise } => {
                Node::If(Box::new([self.lower(condition), self.lower(then), self.lower(otherwise)]))
            }
            ExprKind::Call { builtin, arguments } => self.call(*builtin, arguments),
            ExprKind::Number(_)
            | ExprKind::Text(_)
            | ExprKind::YesNo(_)
            | ExprKind::Missing { .. }
            | ExprKind::Own(_)
            | ExprKind::Variable(_)
            | ExprKind::Bound { .. }
            | ExprKind::Member { .. }
            | ExprKind::Entity { .. }
            | ExprKind::RollUp { .. }
            | ExprKind::Aggregate(_)
            | ExprKind::Under { .. }
            | ExprKind::Expected(_) => {
                self.leaf += 1;
                Node::Leaf(self.leaf - 1)
            }
        }
    }

    fn call(&mut self, builtin: Builtin, arguments: &'m [Argument]) -> Node<'m> {
        let mut lowered: Vec<Node<'m>> = arguments
            .iter()
            .filter_map(|argument| match argument {
                Argument::Expr(operand) => Some(self.lower(operand)),
                _ => None,
            })
            .collect();
        match (builtin, lowered.len()) {
            (Builtin::Min | Builtin::Max, _) => Node::Extreme(builtin, lowered),
            (_, 2) => {
                let second = lowered.remove(1);
                let both = Box::new([lowered.remove(0), second]);
                if builtin == Builtin::Round { Node::Round(both) } else { Node::OrElse(both) }
            }
            (Builtin::IsMissing, _) => Node::IsMissing(Box::new(lowered.remove(0))),
            _ => Node::Elementary(builtin, Box::new(lowered.remove(0))),
        }
    }

    fn boxed(&mut self, expr: &'m Expr) -> Box<Node<'m>> {
        Box::new(self.lower(expr))
    }

    /// A place among others that are the same for all lanes, so that they are looked at once.
    fn rank(&mut self, expr: &'m Expr, aggregate: &'m Aggregate) -> Option<Node<'m>> {
        let of = aggregate.of.as_ref().filter(|_| aggregate.builtin == Builtin::Rank)?;
        let others = || aggregate.filter.iter().chain([&aggregate.body]);
        let alike = |expr: &&Expr| match &expr.kind {
            ExprKind::Aggregate(other) => other.body == aggregate.body && other.filter == aggregate.filter,
            _ => false,
        };
        if others().any(is_own) || !self.in_lanes(expr).iter().all(alike) {
            return None;
        }
        self.node += 1;
        let of = Box::new(self.lower(of));
        others().for_each(|expr| self.skip(expr));
        Some(Node::Rank { of, aggregate, is_series: expr.time.is_some() })
    }

    /// A node that is computed cell by cell.
    fn cells(&mut self, expr: &'m Expr) -> Node<'m> {
        let exprs = self.in_lanes(expr);
        let differs = exprs.len() > 1 || is_own(expr);
        self.skip(expr);
        Node::Cells { exprs, differs }
    }

    /// The node in hand in the formula of every lane; only one if they are all alike.
    fn in_lanes(&self, expr: &'m Expr) -> Vec<&'m Expr> {
        let mut formulas: Vec<&'m Formula> =
            self.recipes.iter().filter_map(|lane| nth_formula(lane, self.formula)).collect();
        if formulas.iter().all(|formula| std::ptr::eq(*formula, formulas[0])) {
            formulas.truncate(1);
        }
        let mut exprs: Vec<&'m Expr> = match formulas.as_slice() {
            [_] => vec![expr],
            formulas => formulas.iter().filter_map(|formula| nth_node(&formula.expr, self.node)).collect(),
        };
        if exprs.iter().all(|other| *other == exprs[0]) {
            exprs.truncate(1);
        }
        exprs
    }

    /// Passes over an expression that is not lowered.
    fn skip(&mut self, expr: &'m Expr) {
        each_node(expr, |node| {
            self.node += 1;
            self.leaf += usize::from(is_leaf(node));
        });
    }
}

/// Looks at every node in the order of reading.
fn each_node<'m>(expr: &'m Expr, mut see: impl FnMut(&'m Expr)) {
    let mut open = vec![expr];
    let mut below = Vec::new();
    while let Some(expr) = open.pop() {
        see(expr);
        expr.each_child(|operand| below.push(operand));
        open.extend(below.drain(..).rev());
    }
}

fn nth_formula<'m>(recipe: &Recipe<'m>, nth: usize) -> Option<&'m Formula> {
    let (mut at, mut found) = (0, None);
    recipe.each_formula(|formula| {
        found = found.or((at == nth).then_some(formula));
        at += 1;
    });
    found
}

fn nth_node(expr: &Expr, nth: usize) -> Option<&Expr> {
    let (mut at, mut found) = (0, None);
    each_node(expr, |node| {
        found = found.or((at == nth).then_some(node));
        at += 1;
    });
    found
}

/// Whether it differs from entity to entity.
fn is_own(expr: &Expr) -> bool {
    let mut own = false;
    expr.names(|name, _| own |= matches!(name, Name::Own(_)));
    each_node(expr, |node| {
        own |= match &node.kind {
            ExprKind::Entity { of, .. } | ExprKind::Member { of, .. } => *of == EntityRef::This,
            _ => false,
        };
    });
    own
}

fn is_leaf(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Entity { of, .. } => *of == EntityRef::This,
        ExprKind::Number(_)
        | ExprKind::YesNo(_)
        | ExprKind::Text(_)
        | ExprKind::Missing { .. }
        | ExprKind::Variable(_)
        | ExprKind::Own(_) => true,
        _ => false,
    }
}

fn is_columnar(expr: &Expr) -> bool {
    let mut columnar = true;
    each_node(expr, |node| columnar &= is_known(node));
    columnar
}

/// Whether columns know this node.
fn is_known(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Local(_)
        | ExprKind::Let { .. }
        | ExprKind::Inlined { .. }
        | ExprKind::Shift { .. }
        | ExprKind::At { .. }
        | ExprKind::Unary { .. }
        | ExprKind::Binary { .. }
        | ExprKind::Compare { .. }
        | ExprKind::If { .. } => true,
        ExprKind::Call { builtin, arguments } => is_known_call(*builtin, arguments, expr),
        _ => is_leaf(expr),
    }
}

fn is_known_call(builtin: Builtin, arguments: &[Argument], expr: &Expr) -> bool {
    let plain = arguments.iter().all(|argument| match argument {
        Argument::Expr(operand) => operand.time.is_none() || operand.time == expr.time,
        _ => false,
    });
    plain
        && match (builtin, arguments.len()) {
            (Builtin::Min | Builtin::Max, 1..) | (Builtin::OrElse | Builtin::Round, 2) | (Builtin::IsMissing, 1) => {
                true
            }
            (_, 1) => elementary(builtin, 0.0).is_some(),
            _ => false,
        }
}
