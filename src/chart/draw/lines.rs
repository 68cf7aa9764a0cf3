//! Lines over periods, each with its name at its end; what is estimated is dashed.

use super::super::axis::Axis;
use super::super::extent::of_rows;
use super::super::frame::Field;
use super::super::head::{EDGE, WIDTH, head};
use super::super::scene::Scene;
use super::super::spec::{Category, ChartSpec, Datum, Lines, Row};
use super::spread::{self, Label};

/// With more periods than this no single value is marked.
const DOTTED: usize = 24;

/// The lines of a chart.
pub fn drawn(chart: &ChartSpec, lines: &Lines) -> Scene {
    let mut scene = Scene::new(WIDTH, 0.0);
    let axis = Axis::over(&of_rows(&lines.rows), &lines.unit, false, 5);
    let top = head(&mut scene, chart, axis.unit_apart(), &[]) + 6.0;
    let mut labels: Vec<Label> = lines.rows.iter().enumerate().filter_map(|(at, row)| end(row, at)).collect();
    let right = if labels.is_empty() { 0.0 } else { spread::room(&labels) };
    let field = Field::standing(axis, top, 250.0, right);
    field.grid(&mut scene);
    let bottom = field.names_below(&mut scene, &lines.categories);
    for (at, row) in lines.rows.iter().enumerate() {
        line(&mut scene, &field, &lines.categories, row, &format!("s{at}"));
    }
    labels.iter_mut().for_each(|label| label.y = field.at(label.y));
    let last = field.area.right() - field.slot(lines.categories.len()) / 2.0;
    spread::write(&mut scene, &labels, last, &field.area);
    scene.height = bottom + EDGE;
    scene
}

/// The name of a row with its last figure, at its last number.
fn end(row: &Row, at: usize) -> Option<Label> {
    let last = row.values.iter().rev().find(|value| value.size.is_some())?;
    let words = format!("{} {}", row.label, last.text).trim().to_string();
    Some(Label { y: last.size?, class: format!("s{at}"), words, bold: false })
}

/// A row as a line, dashed from the last period that happened; it breaks where a value is missing.
pub fn line(scene: &mut Scene, field: &Field, categories: &[Category], row: &Row, class: &str) {
    let slot = field.slot(categories.len());
    let place = |at: usize, value: &Datum| {
        let size = value.size?;
        Some((field.area.x + (at as f64 + 0.5) * slot, field.at(size)))
    };
    let points: Vec<Option<(f64, f64)>> = row.values.iter().enumerate().map(|(at, value)| place(at, value)).collect();
    let turn = categories.iter().position(|category| category.estimated).unwrap_or(categories.len());
    let split = if turn == 0 { categories.len() } else { turn.min(points.len()) };
    for run in runs(&points[..split]) {
        scene.path(thinned(run), false, &format!("line {class}"));
    }
    if split < points.len() {
        for run in runs(&points[split - 1..]) {
            scene.path(thinned(run), false, &format!("line dash {class}"));
        }
    }
    if points.len() <= DOTTED {
        points.iter().flatten().for_each(|(x, y)| scene.dot(*x, *y, 3.0, class));
    }
}

/// The parts without a gap; a point that stands alone is none.
fn runs(points: &[Option<(f64, f64)>]) -> Vec<Vec<(f64, f64)>> {
    points.split(Option::is_none).map(|run| run.iter().flatten().copied().collect()).collect()
}

/// Of many points, the lowest and the highest in each half pixel: the picture is the same.
pub fn thinned(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    if points.len() <= 2000 {
        return points;
    }
    let mut kept = Vec::new();
    for same in points.chunk_by(|(a, _), (b, _)| libm::floor(a * 2.0) == libm::floor(b * 2.0)) {
        let low = same.iter().enumerate().min_by(|(_, a), (_, b)| a.1.total_cmp(&b.1)).map(|(at, _)| at);
        let high = same.iter().enumerate().max_by(|(_, a), (_, b)| a.1.total_cmp(&b.1)).map(|(at, _)| at);
        let mut ends: Vec<usize> = [Some(0), low, high, Some(same.len() - 1)].into_iter().flatten().collect();
        ends.sort_unstable();
        ends.dedup();
        kept.extend(ends.into_iter().map(|at| same[at]));
    }
    kept
}
