//! `x in 50..150%` as the chain of comparisons that it stands for.

use crate::syntax::ast::{CompareOp, Node, NodeId, NodeKind, Quantity};

/// `low <= operand <= high`; an end that has no unit takes that of the other.
pub(super) fn between(nodes: &mut [Node], low: NodeId, operand: NodeId, high: NodeId) -> NodeKind {
    let (first, last) = (number(nodes, low), number(nodes, high));
    for (own, other) in [(first, last), (last, first)] {
        if let (NodeKind::Quantity(bare), NodeKind::Quantity(like)) = (&nodes[own].kind, &nodes[other].kind)
            && bare.is_bare()
        {
            let (scale, mark, unit) = (like.scale, like.mark, like.unit);
            nodes[own].kind = NodeKind::Quantity(Quantity { scale, mark, unit, ..*bare });
        }
    }
    NodeKind::Compare { operands: vec![low, operand, high], ops: vec![CompareOp::LessEqual; 2] }
}

/// The number of an end, which may stand behind a minus.
fn number(nodes: &[Node], end: NodeId) -> usize {
    match nodes[end.0 as usize].kind {
        NodeKind::Unary { operand, .. } => operand.0 as usize,
        _ => end.0 as usize,
    }
}
