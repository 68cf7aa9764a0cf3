//! The six draws of W1, written by hand, block by block.

#![allow(clippy::excessive_precision, reason = "the coefficients as they were published")]

pub const BLOCK: usize = 512;

const SEED: u64 = 20_260_714;

/// A block of draws.
pub struct Draws {
    pub beta: [f64; BLOCK],
    pub rf: [f64; BLOCK],
    pub erp: [f64; BLOCK],
    pub g: [f64; BLOCK],
    pub pay: [f64; BLOCK],
    pub mult: [f64; BLOCK],
}

impl Default for Draws {
    fn default() -> Draws {
        let none = [0.0; BLOCK];
        Draws { beta: none, rf: none, erp: none, g: none, pay: none, mult: none }
    }
}

/// The draws from a number on.
#[inline(always)]
pub fn draw(first: u64, draws: &mut Draws) {
    uniforms(first, 0, &mut draws.beta, &mut draws.rf);
    uniforms(first, 1, &mut draws.erp, &mut draws.g);
    uniforms(first, 2, &mut draws.pay, &mut draws.mult);
    normal(&mut draws.beta);
    normal(&mut draws.g);
    normal(&mut draws.mult);
    for lane in 0..BLOCK {
        draws.beta[lane] = 1.06 + 0.05 * draws.beta[lane];
        draws.g[lane] = 0.16 + 0.02 * draws.g[lane];
        draws.mult[lane] = exp(-0.02 + 0.20 * draws.mult[lane]);
        draws.rf[lane] = triangular(draws.rf[lane], 0.018, 0.020, 0.022);
        draws.erp[lane] = triangular(draws.erp[lane], 0.055, 0.060, 0.065);
        draws.pay[lane] = triangular(draws.pay[lane], 0.15, 0.26, 0.40);
    }
}

/// Philox4x32-10: two uniform numbers a counter.
#[inline(always)]
fn uniforms(first: u64, pair: u32, left: &mut [f64; BLOCK], right: &mut [f64; BLOCK]) {
    for lane in 0..BLOCK {
        let number = first + lane as u64;
        let (mut a, mut b, mut c, mut d) = (number & MASK, number >> 32, u64::from(pair), 0u64);
        let (mut k0, mut k1) = (SEED & MASK, SEED >> 32);
        for _ in 0..10 {
            let (p, q) = (0xD251_1F53 * a, 0xCD9E_8D57 * c);
            (a, b, c, d) = ((q >> 32) ^ b ^ k0, q & MASK, (p >> 32) ^ d ^ k1, p & MASK);
            k0 = (k0 + 0x9E37_79B9) & MASK;
            k1 = (k1 + 0xBB67_AE85) & MASK;
        }
        left[lane] = uniform(b << 32 | a);
        right[lane] = uniform(d << 32 | c);
    }
}

const MASK: u64 = 0xFFFF_FFFF;

#[inline(always)]
fn uniform(word: u64) -> f64 {
    ((word >> 11) as i64 as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
}

#[inline(always)]
fn triangular(u: f64, low: f64, mode: f64, high: f64) -> f64 {
    let cut = (mode - low) / (high - low);
    let left = low + (u * (high - low) * (mode - low)).sqrt();
    let right = high - ((1.0 - u) * (high - low) * (high - mode)).sqrt();
    if u < cut { left } else { right }
}

/// AS241: the middle of all lanes at once, the tails gathered.
#[inline(always)]
fn normal(column: &mut [f64; BLOCK]) {
    let mut tails = [0usize; BLOCK];
    let mut uniform = [0.0; BLOCK];
    let mut count = 0;
    for (lane, x) in column.iter_mut().enumerate() {
        let u = *x;
        tails[count] = lane;
        uniform[count] = u;
        count += usize::from((u - 0.5).abs() > 0.425);
        let q = u - 0.5;
        let r = 0.180625 - q * q;
        *x = q * polynomial(r, &A) / polynomial(r, &B);
    }
    let tail = &mut uniform[..count.next_multiple_of(8).min(BLOCK)];
    for u in tail.iter_mut() {
        let q = *u - 0.5;
        let p = if q < 0.0 { *u } else { 1.0 - *u };
        let r = (-ln(p)).sqrt();
        let (near, far) = (r - 1.6, r - 5.0);
        let middle = polynomial(near, &C) / polynomial(near, &D);
        let outside = polynomial(far, &E) / polynomial(far, &F);
        let x = if r <= 5.0 { middle } else { outside };
        *u = if q < 0.0 { -x } else { x };
    }
    for at in 0..count {
        column[tails[at]] = uniform[at];
    }
}

#[inline(always)]
fn polynomial(x: f64, coefficients: &[f64; 8]) -> f64 {
    let mut sum = coefficients[7];
    for at in (0..7).rev() {
        sum = sum * x + coefficients[at];
    }
    sum
}

#[inline(always)]
fn exp(x: f64) -> f64 {
    let k = x * std::f64::consts::LOG2_E + 6_755_399_441_055_744.0;
    let bits = k.to_bits() << 52;
    let k = k - 6_755_399_441_055_744.0;
    let r = x - k * 0.693_147_180_369_123_8 - k * 1.908_214_929_270_587_7e-10;
    let mut sum = 1.0 / 6_227_020_800.0;
    for divisor in
        [479_001_600.0, 39_916_800.0, 3_628_800.0, 362_880.0, 40_320.0, 5_040.0, 720.0, 120.0, 24.0, 6.0, 2.0, 1.0, 1.0]
    {
        sum = sum * r + 1.0 / divisor;
    }
    f64::from_bits(sum.to_bits().wrapping_add(bits))
}

#[inline(always)]
fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let top = bits.wrapping_sub(0x3FE6_A09E_667F_3BCD);
    let k = (top as i64 >> 52) as f64;
    let m = f64::from_bits(bits.wrapping_sub(top & 0xFFF0_0000_0000_0000));
    let f = (m - 1.0) / (m + 1.0);
    let s = f * f;
    let mut sum = 1.0 / 23.0;
    for divisor in [21.0, 19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0] {
        sum = sum * s + 1.0 / divisor;
    }
    k * std::f64::consts::LN_2 + (2.0 * f + 2.0 * f * s * sum)
}

const A: [f64; 8] = [
    3.3871328727963666080e0,
    1.3314166789178437745e2,
    1.9715909503065514427e3,
    1.3731693765509461125e4,
    4.5921953931549871457e4,
    6.7265770927008700853e4,
    3.3430575583588128105e4,
    2.5090809287301226727e3,
];
const B: [f64; 8] = [
    1.0,
    4.2313330701600911252e1,
    6.8718700749205790830e2,
    5.3941960214247511077e3,
    2.1213794301586595867e4,
    3.9307895800092710610e4,
    2.8729085735721942674e4,
    5.2264952788528545610e3,
];
const C: [f64; 8] = [
    1.42343711074968357734e0,
    4.63033784615654529590e0,
    5.76949722146069140550e0,
    3.64784832476320460504e0,
    1.27045825245236838258e0,
    2.41780725177450611770e-1,
    2.27238449892691845833e-2,
    7.74545014278341407640e-4,
];
const D: [f64; 8] = [
    1.0,
    2.05319162663775882187e0,
    1.67638483018380384940e0,
    6.89767334985100004550e-1,
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9,
];
const E: [f64; 8] = [
    6.65790464350110377720e0,
    5.46378491116411436990e0,
    1.78482653991729133580e0,
    2.96560571828504891230e-1,
    2.65321895265761230930e-2,
    1.24266094738807843860e-3,
    2.71155556874348757815e-5,
    2.01033439929228813265e-7,
];
const F: [f64; 8] = [
    1.0,
    5.99832206555887937690e-1,
    1.36929880922735805310e-1,
    1.48753612908506148525e-2,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15,
];
