//! The standard normal: its quantile function (AS241 of Wichura, 1988) and its distribution function.

use super::elementary::{horner, ln};
use super::wide::wide;

/// The quantile of 95%: half the width of a range that holds nine draws in ten.
pub const Q95: f64 = 1.644_853_626_951_472_2;

/// Which value a standard normal stays below with probability `p`, a number between 0 and 1.
pub fn quantile(p: f64) -> f64 {
    let middle = p - 0.5;
    if middle.abs() <= MIDDLE { near(middle) } else { tail(p) }
}

/// The probability of staying below `x`.
pub fn below(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// The density at `x`.
pub fn density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) * 0.398_942_280_401_432_7
}

/// A rational function: the terms of both polynomials, lowest first.
#[derive(Debug, Clone, Copy)]
pub struct Ratio {
    pub above: [f64; 8],
    pub below: [f64; 8],
}

/// The middle of AS241, in `0.180625` less the square of the distance from one half; times that distance.
pub const NEAR: Ratio = Ratio { above: A, below: B };
/// Its tails, in the root of minus the logarithm of the probability outside, less 1.6.
pub const TAIL: Ratio = Ratio { above: C, below: D };
/// Their far ends, where that root is above 5, in it less 5.
pub const FAR: Ratio = Ratio { above: E, below: F };

/// How many lanes are worked on together.
const TILE: usize = 128;

/// Turns probabilities into quantiles, each to the same bits as [`quantile`].
pub fn quantiles(values: &mut [f64]) {
    for tile in values.chunks_mut(TILE) {
        let mut far = [0.0; TILE];
        let mut places = [0_usize; TILE];
        let mut count = 0;
        // Few lanes are in the tails, whose formula is dear: they are put side by side first.
        for (place, p) in tile.iter().enumerate() {
            far[count] = *p;
            places[count] = place;
            count += usize::from((p - 0.5).abs() > MIDDLE);
        }
        near_all(tile);
        tail_all(&mut far[..count]);
        for (place, value) in places[..count].iter().zip(&far) {
            tile[*place] = *value;
        }
    }
}

wide! {
    fn near_all(values: &mut [f64]) {
        for value in values.iter_mut() {
            *value = near(*value - 0.5);
        }
    }
}

wide! {
    fn tail_all(values: &mut [f64]) {
        for value in values.iter_mut() {
            *value = tail(*value);
        }
    }
}

/// How far from one half the formula of the middle holds.
pub const MIDDLE: f64 = 0.425;

#[inline(always)]
fn near(middle: f64) -> f64 {
    let r = 0.180_625 - middle * middle;
    middle * horner(&A, r) / horner(&B, r)
}

/// Both formulas of the tails are computed: choosing between them would keep the loop from being vectorised.
#[inline(always)]
fn tail(p: f64) -> f64 {
    let outside = if p < 0.5 { p } else { 1.0 - p };
    let r = (-ln(outside)).sqrt();
    let is_far = r > 5.0;
    let (t, s) = (r - 1.6, r - 5.0);
    let (above, under) = if is_far { (horner(&E, s), horner(&F, s)) } else { (horner(&C, t), horner(&D, t)) };
    let size = above / under;
    if p < 0.5 { -size } else { size }
}

const A: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const B: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_854,
];
const C: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const D: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const E: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288e-7,
];
const F: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_quantiles_are_met() {
        // Of SciPy's norm.ppf.
        for (p, z) in [
            (0.5, 0.0),
            (0.95, 1.644_853_626_951_472_2),
            (0.25, -0.674_489_750_196_081_7),
            (0.975, 1.959_963_984_540_054),
            (0.001, -3.090_232_306_167_813),
            (1e-20, -9.262_340_089_798_409),
        ] {
            assert!((quantile(p) - z).abs() <= 1e-15 * z.abs(), "{p}: {} against {z}", quantile(p));
        }
    }

    #[test]
    fn a_block_has_the_bits_of_its_single_values() {
        let numbers: Vec<f64> =
            (1..1_000).map(|step| f64::from(step) / 1_000.0).chain([1e-17, 1e-300, 0.999_999]).collect();
        let mut block = numbers.clone();
        quantiles(&mut block);
        for (p, z) in numbers.iter().zip(&block) {
            assert_eq!(quantile(*p).to_bits(), z.to_bits());
        }
    }

    #[test]
    fn the_two_functions_are_inverse() {
        for step in 1..200 {
            let p = f64::from(step) / 200.0;
            assert!((below(quantile(p)) - p).abs() < 1e-15);
        }
    }
}
