//! Roots: where a function of one or several unknowns meets what is wanted.

mod brent;
mod eigen;
mod several;
mod single;
#[cfg(test)]
mod tests;

pub use several::{Fit, Unknown, least_squares};
pub use single::{Root, Roots, roots};
