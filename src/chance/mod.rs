//! Chance: numbers drawn at random and what is said of them; pure numbers, without a model.
//!
//! Every draw is a function of a seed, a stream and its own number, so any part of a run can be made again by itself, on
//! any machine, in any order, to the same bits.

mod elementary;
mod latin;
mod marginal;
mod normal;
mod philox;
mod sobol;
mod stream;
mod wide;

pub use marginal::{Marginal, MarginalError};
pub use sobol::{DIMENSIONS, Sobol};
pub use stream::{Stream, fill_pair};
