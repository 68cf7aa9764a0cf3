//! A chart in words, for those who hear a page: its kind, its unit, and its numbers as far as they can be listened to.

use super::spec::{Category, ChartSpec, Datum, Row, Shape};

/// No more numbers than this are read out.
const MOST: usize = 40;

/// The chart in words.
pub fn described(chart: &ChartSpec) -> String {
    let (kind, unit, parts) = match &chart.shape {
        Shape::Bars(bars) => ("Bars", &bars.unit, of_rows(&bars.categories, &bars.rows)),
        Shape::Lines(lines) => ("Lines", &lines.unit, of_rows(&lines.categories, &lines.rows)),
        Shape::Fan(fan) => {
            let edges = fan.bands.iter().flat_map(|band| [&band.low, &band.high]);
            let rows: Vec<Row> = edges.chain([&fan.middle]).cloned().collect();
            ("Fan", &fan.unit, of_rows(&fan.categories, &rows))
        }
        Shape::Histogram(histogram) => {
            let lines = histogram.lines.iter().map(|line| named(&line.label, &line.at));
            ("Histogram", &histogram.unit, lines.collect())
        }
        Shape::Heat(heat) => {
            let side = format!("{} down, {} across", heat.down.label, heat.across.label);
            let rows = heat.down.levels.iter().zip(&heat.cells);
            let cells = rows.flat_map(|(down, row)| {
                let cell = move |(across, cell): (&String, &Datum)| named(&format!("{down} and {across}"), cell);
                heat.across.levels.iter().zip(row).map(cell)
            });
            ("Grid", &heat.unit, [side].into_iter().chain(cells).collect())
        }
        Shape::Tornado(tornado) => {
            let swings = tornado
                .swings
                .iter()
                .map(|swing| format!("{}: {} to {}", swing.label, swing.low.text, swing.high.text));
            ("Tornado", &tornado.unit, [named("base", &tornado.base)].into_iter().chain(swings).collect())
        }
        Shape::Bridge(bridge) => {
            ("Walk", &bridge.unit, bridge.steps.iter().map(|step| named(&step.label, &step.size)).collect())
        }
        Shape::Target(target) => {
            let outcomes = target.outcomes.iter().map(|outcome| named(&outcome.label, &outcome.at));
            let today = named(&target.today.label, &target.today.at);
            ("Price and outcomes", &target.unit, [today].into_iter().chain(outcomes).collect())
        }
        Shape::Ranges(ranges) => {
            let row = |row: &super::spec::Range| format!("{}: {} to {}", row.label, row.low.text, row.high.text);
            ("Ranges", &ranges.unit, ranges.rows.iter().map(row).collect())
        }
        Shape::Scatter(scatter) => {
            let sides = format!("{} against {}", scatter.up.label, scatter.across.label);
            let points = scatter.points.iter().map(|point| point.label.clone());
            ("Points", &scatter.up.unit, [sides].into_iter().chain(points).collect())
        }
    };
    sentence(kind, unit, &parts)
}

fn sentence(kind: &str, unit: &str, parts: &[String]) -> String {
    let unit = if unit.is_empty() { String::new() } else { format!(", {unit}") };
    let more = if parts.len() > MOST { format!("; and {} more", parts.len() - MOST) } else { String::new() };
    let parts: Vec<&str> = parts.iter().take(MOST).map(String::as_str).collect();
    format!("{kind}{unit}. {}{more}.", parts.join("; "))
}

fn of_rows(categories: &[Category], rows: &[Row]) -> Vec<String> {
    let one = |row: &Row| {
        let values = categories.iter().zip(&row.values);
        let words: Vec<String> = values.take(MOST).map(|(category, value)| named(&category.label, value)).collect();
        match row.label.is_empty() {
            true => words.join(", "),
            false => format!("{}: {}", row.label, words.join(", ")),
        }
    };
    rows.iter().map(one).collect()
}

fn named(label: &str, value: &Datum) -> String {
    format!("{label} {}", value.text)
}
