//! Chance: numbers drawn at random and what is said of them; pure numbers, without a model.
//!
//! Every draw is a function of a seed, a stream and its own number, so any part of a run can be made again by itself, on
//! any machine, in any order, to the same bits.

mod correlation;
mod draws;
mod elementary;
pub mod indices;
mod latin;
mod marginal;
pub mod normal;
mod philox;
pub mod prim;
mod rank;
mod sobol;
mod stream;
pub mod summary;
mod wide;

pub use correlation::{Blend, Link, Repair};
pub use draws::{Draws, SOBOL_INPUTS, Sampling};
pub use marginal::{Marginal, MarginalError, Pert};
pub use rank::{Ranked, correlation as rank_correlation, pearson, ranks};
pub use sobol::Sobol;
pub use stream::Stream;
