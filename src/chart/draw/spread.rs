//! Labels beside the ends of lines, moved apart so that none covers another.

use super::super::fit::{clean, cut, width};
use super::super::scene::{Anchor, Area, Scene, Text};

/// A label that wants to stand at a height.
pub struct Label {
    pub y: f64,
    pub class: String,
    pub words: String,
    pub bold: bool,
}

/// The distance between two labels.
const STEP: f64 = 15.0;

/// How wide labels may become.
pub const ROOM: f64 = 230.0;

/// How much room labels take, with the line that leads to them.
pub fn room(labels: &[Label]) -> f64 {
    labels.iter().map(|label| width(&label.words, 12.0) * 1.08).fold(0.0, f64::max).min(ROOM) + 22.0
}

/// Writes labels right of an area, each with a thin line from its point at `x`.
pub fn write(scene: &mut Scene, labels: &[Label], x: f64, area: &Area) {
    let (top, bottom, right) = (area.y, area.bottom(), area.right());
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|a, b| labels[*a].y.total_cmp(&labels[*b].y));
    let wanted: Vec<f64> = order.iter().map(|at| labels[*at].y).collect();
    for (at, y) in order.into_iter().zip(apart(&wanted, top, bottom)) {
        let label = &labels[at];
        scene.line((x + 6.0, label.y), (right + 16.0, y), &format!("line thin {}", label.class));
        let text = Text::new(right + 20.0, y + 4.0, Anchor::Start, cut(&clean(&label.words), 12.0, ROOM / 1.08));
        scene.text(if label.bold { text.bold() } else { text });
    }
}

/// Heights in order, at least a step apart, as near as they can be to where they want to be.
fn apart(wanted: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut placed: Vec<f64> = Vec::new();
    for y in wanted {
        let least = placed.last().map_or(top, |before| before + STEP);
        placed.push(y.max(least));
    }
    let mut most = bottom;
    for y in placed.iter_mut().rev() {
        *y = y.min(most);
        most = *y - STEP;
    }
    placed
}

#[cfg(test)]
mod tests {
    #[test]
    fn labels_keep_apart() {
        assert_eq!(super::apart(&[10.0, 12.0, 90.0], 0.0, 95.0), [10.0, 25.0, 90.0]);
        assert_eq!(super::apart(&[90.0, 92.0, 94.0], 0.0, 95.0), [65.0, 80.0, 95.0]);
    }
}
