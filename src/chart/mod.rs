//! Charts: what a chart says as plain data, and that data drawn as SVG for pages or as bars for a terminal.
//!
//! A [`ChartSpec`] is made by reports and studies from values that are dressed already. Drawing it is pure: the same
//! chart gives the same bytes on every machine.

mod axis;
mod describe;
mod draw;
mod error;
mod extent;
mod fit;
mod frame;
mod head;
mod scene;
mod spec;
mod svg;
mod terminal;

pub use describe::described;
pub use error::ChartError;
pub use scene::{Anchor, Area, Mark, Scene, Text};
pub use spec::*;
pub use terminal::{bars, text};

/// Draws a chart as an SVG document.
pub fn svg(chart: &ChartSpec) -> Result<String, ChartError> {
    Ok(svg::written(chart, &scene(chart)?))
}

/// Lays a chart out: every shape and every text with its place.
pub fn scene(chart: &ChartSpec) -> Result<Scene, ChartError> {
    chart.check()?;
    let mut scene = draw::drawn(chart)?;
    scene.settle();
    Ok(scene)
}
