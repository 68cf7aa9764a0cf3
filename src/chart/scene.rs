//! `Scene`: a chart laid out, every shape and every text with its place.

use super::fit;

/// A chart laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    pub width: f64,
    pub height: f64,
    pub marks: Vec<Mark>,
}

/// One thing that is drawn; its class says in which colours.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    Box {
        area: Area,
        class: String,
    },
    Dot {
        x: f64,
        y: f64,
        radius: f64,
        class: String,
    },
    /// A line through points; closed, it is filled.
    Path {
        points: Vec<(f64, f64)>,
        closed: bool,
        class: String,
    },
    Text(Text),
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    pub x: f64,
    /// The line it stands on.
    pub y: f64,
    pub anchor: Anchor,
    pub size: f64,
    pub bold: bool,
    pub class: String,
    pub words: String,
}

/// Which part of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    /// The right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Whether two rectangles share some space.
    pub fn meets(&self, other: &Area) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether another rectangle lies in this one.
    pub fn holds(&self, other: &Area) -> bool {
        let slack = 0.01;
        other.x >= self.x - slack
            && other.y >= self.y - slack
            && other.right() <= self.right() + slack
            && other.bottom() <= self.bottom() + slack
    }
}

impl Text {
    /// A text at a place, in the ink and size of the body.
    pub fn new(x: f64, y: f64, anchor: Anchor, words: impl Into<String>) -> Text {
        Text { x, y, anchor, size: 12.0, bold: false, class: "ink".to_string(), words: words.into() }
    }

    /// The same in another colour.
    pub fn class(mut self, class: &str) -> Text {
        self.class = class.to_string();
        self
    }

    /// The same in another size.
    pub fn size(mut self, size: f64) -> Text {
        self.size = size;
        self
    }

    /// The same in bold.
    pub fn bold(mut self) -> Text {
        self.bold = true;
        self
    }

    /// The room it takes at most.
    pub fn bounds(&self) -> Area {
        let width = fit::width(&self.words, self.size) * if self.bold { 1.08 } else { 1.0 };
        let x = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        Area { x, y: self.y - self.size * 0.8, width, height: self.size }
    }
}

impl Scene {
    /// An empty scene of a size.
    pub fn new(width: f64, height: f64) -> Scene {
        Scene { width, height, marks: Vec::new() }
    }

    /// Draws a rectangle; one without width or height is left out.
    pub fn area(&mut self, area: Area, class: &str) {
        if area.width > 0.0 && area.height > 0.0 {
            self.marks.push(Mark::Box { area, class: class.to_string() });
        }
    }

    /// Draws a line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        self.path(vec![from, to], false, class);
    }

    /// Draws a line through points, or fills what it encloses.
    pub fn path(&mut self, points: Vec<(f64, f64)>, closed: bool, class: &str) {
        if points.len() > 1 {
            self.marks.push(Mark::Path { points, closed, class: class.to_string() });
        }
    }

    /// Draws a dot.
    pub fn dot(&mut self, x: f64, y: f64, radius: f64, class: &str) {
        self.marks.push(Mark::Dot { x, y, radius, class: class.to_string() });
    }

    /// Writes a text; an empty one is left out.
    pub fn text(&mut self, text: Text) {
        if !text.words.is_empty() {
            self.marks.push(Mark::Text(text));
        }
    }

    /// Leaves out each text that has no room: it would leave the picture or cover one before it.
    pub fn settle(&mut self) {
        let whole = Area { x: 0.0, y: 0.0, width: self.width, height: self.height };
        let mut kept: Vec<Area> = Vec::new();
        self.marks.retain(|mark| {
            let Mark::Text(text) = mark else { return true };
            let bounds = text.bounds();
            let has_room = whole.holds(&bounds) && !kept.iter().any(|other| other.meets(&bounds));
            has_room.then(|| kept.push(bounds)).is_some()
        });
    }

    /// Every text.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(text) => Some(text),
            _ => None,
        })
    }
}
