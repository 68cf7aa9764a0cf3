//! Answers of studies as charts: a grid as a heat map, a tornado, a bridge as a walk, a simulation as histograms or a fan.

use crate::chart::{
    Band, Bin, Bridge, Category, ChartSpec, Datum, Fan, Heat, Histogram, Levels, Lines, Row, Shape, Step, Stop, Swing,
    Tornado,
};
use crate::eval::Cell;
use crate::export::{aligned, display, in_unit};
use crate::model::Statistic;
use crate::study::{
    Answer, BridgeAnswer, CaseAnswer, GridAnswer, Lift, OutputAnswer, Reading, SimulateAnswer, TornadoAnswer,
};
use crate::units::Unit;

use super::bridge::Walk;
use super::tornado::shown_end;

/// The charts of an answer, each with the output it is of; none for an answer that is no picture.
pub fn charts(answer: &Answer) -> Vec<(String, ChartSpec)> {
    let title = |text: &str| answer.head().title.as_deref().unwrap_or(text).to_string();
    let all = match answer {
        Answer::Grid(grid) => of_grid(grid),
        Answer::Tornado(tornado) => of_tornado(tornado),
        Answer::Bridge(bridge) => of_bridge(bridge),
        Answer::Simulate(simulate) => of_simulate(simulate),
        Answer::Calibrate(_) | Answer::Discover(_) => Vec::new(),
    };
    let chart = |(text, note, shape): Drawn| {
        let note = if answer.head().title.is_some() { joined(&text, &note) } else { note };
        let title = title(&text);
        (text, ChartSpec { title, note, shape })
    };
    all.into_iter().map(chart).collect()
}

fn joined(text: &str, note: &str) -> String {
    if note.is_empty() { text.to_string() } else { format!("{text}, {note}") }
}

/// What a chart is of, a note, and its shape.
type Drawn = (String, String, Shape);

fn symbol(unit: &Unit) -> String {
    unit.symbol.to_string()
}

/// Cells of a unit, all with the same decimals; a sign that sticks to numbers stays with them.
fn data(cells: &[Cell], unit: &Unit) -> Vec<Datum> {
    let close = if unit.sticks() { &*unit.symbol } else { "" };
    let datum = |(cell, text): (&Cell, String)| {
        let size = in_unit(cell, unit);
        Datum { size, text: if size.is_some() { format!("{text}{close}") } else { text } }
    };
    cells.iter().zip(aligned(cells, unit)).map(datum).collect()
}

/// Two axes are a map, one is a line; more cannot be drawn on a page.
fn of_grid(grid: &GridAnswer) -> Vec<Drawn> {
    let cells = |output: usize| (0..grid.len()).map(|point| grid.cell(output, point)).collect::<Vec<_>>();
    let levels = |at: usize| {
        let axis = &grid.axes[at];
        let level = |level: &f64| display(&Cell::Number(*level), &axis.unit);
        Levels { label: axis.text.to_string(), levels: axis.levels.iter().map(level).collect() }
    };
    let one = |(at, output): (usize, &Reading)| {
        let values = data(&cells(at), &output.unit);
        let shape = match grid.axes.len() {
            1 => line(output, levels(0), values),
            2 => {
                let (down, across) = (levels(0), levels(1));
                let cells = values.chunks(across.levels.len().max(1)).map(<[Datum]>::to_vec).collect();
                let middle = grid.base.get(at).and_then(|base| in_unit(base, &output.unit));
                Shape::Heat(Heat { unit: symbol(&output.unit), down, across, cells, middle })
            }
            _ => return None,
        };
        let base = grid.base.get(at).map(|base| format!("base {}", display(base, &output.unit)));
        Some((output.text.to_string(), base.unwrap_or_default(), shape))
    };
    grid.outputs.iter().enumerate().filter_map(one).collect()
}

fn line(output: &Reading, levels: Levels, values: Vec<Datum>) -> Shape {
    let category = |label: String| Category { label, estimated: false };
    let rows = vec![Row { label: String::new(), values }];
    let categories = levels.levels.into_iter().map(category).collect();
    Shape::Lines(Lines { unit: symbol(&output.unit), categories, rows })
}

/// No more swings than this; the narrowest are left out.
const SWINGS: usize = 25;

fn of_tornado(tornado: &TornadoAnswer) -> Vec<Drawn> {
    let one = |found: &crate::study::Swing| {
        let unit = &found.output.unit;
        let bars = &found.bars[..found.bars.len().min(SWINGS)];
        let ends = bars.iter().flat_map(|bar| [bar.at_low.clone(), bar.at_high.clone()]);
        let mut values = data(&[found.base.clone()].into_iter().chain(ends).collect::<Vec<_>>(), unit).into_iter();
        let base = values.next().unwrap_or_default();
        let swing = |bar: &crate::study::Bar| Swing {
            label: bar.input.to_string(),
            from: shown_end(bar, false),
            to: shown_end(bar, true),
            low: values.next().unwrap_or_default(),
            high: values.next().unwrap_or_default(),
        };
        let swings = bars.iter().map(swing).collect();
        let more = found.bars.len() - bars.len();
        let note = if more > 0 { format!("{more} narrower ones are left out") } else { String::new() };
        (found.output.text.to_string(), note, Shape::Tornado(Tornado { unit: symbol(unit), base, swings }))
    };
    tornado.swings.iter().map(one).collect()
}

/// The first level, the steps that move something and the last level, with the digits of the table.
fn walked(lift: &Lift) -> Option<Vec<String>> {
    let (walk, unit) = (Walk::of(lift)?, &lift.output.unit);
    // A unit that does not stick to its numbers stands at the axis.
    let said = |number: String, unit: Unit, sticks: bool| if sticks { unit.written(&number) } else { number };
    let moving = lift.steps.iter().enumerate().filter(|(_, step)| moves(step));
    let steps = moving.map(|(at, _)| said(walk.step(at), unit.of_difference(), unit.sticks()));
    let level = |at: usize| said(walk.level(at), unit.clone(), unit.sticks());
    Some(std::iter::once(level(0)).chain(steps).chain([level(lift.steps.len())]).collect())
}

fn moves(step: &crate::study::Step) -> bool {
    step.size.number() != Some(0.0)
}

fn of_bridge(bridge: &BridgeAnswer) -> Vec<Drawn> {
    let one = |lift: &Lift| {
        let unit = &lift.output.unit;
        let moving: Vec<&crate::study::Step> = lift.steps.iter().filter(|step| moves(step)).collect();
        let sizes = moving.iter().map(|step| step.size.clone());
        let cells: Vec<Cell> = [lift.from.clone()].into_iter().chain(sizes).chain([lift.to.clone()]).collect();
        let names = moving.iter().map(|step| step.text.to_string());
        let labels = [bridge.head.case.to_string()].into_iter().chain(names).chain([bridge.to.to_string()]);
        let texts = walked(lift);
        let step = |(at, (label, mut size)): (usize, (String, Datum))| {
            if let Some(texts) = &texts {
                size.text = texts[at].clone();
            }
            Step { label, size, total: at == 0 || at + 1 == cells.len() }
        };
        let steps = labels.zip(data(&cells, unit)).enumerate().map(step).collect();
        let idle = lift.steps.len() - moving.len();
        let note = if idle > 0 { format!("{idle} more change nothing") } else { String::new() };
        (lift.output.text.to_string(), note, Shape::Bridge(Bridge { unit: symbol(unit), steps }))
    };
    bridge.lifts.iter().map(one).collect()
}

/// Each output of each case as a histogram; one output over periods as a fan of its quantiles.
fn of_simulate(simulate: &SimulateAnswer) -> Vec<Drawn> {
    let mut all = Vec::new();
    for case in &simulate.cases {
        let note = if simulate.cases.len() > 1 { case.case.to_string() } else { String::new() };
        all.extend(fan(case, &note));
        all.extend(case.outputs.iter().filter_map(|output| histogram(output, &note)));
    }
    all
}

fn histogram(output: &OutputAnswer, note: &str) -> Option<Drawn> {
    let (found, unit) = (output.histogram.as_ref()?, &output.output.unit);
    let edge = |at: usize| unit.from_base(found.low + at as f64 * found.width);
    let bin = |(at, count): (usize, &u64)| Bin { low: edge(at), high: edge(at + 1), count: *count as f64 };
    let bins = found.counts.iter().enumerate().map(bin).collect();
    let quantiles = output.statistics.iter().filter_map(|figure| match figure.statistic {
        Statistic::Quantile(_) => Some((figure.statistic.word(), Cell::Number(figure.value?))),
        Statistic::Mean => Some((figure.statistic.word(), Cell::Number(figure.value?))),
        _ => None,
    });
    let point = output.point.number().map(|point| ("point value".to_string(), Cell::Number(point)));
    let (labels, cells): (Vec<String>, Vec<Cell>) = quantiles.chain(point).unzip();
    let lines = labels.into_iter().zip(data(&cells, unit)).map(|(label, at)| Stop { label, at }).collect();
    let shape = Shape::Histogram(Histogram { unit: symbol(unit), bins, lines });
    Some((output.output.text.to_string(), note.to_string(), shape))
}

/// The periods of one value, if all outputs are that, with their quantiles in pairs around the middle.
fn fan(case: &CaseAnswer, note: &str) -> Option<Drawn> {
    let parts: Vec<(&str, &str)> =
        case.outputs.iter().map(|output| period(&output.output.text)).collect::<Option<_>>()?;
    let first = case.outputs.first()?;
    let unit = &first.output.unit;
    let is_one = parts.iter().all(|(path, _)| *path == parts[0].0) && parts.len() > 2;
    let mut shares: Vec<f64> = first.statistics.iter().filter_map(|figure| share(figure.statistic)).collect();
    shares.sort_by(f64::total_cmp);
    if !is_one || shares.len() < 2 {
        return None;
    }
    let row = |label: String, read: &dyn Fn(&OutputAnswer) -> Option<f64>| {
        let cells: Vec<Cell> = case.outputs.iter().map(|output| cell(read(output))).collect();
        Row { label, values: data(&cells, unit) }
    };
    let at = |wanted: f64| row(Statistic::Quantile(wanted).word(), &move |output| value_at(output, wanted));
    let pairs = shares.iter().zip(shares.iter().rev()).filter(|(low, high)| low < high);
    let bands = pairs.map(|(low, high)| Band { low: at(*low), high: at(*high) }).collect();
    let middle = match shares.contains(&0.5) {
        true => at(0.5),
        false => row("point value".to_string(), &|output| output.point.number()),
    };
    let category = |(_, period): &(&str, &str)| Category { label: period.to_string(), estimated: false };
    let categories = parts.iter().map(category).collect();
    Some((parts[0].0.to_string(), note.to_string(), Shape::Fan(Fan { unit: symbol(unit), categories, middle, bands })))
}

/// `co.revenue[2027E]` in two.
fn period(text: &str) -> Option<(&str, &str)> {
    text.strip_suffix(']')?.rsplit_once('[')
}

fn share(statistic: Statistic) -> Option<f64> {
    match statistic {
        Statistic::Quantile(share) => Some(share),
        _ => None,
    }
}

fn value_at(output: &OutputAnswer, wanted: f64) -> Option<f64> {
    let figure = output.statistics.iter().find(|figure| share(figure.statistic) == Some(wanted))?;
    figure.value
}

fn cell(value: Option<f64>) -> Cell {
    match value {
        Some(number) => Cell::Number(number),
        None => Cell::Missing { code: crate::model::MissingCode::Nm, reason: None },
    }
}
