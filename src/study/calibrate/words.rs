//! Values and misses of a calibration in words.

use crate::units::{Unit, shown, significant};

use super::{Hit, Implied};

/// A number of base units in a unit: `6.87%`, `112 CNY/share`.
pub(super) fn amount(base: f64, unit: &Unit) -> String {
    if base.is_nan() {
        return "missing".to_string();
    }
    unit.shown(base)
}

/// A value that is written down: six digits.
pub(super) fn precise(base: f64, unit: &Unit) -> String {
    unit.written(&significant(unit.from_base(base), 6))
}

/// `co.target` is 108 CNY/share, and 112 ± 0.5 CNY/share is wanted
pub(super) fn miss_words(target: &Hit) -> String {
    let unit = &target.output.unit;
    let found = target.recorded.map_or("missing".to_string(), |value| amount(value, unit));
    let (wanted, around) = (shown(unit.from_base(target.wanted)), amount(target.tolerance, unit));
    format!("`{}` is {found}, and {wanted} ± {around} is wanted", target.output.text)
}

/// What targets are, one after the other.
pub(super) fn misses(targets: &[Hit], values: &[f64]) -> String {
    let one = |(target, value): (&Hit, &f64)| {
        let unit = &target.output.unit;
        format!("`{}` is {} there, not {}", target.output.text, amount(*value, unit), amount(target.wanted, unit))
    };
    let off = |(target, value): &(&Hit, &f64)| (**value - target.wanted).abs() > target.tolerance;
    targets.iter().zip(values).filter(off).map(one).collect::<Vec<_>>().join("; ")
}

/// `co.ke` = 9.1%, `co.g` = 2%
pub(super) fn nearest(free: &[Implied], values: &[f64]) -> String {
    let one = |(free, value): (&Implied, &f64)| format!("`{}` = {}", free.factor.text, precise(*value, &free.unit));
    free.iter().zip(values).map(one).collect::<Vec<_>>().join(", ")
}

/// `co.ke` and `co.g`
pub(super) fn together(free: &[Implied]) -> String {
    free.iter().map(|free| format!("`{}`", free.factor.text)).collect::<Vec<_>>().join(" and ")
}
