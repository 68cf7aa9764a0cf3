//! A formula that differs from its siblings in one place: an operator, a name, a constant.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Problem;
use crate::model::{EntityId, Piece, Variable, VariableId, Window};

use super::book::{Book, hint, one_each};
use super::error::HintError;
use super::form::{Form, Sort, Token};
use super::formula::formulas;
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

/// Looks at formulas that stand side by side: of the entities of a kind, of members, of lines that are called alike.
pub fn look(book: &Book) -> Vec<Problem> {
    one_each(groups(book).iter().filter_map(|group| odd(book, group)))
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
    // A factor, or the period that is looked at, may well differ from one period to the next.
    if matches!(here.sort, Sort::Constant | Sort::Period)
        && group.iter().all(|other| other.variable == sibling.variable)
    {
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

/// How many must agree: a name of another where each has its own is plain, a constant, a period or a common name may well
/// differ.
fn enough(here: &Token, there: &Token) -> Option<usize> {
    use Sort::{Constant, Name, Operator, Own, Period};
    match (here.sort, there.sort) {
        (Operator | Period, Operator) | (Operator, Period) | (Name, Own) => Some(FEW),
        (Constant, Constant) | (Period, Period) | (Name, Name) => Some(SEVERAL),
        (Own, _) | (Name, _) | (Constant, _) | (Operator, _) | (Period, _) => None,
    }
}

fn tokens(book: &Book, sibling: &Sibling) -> Vec<Token> {
    let (mut found, mut open) = (Vec::new(), vec![&sibling.piece.formula.expr]);
    let owner = book.model.variable(sibling.variable);
    let form = Form { model: book.model, owner, text: &sibling.piece.formula.text, tag: &sibling.tag };
    while let Some(expr) = open.pop() {
        found.push(form.token(expr));
        expr.each_child(|operand| open.push(operand));
    }
    found
}
