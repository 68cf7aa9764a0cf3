//! scn: a declarative scenario engine.

pub mod diagnostic;
pub mod syntax;
pub mod text;
