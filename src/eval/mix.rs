//! A fast hash for signatures, which nobody chooses with ill intent.

use std::hash::{BuildHasherDefault, Hasher};

/// Hashes by multiplying and folding.
pub(super) type Mixing = BuildHasherDefault<Mix>;

/// The state of a hash.
#[derive(Default)]
pub(super) struct Mix {
    state: u64,
}

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.write_u64(u64::from_le_bytes(*word)));
        rest.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, word: u64) {
        let product = u128::from(self.state ^ word ^ 0x9e37_79b9_7f4a_7c15) * 0xa076_1d64_78bd_642f_u128;
        self.state = (product as u64) ^ ((product >> 64) as u64).rotate_left(23) ^ word.rotate_left(17);
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }

    fn finish(&self) -> u64 {
        self.state
    }
}
