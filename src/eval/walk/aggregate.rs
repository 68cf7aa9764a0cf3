//! Aggregates over the entities of a kind.

use crate::builtin::Builtin;
use crate::eval::op::{Many, One, Two};
use crate::model::{Aggregate, EntityId, Skip};

use super::{Algebra, Answer, Known, ScopeOf, Walk};

/// What an aggregate looks at for one entity.
pub(super) struct Element<V> {
    entity: EntityId,
    /// Whether it passes the filter; nothing if it surely does.
    passes: Option<V>,
    pub value: V,
    /// When the element is left out for being missing; never, if that is decided.
    skip: Skip,
}

/// The elements of an aggregate.
type Elements<A> = Result<Vec<Element<<A as Algebra>::Value>>, <A as Algebra>::Stop>;

impl<A: Algebra> Walk<'_, A> {
    pub(super) fn aggregate(&mut self, aggregate: &Aggregate, scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        match aggregate.builtin {
            Builtin::Rank => self.rank(aggregate, scope, index),
            Builtin::ArgMax | Builtin::ArgMin => self.best(aggregate, scope, index),
            builtin => {
                let elements = self.elements(aggregate, aggregate.skip, scope, index)?;
                Ok(self.total_of_elements(builtin, &elements))
            }
        }
    }

    /// The entities that are not surely left out, in the kind's order; the last of them is the first that is surely
    /// missing and not left out for it.
    pub(super) fn elements(
        &mut self,
        aggregate: &Aggregate,
        skip: Skip,
        scope: ScopeOf<'_, A>,
        index: usize,
    ) -> Elements<A> {
        let model = self.model;
        let mut elements = Vec::new();
        for entity in &model.kind(aggregate.kind).entities {
            let bound = scope.bind(aggregate.binder, *entity);
            let scope = scope.with_bound(&bound);
            let passes = aggregate.filter.as_ref().map(|filter| self.eval(filter, scope, index)).transpose()?;
            let (passes, value) = match passes.map(|passes| (passes, self.algebra.known(passes))) {
                Some((_, Some(Known::Number(0.0)))) => continue,
                None | Some((_, Some(Known::Number(_)))) => (None, self.eval(&aggregate.body, scope, index)?),
                Some((passes, Some(Known::Missing))) => (None, passes),
                Some((passes, None)) => (Some(passes), self.eval(&aggregate.body, scope, index)?),
            };
            let skip = match passes {
                None => self.still_skipped(skip, value),
                Some(_) => Some(skip),
            };
            let Some(skip) = skip else { continue };
            elements.push(Element { entity: *entity, passes, value, skip });
            if passes.is_none() && skip == Skip::Nothing && self.is_surely_missing(value) {
                break;
            }
        }
        Ok(elements)
    }

    /// When the value of an element that passes is left out, after what is known of it; nothing if it surely is.
    fn still_skipped(&mut self, skip: Skip, value: A::Value) -> Option<Skip> {
        match (skip, self.algebra.known(value)) {
            (Skip::Nothing, _) | (_, Some(Known::Number(_))) => Some(Skip::Nothing),
            (_, None) => Some(skip),
            (Skip::Missing, Some(Known::Missing)) => None,
            (Skip::Code(code), Some(Known::Missing)) => {
                let is_skipped = self.algebra.is_missing_for(value, code);
                (self.algebra.known(is_skipped) == Some(Known::Number(0.0))).then_some(Skip::Nothing)
            }
        }
    }

    fn total_of_elements(&mut self, builtin: Builtin, elements: &[Element<A::Value>]) -> A::Value {
        if elements.iter().all(|element| element.passes.is_none() && element.skip == Skip::Nothing) {
            let values: Vec<A::Value> = elements.iter().map(|element| element.value).collect();
            return self.total_of(builtin, &values);
        }
        match builtin {
            Builtin::Sum => self.sum_of(elements),
            Builtin::Mean => {
                let (sum, count) = (self.sum_of(elements), self.count(elements));
                self.algebra.two(Two::Over, sum, count)
            }
            Builtin::Count => self.count(elements),
            _ => {
                let numbers = self.all_marked(elements);
                self.algebra.many(Many::Total(builtin), &numbers)
            }
        }
    }

    fn sum_of(&mut self, elements: &[Element<A::Value>]) -> A::Value {
        let none = self.algebra.number(0.0);
        elements.iter().fold(none, |sum, element| {
            let value = self.or_none(element);
            self.algebra.two(Two::Plus, sum, value)
        })
    }

    fn count(&mut self, elements: &[Element<A::Value>]) -> A::Value {
        let (none, one) = (self.algebra.number(0.0), self.algebra.number(1.0));
        elements.iter().fold(none, |total, element| {
            let counted = Element { value: self.algebra.two(Two::After, element.value, one), ..*element };
            let counted = self.or_none(&counted);
            self.algebra.two(Two::Plus, total, counted)
        })
    }

    /// The value, or zero if the element is left out.
    fn or_none(&mut self, element: &Element<A::Value>) -> A::Value {
        let none = self.algebra.number(0.0);
        let value = match element.passes {
            Some(passes) => self.algebra.choose(passes, element.value, none),
            None => element.value,
        };
        match element.skip {
            Skip::Nothing => value,
            Skip::Missing => self.algebra.two(Two::OrElse, value, none),
            Skip::Code(code) => {
                let is_skipped = self.algebra.is_missing_for(value, code);
                self.algebra.choose(is_skipped, none, value)
            }
        }
    }

    fn all_marked(&mut self, elements: &[Element<A::Value>]) -> Vec<A::Value> {
        elements.iter().map(|element| self.marked(element)).collect()
    }

    /// The value, or infinity if the element is left out.
    fn marked(&mut self, element: &Element<A::Value>) -> A::Value {
        let value = match element.passes {
            Some(passes) => self.algebra.two(Two::Mark, passes, element.value),
            None => element.value,
        };
        let is_out = match element.skip {
            Skip::Nothing => return value,
            Skip::Missing => self.algebra.one(One::IsMissing, value),
            Skip::Code(code) => self.algebra.is_missing_for(value, code),
        };
        let is_in = self.algebra.one(One::Not, is_out);
        self.algebra.two(Two::Mark, is_in, value)
    }

    /// The label of the entity with the largest or the smallest value.
    fn best(&mut self, aggregate: &Aggregate, scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        let elements = self.elements(aggregate, aggregate.skip, scope, index)?;
        let numbers = self.all_marked(&elements);
        let label = |element: &Element<A::Value>| self.algebra.text(&self.model.entity(element.entity).label).to_bits();
        let labels = elements.iter().map(label).collect();
        Ok(self.algebra.many(Many::Best(aggregate.builtin, labels), &numbers))
    }

    /// A place among the others; missing ones are left out.
    fn rank(&mut self, aggregate: &Aggregate, scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        let Some(of) = &aggregate.of else { return Ok(self.meaningless("nothing to rank")) };
        let own = self.eval(of, scope, index)?;
        if self.is_surely_missing(own) {
            return Ok(own);
        }
        let others = self.elements(aggregate, Skip::Missing, scope, index)?;
        let mut numbers = vec![own];
        numbers.extend(self.all_marked(&others));
        Ok(self.algebra.many(Many::Place(aggregate.lowest), &numbers))
    }
}
