//! One definition: its pieces checked, one type and one time axis for all of them, its range.

use std::sync::Arc;

use crate::calendar::Frequency;
use crate::diagnostic::{Label, Problem};
use crate::model::{self, Definition, Distribution, Expr, ExprKind, Formula, SeriesKind, Shape, Type, Window};
use crate::resolve::{Content, Line, Literal, Owner, Piece, ResolveError, is_literal};
use crate::syntax::ast::NodeKind;
use crate::text::{Place, Span};
use crate::units::Unit;

use super::checker::{Checker, Outcome};
use super::error::CheckError;
use super::infer::{Built, Infer};
use super::signature::Signature;
use super::unit_choice;

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

fn is_constant(piece: &Piece) -> bool {
    match &piece.content {
        Content::Literal { .. } => true,
        Content::Written { written, .. } => is_literal(&written.expr),
    }
}

/// Checks a line; `hint` is a type that an earlier try found.
pub(super) fn define(checker: &mut Checker, line: &Line, site: &Site, hint: Option<Type>) -> Defined {
    let mut work = Work::new(checker, line, site);
    work.series_kind();
    let want = work.wanted(hint);
    let context = line.frequency.or(site.expected.time).or_else(|| work.default_time());
    let mut built: Vec<Built> = line.pieces.iter().map(|piece| work.piece(piece, want.as_ref(), context)).collect();
    let ty = work.one_type(&mut built, want);
    let time = work.one_time(&built);
    let unit = work.unit(&built, ty.as_ref());
    let distribution = work.distribution(ty.as_ref(), &built);
    let pieces = line.pieces.iter().zip(built).map(|(piece, built)| work.finished(piece, built, time)).collect();
    let definition = Arc::new(Definition { pieces, interpolation: line.interpolation });
    let circular = work.circular;
    let signature = Signature { ty, time, series: work.series, unit, circular };
    let outcome = Outcome { signature, definition, distribution, specific: work.specific };
    Defined { outcome, problems: work.problems, circular }
}

/// What to say of a definition that waits for itself.
pub(super) fn circular(line: &Line, site: &Site) -> Problem {
    let error = CheckError::Circular { name: site.name.to_string(), span: line.place.span };
    Problem::new(line.place.source, &error)
}

/// A line being checked.
struct Work<'w, 'a> {
    checker: &'w mut Checker<'a>,
    line: &'w Line,
    site: &'w Site,
    series: Option<SeriesKind>,
    problems: Vec<Problem>,
    circular: bool,
    unsound: bool,
    specific: bool,
}

impl<'w, 'a> Work<'w, 'a> {
    fn new(checker: &'w mut Checker<'a>, line: &'w Line, site: &'w Site) -> Work<'w, 'a> {
        let series = line.series.or(site.expected.series);
        let (problems, circular, unsound, specific) = (Vec::new(), false, false, false);
        Work { checker, line, site, series, problems, circular, unsound, specific }
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

    fn wanted(&self, hint: Option<Type>) -> Option<Type> {
        let pinned = self.line.unit.as_ref().filter(|_| self.line.pinned.is_some());
        let pinned = pinned.map(|unit| Type::Number(unit.dimension.clone()));
        self.site.expected.ty.clone().or(pinned).or(hint)
    }

    fn piece(&mut self, piece: &Piece, want: Option<&Type>, context: Option<Frequency>) -> Built {
        match &piece.content {
            Content::Literal { value, .. } => literal(value),
            Content::Written { written, cell } => {
                let cell = cell.clone().filter(|_| is_literal(&written.expr));
                let infer = Infer::new(self.checker, written, self.site.owner, context);
                let mut infer = infer.with_cell(cell);
                let built = infer.root(want);
                let (problems, circular) = (std::mem::take(&mut infer.problems), infer.circular);
                let (unsound, specific) = (infer.unsound, infer.specific);
                self.problems.extend(problems);
                self.circular |= circular;
                self.unsound |= unsound;
                self.specific |= specific;
                built
            }
        }
    }

    /// The type of all pieces: as it is wanted, or that of the first piece that has one.
    fn one_type(&mut self, built: &mut [Built], want: Option<Type>) -> Option<Type> {
        let first = built.iter().find(|built| built.known && !built.any).map(|built| built.expr.ty.clone());
        let any = || built.iter().find(|built| built.known).map(|built| built.expr.ty.clone());
        let ty = want.or(first).or_else(any)?;
        let pinned = self.line.unit.as_ref().filter(|_| self.line.pinned.is_some());
        if let Some(unit) = pinned
            && Type::Number(unit.dimension.clone()) != ty
        {
            self.pinned_otherwise(&ty);
        }
        for (at, built) in built.iter_mut().enumerate() {
            if !built.known || built.expr.ty == ty {
                continue;
            }
            if super::infer::fits(built, &ty) {
                super::infer::adopt(built, &ty);
            } else {
                self.declared(at, built, &ty);
            }
        }
        Some(ty)
    }

    fn pinned_otherwise(&mut self, ty: &Type) {
        let Some(place) = self.line.pinned else { return };
        let found = self.line.unit.as_ref().map_or(String::new(), |unit| unit.symbol.to_string());
        let (name, declared) = (self.site.name.to_string(), self.checker.words(ty));
        let help = "let the kind and the entity state the same".to_string();
        self.say(place, &CheckError::Declared { name, declared, found, help, span: place.span });
    }

    fn declared(&mut self, at: usize, built: &Built, ty: &Type) {
        let place = self.line.pieces[at].place;
        let (declared, found) = (self.checker.words(ty), self.checker.words(&built.expr.ty));
        let currency = |ty: &Type| match ty {
            Type::Number(dimension) => self.checker.symbols.units.currency_of(dimension),
            _ => None,
        };
        let is_bare = matches!(&built.expr.ty, Type::Number(dimension) if dimension.is_ratio());
        let help = match (currency(ty), currency(&built.expr.ty)) {
            _ if is_bare && is_constant(&self.line.pieces[at]) => "write the unit after the number".to_string(),
            (Some(to), Some(from)) if to != from => {
                format!("convert it: `… in {}`", self.checker.symbols.units.symbol(to))
            }
            _ => "mend the formula, or what the line is declared as".to_string(),
        };
        let name = self.site.name.to_string();
        self.say(place, &CheckError::Declared { name, declared, found, help, span: place.span });
        if let (Some(other), Some(problem)) = (self.site.elsewhere, self.problems.last_mut()) {
            problem.labels.push(Label { place: other, text: "declared here".to_string() });
        }
    }

    fn say(&mut self, place: Place, error: &dyn miette::Diagnostic) {
        self.problems.push(Problem::new(place.source, error));
        self.unsound = true;
    }

    /// The time axis of all pieces; a formula that varies over time needs a series kind.
    fn one_time(&mut self, built: &[Built]) -> Option<Frequency> {
        let stated = self.line.frequency.or(self.site.expected.time.filter(|_| self.series.is_some()));
        let found = built.iter().find_map(|built| built.expr.time);
        let time = match self.series {
            None => None,
            Some(_) => stated.or(found).or_else(|| self.checker.default_frequency()),
        };
        for (at, built) in built.iter().enumerate() {
            let Some(own) = built.expr.time.filter(|_| built.known) else { continue };
            if self.series.is_none() {
                self.no_kind(at, built);
                return None;
            }
            if let Some(time) = time.filter(|time| *time != own) {
                self.other_frequency(at, own, time);
            }
        }
        if self.series.is_some() && time.is_none() && !self.unsound && !built.is_empty() {
            let place = self.line.place;
            let message = format!("`{}` is a series, and the book has no calendar", self.site.name);
            let help = "declare one: `calendar fy = annual 2025A..2030E ending Dec`".to_string();
            self.say(place, &ResolveError::Calendar { message, help, span: place.span });
        }
        time
    }

    fn no_kind(&mut self, at: usize, built: &Built) {
        let place = self.line.pieces[at].place;
        let message = format!("`{}` varies over time and has no series kind", self.site.name);
        let is_ratio = built.dimension().is_some_and(|dimension| dimension.is_ratio());
        let help = match (self.site.elsewhere.is_some(), is_ratio) {
            (true, _) => "its kind declares one value: name a period, as in `x[2026E]`",
            (false, true) => "say `ratio` (or rate) before the name, or name a period, as in `x[2026E]`",
            (false, false) => "say flow, stock or price before the name, or name a period, as in `x[2026E]`",
        };
        self.say(place, &ResolveError::SeriesKind { message, help: help.to_string(), span: place.span });
    }

    fn other_frequency(&mut self, at: usize, own: Frequency, time: Frequency) {
        let place = self.line.pieces[at].place;
        let function = match time {
            Frequency::Annual => "annual",
            Frequency::Half => "half",
            _ => "quarter",
        };
        let instead =
            if own < time { format!("{function}(…)") } else { "name the periods of the longer series".to_string() };
        let (left, right) = (own.word().to_string(), time.word().to_string());
        let error =
            CheckError::Frequency { left, right, instead, left_span: place.span, right_span: self.line.place.span };
        self.say(place, &error);
    }

    fn unit(&mut self, built: &[Built], ty: Option<&Type>) -> Option<Unit> {
        let Some(Type::Number(dimension)) = ty else { return None };
        let literal = built.iter().zip(&self.line.pieces).filter(|(_, piece)| is_constant(piece));
        let of_literal = literal.filter_map(|(built, _)| built.unit.clone());
        let of_formula = built.iter().filter_map(|built| built.unit.clone());
        let stated = self.line.unit.iter().cloned().chain(self.site.expected.unit.clone());
        // A plain `ratio` says what is measured, not how it is shown: a literal's `%` or `x` does.
        let (plain, stated): (Vec<Unit>, Vec<Unit>) = stated.partition(|unit| unit.symbol.is_empty());
        let mut units = stated.into_iter().chain(of_literal).chain(plain).chain(of_formula);
        Some(
            units
                .find(|unit| unit.dimension == *dimension)
                .unwrap_or_else(|| unit_choice::unit_of(&self.checker.symbols.units, dimension)),
        )
    }

    fn finished(&mut self, piece: &Piece, built: Built, time: Option<Frequency>) -> model::Piece {
        let full = || {
            let line = time.and_then(|time| self.checker.symbols.timelines.get(time));
            line.map_or(Window::WHOLE, |line| Window { first: 0, last: line.len - 1 })
        };
        let text = match &piece.content {
            Content::Written { written, .. } => Arc::from(&*written.expr.tree.text),
            Content::Literal { text, .. } => text.clone(),
        };
        model::Piece {
            window: piece.window.unwrap_or_else(full),
            formula: Arc::new(Formula { expr: built.expr, text }),
            role: piece.role,
            provenance: piece.provenance.clone(),
            place: piece.place,
        }
    }

    fn distribution(&mut self, ty: Option<&Type>, built: &[Built]) -> Option<Distribution> {
        let (low, high) = self.line.range.as_ref()?;
        let shape = self.shape()?;
        let (low_place, high_place) = (place_of(low), place_of(high));
        let (low, high) = (self.end(low, ty)?, self.end(high, ty)?);
        if let (Some(a), Some(b)) = (constant(&low), constant(&high)) {
            let point = match built {
                [one] => one.constant(),
                _ => None,
            };
            let place = Place { source: low_place.source, span: low_place.span.to(high_place.span) };
            self.holds((a, b), point, place);
        }
        Some(Distribution { low: Arc::new(low), high: Arc::new(high), shape })
    }

    fn holds(&mut self, (low, high): (f64, f64), point: Option<f64>, place: Place) {
        let inside = point.is_none_or(|point| low <= point && point <= high);
        if low <= high && inside {
            return;
        }
        let help = match low <= high {
            true => "widen the range, or mend the value",
            false => "write the lower end first",
        };
        let name = self.site.name.to_string();
        let error = CheckError::Range { name, help: help.to_string(), span: place.span };
        self.problems.push(Problem::new(place.source, &error));
    }

    fn end(&mut self, content: &Content, ty: Option<&Type>) -> Option<Expr> {
        let Content::Written { written, .. } = content else { return None };
        let piece = Piece {
            window: None,
            content: content.clone(),
            role: model::Role::Assumed,
            provenance: Arc::default(),
            place: written.place(),
        };
        let mut built = self.piece(&piece, ty, None);
        let ty = ty?;
        if !built.known {
            return None;
        }
        if super::infer::fits(&built, ty) {
            super::infer::adopt(&mut built, ty);
        }
        if built.expr.ty != *ty {
            built = self.of_the_value(built, ty, written)?;
        }
        Some(built.expr)
    }

    /// A bare end of a range is in the unit of the value: `9_500 USD range 9_000..10_500`.
    fn of_the_value(&mut self, mut built: Built, ty: &Type, written: &crate::resolve::Written) -> Option<Built> {
        let value_unit = self.line.pieces.first().and_then(|piece| match &piece.content {
            Content::Written { written, cell } if is_literal(&written.expr) => {
                let mut infer = Infer::new(self.checker, written, self.site.owner, None).with_cell(cell.clone());
                infer.root(None).unit
            }
            _ => None,
        });
        match (value_unit, &built.expr.kind) {
            (Some(unit), ExprKind::Number(number))
                if built.unit.is_none() && Type::Number(unit.dimension.clone()) == *ty =>
            {
                built.expr.kind = ExprKind::Number(number * unit.factor);
                built.expr.ty = ty.clone();
                Some(built)
            }
            _ => {
                let (declared, found) = (self.checker.words(ty), self.checker.words(&built.expr.ty));
                let name = format!("range of {}", self.site.name);
                let help = "write the unit after each end of the range".to_string();
                let place = written.place();
                self.say(place, &CheckError::Declared { name, declared, found, help, span: place.span });
                None
            }
        }
    }

    fn shape(&mut self) -> Option<Shape> {
        let Some((word, place)) = self.line.shape.clone() else { return Some(Shape::Pert) };
        let shape = match &*word {
            "pert" => Shape::Pert,
            "triangular" => Shape::Triangular,
            "normal" => Shape::Normal,
            "lognormal" => Shape::Lognormal,
            "uniform" => Shape::Uniform,
            "p5p95" => Shape::P5P95,
            _ => {
                let message = format!("`{word}` is not a shape of this version");
                let help = "say pert, triangular, normal, lognormal, uniform or p5p95".to_string();
                let label = "not a shape".to_string();
                self.say(place, &CheckError::WrongKind { message, help, span: place.span, label });
                return None;
            }
        };
        Some(shape)
    }
}

fn place_of(content: &Content) -> Place {
    match content {
        Content::Written { written, .. } => written.place(),
        Content::Literal { place, .. } => *place,
    }
}

fn constant(expr: &Expr) -> Option<f64> {
    super::infer::constant(expr)
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
