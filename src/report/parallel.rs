//! Work on several threads, its results in the order in which it was given.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, scope};

/// Templates nest deeply, and so may what they ask for.
const STACK: usize = 16 << 20;

/// What becomes of each item; whoever is free takes the next one. Where a machine gives no thread, one does all the work.
pub fn side_by_side<I: Sync, T: Send + Sync>(items: &[I], threads: usize, make: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let made: Vec<OnceLock<T>> = items.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(at) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < items.len()) {
            made[at].get_or_init(|| make(&items[at]));
        }
    };
    scope(|scope| {
        let helpers = (1..threads.min(items.len())).map(|_| Builder::new().stack_size(STACK).spawn_scoped(scope, work));
        let helpers: Vec<_> = helpers.collect();
        work();
        drop(helpers);
    });
    made.into_iter().zip(items).map(|(made, item)| made.into_inner().unwrap_or_else(|| make(item))).collect()
}

#[cfg(test)]
mod tests {
    use super::side_by_side;

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        for threads in [0, 1, 2, 200] {
            assert_eq!(side_by_side(&items, threads, |item| item * 2)[99], 198);
        }
    }
}
