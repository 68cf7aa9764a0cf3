//! What stands above a chart: its title, the unit with a note, and what the colours mean.

use super::fit::{broken, clean, cut, width};
use super::scene::{Anchor, Area, Scene, Text};
use super::spec::ChartSpec;

/// How wide a chart is, which suits the column of a page.
pub const WIDTH: f64 = 720.0;

/// What stays free at each edge.
pub const EDGE: f64 = 16.0;

/// The widest an entry of the legend may be.
const ENTRY: f64 = 300.0;

/// What a colour stands for.
pub struct Key {
    pub class: String,
    pub label: String,
}

impl Key {
    /// A colour and what it stands for.
    pub fn new(class: impl Into<String>, label: &str) -> Key {
        Key { class: class.into(), label: clean(label) }
    }
}

/// Writes the head and gives the height at which the chart may begin.
pub fn head(scene: &mut Scene, chart: &ChartSpec, unit: &str, keys: &[Key]) -> f64 {
    let mut y = EDGE;
    for line in broken(&clean(&chart.title), 16.0, (WIDTH - 2.0 * EDGE) / 1.08, 2) {
        y += 20.0;
        scene.text(Text::new(EDGE, y - 5.0, Anchor::Start, line).size(16.0).bold());
    }
    let words = [clean(unit), clean(&chart.note)];
    let below = words.iter().filter(|words| !words.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
    for line in broken(&below, 12.0, WIDTH - 2.0 * EDGE, 2) {
        y += 17.0;
        scene.text(Text::new(EDGE, y - 3.0, Anchor::Start, line).class("quiet"));
    }
    legend(scene, keys, y + 4.0) + 8.0
}

/// Swatches with their words, as many in a line as fit.
fn legend(scene: &mut Scene, keys: &[Key], top: f64) -> f64 {
    let (mut x, mut y) = (EDGE, top + 18.0);
    for key in keys {
        let label = cut(&key.label, 12.0, ENTRY);
        let taken = 16.0 + width(&label, 12.0);
        if x > EDGE && x + taken > WIDTH - EDGE {
            (x, y) = (EDGE, y + 18.0);
        }
        scene.area(Area { x, y: y - 9.5, width: 10.0, height: 10.0 }, &key.class);
        scene.text(Text::new(x + 15.0, y, Anchor::Start, label));
        x += taken + 18.0;
    }
    if keys.is_empty() { top } else { y + 4.0 }
}
