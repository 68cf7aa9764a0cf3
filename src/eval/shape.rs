//! Shapes: two formulas of one shape differ at most in their literals and in which entity their names belong to.

use crate::model::{Argument, EntityId, EntityRef, EntityText, Expr, ExprKind, Model, Skip, Slot, VariableId};
use crate::value::{Scalar, Words};

use super::layout::Layout;
use super::recipe::Recipe;

/// A place in a formula where entities of one shape may differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Leaf {
    Literal(Scalar),
    Variable(VariableId),
    /// An attribute of the formula's own entity.
    Own(Slot),
    /// A text of the formula's own entity.
    This(EntityText),
}

/// A recipe as numbers that are equal exactly if the shapes are, and its leaves in the same order.
#[derive(Debug, Default)]
pub(super) struct Signature {
    pub tokens: Vec<u64>,
    pub leaves: Vec<Leaf>,
}

/// Reads the shape of recipes.
pub(super) struct Shaper<'s> {
    pub model: &'s Model,
    pub layout: &'s Layout,
    pub words: &'s mut Words,
    /// Whether a formula was seen that looks at another case.
    pub crosses: bool,
}

impl Shaper<'_> {
    /// Writes the signature of a variable's recipe over `into`.
    pub fn recipe(&mut self, recipe: &Recipe<'_>, entity: Option<EntityId>, into: &mut Signature) {
        into.tokens.clear();
        into.leaves.clear();
        recipe.signed(&mut into.tokens);
        recipe.each_piece(|window, formula, posts| {
            into.tokens.extend([window.first as u64, window.last as u64, posts.len() as u64]);
            self.expr(&formula.expr, entity, into);
            for post in posts {
                into.tokens.push(u64::from(post.scales));
                self.expr(&post.amount.expr, entity, into);
            }
        });
        for (_, post) in recipe.spots() {
            self.expr(&post.amount.expr, entity, into);
        }
    }

    fn expr(&mut self, expr: &Expr, entity: Option<EntityId>, into: &mut Signature) {
        if let Some(leaf) = self.leaf(expr) {
            return self.push(leaf, entity, into);
        }
        let mut open = Vec::with_capacity(16);
        open.push(expr);
        while let Some(expr) = open.pop() {
            self.node(expr, entity, into);
            let above = open.len();
            expr.each_child(|operand| open.push(operand));
            open[above..].reverse();
        }
    }

    fn node(&mut self, expr: &Expr, entity: Option<EntityId>, into: &mut Signature) {
        if let Some(leaf) = self.leaf(expr) {
            return self.push(leaf, entity, into);
        }
        self.crosses |= expr.is_crossing();
        into.tokens.push(expr.time.map_or(0, |frequency| 1 + frequency as u64) << 8 | tag(&expr.kind));
        payload(&expr.kind, &mut into.tokens);
    }

    fn push(&mut self, leaf: Leaf, entity: Option<EntityId>, into: &mut Signature) {
        into.tokens.push(self.leaf_token(leaf, entity));
        into.leaves.push(leaf);
    }

    fn leaf(&mut self, expr: &Expr) -> Option<Leaf> {
        Some(match &expr.kind {
            ExprKind::Number(number) => Leaf::Literal(Scalar::number(*number)),
            ExprKind::YesNo(holds) => Leaf::Literal(Scalar::yes_no(*holds)),
            ExprKind::Text(text) => Leaf::Literal(Scalar::number(self.words.text(text))),
            ExprKind::Missing { code, reason } => {
                Leaf::Literal(Scalar::missing(self.words.reason(*code, reason.as_ref())))
            }
            ExprKind::Variable(variable) => Leaf::Variable(*variable),
            ExprKind::Own(slot) => Leaf::Own(*slot),
            ExprKind::Entity { of: EntityRef::This, text } => Leaf::This(*text),
            _ => return None,
        })
    }

    fn leaf_token(&self, leaf: Leaf, entity: Option<EntityId>) -> u64 {
        match leaf.variable(self.model, entity) {
            Some(variable) => 1 << 32 | self.layout.home(variable).block as u64,
            None => 1 << 40,
        }
    }
}

impl Leaf {
    /// The variable it stands for in a formula of an entity.
    pub fn variable(self, model: &Model, entity: Option<EntityId>) -> Option<VariableId> {
        match self {
            Leaf::Variable(variable) => Some(variable),
            Leaf::Own(slot) => entity.map(|entity| model.entity(entity).variable(slot)),
            Leaf::Literal(_) | Leaf::This(_) => None,
        }
    }

    /// The value it stands for in a formula of an entity, if it is no variable.
    pub fn literal(self, model: &Model, entity: Option<EntityId>, words: &mut Words) -> Scalar {
        match (self, entity) {
            (Leaf::Literal(value), _) => value,
            (Leaf::This(EntityText::Name), Some(entity)) => Scalar::number(words.text(&model.entity(entity).name)),
            (Leaf::This(EntityText::Label), Some(entity)) => Scalar::number(words.text(&model.entity(entity).label)),
            _ => Scalar::number(0.0),
        }
    }
}

fn tag(kind: &ExprKind) -> u64 {
    match kind {
        ExprKind::Bound { .. } => 1,
        ExprKind::Member { .. } => 2,
        ExprKind::Entity { .. } => 3,
        ExprKind::Local(_) => 4,
        ExprKind::Let { .. } => 5,
        ExprKind::Inlined { .. } => 6,
        ExprKind::Shift { .. } => 7,
        ExprKind::At { .. } => 8,
        ExprKind::RollUp { .. } => 9,
        ExprKind::Unary { .. } => 10,
        ExprKind::Binary { .. } => 11,
        ExprKind::Compare { .. } => 12,
        ExprKind::If { .. } => 13,
        ExprKind::Call { .. } => 14,
        ExprKind::Aggregate(_) => 15,
        ExprKind::Under { .. } => 16,
        ExprKind::Expected(_) => 17,
        ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::YesNo(_)
        | ExprKind::Missing { .. }
        | ExprKind::Own(_)
        | ExprKind::Variable(_) => 0,
    }
}

fn payload(kind: &ExprKind, tokens: &mut Vec<u64>) {
    match kind {
        ExprKind::Bound { binder, slot } => tokens.extend([u64::from(binder.0), u64::from(slot.0)]),
        ExprKind::Member { members, of } => {
            tokens.extend([members.len() as u64, reference(*of)]);
            tokens.extend(members.iter().map(|(entity, variable)| u64::from(entity.0) << 32 | u64::from(variable.0)));
        }
        ExprKind::Entity { of, text } => tokens.extend([reference(*of), *text as u64]),
        ExprKind::Local(local) | ExprKind::Let { local, .. } => tokens.push(u64::from(local.0)),
        ExprKind::Shift { periods, .. } => tokens.push(*periods as u64),
        ExprKind::At { index, .. } => tokens.push(*index as u64),
        ExprKind::RollUp { how, .. } => tokens.push(*how as u64),
        ExprKind::Unary { op, .. } => tokens.push(*op as u64),
        ExprKind::Binary { op, .. } => tokens.push(*op as u64),
        ExprKind::Compare { ops, .. } => {
            tokens.push(ops.len() as u64);
            tokens.extend(ops.iter().map(|op| *op as u64));
        }
        ExprKind::Call { builtin, arguments } => {
            tokens.extend([*builtin as u64, arguments.len() as u64]);
            arguments.iter().for_each(|argument| argument_payload(argument, tokens));
        }
        ExprKind::Aggregate(aggregate) => tokens.extend([
            aggregate.builtin as u64,
            u64::from(aggregate.binder.0),
            u64::from(aggregate.kind.0),
            skip(aggregate.skip),
            u64::from(aggregate.lowest),
            u64::from(aggregate.of.is_some()),
            u64::from(aggregate.filter.is_some()),
        ]),
        ExprKind::Under { case, .. } => tokens.push(u64::from(case.0)),
        _ => {}
    }
}

fn argument_payload(argument: &Argument, tokens: &mut Vec<u64>) {
    match argument {
        Argument::Expr(_) => tokens.push(0),
        Argument::Slice { window, .. } => tokens.extend([1, window.first as u64, window.last as u64]),
        Argument::Period { frequency, index } => tokens.extend([2, *frequency as u64, *index as u64]),
    }
}

fn reference(of: EntityRef) -> u64 {
    match of {
        EntityRef::This => 0,
        EntityRef::Bound(binder) => 1 << 32 | u64::from(binder.0),
        EntityRef::Fixed(entity) => 2 << 32 | u64::from(entity.0),
    }
}

fn skip(skip: Skip) -> u64 {
    match skip {
        Skip::Nothing => 0,
        Skip::Missing => 1,
        Skip::Code(code) => 2 + code as u64,
    }
}
