//! The distribution of an input in a case: its spread with the numbers of that case in it.

use std::sync::Arc;

use crate::chance::{Marginal, MarginalError};
use crate::eval::{Cell, Results};
use crate::model::{CaseId, Distribution, Expr, Formula, Model, Shape, Spread};

use super::Input;

/// The distribution of an input, or why there is none.
pub fn marginal(model: &Model, results: &Results, case: CaseId, input: &Input) -> Result<Marginal, MarginalError> {
    let numbers = Numbers { model, results, case, input };
    numbers.of(&input.spread)
}

/// The value of an input without any draw; for several periods only if they have the same.
pub fn point(results: &Results, case: CaseId, input: &Input) -> Option<f64> {
    let cells = results.cells(case, input.factor.variable);
    let within = |at: &usize| input.factor.window.is_none_or(|window| window.holds(*at));
    let mut numbers = (0..cells.len()).filter(within).map(|at| cells[at].number());
    let first = numbers.next()??;
    numbers.all(|number| number == Some(first)).then_some(first)
}

struct Numbers<'a> {
    model: &'a Model,
    results: &'a Results,
    case: CaseId,
    input: &'a Input,
}

impl Numbers<'_> {
    fn of(&self, spread: &Distribution) -> Result<Marginal, MarginalError> {
        let whole = match &spread.spread {
            Spread::Between { low, high, shape, mode } => {
                let mode = || mode.as_ref().map_or_else(|| self.point(), |mode| self.read(mode));
                let (low, high) = (self.read(low)?, self.read(high)?);
                match shape {
                    Shape::Pert => Marginal::pert(low, mode()?, high),
                    Shape::Triangular => Marginal::triangular(low, mode()?, high),
                    Shape::Uniform => Marginal::uniform(low, high),
                    Shape::Normal => Marginal::normal_between(low, high),
                    Shape::Lognormal => Marginal::lognormal_between(low, high),
                    Shape::P5P95 => Marginal::split(low, mode()?, high),
                }
            }
            Spread::Normal { mean, sd } => {
                let mean = mean.as_ref().map_or_else(|| self.point(), |mean| self.read(mean))?;
                Marginal::normal(mean, self.read(sd)?)
            }
            Spread::Lognormal { mu, sigma } => Marginal::lognormal(self.read(mu)?, self.read(sigma)?),
            Spread::Discrete(values) => {
                let values = values.iter().map(|(value, p)| Ok((self.read(value)?, *p)));
                Marginal::discrete(&values.collect::<Result<Vec<_>, MarginalError>>()?)
            }
        }?;
        match &spread.within {
            Some((low, high)) => whole.within(self.read(low)?, self.read(high)?),
            None => Ok(whole),
        }
    }

    fn point(&self) -> Result<f64, MarginalError> {
        point(self.results, self.case, self.input).ok_or(MarginalError::Missing)
    }

    /// The number of an expression, at the first drawn period if it moves with time.
    fn read(&self, expr: &Arc<Expr>) -> Result<f64, MarginalError> {
        let formula = Formula { expr: (**expr).clone(), text: Arc::from("") };
        let entity = self.model.variable(self.input.factor.variable).entity;
        let cells = self.results.formula(self.model, self.case, &formula, entity);
        let at = self.input.factor.window.map_or(0, |window| window.first);
        let is_one = formula.expr.time.is_none() || self.input.factor.window.is_some();
        let cell = cells.get(if cells.len() > 1 { at } else { 0 }).filter(|_| is_one);
        cell.and_then(Cell::number).ok_or(MarginalError::Missing)
    }
}
