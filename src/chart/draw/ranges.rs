//! Ranges: from low to high with what lies between, one line each, all on one scale.

use super::super::fit;
use super::super::frame::{Field, beside, lying_axis, widest};
use super::super::head::{EDGE, Key, WIDTH, head};
use super::super::scene::{Anchor, Area, Scene, Text};
use super::super::spec::{ChartSpec, Range, Ranges};

/// How high a line is.
const LANE: f64 = 38.0;

/// The ranges of a chart.
pub fn drawn(chart: &ChartSpec, ranges: &Ranges) -> Scene {
    let mut scene = Scene::new(WIDTH, 0.0);
    let classes = ["down", "total", "up", "ink"];
    let named = ranges.names.iter().zip(classes).filter(|(name, _)| !name.is_empty());
    let keys: Vec<Key> = named.map(|(name, class)| Key::new(class, name)).collect();
    let left = beside(ranges.rows.iter().map(|row| row.label.as_str()));
    let figures: Vec<String> =
        ranges.rows.iter().flat_map(|row| [fit::figure(&row.low.text), fit::figure(&row.high.text)]).collect();
    let figure = widest(figures.iter().map(String::as_str), 11.0) + 12.0;
    let room = WIDTH - 2.0 * EDGE - left - 2.0 * figure;
    let axis = lying_axis(&chart.shape.numbers(), &ranges.unit, false, room);
    let top = head(&mut scene, chart, axis.unit_apart(), &keys);
    let field = Field::lying(axis, top, LANE * ranges.rows.len() as f64, left + figure, figure);
    field.grid(&mut scene);
    for (at, row) in ranges.rows.iter().enumerate() {
        lane(&mut scene, &field, row, field.area.y + (at as f64 + 0.5) * LANE, figure);
    }
    scene.height = field.area.bottom() + 19.0 + EDGE;
    scene
}

fn lane(scene: &mut Scene, field: &Field, row: &Range, middle: f64, figure: f64) {
    let name = Field { area: Area { x: field.area.x - figure, ..field.area }, axis: field.axis.clone(), lying: true };
    name.name_beside(scene, &row.label, middle, LANE);
    if let (Some(low), Some(high)) = (row.low.size, row.high.size) {
        scene.line((field.at(low), middle), (field.at(high), middle), "line total");
    }
    for (end, class) in [(&row.low, "down"), (&row.middle, "total"), (&row.high, "up")] {
        if let Some(size) = end.size {
            scene.dot(field.at(size), middle, 5.0, class);
        }
    }
    if let Some(mark) = row.mark.size {
        scene.area(Area { x: field.at(mark) - 1.5, y: middle - 9.0, width: 3.0, height: 18.0 }, "ink");
    }
    ends(scene, field, row, middle + 4.0);
}

/// The lowest and the highest, outside of all marks of the line.
fn ends(scene: &mut Scene, field: &Field, row: &Range, y: f64) {
    let all: Vec<f64> = [&row.low, &row.middle, &row.high, &row.mark].into_iter().filter_map(|end| end.size).collect();
    let left = all.iter().copied().fold(f64::INFINITY, f64::min);
    let right = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if row.low.size.is_some() {
        let text = Text::new(field.at(left) - 9.0, y, Anchor::End, fit::figure(&row.low.text));
        scene.text(text.size(11.0));
    }
    if row.high.size.is_some() {
        let text = Text::new(field.at(right) + 9.0, y, Anchor::Start, fit::figure(&row.high.text));
        scene.text(text.size(11.0));
    }
}
