//! Shapley values: how much each player of a game brings, so that the shares add up to the whole.

mod exact;
mod sampled;
mod subset;
#[cfg(test)]
mod tests;

pub use subset::Subset;

/// Up to so many players every subset is looked at; above, orders are drawn.
pub const MOST_EXACT: usize = 12;

/// How a game with many players is sampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// How many orders are drawn; each is also played backwards.
    pub orders: u64,
    pub seed: u64,
}

impl Default for Effort {
    fn default() -> Effort {
        Effort { orders: 64, seed: 1 }
    }
}

/// How a difference is shared out, for one or several outputs at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// The value of each output without any player.
    pub empty: Vec<f64>,
    /// The value of each output with all players.
    pub full: Vec<f64>,
    /// For each player the share of each output; the shares of an output add up to `full - empty`.
    pub shares: Vec<Vec<f64>>,
    /// The standard error of each share; nothing if the shares are exact.
    pub errors: Option<Vec<Vec<f64>>>,
    /// Every pair of players, those with the largest interaction in the first output first.
    pub interactions: Vec<Interaction>,
}

/// What two players bring together beyond what each brings alone, over all orders (Shapley's interaction index).
#[derive(Debug, Clone, PartialEq)]
pub struct Interaction {
    pub players: (usize, usize),
    /// For each output.
    pub size: Vec<f64>,
}

/// Shares out a game of `players`; `value` gives the outputs for a subset of them.
pub fn shapley(players: usize, effort: Effort, mut value: impl FnMut(&Subset) -> Vec<f64>) -> Shares {
    shapley_at_once(players, effort, |subsets| subsets.iter().map(&mut value).collect())
}

/// The same for a game that is cheaper to ask for many subsets at once.
pub fn shapley_at_once(players: usize, effort: Effort, mut values: impl FnMut(&[Subset]) -> Vec<Vec<f64>>) -> Shares {
    let mut shares = match players {
        0..=MOST_EXACT => exact::shares(players, &mut values),
        _ => sampled::shares(players, effort, &mut values),
    };
    let size = |interaction: &Interaction| interaction.size.first().map_or(0.0, |size| size.abs());
    shares.interactions.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.players.cmp(&b.players)));
    close(&mut shares);
    shares
}

/// Puts what rounding left over on the largest share, so that the shares add up to the last bit that can be had.
fn close(shares: &mut Shares) {
    for output in 0..shares.full.len() {
        let difference = shares.full[output] - shares.empty[output];
        let size = |at: &usize| shares.shares[*at][output].abs();
        let largest = (0..shares.shares.len()).max_by(|a, b| size(a).total_cmp(&size(b)).then(b.cmp(a)));
        let Some(largest) = largest else { continue };
        for _ in 0..4 {
            let rest = difference - shares.shares.iter().map(|share| share[output]).sum::<f64>();
            if rest == 0.0 || !rest.is_finite() {
                break;
            }
            shares.shares[largest][output] += rest;
        }
    }
}

/// `left - right`, output by output.
fn less(left: &[f64], right: &[f64]) -> Vec<f64> {
    left.iter().zip(right).map(|(left, right)| left - right).collect()
}
