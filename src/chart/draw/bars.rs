//! Bars side by side or on top of each other: standing over short names, lying beside long ones.

use super::super::axis::{Axis, short};
use super::super::extent::of_rows;
use super::super::fit::{self, broken, clean, width};
use super::super::frame::{Field, beside, lying_axis, widest};
use super::super::head::{EDGE, Key, WIDTH, head};
use super::super::scene::{Anchor, Area, Scene, Text};
use super::super::spec::{Bars, ChartSpec, Datum};

/// The bars of a chart.
pub fn drawn(chart: &ChartSpec, bars: &Bars) -> Scene {
    let mut scene = Scene::new(WIDTH, 0.0);
    let field = field(&mut scene, chart, bars);
    field.grid(&mut scene);
    let bottom = names(&mut scene, &field, bars);
    for at in 0..bars.categories.len() {
        match bars.stacked {
            true => stack(&mut scene, &field, bars, at),
            false => group(&mut scene, &field, bars, at),
        }
    }
    scene.height = bottom + EDGE;
    scene
}

fn field(scene: &mut Scene, chart: &ChartSpec, bars: &Bars) -> Field {
    let keys: Vec<Key> = match bars.rows.len() {
        1 => Vec::new(),
        _ => bars.rows.iter().enumerate().map(|(at, row)| Key::new(format!("s{at}"), &row.label)).collect(),
    };
    let reach = reach(bars);
    if is_lying(bars) {
        let left = beside(bars.categories.iter().map(|category| category.label.as_str()));
        let right = widest(figures(bars).iter().map(String::as_str), 11.0) + 8.0;
        let axis = lying_axis(&reach, &bars.unit, true, WIDTH - 2.0 * EDGE - left - right);
        let top = head(scene, chart, axis.unit_apart(), &keys);
        let thick = if bars.stacked { 1 } else { bars.rows.len() };
        let height = bars.categories.len() as f64 * (12.0 + 18.0 * thick as f64);
        let negative = if reach.iter().any(|number| *number < 0.0) { right } else { 0.0 };
        return Field::lying(axis, top, height, left + negative, right);
    }
    let axis = Axis::over(&reach, &bars.unit, true, 5);
    let top = head(scene, chart, axis.unit_apart(), &keys);
    Field::standing(axis, top + 14.0, 240.0, 0.0)
}

/// Short names, such as years, stand below; long ones beside.
fn is_lying(bars: &Bars) -> bool {
    let slot = (WIDTH - 110.0) / bars.categories.len().max(1) as f64;
    let is_short = |label: &str| broken(&clean(label), 12.0, slot - 6.0, 2).iter().all(|line| !line.ends_with('…'));
    let is_period = |label: &str| label.starts_with(|first: char| first.is_ascii_digit());
    let labels = || bars.categories.iter().map(|category| category.label.as_str());
    !labels().all(is_period) && (!labels().all(is_short) || bars.categories.len() > 9)
}

/// How far the bars reach; of a stack, both its ends.
fn reach(bars: &Bars) -> Vec<f64> {
    if !bars.stacked {
        return of_rows(&bars.rows);
    }
    let ends = |at: usize| {
        let sizes: Vec<f64> = column(bars, at).filter_map(|value| value.size).collect();
        let of = |sign: f64| sizes.iter().filter(|size| **size * sign > 0.0).sum::<f64>();
        [of(1.0), of(-1.0)]
    };
    (0..bars.categories.len()).flat_map(ends).collect()
}

fn column(bars: &Bars, at: usize) -> impl Iterator<Item = &Datum> {
    bars.rows.iter().filter_map(move |row| row.values.get(at))
}

/// What is written at the ends of bars.
fn figures(bars: &Bars) -> Vec<String> {
    match bars.stacked {
        true => (0..bars.categories.len()).map(|at| total(bars, at)).collect(),
        false => bars.rows.iter().flat_map(|row| row.values.iter().map(|value| fit::figure(&value.text))).collect(),
    }
}

/// The sum of a stack in its own words; nothing for one that is empty.
fn total(bars: &Bars, at: usize) -> String {
    let sizes: Vec<f64> = column(bars, at).filter_map(|value| value.size).collect();
    if sizes.is_empty() { "–".to_string() } else { short(sizes.iter().sum(), &bars.unit) }
}

fn names(scene: &mut Scene, field: &Field, bars: &Bars) -> f64 {
    if !field.lying {
        return field.names_below(scene, &bars.categories);
    }
    let slot = field.slot(bars.categories.len());
    for (at, category) in bars.categories.iter().enumerate() {
        field.name_beside(scene, &category.label, field.area.y + (at as f64 + 0.5) * slot, slot);
    }
    field.area.bottom() + 19.0
}

/// The bars of one category side by side.
fn group(scene: &mut Scene, field: &Field, bars: &Bars, at: usize) {
    let (start, thick) = lane(field, bars, bars.rows.len(), at);
    let each = thick / bars.rows.len().max(1) as f64;
    let written = field.lying || all_fit(field, bars, each);
    for (row, values) in bars.rows.iter().enumerate() {
        let Some(value) = values.values.get(at) else { continue };
        let area = field.bar(
            start + row as f64 * each,
            each - if each > 6.0 { 2.0 } else { 0.0 },
            0.0,
            value.size.unwrap_or(0.0),
        );
        scene.area(area, &class(bars, row, at));
        if written {
            figure(scene, field, &area, value.size.unwrap_or(0.0), &fit::figure(&value.text));
        }
    }
}

/// The bars of one category on top of each other, those below zero the other way, and their sum at the end.
fn stack(scene: &mut Scene, field: &Field, bars: &Bars, at: usize) {
    let (start, thick) = lane(field, bars, 1, at);
    let (mut up, mut down) = (0.0, 0.0);
    for (row, values) in bars.rows.iter().enumerate() {
        let Some(Datum { size: Some(size), text }) = values.values.get(at) else { continue };
        let from = if *size < 0.0 { &mut down } else { &mut up };
        let area = field.bar(start, thick, *from, *from + size);
        *from += size;
        scene.area(area, &class(bars, row, at));
        within(scene, &area, &clean(text));
    }
    let end = field.bar(start, thick, down, up);
    let text = total(bars, at);
    if field.lying || width(&text, 11.0) < field.slot(bars.categories.len()) {
        figure(scene, field, &end, if up == 0.0 && down < 0.0 { -1.0 } else { 1.0 }, &text);
    }
}

/// Where the bars of a category begin, and how thick they are together.
fn lane(field: &Field, bars: &Bars, count: usize, at: usize) -> (f64, f64) {
    let slot = field.slot(bars.categories.len());
    let thick = (slot * 0.76).min(64.0 * count.max(1) as f64);
    (at as f64 * slot + (slot - thick) / 2.0, thick)
}

fn class(bars: &Bars, row: usize, at: usize) -> String {
    let estimated = bars.categories[at].estimated && bars.categories.iter().any(|category| !category.estimated);
    format!("s{row}{}", if estimated { " est" } else { "" })
}

/// Whether every figure has room above its bar.
fn all_fit(field: &Field, bars: &Bars, each: f64) -> bool {
    let room = if bars.rows.len() == 1 { field.slot(bars.categories.len()) } else { each };
    figures(bars).iter().all(|text| width(text, 11.0) + 2.0 <= room)
}

/// A figure at the end of a bar.
fn figure(scene: &mut Scene, field: &Field, bar: &Area, size: f64, text: &str) {
    let (middle, y) = (bar.x + bar.width / 2.0, bar.y + bar.height / 2.0 + 4.0);
    let (x, y, anchor) = match (field.lying, size < 0.0) {
        (true, false) => (bar.right() + 5.0, y, Anchor::Start),
        (true, true) => (bar.x - 5.0, y, Anchor::End),
        (false, false) => (middle, bar.y - 4.0, Anchor::Middle),
        (false, true) => (middle, bar.bottom() + 12.0, Anchor::Middle),
    };
    scene.text(Text::new(x, y, anchor, text).size(11.0));
}

/// A figure on a part of a stack, if it has room.
fn within(scene: &mut Scene, part: &Area, text: &str) {
    if part.height >= 15.0 && width(text, 11.0) + 6.0 <= part.width {
        let (x, y) = (part.x + part.width / 2.0, part.y + part.height / 2.0 + 4.0);
        scene.text(Text::new(x, y, Anchor::Middle, text).size(11.0).class("on"));
    }
}
