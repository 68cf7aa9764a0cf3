//! `Latin`: each of `n` equal strata is drawn from once, in an order that can be asked for at any place.

use super::stream::mix;

/// A keyed permutation of the numbers below a length, computed place by place.
#[derive(Debug, Clone, Copy)]
pub struct Permutation {
    length: u64,
    /// One for each round.
    keys: [u64; ROUNDS],
    /// How many bits the two halves of a number have.
    halves: [u32; 2],
}

/// Rounds of the Feistel network; an even number, so that the halves end where they began.
const ROUNDS: usize = 6;

impl Permutation {
    /// The permutation of a key on `0..length`.
    pub fn new(length: u64, key: u64) -> Permutation {
        let bits = (64 - length.saturating_sub(1).leading_zeros()).max(2);
        let keys = std::array::from_fn(|round| mix(key.wrapping_add(round as u64)));
        Permutation { length, keys, halves: [bits / 2, bits - bits / 2] }
    }

    /// Where a place goes; steps again while the network leaves the length, which it does at most every other time.
    pub fn at(&self, place: u64) -> u64 {
        let mut number = self.step(place);
        while number >= self.length && self.length > 0 {
            number = self.step(number);
        }
        number
    }

    fn step(&self, number: u64) -> u64 {
        let [mut left_bits, mut right_bits] = self.halves;
        let (mut left, mut right) = (number >> right_bits, number & ones(right_bits));
        for key in self.keys {
            let mixed = mix(right ^ key) & ones(left_bits);
            (left, right) = (right, left ^ mixed);
            (left_bits, right_bits) = (right_bits, left_bits);
        }
        (left << right_bits) | right
    }
}

fn ones(bits: u32) -> u64 {
    (1 << bits) - 1
}

/// Moves uniform numbers, those of the draws from `first` on, each into the stratum that its draw is given.
pub fn stratify(permutation: &Permutation, first: u64, uniforms: &mut [f64]) {
    let width = 1.0 / permutation.length as f64;
    for (lane, uniform) in uniforms.iter_mut().enumerate() {
        let stratum = permutation.at(first + lane as u64) as f64;
        *uniform = ((stratum + *uniform) * width).min(super::philox::BELOW_ONE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_once() {
        for length in [1, 2, 3, 5, 64, 1_000, 4_097] {
            let permutation = Permutation::new(length, 42);
            let mut all: Vec<u64> = (0..length).map(|place| permutation.at(place)).collect();
            all.sort_unstable();
            assert!(all.into_iter().eq(0..length), "{length}");
        }
    }

    #[test]
    fn places_and_strata_are_not_related() {
        let length = 10_000;
        let permutation = Permutation::new(length, 7);
        let centre = (length - 1) as f64 / 2.0;
        let product: f64 =
            (0..length).map(|place| (place as f64 - centre) * (permutation.at(place) as f64 - centre)).sum();
        let cube = length as f64 * length as f64 * length as f64;
        let correlation = product / cube * 12.0;
        assert!(correlation.abs() < 0.04, "{correlation}");
    }

    #[test]
    fn each_stratum_is_drawn_from_once() {
        let permutation = Permutation::new(100, 3);
        let mut uniforms = [0.5; 100];
        stratify(&permutation, 0, &mut uniforms);
        let mut strata: Vec<usize> = uniforms.iter().map(|u| (u * 100.0) as usize).collect();
        strata.sort_unstable();
        assert!(strata.into_iter().eq(0..100));
    }
}
