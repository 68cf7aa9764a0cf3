//! Sobol indices: which share of an output's variance each input makes, by itself and with all its interactions.

use super::philox::{key, philox};

/// The outputs at two independent sets of points, and at the first set with one input taken from the second.
#[derive(Debug, Clone, Default)]
pub struct Design {
    pub first: Vec<f64>,
    pub second: Vec<f64>,
    /// One column for each input.
    pub swapped: Vec<Vec<f64>>,
}

/// An index and the interval that holds it in 19 of 20 resamplings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Index {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

impl Index {
    /// Whether the sample is large enough to tell it from 0.
    pub fn is_separable(&self) -> bool {
        self.low > 0.0
    }
}

/// How often the points are resampled.
const RESAMPLINGS: usize = 200;

impl Design {
    /// First order (Saltelli and others, 2010) and total index (Jansen, 1999) of each input; nothing without variance.
    pub fn indices(&self, seed: u64) -> Option<Vec<(Index, Index)>> {
        let whole: Vec<usize> = (0..self.first.len()).filter(|row| self.is_whole(*row)).collect();
        let centre = self.centre(&whole)?;
        let values: Vec<(f64, f64)> = (0..self.swapped.len()).map(|at| self.pair(at, &whole, centre)).collect();
        if values.iter().any(|(first, _)| !first.is_finite()) {
            return None;
        }
        let mut again: Vec<Vec<(f64, f64)>> = vec![Vec::with_capacity(RESAMPLINGS); values.len()];
        for round in 0..RESAMPLINGS {
            let rows = resampled(&whole, seed, round as u64);
            let pairs = (0..values.len()).map(|at| self.pair(at, &rows, centre));
            again.iter_mut().zip(pairs).for_each(|(column, pair)| column.push(pair));
        }
        let index = |value: f64, again: &mut dyn Iterator<Item = f64>| {
            let (low, high) = interval(again.collect());
            Index { value, low, high }
        };
        let both = values.iter().zip(&again).map(|((first, total), again)| {
            let first = index(*first, &mut again.iter().map(|pair| pair.0));
            (first, index(*total, &mut again.iter().map(|pair| pair.1)))
        });
        Some(both.collect())
    }

    /// How many points have a value in every column.
    pub fn whole(&self) -> usize {
        (0..self.first.len()).filter(|row| self.is_whole(*row)).count()
    }

    fn is_whole(&self, row: usize) -> bool {
        let all = [&self.first, &self.second].into_iter().chain(&self.swapped);
        all.map(|column| column[row]).all(f64::is_finite)
    }

    fn centre(&self, rows: &[usize]) -> Option<f64> {
        let sum: f64 = rows.iter().map(|row| self.first[*row] + self.second[*row]).sum();
        (rows.len() > 1).then(|| sum / (2 * rows.len()) as f64)
    }

    /// Values are taken from the centre, which leaves less noise in the products.
    fn pair(&self, input: usize, rows: &[usize], centre: f64) -> (f64, f64) {
        let (mut sum, mut square, mut cross, mut apart) = (0.0, 0.0, 0.0, 0.0);
        for row in rows {
            let (a, b) = (self.first[*row] - centre, self.second[*row] - centre);
            let step = self.swapped[input][*row] - self.first[*row];
            sum += a + b;
            square += a * a + b * b;
            cross += b * step;
            apart += step * step;
        }
        let count = rows.len() as f64;
        let mean = sum / (2.0 * count);
        let variance = square / (2.0 * count) - mean * mean;
        (cross / count / variance, apart / (2.0 * count) / variance)
    }
}

/// As many rows, each drawn from all.
fn resampled(rows: &[usize], seed: u64, round: u64) -> Vec<usize> {
    let word = |place: usize| philox([place as u64, round, 0x626f_6f74, 0], key(seed))[0];
    (0..rows.len()).map(|place| rows[((word(place) * rows.len() as u64) >> 32) as usize]).collect()
}

fn interval(mut values: Vec<f64>) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    let out = values.len() / 40;
    (values[out], values[values.len() - 1 - out])
}

#[cfg(test)]
mod tests {
    use super::super::{Draws, Sampling, Stream};
    use super::*;

    fn design(inputs: usize, function: impl Fn(&[f64]) -> f64) -> Design {
        let streams: Vec<Stream> = (0..2 * inputs as u32).map(Stream::Numbered).collect();
        let draws = Draws::new(1, Sampling::Sobol, 0, &streams).expect("few inputs");
        let mut columns = vec![vec![0.0; 4096]; 2 * inputs];
        draws.uniforms(0, &mut columns.iter_mut().map(Vec::as_mut_slice).collect::<Vec<_>>());
        let at = |swap: Option<usize>, from: usize| -> Vec<f64> {
            let source = |input: usize| if swap == Some(input) { inputs + input } else { from + input };
            let point = |row: usize| (0..inputs).map(|input| columns[source(input)][row]).collect::<Vec<_>>();
            (0..4096).map(|row| function(&point(row))).collect()
        };
        Design {
            first: at(None, 0),
            second: at(None, inputs),
            swapped: (0..inputs).map(|input| at(Some(input), 0)).collect(),
        }
    }

    #[test]
    fn ishigami_has_its_known_indices() {
        let pi = std::f64::consts::PI;
        let indices = design(3, |x| {
            let x: Vec<f64> = x.iter().map(|u| (2.0 * u - 1.0) * pi).collect();
            let (sine, second) = (libm::sin(x[0]), libm::sin(x[1]));
            sine + 7.0 * second * second + 0.1 * x[2] * x[2] * x[2] * x[2] * sine
        })
        .indices(1)
        .expect("it varies");
        for ((first, total), (s, t)) in indices.iter().zip([(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)]) {
            assert!((first.value - s).abs() < 0.015 && (total.value - t).abs() < 0.015, "{indices:?}");
            assert!(first.low <= s && s <= first.high, "{indices:?}");
        }
        assert!(!indices[2].0.is_separable() && indices[2].1.is_separable());
    }

    #[test]
    fn the_g_function_has_its_known_indices() {
        let weights = [0.0, 1.0, 4.5, 9.0, 99.0];
        let parts = weights.map(|a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
        let variance = parts.iter().map(|part| 1.0 + part).product::<f64>() - 1.0;
        let indices =
            design(5, |x| x.iter().zip(weights).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product())
                .indices(1)
                .expect("it varies");
        for (at, (first, total)) in indices.iter().enumerate() {
            let known = parts[at] / variance;
            let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
            let known_total = known * others.map(|(_, part)| 1.0 + part).product::<f64>();
            assert!((first.value - known).abs() < 0.02, "{at}: {first:?} {known}");
            assert!((total.value - known_total).abs() < 0.02, "{at}: {total:?} {known_total}");
        }
    }

    #[test]
    fn what_does_not_vary_has_no_indices() {
        assert_eq!(design(2, |_| 1.0).indices(1), None);
        assert_eq!(design(2, |_| f64::NAN).indices(1), None);
    }
}
