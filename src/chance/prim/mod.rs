//! PRIM: the box of inputs in which a condition mostly holds (Friedman and Fisher, 1999: peel, then paste).

mod bounds;
mod trim;

use super::marginal::beta::Beta;

pub use bounds::{Bounds, Side};

/// Draws of some inputs, and in which of them the condition holds.
#[derive(Debug, Clone, Copy)]
pub struct Worlds<'a> {
    /// A column for each input.
    pub inputs: &'a [Vec<f64>],
    pub holds: &'a [bool],
}

/// A box, and what lies in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// What each input is held to; most to nothing.
    pub bounds: Vec<Bounds>,
    /// How many draws lie inside, and in how many of those the condition holds.
    pub inside: usize,
    pub hits: usize,
}

impl Region {
    /// The share of the draws inside in which the condition holds.
    pub fn density(&self) -> f64 {
        self.hits as f64 / self.inside.max(1) as f64
    }

    /// The share of all draws in which the condition holds that lie inside.
    pub fn coverage(&self, worlds: &Worlds) -> f64 {
        self.hits as f64 / worlds.hits().max(1) as f64
    }
}

impl Worlds<'_> {
    /// In how many draws the condition holds.
    pub fn hits(&self) -> usize {
        self.holds.iter().filter(|holds| **holds).count()
    }

    /// The region of some bounds.
    pub fn region(&self, bounds: Vec<Bounds>) -> Region {
        let rows = self.rows(&bounds);
        let hits = rows.iter().filter(|row| self.holds[**row]).count();
        Region { bounds, inside: rows.len(), hits }
    }

    /// The draws inside of some bounds.
    fn rows(&self, bounds: &[Bounds]) -> Vec<usize> {
        let inside = |row: &usize| self.inputs.iter().zip(bounds).all(|(column, bounds)| bounds.hold(column[*row]));
        (0..self.holds.len()).filter(inside).collect()
    }

    /// All draws.
    fn whole(&self) -> Region {
        self.region(vec![Bounds::default(); self.inputs.len()])
    }
}

/// The box that best weighs how many of the worlds it covers against how sure the condition is in it.
///
/// Boxes are peeled until less than `support` of the draws is left, then pasted; of all boxes on the way the one with the
/// largest harmonic mean of coverage and density is taken; what a bound does not add for certain is dropped.
pub fn find(worlds: &Worlds, support: f64) -> Region {
    let peeled = trim::peel(worlds, support);
    let best = |regions: Vec<Region>| {
        let weighed = regions.into_iter().map(|region| (weight(&region, worlds), region));
        weighed.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, region)| region)
    };
    let best = best(peeled).unwrap_or_else(|| worlds.whole());
    certain(worlds, trim::paste(worlds, best))
}

fn weight(region: &Region, worlds: &Worlds) -> f64 {
    let (coverage, density) = (region.coverage(worlds), region.density());
    if coverage + density > 0.0 { 2.0 * coverage * density / (coverage + density) } else { 0.0 }
}

/// Drops bounds, the weakest first, for as long as the one dropped might be worth nothing.
fn certain(worlds: &Worlds, mut region: Region) -> Region {
    loop {
        let without = bounds::sides(&region.bounds).into_iter().map(|(input, side)| {
            let mut bounds = region.bounds.clone();
            bounds[input].open(side);
            let wider = worlds.region(bounds);
            (chance_of(&region, wider.density()), wider)
        });
        let weakest = without.reduce(|weakest, next| if next.0 > weakest.0 { next } else { weakest });
        match weakest {
            Some((chance, wider)) if chance > 0.05 => region = wider,
            _ => return region,
        }
    }
}

/// How likely a box of this size has as many hits by chance, if the condition holds in this share of its draws.
pub fn chance_of(region: &Region, share: f64) -> f64 {
    match (region.hits, region.inside - region.hits) {
        (0, _) => 1.0,
        _ if share >= 1.0 => 1.0,
        (hits, misses) => Beta::new(hits as f64, misses as f64 + 1.0).below(share),
    }
}

#[cfg(test)]
mod tests;
