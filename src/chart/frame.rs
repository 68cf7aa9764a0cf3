//! `Field`: the part of a chart in which numbers have places, standing (numbers go up) or lying (they go right).

use super::axis::Axis;
use super::fit::{broken, clean, cut, width};
use super::head::{EDGE, WIDTH};
use super::scene::{Anchor, Area, Scene, Text};
use super::spec::Category;

/// The widest the names beside a lying field may be.
const NAMES: f64 = 210.0;

/// Where numbers have places.
pub struct Field {
    pub area: Area,
    pub axis: Axis,
    pub lying: bool,
}

impl Field {
    /// A field in which numbers go up, with `right` free beside it.
    pub fn standing(axis: Axis, top: f64, height: f64, right: f64) -> Field {
        let x = EDGE + widest(axis.ticks.iter().map(|tick| tick.label.as_str()), 11.0) + 8.0;
        Field { area: Area { x, y: top, width: WIDTH - EDGE - right - x, height }, axis, lying: false }
    }

    /// A field in which numbers go right, with `left` free for names and `right` for figures.
    pub fn lying(axis: Axis, top: f64, height: f64, left: f64, right: f64) -> Field {
        let last = axis.ticks.last().map_or(0.0, |tick| width(&tick.label, 11.0) / 2.0);
        let x = EDGE + left;
        Field { area: Area { x, y: top, width: WIDTH - EDGE - right.max(last) - x, height }, axis, lying: true }
    }

    /// Where a number stands, in the direction of the numbers.
    pub fn at(&self, number: f64) -> f64 {
        let share = self.axis.share(number);
        match self.lying {
            true => self.area.x + share * self.area.width,
            false => self.area.bottom() - share * self.area.height,
        }
    }

    /// The bar from one number to another, at a distance along the other direction.
    pub fn bar(&self, start: f64, thick: f64, from: f64, to: f64) -> Area {
        let (from, to) = (self.at(from), self.at(to));
        let (low, length) = (from.min(to), (from - to).abs());
        match self.lying {
            true => Area { x: low, y: self.area.y + start, width: length, height: thick },
            false => Area { x: self.area.x + start, y: low, width: thick, height: length },
        }
    }

    /// How much room there is for `count` categories, each.
    pub fn slot(&self, count: usize) -> f64 {
        let room = if self.lying { self.area.height } else { self.area.width };
        room / count.max(1) as f64
    }

    /// Draws the lines of the ticks with their numbers; that of zero is stronger.
    pub fn grid(&self, scene: &mut Scene) {
        let area = self.area;
        for tick in &self.axis.ticks {
            let (at, class) = (self.at(tick.at), if tick.at == 0.0 { "axis" } else { "grid" });
            let label = Text::new(0.0, 0.0, Anchor::End, tick.label.clone()).class("quiet").size(11.0);
            if self.lying {
                scene.line((at, area.y), (at, area.bottom()), class);
                scene.text(Text { x: at, y: area.bottom() + 15.0, anchor: Anchor::Middle, ..label });
            } else {
                scene.line((area.x, at), (area.right(), at), class);
                scene.text(Text { x: area.x - 7.0, y: at + 4.0, ..label });
            }
        }
    }

    /// Writes the names of categories below a standing field, every so many if they are close; gives the lower end.
    pub fn names_below(&self, scene: &mut Scene, categories: &[Category]) -> f64 {
        let slot = self.slot(categories.len());
        let labels: Vec<String> = categories.iter().map(|category| clean(&category.label)).collect();
        let lines = |label: &String| broken(label, 12.0, slot - 6.0, 3);
        let every = match labels.iter().all(|label| lines(label).join("").replace(' ', "") == label.replace(' ', "")) {
            true => 1,
            false => libm::ceil((widest(labels.iter().map(String::as_str), 12.0) + 14.0) / slot).max(1.0) as usize,
        };
        let mut deepest = 1;
        for (at, label) in labels.iter().enumerate().filter(|(at, _)| at % every == 0) {
            let x = self.area.x + (at as f64 + 0.5) * slot;
            let lines = if every == 1 { lines(label) } else { vec![inside(label, x)] };
            deepest = deepest.max(lines.len());
            for (down, line) in lines.into_iter().enumerate() {
                scene.text(Text::new(x, self.area.bottom() + 17.0 + 14.0 * down as f64, Anchor::Middle, line));
            }
        }
        self.area.bottom() + 17.0 + 14.0 * (deepest - 1) as f64
    }

    /// Writes a name beside a lying field, in the middle of its slot.
    pub fn name_beside(&self, scene: &mut Scene, label: &str, middle: f64, room: f64) {
        let most = if room >= 28.0 { 2 } else { 1 };
        let lines = broken(&clean(label), 12.0, self.area.x - EDGE - 8.0, most);
        let top = middle + 4.0 - 7.0 * (lines.len().max(1) - 1) as f64;
        for (down, line) in lines.into_iter().enumerate() {
            scene.text(Text::new(self.area.x - 8.0, top + 14.0 * down as f64, Anchor::End, line));
        }
    }
}

/// How much names beside a field take.
pub fn beside<'a>(labels: impl Iterator<Item = &'a str>) -> f64 {
    widest(labels, 12.0).min(NAMES) + 10.0
}

/// An axis for a lying field of about a width: as many ticks as have room.
pub fn lying_axis(numbers: &[f64], unit: &str, from_zero: bool, room: f64) -> Axis {
    let fits = |axis: &Axis| {
        let all: f64 = axis.ticks.iter().map(|tick| width(&tick.label, 11.0) + 14.0).sum();
        all <= room
    };
    let tried = (2..=7).rev().map(|wanted| Axis::over(numbers, unit, from_zero, wanted)).find(fits);
    tried.unwrap_or_else(|| Axis::over(numbers, unit, from_zero, 1))
}

/// The widest of some texts.
pub fn widest<'a>(texts: impl Iterator<Item = &'a str>, size: f64) -> f64 {
    texts.map(|text| width(text, size)).fold(0.0, f64::max)
}

/// A text around a middle, cut so that it stays in the picture.
fn inside(label: &str, middle: f64) -> String {
    cut(label, 12.0, 2.0 * (middle.min(WIDTH - middle) - 2.0))
}
