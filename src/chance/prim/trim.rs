//! Peeling slices off a box, and pasting slices back on.

use super::bounds::{Side, sides};
use super::{Bounds, Region, Worlds};

/// The share of the draws inside that one step takes off or puts on.
const SLICE: f64 = 0.05;

/// Every box on the way from all draws to the smallest allowed one.
pub fn peel(worlds: &Worlds, support: f64) -> Vec<Region> {
    let least = ((worlds.holds.len() as f64 * support) as usize).max(2);
    let mut way = vec![worlds.whole()];
    while let Some(next) = peeled(worlds, &way[way.len() - 1], least) {
        way.push(next);
    }
    way
}

/// The box without the slice that takes most misses with each of its draws.
fn peeled(worlds: &Worlds, from: &Region, least: usize) -> Option<Region> {
    if from.hits == from.inside {
        return None;
    }
    let rows = worlds.rows(&from.bounds);
    let mut best: Option<(f64, Vec<Bounds>)> = None;
    for input in 0..worlds.inputs.len() {
        for side in [Side::Low, Side::High] {
            let Some((gain, bound)) = slice(worlds, &rows, input, side, from, least) else { continue };
            if best.as_ref().is_none_or(|(most, _)| gain > *most) {
                let mut bounds = from.bounds.clone();
                bounds[input].set(side, Some(bound));
                best = Some((gain, bounds));
            }
        }
    }
    best.map(|(_, bounds)| worlds.region(bounds))
}

/// What the density gains per draw taken off at one end, and where the new bound is; equal values go together.
fn slice(worlds: &Worlds, rows: &[usize], input: usize, side: Side, from: &Region, least: usize) -> Option<(f64, f64)> {
    let column = &worlds.inputs[input];
    let mut order: Vec<usize> = rows.to_vec();
    match side {
        Side::Low => order.sort_by(|a, b| column[*a].total_cmp(&column[*b])),
        Side::High => order.sort_by(|a, b| column[*b].total_cmp(&column[*a])),
    }
    let wanted = ((order.len() as f64 * SLICE) as usize).max(1);
    let edge = column[*order.get(wanted - 1)?];
    let cut = order.iter().position(|row| (column[*row] - edge) * sign(side) > 0.0)?;
    let (left, taken) = (order.len() - cut, order[..cut].iter().filter(|row| worlds.holds[**row]).count());
    if left < least {
        return None;
    }
    let density = (from.hits - taken) as f64 / left as f64;
    let gain = (density - from.density()) / cut as f64;
    // Between the last draw outside and the first inside, so that the bound belongs to neither.
    (gain > 0.0).then(|| (gain, (edge + column[order[cut]]) / 2.0))
}

fn sign(side: Side) -> f64 {
    if side == Side::Low { 1.0 } else { -1.0 }
}

/// The box widened, bound by bound, wherever that makes the condition no less sure.
pub fn paste(worlds: &Worlds, mut region: Region) -> Region {
    loop {
        let wider = sides(&region.bounds).into_iter().filter_map(|(input, side)| widened(worlds, &region, input, side));
        let best = wider.reduce(|best, next| if next.density() > best.density() { next } else { best });
        match best {
            Some(next) if next.density() >= region.density() => region = next,
            _ => return region,
        }
    }
}

/// The box with a slice more at one bound; nothing if no draw lies beyond.
fn widened(worlds: &Worlds, region: &Region, input: usize, side: Side) -> Option<Region> {
    let bound = region.bounds[input].at(side)?;
    let mut open = region.bounds.clone();
    open[input].open(side);
    let column = &worlds.inputs[input];
    let beyond = |row: &usize| (column[*row] - bound) * sign(side) < 0.0;
    let mut outside: Vec<f64> = worlds.rows(&open).iter().filter(|row| beyond(row)).map(|row| column[*row]).collect();
    outside.sort_by(|a, b| (b * sign(side)).total_cmp(&(a * sign(side))));
    let wanted = ((region.inside as f64 * SLICE) as usize).max(1);
    if outside.is_empty() {
        return None;
    }
    open[input].set(side, outside.get(wanted).copied());
    Some(worlds.region(open))
}
