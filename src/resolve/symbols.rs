//! `Symbols`: what every name of a book stands for.

/// One table of names.
#[derive(Debug, Clone, Default)]
pub struct Symbols {}
