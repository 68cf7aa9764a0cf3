//! One definition: its pieces checked, one type and one time axis for all of them, its range.

use std::sync::Arc;

use crate::calendar::Frequency;
use crate::diagnostic::{Label, Problem};
use crate::model::{self, Definition, ExprKind, Formula, SeriesKind, Slot, Type, Window};
use crate::resolve::{Content, Line, Literal, Owner, Piece, ResolveError, SpreadDef, is_literal};
use crate::syntax::ast::NodeKind;
use crate::text::{Place, Span};
use crate::units::Unit;

use super::checker::{Checker, Outcome};
use super::error::CheckError;
use super::infer::{Built, Infer};
use super::signature::Signature;

/// Where a line stands, and what is expected of it.
#[derive(Debug, Clone)]
pub(super) struct Site {
    /// Whose names its formulas use.
    pub owner: Owner,
    /// As messages name it.
    pub name: Arc<str>,
    /// What its kind declares.
    pub expected: Signature,
    /// Where the kind declares it, if that is another line.
    pub elsewhere: Option<Place>,
}

/// A definition that was looked at.
pub(super) struct Defined {
    pub outcome: Outcome,
    pub problems: Vec<Problem>,
    /// Whether it waits for itself.
    pub circular: bool,
}

/// What is known of a definition without its formulas, and whether that is all others need.
pub(super) fn quick(checker: &mut Checker, line: &Line, site: &Site) -> (Signature, bool) {
    let series = line.series.or(site.expected.series);
    let mut known = Signature { series, ..site.expected.clone() };
    if known.ty.is_none() {
        known = stated(checker, line).map_or(known.clone(), |stated| Signature { series, ..stated });
    }
    known.time = match series {
        None => None,
        Some(_) => line.frequency.or(site.expected.time),
    };
    let needs_formula = series.is_some() && known.time.is_none() && !line.pieces.iter().all(is_constant);
    if series.is_some() && known.time.is_none() && !needs_formula {
        known.time = checker.default_frequency();
    }
    (known.clone(), known.ty.is_some() && !needs_formula)
}

/// The type that a line states: by its unit, or by its first literal.
fn stated(checker: &mut Checker, line: &Line) -> Option<Signature> {
    if let (Some(unit), Some(_)) = (&line.unit, line.pinned) {
        return Some(Signature::of_unit(unit));
    }
    line.pieces.iter().find_map(|piece| match &piece.content {
        Content::Literal { value: Literal::Number(_, unit), .. } => Some(Signature::of_unit(unit)),
        Content::Literal { value: Literal::Text(_), .. } => Some(plain(Type::Text)),
        Content::Literal { value: Literal::YesNo(_), .. } => Some(plain(Type::YesNo)),
        Content::Literal { .. } => None,
        Content::Written { written, cell } if is_literal(&written.expr) => {
            let tree = &written.expr.tree;
            match &tree.node(tree.root).kind {
                NodeKind::Text(_) => Some(plain(Type::Text)),
                NodeKind::YesNo(_) => Some(plain(Type::YesNo)),
                NodeKind::Missing { .. } => None,
                _ => {
                    let mut infer = Infer::new(checker, written, Owner::Book, None).with_cell(cell.clone());
                    let built = infer.root(None);
                    let Type::Number(dimension) = &built.expr.ty else { return None };
                    let unit = built.unit.clone().or_else(|| dimension.is_ratio().then(Unit::ratio));
                    (built.known && !built.any).then(|| Signature { unit, ..plain(built.expr.ty) })
                }
            }
        }
        Content::Written { .. } => None,
    })
}

fn plain(ty: Type) -> Signature {
    Signature { ty: Some(ty), ..Signature::default() }
}

/// Whether a line says nothing but that there is no value, and no unit.
pub(super) fn is_all_missing(line: &Line) -> bool {
    let is_missing = |piece: &Piece| match &piece.content {
        Content::Literal { value, .. } => matches!(value, Literal::Missing(..)),
        Content::Written { written, .. } => {
            matches!(written.expr.tree.node(written.expr.tree.root).kind, NodeKind::Missing { .. })
        }
    };
    line.pinned.is_none() && line.pieces.iter().all(is_missing)
}

pub(super) fn is_constant(piece: &Piece) -> bool {
    match &piece.content {
        Content::Literal { .. } => true,
        Content::Written { written, .. } => is_literal(&written.expr),
    }
}

/// Checks a line; `hint` is a type that an earlier try found.
pub(super) fn define(checker: &mut Checker, line: &Line, site: &Site, hint: Option<Type>) -> Defined {
    let mut work = Work::new(checker, line, site);
    work.series_kind();
    work.same_periods();
    let want = work.wanted(hint);
    let context = line.frequency.or(site.expected.time).or_else(|| work.default_time());
    let mut built: Vec<Built> = line.pieces.iter().map(|piece| work.piece(piece, want.as_ref(), context)).collect();
    let ty = work.one_type(&mut built, want);
    let time = work.one_time(&built);
    let unit = work.unit(&built, ty.as_ref());
    work.bare_pieces(&built, unit.as_ref());
    work.shown = unit.clone();
    let ranges = work.ranges(ty.as_ref(), &built, time);
    let pieces = line.pieces.iter().zip(built).map(|(piece, built)| work.finished(piece, built, time)).collect();
    let definition = Arc::new(Definition { pieces, interpolation: line.interpolation });
    let circular = work.circular;
    let signature = Signature { ty, time, series: work.series, unit, circular };
    let (specific, opened) = (work.specific, work.opened);
    let outcome = Outcome { signature, definition, ranges, specific, opened };
    Defined { outcome, problems: work.problems, circular }
}

/// What to say of a definition that waits for itself.
pub(super) fn circular(line: &Line, site: &Site) -> Problem {
    let error = CheckError::Circular { name: site.name.to_string(), span: line.place.span };
    Problem::new(line.place.source, &error)
}

/// A line being checked.
pub(super) struct Work<'w, 'a> {
    pub checker: &'w mut Checker<'a>,
    pub line: &'w Line,
    pub site: &'w Site,
    pub series: Option<SeriesKind>,
    /// The unit in which its values are shown, once that is known.
    pub shown: Option<Unit>,
    pub problems: Vec<Problem>,
    circular: bool,
    pub unsound: bool,
    specific: bool,
    opened: Vec<Slot>,
    /// The piece whose range is read, and that range.
    pub beside: Option<&'w Piece>,
    pub range: Option<Arc<SpreadDef>>,
}

impl<'w, 'a> Work<'w, 'a> {
    pub fn new(checker: &'w mut Checker<'a>, line: &'w Line, site: &'w Site) -> Work<'w, 'a> {
        let series = line.series.or(site.expected.series);
        let (problems, circular, unsound, specific, opened) = (Vec::new(), false, false, false, Vec::new());
        let (shown, beside, range) = (None, None, None);
        Work { checker, line, site, series, shown, problems, circular, unsound, specific, opened, beside, range }
    }

    fn default_time(&self) -> Option<Frequency> {
        self.series.and_then(|_| self.checker.default_frequency())
    }

    /// A line with periods needs a series kind; one that a kind declares may not contradict it.
    fn series_kind(&mut self) {
        let (name, span) = (self.site.name.clone(), self.line.place.span);
        let has_periods = self.line.frequency.is_some();
        let message = match (self.site.elsewhere, self.site.expected.series, self.line.series) {
            (Some(_), Some(kind), Some(own)) if kind != own => format!("`{name}` is another series kind in its kind"),
            (Some(_), None, own) if own.is_some() || has_periods => {
                format!("`{name}` is one value in its kind, and here it has periods")
            }
            (None, None, None) if has_periods => format!("`{name}` has periods and no series kind"),
            _ => return,
        };
        let help = match self.site.elsewhere {
            Some(_) => "let the kind and the entity agree, as in `in flow units: chip`",
            None => "say flow, stock, ratio, rate or price before the name, since each adds up differently",
        };
        let error = ResolveError::SeriesKind { message, help: help.to_string(), span };
        let mut problem = Problem::new(self.line.place.source, &error);
        if let Some(place) = self.site.elsewhere {
            problem.labels.push(Label { place, text: "the kind's line".to_string() });
        }
        self.problems.push(problem);
        self.unsound = true;
        self.series = self.series.or(has_periods.then_some(SeriesKind::Flow));
    }

    /// All entities of a kind keep to one calendar in one attribute.
    fn same_periods(&mut self) {
        let (Some(own), Some(others), Some(place)) =
            (self.line.frequency, self.site.expected.time, self.site.elsewhere)
        else {
            return;
        };
        if own == others {
            return;
        }
        let (own, others) = (own.word(), others.word());
        let message = format!("`{}` has {own} periods here, and {others} periods elsewhere", self.site.name);
        let help = "let all entities of a kind state it for the same calendar".to_string();
        let span = self.line.place.span;
        self.say(self.line.place, &ResolveError::Periods { message, help, span });
        if let Some(problem) = self.problems.last_mut() {
            problem.labels.push(Label { place, text: "the kind's line".to_string() });
        }
    }

    fn wanted(&self, hint: Option<Type>) -> Option<Type> {
        let pinned = self.line.unit.as_ref().filter(|_| self.line.pinned.is_some());
        let pinned = pinned.map(|unit| Type::Number(unit.dimension.clone()));
        self.site.expected.ty.clone().or(pinned).or(hint)
    }

    pub fn piece(&mut self, piece: &Piece, want: Option<&Type>, context: Option<Frequency>) -> Built {
        match &piece.content {
            Content::Literal { value, .. } => literal(value),
            Content::Written { written, cell } => {
                let cell = cell.clone().filter(|_| is_literal(&written.expr));
                let stated = self.line.frequency.or(self.site.expected.time).filter(|_| self.series.is_some());
                let infer = Infer::new(self.checker, written, self.site.owner, context);
                let mut infer = infer.with_cell(cell).naming_as(self.line.owner).of_series(self.series);
                let built = infer.root_on(want, stated);
                let (problems, circular) = (std::mem::take(&mut infer.problems), infer.circular);
                let (unsound, specific) = (infer.unsound, infer.specific);
                let opened = std::mem::take(&mut infer.opened);
                self.opened.extend(opened);
                self.problems.extend(problems);
                self.circular |= circular;
                self.unsound |= unsound;
                self.specific |= specific;
                built
            }
        }
    }

    pub fn say(&mut self, place: Place, error: &dyn crate::diagnostic::Fault) {
        self.problems.push(Problem::new(place.source, error));
        self.unsound = true;
    }

    /// The periods of a piece: all of them if it names none.
    pub fn window(&self, piece: &Piece, time: Option<Frequency>) -> Window {
        let line = time.and_then(|time| self.checker.symbols.timelines.get(time));
        let full = || line.map_or(Window::WHOLE, |line| Window { first: 0, last: line.len - 1 });
        piece.window.unwrap_or_else(full)
    }

    fn finished(&mut self, piece: &Piece, built: Built, time: Option<Frequency>) -> model::Piece {
        let text = match &piece.content {
            Content::Written { written, .. } => Arc::from(&*written.expr.tree.text),
            Content::Literal { text, .. } => text.clone(),
        };
        model::Piece {
            window: self.window(piece, time),
            formula: Arc::new(Formula { expr: built.expr, text }),
            role: piece.role,
            provenance: piece.provenance.clone(),
            place: piece.place,
        }
    }
}

/// A value from a data file as a node.
fn literal(value: &Literal) -> Built {
    let node = |kind, ty| Built::new(kind, ty, None, Span::default());
    match value {
        Literal::Number(number, unit) => {
            let ty = Type::Number(unit.dimension.clone());
            node(ExprKind::Number(unit.to_base(*number)), ty).shown(Some(unit.clone()))
        }
        Literal::Text(text) => node(ExprKind::Text(text.clone()), Type::Text),
        Literal::YesNo(yes) => node(ExprKind::YesNo(*yes), Type::YesNo),
        Literal::Missing(code, reason) => {
            let kind = ExprKind::Missing { code: *code, reason: reason.clone() };
            Built { any: true, ..node(kind, Type::Number(crate::units::Dimension::RATIO)) }
        }
    }
}
