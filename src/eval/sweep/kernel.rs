//! Kernels: one action for 256 points at once, as plain loops that compilers turn into wide instructions.
//!
//! The four operations round alike at any width, and products and sums are never fused, so that the bits are the same on
//! every machine.

use crate::builtin::Builtin;
use crate::model::CompareOp;

use super::super::op::{Many, One, Two};

/// How many points are side by side in a tile, and how many tiles are in a block.
pub(super) const TILE: usize = 16;
pub(super) const TILES: usize = 16;

/// How many points a block has.
pub(super) const BLOCK: usize = TILE * TILES;

pub(super) type Tile = [f64; TILE];

/// The numbers of one register.
pub(super) type Lanes = [Tile; TILES];

/// What a kernel reads: all tiles of a block, or one tile that stands for all of them.
pub(super) type Read<'r> = &'r [Tile];

/// A step with one operand.
#[inline(always)]
pub(super) fn one(op: One, to: &mut Lanes, x: Read<'_>, checks: bool) {
    match op {
        One::Minus if checks => map_one(to, x, |x| clean(-x)),
        One::Minus => map_one(to, x, |x| -x),
        One::Not => map_one(to, x, |x| kept(x, yes_no(x == 0.0))),
        One::IsMissing => map_one(to, x, |x| yes_no(x.is_nan())),
        One::Elementary(Builtin::Abs) => map_one(to, x, f64::abs),
        One::Elementary(Builtin::Sqrt) => map_one(to, x, f64::sqrt),
        One::Elementary(_) => map_one(to, x, |x| op.of(x)),
    }
}

/// Runs something with one of the four operations under a name.
macro_rules! with_arithmetic {
    ($op:expr, $name:ident => $body:expr) => {
        match $op {
            Two::Minus => {
                let $name = |left: f64, right: f64| left - right;
                $body
            }
            Two::Times => {
                let $name = |left: f64, right: f64| left * right;
                $body
            }
            Two::Over => {
                let $name = |left: f64, right: f64| left / right;
                $body
            }
            _ => {
                let $name = |left: f64, right: f64| left + right;
                $body
            }
        }
    };
}

/// A step with two operands.
#[inline(always)]
pub(super) fn two(op: Two, to: &mut Lanes, a: Read<'_>, b: Read<'_>, checks: bool) {
    match op {
        Two::Plus | Two::Minus | Two::Times | Two::Over => with_arithmetic!(op, f => match checks {
            true => map_two(to, a, b, |a, b| clean(f(a, b))),
            false => map_two(to, a, b, f),
        }),
        Two::Least => map_two(to, a, b, |a, b| kept(b, if b < a { b } else { a })),
        Two::Most => map_two(to, a, b, |a, b| kept(b, if b > a { b } else { a })),
        Two::Compare(CompareOp::Equal) => map_two(to, a, b, |a, b| kept(a + b, yes_no(a == b))),
        Two::Compare(CompareOp::NotEqual) => map_two(to, a, b, |a, b| kept(a + b, yes_no(a != b))),
        Two::Compare(CompareOp::Less) => map_two(to, a, b, |a, b| kept(a + b, yes_no(a < b))),
        Two::Compare(CompareOp::LessEqual) => map_two(to, a, b, |a, b| kept(a + b, yes_no(a <= b))),
        Two::Compare(CompareOp::Greater) => map_two(to, a, b, |a, b| kept(a + b, yes_no(a > b))),
        Two::Compare(CompareOp::GreaterEqual) => map_two(to, a, b, |a, b| kept(a + b, yes_no(a >= b))),
        Two::OrElse if checks => map_two(to, a, b, |a, b| if a.is_nan() { clean(b) } else { a }),
        Two::OrElse => map_two(to, a, b, |a, b| if a.is_nan() { b } else { a }),
        Two::After if checks => map_two(to, a, b, |a, b| kept(a, clean(b))),
        Two::After => map_two(to, a, b, kept),
        Two::Mark => map_two(to, a, b, |a, b| if a == 0.0 { f64::INFINITY } else { kept(a, b) }),
        Two::Power | Two::Round => map_two(to, a, b, |a, b| op.of(a, b)),
    }
}

/// Two operations in one step.
#[inline(always)]
pub(super) fn pair(first: Two, second: Two, is_flipped: bool, to: &mut Lanes, reads: [Read<'_>; 3], checks: bool) {
    let [a, b, c] = reads;
    with_arithmetic!(first, f => with_arithmetic!(second, g => match (is_flipped, checks) {
        (false, false) => map_three(to, a, b, c, |a, b, c| g(f(a, b), c)),
        (false, true) => map_three(to, a, b, c, |a, b, c| clean(g(f(a, b), c))),
        (true, false) => map_three(to, a, b, c, |a, b, c| g(c, f(a, b))),
        (true, true) => map_three(to, a, b, c, |a, b, c| clean(g(c, f(a, b)))),
    }))
}

/// A choice.
#[inline(always)]
pub(super) fn choose(to: &mut Lanes, reads: [Read<'_>; 3], checks: bool) {
    let [a, b, c] = reads;
    let chosen = |a: f64, b: f64, c: f64| kept(a, if a == 0.0 { c } else { b });
    match checks {
        true => map_three(to, a, b, c, |a, b, c| clean(chosen(a, b, c))),
        false => map_three(to, a, b, c, chosen),
    }
}

/// What is given, with NaN for what is not finite.
#[inline(always)]
pub(super) fn copy(to: &mut Lanes, x: Read<'_>, checks: bool) {
    match checks {
        true => map_one(to, x, clean),
        false => map_one(to, x, |x| x),
    }
}

/// A step with any number of operands, point by point.
pub(super) fn many(op: &Many, to: &mut Lanes, reads: &[Read<'_>]) {
    let (mut numbers, mut kept) = (Vec::with_capacity(reads.len()), Vec::new());
    for (tile, out) in to.iter_mut().enumerate() {
        for (lane, out) in out.iter_mut().enumerate() {
            numbers.clear();
            numbers.extend(reads.iter().map(|read| tile_of(read, tile)[lane]));
            *out = op.of(&numbers, &mut kept);
        }
    }
}

#[inline(always)]
fn tile_of<'r>(read: Read<'r>, tile: usize) -> &'r Tile {
    &read[if read.len() == TILES { tile } else { 0 }]
}

#[inline(always)]
fn map_one(to: &mut Lanes, a: Read<'_>, f: impl Fn(f64) -> f64) {
    for (tile, out) in to.iter_mut().enumerate() {
        let a = tile_of(a, tile);
        for lane in 0..TILE {
            out[lane] = f(a[lane]);
        }
    }
}

#[inline(always)]
fn map_two(to: &mut Lanes, a: Read<'_>, b: Read<'_>, f: impl Fn(f64, f64) -> f64) {
    for (tile, out) in to.iter_mut().enumerate() {
        let (a, b) = (tile_of(a, tile), tile_of(b, tile));
        for lane in 0..TILE {
            out[lane] = f(a[lane], b[lane]);
        }
    }
}

#[inline(always)]
fn map_three(to: &mut Lanes, a: Read<'_>, b: Read<'_>, c: Read<'_>, f: impl Fn(f64, f64, f64) -> f64) {
    for (tile, out) in to.iter_mut().enumerate() {
        let (a, b, c) = (tile_of(a, tile), tile_of(b, tile), tile_of(c, tile));
        for lane in 0..TILE {
            out[lane] = f(a[lane], b[lane], c[lane]);
        }
    }
}

/// A number, or NaN for what is none.
#[inline(always)]
fn clean(number: f64) -> f64 {
    if number.abs() < f64::INFINITY { number } else { f64::NAN }
}

/// The second, if the first is there.
#[inline(always)]
fn kept(first: f64, second: f64) -> f64 {
    if first.is_nan() { f64::NAN } else { second }
}

#[inline(always)]
fn yes_no(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}
