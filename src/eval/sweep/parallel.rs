//! Chunks of points on several threads; what is made of them is taken in their order, so that threads change no bit.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::parallel::{beside, pause};

/// How many points a chunk has.
pub const CHUNK: usize = 2048;

/// How far workers may run ahead of what is taken.
const AHEAD: u64 = 1024;

/// The points of all chunks.
struct Chunks {
    points: u64,
    next: AtomicU64,
    taken: AtomicU64,
}

/// Hands out the chunks of `points` to workers, each with a state of its own, and takes what they make in order.
pub(super) fn in_order<S, T: Send>(
    points: u64,
    threads: usize,
    state: impl Fn() -> S + Sync,
    make: impl Fn(&mut S, Range<u64>) -> T + Sync,
    mut take: impl FnMut(T),
) {
    let chunks = Chunks { points, next: AtomicU64::new(0), taken: AtomicU64::new(0) };
    let work = |made: Sender<(u64, T)>| {
        let mut state = state();
        while let Some((at, range)) = chunks.next() {
            chunks.wait(at);
            if made.send((at, make(&mut state, range))).is_err() {
                return;
            }
        }
    };
    let work = &work;
    let (made, results) = channel();
    let helper = move || {
        let made = made.clone();
        move || work(made)
    };
    beside(if threads > 1 { threads } else { 0 }, helper, |started| {
        if started > 0 {
            return chunks.take_all(results, &mut take);
        }
        let mut state = state();
        while let Some((_, range)) = chunks.next() {
            take(make(&mut state, range));
        }
    });
}

impl Chunks {
    fn next(&self) -> Option<(u64, Range<u64>)> {
        let at = self.next.fetch_add(1, Ordering::Relaxed);
        let first = at.checked_mul(CHUNK as u64).filter(|first| *first < self.points)?;
        Some((at, first..self.points.min(first + CHUNK as u64)))
    }

    fn wait(&self, at: u64) {
        while at > self.taken.load(Ordering::Relaxed) + AHEAD {
            pause();
        }
    }

    fn take_all<T>(&self, results: Receiver<(u64, T)>, take: &mut impl FnMut(T)) {
        let mut early: BTreeMap<u64, T> = BTreeMap::new();
        let mut next = 0;
        for (at, result) in results {
            early.insert(at, result);
            while let Some(result) = early.remove(&next) {
                take(result);
                next += 1;
                self.taken.store(next, Ordering::Relaxed);
            }
        }
    }
}
