//! Known boxes are found, and nothing is found where there is nothing.

use super::*;
use crate::chance::Stream;

fn inputs(count: usize, draws: usize) -> Vec<Vec<f64>> {
    let column = |number: usize| {
        let mut column = vec![0.0; draws];
        Stream::Numbered(number as u32).fill(3, 0, &mut column);
        column
    };
    (0..count).map(column).collect()
}

fn holds(inputs: &[Vec<f64>], condition: impl Fn(&dyn Fn(usize) -> f64) -> bool) -> Vec<bool> {
    (0..inputs[0].len()).map(|row| condition(&|input| inputs[input][row])).collect()
}

#[test]
fn a_known_box_is_found() {
    let inputs = inputs(5, 4_000);
    let holds = holds(&inputs, |x| x(1) < 0.4 && x(3) > 0.7);
    let worlds = Worlds { inputs: &inputs, holds: &holds };
    let region = find(&worlds, 0.05);
    let near = |bound: Option<f64>, wanted: f64| bound.is_some_and(|bound| (bound - wanted).abs() < 0.03);
    assert!(near(region.bounds[1].high, 0.4) && near(region.bounds[3].low, 0.7), "{region:?}");
    assert!([0, 2, 4].iter().all(|input| region.bounds[*input].is_open()), "{region:?}");
    assert!(region.bounds[1].low.is_none() && region.bounds[3].high.is_none(), "{region:?}");
    assert!(region.coverage(&worlds) > 0.9 && region.density() > 0.95, "{region:?}");
}

#[test]
fn a_sloped_edge_gives_a_box_that_is_mostly_right() {
    let inputs = inputs(3, 2_000);
    let holds = holds(&inputs, |x| x(0) + x(1) < 0.6);
    let worlds = Worlds { inputs: &inputs, holds: &holds };
    let region = find(&worlds, 0.05);
    assert!(region.bounds[0].high.is_some() && region.bounds[1].high.is_some() && region.bounds[2].is_open());
    assert!(region.coverage(&worlds) > 0.6 && region.density() > 0.6, "{region:?}");
}

#[test]
fn a_condition_of_nothing_has_no_box() {
    let inputs = inputs(3, 500);
    let coin = holds(&inputs[..], |_| false);
    let mut other = vec![0.0; 500];
    Stream::Numbered(9).fill(3, 0, &mut other);
    let coin: Vec<bool> = coin.iter().zip(&other).map(|(_, u)| *u < 0.5).collect();
    let region = find(&Worlds { inputs: &inputs, holds: &coin }, 0.05);
    assert!(region.density() < 0.75, "{region:?}");
}

#[test]
fn equal_values_stay_together() {
    let inputs = vec![[1.0, 2.0].repeat(50)];
    let holds: Vec<bool> = inputs[0].iter().map(|value| *value > 1.5).collect();
    let region = find(&Worlds { inputs: &inputs, holds: &holds }, 0.05);
    assert_eq!((region.bounds[0].low, region.inside, region.hits), (Some(1.5), 50, 50));
}
