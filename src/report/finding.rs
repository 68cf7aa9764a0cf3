//! Published figures, checks and claims as a template sees them.

use std::sync::Arc;

use minijinja::value::Value;

use crate::eval::{CheckOutcome, CheckState, Figure, Verdict};
use crate::model::{Claim, Tolerance};
use crate::text::decimal::{fixed, shifted};
use crate::units::significant;

use super::claim::sentence;
use super::desk::Desk;
use super::number::Number;
use super::pattern::Pattern;
use super::source::SourceView;
use super::subject::Subject;

/// Every published figure: what is printed, what follows, and how far apart they are.
pub fn figures(desk: &Arc<Desk>) -> Value {
    desk.findings.reconciles.iter().map(|figure| self::figure(desk, figure)).collect()
}

/// Every check in every case it is checked in.
pub fn checks(desk: &Arc<Desk>) -> Value {
    desk.findings.checks.iter().map(|outcome| check(desk, outcome)).collect()
}

/// Every claim that holds, in the order of the file.
pub fn claims(desk: &Arc<Desk>) -> Value {
    let one = |claim: &Claim| {
        let said = sentence(desk, &claim.name).unwrap_or_default();
        let holds = !said.is_empty();
        Value::from_pairs([
            ("name", Value::from(claim.name.clone())),
            ("sentence", Value::from(said)),
            ("holds", Value::from(holds)),
            ("text", Value::from(claim.text.clone())),
        ])
    };
    desk.model.claims.iter().map(one).collect()
}

fn figure(desk: &Arc<Desk>, figure: &Figure) -> Value {
    let reconcile = &desk.model.reconciles[figure.reconcile];
    let text = |text: &Option<Arc<str>>| text.clone().map_or(Value::from(()), Value::from);
    let source = reconcile
        .provenance
        .citation
        .clone()
        .map_or(Value::from(()), |citation| Value::from_object(SourceView { desk: desk.clone(), citation }));
    Value::from_pairs([
        ("id", Value::from(reconcile.id.clone())),
        ("path", Value::from(reconcile.path.clone())),
        ("printed", printed(desk, figure, Subject::Printed(figure.reconcile))),
        ("computed", printed(desk, figure, Subject::Variable(reconcile.computed))),
        ("as_typed", Value::from(reconcile.printed.text.clone())),
        ("difference", Value::from(difference(desk, figure))),
        ("gap", Value::from(gap(desk, figure))),
        ("size", Value::from(size(desk, figure))),
        ("tolerance", Value::from(tolerance(desk, figure))),
        ("verdict", Value::from(verdict(figure.verdict))),
        ("because", text(&reconcile.disputed)),
        ("case", Value::from(desk.model.case(reconcile.case).name.clone())),
        ("source", source),
        ("place", Value::from(desk.locate(reconcile.place))),
    ])
}

/// One side of a figure, in the printed unit and with the printed digits; the computed side shows one digit more
/// where the printed digits would hide the difference.
fn printed(desk: &Arc<Desk>, figure: &Figure, subject: Subject) -> Value {
    let reconcile = &desk.model.reconciles[figure.reconcile];
    let value = Number::read(desk, &subject, reconcile.case, None);
    let Some(number) = value.downcast_object_ref::<Number>() else { return value };
    let is_printed = matches!(subject, Subject::Printed(_));
    let decimals = reconcile.printed.decimals
        + usize::from(!is_printed && (hidden_by_rounding(desk, figure) || coarse(desk, figure)));
    number.looking(|look| {
        look.unit = Some(reconcile.printed.unit.clone());
        look.pattern = Some(Pattern { grouped: true, decimals, ..Pattern::default() });
    })
}

/// Whether the printed digits would leave one or two of a figure that is off: `6` where 6.5 follows.
fn coarse(desk: &Desk, figure: &Figure) -> bool {
    let printed = &desk.model.reconciles[figure.reconcile].printed;
    let Some(computed) = figure.computed.number() else { return false };
    figure.verdict != Verdict::Reconciled && printed.decimals == 0 && printed.unit.from_base(computed).abs() < 100.0
}

fn hidden_by_rounding(desk: &Desk, figure: &Figure) -> bool {
    let printed = &desk.model.reconciles[figure.reconcile].printed;
    let Some(computed) = figure.computed.number() else { return false };
    let Some(value) = printed.nearest(computed) else { return false };
    let shown = |base: f64| fixed(printed.unit.from_base(base), printed.decimals);
    figure.verdict != Verdict::Reconciled && shown(computed) == shown(value)
}

fn difference(desk: &Desk, figure: &Figure) -> String {
    let printed = &desk.model.reconciles[figure.reconcile].printed;
    let Some(difference) = figure.difference else { return String::new() };
    let decimals = printed.decimals + usize::from(hidden_by_rounding(desk, figure));
    let pattern = Pattern { signed: true, grouped: true, decimals, unit: None };
    printed.unit.apart(&pattern.digits(printed.unit.from_base(difference)))
}

/// The difference as a share of what is printed.
fn gap(desk: &Desk, figure: &Figure) -> String {
    let printed = &desk.model.reconciles[figure.reconcile].printed;
    match (figure.difference, printed.number()) {
        (Some(difference), Some(value)) if value != 0.0 => {
            let pattern = Pattern { signed: true, grouped: true, decimals: 1, unit: None };
            format!("{}%", pattern.digits(shifted(difference / value.abs(), 2)))
        }
        _ => String::new(),
    }
}

/// How far apart the sides are, as a share of what is printed and without a sign: figures are sorted by it. What is printed
/// as nothing is off by all of it, and what cannot be computed by nothing.
fn size(desk: &Desk, figure: &Figure) -> f64 {
    let printed = &desk.model.reconciles[figure.reconcile].printed;
    match (figure.difference, figure.computed.number().and_then(|computed| printed.nearest(computed))) {
        (Some(difference), Some(value)) if value != 0.0 => (difference / value).abs(),
        (Some(difference), _) => difference.abs().min(1.0),
        _ => 0.0,
    }
}

fn tolerance(desk: &Desk, figure: &Figure) -> String {
    let reconcile = &desk.model.reconciles[figure.reconcile];
    let unit = &reconcile.printed.unit;
    if let Some(words) = reconcile.nearness() {
        return words.to_string();
    }
    match reconcile.tolerance {
        Tolerance::AsPrinted(_) => "as printed".to_string(),
        Tolerance::Absolute(size) => {
            format!("within {}", unit.written(&significant(unit.from_base(size), 6)))
        }
        Tolerance::Relative(share) => format!("within {}", crate::units::percent(share)),
    }
}

/// The word for a verdict.
fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Reconciled => "reconciled",
        Verdict::Disputed => "disputed",
        Verdict::Failed => "failed",
        Verdict::Missing => "missing",
    }
}

fn check(desk: &Arc<Desk>, outcome: &CheckOutcome) -> Value {
    let check = &desk.model.checks[outcome.check];
    let (state, breaches) = match &outcome.state {
        CheckState::Holds => ("holds", 0),
        CheckState::Missing => ("missing", 0),
        CheckState::Fails(breaches) => ("fails", breaches.len()),
    };
    let message = check.message.clone().unwrap_or_else(|| check.text.clone());
    let entity = check.entity.map(|id| desk.model.entity(id).label.clone());
    Value::from_pairs([
        ("text", Value::from(check.text.clone())),
        ("message", Value::from(message)),
        ("alert", Value::from(check.alert)),
        ("state", Value::from(state)),
        ("breaches", Value::from(breaches)),
        ("case", Value::from(desk.model.case(outcome.case).name.clone())),
        ("entity", entity.map_or(Value::from(()), Value::from)),
        ("place", Value::from(desk.locate(check.place))),
    ])
}
