//! Published figures against computed ones.

use crate::diagnostic::Problem;
use crate::eval::{Cell, Results};
use crate::model::{Model, Printed, PrintedValue, Reconcile, Tolerance};
use crate::text::decimal::{shifted, to_places};

/// What arithmetic leaves of a number's last digits.
const HAIR: f64 = 1e-12;

use super::error::{FindingError, in_case};
use super::{Figure, Findings, Verdict, cell_in_unit, reach, rooted};

/// Holds every published figure against its computed value.
pub(super) fn hold(model: &Model, results: &Results, findings: &mut Findings) {
    for (at, reconcile) in model.reconciles.iter().enumerate() {
        let computed = results.cell(reconcile.case, reconcile.computed, None);
        let difference = difference(reconcile, &computed);
        let verdict = verdict(reconcile, &computed, difference);
        findings.problems.extend(
            problem(model, reconcile, &computed, difference, verdict)
                .map(|problem| rooted(model, results, problem, &computed, (reconcile.case, reconcile.computed))),
        );
        findings.reconciles.push(Figure { reconcile: at, computed, difference, verdict });
    }
}

fn difference(reconcile: &Reconcile, computed: &Cell) -> Option<f64> {
    let number = computed.number()?;
    Some(number - reconcile.printed.nearest(number)?)
}

fn verdict(reconcile: &Reconcile, computed: &Cell, difference: Option<f64>) -> Verdict {
    let agrees = match (&reconcile.printed.value, computed) {
        (PrintedValue::Missing(_), _) => computed.is_missing(),
        (PrintedValue::Text(printed), Cell::Text(text)) => printed == text,
        (PrintedValue::YesNo(printed), Cell::YesNo(holds)) => printed == holds,
        (PrintedValue::Number(printed), Cell::Number(number)) => match reconcile.tolerance {
            Tolerance::AsPrinted(_) => prints_as(&reconcile.printed, *number, *printed),
            _ => is_near(reconcile, computed, difference),
        },
        _ => is_near(reconcile, computed, difference),
    };
    match (agrees, &reconcile.disputed) {
        (true, None) => Verdict::Reconciled,
        (true, Some(_)) => Verdict::Failed,
        (false, Some(_)) => Verdict::Disputed,
        (false, None) if computed.is_missing() => Verdict::Missing,
        (false, None) => Verdict::Failed,
    }
}

fn problem(
    model: &Model,
    reconcile: &Reconcile,
    computed: &Cell,
    difference: Option<f64>,
    verdict: Verdict,
) -> Option<Problem> {
    let (path, span) = (reconcile.path.to_string(), reconcile.place.span);
    let (case, printed) = (in_case(model, reconcile.case), printed(reconcile));
    let unit = match reconcile.printed.value {
        PrintedValue::Missing(_) => &model.variable(reconcile.computed).unit,
        _ => &reconcile.printed.unit,
    };
    let said = match computed {
        Cell::Text(text) => format!("\"{text}\""),
        _ => cell_in_unit(computed, unit),
    };
    let error = match verdict {
        Verdict::Reconciled | Verdict::Disputed => return None,
        Verdict::Missing => FindingError::NotComputed { path, case, printed, reason: said, span },
        Verdict::Failed if reconcile.disputed.is_some() => {
            FindingError::Settled { path, case, computed: said, printed, span }
        }
        Verdict::Failed => {
            let distance = distance(reconcile, computed, difference);
            FindingError::Differs { path, case, computed: said, printed, distance, span }
        }
    };
    Some(Problem::new(reconcile.place.source, &error))
}

fn printed(reconcile: &Reconcile) -> String {
    let printed = &reconcile.printed;
    match &printed.value {
        PrintedValue::Missing(code) => code.word().to_string(),
        PrintedValue::Number(_) if !printed.text.ends_with(&*printed.unit.symbol) => {
            printed.unit.written(&printed.text)
        }
        _ => printed.range().unwrap_or_else(|| printed.text.to_string()),
    }
}

fn is_near(reconcile: &Reconcile, computed: &Cell, difference: Option<f64>) -> bool {
    difference.is_some_and(|difference| difference.abs() <= near(reconcile, computed))
}

/// Whether a computed number, rounded as the figure is, gives it. A half that arithmetic has left a hair short is a half.
fn prints_as(printed: &Printed, computed: f64, figure: f64) -> bool {
    let rounded = |number: f64| to_places(printed.unit.from_base(number), printed.decimals as i32);
    let figure = rounded(figure);
    rounded(computed) == figure || rounded(computed * (1.0 + HAIR)) == figure
}

/// How far a computed number may lie from the printed one.
fn near(reconcile: &Reconcile, computed: &Cell) -> f64 {
    let printed = computed.number().and_then(|number| reconcile.printed.nearest(number));
    reach(reconcile.tolerance, printed.unwrap_or(0.0))
}

/// `3 CNY/share apart (2.1%), where 1 CNY/share is near enough`
fn distance(reconcile: &Reconcile, computed: &Cell, difference: Option<f64>) -> String {
    let Some(difference) = difference else {
        return reconcile.nearness().map_or("a value against none", |_| "not the same").to_string();
    };
    let unit = &reconcile.printed.unit;
    let share = match reconcile.printed.number() {
        Some(printed) if printed != 0.0 && !unit.has_points() => {
            format!(" ({}%)", crate::units::shown(shifted(difference.abs() / printed.abs(), 2)))
        }
        _ => String::new(),
    };
    let off = unit.shown_apart(difference.abs());
    match (reconcile.printed.range(), near(reconcile, computed)) {
        (Some(_), 0.0) => format!("{off} outside of the range"),
        (Some(_), near) => format!("{off} outside of the range, where {} is near enough", unit.shown_apart(near)),
        (None, near) => format!("{off}{share} apart, where {} is near enough", unit.shown_apart(near)),
    }
}
