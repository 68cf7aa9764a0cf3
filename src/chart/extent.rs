//! How much a shape holds: its count against what a page has room for, and every number in it.

use super::spec::{Bridge, Datum, Row, Shape, Step};

impl Shape {
    /// How many marks it has, how many it may have, and what they are called.
    pub fn extent(&self) -> (usize, usize, &'static str) {
        match self {
            Shape::Bars(bars) if bars.rows.len() > 8 => (bars.rows.len(), 8, "rows of bars"),
            Shape::Bars(bars) => (bars.categories.len() * bars.rows.len(), 240, "bars"),
            Shape::Lines(lines) if lines.rows.len() > 8 => (lines.rows.len(), 8, "lines"),
            Shape::Lines(lines) => (lines.categories.len(), 20_000, "periods"),
            Shape::Fan(fan) if fan.bands.len() > 4 => (fan.bands.len(), 4, "bands"),
            Shape::Fan(fan) => (fan.categories.len(), 20_000, "periods"),
            Shape::Histogram(histogram) => (histogram.bins.len(), 400, "bins"),
            Shape::Heat(heat) if heat.across.levels.len() > 40 => (heat.across.levels.len(), 40, "columns"),
            Shape::Heat(heat) => (heat.down.levels.len(), 100, "lines"),
            Shape::Tornado(tornado) => (tornado.swings.len(), 60, "swings"),
            Shape::Bridge(bridge) => (bridge.steps.len(), 60, "steps"),
            Shape::Target(target) if target.outcomes.len() > 9 => (target.outcomes.len(), 9, "outcomes"),
            Shape::Target(target) => (target.history.len(), 20_000, "prices"),
            Shape::Ranges(ranges) => (ranges.rows.len(), 60, "ranges"),
            Shape::Scatter(scatter) if scatter.groups.len() > 8 => (scatter.groups.len(), 8, "groups"),
            Shape::Scatter(scatter) => (scatter.points.len(), 20_000, "points"),
        }
    }

    /// Every number that is drawn.
    pub fn numbers(&self) -> Vec<f64> {
        match self {
            Shape::Bars(bars) => of_rows(&bars.rows),
            Shape::Lines(lines) => of_rows(&lines.rows),
            Shape::Fan(fan) => {
                let edges = fan.bands.iter().flat_map(|band| [&band.low, &band.high]);
                edges.chain([&fan.middle]).flat_map(of_row).collect()
            }
            Shape::Histogram(histogram) => {
                let bins = histogram.bins.iter().flat_map(|bin| [bin.low, bin.high, bin.count]);
                bins.chain(sizes(histogram.lines.iter().map(|line| &line.at))).collect()
            }
            Shape::Heat(heat) => sizes(heat.cells.iter().flatten()).chain(heat.middle).collect(),
            Shape::Tornado(tornado) => {
                let ends = tornado.swings.iter().flat_map(|swing| [&swing.low, &swing.high]);
                sizes(ends).chain(tornado.base.size).collect()
            }
            Shape::Bridge(bridge) => sizes(bridge.steps.iter().map(|step| &step.size)).collect(),
            Shape::Target(target) => {
                let outcomes = target.outcomes.iter().map(|outcome| &outcome.at);
                let prices = target.history.iter().map(|stop| &stop.at);
                sizes(outcomes.chain(prices).chain([&target.today.at])).collect()
            }
            Shape::Ranges(ranges) => {
                sizes(ranges.rows.iter().flat_map(|row| [&row.low, &row.middle, &row.high, &row.mark])).collect()
            }
            Shape::Scatter(scatter) => {
                let placed = scatter.points.iter().filter_map(|point| Some([point.across?, point.up?]));
                placed.flatten().collect()
            }
        }
    }
}

/// A step of a walk with where it begins and ends.
#[derive(Debug, Clone, Copy)]
pub struct Leg<'a> {
    pub step: &'a Step,
    pub from: f64,
    pub to: f64,
}

impl Bridge {
    /// Each step from where the one before ended; a total from the ground.
    pub fn legs(&self) -> Vec<Leg<'_>> {
        let mut now = 0.0;
        let mut legs = Vec::new();
        for step in &self.steps {
            let from = if step.total { 0.0 } else { now };
            now = from + step.size.size.unwrap_or(if step.total { now } else { 0.0 });
            legs.push(Leg { step, from, to: now });
        }
        legs
    }
}

/// The sizes of what is not missing.
pub fn sizes<'a>(data: impl Iterator<Item = &'a Datum>) -> impl Iterator<Item = f64> {
    data.filter_map(|datum| datum.size)
}

/// Every number of some rows.
pub fn of_rows(rows: &[Row]) -> Vec<f64> {
    rows.iter().flat_map(of_row).collect()
}

fn of_row(row: &Row) -> impl Iterator<Item = f64> {
    sizes(row.values.iter())
}
