//! The templates every book has: whole reports to extend, and parts to import.

/// Name and text of each template of the library.
pub const LIBRARY: &[(&str, &str)] = &[
    ("report.md.j2", include_str!("../../templates/report.md.j2")),
    ("initiation.md.j2", include_str!("../../templates/initiation.md.j2")),
    ("comparison.md.j2", include_str!("../../templates/comparison.md.j2")),
    ("errata.md.j2", include_str!("../../templates/errata.md.j2")),
    ("coverage.md.j2", include_str!("../../templates/coverage.md.j2")),
    ("parts/tables.md.j2", include_str!("../../templates/parts/tables.md.j2")),
    ("parts/figures.md.j2", include_str!("../../templates/parts/figures.md.j2")),
    ("parts/inputs.md.j2", include_str!("../../templates/parts/inputs.md.j2")),
    ("parts/charts.md.j2", include_str!("../../templates/parts/charts.md.j2")),
    ("parts/studies.md.j2", include_str!("../../templates/parts/studies.md.j2")),
    ("parts/coverage.md.j2", include_str!("../../templates/parts/coverage.md.j2")),
    ("parts/cases.md.j2", include_str!("../../templates/parts/cases.md.j2")),
];

/// The text of a template of the library.
pub fn text(name: &str) -> Option<&'static str> {
    LIBRARY.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
