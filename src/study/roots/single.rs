//! One unknown: every root in a bracket, by a scan and Brent's method between changes of sign.

use super::brent::{lowest, zero};

/// Stretches that the bracket is scanned in.
const STRETCHES: usize = 256;

/// Every root of a function in a bracket, and its values at the ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Roots {
    /// In ascending order.
    pub roots: Vec<Root>,
    /// Where the function jumps from one sign to the other without coming near zero.
    pub jumps: Vec<f64>,
    /// The values at the lower and at the upper end; NaN if there is none.
    pub ends: (f64, f64),
    /// Where the function comes nearest to zero, and what it is there; nothing if it has no value anywhere.
    pub nearest: Option<Root>,
    /// Whether the function is the same everywhere it has a value.
    pub is_flat: bool,
}

/// A place, and the value of the function there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Root {
    pub at: f64,
    pub value: f64,
}

/// Finds where `f` is zero from `low` to `high`; a value nearer to zero than `near` counts, too.
///
/// `f` is asked for many places at once. Two roots closer than a 256th of the bracket may be taken for none or one; towards
/// the ends, where a root has no neighbour beyond, the places are closer.
pub fn roots(low: f64, high: f64, near: f64, f: &mut dyn FnMut(&[f64]) -> Vec<f64>) -> Roots {
    let places = places(low, high);
    let last = places.len() - 1;
    let values = f(&places);
    let points: Vec<Root> = places.iter().zip(&values).map(|(at, value)| Root { at: *at, value: *value }).collect();
    let mut one = |at: f64| f(&[at]).first().copied().unwrap_or(f64::NAN);
    let mut found = Roots {
        roots: zeros(&points),
        jumps: Vec::new(),
        ends: (points[0].value, points[last].value),
        nearest: None,
        is_flat: is_flat(&values),
    };
    points.windows(2).for_each(|pair| found.cross(pair[0], pair[1], near, &mut one));
    points.windows(3).for_each(|three| found.touch(three, near, &mut one));
    let stretch = (high - low) / STRETCHES as f64;
    found.meet(points[0], points[1], stretch, near);
    found.meet(points[last], points[last - 1], stretch, near);
    let known = points.iter().chain(&found.roots).filter(|point| point.value.is_finite());
    found.nearest = known.min_by(|a, b| a.value.abs().total_cmp(&b.value.abs())).copied();
    if found.roots.is_empty() {
        found.roots.extend(found.nearest.filter(|root| root.value.abs() <= near));
    }
    found.settle(stretch);
    found
}

/// Where a bracket is looked at: evenly, and ever closer towards its ends.
fn places(low: f64, high: f64) -> Vec<f64> {
    const HALVINGS: i32 = 10;
    let width = high - low;
    let part = |halvings: i32| libm::exp2(f64::from(-halvings)) / STRETCHES as f64;
    let first = (1..=HALVINGS).rev().map(|halvings| low + width * part(halvings));
    let even = (1..STRETCHES).map(|at| low + width * (at as f64 / STRETCHES as f64));
    let last = (1..=HALVINGS).map(|halvings| high - width * part(halvings));
    let mut places: Vec<f64> = std::iter::once(low).chain(first).chain(even).chain(last).chain([high]).collect();
    places.dedup();
    places
}

/// The places that are zero as they are; the middle one of those in a row.
fn zeros(points: &[Root]) -> Vec<Root> {
    let rows = points.chunk_by(|a, b| a.value == 0.0 && b.value == 0.0);
    rows.filter(|row| row[0].value == 0.0).map(|row| row[row.len() / 2]).collect()
}

fn is_flat(values: &[f64]) -> bool {
    let known = || values.iter().copied().filter(|value| value.is_finite());
    let (least, most) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    most - least <= 1e-12 * most.abs().max(least.abs())
}

impl Roots {
    /// Looks between two places whose values have different signs; what stays far from zero there is a jump.
    fn cross(&mut self, a: Root, b: Root, near: f64, f: &mut dyn FnMut(f64) -> f64) {
        if !(a.value < 0.0 && b.value > 0.0 || a.value > 0.0 && b.value < 0.0) {
            return;
        }
        let (at, value) = zero(f, (a.at, a.value), (b.at, b.value));
        let small = near.max(1e-6 * (a.value - b.value).abs());
        match value.abs() <= small {
            true => self.roots.push(Root { at, value }),
            false => self.jumps.push(at),
        }
    }

    /// Looks around a place that is nearer to zero than its neighbours and has their sign: the function may touch zero.
    fn touch(&mut self, three: &[Root], near: f64, f: &mut dyn FnMut(f64) -> f64) {
        let [a, b, c] = [three[0], three[1], three[2]];
        let sign = b.value.signum();
        let is_lowest = a.value * sign >= b.value * sign && c.value * sign >= b.value * sign;
        if b.value == 0.0 || !is_lowest || (a.value == b.value && b.value == c.value) {
            return;
        }
        let (at, value) = lowest(&mut |at| f(at) * sign, (a.at, b.at, c.at), b.value * sign);
        if value < -near {
            let middle = Root { at, value: value * sign };
            self.cross(a, middle, near, f);
            self.cross(middle, c, near, f);
        } else if value.abs() <= near {
            self.roots.push(Root { at, value: value * sign });
        }
    }

    /// An end that is as good as zero, and no farther from it than what lies beside it, is a root, if none was found close by.
    fn meet(&mut self, end: Root, beside: Root, stretch: f64, near: f64) {
        let is_met = end.value != 0.0 && end.value.abs() <= near && end.value.abs() <= beside.value.abs();
        if is_met && !self.roots.iter().any(|root| (root.at - end.at).abs() <= stretch) {
            self.roots.push(end);
        }
    }

    /// Sorts, and leaves one of those that are the same root found twice.
    fn settle(&mut self, apart: f64) {
        self.roots.sort_by(|a, b| a.at.total_cmp(&b.at));
        self.roots.dedup_by(|later, root| (later.at - root.at).abs() <= apart * 1e-6);
        self.jumps.sort_by(f64::total_cmp);
    }
}
