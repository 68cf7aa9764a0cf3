//! `exp` and `ln` as straight lines of additions and multiplications, which vectorise and give the same bits everywhere.

/// ln 2 in two parts: the first has so few bits that its multiples are exact.
const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// Adding this rounds a number to a whole one, which then stands in the lowest bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// One over the factorials of 2 to 13.
const EXP: [f64; 12] = [
    0.5,
    1.0 / 6.0,
    1.0 / 24.0,
    1.0 / 120.0,
    1.0 / 720.0,
    1.0 / 5_040.0,
    1.0 / 40_320.0,
    1.0 / 362_880.0,
    1.0 / 3_628_800.0,
    1.0 / 39_916_800.0,
    1.0 / 479_001_600.0,
    1.0 / 6_227_020_800.0,
];

/// e to the power of a number, within two units in the last place.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    let inside = x.clamp(-746.0, 710.0);
    let rounded = inside * std::f64::consts::LOG2_E + ROUND;
    let twos = rounded - ROUND;
    let rest = (inside - twos * LN2_HIGH) - twos * LN2_LOW;
    let grown = 1.0 + (rest + rest * rest * horner(&EXP, rest));
    // The power of two in two steps, so that it neither overflows nor vanishes too early.
    let power = rounded.to_bits().wrapping_sub(ROUND.to_bits()) as i64;
    let half = power >> 1;
    let scaled = grown * two_to(half) * two_to(power - half);
    if x.is_nan() { x } else { scaled }
}

/// Two to a whole power between -1022 and 1023.
#[inline(always)]
fn two_to(power: i64) -> f64 {
    f64::from_bits(((power + 1023) as u64) << 52)
}

/// The coefficients of (ln((1 + s) / (1 - s)) - 2 s) / s in s squared, of FreeBSD's libm.
const LN: [f64; 7] = [
    6.666_666_666_666_735e-1,
    3.999_999_999_940_942e-1,
    2.857_142_874_366_239e-1,
    2.222_219_843_214_978_4e-1,
    1.818_357_216_161_805e-1,
    1.531_383_769_920_937_3e-1,
    1.479_819_860_511_658_6e-1,
];

/// The natural logarithm of a positive, normal, finite number, within one unit in the last place.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    // The number is 2^power * (1 + above), where 1 + above lies between the roots of 1/2 and of 2.
    let bits = x.to_bits().wrapping_add(0x3ff0_0000_0000_0000 - 0x3fe6_a09e_6000_0000);
    let power = small((bits >> 52) & 0x7ff) - 1023.0;
    let above = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) + 0x3fe6_a09e_6000_0000) - 1.0;
    let s = above / (2.0 + above);
    let squared = s * s;
    let rest = squared * horner(&LN, squared);
    let half = 0.5 * above * above;
    power * LN2_HIGH - ((half - (s * (half + rest) + power * LN2_LOW)) - above)
}

#[inline(always)]
fn small(word: u64) -> f64 {
    f64::from_bits(word | 0x4330_0000_0000_0000) - 4_503_599_627_370_496.0
}

/// A polynomial, the constant first.
#[inline(always)]
pub fn horner<const N: usize>(coefficients: &[f64; N], x: f64) -> f64 {
    let mut sum = coefficients[N - 1];
    for place in (0..N - 1).rev() {
        sum = sum * x + coefficients[place];
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps_between(a: f64, b: f64) -> u64 {
        a.to_bits().abs_diff(b.to_bits())
    }

    #[test]
    fn exp_agrees_with_the_library() {
        let mut worst = 0;
        for step in -700_000..700_000 {
            let x = f64::from(step) * 0.001_013;
            worst = worst.max(steps_between(exp(x), libm::exp(x)));
        }
        assert!(worst <= 2, "{worst}");
    }

    #[test]
    fn exp_ends_where_numbers_end() {
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(-800.0), 0.0);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert_eq!(exp(800.0), f64::INFINITY);
        assert!(exp(f64::NAN).is_nan());
        assert!(exp(-740.0) > 0.0);
    }

    #[test]
    fn ln_agrees_with_the_library() {
        let mut worst = 0;
        for step in 1..400_000 {
            let step = f64::from(step);
            for x in [step * 2.5e-6, step * 0.37, 1.0 + step * 1e-9, libm::exp(-step * 0.001)] {
                worst = worst.max(steps_between(ln(x), libm::log(x)));
            }
        }
        assert!(worst <= 2, "{worst}");
        assert_eq!(ln(1.0), 0.0);
        assert_eq!(ln(f64::MIN_POSITIVE), libm::log(f64::MIN_POSITIVE));
    }
}
