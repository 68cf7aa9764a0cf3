//! A column of per cents in which some numbers look like shares: 35 beside 0.41.

use crate::data::{DataError, Reading, Table};
use crate::syntax::ast::DataColumn;
use crate::text::SourceId;
use crate::units::Unit;

use super::super::Resolver;
use super::super::symbols::Holds;
use super::rows::About;

/// From here on a number is hardly a share.
const PER_CENT: f64 = 5.0;

impl<'a> Resolver<'a> {
    /// Warns where a column in `%` has shares, such as 0.41, beside per cents, such as 35.
    pub(super) fn doubt_shares(
        &mut self,
        column: &DataColumn,
        (source, path): (SourceId, &str),
        table: &Table,
        (at, about): (usize, &[Option<About>]),
        (unit, holds): (Option<&Unit>, Option<&Holds>),
    ) {
        let declared = match holds {
            Some(Holds::Number(unit)) => Some(unit),
            _ => None,
        };
        let in_per_cent = |unit: &Unit| unit.dimension.is_ratio() && unit.factor == 0.01;
        if !unit.or(declared).is_some_and(in_per_cent) {
            return;
        }
        let rows = about.iter().enumerate().filter(|(_, about)| about.is_some()).map(|(row, _)| row);
        let numbers = rows.filter_map(|row| match table.number(row, at) {
            Ok(Reading::Number(number)) => Some((row, number)),
            _ => None,
        });
        let numbers: Vec<(usize, f64)> = numbers.collect();
        let share = numbers.iter().find(|(_, number)| number.abs() < 1.0 && *number != 0.0);
        let per_cent = numbers.iter().find(|(_, number)| number.abs() >= PER_CENT);
        let (Some((share, _)), Some((per_cent, _))) = (share, per_cent) else { return };
        let written = |row: usize| table.text(row, at).unwrap_or_default();
        let error = DataError::Shares {
            share: written(*share),
            row: table.place_name(*share, at),
            other: written(*per_cent),
            other_row: table.place_name(*per_cent, at),
            column: self.text(source, column.column).to_string(),
        };
        let cell = self.cell_place(path, table, (*share, at));
        self.pointing_at(cell, |resolver| resolver.data_error(source, column.column, path, &error));
    }
}
