//! `Bracket`: the values near one quantile, and how many lie below them; enough to know it exactly.

use serde::{Deserialize, Serialize};

/// The values between two bounds, in rising order with how often each came, and the count of those below.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Bracket {
    /// None: everything from the least on, or up to the largest.
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub below: u64,
    pub kept: Vec<(f64, u64)>,
    /// Counted values that are not among the kept ones yet.
    #[serde(skip)]
    fresh: Vec<(f64, u64)>,
}

impl Bracket {
    /// The bracket of some values without bounds.
    pub fn of(values: Vec<f64>) -> Bracket {
        Bracket { kept: counted(values), ..Bracket::default() }
    }

    /// Adds what later chunks showed between the same bounds.
    pub fn add(&mut self, below: u64, values: Vec<f64>) {
        self.below += below;
        self.fresh.extend(counted(values));
        if self.fresh.len() > self.kept.len() + 4096 {
            self.gather();
        }
    }

    /// Puts what was added in order among the rest; [`Bracket::at`] and the like see it from then on.
    pub fn gather(&mut self) {
        if !self.fresh.is_empty() {
            self.kept = merged(std::mem::take(&mut self.kept), &std::mem::take(&mut self.fresh));
        }
    }

    /// The value of a rank, counted from 0; nothing if it lies outside of the bounds.
    pub fn at(&self, rank: u64) -> Option<f64> {
        let mut left = rank.checked_sub(self.below)?;
        for (value, count) in &self.kept {
            match left.checked_sub(*count) {
                Some(rest) => left = rest,
                None => return Some(*value),
            }
        }
        None
    }

    /// Moves the bounds in to two ranks.
    pub fn narrow(&mut self, first: u64, last: u64) {
        self.gather();
        if let Some(low) = self.at(first) {
            self.raise(low);
        }
        if let Some(high) = self.at(last) {
            self.lower(high);
        }
    }

    /// What both brackets know together: between the higher low and the lower high bound.
    pub fn and(mut self, mut other: Bracket) -> Bracket {
        if let Some(low) = [self.low, other.low].into_iter().flatten().max_by(f64::total_cmp) {
            self.raise(low);
            other.raise(low);
        }
        if let Some(high) = [self.high, other.high].into_iter().flatten().min_by(f64::total_cmp) {
            self.lower(high);
            other.lower(high);
        }
        self.below += other.below;
        self.kept = merged(self.kept, &other.kept);
        self
    }

    fn raise(&mut self, low: f64) {
        let place = self.kept.partition_point(|(value, _)| *value < low);
        self.below += self.kept.drain(..place).map(|(_, count)| count).sum::<u64>();
        self.low = Some(low);
    }

    fn lower(&mut self, high: f64) {
        let place = self.kept.partition_point(|(value, _)| *value <= high);
        self.kept.truncate(place);
        self.high = Some(high);
    }
}

/// Values in rising order with how often each came.
pub fn counted(mut values: Vec<f64>) -> Vec<(f64, u64)> {
    values.sort_unstable_by(f64::total_cmp);
    let mut counted: Vec<(f64, u64)> = Vec::new();
    for value in values {
        match counted.last_mut() {
            Some((last, count)) if *last == value => *count += 1,
            _ => counted.push((value, 1)),
        }
    }
    counted
}

fn merged(left: Vec<(f64, u64)>, right: &[(f64, u64)]) -> Vec<(f64, u64)> {
    let mut all = left;
    all.extend_from_slice(right);
    // Rising runs: a stable sort merges them.
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        kept.1 += if is_same { next.1 } else { 0 };
        is_same
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_found_inside_and_not_outside() {
        let mut bracket = Bracket::of(vec![5.0, 1.0, 3.0, 3.0, 9.0, 7.0]);
        assert_eq!((0..7).filter_map(|rank| bracket.at(rank)).collect::<Vec<_>>(), [1.0, 3.0, 3.0, 5.0, 7.0, 9.0]);
        bracket.narrow(2, 4);
        assert_eq!((bracket.low, bracket.high, bracket.below), (Some(3.0), Some(7.0), 1));
        assert_eq!((bracket.at(0), bracket.at(1), bracket.at(4), bracket.at(5)), (None, Some(3.0), Some(7.0), None));
        bracket.add(2, vec![4.0, 3.0]);
        bracket.gather();
        assert_eq!((bracket.at(3), bracket.at(6), bracket.at(7)), (Some(3.0), Some(4.0), Some(5.0)));
    }

    #[test]
    fn two_brackets_know_what_both_know() {
        let mut left = Bracket::of((0..100).map(f64::from).collect());
        let mut right = Bracket::of((0..100).map(|value| f64::from(value) + 0.5).collect());
        left.narrow(30, 70);
        right.narrow(35, 75);
        let both = left.and(right);
        assert_eq!((both.low, both.high), (Some(35.5), Some(70.0)));
        assert_eq!((both.at(70), both.at(71), both.at(99), both.at(100)), (None, Some(35.5), Some(49.5), Some(50.0)));
    }
}
