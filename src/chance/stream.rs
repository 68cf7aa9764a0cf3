//! `Stream`: the endless row of uniform numbers that belongs to one input and one seed.

use super::philox::{key, philox, unit};
use super::wide::wide;

/// Where the numbers of an input come from; nothing else in a book moves them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// By number; two neighbours (0 and 1, 2 and 3, …) share the words of one counter.
    Numbered(u32),
    /// By the hash of a path.
    Named(u64),
}

/// Marks the counters of named streams; 31 bits of the hash's upper half stand beside it.
const NAMED: u64 = 0x8000_0000;

const LOW: u64 = 0xffff_ffff;

impl Stream {
    /// The stream of a path.
    pub fn of_path(path: &str) -> Stream {
        Stream::Named(hash(path))
    }

    /// The upper two words of its counters; the lower two are the draw, or for a named stream half of it.
    pub fn counter(self) -> [u64; 2] {
        match self {
            Stream::Numbered(number) => [u64::from(number / 2), 0],
            Stream::Named(name) => [name & LOW, (name >> 32) | NAMED],
        }
    }

    /// The uniform numbers of the draws from `first` on.
    pub fn fill(self, seed: u64, first: u64, out: &mut [f64]) {
        match self {
            Stream::Numbered(number) => numbered(key(seed), number, first, out),
            Stream::Named(name) => named(key(seed), name, first, out),
        }
    }

    /// The uniform number of one draw.
    pub fn at(self, seed: u64, draw: u64) -> f64 {
        let mut out = [0.0];
        self.fill(seed, draw, &mut out);
        out[0]
    }

    /// The stream whose words come from the same counters, if this is the first of such a pair.
    pub fn partner(self) -> Option<Stream> {
        match self {
            Stream::Numbered(number) if number % 2 == 0 => Some(Stream::Numbered(number + 1)),
            _ => None,
        }
    }
}

wide! {
    /// The numbers of two neighbouring streams, `2 * pair` and the next, at the price of one.
    pub fn fill_pair(seed: u64, pair: u32, first: u64, left: &mut [f64], right: &mut [f64]) {
        let key = key(seed);
        for (lane, (left, right)) in left.iter_mut().zip(right.iter_mut()).enumerate() {
            let draw = first + lane as u64;
            let words = philox([draw & LOW, draw >> 32, u64::from(pair), 0], key);
            *left = unit(words[0], words[1]);
            *right = unit(words[2], words[3]);
        }
    }
}

wide! {
    fn numbered(key: [u32; 2], number: u32, first: u64, out: &mut [f64]) {
        let half = number as usize % 2 * 2;
        for (lane, out) in out.iter_mut().enumerate() {
            let draw = first + lane as u64;
            let words = philox([draw & LOW, draw >> 32, u64::from(number / 2), 0], key);
            *out = unit(words[half], words[half + 1]);
        }
    }
}

/// A named stream takes both halves of each counter, so two draws cost one call.
fn named(key: [u32; 2], name: u64, first: u64, out: &mut [f64]) {
    let lone = (first % 2) as usize;
    let (head, rest) = out.split_at_mut(lone.min(out.len()));
    let (body, tail) = rest.split_at_mut(rest.len() / 2 * 2);
    for out in head {
        *out = named_pair(key, name, first / 2).1;
    }
    named_pairs(key, name, first.div_ceil(2), body);
    for out in tail {
        *out = named_pair(key, name, first.div_ceil(2) + body.len() as u64 / 2).0;
    }
}

wide! {
    fn named_pairs(key: [u32; 2], name: u64, first: u64, out: &mut [f64]) {
        for (lane, two) in out.chunks_exact_mut(2).enumerate() {
            (two[0], two[1]) = named_pair(key, name, first + lane as u64);
        }
    }
}

#[inline(always)]
fn named_pair(key: [u32; 2], name: u64, block: u64) -> (f64, f64) {
    let words = philox([block & LOW, block >> 32, name & LOW, (name >> 32) | NAMED], key);
    (unit(words[0], words[1]), unit(words[2], words[3]))
}

/// FNV-1a over the bytes, then mixed so that every bit of the path reaches every bit of the hash.
pub fn hash(text: &str) -> u64 {
    let folded = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    mix(folded)
}

/// A bijection of 64 bits in which each bit depends on all (the finisher of SplitMix64).
#[inline(always)]
pub fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_block_of_a_stream_is_the_same_as_its_single_draws() {
        for stream in [Stream::Numbered(0), Stream::Numbered(3), Stream::of_path("co.price")] {
            for (first, length) in [(0, 7), (1, 6), (3, 1), (4, 0), (1_000_001, 300), (u64::from(u32::MAX) - 2, 8)] {
                let mut block = vec![0.0; length];
                stream.fill(7, first, &mut block);
                let single: Vec<f64> = (0..length as u64).map(|lane| stream.at(7, first + lane)).collect();
                assert_eq!(block, single, "{stream:?} from {first}");
            }
        }
    }

    #[test]
    fn a_pair_is_its_two_streams() {
        let (mut left, mut right) = ([0.0; 33], [0.0; 33]);
        fill_pair(20_260_714, 2, 5, &mut left, &mut right);
        let mut one = [0.0; 33];
        Stream::Numbered(4).fill(20_260_714, 5, &mut one);
        assert_eq!(left, one);
        Stream::Numbered(5).fill(20_260_714, 5, &mut one);
        assert_eq!(right, one);
    }

    #[test]
    fn streams_and_seeds_are_apart() {
        let a = Stream::of_path("a").at(1, 0);
        assert_ne!(a, Stream::of_path("b").at(1, 0));
        assert_ne!(a, Stream::of_path("a").at(2, 0));
        assert_ne!(a, Stream::of_path("a").at(1, 1));
    }
}
