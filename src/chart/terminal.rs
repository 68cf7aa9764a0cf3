//! A chart in plain text: bars of blocks beside their names, for terminals and for blocks of code.

use unicode_width::UnicodeWidthStr;

use super::axis::short;
use super::extent::Leg;
use super::fit::clean;
use super::spec::{Bars, Bridge, Category, ChartSpec, Datum, Histogram, Row, Shape, Tornado};

/// One line: a name, a bar from one share of the width to another, and a figure.
struct Lane {
    name: String,
    from: f64,
    to: f64,
    /// Drawn lighter: below zero, or the low end of an input.
    light: bool,
    figure: String,
}

/// The narrowest a bar may become.
const LEAST: usize = 10;

/// The chart as lines no wider than a number of columns, as far as the names leave room; nothing for kinds that have
/// no bars.
pub fn text(chart: &ChartSpec, columns: usize) -> Option<String> {
    chart.check().ok()?;
    let lanes = match &chart.shape {
        Shape::Bars(bars) => of_bars(bars),
        Shape::Tornado(tornado) => of_tornado(tornado),
        Shape::Bridge(bridge) => of_bridge(bridge),
        Shape::Histogram(histogram) => of_histogram(histogram),
        _ => return None,
    };
    Some(written(&lanes, columns))
}

/// Bars beside their names, `blocks` wide where one reaches from end to end.
pub fn bars(rows: &[(String, Datum)], blocks: usize) -> String {
    let values = rows.iter().map(|(_, value)| value.clone()).collect();
    let category = |(label, _): &(String, Datum)| Category { label: label.clone(), estimated: false };
    let bars = Bars {
        categories: rows.iter().map(category).collect(),
        rows: vec![Row { label: String::new(), values }],
        ..Bars::default()
    };
    lines(&of_bars(&bars), blocks)
}

fn written(lanes: &[Lane], columns: usize) -> String {
    let widest = |text: fn(&Lane) -> &String| lanes.iter().map(|lane| text(lane).width()).max().unwrap_or(0);
    let taken = widest(|lane| &lane.name) + widest(|lane| &lane.figure) + 3;
    lines(lanes, columns.saturating_sub(taken).clamp(LEAST, 120))
}

fn lines(lanes: &[Lane], blocks: usize) -> String {
    let widest = lanes.iter().map(|lane| lane.name.width()).max().unwrap_or(0);
    let line = |lane: &Lane| {
        let pad = " ".repeat(widest - lane.name.width());
        let bar = bar(lane, blocks);
        let gap = if bar.is_empty() { "" } else { " " };
        format!("{}{pad}  {bar}{gap}{}", lane.name, lane.figure).trim_end().to_string()
    };
    lanes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Blanks up to where the bar begins, then blocks; a bar that begins at the edge ends on an eighth.
fn bar(lane: &Lane, blocks: usize) -> String {
    let eighths = |share: f64| (share.clamp(0.0, 1.0) * (blocks * 8) as f64 + 0.5) as usize;
    let (from, to) = (eighths(lane.from.min(lane.to)), eighths(lane.from.max(lane.to)));
    let start = (from + 4) / 8;
    let drawn = to.saturating_sub(start * 8);
    let (whole, rest) = (drawn / 8, drawn % 8);
    let least = usize::from(whole == 0 && rest == 0 && to > from);
    let body = match lane.light {
        true => "▒".repeat((whole + usize::from(rest >= 4)).max(least)),
        false => format!("{}{}", "█".repeat(whole.max(least)), ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][rest]),
    };
    format!("{}{body}", " ".repeat(start))
}

/// Both ends of some numbers and of zero, as shares of their span.
fn scale(numbers: impl Iterator<Item = f64>) -> impl Fn(f64) -> f64 {
    let (low, high) =
        numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| (low.min(one), high.max(one)));
    let span = if high > low { high - low } else { 1.0 };
    move |number: f64| if low.is_finite() { (number - low) / span } else { 0.0 }
}

fn of_bars(bars: &Bars) -> Vec<Lane> {
    let sizes = bars.rows.iter().flat_map(|row| &row.values).filter_map(|value| value.size);
    let longest = sizes.fold(0.0, |most: f64, size| most.max(size.abs()));
    let mut lanes = Vec::new();
    for (at, category) in bars.categories.iter().enumerate() {
        for row in &bars.rows {
            let value = row.values.get(at).cloned().unwrap_or_default();
            let share = value.size.map_or(0.0, |size| if longest > 0.0 { size.abs() / longest } else { 0.0 });
            let name = clean(&format!("{} {}", category.label, if bars.rows.len() > 1 { &row.label } else { "" }));
            let light = value.size.is_some_and(|size| size < 0.0);
            lanes.push(Lane { name, from: 0.0, to: share, light, figure: clean(&value.text) });
        }
    }
    lanes
}

fn of_tornado(tornado: &Tornado) -> Vec<Lane> {
    let base = tornado.base.size.unwrap_or(0.0);
    let ends = || tornado.swings.iter().flat_map(|swing| [swing.low.size, swing.high.size]).flatten();
    let share = scale(ends().chain([base]));
    let mut lanes = vec![Lane {
        name: "base".into(),
        from: share(base),
        to: share(base),
        light: false,
        figure: clean(&tornado.base.text),
    }];
    for swing in &tornado.swings {
        for (end, at, light) in [(&swing.low, &swing.from, true), (&swing.high, &swing.to, false)] {
            let name = clean(&format!("{} {at}", swing.label));
            let to = share(end.size.unwrap_or(base));
            lanes.push(Lane { name, from: share(base), to, light, figure: clean(&end.text) });
        }
    }
    lanes
}

fn of_bridge(bridge: &Bridge) -> Vec<Lane> {
    let legs = bridge.legs();
    let share = scale(legs.iter().flat_map(|leg| [leg.from, leg.to]));
    let lane = |leg: &Leg| Lane {
        name: clean(&leg.step.label),
        from: share(leg.from),
        to: share(leg.to),
        light: leg.to < leg.from,
        figure: clean(&leg.step.size.text),
    };
    legs.iter().map(lane).collect()
}

fn of_histogram(histogram: &Histogram) -> Vec<Lane> {
    let most = histogram.bins.iter().map(|bin| bin.count).fold(0.0, f64::max);
    let lane = |bin: &super::spec::Bin| {
        let inside = |at: f64| at >= bin.low && at < bin.high;
        let here = histogram.lines.iter().filter(|line| line.at.size.is_some_and(inside));
        Lane {
            name: clean(&format!("{} to {}", short(bin.low, &histogram.unit), short(bin.high, &histogram.unit))),
            from: 0.0,
            to: if most > 0.0 { bin.count / most } else { 0.0 },
            light: false,
            figure: clean(&here.map(|line| line.label.as_str()).collect::<Vec<_>>().join(", ")),
        }
    };
    histogram.bins.iter().map(lane).collect()
}
