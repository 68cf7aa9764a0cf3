//! An expression's tree as people read it in tests: `(* revenue [prev] 1.2)`.

use std::fmt::{Debug, Formatter, Result};

use super::ast::{Aggregate, ExprTree, Index, NodeId, NodeKind};
use crate::text::Span;
use crate::word::yes_no;

impl Debug for ExprTree {
    fn fmt(&self, f: &mut Formatter) -> Result {
        Shown { tree: self, id: self.root }.fmt(f)
    }
}

/// One node with its tree.
struct Shown<'t> {
    tree: &'t ExprTree,
    id: NodeId,
}

impl Debug for Shown<'_> {
    fn fmt(&self, f: &mut Formatter) -> Result {
        stacker::maybe_grow(64 << 10, 4 << 20, || self.show(f))
    }
}

impl<'t> Shown<'t> {
    fn show(&self, f: &mut Formatter) -> Result {
        match &self.tree.node(self.id).kind {
            NodeKind::Quantity(_) | NodeKind::Date(_) | NodeKind::Period(_) => {
                f.write_str(&self.text(self.own()).split_whitespace().collect::<Vec<_>>().join(" "))
            }
            NodeKind::Text(text) => write!(f, "{:?}", self.text(*text)),
            NodeKind::YesNo(yes) => f.write_str(yes_no(*yes)),
            NodeKind::Missing { code, reason } => {
                write!(f, "{}", code.word())?;
                reason.map_or(Ok(()), |reason| write!(f, " {:?}", self.text(reason)))
            }
            NodeKind::Hole => f.write_str("?"),
            NodeKind::Name(name) => f.write_str(self.text(*name)),
            NodeKind::Field { of, name } => write!(f, "{:?}.{}", self.child(*of), self.text(*name)),
            NodeKind::Index { of, index } => self.index(f, *of, index),
            NodeKind::Call { function, arguments } => self.list(f, self.text(*function), arguments),
            NodeKind::Aggregate(aggregate) => self.aggregate(f, aggregate),
            NodeKind::Unary { op, operand } => self.list(f, op.word(), &[*operand]),
            NodeKind::Binary { op, left, right } => self.list(f, op.word(), &[*left, *right]),
            NodeKind::Compare { operands, ops } => {
                let words: Vec<&str> = ops.iter().map(|op| op.word()).collect();
                self.list(f, &words.join(" "), operands)
            }
            NodeKind::If { condition, then, otherwise } => self.list(f, "if", &[*condition, *then, *otherwise]),
            NodeKind::In { operand, unit, on } => {
                write!(f, "(in {:?} {}", self.child(*operand), self.text(*unit))?;
                on.map_or(Ok(()), |on| write!(f, " on {}", self.text(on)))?;
                f.write_str(")")
            }
            NodeKind::Under { operand, case } => {
                write!(f, "(under {:?} {})", self.child(*operand), self.text(*case))
            }
        }
    }

    fn index(&self, f: &mut Formatter, of: NodeId, index: &Index) -> Result {
        write!(f, "{:?}[", self.child(of))?;
        let bound = |f: &mut Formatter, id: &Option<NodeId>| match id {
            Some(id) => self.child(*id).fmt(f),
            None => Ok(()),
        };
        match index {
            Index::Prev(steps) => write!(f, "prev {steps}")?,
            Index::Next(steps) => write!(f, "next {steps}")?,
            Index::At(at) => self.child(*at).fmt(f)?,
            Index::Slice { from, to } => {
                bound(f, from)?;
                f.write_str("..")?;
                bound(f, to)?;
            }
        }
        f.write_str("]")
    }

    fn aggregate(&self, f: &mut Formatter, of: &Aggregate) -> Result {
        write!(f, "({} ", self.text(of.function))?;
        of.of.map_or(Ok(()), |of| write!(f, "{:?}, ", self.child(of)))?;
        write!(f, "{} in {}", self.text(of.binder), self.text(of.kind))?;
        of.filter.map_or(Ok(()), |filter| write!(f, " where {:?}", self.child(filter)))?;
        of.skip.map_or(Ok(()), |skip| write!(f, " skip {}", self.text(skip)))?;
        write!(f, ": {:?}{})", self.child(of.body), if of.lowest { ", lowest" } else { "" })
    }

    fn list(&self, f: &mut Formatter, word: &str, parts: &[NodeId]) -> Result {
        write!(f, "({word}")?;
        for part in parts {
            write!(f, " {:?}", self.child(*part))?;
        }
        f.write_str(")")
    }

    fn child(&self, id: NodeId) -> Shown<'t> {
        Shown { tree: self.tree, id }
    }

    fn own(&self) -> Span {
        self.tree.node(self.id).span
    }

    fn text(&self, span: Span) -> &'t str {
        self.tree.slice(span)
    }
}
