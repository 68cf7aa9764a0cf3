//! Flat operands and operators to a tree, by precedence.

use std::sync::Arc;

use pest::iterators::{Pair, Pairs};

use super::extent::{end_of, own_text};
use super::{Rule, literal, range};
use crate::syntax::ast::{
    Aggregate, BinaryOp, CompareOp, Expr, ExprTree, Index, MissingCode, Node, NodeId, NodeKind, Quantity, UnaryOp,
};
use crate::syntax::error::SyntaxError;
use crate::syntax::words::is_reserved;
use crate::text::{Span, fault_of_number};

/// A tree, and what is wrong in it once its place in the file is known.
pub(super) struct Built {
    pub tree: ExprTree,
    pub problems: Vec<Box<dyn FnOnce(u32) -> SyntaxError>>,
}

/// Builds the tree of an expression, a path or a literal; `text` is what it spans.
pub(super) fn build(pair: Pair<Rule>, text: &str) -> Option<Built> {
    let mut builder = Builder { start: pair.as_span().start(), nodes: vec![], problems: vec![] };
    let root = builder.chain(pair.into_inner())?.node;
    let tree = ExprTree { text: text.into(), nodes: builder.nodes, root };
    Some(Built { tree, problems: builder.problems })
}

struct Builder {
    /// Where the expression starts in what pest read.
    start: usize,
    nodes: Vec<Node>,
    problems: Vec<Box<dyn FnOnce(u32) -> SyntaxError>>,
}

/// A node and what it spans, with the brackets around it.
#[derive(Clone, Copy)]
struct Operand {
    node: NodeId,
    span: Span,
}

#[derive(Clone, Copy)]
enum Operator {
    Prefix(UnaryOp, u32),
    Binary(BinaryOp),
    Compare(CompareOp),
}

impl Operator {
    /// How tightly it binds its operands.
    fn binds(self) -> u8 {
        match self {
            Operator::Binary(BinaryOp::Or) => 1,
            Operator::Binary(BinaryOp::And) => 2,
            Operator::Prefix(UnaryOp::Not, _) => 3,
            Operator::Compare(_) => COMPARISON,
            Operator::Binary(BinaryOp::Plus | BinaryOp::Minus) => 6,
            Operator::Binary(BinaryOp::Times | BinaryOp::Over) => 7,
            Operator::Prefix(UnaryOp::Minus, _) => 8,
            Operator::Binary(BinaryOp::Power) => 9,
        }
    }

    /// Whether it must be applied before an operator that comes after it.
    fn goes_before(self, next: Operator) -> bool {
        let (own, other) = (self.binds(), next.binds());
        // Comparisons stack up to one chain; powers nest to the right.
        own > other || own == other && !matches!(next, Operator::Compare(_) | Operator::Binary(BinaryOp::Power))
    }
}

const COMPARISON: u8 = 4;
/// `in` and `under` bind looser than `+` and tighter than a comparison.
const SUFFIX: u8 = 5;

impl Builder {
    fn chain(&mut self, pairs: Pairs<Rule>) -> Option<Operand> {
        let (mut operands, mut operators) = (Vec::with_capacity(4), Vec::new());
        for pair in pairs {
            match pair.as_rule() {
                Rule::conditional => return self.conditional(pair),
                Rule::prefix | Rule::minus_sign => operators.push(self.prefix(&pair)),
                Rule::infix => {
                    let next = infix(pair.as_str());
                    self.reduce(&mut operands, &mut operators, |top| top.goes_before(next))?;
                    operators.push(next);
                }
                Rule::field_of | Rule::index => {
                    let of = operands.pop()?;
                    operands.push(self.postfix(of, pair)?);
                }
                Rule::in_unit | Rule::under => {
                    self.reduce(&mut operands, &mut operators, |top| top.binds() > SUFFIX)?;
                    let of = operands.pop()?;
                    operands.push(self.suffix(of, pair)?);
                }
                _ => operands.push(self.primary(pair)?),
            }
        }
        self.reduce(&mut operands, &mut operators, |_| true)?;
        operands.pop()
    }

    /// Applies the operators on top while `applies` says so.
    fn reduce(
        &mut self,
        operands: &mut Vec<Operand>,
        operators: &mut Vec<Operator>,
        applies: impl Fn(Operator) -> bool,
    ) -> Option<()> {
        while let Some(top) = operators.pop_if(|top| applies(*top)) {
            let made = match top {
                Operator::Prefix(op, start) => {
                    let of = operands.pop()?;
                    let span = Span { start, end: of.span.end };
                    self.push(span, NodeKind::Unary { op, operand: of.node })
                }
                Operator::Binary(op) => {
                    let (right, left) = (operands.pop()?, operands.pop()?);
                    self.push(left.span.to(right.span), NodeKind::Binary { op, left: left.node, right: right.node })
                }
                Operator::Compare(op) => self.comparison(op, operands, operators)?,
            };
            operands.push(made);
        }
        Some(())
    }

    /// `a < b <= c`: all comparisons on top of the stack make one node.
    fn comparison(
        &mut self,
        last: CompareOp,
        operands: &mut Vec<Operand>,
        operators: &mut Vec<Operator>,
    ) -> Option<Operand> {
        let mut ops = vec![last];
        while let Some(Operator::Compare(op)) = operators.pop_if(|top| matches!(top, Operator::Compare(_))) {
            ops.push(op);
        }
        ops.reverse();
        let sides = operands.split_off(operands.len().checked_sub(ops.len() + 1)?);
        let span = sides.first()?.span.to(sides.last()?.span);
        let operands = sides.iter().map(|side| side.node).collect();
        Some(self.push(span, NodeKind::Compare { operands, ops }))
    }

    fn conditional(&mut self, pair: Pair<Rule>) -> Option<Operand> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner().filter(|part| part.as_rule() == Rule::expression);
        let mut next = || self.chain(parts.next()?.into_inner()).map(|part| part.node);
        let (condition, then, otherwise) = (next()?, next()?, next()?);
        Some(self.push(span, NodeKind::If { condition, then, otherwise }))
    }

    fn primary(&mut self, pair: Pair<Rule>) -> Option<Operand> {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::paren => {
                let node = self.chain(pair.into_inner().next()?.into_inner())?.node;
                return Some(Operand { node, span });
            }
            Rule::call => self.call(pair)?,
            Rule::quantity => NodeKind::Quantity(self.quantity(pair)),
            Rule::string => NodeKind::Text(inside(span)),
            Rule::yes_no => NodeKind::YesNo(pair.as_str() == "yes"),
            Rule::missing => self.missing(pair)?,
            Rule::date => NodeKind::Date(span),
            Rule::period => NodeKind::Period(span),
            Rule::hole_mark => NodeKind::Hole,
            _ => NodeKind::Name(self.name(&pair)),
        };
        Some(self.push(span, kind))
    }

    fn postfix(&mut self, of: Operand, pair: Pair<Rule>) -> Option<Operand> {
        let own = self.span(&pair);
        let span = of.span.to(own);
        let kind = match pair.as_rule() {
            Rule::field_of => NodeKind::Field { of: of.node, name: Span { start: own.start + 1, end: own.end } },
            _ => NodeKind::Index { of: of.node, index: self.index(pair)? },
        };
        Some(self.push(span, kind))
    }

    fn index(&mut self, pair: Pair<Rule>) -> Option<Index> {
        let mut parts = vec![];
        let mut dots = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::shift => return self.shift(part),
                Rule::dots => dots = Some(parts.len()),
                _ => parts.push(self.index_bound(part)?),
            }
        }
        let mut parts = parts.into_iter();
        Some(match dots {
            None => Index::At(parts.next()?),
            Some(0) => Index::Slice { from: None, to: parts.next() },
            Some(_) => Index::Slice { from: parts.next(), to: parts.next() },
        })
    }

    fn index_bound(&mut self, pair: Pair<Rule>) -> Option<NodeId> {
        let span = self.span(&pair);
        let period = own_text(&pair).to_string();
        let node = self.chain(pair.into_inner())?.node;
        if matches!(self.nodes[node.0 as usize].kind, NodeKind::Quantity(_)) {
            self.problems.push(Box::new(move |start| {
                let span = span.shifted(start);
                SyntaxError::PeriodSuffix { period, span }
            }));
        }
        Some(node)
    }

    fn shift(&mut self, pair: Pair<Rule>) -> Option<Index> {
        let mut parts = pair.into_inner();
        let back = parts.next()?.as_rule() == Rule::kw_prev;
        let steps = match parts.next() {
            None => 1,
            Some(count) => count.as_str().parse().unwrap_or(u32::MAX),
        };
        Some(if back { Index::Prev(steps) } else { Index::Next(steps) })
    }

    fn suffix(&mut self, of: Operand, pair: Pair<Rule>) -> Option<Operand> {
        let span = of.span.to(self.span(&pair));
        let (operand, mut unit, mut case, mut on, mut bounds) = (of.node, None, None, None, vec![]);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::bound => bounds.push(self.chain(part.into_inner())?.node),
                Rule::unit_spec => unit = Some(self.span(&part)),
                Rule::name => case = Some(self.span(&part)),
                Rule::date => on = Some(self.span(&part)),
                _ => {}
            }
        }
        if let [low, high] = bounds[..] {
            let kind = range::between(&mut self.nodes, low, operand, high);
            return Some(self.push(span, kind));
        }
        Some(match (unit, case) {
            (Some(unit), _) => self.push(span, NodeKind::In { operand, unit, on }),
            (None, case) => self.push(span, NodeKind::Under { operand, case: case? }),
        })
    }

    fn call(&mut self, pair: Pair<Rule>) -> Option<NodeKind> {
        let mut parts = pair.into_inner();
        let function = self.name(&parts.next()?);
        let (mut arguments, mut aggregate, mut lowest) = (vec![], None, false);
        for part in parts {
            if part.as_rule() == Rule::over_kind {
                aggregate = Some(self.over_kind(function, part)?);
            } else if aggregate.is_some() && own_text(&part) == "lowest" {
                lowest = true;
            } else if aggregate.is_some() || part.as_rule() != Rule::expression {
                self.too_many_arguments(&part);
            } else {
                arguments.push(self.chain(part.into_inner())?.node);
            }
        }
        Some(match aggregate {
            None => NodeKind::Call { function, arguments },
            Some(aggregate) => {
                let of = arguments.first().copied();
                NodeKind::Aggregate(Box::new(Aggregate { of, lowest, ..aggregate }))
            }
        })
    }

    /// `c in chip where … skip NM: c.x`
    fn over_kind(&mut self, function: Span, pair: Pair<Rule>) -> Option<Aggregate> {
        let mut parts = pair.into_inner();
        let (mut binder, mut kind, mut filter, mut skip) = (None, None, None, None);
        for part in parts.next()?.into_inner() {
            match part.as_rule() {
                Rule::name => binder = Some(self.name(&part)),
                Rule::dotted => kind = Some(self.span(&part)),
                Rule::expression => filter = Some(self.chain(part.into_inner())?.node),
                Rule::skip => skip = part.into_inner().last().map(|code| self.span(&code)),
                _ => {}
            }
        }
        let body = self.chain(parts.next()?.into_inner())?.node;
        Some(Aggregate { function, of: None, binder: binder?, kind: kind?, filter, skip, body, lowest: false })
    }

    fn too_many_arguments(&mut self, pair: &Pair<Rule>) {
        let span = self.span(pair);
        self.problems.push(Box::new(move |start| SyntaxError::Expected {
            expected: "`lowest` or `)`".into(),
            found: "one argument too many".into(),
            span: span.shifted(start),
            help: None,
        }));
    }

    fn quantity(&mut self, pair: Pair<Rule>) -> Quantity {
        let mut quantity = literal::number("0");
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::number => quantity = self.number(&part),
                Rule::mark => quantity.mark = Some(literal::mark(part.as_str())),
                Rule::scale => quantity.scale = literal::scale(part.as_str()),
                _ => quantity.unit = Some(self.span(&part)),
            }
        }
        quantity
    }

    /// A number, if there is one so large.
    fn number(&mut self, pair: &Pair<Rule>) -> Quantity {
        let quantity = literal::number(pair.as_str());
        if let Some(fault) = fault_of_number(quantity.number, pair.as_str()) {
            let span = self.span(pair);
            self.problems.push(Box::new(move |start| SyntaxError::Number { fault, span: span.shifted(start) }));
        }
        quantity
    }

    fn missing(&mut self, pair: Pair<Rule>) -> Option<NodeKind> {
        let mut parts = pair.into_inner();
        let code = match parts.next()?.as_str() {
            "NM" => MissingCode::Nm,
            "NA" => MissingCode::Na,
            "ND" => MissingCode::Nd,
            _ => MissingCode::X,
        };
        Some(NodeKind::Missing { code, reason: parts.next().map(|reason| inside(self.span(&reason))) })
    }

    /// The place of a name; words of the language are no names.
    fn name(&mut self, pair: &Pair<Rule>) -> Span {
        let span = self.span(pair);
        let word = pair.as_str();
        if is_reserved(word) {
            self.problems.push(super::mistakes::reserved(word, span));
        }
        span
    }

    fn prefix(&self, pair: &Pair<Rule>) -> Operator {
        let op = if pair.as_str() == "-" { UnaryOp::Minus } else { UnaryOp::Not };
        Operator::Prefix(op, self.span(pair).start)
    }

    fn span(&self, pair: &Pair<Rule>) -> Span {
        Span::new(pair.as_span().start() - self.start, end_of(pair) - self.start)
    }

    fn push(&mut self, span: Span, kind: NodeKind) -> Operand {
        self.nodes.push(Node { span, kind });
        Operand { node: NodeId(self.nodes.len() as u32 - 1), span }
    }
}

fn infix(text: &str) -> Operator {
    match text {
        "+" => Operator::Binary(BinaryOp::Plus),
        "-" => Operator::Binary(BinaryOp::Minus),
        "*" => Operator::Binary(BinaryOp::Times),
        "/" => Operator::Binary(BinaryOp::Over),
        "^" => Operator::Binary(BinaryOp::Power),
        "and" => Operator::Binary(BinaryOp::And),
        "or" => Operator::Binary(BinaryOp::Or),
        "==" => Operator::Compare(CompareOp::Equal),
        "!=" => Operator::Compare(CompareOp::NotEqual),
        "<" => Operator::Compare(CompareOp::Less),
        "<=" => Operator::Compare(CompareOp::LessEqual),
        ">" => Operator::Compare(CompareOp::Greater),
        _ => Operator::Compare(CompareOp::GreaterEqual),
    }
}

fn inside(span: Span) -> Span {
    Span { start: span.start + 1, end: span.end - 1 }
}

/// A hole in the place of what could not be read.
pub(super) fn nothing(span: Span) -> Expr {
    let nodes = vec![Node { span: Span::default(), kind: NodeKind::Hole }];
    Expr { span, tree: Arc::new(ExprTree { text: "".into(), nodes, root: NodeId(0) }) }
}
