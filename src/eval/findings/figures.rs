//! Published figures against computed ones.

use crate::diagnostic::Problem;
use crate::eval::{Cell, Results};
use crate::model::{Model, Reconcile};

use super::error::{FindingError, in_case};
use super::{Figure, Findings, Verdict, apart_in_unit, cell_in_unit, code_word, reach, with_symbol};

/// Holds every published figure against its computed value.
pub(super) fn hold(model: &Model, results: &Results, findings: &mut Findings) {
    for (at, reconcile) in model.reconciles.iter().enumerate() {
        let computed = results.cell(reconcile.case, reconcile.computed, None);
        let difference = difference(reconcile, &computed);
        let verdict = verdict(reconcile, &computed, difference);
        findings.problems.extend(problem(model, reconcile, &computed, difference, verdict));
        findings.reconciles.push(Figure { reconcile: at, computed, difference, verdict });
    }
}

fn difference(reconcile: &Reconcile, computed: &Cell) -> Option<f64> {
    Some(computed.number()? - reconcile.printed.value.ok()?)
}

fn verdict(reconcile: &Reconcile, computed: &Cell, difference: Option<f64>) -> Verdict {
    let agrees = match (reconcile.printed.value, difference) {
        (Ok(printed), Some(difference)) => difference.abs() <= reach(reconcile.tolerance, printed),
        (Ok(_), None) => false,
        (Err(_), _) => computed.is_missing(),
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
        Ok(_) => &reconcile.printed.unit,
        Err(_) => &model.variable(reconcile.computed).unit,
    };
    let said = cell_in_unit(computed, unit);
    let error = match verdict {
        Verdict::Reconciled | Verdict::Disputed => return None,
        Verdict::Missing => FindingError::NotComputed { path, case, printed, reason: said, span },
        Verdict::Failed if reconcile.disputed.is_some() => {
            FindingError::Settled { path, case, computed: said, printed, span }
        }
        Verdict::Failed => {
            let distance = distance(reconcile, difference);
            FindingError::Differs { path, case, computed: said, printed, distance, span }
        }
    };
    Some(Problem::new(reconcile.place.source, &error))
}

fn printed(reconcile: &Reconcile) -> String {
    let printed = &reconcile.printed;
    match printed.value {
        Err(code) => code_word(code).to_string(),
        Ok(_) if printed.text.ends_with(&*printed.unit.symbol) => printed.text.to_string(),
        Ok(_) => with_symbol(printed.text.to_string(), &printed.unit),
    }
}

/// `3 CNY/share apart (2.1%), where 1 CNY/share is near enough`
fn distance(reconcile: &Reconcile, difference: Option<f64>) -> String {
    let (Some(difference), Ok(printed)) = (difference, reconcile.printed.value) else {
        return "a value against none".to_string();
    };
    let unit = &reconcile.printed.unit;
    let share = match printed == 0.0 || &*unit.symbol == "%" {
        true => String::new(),
        false => format!(" ({}%)", crate::units::shown(100.0 * difference.abs() / printed.abs())),
    };
    let near = apart_in_unit(reach(reconcile.tolerance, printed), unit);
    format!("{}{share} apart, where {near} is near enough", apart_in_unit(difference.abs(), unit))
}
