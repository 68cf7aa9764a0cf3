//! Studies: questions asked of a model, answered by evaluating it at many points.

pub mod roots;
pub mod shapley;
