//! Choices that are the same on every run.

// Few tests choose in all of these ways.
#![allow(dead_code)]

/// A stream of choices.
pub struct Chance(u64);

impl Chance {
    /// The choices of one seed.
    pub fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A whole number below another one.
    pub fn below(&mut self, many: usize) -> usize {
        ((self.next() >> 11) % many as u64) as usize
    }

    /// Whether something happens that does so once in so many times.
    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    /// One of several.
    pub fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}
