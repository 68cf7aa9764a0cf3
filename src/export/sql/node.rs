//! The steps of a point as SQL: a missing value is NULL, yes is 1 and no is 0.

use crate::builtin::Builtin;
use crate::eval::graph::Graph;
use crate::eval::node::{Id, Node};
use crate::eval::op::{Many, One, Two};
use crate::model::CompareOp;

use super::dialect::Dialect;
use super::query::{Query, Term};
use super::refusal::Refusal;

/// Writes the steps of a graph into a query, each once.
pub struct Steps<'g> {
    pub graph: &'g Graph,
    pub dialect: Dialect,
    /// What each knob is set to.
    pub knobs: &'g [Term],
    /// How often each step is used.
    uses: Vec<u32>,
    terms: Vec<Option<Term>>,
}

impl<'g> Steps<'g> {
    /// Prepares to write the steps that lead to some of them.
    pub fn new(graph: &'g Graph, dialect: Dialect, knobs: &'g [Term], roots: &[Id]) -> Steps<'g> {
        let mut uses = vec![0; graph.nodes.len()];
        roots.iter().for_each(|root| uses[root.0 as usize] += 1);
        for at in (0..graph.nodes.len()).rev().filter(|at| *at < graph.nodes.len()) {
            if uses[at] > 0 {
                graph.nodes[at].operands().for_each(|operand| uses[operand.0 as usize] += 1);
            }
        }
        Steps { graph, dialect, knobs, terms: vec![None; graph.nodes.len()], uses }
    }

    /// Writes every step that is used, each after its operands.
    pub fn write(&mut self, query: &mut Query) -> Result<(), Refusal> {
        for at in 0..self.graph.nodes.len() {
            if self.uses[at] == 0 {
                continue;
            }
            let term = self.node(query, &self.graph.nodes[at])?;
            let is_shared = self.uses[at] > 1 || matches!(self.graph.nodes[at], Node::Many(..));
            self.terms[at] = Some(if is_shared { query.column("v", term) } else { query.short("v", term) });
        }
        Ok(())
    }

    /// The text of a step that was written.
    pub fn term(&self, id: Id) -> Term {
        self.terms[id.0 as usize].clone().unwrap_or_else(|| Term::constant("NULL"))
    }

    fn node(&self, query: &mut Query, node: &Node) -> Result<Term, Refusal> {
        Ok(match node {
            Node::Number(bits) => Term::constant(self.dialect.double(f64::from_bits(*bits))),
            Node::Missing(_) => Term::constant(self.dialect.to_double("NULL")),
            Node::Knob(knob) => self.knobs[*knob as usize].clone(),
            Node::One(op, x) => self.one(query, *op, self.term(*x))?,
            Node::Two(op, left, right) => self.two(query, *op, *left, *right)?,
            Node::Choose(condition, then, otherwise) => self.choose(self.term(*condition), [*then, *otherwise]),
            Node::Many(op, operands) => self.many(query, op, operands)?,
        })
    }

    fn one(&self, query: &mut Query, op: One, x: Term) -> Result<Term, Refusal> {
        let d = |number: f64| self.dialect.double(number);
        let zero = d(0.0);
        let x = query.short("v", x);
        let t = &x.text;
        let text = match op {
            One::Minus => format!("(-{t})"),
            One::Not => format!("(CASE WHEN {t} = {zero} THEN {} WHEN {t} <> {zero} THEN {zero} END)", d(1.0)),
            One::IsMissing => format!("(CASE WHEN {t} IS NULL THEN {} ELSE {zero} END)", d(1.0)),
            One::Elementary(Builtin::Abs) => format!("abs({t})"),
            One::Elementary(Builtin::Sqrt) => format!("sqrt(CASE WHEN {t} >= {zero} THEN {t} END)"),
            One::Elementary(Builtin::Exp) => format!("exp(CASE WHEN {t} <= {} THEN {t} END)", d(709.0)),
            One::Elementary(Builtin::Ln) => format!("ln(CASE WHEN {t} > {zero} THEN {t} END)"),
            One::Elementary(Builtin::Log10) => {
                format!("(ln(CASE WHEN {t} > {zero} THEN {t} END) / {})", d(std::f64::consts::LN_10))
            }
            One::Elementary(Builtin::Floor) => format!("floor({t})"),
            One::Elementary(Builtin::Ceil) => format!("ceil({t})"),
            One::Elementary(other) => return Err(Refusal::Operation { what: format!("`{}`", other.name()) }),
        };
        Ok(Term::of(&[&x], text))
    }

    fn two(&self, query: &mut Query, op: Two, left: Id, right: Id) -> Result<Term, Refusal> {
        let (a, b) = (self.term(left), self.term(right));
        let both = |text: String, a: &Term, b: &Term| Ok(Term::of(&[a, b], text));
        match op {
            Two::Plus => return both(format!("({} + {})", a.text, b.text), &a, &b),
            Two::Minus => return both(format!("({} - {})", a.text, b.text), &a, &b),
            Two::Times => return both(format!("({} * {})", a.text, b.text), &a, &b),
            Two::Over => {
                return both(format!("({} / nullif({}, {}))", a.text, b.text, self.dialect.double(0.0)), &a, &b);
            }
            Two::OrElse => return both(format!("coalesce({}, {})", a.text, b.text), &a, &b),
            Two::After => {
                return both(format!("(CASE WHEN {} IS NOT NULL THEN {} END)", a.text, b.text), &a, &b);
            }
            Two::Round => return self.round(query, a, right),
            _ => {}
        }
        let (a, b) = (query.column("v", a), query.column("v", b));
        let (zero, one) = (self.dialect.double(0.0), self.dialect.double(1.0));
        let (l, r) = (&a.text, &b.text);
        let text = match op {
            Two::Least => format!("(CASE WHEN {r} < {l} THEN {r} WHEN {r} >= {l} THEN {l} END)"),
            Two::Most => format!("(CASE WHEN {r} > {l} THEN {r} WHEN {r} <= {l} THEN {l} END)"),
            Two::Compare(op) => {
                let (yes, no) = signs(op);
                format!("(CASE WHEN {l} {yes} {r} THEN {one} WHEN {l} {no} {r} THEN {zero} END)")
            }
            Two::Power => {
                let is_real =
                    format!("{l} > {zero} OR ({l} = {zero} AND {r} >= {zero}) OR ({l} < {zero} AND floor({r}) = {r})");
                format!("power(CASE WHEN {is_real} THEN {l} END, {r})")
            }
            _ => {
                return Err(Refusal::Operation { what: "elements that are left out in more than a total".to_string() });
            }
        };
        both(text, &a, &b)
    }

    fn round(&self, query: &mut Query, x: Term, digits: Id) -> Result<Term, Refusal> {
        let Node::Number(bits) = self.graph.node(digits) else {
            return Err(Refusal::Operation { what: "`round` to digits that vary".to_string() });
        };
        let digits = f64::from_bits(*bits);
        if libm::trunc(digits) != digits {
            return Ok(Term::constant(self.dialect.to_double("NULL")));
        }
        let scale = libm::pow(10.0, digits.clamp(-300.0, 300.0));
        let x = query.column("v", x);
        let (t, by, scale) = (&x.text, self.dialect.double(scale * HAIR), self.dialect.double(scale));
        let (zero, half) = (self.dialect.double(0.0), self.dialect.double(0.5));
        let up = |t: &str| format!("floor({t} * {by} + {half}) / {scale}");
        let text = format!("(CASE WHEN {t} < {zero} THEN -{} ELSE {} END)", up(&format!("(-{t})")), up(t));
        Ok(Term::of(&[&x], text))
    }

    fn choose(&self, condition: Term, of: [Id; 2]) -> Term {
        let zero = self.dialect.double(0.0);
        let [then, otherwise] = of.map(|id| self.term(id));
        let c = &condition.text;
        let text =
            format!("(CASE WHEN {c} <> {zero} THEN {} WHEN {c} = {zero} THEN {} END)", then.text, otherwise.text);
        Term::of(&[&condition, &then, &otherwise], text)
    }

    fn many(&self, query: &mut Query, op: &Many, operands: &[Id]) -> Result<Term, Refusal> {
        match op {
            Many::Total(builtin) => self.total(query, *builtin, operands),
            Many::Growth(years) => {
                let (first, last) =
                    (query.column("v", self.term(operands[0])), query.column("v", self.term(operands[1])));
                let (zero, years) = (self.dialect.double(0.0), self.dialect.double(1.0 / f64::from_bits(*years)));
                let is_real = format!("{} > {zero} AND {} > {zero}", first.text, last.text);
                let text = format!(
                    "(power(CASE WHEN {is_real} THEN {} / {} END, {years}) - {})",
                    last.text,
                    first.text,
                    self.dialect.double(1.0)
                );
                Ok(Term::of(&[&first, &last], text))
            }
            Many::Place(_) => Err(Refusal::Operation { what: "`rank`".to_string() }),
            Many::Best(builtin, _) => Err(Refusal::Operation { what: format!("`{}`", builtin.name()) }),
            Many::InternalRate(_) | Many::NearestRate(_) => Err(Refusal::Operation { what: "`irr`".to_string() }),
            Many::Curve => Err(Refusal::Operation { what: "`interpolate`".to_string() }),
            Many::Geometric(_) => Err(Refusal::Operation { what: "geometric interpolation".to_string() }),
        }
    }

    /// A total; an element that is left out adds nothing.
    fn total(&self, query: &mut Query, builtin: Builtin, operands: &[Id]) -> Result<Term, Refusal> {
        let elements: Vec<(Option<Term>, Term)> = operands.iter().map(|operand| self.element(*operand)).collect();
        match builtin {
            Builtin::Sum => Ok(self.folded(query, &elements, 0.0, "+")),
            Builtin::Product => Ok(self.folded(query, &elements, 1.0, "*")),
            Builtin::Mean => {
                let total = self.folded(query, &elements, 0.0, "+");
                let count = self.count(&elements);
                let text = format!("({} / nullif({}, {}))", total.text, count.text, self.dialect.double(0.0));
                Ok(Term::of(&[&total, &count], text))
            }
            Builtin::Count => Ok(self.count(&elements)),
            Builtin::Min => self.extreme(query, elements, "<"),
            Builtin::Max => self.extreme(query, elements, ">"),
            other => Err(Refusal::Operation { what: format!("`{}` over elements", other.name()) }),
        }
    }

    /// Whether an element is in, if that varies, and its value.
    fn element(&self, operand: Id) -> (Option<Term>, Term) {
        match self.graph.node(operand) {
            Node::Two(Two::Mark, is_in, value) => (Some(self.term(*is_in)), self.term(*value)),
            _ => (None, self.term(operand)),
        }
    }

    fn folded(&self, query: &mut Query, elements: &[(Option<Term>, Term)], neutral: f64, sign: &str) -> Term {
        let (zero, neutral) = (self.dialect.double(0.0), self.dialect.double(neutral));
        let mut total = Term::constant(neutral.clone());
        for (is_in, value) in elements {
            let next = match is_in {
                None => Term::of(&[&total, value], format!("({} {sign} {})", total.text, value.text)),
                Some(is_in) => {
                    let i = &is_in.text;
                    let value_in =
                        format!("CASE WHEN {i} <> {zero} THEN {} WHEN {i} = {zero} THEN {neutral} END", value.text);
                    Term::of(&[&total, is_in, value], format!("({} {sign} ({value_in}))", total.text))
                }
            };
            total = query.short("v", next);
        }
        total
    }

    fn count(&self, elements: &[(Option<Term>, Term)]) -> Term {
        let one = self.dialect.double(1.0);
        let texts: Vec<String> =
            elements.iter().map(|(is_in, _)| is_in.as_ref().map_or(one.clone(), |is_in| is_in.text.clone())).collect();
        let reads: Vec<&Term> = elements.iter().filter_map(|(is_in, _)| is_in.as_ref()).collect();
        Term::of(&reads, format!("({})", texts.join(" + ")))
    }

    fn extreme(&self, query: &mut Query, elements: Vec<(Option<Term>, Term)>, sign: &str) -> Result<Term, Refusal> {
        if elements.iter().any(|(is_in, _)| is_in.is_some()) {
            return Err(Refusal::Operation { what: "`min` or `max` over elements that are left out".to_string() });
        }
        let mut rest = elements.into_iter().map(|(_, value)| value);
        let first = rest.next().unwrap_or_else(|| Term::constant(self.dialect.to_double("NULL")));
        let other = if sign == "<" { ">=" } else { "<=" };
        Ok(rest.fold(first, |best, value| {
            let (a, b) = (query.column("v", best), query.column("v", value));
            let text = format!(
                "(CASE WHEN {b} {sign} {a} THEN {b} WHEN {b} {other} {a} THEN {a} END)",
                a = a.text,
                b = b.text
            );
            Term::of(&[&a, &b], text)
        }))
    }
}

/// What makes a half of those that binary numbers leave a bit short of it: 1.005 * 100 is 100.49999999999999.
const HAIR: f64 = 1.0 + 2.0 * f64::EPSILON;

/// The sign of a comparison, and of its opposite.
fn signs(op: CompareOp) -> (&'static str, &'static str) {
    match op {
        CompareOp::Less => ("<", ">="),
        CompareOp::LessEqual => ("<=", ">"),
        CompareOp::Greater => (">", "<="),
        CompareOp::GreaterEqual => (">=", "<"),
        CompareOp::Equal => ("=", "<>"),
        CompareOp::NotEqual => ("<>", "="),
    }
}
