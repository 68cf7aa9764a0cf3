//! Points one after the other, each a whole evaluation: slow, and right for every model.

use crate::model::VariableId;

use super::super::{Cell, Settings, evaluate};
use super::{Knob, Sweep};

/// How many steps of a program a cell costs when it is computed by itself.
const STEPS_A_CELL: u64 = 100;

impl Sweep<'_> {
    /// Evaluates every point by itself.
    pub(super) fn plain(&self, columns: &[&[f64]], out: &mut [&mut [f64]]) {
        let points = out.first().map_or(0, |out| out.len());
        let mut settings = self.base.settings.clone();
        settings.layers.push(Vec::new());
        for point in 0..points {
            self.turn(&mut settings, columns, point);
            let results = evaluate(self.model, &settings);
            for (values, probe) in out.iter_mut().zip(&self.probes) {
                values[point] = number(results.cell(self.case, probe.variable, probe.index));
            }
        }
    }

    /// Which knobs reach a probe, as far as names tell.
    pub(super) fn reached_by_names(&self) -> Vec<bool> {
        let reaches = |knob: &Knob| {
            let reached = self.base.readers(self.model).reached([knob.variable].into_iter());
            self.probes.iter().any(|probe| reached[probe.variable.0 as usize])
        };
        self.knobs.iter().map(reaches).collect()
    }

    /// How many steps a whole evaluation takes, roughly.
    pub(super) fn plain_cost(&self) -> u64 {
        let variables = (0..self.model.variables.len() as u32).map(VariableId);
        let cells: usize = variables.map(|variable| self.base.store.layout.periods(variable)).sum();
        (cells * self.model.cases.len()) as u64 * STEPS_A_CELL
    }

    fn turn(&self, settings: &mut Settings, columns: &[&[f64]], point: usize) {
        let turned = self.knobs.iter().zip(columns).map(|(knob, column)| knob.set_to(column[point]));
        if let Some(layer) = settings.layers.last_mut() {
            *layer = turned.collect();
        }
    }
}

/// A cell as a number: yes is 1 and no is 0; NaN if it is missing or a text.
fn number(cell: Cell) -> f64 {
    match cell {
        Cell::Number(number) => number,
        Cell::YesNo(holds) => f64::from(u8::from(holds)),
        Cell::Text(_) | Cell::Missing { .. } => f64::NAN,
    }
}
