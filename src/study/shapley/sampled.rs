//! Sampled shares: orders drawn from a counter, each played forwards and backwards.

use std::collections::BTreeMap;

use super::{Effort, Interaction, Shares, Subset};

/// Orders that are played before values are asked for.
const AT_ONCE: u64 = 8;

/// Shares out a game by the mean of what each player adds in orders drawn at random.
///
/// What the players add in one order adds up to the whole, and so do the means.
pub(super) fn shares(players: usize, effort: Effort, values: &mut dyn FnMut(&[Subset]) -> Vec<Vec<f64>>) -> Shares {
    let ends = values(&[Subset::empty(players), Subset::full(players)]);
    let outputs = ends[0].len();
    let mut tally = Tally::new(players, outputs);
    let orders = effort.orders.max(2);
    let mut first = 0;
    while first < orders {
        let last = orders.min(first + AT_ONCE);
        tally.play(&(first..last).map(|at| order(players, effort.seed, at)).collect::<Vec<_>>(), values);
        first = last;
    }
    let [empty, full] = <[Vec<f64>; 2]>::try_from(ends).unwrap_or_default();
    Shares {
        empty,
        full,
        shares: tally.added.iter().map(|of| of.iter().map(|sum| sum.mean).collect()).collect(),
        errors: Some(tally.added.iter().map(|of| of.iter().map(Sum::error).collect()).collect()),
        interactions: tally.interactions(),
    }
}

/// The order at a place of the sequence that a seed gives.
fn order(players: usize, seed: u64, at: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..players).collect();
    for place in (1..players).rev() {
        let word = mixed(mixed(seed ^ mixed(at)) ^ place as u64);
        let other = ((u128::from(word) * (place as u128 + 1)) >> 64) as usize;
        order.swap(place, other);
    }
    order
}

/// A word that looks random, of a word that counts (the finisher of SplitMix64).
fn mixed(word: u64) -> u64 {
    let word = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// What was added so far, by player and output, and by pair and output.
struct Tally {
    players: usize,
    outputs: usize,
    added: Vec<Vec<Sum>>,
    together: BTreeMap<(usize, usize), Vec<Sum>>,
}

/// A running mean and spread.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Sum {
    fn push(&mut self, value: f64) {
        self.count += 1.0;
        let apart = value - self.mean;
        self.mean += apart / self.count;
        self.squares += apart * (value - self.mean);
    }

    fn error(&self) -> f64 {
        libm::sqrt(self.squares / (self.count - 1.0) / self.count)
    }
}

impl Tally {
    fn new(players: usize, outputs: usize) -> Tally {
        Tally { players, outputs, added: vec![vec![Sum::default(); outputs]; players], together: BTreeMap::new() }
    }

    /// Plays some orders, forwards and backwards; values are asked for once for each subset among them.
    fn play(&mut self, orders: &[Vec<usize>], values: &mut dyn FnMut(&[Subset]) -> Vec<Vec<f64>>) {
        let backwards = |order: &Vec<usize>| order.iter().rev().copied().collect::<Vec<_>>();
        let pairs: Vec<[Vec<usize>; 2]> = orders.iter().map(|order| [order.clone(), backwards(order)]).collect();
        let mut found: BTreeMap<Subset, Vec<f64>> = BTreeMap::new();
        for order in pairs.iter().flatten() {
            found.extend(needed(self.players, order).into_iter().map(|subset| (subset, Vec::new())));
        }
        let subsets: Vec<Subset> = found.keys().cloned().collect();
        for (subset, value) in subsets.iter().zip(values(&subsets)) {
            found.insert(subset.clone(), value);
        }
        pairs.iter().for_each(|pair| self.count(pair, &found));
    }

    /// Counts an order and the same backwards as one draw, since they go together.
    fn count(&mut self, pair: &[Vec<usize>; 2], found: &BTreeMap<Subset, Vec<f64>>) {
        let mut mean = vec![vec![0.0; self.outputs]; self.players];
        for order in pair {
            let mut before = Subset::empty(self.players);
            for (at, player) in order.iter().enumerate() {
                let after = before.with(*player);
                let (low, high) = (&found[&before], &found[&after]);
                mean[*player].iter_mut().zip(high.iter().zip(low)).for_each(|(sum, (high, low))| *sum += high - low);
                if let Some(next) = order.get(at + 1) {
                    self.beyond([&before, &after, &before.with(*next), &after.with(*next)], (*player, *next), found);
                }
                before = after;
            }
        }
        for (sums, values) in self.added.iter_mut().zip(mean) {
            sums.iter_mut().zip(values).for_each(|(sum, value)| sum.push(value / 2.0));
        }
    }

    /// Counts what two neighbours bring beyond what each brings alone.
    fn beyond(&mut self, sets: [&Subset; 4], (a, b): (usize, usize), found: &BTreeMap<Subset, Vec<f64>>) {
        let [none, first, second, both] = sets.map(|set| &found[set]);
        let blank = || vec![Sum::default(); self.outputs];
        let sums = self.together.entry((a.min(b), a.max(b))).or_insert_with(blank);
        for (at, sum) in sums.iter_mut().enumerate() {
            sum.push(both[at] - first[at] - second[at] + none[at]);
        }
    }

    fn interactions(&self) -> Vec<Interaction> {
        let size = |sums: &Vec<Sum>| sums.iter().map(|sum| sum.mean).collect();
        self.together.iter().map(|(players, sums)| Interaction { players: *players, size: size(sums) }).collect()
    }
}

/// The subsets that an order passes through, and those it would with two neighbours swapped.
fn needed(players: usize, order: &[usize]) -> Vec<Subset> {
    let mut all = vec![Subset::empty(players)];
    let mut before = Subset::empty(players);
    for (at, player) in order.iter().enumerate() {
        all.extend(order.get(at + 1).map(|next| before.with(*next)));
        before = before.with(*player);
        all.push(before.clone());
    }
    all
}
