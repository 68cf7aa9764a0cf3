//! Parts that do not add up to the total beside them.

use std::collections::BTreeSet;

use crate::diagnostic::Problem;
use crate::model::{SeriesKind, Type, VariableId, Window};

use super::book::{Book, Family, Stated, distinct, hint, one_each, windows};
use super::error::HintError;
use super::words::{is_total, words};

/// How far parts may miss their total and still be meant as all of it: those named after it, those that only stand
/// before it, and those that add up to it in another period.
const NAMED: f64 = 0.25;
const BEFORE: f64 = 0.05;
const PROVEN: f64 = 0.5;

/// Looks at entities and names that are called a total, and at names that others are called after.
pub fn look(book: &Book) -> Vec<Problem> {
    let mut problems: Vec<Problem> =
        book.families.iter().filter(|family| family.of_kind).flat_map(|family| of_kind(book, family)).collect();
    problems.extend(book.variables().flat_map(|id| of_name(book, id)));
    one_each(problems)
}

/// An entity that is the total of the others of its kind.
fn of_kind(book: &Book, family: &Family) -> Vec<Problem> {
    let is_total_row = |id: &VariableId| {
        let entity = book.model.variable(*id).entity.map(|entity| book.model.entity(entity));
        entity.is_some_and(|entity| is_total(&entity.name) || is_total(&entity.label))
    };
    let (totals, parts): (Vec<VariableId>, Vec<VariableId>) = family.variables.iter().partition(|id| is_total_row(id));
    let [total] = totals.as_slice() else { return Vec::new() };
    if !adds_up(book, *total) || parts.len() < 2 {
        return Vec::new();
    }
    let all: Vec<Window> = windows(book, family);
    missed(book, *total, &[(parts, NAMED)], &all)
}

/// Whether values of a sort add up over entities: amounts do, prices and rates do not.
fn adds_up(book: &Book, id: VariableId) -> bool {
    let variable = book.model.variable(id);
    let Type::Number(dimension) = &variable.ty else { return false };
    let is_amount = !dimension.is_ratio() && dimension.powers().all(|(_, power, _)| power > 0);
    is_amount && !matches!(variable.series, Some(SeriesKind::Rate | SeriesKind::Price | SeriesKind::Ratio))
}

/// A name beside the names made of its words; or a total beside what stands right before it.
fn of_name(book: &Book, id: VariableId) -> Vec<Problem> {
    let variable = book.model.variable(id);
    let says_so = is_total(&variable.name) || variable.label.as_deref().is_some_and(is_total);
    if book.of(id).is_empty() || variable.index.is_some() || !adds_up(book, id) {
        return Vec::new();
    }
    let mut sets = vec![(named_after(book, id), if says_so { NAMED } else { BEFORE })];
    if says_so {
        let run = before(book, id);
        sets.push((run.clone(), BEFORE));
        // A part of what stands before it counts where it is the total in some period.
        sets.extend((1..run.len()).map(|at| (run[at..].to_vec(), 0.0)));
    }
    sets.retain(|(parts, _)| parts.len() > 1);
    let windows: BTreeSet<Window> = book.of(id).iter().map(|one| one.piece.window).collect();
    missed(book, id, &sets, &windows.into_iter().collect::<Vec<_>>())
}

/// The periods in which a total is none of some sets of parts, and most likely meant as one of them.
fn missed(book: &Book, total: VariableId, sets: &[(Vec<VariableId>, f64)], windows: &[Window]) -> Vec<Problem> {
    let at = |parts: &[VariableId], window: &Window| Beside::at(book, total, parts, *window);
    let fits = |parts: &[VariableId], window: &Window| at(parts, window).is_some_and(|beside| beside.fits());
    let open = windows.iter().filter(|window| !sets.iter().any(|(parts, _)| fits(parts, window)));
    let off = |window: &Window| {
        sets.iter().find_map(|(parts, most)| {
            let proven = windows.iter().any(|other| fits(parts, other));
            let most = if proven { PROVEN } else { *most };
            at(parts, window).filter(|beside| beside.off() <= most * beside.whole.number.abs())
        })
    };
    open.filter_map(off).map(|beside| beside.hint(book)).collect()
}

/// `revenue_a` and `revenue_b` beside `total_revenue`, and the members of `revenue`.
fn named_after(book: &Book, id: VariableId) -> Vec<VariableId> {
    let variable = book.model.variable(id);
    let stem: Vec<String> = words(&variable.name).into_iter().filter(|word| !is_total(word)).collect();
    let is_part = |other: &VariableId| {
        let part = words(&book.model.variable(*other).name);
        part.len() > stem.len() && (part.starts_with(&stem) || part.ends_with(&stem))
    };
    if stem.is_empty() { Vec::new() } else { beside(book, id).filter(is_part).collect() }
}

/// The names that stand before a total, down from the total before.
fn before(book: &Book, id: VariableId) -> Vec<VariableId> {
    let place = book.model.variable(id).place;
    let all: Vec<VariableId> = beside_totals(book, id)
        .filter(|other| book.model.variable(*other).place.source == place.source)
        .filter(|other| book.model.variable(*other).place < place)
        .collect();
    let after = all.iter().rposition(|other| is_total(&book.model.variable(*other).name)).map_or(0, |at| at + 1);
    all[after..].to_vec()
}

/// Stated names that belong to the same owner and measure the same thing, without totals.
fn beside(book: &Book, id: VariableId) -> impl Iterator<Item = VariableId> {
    beside_totals(book, id).filter(|other| !is_total(&book.model.variable(*other).name))
}

fn beside_totals(book: &Book, id: VariableId) -> impl Iterator<Item = VariableId> {
    let total = book.model.variable(id);
    book.owned(total.entity).iter().copied().filter(move |other| {
        let variable = book.model.variable(*other);
        let alike = variable.ty == total.ty && variable.time == total.time && variable.series == total.series;
        *other != id && alike && !book.of(*other).is_empty()
    })
}

/// A total and its parts in one period.
struct Beside<'b> {
    whole: Stated<'b>,
    parts: Vec<Stated<'b>>,
    sum: f64,
}

impl<'b> Beside<'b> {
    /// All of them, if every part is stated, each on its own.
    fn at(book: &Book<'b>, total: VariableId, parts: &[VariableId], window: Window) -> Option<Beside<'b>> {
        let whole = book.at(total, window.first)?;
        let all: Vec<Stated> = parts.iter().filter_map(|id| book.at(*id, window.first)).collect();
        let is_whole = all.len() == parts.len() && all.len() > 1 && distinct(all.iter().copied()).len() == all.len();
        let sum = all.iter().map(|part| part.number).sum();
        is_whole.then_some(Beside { whole, parts: all, sum })
    }

    fn off(&self) -> f64 {
        (self.sum - self.whole.number).abs()
    }

    /// Whether they add up, as far as what is printed is rounded.
    fn fits(&self) -> bool {
        let rounding: f64 = self.parts.iter().chain([&self.whole]).map(half_digit).sum();
        self.off() <= rounding * (1.0 + 1e-9) + 1e-9 * self.sum.abs()
    }

    fn hint(&self, book: &Book) -> Problem {
        let (total, place) = (self.whole.variable, self.whole.piece.place);
        let error = HintError::Total {
            path: book.path_of(&self.whole),
            total: book.say_stated(&self.whole),
            sum: book.say(total, self.sum),
            parts: book.listed(&self.parts, false),
            off: book.say(total, self.off()),
            span: place.span,
        };
        hint(place, &error)
    }
}

/// Half of the last digit that was written, in base units.
fn half_digit(stated: &Stated) -> f64 {
    let text: String = stated.piece.formula.text.chars().filter(|letter| *letter != '_').collect();
    let text = text.trim_start_matches(['-', ' ']);
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let digits = &text[..end];
    let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
    match digits.parse::<f64>() {
        Ok(written) if written != 0.0 => 0.5 * (stated.number / written).abs() / libm::pow(10.0, decimals as f64),
        _ => 0.0,
    }
}
