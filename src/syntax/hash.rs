//! A quick hash of short texts, for tables that nobody walks.

use std::hash::{BuildHasherDefault, Hasher};

/// A table from short texts.
pub(crate) type Table<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Quick>>;

/// Folds eight bytes at a time into a product.
#[derive(Debug, Default)]
pub(crate) struct Quick {
    sum: u64,
}

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

impl Quick {
    fn fold(&mut self, word: u64) {
        let product = u128::from(self.sum ^ word) * u128::from(FACTOR);
        self.sum = (product as u64) ^ (product >> 64) as u64;
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.fold(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.fold(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }

    fn finish(&self) -> u64 {
        self.sum.wrapping_mul(FACTOR)
    }
}

/// The quick hash of a text.
pub(super) fn quick(text: &str) -> u64 {
    let mut quick = Quick::default();
    quick.write(text.as_bytes());
    quick.finish()
}
