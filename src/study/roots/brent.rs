//! Brent's two methods: a root between two signs, and the lowest point of a bracket.

/// More steps than either method takes.
const MOST: usize = 200;

/// The zero of `f` between `a` and `b`, where it has values of different signs.
pub(super) fn zero(f: &mut dyn FnMut(f64) -> f64, (a, fa): (f64, f64), (b, fb): (f64, f64)) -> (f64, f64) {
    let (mut a, mut fa, mut b, mut fb) = (a, fa, b, fb);
    let (mut c, mut fc, mut step, mut before) = (a, fa, b - a, b - a);
    for _ in 0..MOST {
        if (fb > 0.0) == (fc > 0.0) {
            (c, fc, step, before) = (a, fa, b - a, b - a);
        }
        if fc.abs() < fb.abs() {
            (a, fa, b, fb, c, fc) = (b, fb, c, fc, b, fb);
        }
        let (middle, least) = ((c - b) / 2.0, 2.0 * f64::EPSILON * b.abs());
        if middle.abs() <= least || fb == 0.0 {
            break;
        }
        let curved =
            if before.abs() > least && fa.abs() > fb.abs() { curve((a, fa), (b, fb), (c, fc)) } else { middle };
        let is_good = curved * middle > 0.0 && curved.abs() < (1.5 * middle).abs() && curved.abs() < before.abs() / 2.0;
        (before, step) = if is_good { (step, curved) } else { (middle, middle) };
        (a, fa) = (b, fb);
        b += if step.abs() > least { step } else { least.max(f64::MIN_POSITIVE).copysign(middle) };
        fb = f(b);
        if !fb.is_finite() {
            break;
        }
    }
    (b, fb)
}

/// How far from `b` the curve through three points meets zero: a parabola lying on its side, or a line through two.
fn curve((a, fa): (f64, f64), (b, fb): (f64, f64), (c, fc): (f64, f64)) -> f64 {
    let s = fb / fa;
    if a == c {
        return s * (b - a) / (1.0 - s);
    }
    let (q, r) = (fa / fc, fb / fc);
    let above = s * ((c - b) * q * (q - r) - (b - a) * (r - 1.0));
    -above / ((q - 1.0) * (r - 1.0) * (s - 1.0))
}

/// The lowest point of `f` in a bracket whose middle lies below its ends, by golden sections.
pub(super) fn lowest(
    f: &mut dyn FnMut(f64) -> f64,
    (low, middle, high): (f64, f64, f64),
    at_middle: f64,
) -> (f64, f64) {
    const SHARE: f64 = 0.381_966_011_250_105_1;
    let (mut low, mut high, mut best, mut value) = (low, high, middle, at_middle);
    for _ in 0..MOST {
        if high - low <= 1e-12 * (low.abs() + high.abs()) {
            break;
        }
        let other = if best - low > high - best { best - SHARE * (best - low) } else { best + SHARE * (high - best) };
        let at_other = f(other);
        let (inner, outer) = if at_other < value { (other, best) } else { (best, other) };
        if outer < inner {
            low = outer;
        } else {
            high = outer;
        }
        (best, value) = (inner, value.min(at_other));
    }
    (best, value)
}
