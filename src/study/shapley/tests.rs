//! Games whose shares are known.

use super::{Effort, Subset, shapley};

fn shares(players: usize, value: impl Fn(&Subset) -> f64) -> Vec<f64> {
    let shares = shapley(players, Effort::default(), |subset| vec![value(subset)]);
    shares.shares.into_iter().map(|share| share[0]).collect()
}

fn near(found: &[f64], known: &[f64]) {
    assert_eq!(found.len(), known.len());
    for (found, known) in found.iter().zip(known) {
        assert!((found - known).abs() < 1e-12, "{found} is not {known}");
    }
}

/// Two left gloves and one right one: the right one is worth four times as much.
#[test]
fn gloves() {
    let pair = |subset: &Subset| {
        let is_left = subset.contains(0) || subset.contains(1);
        f64::from(is_left && subset.contains(2))
    };
    near(&shares(3, pair), &[1.0 / 6.0, 1.0 / 6.0, 4.0 / 6.0]);
}

/// The runway is as long as the largest aeroplane needs; each stretch is shared by those who need it.
#[test]
fn airport() {
    let needs = [8.0, 11.0, 13.0, 18.0];
    let cost = |subset: &Subset| (0..4).filter(|at| subset.contains(*at)).map(|at| needs[at]).fold(0.0, f64::max);
    near(&shares(4, cost), &[2.0, 3.0, 4.0, 9.0]);
}

/// Votes of 4, 3, 2 and 1 with a quota of 6 (Banzhaf's example): the shares are 5, 3, 3 and 1 twelfths.
#[test]
fn voting() {
    let votes = [4, 3, 2, 1];
    let wins =
        |subset: &Subset| f64::from((0..4).filter(|at| subset.contains(*at)).map(|at| votes[at]).sum::<i32>() >= 6);
    near(&shares(4, wins), &[5.0 / 12.0, 3.0 / 12.0, 3.0 / 12.0, 1.0 / 12.0]);
}

/// The Security Council: a permanent member has 421/2145, another 4/2145. Sampled, since there are fifteen.
#[test]
fn council() {
    let passes = |subset: &Subset| f64::from((0..5).all(|at| subset.contains(at)) && subset.len() >= 9);
    let shares = shapley(15, Effort { orders: 4000, seed: 7 }, |subset| vec![passes(subset)]);
    let errors = shares.errors.unwrap();
    for (at, share) in shares.shares.iter().enumerate() {
        let known = if at < 5 { 421.0 / 2145.0 } else { 4.0 / 2145.0 };
        let apart = (share[0] - known).abs();
        assert!(apart <= 4.0 * errors[at][0] + 1e-9, "player {at}: {} is not {known} ± {}", share[0], errors[at][0]);
    }
    assert_eq!(shares.shares.iter().map(|share| share[0]).sum::<f64>(), 1.0);
}

/// A sum has no interactions, a product of two has one; both add up.
#[test]
fn interactions() {
    let on = |subset: &Subset, at| if subset.contains(at) { 1.0 } else { 0.0 };
    let game = |subset: &Subset| vec![3.0 * on(subset, 0) + 5.0 * on(subset, 1) * on(subset, 2), on(subset, 1)];
    for players in [3, 14] {
        let shares = shapley(players, Effort::default(), game);
        assert_eq!(shares.interactions[0].players, (1, 2));
        near(&shares.interactions[0].size, &[5.0, 0.0]);
        near(&shares.interactions[1].size, &[0.0, 0.0]);
        assert_eq!(shares.shares.iter().map(|share| share[0]).sum::<f64>(), 8.0);
        assert_eq!(shares.errors.is_none(), players == 3);
    }
}

/// Every subset is asked for once.
#[test]
fn each_subset_once() {
    let mut asked = Vec::new();
    shapley(6, Effort::default(), |subset| {
        asked.push(subset.clone());
        vec![subset.len() as f64]
    });
    asked.sort();
    asked.dedup();
    assert_eq!(asked.len(), 64);
}

/// Nobody plays: nothing to share.
#[test]
fn no_players() {
    let shares = shapley(0, Effort::default(), |_| vec![4.0]);
    assert_eq!((shares.empty, shares.full, shares.shares.len()), (vec![4.0], vec![4.0], 0));
}
