//! `Signature`: what others need to know of a definition: its type, its time axis, how it adds up, how it is shown.

use crate::calendar::Frequency;
use crate::model::{SeriesKind, Type};
use crate::units::Unit;

/// What is known of a definition.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Signature {
    /// Nothing if it is not known, for a reason that is reported.
    pub ty: Option<Type>,
    pub time: Option<Frequency>,
    pub series: Option<SeriesKind>,
    pub unit: Option<Unit>,
    /// Whether its type waits for itself.
    pub circular: bool,
}

impl Signature {
    /// The type of a number of a unit.
    pub fn of_unit(unit: &Unit) -> Signature {
        let ty = Some(Type::Number(unit.dimension.clone()));
        Signature { ty, unit: Some(unit.clone()), ..Signature::default() }
    }
}
