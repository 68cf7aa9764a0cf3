//! `Lens`: what a chunk of values is looked at through; `Glimpse`: what it shows.

use super::Moments;
use crate::chance::wide::wide;

/// What is wanted of each chunk while a run goes on; the same for all chunks of a stretch.
#[derive(Debug, Clone)]
pub struct Lens {
    /// The value without any draw.
    pub(super) point: f64,
    /// The bounds of each bracket; none as long as every value is kept.
    pub(super) bounds: Option<Vec<(f64, f64)>>,
}

/// What one chunk shows through a lens.
#[derive(Debug, Clone)]
pub struct Glimpse {
    pub(super) moments: Moments,
    pub(super) missing: u64,
    pub(super) below_point: u64,
    pub(super) at_point: u64,
    /// For each bracket the count below it and the values inside; one of all values if there are no bounds yet.
    pub(super) parts: Vec<(u64, Vec<f64>)>,
}

impl Lens {
    /// Looks at a chunk.
    pub fn look(&self, values: &[f64]) -> Glimpse {
        let moments = Moments::of(values);
        let (mut below_point, mut at_point) = (0, 0);
        count(values, self.point, &mut below_point, &mut at_point);
        let parts = match &self.bounds {
            Some(bounds) => bounds.iter().map(|(low, high)| part(values, *low, *high)).collect(),
            None => vec![(0, values.iter().copied().filter(|value| !value.is_nan()).collect())],
        };
        let missing = values.len() as u64 - moments.count;
        Glimpse { moments, missing, below_point, at_point, parts }
    }
}

fn part(values: &[f64], low: f64, high: f64) -> (u64, Vec<f64>) {
    let (mut below, mut inside) = (0, Vec::new());
    sift(values, low, high, &mut below, &mut inside);
    (below, inside)
}

wide! {
    fn count(values: &[f64], point: f64, below: &mut u64, same: &mut u64) {
        for value in values {
            *below += u64::from(*value < point);
            *same += u64::from(*value == point);
        }
    }
}

/// How many values are counted together before it is asked whether any lies inside, which few do.
const ROW: usize = 16;

wide! {
    fn sift(values: &[f64], low: f64, high: f64, below: &mut u64, inside: &mut Vec<f64>) {
        let (rows, rest) = values.as_chunks::<ROW>();
        for row in rows {
            let mut upto = 0;
            let mut under = 0;
            for value in row {
                under += u64::from(*value < low);
                upto += u64::from(*value <= high);
            }
            *below += under;
            if upto > under {
                inside.extend(row.iter().filter(|value| (low..=high).contains(*value)));
            }
        }
        *below += rest.iter().filter(|value| **value < low).count() as u64;
        inside.extend(rest.iter().filter(|value| (low..=high).contains(*value)));
    }
}
