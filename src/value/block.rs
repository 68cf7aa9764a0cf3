//! `Block`: the values of several variables of one shape over time, period by period, one lane for each variable.

use super::{Column, Reason, Scalar};

/// `width` lanes over `periods`; a value without time has one period.
///
/// The numbers of one period lie side by side, so an earlier period is the same slice further left.
#[derive(Debug, Clone)]
pub struct Block {
    pub width: usize,
    pub periods: usize,
    numbers: Vec<f64>,
    /// Empty while every value is there.
    missing: Vec<Reason>,
}

impl Block {
    /// A block of zeros.
    pub fn new(width: usize, periods: usize) -> Block {
        Block { width, periods, numbers: vec![0.0; width * periods], missing: Vec::new() }
    }

    /// One value; nothing outside the block.
    pub fn get(&self, period: usize, lane: usize) -> Option<Scalar> {
        if period >= self.periods || lane >= self.width {
            return None;
        }
        let at = period * self.width + lane;
        let missing = self.missing.get(at).copied().unwrap_or_default();
        Some(Scalar { number: self.numbers[at], missing })
    }

    /// Writes one value.
    pub fn set(&mut self, period: usize, lane: usize, value: Scalar) {
        let at = period * self.width + lane;
        if !value.is_present() && self.missing.is_empty() {
            self.missing = vec![Reason::PRESENT; self.numbers.len()];
        }
        self.numbers[at] = value.number;
        if let Some(missing) = self.missing.get_mut(at) {
            *missing = value.missing;
        }
    }

    /// The numbers of periods `from..to`, all lanes.
    pub fn numbers(&self, from: usize, to: usize) -> &[f64] {
        &self.numbers[from * self.width..to * self.width]
    }

    /// Why values of periods `from..to` are missing; nothing if the whole block is there.
    pub fn missing(&self, from: usize, to: usize) -> Option<&[Reason]> {
        (!self.missing.is_empty()).then(|| &self.missing[from * self.width..to * self.width])
    }

    /// The values of some lanes in one period, in the memory of `numbers`.
    pub fn gather(&self, period: usize, lanes: &[usize], mut numbers: Vec<f64>) -> Column {
        let row = period * self.width..(period + 1) * self.width;
        let values = &self.numbers[row.clone()];
        numbers.extend(lanes.iter().map(|lane| values[*lane]));
        let missing = self.missing.get(row).map(|row| lanes.iter().map(|lane| row[*lane]).collect::<Vec<Reason>>());
        Column { numbers, missing: missing.filter(|missing| missing.iter().any(|reason| *reason != Reason::PRESENT)) }
    }

    /// Writes all lanes of the periods from `from` on.
    pub fn fill(&mut self, from: usize, numbers: &[f64], missing: Option<&[Reason]>) {
        let at = from * self.width;
        self.numbers[at..at + numbers.len()].copy_from_slice(numbers);
        if missing.is_some() && self.missing.is_empty() {
            self.missing = vec![Reason::PRESENT; self.numbers.len()];
        }
        if self.missing.is_empty() {
            return;
        }
        match missing {
            Some(missing) => self.missing[at..at + missing.len()].copy_from_slice(missing),
            None => self.missing[at..at + numbers.len()].fill(Reason::PRESENT),
        }
    }
}
