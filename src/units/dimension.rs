//! `Dimension`: what is measured, as powers of base units.

use std::sync::Arc;

/// Which base unit of a [`super::Units`]: a currency, a counting unit, a unit of physics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base(pub u16);

/// Exponents are kept in sixths, so that square and cube roots are exact.
const ONE: i16 = 6;

/// A product of powers of base units, sorted by base, without zero powers; a ratio has none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Dimension {
    /// Shared, since every number of a book has one; nothing for a ratio.
    powers: Option<Arc<[(Base, i16)]>>,
}

impl Dimension {
    /// The dimension of a pure number.
    pub const RATIO: Dimension = Dimension { powers: None };

    /// One base unit to the power of one.
    pub fn base(base: Base) -> Dimension {
        Dimension::of(vec![(base, ONE)])
    }

    fn of(powers: Vec<(Base, i16)>) -> Dimension {
        Dimension { powers: (!powers.is_empty()).then(|| powers.into()) }
    }

    fn all(&self) -> &[(Base, i16)] {
        self.powers.as_deref().unwrap_or(&[])
    }

    /// Whether this is the dimension of a pure number.
    pub fn is_ratio(&self) -> bool {
        self.powers.is_none()
    }

    /// The dimension of a product.
    pub fn times(&self, other: &Dimension) -> Dimension {
        let mut powers = self.all().to_vec();
        for (base, power) in other.all() {
            match powers.binary_search_by_key(base, |(base, _)| *base) {
                Ok(at) => powers[at].1 += power,
                Err(at) => powers.insert(at, (*base, *power)),
            }
        }
        powers.retain(|(_, power)| *power != 0);
        Dimension::of(powers)
    }

    /// The dimension of a quotient.
    pub fn over(&self, other: &Dimension) -> Dimension {
        self.times(&other.inverse())
    }

    /// The dimension of `1 / x`.
    pub fn inverse(&self) -> Dimension {
        Dimension::of(self.all().iter().map(|(base, power)| (*base, -power)).collect())
    }

    /// The dimension of `x ^ (numerator / denominator)`, or nothing if a power would not be in sixths.
    pub fn power(&self, numerator: i32, denominator: i32) -> Option<Dimension> {
        if numerator == 0 {
            return Some(Dimension::RATIO);
        }
        let scaled = |power: i16| {
            let whole = i32::from(power) * numerator;
            (whole % denominator == 0).then(|| i16::try_from(whole / denominator).ok()).flatten()
        };
        let powers = self.all().iter().map(|(base, power)| scaled(*power).map(|power| (*base, power)));
        Some(Dimension::of(powers.collect::<Option<_>>()?))
    }

    /// Every base with its power as a fraction of whole numbers.
    pub fn powers(&self) -> impl Iterator<Item = (Base, i32, i32)> {
        self.all().iter().map(|(base, power)| {
            let divisor = gcd(power.unsigned_abs(), ONE as u16) as i32;
            (*base, i32::from(*power) / divisor, i32::from(ONE) / divisor)
        })
    }

    /// The base this dimension is one of, to the power of one, and nothing else.
    pub fn single(&self) -> Option<Base> {
        match self.all() {
            [(base, ONE)] => Some(*base),
            _ => None,
        }
    }
}

fn gcd(a: u16, b: u16) -> u16 {
    if b == 0 { a } else { gcd(b, a % b) }
}
