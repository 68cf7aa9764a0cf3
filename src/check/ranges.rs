//! Which pieces of a line vary: each by the range that stands behind it, and no other.

use std::sync::Arc;

use crate::calendar::Frequency;
use crate::chance::MarginalError;
use crate::diagnostic::Problem;
use crate::model::{
    Distribution, Expr, ExprKind, Model, Numbers, Ranged, Slot, Spread, Type, Variable, VariableId, Window,
};
use crate::resolve::{Owner, SpreadDef};
use crate::text::{Place, Span};

use super::cases::as_line;
use super::checker::Checker;
use super::define::{Site, Work};
use super::error::CheckError;
use super::infer::{Built, constant};
use super::signature::Signature;

/// The numbers of a spread, as far as they are written and not computed.
pub(super) struct Constants {
    pub point: Option<f64>,
}

impl Numbers for Constants {
    fn read(&self, expr: &Arc<Expr>) -> Result<f64, MarginalError> {
        constant(expr).ok_or(MarginalError::Missing)
    }

    fn point(&self) -> Result<f64, MarginalError> {
        self.point.ok_or(MarginalError::Missing)
    }
}

impl CheckError {
    /// No range stands behind what is written in some periods of a variable.
    pub fn no_range(model: &Model, variable: &Variable, window: Option<Window>, span: Span) -> CheckError {
        let stated = variable.ranges.iter().filter_map(|ranged| model.periods_of(variable, ranged.window));
        let stated: Vec<String> = stated.collect();
        let periods = window.filter(|_| !stated.is_empty()).and_then(|window| model.periods_of(variable, window));
        let periods = periods.map(|periods| format!("[{periods}]")).unwrap_or_default();
        let help = match stated.as_slice() {
            [] => "add `range LOW..HIGH` to its definition, or write the value itself".to_string(),
            _ => {
                format!(
                    "it has one at {}, and other periods follow from that; or write the value itself",
                    stated.join(", ")
                )
            }
        };
        CheckError::NoRange { message: format!("`{}{periods}` has no range", variable.path), help, span }
    }
}

/// How a study lets a variable vary in some periods: each of its numbers by itself; what follows from them follows.
pub(super) fn varied(
    checker: &mut Checker,
    def: SpreadDef,
    variable: &Variable,
    window: Option<Window>,
) -> (Vec<Ranged>, Vec<Problem>) {
    let (place, text) = (def.spread.span.at(def.source), def.text.clone());
    let mut line = as_line(Vec::new(), None, place);
    line.unit = Some(variable.unit.clone());
    let site =
        Site { owner: Owner::Book, name: variable.path.clone(), expected: Signature::default(), elsewhere: None };
    let mut work = Work::new(checker, &line, &site);
    work.shown = Some(variable.unit.clone());
    work.range = Some(Arc::new(def));
    let Some(spread) = work.distribution(Some(&variable.ty), None) else { return (Vec::new(), work.problems) };
    if !work.is_in_time(&spread, variable.time, place, &text) {
        return (Vec::new(), work.problems);
    }
    let windows = match variable.time {
        None => vec![Window::WHOLE],
        Some(_) => work.varied_windows(&spread, variable, window.unwrap_or(Window::WHOLE), place),
    };
    let ranges = windows.into_iter().map(|window| Ranged { window, spread: spread.clone() });
    (ranges.collect(), work.problems)
}

impl Checker<'_> {
    /// A range that looks at its own value has no ends of its own: they would move with each case and each draw.
    pub(super) fn ends_elsewhere(&mut self, at: usize, ranges: &[Ranged]) {
        let entry = &self.symbols.entries[at];
        let is_own = |expr: &Arc<Expr>| looks_at(expr, VariableId(at as u32), entry.slot);
        if !ranges.iter().flat_map(|ranged| ranged.spread.exprs()).any(is_own) {
            return;
        }
        let pieces = entry.line.pieces.iter();
        let Some(def) = pieces.filter_map(|piece| piece.range.as_ref()).next() else { return };
        let message = format!("the range of `{}` is made of the value itself", entry.path);
        let help = "write its ends as numbers, or make them of other values: a case or a draw would move these with it";
        let place = def.spread.span.at(def.source);
        let error = CheckError::Spread { message, help: help.to_string(), span: place.span };
        let is_same = |other: &Problem| other.labels.first().is_some_and(|label| label.place == place);
        if !self.problems.iter().any(is_same) {
            self.problems.push(Problem::new(place.source, &error));
        }
    }
}

fn looks_at(expr: &Expr, id: VariableId, slot: Option<Slot>) -> bool {
    match &expr.kind {
        ExprKind::Variable(other) => *other == id,
        ExprKind::Own(other) => Some(*other) == slot,
        ExprKind::Member { members, .. } => members.iter().any(|(_, other)| *other == id),
        _ => {
            let mut found = false;
            expr.each_child(|child| found = found || looks_at(child, id, slot));
            found
        }
    }
}

impl Work<'_, '_> {
    /// How the pieces vary, in the order of time.
    pub fn ranges(&mut self, ty: Option<&Type>, built: &[Built], time: Option<Frequency>) -> Vec<Ranged> {
        let line = self.line;
        let mut ranges = Vec::new();
        for (piece, built) in line.pieces.iter().zip(built) {
            let Some(def) = piece.range.clone() else { continue };
            let (place, text, window) = (def.spread.span.at(def.source), def.text.clone(), self.window(piece, time));
            (self.range, self.beside) = (Some(def), Some(piece));
            let Some(spread) = self.distribution(ty, Some(built)) else { continue };
            let Some(window) = self.ahead(window, time, place) else { continue };
            let is_sound = self.is_in_time(&spread, time, place, &text)
                && (built.expr.time.is_none() || window.is_one() || self.follows(&spread, place));
            self.holds_point(&spread, built.constant(), place);
            if is_sound {
                ranges.push(Ranged { window, spread });
            }
        }
        ranges
    }

    /// The numbers of a spread move with time only if the value does, and in its periods.
    fn is_in_time(&mut self, spread: &Distribution, time: Option<Frequency>, place: Place, text: &str) -> bool {
        let other = spread.exprs().into_iter().find(|expr| expr.time.is_some() && expr.time != time);
        if other.is_some() {
            self.say(place, &CheckError::NotOneValue { what: text.to_string(), span: place.span });
        }
        other.is_none()
    }

    /// The periods that are estimated: what has happened does not vary.
    fn ahead(&mut self, window: Window, time: Option<Frequency>, place: Place) -> Option<Window> {
        let Some(line) = time.and_then(|time| self.checker.symbols.timelines.get(time)) else { return Some(window) };
        let ahead = Window { first: line.actual(), last: line.len }.common(window);
        if ahead.is_none() {
            let period = line.period(window.last).map(|period| period.to_string()).unwrap_or_default();
            let message = format!("{period} has happened, so no case and no draw changes it");
            self.shared(place, message, "drop the range, or write it behind an estimate".to_string());
        }
        ahead
    }

    /// A formula that moves has one range in all its periods only if that moves with it.
    fn follows(&mut self, spread: &Distribution, place: Place) -> bool {
        if spread.moves() || spread.is_around() {
            return true;
        }
        let message = "this formula moves with time, and the numbers of its range do not".to_string();
        let help = "write it behind a number that the formula rests on, or let its ends move as well: \
                    `2 * y range 1.8 * y..2.2 * y`";
        self.shared(place, message, help.to_string())
    }

    fn shared(&mut self, place: Place, message: String, help: String) -> bool {
        self.say(place, &CheckError::Spread { message, help, span: place.span });
        false
    }

    /// A value lies where it may be drawn; between two ends, that is looked at with them.
    fn holds_point(&mut self, spread: &Distribution, point: Option<f64>, place: Place) {
        let numbers = Constants { point };
        let read = |expr: &Arc<Expr>| numbers.read(expr).ok();
        let within = spread.within.as_ref().and_then(|(low, high)| read(low).zip(read(high)));
        let values = match &spread.spread {
            Spread::Discrete(values) => values.iter().map(|(value, _)| read(value)).collect::<Option<Vec<f64>>>(),
            _ => None,
        };
        let least_and_most = |values: Vec<f64>| {
            let least = values.iter().copied().fold(f64::INFINITY, f64::min);
            (least, values.into_iter().fold(f64::NEG_INFINITY, f64::max))
        };
        if let Some(ends) = within.or(values.map(least_and_most)) {
            self.holds(ends, point, place);
        }
    }

    /// The periods of a variable that one spread is about.
    fn varied_windows(
        &mut self,
        spread: &Distribution,
        variable: &Variable,
        window: Window,
        place: Place,
    ) -> Vec<Window> {
        let line = variable.time.and_then(|time| self.checker.symbols.timelines.get(time));
        let all = line.map_or(Window::WHOLE, |line| Window { first: 0, last: line.len - 1 });
        let window = window.common(all).unwrap_or(all);
        if window.is_one() {
            return vec![window];
        }
        let flat = variable.definition.pieces.iter().filter(|piece| piece.formula.expr.time.is_none());
        let flat: Vec<_> = flat.filter_map(|piece| Some((piece.window.common(window)?, piece))).collect();
        if flat.is_empty() {
            return if self.follows(spread, place) { vec![window] } else { Vec::new() };
        }
        let mut numbers: Vec<Option<f64>> = flat.iter().map(|(_, piece)| constant(&piece.formula.expr)).collect();
        numbers.dedup();
        if flat.len() > 1 && numbers != [numbers[0]; 1] && !spread.moves() && !spread.is_around() {
            let period = line.and_then(|line| line.period(flat[0].0.first)).map(|period| period.to_string());
            let path = variable.path.to_string();
            let message = format!("`{path}` is {} different numbers here, and this spread is about one", flat.len());
            let help = format!(
                "name one period: `vary {path}[{}] …`; what lies between follows. Or say how far each varies: `normal sd …`",
                period.unwrap_or_default()
            );
            self.shared(place, message, help);
            return Vec::new();
        }
        flat.into_iter().map(|(window, _)| window).collect()
    }
}
