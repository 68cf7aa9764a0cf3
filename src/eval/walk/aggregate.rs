//! Aggregates over the entities of a kind.

use crate::builtin::{Builtin, math, series};
use crate::model::{Aggregate, EntityId, MissingCode, Skip};
use crate::value::Scalar;

use super::{Cells, Scope, Walk};

impl<C: Cells> Walk<'_, C> {
    pub(super) fn aggregate(&mut self, aggregate: &Aggregate, scope: Scope<'_>, index: usize) -> Scalar {
        match aggregate.builtin {
            Builtin::Rank => self.rank(aggregate, scope, index),
            builtin => match self.elements(aggregate, aggregate.skip, scope, index) {
                Ok(elements) => self.fold(builtin, &elements),
                Err(missing) => missing,
            },
        }
    }

    /// The entities that pass the filter and their values, in the kind's order; the first missing value that is not skipped.
    fn elements(
        &mut self,
        aggregate: &Aggregate,
        skip: Skip,
        scope: Scope<'_>,
        index: usize,
    ) -> Result<Vec<(EntityId, f64)>, Scalar> {
        let model = self.model;
        let mut elements = Vec::new();
        for entity in &model.kind(aggregate.kind).entities {
            let bound = scope.bind(aggregate.binder, *entity);
            let scope = scope.with_bound(&bound);
            let value = match &aggregate.filter {
                None => self.eval(&aggregate.body, scope, index),
                Some(filter) => match self.eval(filter, scope, index) {
                    passes if !passes.is_present() => passes,
                    passes if passes.is_yes() => self.eval(&aggregate.body, scope, index),
                    _ => continue,
                },
            };
            if value.is_present() {
                elements.push((*entity, value.number));
            } else if !self.skips(skip, value) {
                return Err(value);
            }
        }
        Ok(elements)
    }

    fn skips(&self, skip: Skip, value: Scalar) -> bool {
        match skip {
            Skip::Nothing => false,
            Skip::Missing => true,
            Skip::Code(code) => self.code(value) == Some(code),
        }
    }

    fn code(&self, value: Scalar) -> Option<MissingCode> {
        self.words.borrow().explain(value.missing).map(|(code, _)| code)
    }

    fn fold(&mut self, builtin: Builtin, elements: &[(EntityId, f64)]) -> Scalar {
        let numbers: Vec<f64> = elements.iter().map(|(_, number)| *number).collect();
        match builtin {
            Builtin::ArgMax => self.extreme(elements, |number, best| number > best),
            Builtin::ArgMin => self.extreme(elements, |number, best| number < best),
            _ => {
                let outcome = of_numbers(builtin, &numbers);
                self.outcome(outcome)
            }
        }
    }

    fn extreme(&mut self, elements: &[(EntityId, f64)], better: impl Fn(f64, f64) -> bool) -> Scalar {
        let best = elements.iter().copied().reduce(|best, next| if better(next.1, best.1) { next } else { best });
        match best {
            Some((entity, _)) => {
                let label = &self.model.entity(entity).label;
                Scalar::number(self.words.borrow_mut().text(label))
            }
            None => self.missing("the best of nothing"),
        }
    }

    fn rank(&mut self, aggregate: &Aggregate, scope: Scope<'_>, index: usize) -> Scalar {
        let Some(of) = &aggregate.of else { return self.missing("nothing to rank") };
        let own = self.eval(of, scope, index);
        if !own.is_present() {
            return own;
        }
        match self.others(aggregate, scope, index) {
            Ok(others) => Scalar::number(place(own.number, &others, aggregate.lowest)),
            Err(missing) => missing,
        }
    }

    /// The numbers that a rank is a place among, in order; missing ones are left out.
    pub fn others(&mut self, aggregate: &Aggregate, scope: Scope<'_>, index: usize) -> Result<Vec<f64>, Scalar> {
        let elements = self.elements(aggregate, Skip::Missing, scope, index)?;
        let mut numbers: Vec<f64> = elements.into_iter().map(|(_, number)| number).collect();
        numbers.sort_by(f64::total_cmp);
        Ok(numbers)
    }
}

/// One more than how many of the `others`, which are in order, are better.
pub(in crate::eval) fn place(own: f64, others: &[f64], lowest: bool) -> f64 {
    let better = match lowest {
        true => others.partition_point(|other| *other < own),
        false => others.len() - others.partition_point(|other| *other <= own),
    };
    1.0 + better as f64
}

/// One number of many: a total, a middle, an extreme.
pub(in crate::eval) fn of_numbers(builtin: Builtin, numbers: &[f64]) -> math::Outcome {
    match builtin {
        Builtin::Sum => series::sum(numbers),
        Builtin::Mean => series::mean(numbers),
        Builtin::Median => series::median(numbers),
        Builtin::Min => series::smallest(numbers),
        Builtin::Max => series::largest(numbers),
        Builtin::Count => Ok(numbers.len() as f64),
        Builtin::Product => series::product(numbers),
        Builtin::Any => Ok(f64::from(u8::from(numbers.iter().any(|number| *number != 0.0)))),
        Builtin::All => Ok(f64::from(u8::from(numbers.iter().all(|number| *number != 0.0)))),
        _ => Err("no such total"),
    }
}
