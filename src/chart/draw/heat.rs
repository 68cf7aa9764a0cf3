//! A grid of numbers, each cell coloured by how far its number lies from the middle.

use super::super::fit::{broken, clean, cut, figure, width};
use super::super::frame::widest;
use super::super::head::{EDGE, WIDTH, head};
use super::super::scene::{Anchor, Area, Scene, Text};
use super::super::spec::{ChartSpec, Datum, Heat};
use super::super::svg::HEAT;

/// The grid of a chart.
pub fn drawn(chart: &ChartSpec, heat: &Heat) -> Scene {
    let mut scene = Scene::new(WIDTH, 0.0);
    let top = head(&mut scene, chart, &heat.unit, &[]) + 4.0;
    let cells = cells(heat, top);
    sides(&mut scene, heat, &cells);
    let palette = Palette::of(heat);
    for (down, row) in heat.cells.iter().enumerate() {
        for (across, value) in row.iter().enumerate().take(heat.across.levels.len()) {
            cell(&mut scene, &cells, &palette, (across, down), value);
        }
    }
    scene.height = cells.y + cells.height * heat.down.levels.len() as f64 + EDGE;
    scene
}

/// The first cell.
fn cells(heat: &Heat, top: f64) -> Area {
    let levels = heat.down.levels.iter().chain([&heat.down.label]).map(String::as_str);
    let left = EDGE + widest(levels, 12.0).min(180.0) + 10.0;
    let count = heat.across.levels.len().max(1) as f64;
    let above = if heat.across.label.is_empty() { 18.0 } else { 36.0 };
    let width = ((WIDTH - EDGE - left) / count).min(130.0);
    Area { x: left, y: top + above, width, height: if heat.down.levels.len() > 30 { 18.0 } else { 30.0 } }
}

/// The levels above and beside the cells, and what they are levels of.
fn sides(scene: &mut Scene, heat: &Heat, first: &Area) {
    let whole = first.width * heat.across.levels.len() as f64;
    let name = broken(&clean(&heat.across.label), 12.0, WIDTH - EDGE - first.x, 1).concat();
    scene.text(Text::new(first.x, first.y - 25.0, Anchor::Start, name).class("quiet"));
    let every = libm::ceil((widest(heat.across.levels.iter().map(String::as_str), 12.0) + 8.0) / first.width).max(1.0);
    for (at, level) in heat.across.levels.iter().enumerate().filter(|(at, _)| at % every as usize == 0) {
        let x = first.x + (at as f64 + 0.5) * first.width;
        let room = 2.0 * (x.min(WIDTH - x) - 2.0);
        scene.text(Text::new(x, first.y - 7.0, Anchor::Middle, cut(&clean(level), 12.0, room.min(whole))));
    }
    for (at, level) in heat.down.levels.iter().enumerate() {
        let y = first.y + (at as f64 + 0.5) * first.height + 4.0;
        scene.text(Text::new(first.x - 8.0, y, Anchor::End, cut(&clean(level), 12.0, 180.0)));
    }
    let name = cut(&clean(&heat.down.label), 12.0, first.x - EDGE - 8.0);
    scene.text(Text::new(EDGE, first.y - 7.0, Anchor::Start, name).class("quiet"));
}

fn cell(scene: &mut Scene, first: &Area, palette: &Palette, (across, down): (usize, usize), value: &Datum) {
    let area = Area {
        x: first.x + across as f64 * first.width,
        y: first.y + down as f64 * first.height,
        width: first.width - 1.5,
        height: first.height - 1.5,
    };
    let step = value.size.map(|size| palette.step(size));
    scene.area(area, &step.map_or("grid".to_string(), |step| format!("h{step}")));
    let text = figure(&value.text);
    let size = if width(&text, 12.0) + 4.0 <= area.width { 12.0 } else { 10.0 };
    if width(&text, size) + 2.0 <= area.width {
        let (x, y) = (area.x + area.width / 2.0, area.y + area.height / 2.0 + 4.0);
        let ink = step.map_or("quiet".to_string(), |step| format!("n{step}"));
        scene.text(Text::new(x, y, Anchor::Middle, text).size(size).class(&ink));
    }
}

/// What colours turn at, and how far they reach to both sides.
struct Palette {
    middle: f64,
    reach: f64,
}

impl Palette {
    fn of(heat: &Heat) -> Palette {
        let sizes: Vec<f64> = heat.cells.iter().flatten().filter_map(|cell| cell.size).collect();
        let low = sizes.iter().copied().fold(f64::INFINITY, f64::min);
        let high = sizes.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let middle = heat.middle.unwrap_or(low / 2.0 + high / 2.0);
        Palette { middle, reach: (high - middle).abs().max((middle - low).abs()) }
    }

    /// The step of the palette; none but the middle where all is one.
    fn step(&self, size: f64) -> usize {
        let steps = HEAT.len() as f64;
        let share = if self.reach > 0.0 { (size - self.middle) / self.reach } else { 0.0 };
        (libm::floor((share + 1.0) / 2.0 * steps) as i64).clamp(0, HEAT.len() as i64 - 1) as usize
    }
}
