//! A tornado: how far each input moves the output from its base, the widest first.

use super::super::fit::{self, clean, cut, width};
use super::super::frame::{Field, lying_axis, widest};
use super::super::head::{EDGE, Key, WIDTH, head};
use super::super::scene::{Anchor, Scene, Text};
use super::super::spec::{ChartSpec, Datum, Swing, Tornado};

/// How high a swing is.
const LANE: f64 = 38.0;

/// The tornado of a chart.
pub fn drawn(chart: &ChartSpec, tornado: &Tornado) -> Scene {
    let mut scene = Scene::new(WIDTH, 0.0);
    let keys = [Key::new("down", "input at its low end"), Key::new("up", "input at its high end")];
    let figures = |swing: &Swing| [fit::figure(&swing.low.text), fit::figure(&swing.high.text)];
    let beside: Vec<String> = tornado.swings.iter().flat_map(figures).collect();
    let figure = widest(beside.iter().map(String::as_str), 11.0) + 8.0;
    let left = left(tornado) + figure;
    let axis = lying_axis(&chart.shape.numbers(), &tornado.unit, false, WIDTH - 2.0 * EDGE - left - figure);
    let top = head(&mut scene, chart, axis.unit_apart(), &keys) + 18.0;
    let field = Field::lying(axis, top, LANE * tornado.swings.len() as f64, left, figure);
    field.grid(&mut scene);
    let base = tornado.base.size.unwrap_or(0.0);
    for (at, swing) in tornado.swings.iter().enumerate() {
        lane(&mut scene, &field, swing, base, at, figure);
    }
    centre(&mut scene, &field, tornado);
    scene.height = field.area.bottom() + 19.0 + EDGE;
    scene
}

/// What the names and the ends of the inputs take.
fn left(tornado: &Tornado) -> f64 {
    let names = widest(tornado.swings.iter().map(|swing| swing.label.as_str()), 12.0);
    let ends: Vec<String> = tornado.swings.iter().map(ends).collect();
    names.max(widest(ends.iter().map(String::as_str), 11.0)).min(220.0) + 10.0
}

fn ends(swing: &Swing) -> String {
    match (swing.from.is_empty(), swing.to.is_empty()) {
        (true, true) => String::new(),
        _ => clean(&format!("{} to {}", swing.from, swing.to)),
    }
}

fn lane(scene: &mut Scene, field: &Field, swing: &Swing, base: f64, at: usize, figure: f64) {
    let start = at as f64 * LANE + 8.0;
    for (end, class) in [(&swing.low, "down"), (&swing.high, "up")] {
        if let Some(size) = end.size {
            scene.area(field.bar(start, LANE - 16.0, base, size), class);
        }
    }
    figures(scene, field, swing, base, field.area.y + start + (LANE - 16.0) / 2.0 + 4.0);
    let (x, y) = (field.area.x - figure, field.area.y + start);
    let ends = ends(swing);
    let name = cut(&clean(&swing.label), 12.0, x - EDGE);
    let down = if ends.is_empty() { 15.0 } else { 8.0 };
    scene.text(Text::new(x, y + down, Anchor::End, name));
    scene.text(Text::new(x, y + 23.0, Anchor::End, cut(&ends, 11.0, x - EDGE)).class("quiet").size(11.0));
}

/// The output at both ends: outside the bar; both on one side if both moved it there, the further one only.
fn figures(scene: &mut Scene, field: &Field, swing: &Swing, base: f64, y: f64) {
    let there = |end: &Datum| end.size.map(|size| (size, fit::figure(&end.text)));
    let mut ends: Vec<(f64, String)> = [&swing.low, &swing.high].into_iter().filter_map(there).collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (Some(lowest), Some(highest)) = (ends.first(), ends.last()) else { return };
    if lowest.0 <= base {
        scene.text(Text::new(field.at(lowest.0) - 5.0, y, Anchor::End, lowest.1.clone()).size(11.0));
    }
    if highest.0 >= base && (ends.len() > 1 || lowest.0 > base) {
        scene.text(Text::new(field.at(highest.0) + 5.0, y, Anchor::Start, highest.1.clone()).size(11.0));
    }
}

fn centre(scene: &mut Scene, field: &Field, tornado: &Tornado) {
    let Some(base) = tornado.base.size else { return };
    let (x, area) = (field.at(base), field.area);
    scene.line((x, area.y - 4.0), (x, area.bottom()), "mark");
    let words = cut(&clean(&format!("base {}", tornado.base.text)), 11.0, 300.0);
    let half = width(&words, 11.0) * 0.54 + 2.0;
    let middle = x.clamp(half, WIDTH - half);
    scene.text(Text::new(middle, area.y - 8.0, Anchor::Middle, words).size(11.0).bold());
}
