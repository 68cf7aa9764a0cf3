//! `Moments`: count, mean and spread of some values; two of them make that of both.

use serde::{Deserialize, Serialize};

use crate::chance::wide::wide;

/// What the powers of some values say; missing values are not among them.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Moments {
    pub count: u64,
    pub mean: f64,
    /// Sums of the powers of the distance from the mean.
    pub second: f64,
    pub third: f64,
    pub fourth: f64,
    /// The least and the largest; both 0 if there is no value.
    pub least: f64,
    pub largest: f64,
}

/// How many sums run side by side.
const LANES: usize = 16;

impl Moments {
    /// Those of a block.
    pub fn of(values: &[f64]) -> Moments {
        let mut sums = Sums::default();
        add(values, &mut sums);
        let count = sums.count.iter().sum::<f64>();
        if count == 0.0 {
            return Moments::default();
        }
        let mean = total(&sums.first) / count;
        let mut powers = Powers::default();
        raise(values, mean, &mut powers);
        // What rounding left of the mean is put right to first order.
        let rest = total(&powers.first) / count;
        let second = total(&powers.second) - count * rest * rest;
        let third = total(&powers.third) - 3.0 * rest * second;
        Moments {
            count: count as u64,
            mean: mean + rest,
            second,
            third,
            fourth: total(&powers.fourth) - 4.0 * rest * third,
            least: sums.least.iter().copied().fold(f64::INFINITY, f64::min),
            largest: sums.largest.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        }
    }

    /// Those of both together (Chan and others, 1979; Pébay, 2008).
    pub fn and(self, other: Moments) -> Moments {
        if self.count == 0 || other.count == 0 {
            return if self.count == 0 { other } else { self };
        }
        let (left, right) = (self.count as f64, other.count as f64);
        let count = left + right;
        let apart = other.mean - self.mean;
        let step = apart / count;
        let shared = apart * step * left * right;
        Moments {
            count: self.count + other.count,
            mean: self.mean + step * right,
            second: self.second + other.second + shared,
            third: self.third
                + other.third
                + shared * step * (left - right)
                + 3.0 * step * (left * other.second - right * self.second),
            fourth: self.fourth
                + other.fourth
                + shared * step * step * (left * left - left * right + right * right)
                + 6.0 * step * step * (left * left * other.second + right * right * self.second)
                + 4.0 * step * (left * other.third - right * self.third),
            least: self.least.min(other.least),
            largest: self.largest.max(other.largest),
        }
    }

    /// The standard deviation, over one less than the count; nothing for a single value.
    pub fn sd(&self) -> Option<f64> {
        (self.count > 1).then(|| (self.second.max(0.0) / (self.count - 1) as f64).sqrt())
    }

    /// How far the mean is likely to be off.
    pub fn mean_error(&self) -> Option<f64> {
        Some(self.sd()? / (self.count as f64).sqrt())
    }

    /// How far the standard deviation is likely to be off, by the fourth moment.
    pub fn sd_error(&self) -> Option<f64> {
        let (sd, count) = (self.sd()?, self.count as f64);
        let variance = self.second / count;
        let of_variance = ((self.fourth / count - variance * variance).max(0.0) / count).sqrt();
        Some(if sd > 0.0 { of_variance / (2.0 * sd) } else { 0.0 })
    }
}

struct Sums {
    count: [f64; LANES],
    first: [f64; LANES],
    least: [f64; LANES],
    largest: [f64; LANES],
}

impl Default for Sums {
    fn default() -> Sums {
        Sums {
            count: [0.0; LANES],
            first: [0.0; LANES],
            least: [f64::INFINITY; LANES],
            largest: [f64::NEG_INFINITY; LANES],
        }
    }
}

#[derive(Default)]
struct Powers {
    first: [f64; LANES],
    second: [f64; LANES],
    third: [f64; LANES],
    fourth: [f64; LANES],
}

/// Halves are added to halves, so the order does not depend on the machine.
fn total(lanes: &[f64; LANES]) -> f64 {
    let mut lanes = *lanes;
    let mut width = LANES / 2;
    while width > 0 {
        (0..width).for_each(|lane| lanes[lane] += lanes[lane + width]);
        width /= 2;
    }
    lanes[0]
}

wide! {
    fn add(values: &[f64], sums: &mut Sums) {
        let mut one = |lane: usize, value: f64| {
            let is_there = !value.is_nan();
            sums.count[lane] += if is_there { 1.0 } else { 0.0 };
            sums.first[lane] += if is_there { value } else { 0.0 };
            sums.least[lane] = if value < sums.least[lane] { value } else { sums.least[lane] };
            sums.largest[lane] = if value > sums.largest[lane] { value } else { sums.largest[lane] };
        };
        let (rows, rest) = values.as_chunks::<LANES>();
        rows.iter().for_each(|row| (0..LANES).for_each(|lane| one(lane, row[lane])));
        rest.iter().enumerate().for_each(|(lane, value)| one(lane, *value));
    }
}

wide! {
    fn raise(values: &[f64], mean: f64, powers: &mut Powers) {
        let mut one = |lane: usize, value: f64| {
            let away = if value.is_nan() { 0.0 } else { value - mean };
            let square = away * away;
            powers.first[lane] += away;
            powers.second[lane] += square;
            powers.third[lane] += square * away;
            powers.fourth[lane] += square * square;
        };
        let (rows, rest) = values.as_chunks::<LANES>();
        rows.iter().for_each(|row| (0..LANES).for_each(|lane| one(lane, row[lane])));
        rest.iter().enumerate().for_each(|(lane, value)| one(lane, *value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments_are_met() {
        let moments = Moments::of(&[2.0, 4.0, f64::NAN, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]);
        assert_eq!((moments.count, moments.mean, moments.second), (8, 5.0, 32.0));
        assert_eq!((moments.third, moments.fourth, moments.least, moments.largest), (42.0, 356.0, 2.0, 9.0));
        assert_eq!(moments.sd(), Some((32.0_f64 / 7.0).sqrt()));
        assert_eq!(Moments::of(&[f64::NAN]), Moments::default());
        assert_eq!(Moments::of(&[3.0]).sd(), None);
    }

    #[test]
    fn parts_make_the_whole() {
        let values: Vec<f64> = (0..1_000).map(|step| libm::sin(f64::from(step) * 1.7) * 3.0 + 100.0).collect();
        let whole = Moments::of(&values);
        let parts = Moments::of(&values[..137]).and(Moments::of(&values[137..]));
        for (whole, part) in [
            (whole.mean, parts.mean),
            (whole.second, parts.second),
            (whole.third, parts.third),
            (whole.fourth, parts.fourth),
        ] {
            assert!((whole - part).abs() < 1e-9 * whole.abs().max(1.0), "{whole} {part}");
        }
        assert_eq!(Moments::default().and(whole), whole);
    }
}
