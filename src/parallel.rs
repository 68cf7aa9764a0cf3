//! Work on several threads, its results in the order in which it was given; without the feature `threads`, on one.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Templates and formulas nest deeply, and so may what they ask for.
#[cfg(feature = "threads")]
const STACK: usize = 16 << 20;

/// Lets up to `helpers` threads work beside what this one does itself, which is told how many there are; a machine may give fewer.
///
/// `work` makes what each of them does, and is dropped before this thread begins: what it holds on to ends with the helpers.
#[cfg(feature = "threads")]
pub fn beside<W: FnOnce() + Send>(helpers: usize, work: impl Fn() -> W, own: impl FnOnce(usize)) {
    std::thread::scope(|scope| {
        let start = |_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work());
        let started = (0..helpers).map(start).take_while(Result::is_ok).count();
        drop(work);
        own(started);
    });
}

/// Does what this thread does itself, which is told that nobody helps.
#[cfg(not(feature = "threads"))]
pub fn beside<W: FnOnce() + Send>(_: usize, _: impl Fn() -> W, own: impl FnOnce(usize)) {
    own(0);
}

/// Lets others work for a moment.
pub fn pause() {
    std::thread::yield_now();
}

/// The same work on up to `threads` threads, of which this is one.
pub fn together(threads: usize, work: impl Fn() + Sync) {
    let work = &work;
    beside(threads.saturating_sub(1), || || work(), |_| work());
}

/// What becomes of each item; whoever is free takes the next one.
pub fn side_by_side<I: Sync, T: Send + Sync>(items: &[I], threads: usize, make: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let made: Vec<OnceLock<T>> = items.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    together(threads.min(items.len()), || {
        while let Some(at) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < items.len()) {
            made[at].get_or_init(|| make(&items[at]));
        }
    });
    made.into_iter().zip(items).map(|(made, item)| made.into_inner().unwrap_or_else(|| make(item))).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{beside, side_by_side};

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        for threads in [0, 1, 2, 200] {
            assert_eq!(side_by_side(&items, threads, |item| item * 2)[99], 198);
        }
    }

    #[test]
    fn every_helper_that_was_told_of_has_worked_in_the_end() {
        let (worked, told) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = || {
            || {
                worked.fetch_add(1, Ordering::Relaxed);
            }
        };
        beside(3, work, |started| told.store(started, Ordering::Relaxed));
        assert_eq!(worked.into_inner(), told.into_inner());
    }
}
