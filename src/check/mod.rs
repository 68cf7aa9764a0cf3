//! Trees to a model: the type of every expression, or why there is none.
//!
//! ```text
//! checker   what is known of each definition, on demand
//! taken     lines that an entity takes over: with whose values each is typed
//! define    one definition: its pieces, its type and time axis, its range
//! bare      bare numbers where per cents are meant
//! infer     one expression: names, units, time, calls written out
//! model     variables, kinds, entities; cases; findings
//! ```

mod agreement;
mod bare;
mod cases;
mod change;
mod checker;
mod define;
mod error;
mod evidence;
mod figure;
mod findings;
mod infer;
mod lookup;
mod missing;
mod outputs;
mod outside;
mod page;
mod parts;
mod path;
mod printed;
mod range;
mod ranges;
mod side;
mod signature;
mod study;
mod taken;
mod tolerance;
mod unit_choice;
mod variables;

use crate::diagnostic::Problem;
use crate::model::Model;
use crate::resolve::{Loaded, ResolveError, Symbols};

pub use outside::{Given, expression, layer, overrides};

/// Checks a whole book; the model holds what is sound, and the problems decide whether it may be evaluated.
pub fn check(loaded: &Loaded, symbols: &Symbols) -> (Model, Vec<Problem>) {
    let mut checker = checker::Checker::new(symbols);
    checker.definitions();
    checker.functions();
    let mut model = checker.model();
    checker.report_retyped();
    checker.cases(&mut model, &loaded.sources);
    checker.findings(&mut model, &loaded.sources);
    checker.reports(&mut model, &loaded.sources);
    checker.studies(&mut model, &loaded.sources);
    checker.probabilities(&model);
    checker.unused_rates();
    checker.rates(&model);
    checker.evidence(&model);
    (model, checker.problems)
}

impl checker::Checker<'_> {
    /// Reads every function once by itself, so that a mistake shows even if nothing calls it.
    fn functions(&mut self) {
        for def in &self.symbols.functions {
            let written = crate::resolve::Written { expr: def.body.clone(), source: def.source };
            let mut infer = infer::Infer::new(self, &written, crate::resolve::Owner::Book, None);
            infer.alone(def);
            let problems = std::mem::take(&mut infer.problems);
            self.problems.extend(problems);
        }
    }

    fn rates(&mut self, model: &Model) {
        for rate in &self.symbols.rates {
            let variable = model.variable(rate.variable);
            let pieces = variable.definition.pieces.iter().map(|piece| (&piece.formula.expr, piece.place));
            for (expr, place) in pieces {
                if let Some(number) = infer::constant(expr) {
                    self.above_zero(rate.variable, number, place);
                }
            }
            let written = self.symbols.entries[rate.variable.0 as usize].line.pieces.iter();
            let written = written.filter_map(|piece| piece.range.as_ref()).map(|def| def.spread.span.at(def.source));
            let places: Vec<_> = written.collect();
            for (at, ranged) in variable.ranges.iter().enumerate() {
                let place = places.get(at).filter(|_| places.len() == variable.ranges.len());
                self.drawn_above_zero(rate.variable, ranged, place.copied().unwrap_or(rate.place));
            }
        }
    }

    fn unused_rates(&mut self) {
        for rate in self.symbols.rates.iter().filter(|rate| !rate.library) {
            if !self.is_used_rate(rate.variable) {
                let name = self.symbols.entries[rate.variable.0 as usize].path.to_string();
                let error = ResolveError::Unused { what: "rate", name, span: rate.place.span };
                self.problems.push(Problem::new(rate.place.source, &error));
            }
        }
    }
}
