//! `Histogram`: how often an output lies in each of some equal steps.

/// Counts of values in equal steps, and of those outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    pub low: f64,
    pub width: f64,
    pub counts: Vec<u64>,
    pub below: u64,
    pub above: u64,
}

/// How many steps there are.
const STEPS: usize = 40;

impl Histogram {
    /// The middle 98% of some values in steps, and the rest outside; nothing without variation.
    pub fn of(values: &[f64]) -> Option<Histogram> {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let out = sorted.len() / 100;
        let (low, high) = (*sorted.get(out)?, *sorted.get(sorted.len() - 1 - out)?);
        let width = (high - low) / STEPS as f64;
        if !(width > 0.0 && width.is_finite()) {
            return None;
        }
        let mut histogram = Histogram { low, width, counts: vec![0; STEPS], below: 0, above: 0 };
        for value in sorted {
            match value {
                _ if value < low => histogram.below += 1,
                _ if value > high => histogram.above += 1,
                _ => histogram.counts[(((value - low) / width) as usize).min(STEPS - 1)] += 1,
            }
        }
        Some(histogram)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_counted_once() {
        let values: Vec<f64> = (0..1_000).map(f64::from).chain([f64::NAN]).collect();
        let histogram = Histogram::of(&values).expect("it varies");
        let inside: u64 = histogram.counts.iter().sum();
        assert_eq!((histogram.below, inside, histogram.above), (10, 980, 10));
        assert_eq!(Histogram::of(&[3.0, 3.0]), None);
        assert_eq!(Histogram::of(&[]), None);
    }
}
