//! `philox`: random words that are a function of a counter and a key, so that any draw can be made by itself.
//!
//! Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011).

/// The lower half of a word; all words here are held in 64 bits, so that loops over them vectorise.
const LOW: u64 = 0xffff_ffff;

const MULTIPLIERS: [u64; 2] = [0xd251_1f53, 0xcd9e_8d57];

/// What the key moves by from round to round.
const WEYL: [u32; 2] = [0x9e37_79b9, 0xbb67_ae85];

/// Four random words of 32 bits for a counter of four such words.
#[inline(always)]
pub fn philox(counter: [u64; 4], key: [u32; 2]) -> [u64; 4] {
    let [mut c0, mut c1, mut c2, mut c3] = counter;
    let [mut k0, mut k1] = key;
    for _ in 0..10 {
        let (left, right) = ((c0 & LOW) * MULTIPLIERS[0], (c2 & LOW) * MULTIPLIERS[1]);
        (c0, c1, c2, c3) =
            ((right >> 32) ^ c1 ^ u64::from(k0), right & LOW, (left >> 32) ^ c3 ^ u64::from(k1), left & LOW);
        (k0, k1) = (k0.wrapping_add(WEYL[0]), k1.wrapping_add(WEYL[1]));
    }
    [c0, c1, c2, c3]
}

/// The key of a seed.
pub fn key(seed: u64) -> [u32; 2] {
    [seed as u32, (seed >> 32) as u32]
}

/// A number strictly between 0 and 1 from two words: the middle of one of 2^53 equal steps.
#[inline(always)]
pub fn unit(low: u64, high: u64) -> f64 {
    let steps = small(high) * 2_097_152.0 + (small(low >> 11) + 0.5);
    let number = steps * (1.0 / 9_007_199_254_740_992.0);
    if number < BELOW_ONE { number } else { BELOW_ONE }
}

/// The largest number below 1: the last of the steps would round to 1 itself.
pub const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

/// A whole number below 2^32 as a number, by way of its bits, which every vector unit can do.
#[inline(always)]
fn small(word: u64) -> f64 {
    f64::from_bits(word | 0x4330_0000_0000_0000) - 4_503_599_627_370_496.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_answers_are_met() {
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        let ones = u64::from(u32::MAX);
        assert_eq!(philox([ones; 4], [u32::MAX; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        let pi = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344];
        let answer = philox(pi, [0xa409_3822, 0x299f_31d0]);
        assert_eq!(answer, [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]);
    }

    #[test]
    fn a_unit_number_is_never_an_end() {
        assert_eq!(unit(0, 0), 0.5 / 9_007_199_254_740_992.0);
        assert_eq!(unit(LOW, LOW), BELOW_ONE);
        assert_eq!(unit(0, 1 << 31), 0.5 + f64::EPSILON / 4.0);
    }
}
