//! A growth rate of a quarter, a half or a month that compounds to nonsense: 20% a quarter are 107% a year.

use crate::calendar::Frequency;
use crate::diagnostic::Problem;
use crate::model::{BinaryOp, CaseId, Expr, ExprKind, Piece, SeriesKind, VariableId, Window};
use crate::text::Place;
use crate::units::Unit;

use super::book::{Book, hint, one_each, percent};
use super::error::HintError;
use super::formula::{factors, formulas, named};

/// What a year may make of one at most.
const MOST: f64 = 2.0;

/// A rate over the periods in which it holds.
struct Rate {
    path: String,
    unit: Unit,
    frequency: Frequency,
    /// The growth of each period, and where it is stated.
    growth: Vec<(f64, Place)>,
}

/// Looks at rates on calendars finer than a year, and at what lets a series grow from its period before.
pub fn look(book: &Book) -> Vec<Problem> {
    let all = book.variables().flat_map(|id| rates(book, id).into_iter().chain(growths(book, id)));
    one_each(all.flat_map(|rate| too_much(&rate)))
}

/// Inputs of the series kind that compounds.
fn rates(book: &Book, id: VariableId) -> Option<Rate> {
    let variable = book.model.variable(id);
    let frequency = variable.time.filter(|time| *time != Frequency::Annual)?;
    let is_rate = variable.series == Some(SeriesKind::Rate) && book.is_ratio(id);
    let first = book.of(id).first().filter(|_| is_rate)?;
    let last = book.of(id).last()?;
    let window = Window { first: first.piece.window.first, last: last.piece.window.last };
    over(book, id, frequency, window)
}

/// `x[prev] * (1 + g)`, `x[prev] * 1.2` and `x[prev] + x[prev] * g` in the formula of `x`.
fn growths<'b>(book: &Book<'b>, id: VariableId) -> Vec<Rate> {
    let variable = book.model.variable(id);
    let Some(frequency) = variable.time.filter(|time| *time != Frequency::Annual) else { return Vec::new() };
    let of_piece = |piece: &'b Piece| {
        let grown = Grown { book, id, frequency, piece };
        match &piece.formula.expr.kind {
            ExprKind::Binary { op: BinaryOp::Plus, left, right } if is_before(book, id, left) => {
                grown.rate(other_factor(book, id, right)?)
            }
            _ => grown.factor(other_factor(book, id, &piece.formula.expr)?),
        }
    };
    formulas(variable).filter_map(of_piece).collect()
}

/// What the period before is multiplied by.
fn other_factor<'e>(book: &Book, id: VariableId, product: &'e Expr) -> Option<&'e Expr> {
    let (before, others): (Vec<&Expr>, Vec<&Expr>) =
        factors(product).into_iter().partition(|factor| is_before(book, id, factor));
    match (before.as_slice(), others.as_slice()) {
        ([_], [other]) => Some(other),
        _ => None,
    }
}

fn is_before(book: &Book, id: VariableId, expr: &Expr) -> bool {
    let variable = book.model.variable(id);
    match &expr.kind {
        ExprKind::Shift { operand, periods: -1 } => named(book.model, variable, operand) == Some(id),
        _ => false,
    }
}

/// A piece of a series that grows from its period before.
struct Grown<'g, 'b> {
    book: &'g Book<'b>,
    id: VariableId,
    frequency: Frequency,
    piece: &'b Piece,
}

impl<'b> Grown<'_, 'b> {
    /// The rate behind `1 + g`, or behind a plain number.
    fn factor(&self, factor: &Expr) -> Option<Rate> {
        if let Some(factor) = factor.constant() {
            return self.flat(factor - 1.0);
        }
        let ExprKind::Binary { op: BinaryOp::Plus, left, right } = &factor.kind else { return None };
        match (left.constant(), right.constant()) {
            (Some(1.0), _) => self.rate(right),
            (_, Some(1.0)) => self.rate(left),
            _ => None,
        }
    }

    fn rate(&self, rate: &Expr) -> Option<Rate> {
        if let Some(rate) = rate.constant() {
            return self.flat(rate);
        }
        let named = named(self.book.model, self.book.model.variable(self.id), rate)?;
        over(self.book, named, self.frequency, self.piece.window)
    }

    fn flat(&self, growth: f64) -> Option<Rate> {
        let line = self.book.model.timelines.get(self.frequency)?;
        let periods = self.piece.window.last.min(line.len - 1).checked_sub(self.piece.window.first)? + 1;
        Some(Rate {
            path: format!("{}[prev] * …", self.book.model.variable(self.id).path),
            unit: percent(),
            frequency: self.frequency,
            growth: vec![(growth, self.piece.place); periods],
        })
    }
}

/// An input as a rate over a window.
fn over(book: &Book, id: VariableId, frequency: Frequency, window: Window) -> Option<Rate> {
    let variable = book.model.variable(id);
    let stated = book.at(id, window.first).or(book.of(id).first().copied())?;
    let line = book.model.timelines.get(frequency)?;
    let last = window.last.min(line.len - 1);
    let cell = |at: usize| book.results.cell(CaseId::BASE, id, Some(at)).number().unwrap_or(0.0);
    let place = |at: usize| book.at(id, at).unwrap_or(stated).piece.place;
    let growth = (window.first..=last).map(|at| (cell(at), place(at))).collect();
    Some(Rate { path: variable.path.to_string(), unit: variable.unit.clone(), frequency, growth })
}

/// The years that compound beyond what a year makes, one after the other.
fn too_much(rate: &Rate) -> Vec<Problem> {
    let per_year = rate.frequency.per_year();
    let made = |year: &[(f64, Place)]| year.iter().map(|(rate, _)| 1.0 + rate).product::<f64>();
    let (mut left, mut found) = (rate.growth.as_slice(), Vec::new());
    while let Some(year) = left.get(..per_year as usize) {
        // A season swings; what grows in every period of a year is a rate.
        let is_rate = year.iter().all(|(rate, _)| *rate > 0.0);
        let is_found = is_rate && made(year) > MOST;
        if is_found {
            found.push(of_year(rate, year[0], made(year) - 1.0));
        }
        left = &left[if is_found { year.len() } else { 1 }..];
    }
    found
}

fn of_year(rate: &Rate, (growth, place): (f64, Place), year: f64) -> Problem {
    let error = HintError::Compounding {
        path: rate.path.clone(),
        rate: rate.unit.shown(growth),
        period: part_of_year(rate.frequency),
        year: percent().shown(year),
        per_year: rate.frequency.per_year(),
        span: place.span,
    };
    hint(place, &error)
}

fn part_of_year(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Annual => "year",
        Frequency::Half => "half-year",
        Frequency::Quarter => "quarter",
        Frequency::Month => "month",
    }
}
