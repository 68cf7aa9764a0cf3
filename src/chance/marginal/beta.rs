//! The incomplete beta function, which says how a beta distribution is spread over 0 to 1.

/// The shape of a beta distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beta {
    pub a: f64,
    pub b: f64,
    /// The logarithm of the integral of its unscaled density.
    ln_total: f64,
}

impl Beta {
    /// The distribution with density proportional to `x^(a-1) (1-x)^(b-1)`.
    pub fn new(a: f64, b: f64) -> Beta {
        Beta { a, b, ln_total: libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b) }
    }

    /// The density at `x` and the probability of staying below it, for `0 < x < 1`.
    pub fn density_and_below(&self, x: f64) -> (f64, f64) {
        // `x^a (1-x)^b` over the total: both are made of it.
        let scale = libm::exp(self.a * libm::log(x) + self.b * libm::log1p(-x) - self.ln_total);
        let below = if x < (self.a + 1.0) / (self.a + self.b + 2.0) {
            scale * fraction(self.a, self.b, x) / self.a
        } else {
            1.0 - scale * fraction(self.b, self.a, 1.0 - x) / self.b
        };
        (scale / (x * (1.0 - x)), below)
    }

    /// The probability of staying below `x`.
    pub fn below(&self, x: f64) -> f64 {
        match x {
            _ if x <= 0.0 => 0.0,
            _ if x >= 1.0 => 1.0,
            _ => self.density_and_below(x).1.clamp(0.0, 1.0),
        }
    }

    /// A first guess of the quantile of a small probability.
    pub fn near_zero(&self, p: f64) -> f64 {
        libm::exp((libm::log(p) + libm::log(self.a) + self.ln_total) / self.a)
    }
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |number: f64| if number.abs() < TINY { TINY } else { number };
    let (mut c, mut d) = (1.0, 1.0 / away(1.0 - (a + b) * x / (a + 1.0)));
    let mut value = d;
    for step in 1..300 {
        let m = f64::from(step);
        for term in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = 1.0 / away(1.0 + term * d);
            c = away(1.0 + term / c);
            value *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_probabilities_are_met() {
        // Of SciPy's beta.cdf.
        for (a, b, x, p) in [
            (2.0, 4.0, 0.3, 0.471_78),
            (3.5, 2.5, 0.9, 0.971_424_331_957_644_5),
            (1.0, 5.0, 0.2, 0.672_32),
            (5.0, 1.0, 0.2, 0.000_32),
        ] {
            let below = Beta::new(a, b).below(x);
            assert!((below - p).abs() < 1e-14, "{a} {b} {x}: {below}");
        }
    }
}
