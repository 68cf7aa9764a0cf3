//! Philox4x32-10 in whole-number arithmetic that fits 63 bits: the native generator's own draws, made where the rows are.
//!
//! Source: J. Salmon, M. Moraes, R. Dror and D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.

use super::dialect::Dialect;
use super::query::{Query, Term};

const MULTIPLIERS: [u64; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: u32 = 10;
const LOW_32: u64 = 0xFFFF_FFFF;
const LOW_16: u64 = 0xFFFF;

/// Two uniform numbers above 0 and below 1 for a counter of four 32-bit words.
pub fn uniforms(query: &mut Query, dialect: Dialect, seed: u64, counter: [Term; 4]) -> [Term; 2] {
    let mut words = counter;
    let mut key = [seed as u32, (seed >> 32) as u32];
    for _ in 0..ROUNDS {
        words = round(query, dialect, key, words);
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    let [a, b, c, d] = words;
    [uniform(query, dialect, &a, &b), uniform(query, dialect, &c, &d)]
}

/// The low or high 32 bits of a whole number.
pub fn halves(dialect: Dialect, whole: &Term) -> [Term; 2] {
    let low = Term::of(&[whole], dialect.and(&whole.text, LOW_32));
    let high = Term::of(&[whole], dialect.shift_right(&whole.text, 32));
    [low, high]
}

fn round(query: &mut Query, dialect: Dialect, key: [u32; 2], words: [Term; 4]) -> [Term; 4] {
    let [a, b, c, d] = words;
    let (a_high, a_low) = product(query, dialect, MULTIPLIERS[0], &a);
    let (c_high, c_low) = product(query, dialect, MULTIPLIERS[1], &c);
    let mixed = |query: &mut Query, high: Term, other: &Term, key: u32| {
        let text = dialect.xor(&dialect.xor(&high.text, &other.text), &key.to_string());
        query.column("w", Term::of(&[&high, other], text))
    };
    let first = mixed(query, c_high, &b, key[0]);
    let third = mixed(query, a_high, &d, key[1]);
    [first, query.column("w", c_low), third, query.column("w", a_low)]
}

/// The high and the low 32 bits of a product of two 32-bit numbers, by halves of the second.
fn product(query: &mut Query, dialect: Dialect, multiplier: u64, word: &Term) -> (Term, Term) {
    let low = format!("{multiplier} * {}", dialect.and(&word.text, LOW_16));
    let low = query.column("p", Term::of(&[word], format!("({low})")));
    let high = format!("({multiplier} * {})", dialect.shift_right(&word.text, 16));
    let high = query.column("p", Term::of(&[word], high));
    let sum = format!("({} + {})", high.text, dialect.shift_right(&low.text, 16));
    let top = Term::of(&[&high, &low], dialect.shift_right(&sum, 16));
    let bottom = format!("({} * 65536 + {})", dialect.and(&sum, LOW_16), dialect.and(&low.text, LOW_16));
    (top, Term::of(&[&high, &low], bottom))
}

/// The upper 53 of 64 bits as a number between 0 and 1.
fn uniform(query: &mut Query, dialect: Dialect, low: &Term, high: &Term) -> Term {
    let bits = format!("({} * 2097152 + {})", high.text, dialect.shift_right(&low.text, 11));
    let half = dialect.double(0.5);
    let step = dialect.double(f64::from_bits(0x3CA0_0000_0000_0000));
    let text = format!("(({} + {half}) * {step})", dialect.to_double(&bits));
    query.column("u", Term::of(&[low, high], text))
}
