//! `Form`: a formula node by node, as it is written and without what is only its owner's.

use std::cmp::Ordering;

use crate::calendar::Frequency;
use crate::model::{Aggregate, Argument, EntityRef, EntityText, Expr, ExprKind, Model, Skip, Variable, Window};
use crate::word::yes_no;

use super::formula::named;

/// One node of a formula; two are the same if their sorts and their forms are, however they are shown.
#[derive(Debug, Clone)]
pub struct Token {
    pub sort: Sort,
    form: String,
    /// As a reader knows it.
    pub text: String,
}

/// What a node is to its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A name that belongs to the formula's own entity, member or line.
    Own,
    Name,
    /// A number, a text, yes or no.
    Constant,
    Operator,
    /// A period that is looked at.
    Period,
}

impl Ord for Token {
    fn cmp(&self, other: &Token) -> Ordering {
        (self.sort, &self.form).cmp(&(other.sort, &other.form))
    }
}

impl PartialOrd for Token {
    fn partial_cmp(&self, other: &Token) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Token) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Token {}

/// Whose formula it is, its text, and what its own names are called.
pub struct Form<'f> {
    pub model: &'f Model,
    pub owner: &'f Variable,
    pub text: &'f str,
    pub tag: &'f str,
}

impl Form<'_> {
    /// A node without what is below it.
    pub fn token(&self, expr: &Expr) -> Token {
        use Sort::{Constant, Name, Operator, Period};
        let as_written = |sort: Sort, form: String| self.as_written(sort, form, expr);
        match &expr.kind {
            ExprKind::Number(number) => {
                let written = expr.span.of(self.text);
                let text = if written.is_empty() { number.to_string() } else { written.to_string() };
                plain(Constant, text)
            }
            ExprKind::Text(text) => plain(Constant, format!("\"{text}\"")),
            ExprKind::YesNo(yes) => plain(Constant, yes_no(*yes)),
            ExprKind::Missing { code, .. } => plain(Operator, code.word()),
            ExprKind::Own(_) | ExprKind::Variable(_) | ExprKind::Member { .. } => self.name(expr),
            ExprKind::Bound { binder, slot } => as_written(Name, format!("{} of {}", slot.0, binder.0)),
            ExprKind::Entity { of, text } => as_written(Name, format!("{} of {}", word_of(*text), self.entity(*of))),
            ExprKind::Local(local) => as_written(Name, format!("local {}", local.0)),
            ExprKind::Let { local, .. } => Token { form: format!("let {}", local.0), ..plain(Operator, "let") },
            ExprKind::Inlined { function, .. } => plain(Operator, &**function),
            ExprKind::Shift { periods, .. } => plain(Operator, shifted(*periods)),
            ExprKind::At { operand, index } => plain(Period, format!("[{}]", self.period(operand.time, *index))),
            ExprKind::RollUp { how, .. } => {
                let into = expr.time.map_or("one value", Frequency::word);
                plain(Operator, format!("a {} in {into}", how.word()))
            }
            ExprKind::Unary { op, .. } => plain(Operator, op.word()),
            ExprKind::Binary { op, .. } => plain(Operator, op.word()),
            ExprKind::Compare { ops, .. } => {
                plain(Operator, ops.iter().map(|op| op.word()).collect::<Vec<_>>().join(" "))
            }
            ExprKind::If { .. } => plain(Operator, "if"),
            ExprKind::Call { builtin, arguments } => self.call(builtin.name(), arguments),
            ExprKind::Aggregate(aggregate) => plain(Operator, self.aggregate(aggregate)),
            ExprKind::Under { case, .. } => plain(Operator, format!("under {}", self.model.case(*case).name)),
            ExprKind::Expected(_) => plain(Operator, "expected"),
        }
    }

    fn as_written(&self, sort: Sort, form: String, expr: &Expr) -> Token {
        let written = expr.span.of(self.text).trim();
        let text = if written.is_empty() { form.clone() } else { written.to_string() };
        Token { sort, form, text }
    }

    /// A name as its owner sees it, with `…` for what is the owner's own.
    fn name(&self, expr: &Expr) -> Token {
        let Some(id) = named(self.model, self.owner, expr) else { return self.member(expr) };
        let (variable, owner) = (self.model.variable(id), self.owner);
        let near = variable.entity.is_some() && variable.entity == owner.entity;
        let path =
            if near { variable.path.split_once('.').map_or(&*variable.path, |(_, rest)| rest) } else { &variable.path };
        let mut text = String::new();
        let mut is_own = false;
        for part in path.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
            let word = part.trim_end_matches(|letter: char| !letter.is_alphanumeric());
            let replaced = word.eq_ignore_ascii_case(self.tag) && !word.is_empty();
            is_own |= replaced;
            text.push_str(if replaced { "…" } else { word });
            text.push_str(&part[word.len()..]);
        }
        plain(if is_own { Sort::Own } else { Sort::Name }, text)
    }

    /// A name that is another for each entity in hand.
    fn member(&self, expr: &Expr) -> Token {
        let form = match &expr.kind {
            ExprKind::Member { members, of } => {
                let name = members.first().map_or("", |(_, id)| &*self.model.variable(*id).name);
                format!("{name}[{}]", self.entity(*of))
            }
            _ => String::new(),
        };
        self.as_written(Sort::Name, form, expr)
    }

    fn entity(&self, of: EntityRef) -> String {
        match of {
            EntityRef::This => "this".to_string(),
            EntityRef::Bound(binder) => binder.0.to_string(),
            EntityRef::Fixed(entity) => self.model.entity(entity).name.to_string(),
        }
    }

    /// A function with the periods that it is given; the other arguments are nodes of their own.
    fn call(&self, name: &str, arguments: &[Argument]) -> Token {
        let periods = arguments.iter().filter_map(|argument| match argument {
            Argument::Expr(_) => None,
            Argument::Slice { operand, window } => Some(self.window(operand.time, *window)),
            Argument::Period { frequency, index } => Some(self.period(Some(*frequency), *index)),
        });
        let periods: Vec<String> = periods.collect();
        match periods.is_empty() {
            true => plain(Sort::Operator, name),
            false => plain(Sort::Period, format!("{name} of {}", periods.join(", "))),
        }
    }

    fn aggregate(&self, aggregate: &Aggregate) -> String {
        let kind = &self.model.kind(aggregate.kind).name;
        let filter = if aggregate.filter.is_some() { " where" } else { "" };
        let skip = match aggregate.skip {
            Skip::Nothing => String::new(),
            Skip::Code(code) => format!(" skip {}", code.word()),
            Skip::Missing => " skip missing".to_string(),
        };
        let lowest = if aggregate.lowest { ", lowest" } else { "" };
        format!("{} in {kind}{filter}{skip}{lowest}", aggregate.builtin.name())
    }

    fn window(&self, time: Option<Frequency>, window: Window) -> String {
        let last = time.and_then(|time| self.model.timelines.get(time)).map_or(window.last, |line| line.len - 1);
        format!("{}..{}", self.period(time, window.first), self.period(time, window.last.min(last)))
    }

    fn period(&self, time: Option<Frequency>, index: usize) -> String {
        let period = time.and_then(|time| self.model.timelines.get(time)?.period(index));
        period.map_or(index.to_string(), |period| period.to_string())
    }
}

fn plain(sort: Sort, text: impl Into<String>) -> Token {
    let text = text.into();
    Token { sort, form: text.clone(), text }
}

fn word_of(text: EntityText) -> &'static str {
    match text {
        EntityText::Name => "name",
        EntityText::Label => "label",
    }
}

/// `[prev]`, `[prev 4]`, `[next]`
fn shifted(periods: i32) -> String {
    let word = if periods < 0 { "prev" } else { "next" };
    match periods.unsigned_abs() {
        1 => format!("[{word}]"),
        many => format!("[{word} {many}]"),
    }
}
