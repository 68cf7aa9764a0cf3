//! The standard library's modules, embedded.

/// Every module with its text; `std.units` is part of every book.
pub const MODULES: &[(&str, &str)] = &[
    ("std.units", include_str!("prelude/units.scn")),
    ("std.semiconductor", include_str!("prelude/semiconductor.scn")),
    ("std.valuation", include_str!("prelude/valuation.scn")),
    ("std.statements", include_str!("prelude/statements.scn")),
    ("std.market", include_str!("prelude/market.scn")),
    ("std.inference", include_str!("prelude/inference.scn")),
    ("std.tco", include_str!("prelude/tco.scn")),
    ("std.scoring", include_str!("prelude/scoring.scn")),
];

/// The text of a module.
pub fn module(name: &str) -> Option<&'static str> {
    MODULES.iter().find(|(module, _)| *module == name).map(|(_, text)| *text)
}

/// Every function of the library with the module that has it.
pub fn functions() -> impl Iterator<Item = (&'static str, &'static str)> {
    MODULES.iter().flat_map(|(module, text)| {
        let heads = text.lines().filter_map(|line| line.strip_prefix("fn "));
        heads.filter_map(|head| head.split_once('(')).map(move |(name, _)| (name.trim(), *module))
    })
}
