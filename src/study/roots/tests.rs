//! Functions whose roots are known.

use std::f64::consts::PI;

use super::{Unknown, least_squares, roots};

/// The places of all roots, each held against a known one.
fn hold(low: f64, high: f64, f: fn(f64) -> f64, known: &[f64]) {
    let found = roots(low, high, 1e-10, &mut |places| places.iter().map(|at| f(*at)).collect());
    let places: Vec<f64> = found.roots.iter().map(|root| root.at).collect();
    assert_eq!(places.len(), known.len(), "{places:?} are not {known:?}");
    for (place, known) in places.iter().zip(known) {
        assert!((place - known).abs() < 1e-5 * known.abs().max(1.0), "{place} is not {known}");
    }
}

#[test]
fn standard_functions() {
    hold(0.0, 5.0, |x| libm::cos(x) - x, &[0.739_085_133_215_160_6]);
    hold(-2.0, 2.0, |x| x * x * x - x, &[-1.0, 0.0, 1.0]);
    hold(0.0, 3.0, |x| libm::exp(x) - 3.0 * x, &[0.619_061_286_735_945_1, 1.512_134_551_657_842_5]);
    hold(0.0, 10.0, libm::sin, &[0.0, PI, 2.0 * PI, 3.0 * PI]);
    hold(-1.0, 4.0, |x| libm::pow(x - 1.0, 9.0), &[1.0]);
}

#[test]
fn a_double_root_is_found() {
    hold(0.0, 2.0, |x| (x - 0.7) * (x - 0.7), &[0.7]);
    hold(0.0, 1.0, |x| (x - 0.3001) * (x - 0.3002), &[0.3001, 0.3002]);
}

#[test]
fn roots_at_and_beside_the_ends_are_found() {
    hold(0.0, 1.0, |x| (x - 0.0007) * (x - 0.0007), &[0.0007]);
    hold(0.0, 1.0, |x| (x - 0.9991) * (x - 0.9992), &[0.9991, 0.9992]);
    hold(0.0, 1.0, |x| (x - 0.5) * (1.0 + 1e-16 - x), &[0.5, 1.0]);
    hold(0.0, 1.0, |x| (x - 0.5) * (x + 1e-12), &[0.0, 0.5]);
    let many: Vec<f64> = (0..=40).map(|at| f64::from(at) / 40.0).collect();
    hold(0.0, 1.0, |x| libm::sin(40.0 * PI * x), &many);
}

#[test]
fn a_jump_is_no_root() {
    hold(-1.0, 2.0, |x| 1.0 / (x - 0.3), &[]);
    hold(0.0, 1.0, |x| if x < 0.4321 { -1.0 } else { 1.0 }, &[]);
    let found = roots(0.0, 1.0, 1e-9, &mut |places| places.iter().map(|x| libm::floor(x * 3.0) - 0.5).collect());
    assert!(found.roots.is_empty());
    assert!((found.jumps[0] - 1.0 / 3.0).abs() < 1e-9);
}

#[test]
fn a_bracket_without_a_root_says_its_ends() {
    let found = roots(1.0, 3.0, 1e-9, &mut |places| places.iter().map(|x| x * x + 1.0).collect());
    assert_eq!((found.roots.len(), found.ends), (0, (2.0, 10.0)));
    assert_eq!(found.nearest.map(|root| root.at), Some(1.0));
}

#[test]
fn what_has_no_value_is_left_out() {
    hold(-4.0, 4.0, |x| if x < 0.0 { f64::NAN } else { libm::sqrt(x) - 1.0 }, &[1.0]);
    let found = roots(0.0, 1.0, 1e-9, &mut |places| vec![f64::NAN; places.len()]);
    assert!(found.roots.is_empty() && found.nearest.is_none());
}

#[test]
fn what_never_moves_is_flat() {
    let found = roots(0.0, 1.0, 1e-9, &mut |places| vec![2.0; places.len()]);
    assert!(found.is_flat && found.roots.is_empty());
}

const UNIT: Unknown = Unknown { low: 0.0, high: 4.0, start: 1.0 };

fn each(f: impl Fn(&[f64]) -> Vec<f64>) -> impl FnMut(&[Vec<f64>]) -> Vec<Vec<f64>> {
    move |points| points.iter().map(|point| f(point).iter().map(|miss| miss / 1e-6).collect()).collect()
}

#[test]
fn two_unknowns_with_one_solution() {
    let fits = least_squares(&[UNIT, UNIT], &mut each(|x| vec![x[0] * x[1] - 2.0, x[0] - x[1] - 1.0]));
    assert!(fits.iter().all(|fit| fit.is_near() && fit.free.is_empty()));
    let rosenbrock = least_squares(&[UNIT, UNIT], &mut each(|x| vec![10.0 * (x[1] - x[0] * x[0]), 1.0 - x[0]]));
    assert_eq!(rosenbrock.len(), 1);
    assert!((rosenbrock[0].at[0] - 1.0).abs() < 1e-6 && (rosenbrock[0].at[1] - 1.0).abs() < 1e-6);
}

#[test]
fn every_solution_of_two() {
    let circle = |x: &[f64]| vec![x[0] * x[0] + x[1] * x[1] - 5.0, x[0] * x[1] - 2.0];
    let mut at: Vec<f64> = least_squares(&[UNIT, UNIT], &mut each(circle)).iter().map(|fit| fit.at[0]).collect();
    at.sort_by(f64::total_cmp);
    assert!(at.len() == 2 && (at[0] - 1.0).abs() < 1e-6 && (at[1] - 2.0).abs() < 1e-6, "{at:?}");
}

#[test]
fn a_free_direction_is_said() {
    let fits = least_squares(&[UNIT, UNIT], &mut each(|x| vec![x[0] + x[1] - 3.0]));
    assert_eq!(fits.len(), 1);
    assert!(fits[0].is_near());
    let free = &fits[0].free[0];
    assert!((free[0] + free[1]).abs() < 1e-6 && (fits[0].at[0] - 1.5).abs() < 1e-3, "{fits:?}");
}

#[test]
fn what_cannot_be_met_comes_nearest() {
    let fits = least_squares(&[UNIT], &mut each(|x| vec![x[0] - 1.0, x[0] - 2.0]));
    assert!(fits.len() == 1 && !fits[0].is_near() && (fits[0].at[0] - 1.5).abs() < 1e-6, "{fits:?}");
    let outside = least_squares(&[UNIT], &mut each(|x| vec![x[0] - 6.0]));
    assert!((outside[0].at[0] - 4.0).abs() < 1e-9);
}

#[test]
fn a_stretch_of_zeros_is_one_root() {
    hold(0.0, 1.0, |x| if x < 0.25 { -1.0 } else { f64::max(x - 0.75, 0.0) }, &[0.5]);
    hold(0.0, 1.0, |_| 0.0, &[0.5]);
}
