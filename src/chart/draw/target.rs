//! A price up to today, and from there a line to what a share is worth in each case.

use super::super::axis::Axis;
use super::super::fit::{clean, cut, width};
use super::super::frame::Field;
use super::super::head::{EDGE, WIDTH, head};
use super::super::scene::{Anchor, Scene, Text};
use super::super::spec::{ChartSpec, Target};
use super::lines::thinned;
use super::spread::{self, Label};

/// The share of the width that prices before today take, if there are any.
const PAST: f64 = 0.6;

/// The prices of a chart.
pub fn drawn(chart: &ChartSpec, target: &Target) -> Scene {
    let mut scene = Scene::new(WIDTH, 0.0);
    let mut numbers = chart.shape.numbers();
    numbers.extend(numbers.iter().all(|number| *number >= 0.0).then_some(0.0));
    let axis = Axis::over(&numbers, &target.unit, false, 5);
    let top = head(&mut scene, chart, axis.unit_apart(), &[]) + 6.0;
    let mut labels = labels(target);
    let field = Field::standing(axis, top, 250.0, spread::room(&labels));
    field.grid(&mut scene);
    let today = if target.history.is_empty() { 0.14 } else { PAST };
    let middle = field.area.x + today * field.area.width;
    past(&mut scene, &field, target, middle);
    outcomes(&mut scene, &field, target, middle);
    feet(&mut scene, &field, target, middle);
    labels.iter_mut().for_each(|label| label.y = field.at(label.y));
    spread::write(&mut scene, &labels, field.area.right(), &field.area);
    scene.height = field.area.bottom() + 19.0 + EDGE;
    scene
}

/// The outcomes from the highest to the lowest, which is also the order of their colours.
fn ordered(target: &Target) -> Vec<(usize, f64)> {
    let mut order: Vec<(usize, f64)> =
        target.outcomes.iter().enumerate().filter_map(|(at, outcome)| Some((at, outcome.at.size?))).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    order
}

/// The best is blue, the worst orange, what lies between is grey.
fn class(place: usize, count: usize) -> &'static str {
    match place {
        0 if count > 1 => "up",
        _ if place + 1 == count && count > 1 => "down",
        _ => "total",
    }
}

fn labels(target: &Target) -> Vec<Label> {
    let order = ordered(target);
    let label = |(place, (at, size)): (usize, &(usize, f64))| {
        let outcome = &target.outcomes[*at];
        let note = if outcome.note.is_empty() { String::new() } else { format!(" ({})", outcome.note) };
        let words = format!("{} {}{note}", outcome.label, outcome.at.text);
        Label { y: *size, class: class(place, order.len()).to_string(), words, bold: true }
    };
    order.iter().enumerate().map(label).collect()
}

fn past(scene: &mut Scene, field: &Field, target: &Target, middle: f64) {
    let prices: Vec<f64> = target.history.iter().filter_map(|stop| stop.at.size).collect();
    let step = (middle - field.area.x) / prices.len().max(1) as f64;
    let mut points: Vec<(f64, f64)> =
        prices.iter().enumerate().map(|(at, price)| (field.area.x + at as f64 * step, field.at(*price))).collect();
    points.extend(target.today.at.size.map(|price| (middle, field.at(price))));
    scene.path(thinned(points), false, "line total");
}

fn outcomes(scene: &mut Scene, field: &Field, target: &Target, middle: f64) {
    let order = ordered(target);
    let right = field.area.right();
    if let Some(price) = target.today.at.size {
        let y = field.at(price);
        scene.line((field.area.x, y), (right, y), "mark dash");
        for (place, (_, size)) in order.iter().enumerate() {
            let class = format!("line {}", class(place, order.len()));
            scene.line((middle, y), (right, field.at(*size)), &class);
        }
        scene.dot(middle, y, 4.5, "ink");
    }
    for (place, (_, size)) in order.iter().enumerate() {
        scene.dot(right, field.at(*size), 4.5, class(place, order.len()));
    }
}

/// Dates below, and the price of today beside its dot.
fn feet(scene: &mut Scene, field: &Field, target: &Target, middle: f64) {
    let y = field.area.bottom() + 17.0;
    let quiet = |x: f64, anchor: Anchor, words: &str| Text::new(x, y, anchor, clean(words)).class("quiet");
    let horizon = cut(&clean(&target.horizon), 12.0, 160.0);
    let ends = field.area.right() - width(&horizon, 12.0) / 2.0;
    scene.text(quiet(ends.max(middle + 120.0), Anchor::Middle, &horizon));
    if let Some(first) = target.history.first() {
        scene.text(quiet(field.area.x, Anchor::Start, &cut(&clean(&first.label), 12.0, 100.0)));
    }
    let words = cut(&clean(&format!("{} {}", target.today.label, target.today.at.text)), 12.0, 190.0);
    let half = width(&words, 12.0) * 0.54;
    if target.today.at.size.is_some() {
        scene.text(Text {
            bold: true,
            class: "ink".into(),
            ..quiet(middle.max(field.area.x + half), Anchor::Middle, &words)
        });
    }
}
