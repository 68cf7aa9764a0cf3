//! What the pieces of a line have in common: one type, one time axis, one unit to show them in.

use crate::calendar::Frequency;
use crate::diagnostic::Label;
use crate::model::Type;
use crate::resolve::{Content, ResolveError};
use crate::units::Unit;

use super::define::{Work, is_constant};
use super::error::CheckError;
use super::infer::{Built, PER_TIME};

impl Work<'_, '_> {
    /// The type of all pieces: as it is wanted, or that of the first piece that has one.
    pub fn one_type(&mut self, built: &mut [Built], want: Option<Type>) -> Option<Type> {
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
            self.bare_share(at, built);
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

    /// A bare number never takes the unit after the name, so `x: % = 70` would be seventy times.
    fn bare_share(&mut self, at: usize, built: &Built) {
        let Some(unit) = self.line.unit.clone().filter(|_| self.line.pinned.is_some()) else { return };
        let piece = &self.line.pieces[at];
        let is_bare = built.unit.is_none() && !built.any && is_constant(piece);
        let is_cell = !matches!(&piece.content, Content::Written { cell: None, .. });
        if unit.factor == 1.0 || !unit.dimension.is_ratio() || !is_bare || is_cell || !built.known {
            return;
        }
        let Some(number) = built.constant() else { return };
        let place = piece.place;
        let (name, declared, found) =
            (self.site.name.to_string(), unit.symbol.to_string(), "a bare number".to_string());
        let blank = if declared == "%" { "" } else { " " };
        let [one, other] = [number, unit.from_base(number)].map(|number| crate::units::significant(number, 6));
        let help = format!("write `{one}{blank}{declared}` or `{other}{blank}{declared}`, whichever is meant");
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
            _ => match (ty, &built.expr.ty) {
                (Type::Number(one), Type::Number(two)) if self.checker.is_per_time(one, two) => PER_TIME.to_string(),
                _ => "mend the formula, or what the line is declared as".to_string(),
            },
        };
        let name = self.site.name.to_string();
        self.say(place, &CheckError::Declared { name, declared, found, help, span: place.span });
        if let (Some(other), Some(problem)) = (self.site.elsewhere, self.problems.last_mut()) {
            problem.labels.push(Label { place: other, text: "declared here".to_string() });
        }
    }

    /// The time axis of all pieces; a formula that varies over time needs a series kind.
    pub fn one_time(&mut self, built: &[Built]) -> Option<Frequency> {
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
        let help = match own < time {
            true => format!("roll the finer one up: `{}(…)`", super::infer::roll_up_function(time)),
            false => "name the periods of the longer series, since nobody knows how they were spread".to_string(),
        };
        let (left, right, right_span) = (own.word().to_string(), time.word().to_string(), Some(self.line.place.span));
        let error = CheckError::Frequency { left, right, help, left_span: place.span, right_span };
        self.say(place, &error);
    }

    pub fn unit(&mut self, built: &[Built], ty: Option<&Type>) -> Option<Unit> {
        let Some(Type::Number(dimension)) = ty else { return None };
        let literal = built.iter().zip(&self.line.pieces).filter(|(_, piece)| is_constant(piece));
        let of_literal = literal.filter_map(|(built, _)| built.unit.clone());
        let of_formula = built.iter().filter_map(|built| built.unit.clone());
        let stated = self.line.unit.iter().cloned().chain(self.site.expected.unit.clone());
        // A plain `ratio` says what is measured, not how it is shown: a literal's `%` or `x` does.
        let (plain, stated): (Vec<Unit>, Vec<Unit>) = stated.partition(|unit| unit.symbol.is_empty());
        let mut units = stated.into_iter().chain(of_literal).chain(plain).chain(of_formula);
        let fitting = units.find(|unit| unit.dimension == *dimension);
        Some(fitting.unwrap_or_else(|| self.checker.unit_of(dimension)))
    }
}
