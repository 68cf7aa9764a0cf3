//! Ranks, and the correlation of two columns by their ranks.

/// Spearman's correlation of two columns; points where either is missing are left out; none without variation.
pub fn correlation(left: &[f64], right: &[f64]) -> f64 {
    Ranked::of(left).correlation(&Ranked::of(right))
}

/// A column and its ranks, which all correlations with it share.
#[derive(Debug, Clone)]
pub struct Ranked<'c> {
    values: &'c [f64],
    /// Nothing if values are missing: then the ranks depend on the other column.
    ranks: Option<Vec<f64>>,
}

impl<'c> Ranked<'c> {
    /// Ranks a column.
    pub fn of(values: &'c [f64]) -> Ranked<'c> {
        let is_whole = values.iter().all(|value| !value.is_nan());
        Ranked { values, ranks: is_whole.then(|| ranks(values)) }
    }

    /// Spearman's correlation with another column.
    pub fn correlation(&self, other: &Ranked) -> f64 {
        if let (Some(left), Some(right)) = (&self.ranks, &other.ranks) {
            return pearson(left, right);
        }
        let (left, right) = (self.values, other.values);
        let both = |column: &[f64]| -> Vec<f64> {
            let present = left.iter().zip(right).map(|(left, right)| !left.is_nan() && !right.is_nan());
            column.iter().zip(present).filter(|(_, present)| *present).map(|(value, _)| *value).collect()
        };
        pearson(&ranks(&both(left)), &ranks(&both(right)))
    }
}

/// The correlation of two columns; NaN if either does not vary.
pub fn pearson(left: &[f64], right: &[f64]) -> f64 {
    let count = left.len() as f64;
    let mean = |column: &[f64]| column.iter().sum::<f64>() / count;
    let (left_mean, right_mean) = (mean(left), mean(right));
    let (mut both, mut left_square, mut right_square) = (0.0, 0.0, 0.0);
    for (left, right) in left.iter().zip(right) {
        let (left, right) = (left - left_mean, right - right_mean);
        both += left * right;
        left_square += left * left;
        right_square += right * right;
    }
    both / (left_square * right_square).sqrt()
}

/// The rank of each value from 1 on; equal values share the mean of theirs.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    while first < order.len() {
        let same = order[first..].iter().take_while(|at| values[**at] == values[order[first]]).count().max(1);
        let rank = first as f64 + (same as f64 + 1.0) / 2.0;
        order[first..first + same].iter().for_each(|at| ranks[*at] = rank);
        first += same;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_a_rank() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0]), [3.5, 1.0, 3.5, 2.0]);
        assert_eq!(ranks(&[0.0, -0.0]), [1.5, 1.5]);
    }

    #[test]
    fn known_correlations_are_met() {
        // Of SciPy's spearmanr.
        let (left, right) = ([1.0, 2.0, 3.0, 4.0, 5.0], [5.0, 6.0, 7.0, 8.0, 7.0]);
        assert!((correlation(&left, &right) - 0.820_782_681_668_123_3).abs() < 1e-15);
        assert!((correlation(&[1.0, 2.0, f64::NAN, 9.0], &[2.0, 4.0, 0.0, 5.0]) - 1.0).abs() < 1e-15);
        assert!(correlation(&[1.0, 1.0], &[2.0, 3.0]).is_nan());
    }
}
