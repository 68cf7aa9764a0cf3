//! Draws and evaluates, stretch by stretch, and keeps nothing but sums.

use crate::chance::summary::{Glimpse, Lens};
use crate::eval::{CHUNK, Columns};

use super::super::drawn::World;
use super::part::{CasePart, Part};
use super::{Job, Options};

/// How far from a quantile values are kept at first, in units of its likely error; wider if that was not enough.
const WIDTHS: [f64; 3] = [8.0, 100.0, f64::INFINITY];

/// So many draws are looked at through the same lens at first, and at most.
const FIRST_STRETCH: u64 = 1 << 16;
const LONGEST_STRETCH: u64 = 1 << 20;

/// Everything that the draws of this run show; nothing if it was stopped.
pub(super) fn part(job: &Job, options: &Options) -> Option<Part> {
    let (shard, of) = options.shard.map_or((1, 1), |shard| (shard.number, shard.of.max(1)));
    let mut part = job.part(shard, of);
    let range = share(job.draws, shard, of);
    for (at, case) in part.cases.iter_mut().enumerate() {
        let whole = range.1 - range.0;
        let done = whole * at as u64;
        let tell = |drawn: u64| options.tell(done + drawn, whole * job.drawn.worlds.len() as u64);
        *case = WIDTHS.iter().find_map(|widths| {
            let mut found = case.clone();
            match run(job, options, &job.drawn.worlds[at], &mut found, range, *widths, &tell) {
                None => Some(None),
                Some(()) if of > 1 => {
                    found.outputs.iter_mut().for_each(|output| output.summary.narrow(*widths));
                    Some(Some(found))
                }
                Some(()) if is_exact(&mut found) => Some(Some(found)),
                Some(()) => None,
            }
        })??;
    }
    Some(part)
}

/// The draws of a part: whole chunks, as many in each part as in any other.
fn share(draws: u64, shard: u64, of: u64) -> (u64, u64) {
    let chunks = draws.div_ceil(CHUNK as u64);
    let cut = |number: u64| {
        let chunk = u128::from(chunks) * u128::from(number) / u128::from(of);
        (chunk as u64).saturating_mul(CHUNK as u64).min(draws)
    };
    (cut(shard.saturating_sub(1)), cut(shard))
}

fn run(
    job: &Job,
    options: &Options,
    world: &World,
    case: &mut CasePart,
    (first, end): (u64, u64),
    widths: f64,
    tell: &dyn Fn(u64),
) -> Option<()> {
    let (mut at, mut stretch) = (first, FIRST_STRETCH);
    while at < end {
        if options.is_stopped() {
            return None;
        }
        let count = stretch.min(end - at);
        let lenses: Vec<Lens> = case.outputs.iter().map(|output| output.summary.lens()).collect();
        let see = |range: std::ops::Range<u64>, columns: &Columns| Seen::new(at + range.start, &lenses, columns);
        let take = |seen: Seen| {
            tell(seen.first - first);
            seen.add(case);
        };
        let fill = |range: std::ops::Range<u64>, columns: &mut Columns| world.fill(at + range.start, columns);
        world.sweep.run_parallel(count, options.threads(), fill, see, take);
        case.outputs.iter_mut().for_each(|output| output.summary.settle(widths));
        at += count;
        stretch = (3 * (at - first)).clamp(FIRST_STRETCH, LONGEST_STRETCH);
    }
    case.outputs.iter_mut().for_each(|output| output.summary.bracket());
    tell(end - first);
    debug_assert_eq!(job.asked.len(), case.outputs.len() + case.predicates.len());
    Some(())
}

/// Whether every quantile lies where values were kept.
fn is_exact(case: &mut CasePart) -> bool {
    case.outputs.iter_mut().all(|output| output.summary.is_exact())
}

/// What one chunk shows.
struct Seen {
    first: u64,
    outputs: Vec<Glimpse>,
    /// The first draw of each output without a value.
    first_missing: Vec<Option<u64>>,
    /// Hits and known ones of each predicate.
    predicates: Vec<(u64, u64)>,
    draws: u64,
}

impl Seen {
    fn new(first: u64, lenses: &[Lens], columns: &Columns) -> Seen {
        let slices = columns.slices();
        let (outputs, predicates) = slices.split_at(lenses.len());
        let missing = |values: &&[f64]| values.iter().position(|value| value.is_nan()).map(|at| first + at as u64);
        let hits = |values: &&[f64]| {
            let known = values.iter().filter(|value| !value.is_nan());
            known.fold((0, 0), |(hits, known), value| (hits + u64::from(*value != 0.0), known + 1))
        };
        Seen {
            first,
            outputs: lenses.iter().zip(outputs).map(|(lens, values)| lens.look(values)).collect(),
            first_missing: outputs.iter().map(missing).collect(),
            predicates: predicates.iter().map(hits).collect(),
            draws: slices.first().map_or(0, |values| values.len() as u64),
        }
    }

    fn add(self, case: &mut CasePart) {
        let chunk = self.first / CHUNK as u64;
        for ((output, glimpse), missing) in case.outputs.iter_mut().zip(self.outputs).zip(self.first_missing) {
            output.summary.take(chunk, glimpse);
            output.first_missing = output.first_missing.or(missing);
        }
        for (predicate, (hits, known)) in case.predicates.iter_mut().zip(self.predicates) {
            predicate.hits += hits;
            predicate.count += known;
            predicate.missing += self.draws - known;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_whole_chunks_and_leave_nothing_out() {
        for (draws, of) in [(10, 3), (1_000_000, 7), (2_048, 1), (5_000, 2), (u64::MAX, 9)] {
            let shares: Vec<(u64, u64)> = (1..=of).map(|shard| share(draws, shard, of)).collect();
            assert_eq!((shares[0].0, shares[shares.len() - 1].1), (0, draws));
            assert!(shares.windows(2).all(|pair| pair[0].1 == pair[1].0 && (pair[0].1 % CHUNK as u64 == 0)));
        }
    }
}
