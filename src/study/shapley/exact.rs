//! Exact shares: the value of every subset, each asked for once.

use super::{Interaction, Shares, Subset, less};

/// Shares out a game by looking at all its subsets.
pub(super) fn shares(players: usize, values: &mut dyn FnMut(&[Subset]) -> Vec<Vec<f64>>) -> Shares {
    let subsets: Vec<Subset> = (0..1u64 << players).map(|mask| Subset::of_mask(players, mask)).collect();
    let values = values(&subsets);
    let outputs = values.first().map_or(0, Vec::len);
    let pairs = (0..players).flat_map(|first| (first + 1..players).map(move |second| (first, second)));
    Shares {
        empty: values.first().cloned().unwrap_or_default(),
        full: values.last().cloned().unwrap_or_default(),
        shares: (0..players).map(|player| share(players, player, outputs, &values)).collect(),
        errors: None,
        interactions: pairs
            .map(|pair| Interaction { players: pair, size: interaction(players, pair, outputs, &values) })
            .collect(),
    }
}

/// What a player adds to each subset without them, weighted by how many orders lead there.
fn share(players: usize, player: usize, outputs: usize, values: &[Vec<f64>]) -> Vec<f64> {
    let weights = weights(players, 1);
    let bit = 1 << player;
    let mut share = vec![0.0; outputs];
    for mask in (0..1usize << players).filter(|mask| mask & bit == 0) {
        let weight = weights[mask.count_ones() as usize];
        for (share, more) in share.iter_mut().zip(less(&values[mask | bit], &values[mask])) {
            *share += weight * more;
        }
    }
    share
}

/// What two players add together to each subset without them, beyond what each adds alone.
fn interaction(players: usize, (a, b): (usize, usize), outputs: usize, values: &[Vec<f64>]) -> Vec<f64> {
    let weights = weights(players, 2);
    let (a, b) = (1 << a, 1 << b);
    let mut size = vec![0.0; outputs];
    for mask in (0..1usize << players).filter(|mask| mask & (a | b) == 0) {
        let weight = weights[mask.count_ones() as usize];
        let together = less(&values[mask | a | b], &values[mask | a]);
        let alone = less(&values[mask | b], &values[mask]);
        for (size, beyond) in size.iter_mut().zip(less(&together, &alone)) {
            *size += weight * beyond;
        }
    }
    size
}

/// For each size of a subset without `apart` players, the share of the orders in which exactly it comes before them.
fn weights(players: usize, apart: usize) -> Vec<f64> {
    let Some(others) = players.checked_sub(apart) else { return Vec::new() };
    let mut subsets = 1.0;
    let mut weights = Vec::new();
    for size in 0..=others {
        weights.push(1.0 / ((others + 1) as f64 * subsets));
        subsets = subsets * (others - size) as f64 / (size + 1) as f64;
    }
    weights
}
