//! Values, formulas and what stands behind them as the old and the new side of a change.

use crate::calendar::Frequency;
use crate::eval::Cell;
use crate::export::display;
use crate::model::{ExprKind, Model, Piece, Provenance, Variable, Window};

use super::super::diff::Spot;

/// How many stretches of time one side names.
const NAMED: usize = 3;

/// One side of a change of values: the stretches of time that differ, each with what stands there.
pub fn side(spots: &[Spot], variable: &Variable, model: &Model, old: bool) -> Option<String> {
    let pieces = spots.iter().map(|spot| (spot.window, if old { spot.old.as_ref() } else { spot.new.as_ref() }));
    let said: Vec<(Window, String)> =
        pieces.filter_map(|(window, piece)| Some((window, text(piece?, variable)))).collect();
    let Some(time) = variable.time else { return said.into_iter().next().map(|(_, text)| text) };
    let mut parts: Vec<String> =
        said.iter().take(NAMED).map(|(window, text)| format!("{} {text}", period(*window, time, model))).collect();
    if said.len() > NAMED {
        parts.push(format!("and {} more", said.len() - NAMED));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A piece as people read it: a value with its unit, a formula as written.
pub fn text(piece: &Piece, variable: &Variable) -> String {
    if let Some(number) = piece.formula.expr.constant() {
        return precise(number, variable);
    }
    let cell = match &piece.formula.expr.kind {
        ExprKind::Text(text) => Cell::Text(text.clone()),
        ExprKind::YesNo(holds) => Cell::YesNo(*holds),
        ExprKind::Missing { code, .. } => Cell::Missing { code: *code, reason: None },
        _ => return piece.formula.text.to_string(),
    };
    display(&cell, &variable.unit)
}

/// A number with every digit that was written: what is stated is not rounded.
fn precise(number: f64, variable: &Variable) -> String {
    let number = variable.unit.from_base(number);
    let digits = crate::units::significant(number, 12);
    let decimals = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    variable.unit.written(&crate::units::grouped(number, decimals))
}

/// The stretch of time of a window: `2026E`, `2026E..2028E`.
pub fn period(window: Window, time: Frequency, model: &Model) -> String {
    model.periods_in(time, window).unwrap_or_default()
}

/// The source that is cited, with its date: `ar25 p 14 of 2026-03-28`.
pub fn source(provenance: &Provenance, model: &Model) -> Option<String> {
    let text = provenance.cited(model)?;
    let dated = provenance.citation.as_ref().and_then(|citation| model.source(citation.source).dated);
    Some(match dated {
        Some(date) => format!("{text} of {date}"),
        None => text,
    })
}
