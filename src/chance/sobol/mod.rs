//! `Sobol`: points that fill the cube evenly, each coordinate scrambled by its own key (Owen, 1995).

use super::philox::BELOW_ONE;
use super::stream::mix;
use super::wide::wide;

/// The published table of directions, one row for each dimension after the first.
const TABLE: &str = include_str!("joe_kuo.txt");

/// How many dimensions the table reaches.
pub const DIMENSIONS: usize = 256;

/// One coordinate of the sequence.
#[derive(Debug, Clone)]
pub struct Sobol {
    /// What each bit of the place of a point turns over.
    directions: [u64; 64],
}

impl Sobol {
    /// The coordinate of a dimension, counted from 0; nothing beyond the table.
    pub fn dimension(dimension: usize) -> Option<Sobol> {
        let mut directions = [0; 64];
        match dimension {
            0 => (0..64).for_each(|bit| directions[bit] = 1 << (63 - bit)),
            _ => directions = recurrence(&row(dimension)?),
        }
        Some(Sobol { directions })
    }

    /// The points from `first` on in Gray order, scrambled by a key.
    pub fn fill(&self, key: u64, first: u64, out: &mut [f64]) {
        const TILE: usize = 128;
        let mut bits = [0; TILE];
        for (tile, out) in out.chunks_mut(TILE).enumerate() {
            self.bits(first + (tile * TILE) as u64, &mut bits[..out.len()]);
            scramble_all(key, &bits[..out.len()], out);
        }
    }

    /// One point as it stands in the sequence, not scrambled.
    pub fn plain(&self, place: u64) -> f64 {
        (self.at(place) >> 11) as f64 / 9_007_199_254_740_992.0
    }

    fn bits(&self, first: u64, out: &mut [u64]) {
        let mut point = self.at(first);
        for (lane, out) in out.iter_mut().enumerate() {
            *out = point;
            point ^= self.directions[((first + lane as u64 + 1).trailing_zeros() & 63) as usize];
        }
    }

    fn at(&self, place: u64) -> u64 {
        let gray = place ^ (place >> 1);
        (0..64).filter(|bit| gray >> bit & 1 == 1).fold(0, |point, bit| point ^ self.directions[bit])
    }
}

/// The degree, the inner coefficients and the first numbers of a dimension.
fn row(dimension: usize) -> Option<Vec<u64>> {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    let found = rows.into_iter().nth(dimension - 1)?;
    Some(found.split_whitespace().skip(1).filter_map(|word| word.parse().ok()).collect())
}

/// Extends the first numbers of a row to 64 directions by its primitive polynomial.
fn recurrence(row: &[u64]) -> [u64; 64] {
    let (degree, inner, first) = (row[0] as usize, row[1], &row[2..]);
    let mut directions = [0; 64];
    for bit in 0..64 {
        directions[bit] = match first.get(bit) {
            Some(number) => number << (63 - bit),
            None => {
                let back = directions[bit - degree];
                let taken = (1..degree).filter(|term| inner >> (degree - 1 - term) & 1 == 1);
                taken.fold(back ^ (back >> degree), |sum, term| sum ^ directions[bit - term])
            }
        };
    }
    directions
}

wide! {
    fn scramble_all(key: u64, bits: &[u64], out: &mut [f64]) {
        let keys = [mix(key), mix(key ^ 0x9e37_79b9_7f4a_7c15), mix(key ^ 0xd1b5_4a32_d192_ed03), mix(!key)];
        for (bits, out) in bits.iter().zip(out.iter_mut()) {
            let scrambled = scramble(bits.reverse_bits(), keys).reverse_bits();
            let number = ((scrambled >> 11) as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0);
            *out = if number < BELOW_ONE { number } else { BELOW_ONE };
        }
    }
}

/// Turns over each bit by what the bits below it and the keys say, as nested scrambling does; the bits stand reversed.
///
/// Adding, multiplying by an odd number, and `x ^= x * even` all carry upwards only (Laine and Karras, 2011).
#[inline(always)]
fn scramble(mut x: u64, keys: [u64; 4]) -> u64 {
    for [add, times] in [[keys[0], keys[1]], [keys[2], keys[3]]] {
        x ^= x.wrapping_mul(0x5e34_9d2c_3d20_adea);
        x = x.wrapping_add(add);
        x = x.wrapping_mul(times | 1);
        x ^= x.wrapping_mul(0x8f1b_bcdc_0552_6c56);
        x ^= x.wrapping_mul(0xa953_fd4e_53a2_2864);
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_points_are_met() {
        let points = |dimension: usize, places: &[u64]| -> Vec<f64> {
            let sobol = Sobol::dimension(dimension).expect("in the table");
            places.iter().map(|place| sobol.plain(*place)).collect()
        };
        assert_eq!(points(0, &[0, 1, 2, 3, 4, 5]), [0.0, 0.5, 0.75, 0.25, 0.375, 0.875]);
        assert_eq!(points(2, &[4, 5, 6, 7]), [0.625, 0.125, 0.875, 0.375]);
        assert_eq!(points(3, &[4, 5, 6, 7]), [0.875, 0.375, 0.625, 0.125]);
        // The 1000th of SciPy's qmc.Sobol(256, scramble=False).
        for (dimension, number) in [
            (0, 0.219_726_56),
            (1, 0.096_679_69),
            (10, 0.084_960_94),
            (63, 0.446_289_06),
            (100, 0.768_554_69),
            (255, 0.249_023_44),
        ] {
            assert!((points(dimension, &[1000])[0] - number).abs() < 1e-8, "{dimension}");
        }
        assert!(Sobol::dimension(DIMENSIONS).is_none());
    }

    #[test]
    fn scrambled_points_keep_one_in_each_stratum() {
        for dimension in [0, 1, 7, 200] {
            let mut out = [0.0; 1024];
            Sobol::dimension(dimension).expect("in the table").fill(99, 2048, &mut out);
            let mut hit = [false; 1024];
            out.iter().for_each(|u| hit[(u * 1024.0) as usize] = true);
            assert!(hit.iter().all(|hit| *hit), "{dimension}");
        }
    }

    #[test]
    fn scrambling_makes_every_point_uniform() {
        let sobol = Sobol::dimension(5).expect("in the table");
        let (mut mean, mut upper) = ([0.0; 4], [0; 4]);
        for key in 0..4_000 {
            let mut out = [0.0; 4];
            sobol.fill(mix(key), 3, &mut out);
            for lane in 0..4 {
                mean[lane] += out[lane] / 4_000.0;
                upper[lane] += usize::from((out[lane] * 8.0) as usize % 2 == 1);
            }
        }
        assert!(mean.iter().all(|mean| (mean - 0.5).abs() < 4.0 * 0.2887 / 63.2), "{mean:?}");
        assert!(upper.iter().all(|upper| upper.abs_diff(2_000) < 130), "{upper:?}");
    }

    #[test]
    fn a_smooth_mean_is_far_nearer_than_with_plain_draws() {
        let dimensions: Vec<Sobol> = (0..4).filter_map(Sobol::dimension).collect();
        let mut squares = 0.0;
        for seed in 0..50 {
            let mut product = [1.0; 1024];
            for (dimension, sobol) in dimensions.iter().enumerate() {
                let mut out = [0.0; 1024];
                sobol.fill(mix(seed * 64 + dimension as u64), 0, &mut out);
                product.iter_mut().zip(out).for_each(|(product, u)| *product *= 0.5 + u);
            }
            let error = product.iter().sum::<f64>() / 1024.0 - 1.0;
            squares += error * error / 50.0;
        }
        // Plain draws would be off by 0.0189.
        assert!(squares.sqrt() < 0.0008, "{}", squares.sqrt());
    }
}
