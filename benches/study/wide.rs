//! `W`: eight numbers side by side.

use std::ops::{Add, Div, Mul, Sub};

#[derive(Clone, Copy)]
pub struct W(pub [f64; 8]);

impl W {
    #[inline(always)]
    pub fn all(number: f64) -> W {
        W([number; 8])
    }

    #[inline(always)]
    pub fn read(from: &[f64]) -> W {
        let mut numbers = [0.0; 8];
        numbers.copy_from_slice(&from[..8]);
        W(numbers)
    }

    #[inline(always)]
    pub fn write(self, to: &mut [f64]) {
        to[..8].copy_from_slice(&self.0);
    }

    #[inline(always)]
    pub fn most(self, other: W) -> W {
        self.with(other, |left, right| if left > right { left } else { right })
    }

    #[inline(always)]
    fn with(self, other: W, f: impl Fn(f64, f64) -> f64) -> W {
        W(std::array::from_fn(|lane| f(self.0[lane], other.0[lane])))
    }
}

impl Add for W {
    type Output = W;

    #[inline(always)]
    fn add(self, other: W) -> W {
        self.with(other, |left, right| left + right)
    }
}

impl Sub for W {
    type Output = W;

    #[inline(always)]
    fn sub(self, other: W) -> W {
        self.with(other, |left, right| left - right)
    }
}

impl Mul for W {
    type Output = W;

    #[inline(always)]
    fn mul(self, other: W) -> W {
        self.with(other, |left, right| left * right)
    }
}

impl Div for W {
    type Output = W;

    #[inline(always)]
    fn div(self, other: W) -> W {
        self.with(other, |left, right| left / right)
    }
}
