//! A histogram: bars side by side, and named lines at quantiles and other numbers.

use super::super::axis::Axis;
use super::super::fit::{clean, cut, width};
use super::super::frame::{Field, lying_axis};
use super::super::head::{EDGE, WIDTH, head};
use super::super::scene::{Anchor, Area, Scene, Text};
use super::super::spec::{ChartSpec, Histogram, Stop};

/// How many rows of labels stand above the bars.
const ROWS: usize = 3;

/// The histogram of a chart.
pub fn drawn(chart: &ChartSpec, histogram: &Histogram) -> Scene {
    let mut scene = Scene::new(WIDTH, 0.0);
    let across = {
        let bins = histogram.bins.iter().flat_map(|bin| [bin.low, bin.high]);
        let lines = histogram.lines.iter().filter_map(|line| line.at.size);
        lying_axis(&bins.chain(lines).collect::<Vec<_>>(), &histogram.unit, false, WIDTH - 2.0 * EDGE)
    };
    let top = head(&mut scene, chart, across.unit_apart(), &[]) + 17.0 * ROWS as f64;
    let field = Field::lying(across, top, 220.0, 8.0, 16.0);
    bars(&mut scene, &field, histogram);
    foot(&mut scene, &field);
    lines(&mut scene, &field, histogram);
    scene.height = field.area.bottom() + 19.0 + EDGE;
    scene
}

/// The bars; how often is read from their heights, so it needs no axis.
fn bars(scene: &mut Scene, field: &Field, histogram: &Histogram) {
    let counts: Vec<f64> =
        histogram.bins.iter().map(|bin| bin.count / (bin.high - bin.low).max(f64::MIN_POSITIVE)).collect();
    let up = Axis::over(&counts, "", true, 4);
    let most = counts.iter().map(|count| up.share(*count)).fold(0.0, f64::max);
    for (bin, count) in histogram.bins.iter().zip(&counts) {
        let (from, to) = (field.at(bin.low), field.at(bin.high));
        let height = if most > 0.0 { up.share(*count) / most * field.area.height } else { 0.0 };
        let gap = if to - from > 5.0 { 1.0 } else { 0.0 };
        scene.area(Area { x: from, y: field.area.bottom() - height, width: to - from - gap, height }, "s0 est");
    }
}

fn foot(scene: &mut Scene, field: &Field) {
    let area = field.area;
    scene.line((area.x, area.bottom()), (area.right(), area.bottom()), "axis");
    for tick in &field.axis.ticks {
        let x = field.at(tick.at);
        scene.line((x, area.bottom()), (x, area.bottom() + 4.0), "axis");
        let label = Text::new(x, area.bottom() + 17.0, Anchor::Middle, tick.label.clone());
        scene.text(label.class("quiet").size(11.0));
    }
}

/// A named line with the row its name found; none if it would meet another name in each.
struct Placed {
    x: f64,
    middle: f64,
    row: Option<usize>,
    words: String,
}

/// The named lines: first all of them, then their names, so that no line crosses a name.
fn lines(scene: &mut Scene, field: &Field, histogram: &Histogram) {
    let placed = placed(field, histogram);
    let top = |row: usize| field.area.y - 4.0 - 15.0 * row as f64;
    for line in &placed {
        let from = line.row.map_or(field.area.y, top);
        scene.line((line.x, from), (line.x, field.area.bottom()), "mark dash");
    }
    for Placed { middle, row, words, .. } in placed {
        let Some(row) = row else { continue };
        let text = Text::new(middle, top(row) - 3.0, Anchor::Middle, words).size(11.0);
        let bounds = text.bounds();
        scene.area(Area { x: bounds.x + 2.0, y: bounds.y - 1.0, width: bounds.width - 4.0, height: 13.0 }, "page");
        scene.text(text);
    }
}

/// Each line from the left, its name in the lowest row in which it meets no other.
fn placed(field: &Field, histogram: &Histogram) -> Vec<Placed> {
    let mut stops: Vec<(&Stop, f64)> = histogram.lines.iter().filter_map(|line| Some((line, line.at.size?))).collect();
    stops.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut taken = [f64::NEG_INFINITY; ROWS];
    let mut place = |(stop, size): (&Stop, f64)| {
        let (x, words) = (field.at(size), clean(&format!("{} {}", stop.label, stop.at.text)));
        let words = cut(&words, 11.0, 200.0);
        let half = width(&words, 11.0) / 2.0;
        let middle = x.clamp(half + 4.0, WIDTH - half - 4.0);
        let row = taken.iter().position(|end| middle - half > end + 8.0);
        row.into_iter().for_each(|row| taken[row] = middle + half);
        Placed { x, middle, row, words }
    };
    stops.into_iter().map(&mut place).collect()
}
