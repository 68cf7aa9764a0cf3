//! Summaries against all values sorted, for any split of the draws.

use super::*;
use crate::chance::Stream;

const CHUNK: usize = 2048;
const QUANTILES: [f64; 4] = [0.0, 0.05, 0.5, 0.95];

/// Looks at the chunks of a part of the values, in stretches as a run does.
fn summed(values: &[f64], chunks: std::ops::Range<usize>) -> Summary {
    let mut summary = Summary::new(Some(0.25), &QUANTILES);
    let mut first = chunks.start;
    let mut stretch = 32;
    while first < chunks.end {
        let lens = summary.lens();
        let last = chunks.end.min(first + stretch);
        for chunk in first..last {
            let upto = values.len().min((chunk + 1) * CHUNK);
            summary.take(chunk as u64, lens.look(&values[chunk * CHUNK..upto]));
        }
        summary.settle(8.0);
        (first, stretch) = (last, stretch * 3);
    }
    summary
}

fn values(count: usize) -> Vec<f64> {
    let mut values = vec![0.0; count];
    Stream::of_path("x").fill(1, 0, &mut values);
    values.iter_mut().step_by(97).for_each(|value| *value = f64::NAN);
    values.iter_mut().skip(1).step_by(31).for_each(|value| *value = if *value < 0.4 { 0.25 } else { *value });
    values
}

fn sorted_quantile(values: &[f64], p: f64) -> f64 {
    let mut present: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    present.sort_by(f64::total_cmp);
    let rank = (present.len() - 1) as f64 * p;
    let low = present[rank as usize];
    let rest = rank - rank.floor();
    if rest == 0.0 { low } else { low + (present[rank as usize + 1] - low) * rest }
}

#[test]
fn quantiles_are_exact_and_little_is_kept() {
    let values = values(300_001);
    let mut summary = summed(&values, 0..values.len().div_ceil(CHUNK));
    for (place, p) in QUANTILES.iter().enumerate() {
        let quantile = summary.quantile(place).expect("inside the bracket");
        assert_eq!(quantile.value, sorted_quantile(&values, *p), "{p}");
        assert!((quantile.error - (p * (1.0 - p) / 3e5).sqrt()).abs() < 2e-4, "{p}: {}", quantile.error);
    }
    assert!(summary.brackets.iter().all(|bracket| bracket.kept.len() < 10_000));
    let below = values.iter().filter(|value| **value < 0.25).count() as f64;
    let same = values.iter().filter(|value| **value == 0.25).count() as f64;
    let count = summary.count();
    assert_eq!(summary.percentile(), share(below + same / 2.0, count));
    assert_eq!(summary.missing() + count, 300_001);
}

#[test]
fn any_split_says_the_same() {
    let values = values(200_000);
    let chunks = values.len().div_ceil(CHUNK);
    let mut whole = summed(&values, 0..chunks);
    for cuts in [vec![0, chunks], vec![0, 1, chunks], vec![0, 50, 50, 60, 90, chunks]] {
        let mut parts = cuts.windows(2).map(|cut| {
            let part = summed(&values, cut[0]..cut[1]);
            let mut part = part;
            part.bracket();
            let text = serde_json::to_string(&part).expect("plain data");
            serde_json::from_str::<Summary>(&text).expect("what was written")
        });
        let first = parts.next().expect("a part");
        let mut joined = parts.fold(first, |mut sum, part| {
            sum.append(part);
            sum
        });
        assert_eq!(joined.moments(), whole.moments());
        assert_eq!(joined.firsts(), whole.firsts());
        assert_eq!(joined.percentile(), whole.percentile());
        for place in 0..QUANTILES.len() {
            assert_eq!(joined.quantile(place).map(|q| q.value), whole.quantile(place).map(|q| q.value));
        }
    }
}

#[test]
fn a_value_that_never_varies_takes_no_room() {
    let values = vec![7.0; 100_000];
    let mut summary = summed(&values, 0..values.len().div_ceil(CHUNK));
    assert_eq!(summary.quantile(2), Some(Estimate { value: 7.0, error: 0.0 }));
    assert!(summary.brackets.iter().all(|bracket| bracket.kept.len() == 1));
    assert_eq!(summary.moments().sd(), Some(0.0));
}

#[test]
fn no_value_has_no_statistics() {
    let mut summary = summed(&[f64::NAN; 5], 0..1);
    assert_eq!((summary.quantile(1), summary.percentile(), summary.missing()), (None, None, 5));
}
