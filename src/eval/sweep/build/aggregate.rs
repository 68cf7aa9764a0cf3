//! Aggregates over the entities of a kind, as steps.

use crate::builtin::Builtin;
use crate::model::{Aggregate, EntityId, Skip};

use super::super::node::{Id, Many, One, Two};
use super::{Builder, Said, Scope, Unsayable};

/// What an aggregate looks at for one entity.
struct Element {
    entity: EntityId,
    /// Whether it passes the filter; nothing if it surely does.
    passes: Option<Id>,
    value: Id,
}

impl Builder<'_> {
    pub(super) fn aggregate(&mut self, aggregate: &Aggregate, scope: Scope<'_>, index: usize) -> Said {
        match aggregate.builtin {
            Builtin::Rank => self.rank(aggregate, scope, index),
            Builtin::ArgMax | Builtin::ArgMin => self.best(aggregate, scope, index),
            builtin => {
                let elements = self.elements(aggregate, scope, index)?;
                Ok(self.total_of_elements(builtin, aggregate.skip, &elements))
            }
        }
    }

    /// The entities that may pass the filter.
    fn elements(&mut self, aggregate: &Aggregate, scope: Scope<'_>, index: usize) -> Result<Vec<Element>, Unsayable> {
        let model = self.model;
        let mut elements = Vec::new();
        for entity in &model.kind(aggregate.kind).entities {
            let bound = scope.bind(aggregate.binder, *entity);
            let scope = scope.with_bound(&bound);
            let passes = aggregate.filter.as_ref().map(|filter| self.eval(filter, scope, index)).transpose()?;
            let passes = match passes.map(|passes| (passes, self.graph.known(passes))) {
                None | Some((_, Some(Ok(1.0)))) => None,
                Some((_, Some(Ok(_)))) => continue,
                Some((passes, Some(Err(_)))) => {
                    elements.push(Element { entity: *entity, passes: None, value: passes });
                    continue;
                }
                Some((passes, None)) => Some(passes),
            };
            let value = self.eval(&aggregate.body, scope, index)?;
            elements.push(Element { entity: *entity, passes, value });
        }
        Ok(elements)
    }

    fn total_of_elements(&mut self, builtin: Builtin, skip: Skip, elements: &[Element]) -> Id {
        if skip == Skip::Nothing && elements.iter().all(|element| element.passes.is_none()) {
            return self.total_of(builtin, elements.iter().map(|element| element.value).collect());
        }
        let sum = |builder: &mut Self| {
            let numbers = elements.iter().map(|element| builder.with_neutral(element, skip, 0.0)).collect();
            builder.total_of(Builtin::Sum, numbers)
        };
        match builtin {
            Builtin::Sum => sum(self),
            Builtin::Mean => {
                let (sum, count) = (sum(self), self.count(skip, elements));
                self.graph.two(Two::Over, sum, count)
            }
            Builtin::Count => self.count(skip, elements),
            _ => {
                let numbers = elements.iter().map(|element| self.marked(element, skip)).collect();
                self.graph.many(Many::Total(builtin), numbers)
            }
        }
    }

    fn count(&mut self, skip: Skip, elements: &[Element]) -> Id {
        let one = self.graph.number(1.0);
        let mut total = self.graph.number(0.0);
        for element in elements {
            let counted = Element { value: self.graph.two(Two::After, element.value, one), ..*element };
            let counted = self.with_neutral(&counted, skip, 0.0);
            total = self.graph.two(Two::Plus, total, counted);
        }
        total
    }

    /// The value, or a number that changes nothing if the element is left out.
    fn with_neutral(&mut self, element: &Element, skip: Skip, neutral: f64) -> Id {
        let neutral = self.graph.number(neutral);
        let value = match element.passes {
            Some(passes) => self.graph.choose(passes, element.value, neutral),
            None => element.value,
        };
        match skip {
            Skip::Nothing => value,
            Skip::Missing => self.graph.two(Two::OrElse, value, neutral),
            Skip::Code(code) => {
                let is_skipped = self.graph.is_missing_for(value, code);
                self.graph.choose(is_skipped, neutral, value)
            }
        }
    }

    /// The value, or infinity if the element is left out.
    fn marked(&mut self, element: &Element, skip: Skip) -> Id {
        let value = match element.passes {
            Some(passes) => self.graph.two(Two::Mark, passes, element.value),
            None => element.value,
        };
        let is_kept = match skip {
            Skip::Nothing => return value,
            Skip::Missing => {
                let is_out = self.graph.one(One::IsMissing, value);
                self.graph.one(One::Not, is_out)
            }
            Skip::Code(code) => {
                let is_skipped = self.graph.is_missing_for(value, code);
                self.graph.one(One::Not, is_skipped)
            }
        };
        self.graph.two(Two::Mark, is_kept, value)
    }

    /// The label of the entity with the largest or the smallest value.
    fn best(&mut self, aggregate: &Aggregate, scope: Scope<'_>, index: usize) -> Said {
        let elements = self.elements(aggregate, scope, index)?;
        let numbers = elements.iter().map(|element| self.marked(element, aggregate.skip)).collect();
        let label = |element: &Element| self.words.text(&self.model.entity(element.entity).label).to_bits();
        let labels = elements.iter().map(label).collect();
        Ok(self.graph.many(Many::Best(aggregate.builtin, labels), numbers))
    }

    fn rank(&mut self, aggregate: &Aggregate, scope: Scope<'_>, index: usize) -> Said {
        let Some(of) = &aggregate.of else { return Ok(self.meaningless()) };
        let mut numbers = vec![self.eval(of, scope, index)?];
        let elements = self.elements(aggregate, scope, index)?;
        numbers.extend(elements.iter().map(|element| self.marked(element, Skip::Missing)));
        Ok(self.graph.many(Many::Place(aggregate.lowest), numbers))
    }
}
