//! Which inputs matter: rank correlations over the first draws, and Sobol indices from points of their own.

use std::sync::Arc;

use crate::chance::Ranked;
use crate::chance::indices::Design;
use crate::chance::summary::Estimate;
use crate::eval::{CHUNK, Columns};

use super::super::drawn::World;
use super::{Job, Rank, Shares};

/// The rank correlation of a column with each input, the strongest first.
pub(super) fn ranks(job: &Job, world: &World, inputs: &[Ranked], values: &[f64]) -> Vec<Rank> {
    let known = values.iter().filter(|value| !value.is_nan()).count();
    let values = Ranked::of(values);
    let rank = |(input, at): (usize, &usize)| {
        let column = &inputs[world.shown(input)];
        let value = column.correlation(&values);
        let error = (1.0 - value * value) / (known.max(2) as f64 - 1.0).sqrt();
        (!value.is_nan()).then(|| Rank { input: name(job, *at), correlation: Estimate { value, error } })
    };
    let mut ranks: Vec<Rank> = world.active.iter().enumerate().filter_map(rank).collect();
    ranks.sort_by(|a, b| b.correlation.value.abs().total_cmp(&a.correlation.value.abs()));
    ranks
}

/// The most points of one set, and of all sets together.
const MOST: u64 = 1 << 14;
const MOST_TOGETHER: u64 = 1 << 22;

/// The indices of each output, and how many points each set has; nothing if it was stopped.
pub(super) fn indices(job: &Job, world: &World) -> Option<(Vec<Vec<Shares>>, u64)> {
    let sets = world.active.len() as u64 + 2;
    let most = MOST.min(MOST_TOGETHER / sets).min(job.draws).max(16);
    let points = 1 << most.ilog2();
    let (first, second) = world.twice(job.seed, &job.drawn.inputs, points);
    let found = evaluated(job, world, &first, &second)?;
    let of = |output: usize| {
        let column = |set: usize| found[output][set * points as usize..][..points as usize].to_vec();
        let design = Design { first: column(0), second: column(1), swapped: (2..sets as usize).map(column).collect() };
        let pairs = design.indices(job.seed).unwrap_or_default().into_iter().zip(&world.active);
        let mut shares: Vec<Shares> =
            pairs.map(|((first, total), at)| Shares { input: name(job, *at), first, total }).collect();
        shares.sort_by(|a, b| b.total.value.total_cmp(&a.total.value));
        shares
    };
    Some(((0..job.simulate.outputs.len()).map(of).collect(), points))
}

/// The outputs at the first set, the second, and the first with one input after the other taken from the second.
fn evaluated(job: &Job, world: &World, first: &[Vec<f64>], second: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let points = first.first()?.len();
    let all = (points * (world.active.len() + 2)) as u64;
    let source = |set: usize, input: usize| if set == 1 || set == input + 2 { second } else { first };
    let mut found = vec![Vec::with_capacity(all as usize); job.simulate.outputs.len()];
    let stretch = (CHUNK * job.options.threads() * 16) as u64;
    let mut at = 0;
    while at < all {
        if job.options.is_stopped() {
            return None;
        }
        let fill = |range: std::ops::Range<u64>, columns: &mut Columns| {
            for (knob, column) in columns.columns_mut().iter_mut().enumerate() {
                for (cell, point) in column.iter_mut().zip(range.clone()) {
                    let point = (at + point) as usize;
                    *cell = source(point / points, world.turned[knob].input)[knob][point % points];
                }
            }
        };
        let outputs = found.len();
        let see = |_, columns: &Columns| -> Vec<Vec<f64>> {
            columns.slices().into_iter().take(outputs).map(<[f64]>::to_vec).collect()
        };
        let take = |chunk: Vec<Vec<f64>>| found.iter_mut().zip(chunk).for_each(|(all, more)| all.extend(more));
        world.sweep.run_parallel(stretch.min(all - at), job.options.threads(), fill, see, take);
        at += stretch.min(all - at);
    }
    Some(found)
}

fn name(job: &Job, at: usize) -> Arc<str> {
    job.drawn.inputs[at].factor.text.clone()
}
