//! `Cause`: why a formula with the same text means something else than it did.

use crate::model::{Expr, ExprKind, VariableId};

/// What lies behind another meaning of the same words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// A function that the formula calls.
    Function(String),
    /// A value that is of another sort or varies over time now; its id in the union, from the baseline.
    Variable(VariableId),
    /// A literal stands for another number: its unit is defined differently.
    Unit,
    Unknown,
}

/// The causes of a difference between two formulas in the ids of the union.
pub fn causes(old: &Expr, new: &Expr) -> Vec<Cause> {
    let mut causes = Vec::new();
    look(old, new, None, &mut causes);
    causes.sort();
    causes.dedup();
    causes
}

fn look(old: &Expr, new: &Expr, inside: Option<&str>, causes: &mut Vec<Cause>) {
    if old == new {
        return;
    }
    let inside = match (&old.kind, &new.kind) {
        (ExprKind::Inlined { function, .. }, ExprKind::Inlined { function: other, .. }) if function == other => {
            Some(&**function)
        }
        _ => inside,
    };
    let (before, after) = (old.children(), new.children());
    let same_form = std::mem::discriminant(&old.kind) == std::mem::discriminant(&new.kind);
    let parts_differ = before.iter().zip(&after).any(|(before, after)| before != after);
    if same_form && before.len() == after.len() && parts_differ {
        for (before, after) in before.iter().zip(&after) {
            look(before, after, inside, causes);
        }
        return;
    }
    causes.push(match (inside, &old.kind, &new.kind) {
        (Some(function), _, _) => Cause::Function(function.to_string()),
        (None, ExprKind::Variable(variable), _) => Cause::Variable(*variable),
        (None, ExprKind::Number(_), ExprKind::Number(_)) => Cause::Unit,
        _ => Cause::Unknown,
    });
}
