//! A walk from one total to another, each step beginning where the one before ended.

use super::super::axis::Axis;
use super::super::extent::Leg;
use super::super::fit::{broken, clean, figure, width};
use super::super::frame::{Field, beside, lying_axis, widest};
use super::super::head::{EDGE, WIDTH, head};
use super::super::scene::{Anchor, Scene, Text};
use super::super::spec::{Bridge, Category, ChartSpec, Step};

/// The walk of a chart.
pub fn drawn(chart: &ChartSpec, bridge: &Bridge) -> Scene {
    let mut scene = Scene::new(WIDTH, 0.0);
    let legs = bridge.legs();
    let field = field(&mut scene, chart, bridge, &legs);
    field.grid(&mut scene);
    let bottom = names(&mut scene, &field, bridge);
    let slot = field.slot(legs.len());
    for (at, leg) in legs.iter().enumerate() {
        let class = if leg.step.total {
            "total"
        } else if leg.to < leg.from {
            "down"
        } else {
            "up"
        };
        let bar = field.bar(at as f64 * slot + slot * 0.14, slot * 0.72, leg.from, leg.to);
        scene.area(bar, class);
        if at + 1 < legs.len() {
            connect(&mut scene, &field, leg.to, at, slot);
        }
        let (high, y) = (leg.from.max(leg.to), bar.y + bar.height / 2.0 + 4.0);
        let words = figure(&leg.step.size.text);
        let text = match field.lying {
            true => Text::new(field.at(high) + 5.0, y, Anchor::Start, words),
            false => Text::new(bar.x + bar.width / 2.0, bar.y - 5.0, Anchor::Middle, words),
        };
        scene.text(text.size(11.0));
    }
    scene.height = bottom + EDGE;
    scene
}

fn field(scene: &mut Scene, chart: &ChartSpec, bridge: &Bridge, legs: &[Leg]) -> Field {
    let ends: Vec<f64> = legs.iter().flat_map(|leg| [leg.from, leg.to]).collect();
    if is_standing(bridge) {
        let axis = Axis::over(&ends, &bridge.unit, true, 5);
        let top = head(scene, chart, axis.unit_apart(), &[]) + 14.0;
        return Field::standing(axis, top, 250.0, 0.0);
    }
    let left = beside(bridge.steps.iter().map(|step| step.label.as_str()));
    let figures: Vec<String> = bridge.steps.iter().map(|step| figure(&step.size.text)).collect();
    let right = widest(figures.iter().map(String::as_str), 11.0) + 8.0;
    let axis = lying_axis(&ends, &bridge.unit, true, WIDTH - 2.0 * EDGE - left - right);
    let top = head(scene, chart, axis.unit_apart(), &[]);
    Field::lying(axis, top, 30.0 * legs.len() as f64, left, right)
}

/// Whether names and figures have room below and above standing bars.
fn is_standing(bridge: &Bridge) -> bool {
    let slot = (WIDTH - 100.0) / bridge.steps.len().max(1) as f64;
    let fits = |step: &Step| {
        let lines = broken(&clean(&step.label), 12.0, slot - 6.0, 3);
        width(&figure(&step.size.text), 11.0) + 4.0 <= slot && lines.iter().all(|line| !line.ends_with('…'))
    };
    bridge.steps.iter().all(fits)
}

fn names(scene: &mut Scene, field: &Field, bridge: &Bridge) -> f64 {
    let category = |step: &Step| Category { label: step.label.clone(), estimated: false };
    if !field.lying {
        return field.names_below(scene, &bridge.steps.iter().map(category).collect::<Vec<_>>());
    }
    let slot = field.slot(bridge.steps.len());
    for (at, step) in bridge.steps.iter().enumerate() {
        field.name_beside(scene, &step.label, field.area.y + (at as f64 + 0.5) * slot, slot);
    }
    field.area.bottom() + 19.0
}

/// The thin line that leads from the end of a step to the next.
fn connect(scene: &mut Scene, field: &Field, end: f64, at: usize, slot: f64) {
    let (from, to, end) = ((at as f64 + 0.86) * slot, (at as f64 + 1.14) * slot, field.at(end));
    match field.lying {
        true => scene.line((end, field.area.y + from), (end, field.area.y + to), "axis"),
        false => scene.line((field.area.x + from, end), (field.area.x + to, end), "axis"),
    }
}
