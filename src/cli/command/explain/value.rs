//! Values as text: a headline, the formula with its tree, and everything that was written.

use serde_json::Value as Json;

use crate::explain::{
    Amount, Candidate, Carried, Carries, Layer, Longer, Piece, Range, Series, Stretch, Timed, Value, Written,
};
use crate::model::{Clauses, Interpolation};
use crate::units::percent_to;

use super::super::super::sheet::Sheet;
use super::place;
use super::tree::below;

/// A value without time, or a series in one period.
pub fn value(value: &Value) -> String {
    let mut out = headline(value);
    if let Some(formula) = &value.formula {
        out += &format!("  = {formula}\n");
        below(&value.tree, "  ", &mut out);
    }
    let carries = value.carries.as_ref().map(carries).unwrap_or_default();
    out + &written(&value.writes) + &carries + &ranges(&value.ranges) + &candidates(&value.candidates)
}

/// A series with its numbers and its lines.
pub fn series(series: &Series) -> String {
    let unit = if series.unit.is_empty() { String::new() } else { format!(", {}", series.unit) };
    let rows = vec![series.values.iter().map(|one| one.short.clone()).collect()];
    let head = series.values.iter().map(|one| one.period.clone()).collect();
    let numbers = Sheet { head, labels: 0, trailing: 0, rows }.text(Some(100));
    let pieces: String = series.pieces.iter().map(piece).collect();
    let between = series.interpolation.map(between).unwrap_or_default();
    let lines = written(&series.writes) + &ranges(&series.ranges) + &candidates(&series.candidates);
    format!("{}{unit}\n{numbers}{pieces}{between}{lines}", series.path)
}

/// A longer period with those it is made of.
pub fn longer(longer: &Longer) -> String {
    let Longer { path, period, how, .. } = longer;
    let part = |part: &Timed| format!("    {path}[{}] = {}\n", part.period, told(&part.amount));
    let parts: String = longer.parts.iter().map(part).collect();
    format!("{path}[{period}] = {}\n  {how}\n{parts}", told(&longer.amount))
}

/// A value and, if it is missing, why.
pub fn told(amount: &Amount) -> String {
    let reason = amount.missing.as_ref().and_then(|missing| missing.reason.as_ref());
    match (reason, &amount.value) {
        (Some(reason), _) => format!("{} ({reason})", amount.display),
        (None, Json::String(text)) => format!("\"{text}\""),
        (None, _) => amount.display.clone(),
    }
}

pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn headline(value: &Value) -> String {
    let period = value.period.as_ref().map(|name| format!("[{name}]")).unwrap_or_default();
    let case = if value.case == "base" { String::new() } else { format!(" in case {}", value.case) };
    let label = value.label.as_ref().map(|label| format!("  {label}")).unwrap_or_default();
    format!("{}{period} = {}{case}{label}\n", value.path, told(&value.amount))
}

fn piece(piece: &Piece) -> String {
    let line = format!("  {} {}  {}", piece.role.verb(), stretch(&piece.stretch), piece.clauses);
    format!("{}\n{}", line.trim_end(), place(&piece.place))
}

fn between(how: Interpolation) -> &'static str {
    match how {
        Interpolation::Linear => "  linear between them\n",
        Interpolation::Geometric => "  geometric between them\n",
        Interpolation::Step => "  in steps between them\n",
    }
}

/// Everything that was written, the file's own line first.
fn written(writes: &[Written]) -> String {
    let layer = |write: &Written| match write.layer {
        Layer::Definition => write.role.verb().to_string(),
        Layer::Case => format!("case {}", write.case.as_deref().unwrap_or_default()),
        Layer::Set => "set".to_string(),
    };
    let line = |write: &Written| {
        let gap = if write.clauses == Clauses::default() { "" } else { "  " };
        format!("  {} {}{gap}{}\n{}", layer(write), one_line(&write.text), write.clauses, place(&write.place))
    };
    writes.iter().map(line).collect()
}

/// How its pieces vary, as it is written.
fn ranges(ranges: &[Range]) -> String {
    let periods = |range: &Range| range.periods.as_ref().map(|periods| format!("{periods} ")).unwrap_or_default();
    ranges.iter().map(|range| format!("  range {}{}\n", periods(range), range.text)).collect()
}

/// The values of other sources that were kept and not chosen.
fn candidates(candidates: &[Candidate]) -> String {
    let line = |candidate: &Candidate| {
        let texts = candidate.pieces.iter().map(stretch).collect::<Vec<_>>().join(" | ");
        format!("  also {texts}  {}\n{}", candidate.clauses, place(&candidate.place))
    };
    candidates.iter().map(line).collect()
}

fn stretch(stretch: &Stretch) -> String {
    let periods = stretch.periods.as_ref().map(|periods| format!("{periods} ")).unwrap_or_default();
    periods + &one_line(&stretch.text)
}

/// The inputs that move a number most, with what they do to it.
fn carries(carries: &Carries) -> String {
    let rows = carries.inputs.iter().map(carried).collect();
    let sheet = Sheet { head: vec![String::new(); 3], labels: 1, trailing: 0, rows };
    let mut out = format!("  each input, raised by {}, moves it by\n", percent_to(carries.raised, 3));
    out += &sheet.text(None).lines().map(|line| format!("    {line}\n")).collect::<String>();
    if carries.more > 0 {
        let by = carries.at_most.map(|share| format!(", each by at most {}", percent_to(share, 3))).unwrap_or_default();
        out += &format!("    and {}{by}\n", crate::diagnostic::render::counted(carries.more, "other input"));
    }
    out
}

fn carried(one: &Carried) -> Vec<String> {
    let sign = |share: f64| if share < 0.0 { '-' } else { '+' };
    let share = one.share.map(|share| format!("{}{}", sign(share), percent_to(share.abs(), 3))).unwrap_or_default();
    vec![one.path.clone(), share, one.display.clone()]
}
