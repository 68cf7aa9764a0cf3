//! Points by two measures, each with its name where it covers neither a point nor another name.

use super::super::ChartError;
use super::super::axis::Axis;
use super::super::fit::{clean, cut, width};
use super::super::frame::Field;
use super::super::head::{EDGE, Key, WIDTH, head};
use super::super::scene::{Anchor, Area, Scene, Text};
use super::super::spec::{ChartSpec, Measure, Point, Scatter};

/// With more points than this none is named.
const NAMED: usize = 150;

/// The points of a chart.
pub fn drawn(chart: &ChartSpec, scatter: &Scatter) -> Result<Scene, ChartError> {
    let mut scene = Scene::new(WIDTH, 0.0);
    let placed: Vec<(&Point, f64, f64)> =
        scatter.points.iter().filter_map(|point| Some((point, point.across?, point.up?))).collect();
    let across = axis(&scatter.across, placed.iter().map(|(point, x, _)| (*point, *x)))?;
    let up = axis(&scatter.up, placed.iter().map(|(point, _, y)| (*point, *y)))?;
    let keys: Vec<Key> = match scatter.groups.len() {
        0 | 1 => Vec::new(),
        _ => scatter.groups.iter().enumerate().map(|(at, group)| Key::new(format!("s{at}"), group)).collect(),
    };
    let top = head(&mut scene, chart, "", &keys) + 24.0;
    let field = Field::standing(up, top, 340.0, 12.0);
    field.grid(&mut scene);
    let x_of = |number: f64| field.area.x + across.share(number) * field.area.width;
    feet(&mut scene, &field, &across, &x_of);
    names(&mut scene, scatter, &field, &across);
    let radius = if placed.len() > 400 { 2.0 } else { 5.0 };
    let at: Vec<(f64, f64)> = placed.iter().map(|(_, x, y)| (x_of(*x), field.at(*y))).collect();
    for ((point, ..), (x, y)) in placed.iter().zip(&at) {
        scene.dot(*x, *y, radius, &format!("s{}", point.group.min(7)));
    }
    if placed.len() <= NAMED {
        labels(&mut scene, &field, &placed, &at);
    }
    scene.height = field.area.bottom() + 36.0 + EDGE;
    Ok(scene)
}

fn axis<'a>(measure: &Measure, numbers: impl Iterator<Item = (&'a Point, f64)>) -> Result<Axis, ChartError> {
    let numbers: Vec<(&Point, f64)> = numbers.collect();
    let sizes: Vec<f64> = numbers.iter().map(|(_, number)| *number).collect();
    if !measure.log {
        let from_zero = sizes.iter().all(|size| *size >= 0.0) || sizes.iter().all(|size| *size <= 0.0);
        return Ok(Axis::over(&sizes, &measure.unit, from_zero, 6));
    }
    match numbers.iter().find(|(_, number)| *number <= 0.0) {
        Some((point, _)) => Err(ChartError::NotPositive { label: point.label.clone() }),
        None => Ok(Axis::ratios(&sizes, &measure.unit)),
    }
}

fn feet(scene: &mut Scene, field: &Field, across: &Axis, x_of: &dyn Fn(f64) -> f64) {
    let mut free = f64::NEG_INFINITY;
    for tick in &across.ticks {
        let (x, half) = (x_of(tick.at), width(&tick.label, 11.0) / 2.0);
        scene.line((x, field.area.y), (x, field.area.bottom()), if tick.at == 0.0 { "axis" } else { "grid" });
        if x - half > free && x + half < WIDTH {
            let label = Text::new(x, field.area.bottom() + 16.0, Anchor::Middle, tick.label.clone());
            scene.text(label.class("quiet").size(11.0));
            free = x + half + 6.0;
        }
    }
}

/// What the axes measure: that going up above the field, that going right below it.
fn names(scene: &mut Scene, scatter: &Scatter, field: &Field, across: &Axis) {
    let words = |measure: &Measure, axis: &Axis| match axis.unit_apart() {
        "" => clean(&measure.label),
        unit => clean(&format!("{}, {unit}", measure.label)),
    };
    let room = WIDTH - 2.0 * EDGE;
    let up = cut(&words(&scatter.up, &field.axis), 12.0, room / 1.08);
    scene.text(Text::new(EDGE, field.area.y - 12.0, Anchor::Start, up).bold());
    let right = cut(&words(&scatter.across, across), 12.0, room / 1.08);
    scene.text(Text::new(field.area.right(), field.area.bottom() + 34.0, Anchor::End, right).bold());
}

/// Names where they have room; one that has none stays away.
fn labels(scene: &mut Scene, field: &Field, placed: &[(&Point, f64, f64)], at: &[(f64, f64)]) {
    let mut taken: Vec<Area> =
        at.iter().map(|(x, y)| Area { x: x - 6.0, y: y - 6.0, width: 12.0, height: 12.0 }).collect();
    let mut seen: Vec<(f64, f64, String)> = Vec::new();
    for ((point, ..), (x, y)) in placed.iter().zip(at) {
        let words = cut(&clean(&point.label), 11.0, 170.0);
        if seen
            .iter()
            .any(|(other_x, other_y, other)| *other == words && (other_x - x).abs() + (other_y - y).abs() < 1.0)
        {
            continue;
        }
        seen.push((*x, *y, words.clone()));
        let free = |text: &Text| {
            let bounds = text.bounds();
            field.area.holds(&bounds) && !taken.iter().any(|other| other.meets(&bounds))
        };
        let Some((text, far)) = candidates(*x, *y, &words).find(|(text, _)| free(text)) else { continue };
        let bounds = text.bounds();
        if far {
            scene.line((*x, *y), near(&bounds, *x, *y), "axis");
        }
        taken.push(Area {
            x: bounds.x - 1.0,
            y: bounds.y - 1.0,
            width: bounds.width + 2.0,
            height: bounds.height + 2.0,
        });
        scene.text(text);
    }
}

/// Places for a name around its point: beside, above, below, then further out with a line that leads there.
fn candidates<'a>(x: f64, y: f64, words: &'a str) -> impl Iterator<Item = (Text, bool)> + 'a {
    let ring = |far: f64| {
        let (side, slant) = (8.0 + far, 6.0 + far * 0.7);
        [
            (side, 4.0, Anchor::Start),
            (-side, 4.0, Anchor::End),
            (0.0, -9.0 - far, Anchor::Middle),
            (0.0, 17.0 + far, Anchor::Middle),
            (slant, -4.0 - slant, Anchor::Start),
            (slant, 12.0 + slant, Anchor::Start),
            (-slant, -4.0 - slant, Anchor::End),
            (-slant, 12.0 + slant, Anchor::End),
        ]
    };
    let rings = [0.0, 10.0, 20.0, 32.0, 46.0].into_iter();
    let all = rings.flat_map(move |far| ring(far).map(|(right, down, anchor)| (right, down, anchor, far > 0.0)));
    all.map(move |(right, down, anchor, far)| (Text::new(x + right, y + down, anchor, words).size(11.0), far))
}

/// The point of a rectangle that is nearest to a place.
fn near(area: &Area, x: f64, y: f64) -> (f64, f64) {
    (x.clamp(area.x, area.right()), y.clamp(area.y, area.bottom()))
}
