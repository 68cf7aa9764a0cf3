//! Lines by their shape: a line whose shape is known is read without pest, but for the formulas in it that are new.

use super::Reader;
use super::shape::{Shape, Signs};
use crate::syntax::ast::{Expr, LineKind, NodeKind, Override, TableRow, UnaryOp};
use crate::syntax::hash::Table;
use crate::syntax::layout::RawLine;
use crate::syntax::places::{Part, Places};
use crate::text::Span;

/// The longest line that is remembered.
const LONGEST: usize = 2_000;

/// The shapes seen so far, each with a line that has it.
#[derive(Default)]
pub(super) struct Memo {
    shape: Shape,
    lines: Table<Box<[u8]>, LineKind>,
    rows: Table<Box<[u8]>, TableRow>,
    overrides: Table<Box<[u8]>, Override>,
}

/// A kind of line that is remembered.
pub(super) trait Remembered: Places + Clone {
    /// Where such a line may have formulas.
    const SIGNS: Signs;
    /// Whether what is a literal in one is a literal in all, as cells are.
    const LITERALS: bool = false;
    /// The lines of this kind.
    fn known(memo: &mut Memo) -> &mut Table<Box<[u8]>, Self>;
}

impl Remembered for LineKind {
    const SIGNS: Signs = Signs::Line;
    fn known(memo: &mut Memo) -> &mut Table<Box<[u8]>, Self> {
        &mut memo.lines
    }
}

impl Remembered for TableRow {
    const SIGNS: Signs = Signs::Line;
    const LITERALS: bool = true;
    fn known(memo: &mut Memo) -> &mut Table<Box<[u8]>, Self> {
        &mut memo.rows
    }
}

impl Remembered for Override {
    const SIGNS: Signs = Signs::Change;
    fn known(memo: &mut Memo) -> &mut Table<Box<[u8]>, Self> {
        &mut memo.overrides
    }
}

impl<'t> Reader<'t> {
    /// Reads a line by one of its shape, or by `read`; then its shape is known. `tag` tells shapes of different places.
    pub fn by_shape<T: Remembered>(
        &mut self,
        tag: u8,
        line: RawLine,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let short = !line.broken && line.span.len() <= LONGEST;
        let has_shape = short && self.memo.shape.cut(tag, line.span.of(self.text), T::SIGNS);
        if !has_shape {
            return read(self);
        }
        let mut shape = std::mem::take(&mut self.memo.shape);
        let known = T::known(&mut self.memo).get(shape.key.as_slice()).cloned();
        let made = match known.and_then(|known| self.moved(known, &shape, line.span)) {
            Some(made) => Some(made),
            None => self.learned(&mut shape, line.span, read),
        };
        self.memo.shape = shape;
        made
    }

    /// A known line with the places and expressions of this one; nothing if a formula of this one does not read.
    fn moved<T: Remembered>(&mut self, mut known: T, shape: &Shape, line: Span) -> Option<T> {
        let mut sound = true;
        known.each(&mut |part| {
            let (is_literal, expr) = match part {
                Part::Place(place) => return *place = decoded(*place, shape).shifted(line.start),
                Part::Expr(expr) => (T::LITERALS && expr.is_literal(), expr),
                Part::Literal(expr) => (true, expr),
            };
            if !sound {
                return;
            }
            match self.expr_at(decoded(expr.span, shape).shifted(line.start)) {
                Some(read) if !is_literal || read.is_literal() => *expr = read,
                _ => sound = false,
            }
        });
        sound.then_some(known)
    }

    fn learned<T: Remembered>(
        &mut self,
        shape: &mut Shape,
        line: Span,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let problems = self.problems.len();
        let made = read(self)?;
        let is_new = self.problems.len() == problems && !T::known(&mut self.memo).contains_key(shape.key.as_slice());
        if let Some(template) = is_new.then(|| template(made.clone(), shape, line)).flatten() {
            T::known(&mut self.memo).insert(shape.key.as_slice().into(), template);
        }
        Some(made)
    }
}

impl Expr {
    /// Whether it is a value as it is written, which is all that a cell may hold.
    fn is_literal(&self) -> bool {
        use NodeKind::{Date, Missing, Period, Quantity, Text, Unary, YesNo};
        let node = match &self.tree.node(self.tree.root).kind {
            Unary { op: UnaryOp::Minus, operand } => &self.tree.node(*operand).kind,
            kind => kind,
        };
        let bracketed = self.tree.text.trim_start_matches(['-', ' ', '\t']).starts_with('(');
        !bracketed && matches!(node, Quantity(_) | Text(_) | YesNo(_) | Missing { .. } | Date(_) | Period(_))
    }
}

/// A line with its places given by the tokens they begin and end with; nothing if a place begins inside a token, or if
/// what seemed a formula is something else.
fn template<T: Remembered>(mut line: T, shape: &Shape, span: Span) -> Option<T> {
    let (mut sound, mut formulas) = (true, 0);
    let mut encode = |place: Span| match encoded(place, shape, span.start) {
        Some(place) => place,
        None => {
            sound = false;
            place
        }
    };
    line.each(&mut |part| match part {
        Part::Place(place) => *place = encode(*place),
        Part::Expr(expr) | Part::Literal(expr) => {
            expr.span = encode(expr.span);
            let whole = |token: &usize| expr.span == Span::new(token * 2, token * 2);
            formulas += usize::from(shape.formulas.iter().any(whole));
        }
    });
    (sound && formulas == shape.formulas.len()).then_some(line)
}

/// A place as two tokens, each doubled; odd if the place begins behind, or ends before, a quote.
fn encoded(place: Span, shape: &Shape, start: u32) -> Option<Span> {
    let (from, to) = (place.start.checked_sub(start)?, place.end.checked_sub(start)?);
    let first = shape.tokens.iter().position(|token| token.start == from);
    let last = shape.tokens.iter().position(|token| token.end == to);
    let behind = || shape.tokens.iter().position(|token| token.start + 1 == from);
    let before = || shape.tokens.iter().position(|token| token.end == to + 1);
    let start = first.map(|at| at * 2).or_else(|| Some(behind()? * 2 + 1))?;
    let end = last.map(|at| at * 2).or_else(|| Some(before()? * 2 + 1))?;
    Some(Span::new(start, end))
}

fn decoded(place: Span, shape: &Shape) -> Span {
    let token = |at: u32| shape.tokens.get(at as usize / 2).copied().unwrap_or_default();
    Span { start: token(place.start).start + place.start % 2, end: token(place.end).end - place.end % 2 }
}
