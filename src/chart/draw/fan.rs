//! A fan: a line over periods with bands around it, named at the right.

use super::super::axis::Axis;
use super::super::frame::Field;
use super::super::head::{EDGE, WIDTH, head};
use super::super::scene::Scene;
use super::super::spec::{Band, ChartSpec, Fan, Row};
use super::lines::{line, thinned};
use super::spread::{self, Label};

/// The fan of a chart.
pub fn drawn(chart: &ChartSpec, fan: &Fan) -> Scene {
    let mut scene = Scene::new(WIDTH, 0.0);
    let axis = Axis::over(&chart.shape.numbers(), &fan.unit, false, 5);
    let top = head(&mut scene, chart, axis.unit_apart(), &[]) + 6.0;
    let edges = fan.bands.iter().flat_map(|band| [&band.low, &band.high]).map(|row| (row, false));
    let all: Vec<(&Row, bool)> = edges.chain([(&fan.middle, true)]).collect();
    let mut labels: Vec<Label> = all.into_iter().filter_map(|(row, bold)| end(row, bold)).collect();
    let field = Field::standing(axis, top, 250.0, spread::room(&labels));
    field.grid(&mut scene);
    let bottom = field.names_below(&mut scene, &fan.categories);
    fan.bands.iter().for_each(|band| area(&mut scene, &field, fan.categories.len(), band));
    line(&mut scene, &field, &fan.categories, &fan.middle, "s0");
    labels.iter_mut().for_each(|label| label.y = field.at(label.y));
    let last = field.area.right() - field.slot(fan.categories.len()) / 2.0;
    spread::write(&mut scene, &labels, last, &field.area);
    scene.height = bottom + EDGE;
    scene
}

fn end(row: &Row, bold: bool) -> Option<Label> {
    let last = row.values.iter().rev().find(|value| value.size.is_some())?;
    let words = format!("{} {}", row.label, last.text).trim().to_string();
    Some(Label { y: last.size?, class: "band".to_string(), words, bold })
}

/// What lies between the edges of a band, where both are there.
fn area(scene: &mut Scene, field: &Field, count: usize, band: &Band) {
    let slot = field.slot(count);
    let x = |at: usize| field.area.x + (at as f64 + 0.5) * slot;
    let pairs = band.low.values.iter().zip(&band.high.values).enumerate();
    let both: Vec<Option<(f64, f64, f64)>> =
        pairs.map(|(at, (low, high))| Some((x(at), field.at(low.size?), field.at(high.size?)))).collect();
    for run in both.split(Option::is_none) {
        let there = || run.iter().flatten();
        let high = thinned(there().map(|(x, _, high)| (*x, *high)).collect());
        let mut low = thinned(there().map(|(x, low, _)| (*x, *low)).collect());
        low.reverse();
        scene.path(high.into_iter().chain(low).collect(), true, "band");
    }
}
