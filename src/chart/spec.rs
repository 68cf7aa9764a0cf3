//! `ChartSpec`: what a chart says, in the unit it is shown in; nothing here knows how it is drawn.

use super::ChartError;

/// A chart: its words, and its shape with the data.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSpec {
    pub title: String,
    /// A sentence below the title; empty for none.
    pub note: String,
    pub shape: Shape,
}

/// The kinds of charts.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Bars(Bars),
    Lines(Lines),
    Fan(Fan),
    Histogram(Histogram),
    Heat(Heat),
    Tornado(Tornado),
    Bridge(Bridge),
    Target(Target),
    Ranges(Ranges),
    Scatter(Scatter),
}

/// One number as a chart shows it: its size, none if it is missing, and how it is written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Datum {
    pub size: Option<f64>,
    pub text: String,
}

/// What stands along an axis without a scale: a year, a company.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Category {
    pub label: String,
    /// An estimate is drawn paler than what happened.
    pub estimated: bool,
}

/// A named row of numbers, one for each category.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    pub label: String,
    pub values: Vec<Datum>,
}

/// Bars side by side, or on top of each other.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bars {
    pub unit: String,
    pub categories: Vec<Category>,
    pub rows: Vec<Row>,
    pub stacked: bool,
}

/// Lines over periods.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lines {
    pub unit: String,
    pub categories: Vec<Category>,
    pub rows: Vec<Row>,
}

/// A line over periods, and around it how far it may be out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fan {
    pub unit: String,
    pub categories: Vec<Category>,
    pub middle: Row,
    /// The widest first.
    pub bands: Vec<Band>,
}

/// Both edges of a band of a fan.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Band {
    pub low: Row,
    pub high: Row,
}

/// How often values fall into each of some bins, with lines at quantiles.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Histogram {
    pub unit: String,
    pub bins: Vec<Bin>,
    pub lines: Vec<Stop>,
}

/// A bin of a histogram.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bin {
    pub low: f64,
    pub high: f64,
    pub count: f64,
}

impl Bin {
    /// Bins of one width over some numbers, with how many fall into each; the highest is in the last.
    pub fn over(numbers: &[f64], count: usize) -> Vec<Bin> {
        let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (low, width) = match (high - low) / count.max(1) as f64 {
            width if width > 0.0 && width.is_finite() => (low, width),
            _ => (low - 0.5, 1.0 / count.max(1) as f64),
        };
        let edge = |at: usize| low + at as f64 * width;
        let mut bins: Vec<Bin> = (0..count).map(|at| Bin { low: edge(at), high: edge(at + 1), count: 0.0 }).collect();
        for number in numbers {
            let at = ((number - low) / width) as usize;
            if let Some(bin) = bins.get_mut(at.min(count.saturating_sub(1))) {
                bin.count += 1.0;
            }
        }
        bins
    }
}

/// A named number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stop {
    pub label: String,
    pub at: Datum,
}

/// A grid of numbers, coloured by size.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Heat {
    pub unit: String,
    pub down: Levels,
    pub across: Levels,
    /// A row for each level down, in it a number for each level across.
    pub cells: Vec<Vec<Datum>>,
    /// What the colours turn at: above it one hue, below it another.
    pub middle: Option<f64>,
}

/// The levels of one side of a grid, and what they are levels of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Levels {
    pub label: String,
    pub levels: Vec<String>,
}

/// How far each input moves the output to both sides.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tornado {
    pub unit: String,
    pub base: Datum,
    pub swings: Vec<Swing>,
}

/// One input of a tornado: the output at its low and at its high end.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Swing {
    pub label: String,
    /// How the ends of the input are written.
    pub from: String,
    pub to: String,
    pub low: Datum,
    pub high: Datum,
}

/// A walk from one total to another.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bridge {
    pub unit: String,
    pub steps: Vec<Step>,
}

/// One step of a walk; a total stands on the ground.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Step {
    pub label: String,
    pub size: Datum,
    pub total: bool,
}

/// A price today, before, and in every case.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Target {
    pub unit: String,
    /// Prices before today, the oldest first.
    pub history: Vec<Stop>,
    pub today: Stop,
    /// What is written below the outcomes: a date, a year.
    pub horizon: String,
    pub outcomes: Vec<Outcome>,
}

/// What a share is worth in one case.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    pub label: String,
    pub at: Datum,
    /// A few words behind it, such as the distance from today.
    pub note: String,
}

/// From low to high with what lies between, a line each.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranges {
    pub unit: String,
    /// What the ends, the middle and the mark are called.
    pub names: [String; 4],
    pub rows: Vec<Range>,
}

/// One line of a range chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Range {
    pub label: String,
    pub low: Datum,
    pub middle: Datum,
    pub high: Datum,
    pub mark: Datum,
}

/// Points by two measures.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scatter {
    pub across: Measure,
    pub up: Measure,
    /// Who belongs together; one colour each.
    pub groups: Vec<String>,
    pub points: Vec<Point>,
}

/// What an axis measures.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Measure {
    pub label: String,
    pub unit: String,
    /// Whether equal distances are equal ratios.
    pub log: bool,
}

/// A point of a scatter.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Point {
    pub label: String,
    pub across: Option<f64>,
    pub up: Option<f64>,
    pub group: usize,
}

/// No number on a chart is larger than this.
const LARGEST: f64 = 1e100;

impl ChartSpec {
    /// Whether it can be drawn: something there, not too much, every number within reach.
    pub fn check(&self) -> Result<(), ChartError> {
        let (count, most, what) = self.shape.extent();
        if count > most {
            return Err(ChartError::TooMany { what, count, most });
        }
        let numbers = self.shape.numbers();
        if numbers.is_empty() {
            return Err(ChartError::Empty { title: self.title.clone() });
        }
        match numbers.into_iter().find(|number| !number.is_finite() || number.abs() > LARGEST) {
            Some(number) => Err(ChartError::Beyond { number: number.to_string() }),
            None => Ok(()),
        }
    }
}
