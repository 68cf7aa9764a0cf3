//! Values as computed: numbers with a reason beside those that are missing, one at a time or as columns.

mod block;
mod column;
mod words;

pub use block::Block;
pub use column::Column;
pub use words::{Reason, Words};

/// One value as computed: a number, an interned text, or yes as 1 and no as 0; and why it is missing, if it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scalar {
    /// Zero if missing.
    pub number: f64,
    pub missing: Reason,
}

impl Scalar {
    pub const NO: Scalar = Scalar::number(0.0);
    pub const YES: Scalar = Scalar::number(1.0);

    /// A value that is there.
    pub const fn number(number: f64) -> Scalar {
        Scalar { number, missing: Reason::PRESENT }
    }

    /// A value that is not there.
    pub const fn missing(reason: Reason) -> Scalar {
        Scalar { number: 0.0, missing: reason }
    }

    /// Yes or no.
    pub const fn yes_no(holds: bool) -> Scalar {
        if holds { Scalar::YES } else { Scalar::NO }
    }

    /// Whether there is a value.
    pub fn is_present(self) -> bool {
        self.missing == Reason::PRESENT
    }

    /// Whether it is there and yes.
    pub fn is_yes(self) -> bool {
        self.is_present() && self.number != 0.0
    }

    /// Whether both have the same bits and the same reason.
    pub fn same_as(self, other: Scalar) -> bool {
        self.number.to_bits() == other.number.to_bits() && self.missing == other.missing
    }
}
