//! What each method of `chart` makes of its values: the shape of one kind of chart.

use std::sync::Arc;

use minijinja::Error;
use minijinja::value::{Kwargs, Value};

use crate::chart::{
    Band, Bars, Bin, Bridge, ChartError, Datum, Fan, Heat, Histogram, Levels, Lines, Measure, Outcome, Point, Range,
    Ranges, Row, Scatter, Shape, Step, Stop, Swing, Target, Tornado,
};
use crate::model::CaseId;

use super::super::desk::Desk;
use super::super::error::ReportError;
use super::super::number::Number;
use super::data::{categories, measured, number, words};
use super::rows::{Block, attribute_of, pair};

/// Bars over periods, labels or entities.
pub fn bars(desk: &Arc<Desk>, given: &Value, options: &Kwargs) -> Result<Shape, Error> {
    let stacked = options.get::<Option<bool>>("stacked")?.unwrap_or(false);
    let Block { unit, categories: labels, rows } = Block::read(desk, given, options)?;
    Ok(Shape::Bars(Bars { unit, categories: categories(&labels), rows, stacked }))
}

/// Lines over periods or labels.
pub fn line(desk: &Arc<Desk>, given: &Value, options: &Kwargs) -> Result<Shape, Error> {
    let Block { unit, categories: labels, rows } = Block::read(desk, given, options)?;
    Ok(Shape::Lines(Lines { unit, categories: categories(&labels), rows }))
}

/// A series with bands; the widest stands first.
pub fn fan(desk: &Arc<Desk>, given: &Value, options: &Kwargs) -> Result<Shape, Error> {
    let bands: Vec<Vec<Value>> = options.get("bands")?;
    let all: Vec<Value> = [given.clone()].into_iter().chain(bands.into_iter().flatten()).collect();
    let Block { unit, categories: labels, rows } = Block::of_series(desk, &all, options)?;
    let mut rows = rows.into_iter();
    let middle = rows.next().unwrap_or_default();
    let edges: Vec<Row> = rows.collect();
    let band = |pair: &[Row]| Some(Band { low: pair.first()?.clone(), high: pair.get(1)?.clone() });
    let bands = edges.chunks(2).filter_map(band).collect();
    Ok(Shape::Fan(Fan { unit, categories: categories(&labels), middle, bands }))
}

/// A value in the cases in which it differs, and the price of today.
pub fn target(desk: &Arc<Desk>, given: &Value, options: &Kwargs) -> Result<Shape, Error> {
    let target = number(given)?.ok_or_else(|| misuse("a missing value as a target"))?;
    let today = options.get::<Option<String>>("today")?.unwrap_or_else(|| "Today".to_string());
    let price = options.get::<Option<Value>>("price")?.unwrap_or_default();
    let upside = number(&options.get::<Option<Value>>("upside")?.unwrap_or_default())?;
    let horizon = options.get::<Option<Value>>("horizon")?.map(|words| words.to_string()).unwrap_or_default();
    let base = target.under(CaseId::BASE);
    let is_shown = |case: &CaseId| *case == CaseId::BASE || target.under(*case).value != base.value;
    let cases: Vec<CaseId> = desk.cases.iter().copied().filter(is_shown).collect();
    let values: Vec<Value> =
        cases.iter().map(|case| target.under(*case)).map(Value::from_object).chain([price]).collect();
    let (unit, mut data) = measured(desk, &values)?;
    let today = Stop { label: today, at: data.pop().unwrap_or_default() };
    let note = |case: CaseId| upside.as_ref().map(|upside| distance(&upside.under(case))).unwrap_or_default();
    let outcome = |(case, at): (&CaseId, Datum)| Outcome {
        label: desk.model.case(*case).label.to_string(),
        at,
        note: note(*case),
    };
    let outcomes = cases.iter().zip(data).map(outcome).collect();
    Ok(Shape::Target(Target { unit, history: Vec::new(), today, horizon, outcomes }))
}

/// The distance from today in whole percent, unless the template has asked for other digits.
fn distance(upside: &Number) -> String {
    let mut shown = upside.clone();
    shown.look.signed = true;
    shown.look.pattern.get_or_insert_default();
    shown.display()
}

/// Ranges, each `[label, low, middle, high, mark]`.
pub fn ranges(desk: &Arc<Desk>, given: &Value, options: &Kwargs) -> Result<Shape, Error> {
    let names = options.get::<Option<Vec<String>>>("names")?;
    let names = names.unwrap_or_else(|| ["low", "middle", "high", "today"].map(String::from).to_vec());
    let (unit, lines) = table(desk, given, 4)?;
    let range = |(label, data): (String, [Datum; 4])| {
        let [low, middle, high, mark] = data;
        Range { label, low, middle, high, mark }
    };
    let mut names = names.into_iter();
    let names = [(); 4].map(|()| names.next().unwrap_or_default());
    Ok(Shape::Ranges(Ranges { unit, names, rows: lines.into_iter().map(range).collect() }))
}

/// A walk from a start over its steps to a total, which they have to reach.
pub fn bridge(desk: &Arc<Desk>, given: &Value, options: &Kwargs) -> Result<Shape, Error> {
    let ends = [options.get::<Option<Value>>("start")?, options.get::<Option<Value>>("total")?];
    let [start, total] = &ends;
    let all: Vec<Value> = start.iter().cloned().chain(given.try_iter()?).chain(total.iter().cloned()).collect();
    let (unit, lines) = table(desk, &Value::from(all), 1)?;
    let last = lines.len().saturating_sub(1);
    let is_total = |at: usize| (at == 0 && start.is_some()) || (at == last && total.is_some());
    let step = |(at, (label, data)): (usize, (String, [Datum; 4]))| {
        let [size, ..] = data;
        Step { label, size, total: is_total(at) }
    };
    let steps: Vec<Step> = lines.into_iter().enumerate().map(step).collect();
    if total.is_some() {
        adds_up(&steps)?;
    }
    Ok(Shape::Bridge(Bridge { unit, steps }))
}

/// The steps lead to the last, to a thousandth of the largest.
fn adds_up(steps: &[Step]) -> Result<(), ReportError> {
    let Some((total, rest)) = steps.split_last() else { return Ok(()) };
    let sizes: Option<Vec<f64>> = rest.iter().map(|step| step.size.size).collect();
    let (Some(sizes), Some(end)) = (sizes, total.size.size) else { return Ok(()) };
    let sum: f64 = sizes.iter().sum();
    let most = sizes.iter().fold(end.abs(), |most, size| most.max(size.abs()));
    if (sum - end).abs() <= most * 1e-3 {
        return Ok(());
    }
    let shown = crate::units::shown;
    Err(ReportError::Chart(ChartError::DoesNotAddUp { sum: shown(sum), total: shown(end) }))
}

/// An output at both ends of each input, the widest first.
pub fn tornado(desk: &Arc<Desk>, given: &Value, options: &Kwargs) -> Result<Shape, Error> {
    let base = Value::from(vec![Value::from("base"), options.get::<Value>("base")?]);
    let all: Vec<Value> = [base].into_iter().chain(given.try_iter()?).collect();
    let (unit, lines) = table(desk, &Value::from(all), 2)?;
    let mut lines = lines.into_iter();
    let base = lines.next().map(|(_, [base, ..])| base).unwrap_or_default();
    let swing = |(label, data): (String, [Datum; 4])| {
        let [low, high, ..] = data;
        Swing { label, low, high, ..Swing::default() }
    };
    let mut swings: Vec<Swing> = lines.map(swing).collect();
    let width = |swing: &Swing| match (swing.low.size, swing.high.size) {
        (Some(low), Some(high)) => (high - low).abs(),
        _ => 0.0,
    };
    swings.sort_by(|a, b| width(b).total_cmp(&width(a)));
    Ok(Shape::Tornado(Tornado { unit, base, swings }))
}

/// A grid of numbers with the levels of both sides.
pub fn heat(desk: &Arc<Desk>, given: &Value, options: &Kwargs) -> Result<Shape, Error> {
    let (down, across) = (levels(&options.get("down")?)?, levels(&options.get("across")?)?);
    let middle = options.get::<Option<Value>>("middle")?.unwrap_or_default();
    let mut values = vec![middle];
    for row in given.try_iter()? {
        let mut cells = row.try_iter()?;
        values.extend((0..across.levels.len()).map(|_| cells.next().unwrap_or_default()));
    }
    let (unit, data) = measured(desk, &values)?;
    let cells = data[1..].chunks(across.levels.len().max(1)).map(<[Datum]>::to_vec).collect();
    Ok(Shape::Heat(Heat { unit, middle: data[0].size, down, across, cells }))
}

/// `[label, [level, …]]`.
fn levels(given: &Value) -> Result<Levels, Error> {
    let (label, levels) = pair(given)?;
    Ok(Levels { label, levels: levels.iter().map(words).collect() })
}

/// How often numbers fall into bins of one width.
pub fn histogram(desk: &Arc<Desk>, given: &Value, options: &Kwargs) -> Result<Shape, Error> {
    let count = options.get::<Option<usize>>("bins")?.unwrap_or(20).clamp(1, 200);
    let lines: Vec<(String, Vec<Value>)> = match options.get::<Option<Vec<Value>>>("lines")? {
        Some(lines) => lines.iter().map(pair).collect::<Result<_, _>>()?,
        None => Vec::new(),
    };
    let mut values: Vec<Value> = given.try_iter()?.collect();
    let all = values.len();
    values.extend(lines.iter().map(|(_, numbers)| numbers.first().cloned().unwrap_or_default()));
    let (unit, data) = measured(desk, &values)?;
    let sizes: Vec<f64> = data[..all].iter().filter_map(|value| value.size).collect();
    let lines = lines.into_iter().zip(&data[all..]).map(|((label, _), at)| Stop { label, at: at.clone() }).collect();
    Ok(Shape::Histogram(Histogram { unit, bins: Bin::over(&sizes, count), lines }))
}

/// Entities by two values, or `[label, x, y, group]`.
pub fn scatter(desk: &Arc<Desk>, given: &Value, options: &Kwargs) -> Result<Shape, Error> {
    let names = [options.get::<Option<String>>("x")?, options.get::<Option<String>>("y")?];
    let group = options.get::<Option<String>>("group")?;
    let labels = [options.get::<Option<String>>("x_label")?, options.get::<Option<String>>("y_label")?];
    let log = options.get::<Option<bool>>("log")?.unwrap_or(false);
    let mut rows: Vec<[Value; 4]> = Vec::new();
    for item in given.try_iter()? {
        let fields = match &names {
            [Some(x), Some(y)] => {
                let group = group.as_ref().map(|name| attribute_of(&item, name)).transpose()?;
                vec![item.clone(), attribute_of(&item, x)?, attribute_of(&item, y)?, group.unwrap_or_default()]
            }
            _ => item.try_iter()?.collect(),
        };
        let mut fields = fields.into_iter();
        rows.push([(); 4].map(|()| fields.next().unwrap_or_default()));
    }
    points(desk, &rows, labels, log)
}

fn points(desk: &Desk, rows: &[[Value; 4]], labels: [Option<String>; 2], log: bool) -> Result<Shape, Error> {
    let column = |at: usize| rows.iter().map(|row| row[at].clone()).collect::<Vec<_>>();
    let side = |at: usize, label: Option<String>| {
        let values = column(at);
        let (unit, data) = measured(desk, &values)?;
        let own = values.iter().find_map(|value| value.downcast_object_ref::<Number>()).map(Number::label);
        Ok::<_, Error>((Measure { label: label.or(own).unwrap_or_default(), unit, log }, data))
    };
    let [x_label, y_label] = labels;
    let ((across, x), (up, y)) = (side(1, x_label)?, side(2, y_label)?);
    let mut groups: Vec<String> = Vec::new();
    let mut group_of = |value: &Value| {
        let name = words(value);
        groups.iter().position(|known| *known == name).unwrap_or_else(|| {
            groups.push(name);
            groups.len() - 1
        })
    };
    let mut all = Vec::new();
    for (row, (x, y)) in rows.iter().zip(x.iter().zip(&y)) {
        let there = x.size.is_some() && y.size.is_some();
        let group = if there { group_of(&row[3]) } else { 0 };
        all.push(Point { label: words(&row[0]), across: x.size, up: y.size, group });
    }
    Ok(Shape::Scatter(Scatter { across, up, groups, points: all }))
}

/// A label and the numbers behind it.
type Line = (String, [Datum; 4]);

/// Lines of a label and up to `count` numbers, all in one unit.
fn table(desk: &Desk, given: &Value, count: usize) -> Result<(String, Vec<Line>), Error> {
    let pairs = given.try_iter()?.map(|row| pair(&row)).collect::<Result<Vec<_>, _>>()?;
    let take =
        |numbers: &Vec<Value>| (0..count).map(|at| numbers.get(at).cloned().unwrap_or_default()).collect::<Vec<_>>();
    let values: Vec<Value> = pairs.iter().flat_map(|(_, numbers)| take(numbers)).collect();
    let (unit, data) = measured(desk, &values)?;
    let four = |data: &[Datum]| {
        let mut data = data.iter().cloned();
        [(); 4].map(|()| data.next().unwrap_or_default())
    };
    let lines = pairs.into_iter().zip(data.chunks(count)).map(|((label, _), data)| (label, four(data))).collect();
    Ok((unit, lines))
}

fn misuse(given: &str) -> ReportError {
    let help = "give it a number of the book that has a value".to_string();
    ReportError::Misuse { what: "a chart".to_string(), given: given.to_string(), help }
}
