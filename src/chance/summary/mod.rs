//! `Summary`: what is said of the values of an output, however many there are, in little memory and to the last bit.

mod bracket;
mod look;
mod moments;
mod tree;

use serde::{Deserialize, Serialize};

pub use bracket::Bracket;
pub use look::{Glimpse, Lens};
pub use moments::Moments;
pub use tree::Tree;

/// The values of one output, summed up; parts of a run that follow each other can be put together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    tree: Tree,
    missing: u64,
    /// The value without any draw, and how many draws lie below it and on it.
    point: Option<f64>,
    below_point: u64,
    at_point: u64,
    /// Which quantiles are asked for, and the values near each.
    quantiles: Vec<f64>,
    brackets: Vec<Bracket>,
    /// Values that no bracket has been made of yet.
    #[serde(skip)]
    all: Vec<f64>,
}

/// So many values are kept as they are before brackets are made of them.
const KEPT: usize = 1 << 16;

/// A number and how far it is likely to be off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    pub value: f64,
    pub error: f64,
}

impl Summary {
    /// A summary of no values yet, of which these quantiles will be asked.
    pub fn new(point: Option<f64>, quantiles: &[f64]) -> Summary {
        Summary {
            tree: Tree::default(),
            missing: 0,
            point,
            below_point: 0,
            at_point: 0,
            quantiles: quantiles.to_vec(),
            brackets: Vec::new(),
            all: Vec::new(),
        }
    }

    /// What the next chunks are to be looked at through; holds until [`Summary::settle`].
    pub fn lens(&self) -> Lens {
        let bounds =
            |bracket: &Bracket| (bracket.low.unwrap_or(f64::NEG_INFINITY), bracket.high.unwrap_or(f64::INFINITY));
        let is_bounded = !self.brackets.is_empty() || self.quantiles.is_empty();
        Lens {
            point: self.point.unwrap_or(f64::NAN),
            bounds: is_bounded.then(|| self.brackets.iter().map(bounds).collect()),
        }
    }

    /// Adds what the chunk of a number shows; chunks come in rising order.
    pub fn take(&mut self, chunk: u64, glimpse: Glimpse) {
        self.tree.push(chunk, glimpse.moments);
        self.missing += glimpse.missing;
        self.below_point += glimpse.below_point;
        self.at_point += glimpse.at_point;
        if self.brackets.is_empty() && !self.quantiles.is_empty() {
            glimpse.parts.into_iter().for_each(|(_, values)| self.all.extend(values));
            return;
        }
        for (bracket, (below, values)) in self.brackets.iter_mut().zip(glimpse.parts) {
            bracket.add(below, values);
        }
    }

    /// Forgets what lies further from the quantiles than `widths` times their likely error, once there is much.
    pub fn settle(&mut self, widths: f64) {
        if !self.brackets.is_empty() || self.all.len() >= KEPT {
            self.narrow(widths);
        }
    }

    /// The same, however little there is.
    pub fn narrow(&mut self, widths: f64) {
        self.bracket();
        let count = self.count();
        for (bracket, p) in self.brackets.iter_mut().zip(&self.quantiles) {
            let middle = p * count as f64;
            let reach = widths * (count as f64 * p * (1.0 - p)).sqrt() + 64.0;
            bracket.narrow((middle - reach).max(0.0) as u64, ((middle + reach) as u64).min(count.saturating_sub(1)));
        }
    }

    /// Makes brackets of the values that were kept as they are, however few, and puts all in order.
    pub fn bracket(&mut self) {
        if self.brackets.is_empty() {
            let whole = Bracket::of(std::mem::take(&mut self.all));
            self.brackets = vec![whole; self.quantiles.len()];
        }
        self.brackets.iter_mut().for_each(Bracket::gather);
    }

    /// Adds the part of the run that follows this one.
    pub fn append(&mut self, mut next: Summary) {
        self.bracket();
        next.bracket();
        self.tree.append(&next.tree);
        self.missing += next.missing;
        self.below_point += next.below_point;
        self.at_point += next.at_point;
        let brackets = std::mem::take(&mut self.brackets).into_iter().zip(next.brackets);
        self.brackets = brackets.map(|(left, right)| left.and(right)).collect();
    }

    /// How many draws gave a value.
    pub fn count(&self) -> u64 {
        self.tree.total().count
    }

    /// How many gave none.
    pub fn missing(&self) -> u64 {
        self.missing
    }

    /// The value without any draw.
    pub fn point(&self) -> Option<f64> {
        self.point
    }

    /// Count, mean and spread of all.
    pub fn moments(&self) -> Moments {
        self.tree.total()
    }

    /// Count, mean and spread of the first 1, 2, 4, … chunks.
    pub fn firsts(&self) -> &[Moments] {
        self.tree.firsts()
    }

    /// The share of the draws below the value without any draw; half of those on it count.
    pub fn percentile(&self) -> Option<Estimate> {
        self.point?;
        share(self.below_point as f64 + self.at_point as f64 / 2.0, self.count())
    }

    /// The quantile that was asked for at a place (type 7 of Hyndman and Fan); nothing if its bracket missed it.
    pub fn quantile(&mut self, place: usize) -> Option<Estimate> {
        self.bracket();
        let p = *self.quantiles.get(place)?;
        let value = self.between(place, p)?;
        let step = (p * (1.0 - p) / self.count() as f64).sqrt();
        let (from, to) = ((p - step).max(0.0), (p + step).min(1.0));
        let reach = self.between(place, to)? - self.between(place, from)?;
        let steps = if to > from { (to - from) / step } else { 1.0 };
        Some(Estimate { value, error: reach / steps })
    }

    /// Whether every quantile lies inside of its bracket.
    pub fn is_exact(&mut self) -> bool {
        self.count() == 0 || (0..self.quantiles.len()).all(|place| self.quantile(place).is_some())
    }

    fn between(&self, place: usize, p: f64) -> Option<f64> {
        let bracket = self.brackets.get(place)?;
        let rank = self.count().checked_sub(1)? as f64 * p;
        let low = bracket.at(rank as u64)?;
        let rest = rank - rank.floor();
        if rest == 0.0 { Some(low) } else { Some(low + (bracket.at(rank as u64 + 1)? - low) * rest) }
    }
}

/// A share of so many draws and its likely error; nothing of none.
pub fn share(hits: f64, count: u64) -> Option<Estimate> {
    let value = hits / count as f64;
    (count > 0).then(|| Estimate { value, error: (value * (1.0 - value) / count as f64).sqrt() })
}

#[cfg(test)]
mod tests;
