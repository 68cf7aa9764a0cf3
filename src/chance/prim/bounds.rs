//! `Bounds`: what one input of a box is held to.

/// An input is at least, or at most, something.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bounds {
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// An end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Low,
    High,
}

impl Bounds {
    /// Whether a value lies inside; both ends do.
    pub fn hold(&self, value: f64) -> bool {
        self.low.is_none_or(|low| value >= low) && self.high.is_none_or(|high| value <= high)
    }

    /// Whether it holds everything.
    pub fn is_open(&self) -> bool {
        self.low.is_none() && self.high.is_none()
    }

    /// The bound of a side.
    pub fn at(&self, side: Side) -> Option<f64> {
        match side {
            Side::Low => self.low,
            Side::High => self.high,
        }
    }

    /// Takes away the bound of a side.
    pub fn open(&mut self, side: Side) {
        self.set(side, None);
    }

    /// Moves the bound of a side.
    pub fn set(&mut self, side: Side, bound: Option<f64>) {
        match side {
            Side::Low => self.low = bound,
            Side::High => self.high = bound,
        }
    }
}

/// The inputs and sides that have a bound.
pub fn sides(bounds: &[Bounds]) -> Vec<(usize, Side)> {
    let both = bounds.iter().enumerate().flat_map(|(input, _)| [(input, Side::Low), (input, Side::High)]);
    both.filter(|(input, side)| bounds[*input].at(*side).is_some()).collect()
}
