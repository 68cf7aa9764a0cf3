//! A formula that differs from its siblings in one place: an operator, a name, a constant.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::model::operands;
use crate::model::{EntityId, Expr, ExprKind, Piece, Variable, VariableId, Window};
use crate::text::Span;

use super::book::{Book, hint};
use super::error::HintError;
use super::formula::{formulas, named};
use super::words::words;

/// How many siblings must agree: where one has another's name or operator, and where it has a number or a name of its own.
const FEW: usize = 2;
const SEVERAL: usize = 3;
/// A formula of so many nodes says enough to be compared.
const LONG: usize = 3;

/// One formula of a group, and what its own names are called.
struct Sibling<'b> {
    variable: VariableId,
    piece: &'b Piece,
    tag: String,
}

/// One node of a formula, without what is only its owner's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Token {
    sort: Sort,
    text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    /// A name that belongs to the formula's own entity, member or line.
    Own,
    Name,
    Number,
    Operator,
}

/// Looks at formulas that stand side by side: of the entities of a kind, of members, of lines that are called alike.
pub fn look(book: &Book) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    let found: Vec<Problem> = groups(book).iter().filter_map(|group| odd(book, group)).collect();
    found.into_iter().filter(|problem| problem.place().is_none_or(|place| seen.insert(place))).collect()
}

fn groups<'b>(book: &Book<'b>) -> Vec<Vec<Sibling<'b>>> {
    let mut all: Vec<Vec<Sibling>> = Vec::new();
    for family in &book.families {
        let tag = |variable: &Variable| if family.of_kind { variable.entity } else { variable.index };
        let name = |variable: &Variable| tag(variable).map(|id| book.model.entity(id).name.to_string());
        let of = |id: &VariableId| (*id, name(book.model.variable(*id)).unwrap_or_default());
        all.extend(by_window(book, family.variables.iter().map(of)));
    }
    all.extend(called_alike(book));
    all.extend(book.variables().filter_map(|id| pieces(book, id)));
    all
}

/// The formulas of one line for several stretches of time.
fn pieces<'b>(book: &Book<'b>, variable: VariableId) -> Option<Vec<Sibling<'b>>> {
    let all = formulas(book.model.variable(variable));
    let all: Vec<Sibling> = all.map(|piece| Sibling { variable, piece, tag: String::new() }).collect();
    (all.len() > FEW).then_some(all)
}

/// An owner, and the word that its lines begin with (or end with).
type Alike = (Option<EntityId>, bool, String);

/// Lines of one owner whose names have two words and share the first or the last.
fn called_alike<'b>(book: &Book<'b>) -> Vec<Vec<Sibling<'b>>> {
    let mut lines: BTreeMap<Alike, Vec<(VariableId, String)>> = BTreeMap::new();
    for id in book.variables() {
        let variable = book.model.variable(id);
        if let [first, last] = words(&variable.name).as_slice()
            && variable.index.is_none()
        {
            lines.entry((variable.entity, true, first.clone())).or_default().push((id, last.clone()));
            lines.entry((variable.entity, false, last.clone())).or_default().push((id, first.clone()));
        }
    }
    lines.into_values().flat_map(|line| by_window(book, line.into_iter())).collect()
}

/// The formulas of some variables for the same periods, each place once.
fn by_window<'b>(book: &Book<'b>, all: impl Iterator<Item = (VariableId, String)>) -> Vec<Vec<Sibling<'b>>> {
    let mut groups: BTreeMap<Window, Vec<Sibling>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (variable, tag) in all {
        for piece in formulas(book.model.variable(variable)).filter(|piece| seen.insert(piece.place)) {
            groups.entry(piece.window).or_default().push(Sibling { variable, piece, tag: tag.clone() });
        }
    }
    groups.into_values().filter(|group| group.len() > FEW).collect()
}

/// The one formula that differs from all others of its group, which are the same.
fn odd(book: &Book, group: &[Sibling]) -> Option<Problem> {
    let mut shapes: BTreeMap<Vec<Token>, Vec<usize>> = BTreeMap::new();
    for (at, sibling) in group.iter().enumerate() {
        shapes.entry(tokens(book, sibling)).or_default().push(at);
    }
    let mut shapes: Vec<(Vec<Token>, Vec<usize>)> = shapes.into_iter().collect();
    shapes.sort_by_key(|(_, members)| members.len());
    let [(odd, alone), (usual, others)] = shapes.as_slice() else { return None };
    let ([alone], true) = (alone.as_slice(), odd.len() == usual.len() && odd.len() >= LONG) else { return None };
    let mut different = odd.iter().zip(usual).filter(|(one, other)| one != other);
    let (here, there) = different.next().filter(|_| different.next().is_none())?;
    if others.len() < enough(here, there)? {
        return None;
    }
    let sibling = &group[*alone];
    // A factor may well differ from one period to the next.
    if here.sort == Sort::Number && group.iter().all(|other| other.variable == sibling.variable) {
        return None;
    }
    let paths: Vec<String> = others.iter().take(2).map(|at| format!("`{}`", path(book, &group[*at]))).collect();
    let more = if others.len() > 2 { format!(" and {} more", others.len() - 2) } else { String::new() };
    let place = sibling.piece.place;
    let error = HintError::OddOne {
        path: path(book, sibling),
        here: format!("`{}`", here.text),
        there: format!("`{}`", there.text),
        siblings: format!("{}{more}", paths.join(if more.is_empty() { " and " } else { ", " })),
        span: place.span,
    };
    Some(hint(place, &error).with(group[others[0]].piece.place, "one of the others"))
}

fn path(book: &Book, sibling: &Sibling) -> String {
    book.path_of_piece(sibling.variable, sibling.piece)
}

/// How many must agree: a name of another where each has its own is plain, a constant or a common name may well differ.
fn enough(here: &Token, there: &Token) -> Option<usize> {
    match (here.sort, there.sort) {
        (Sort::Operator, Sort::Operator) | (Sort::Name, Sort::Own) => Some(FEW),
        (Sort::Number, Sort::Number) | (Sort::Name, Sort::Name) => Some(SEVERAL),
        _ => None,
    }
}

fn tokens(book: &Book, sibling: &Sibling) -> Vec<Token> {
    let (mut found, mut open) = (Vec::new(), vec![&sibling.piece.formula.expr]);
    let owner = book.model.variable(sibling.variable);
    while let Some(expr) = open.pop() {
        found.push(token(book, owner, sibling, expr));
        operands(expr, |operand| open.push(operand));
    }
    found
}

fn token(book: &Book, owner: &Variable, sibling: &Sibling, expr: &Expr) -> Token {
    if let Some(id) = named(book.model, owner, expr) {
        return name(book.model.variable(id), owner, &sibling.tag);
    }
    let operator = |text: &str| Token { sort: Sort::Operator, text: text.to_string() };
    match &expr.kind {
        ExprKind::Number(number) => {
            let written = expr.span.of(&sibling.piece.formula.text).to_string();
            let text = if written.is_empty() { number.to_string() } else { written };
            Token { sort: Sort::Number, text }
        }
        ExprKind::Binary { op, .. } => operator(sign(*op)),
        ExprKind::Inlined { function, .. } => operator(function),
        ExprKind::Shift { periods, .. } => operator(&format!("[{periods:+}]")),
        ExprKind::Compare { ops, .. } => operator(&format!("{ops:?}")),
        ExprKind::Call { builtin, .. } => operator(&format!("{builtin:?}").to_lowercase()),
        _ => other(expr),
    }
}

/// What is compared as a whole, by its form.
fn other(expr: &Expr) -> Token {
    let plain = Expr { span: Span::default(), ..shallow(expr) };
    Token { sort: Sort::Operator, text: format!("{:?}", plain.kind) }
}

/// A node without what is below it.
fn shallow(expr: &Expr) -> Expr {
    let mut is_leaf = true;
    operands(expr, |_| is_leaf = false);
    if is_leaf {
        return expr.clone();
    }
    let form = std::mem::discriminant(&expr.kind);
    Expr { kind: ExprKind::Text(Arc::from(format!("{form:?}"))), ..expr.clone() }
}

/// A name as its owner sees it, with `…` for what is the owner's own.
fn name(variable: &Variable, owner: &Variable, tag: &str) -> Token {
    let near = variable.entity.is_some() && variable.entity == owner.entity;
    let path =
        if near { variable.path.split_once('.').map_or(&*variable.path, |(_, rest)| rest) } else { &variable.path };
    let mut text = String::new();
    let mut is_own = false;
    for part in path.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
        let word = part.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        let replaced = word.eq_ignore_ascii_case(tag) && !word.is_empty();
        is_own |= replaced;
        text.push_str(if replaced { "…" } else { word });
        text.push_str(&part[word.len()..]);
    }
    Token { sort: if is_own { Sort::Own } else { Sort::Name }, text }
}

fn sign(op: crate::model::BinaryOp) -> &'static str {
    use crate::model::BinaryOp::{And, Minus, Or, Over, Plus, Power, Times};
    match op {
        Plus => "+",
        Minus => "-",
        Times => "*",
        Over => "/",
        Power => "^",
        And => "and",
        Or => "or",
    }
}
