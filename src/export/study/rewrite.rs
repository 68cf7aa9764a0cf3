//! What a calibration found as new texts for the values that are implied by it, with no more digits than they need.

use crate::eval::{Knob, Probe, Settings, Sweep};
use crate::model::{Calibrate, Change, Definition, Expr, Model, Piece, Study, StudyKind, VariableId, Window};
use crate::study::{CalibrateAnswer, Implied};
use crate::text::decimal::{fixed, to_digits};
use crate::text::{Place, Sources};
use crate::units::Unit;

/// A number of the book and what shall stand in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Rewrite {
    /// As the study names it.
    pub path: String,
    pub place: Place,
    pub before: String,
    pub after: String,
}

/// A number as it is written: `6.87` of `6.87%`.
struct Literal<'t> {
    text: &'t str,
    digits: &'t str,
    decimals: usize,
    /// How much of the base unit one of the written is.
    unit: Unit,
}

/// Digits beyond these say nothing.
const MOST: usize = 12;

/// The values that are implied by a calibration, each with its new text; those that stay as they are too.
pub fn rewrites(model: &Model, sources: &Sources, study: &Study, answer: &CalibrateAnswer) -> Vec<Rewrite> {
    let (StudyKind::Calibrate(calibrate), Some(solution)) = (&study.kind, answer.solutions.first()) else {
        return Vec::new();
    };
    let mut found: Vec<(usize, Place, Literal)> = Vec::new();
    for (at, implied) in answer.free.iter().enumerate() {
        for piece in pieces(model, study, implied) {
            let text = sources.slice(piece.place);
            found.extend(literal(text, &piece.formula.expr).map(|literal| (at, piece.place, literal)));
        }
    }
    let values = |more: usize| -> Vec<f64> {
        let written = |at: usize| found.iter().find(|(of, _, _)| *of == at).map(|(_, _, literal)| literal);
        let value = |(at, value): (usize, &f64)| written(at).map_or(*value, |literal| rounded(*value, literal, more));
        solution.values.iter().enumerate().map(value).collect()
    };
    let more = enough(model, study, calibrate, values);
    let rewrite = |(at, place, literal): &(usize, Place, Literal)| Rewrite {
        path: answer.free[*at].factor.text.to_string(),
        place: *place,
        before: literal.text.to_string(),
        after: literal.text.replacen(literal.digits, &number(solution.values[*at], literal, more), 1),
    };
    found.iter().map(rewrite).collect()
}

/// How many decimals more than are written bring every target within its tolerance.
fn enough(model: &Model, study: &Study, calibrate: &Calibrate, values: impl Fn(usize) -> Vec<f64>) -> usize {
    let knob = |free: &crate::model::Free| Knob { variable: free.factor.variable, window: free.factor.window };
    let probe = |target: &crate::model::Target| Probe { variable: target.output.variable, index: target.output.index };
    let knobs: Vec<Knob> = calibrate.free.iter().map(knob).collect();
    let probes: Vec<Probe> = calibrate.targets.iter().map(probe).collect();
    let sweep = Sweep::new(model, &Settings::default(), study.case, &knobs, &probes);
    let hits = |more: &usize| {
        let values = values(*more);
        let columns: Vec<&[f64]> = values.iter().map(std::slice::from_ref).collect();
        let mut out = vec![Vec::new(); probes.len()];
        sweep.run(&columns, &mut out);
        let near = |(target, value): (&crate::model::Target, &Vec<f64>)| {
            value.first().is_some_and(|value| (value - target.value).abs() <= target.tolerance)
        };
        calibrate.targets.iter().zip(&out).all(near)
    };
    (0..=MOST).find(hits).unwrap_or(MOST)
}

/// The pieces that say they are implied by the study, in the book and in its cases.
fn pieces<'m>(model: &'m Model, study: &Study, implied: &Implied) -> Vec<&'m Piece> {
    let factor = &implied.factor;
    let of = |id: VariableId| id == factor.variable;
    let lines = model.cases.iter().flat_map(|case| &case.overrides).filter(|line| of(line.variable));
    let set = lines.filter_map(|line| match &line.change {
        Change::Set(definition) => Some(definition),
        _ => None,
    });
    let definitions = std::iter::once(&*model.variable(factor.variable).definition).chain(set);
    let inside = |piece: &&Piece| {
        let named = piece.provenance.implied.as_ref() == Some(&study.name);
        named && factor.window.is_none_or(|window| touch(window, piece.window))
    };
    definitions.flat_map(|definition: &Definition| &definition.pieces).filter(inside).collect()
}

fn touch(one: Window, two: Window) -> bool {
    one.first <= two.last && two.first <= one.last
}

fn literal<'t>(text: &'t str, expr: &Expr) -> Option<Literal<'t>> {
    let length = text.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | '_' | '-'));
    let digits = &text[..length.unwrap_or(text.len())];
    let written: f64 = digits.replace('_', "").parse().ok()?;
    let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
    let base = expr.constant()?;
    let factor = if written == 0.0 { 1.0 } else { to_digits(base / written, 15) };
    Some(Literal { text, digits, decimals, unit: Unit { factor, ..Unit::ratio() } })
}

fn rounded(base: f64, literal: &Literal, more: usize) -> f64 {
    let written: f64 = number(base, literal, more).replace('_', "").parse().unwrap_or(f64::NAN);
    literal.unit.to_base(written)
}

/// A value in the unit that is written, grouped as it was.
fn number(base: f64, literal: &Literal, more: usize) -> String {
    let decimals = literal.decimals + more;
    let plain = fixed(literal.unit.from_base(base), decimals);
    if !literal.digits.contains('_') {
        return plain;
    }
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    let fraction = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
    format!("{sign}{}{fraction}", groups.join("_"))
}
