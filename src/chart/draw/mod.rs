//! Each kind of chart laid out as a scene.

mod bars;
mod bridge;
mod fan;
mod heat;
mod histogram;
mod lines;
mod ranges;
mod scatter;
mod spread;
mod target;
mod tornado;

use super::ChartError;
use super::scene::Scene;
use super::spec::{ChartSpec, Shape};

/// Lays a chart out by its kind.
pub fn drawn(chart: &ChartSpec) -> Result<Scene, ChartError> {
    Ok(match &chart.shape {
        Shape::Bars(bars) => bars::drawn(chart, bars),
        Shape::Lines(lines) => lines::drawn(chart, lines),
        Shape::Fan(fan) => fan::drawn(chart, fan),
        Shape::Histogram(histogram) => histogram::drawn(chart, histogram),
        Shape::Heat(heat) => heat::drawn(chart, heat),
        Shape::Tornado(tornado) => tornado::drawn(chart, tornado),
        Shape::Bridge(bridge) => bridge::drawn(chart, bridge),
        Shape::Target(target) => target::drawn(chart, target),
        Shape::Ranges(ranges) => ranges::drawn(chart, ranges),
        Shape::Scatter(scatter) => return scatter::drawn(chart, scatter),
    })
}
