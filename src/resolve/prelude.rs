//! The standard library's modules, embedded.

/// Every module with its text; `std.units` is part of every book.
pub const MODULES: &[(&str, &str)] = &[("std.units", include_str!("prelude/units.scn"))];

/// The text of a module.
pub fn module(name: &str) -> Option<&'static str> {
    MODULES.iter().find(|(module, _)| *module == name).map(|(_, text)| *text)
}
