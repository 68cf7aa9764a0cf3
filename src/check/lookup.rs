//! Small questions to the state of a check: units by their text, types in words, cases and types by name.

use crate::diagnostic::Problem;
use crate::model::{CaseId, Floor, Ranged, Type, VariableId};
use crate::resolve::{Named, Own, Owner, ResolveError, did_you_mean};
use crate::text::{Place, SourceId};
use crate::units::{Dimension, Unit, UnitError};

use super::checker::Checker;
use super::unit_choice;

impl Checker<'_> {
    /// How a value is shown whose line states no unit.
    pub fn unit_of(&mut self, dimension: &Dimension) -> Unit {
        if dimension.is_ratio() {
            return Unit::ratio();
        }
        if let Some(unit) = self.shown_in.get(dimension) {
            return unit.clone();
        }
        let unit = unit_choice::unit_of(&self.symbols.units, dimension);
        self.shown_in.insert(dimension.clone(), unit.clone());
        unit
    }

    /// Reads a unit text; each text once.
    pub fn unit(&mut self, text: &str) -> Result<Unit, UnitError> {
        if let Some(read) = self.units.get(text) {
            return read.clone();
        }
        let read = self.symbols.units.parse(text);
        self.units.insert(text.to_string(), read.clone());
        read
    }

    /// The help of an unknown name; after many slips in one book no more names are compared.
    pub fn did_you_mean<'n>(
        &mut self,
        name: &str,
        names: impl IntoIterator<Item = &'n str>,
        otherwise: &str,
    ) -> String {
        const MOST: usize = 50;
        self.suggestions += 1;
        match self.suggestions <= MOST {
            true => did_you_mean(name, names, otherwise),
            false => otherwise.to_string(),
        }
    }

    /// Whether two dimensions differ in nothing but a time.
    pub fn is_per_time(&self, one: &Dimension, two: &Dimension) -> bool {
        let second = self.symbols.units.get("s").map(|unit| unit.dimension.clone());
        second.is_some_and(|second| one.over(two) == second || two.over(one) == second)
    }

    /// A type in words: `USD/chip`, `a ratio`, `text`, `yes/no`.
    pub fn words(&self, ty: &Type) -> String {
        match ty {
            Type::Number(dimension) => self.symbols.units.describe(dimension),
            Type::Text => "text".to_string(),
            Type::YesNo => "yes/no".to_string(),
        }
    }

    pub fn case_named(&self, name: &str) -> Option<CaseId> {
        let at = self.symbols.cases.iter().position(|case| &*case.name == name)?;
        Some(CaseId(at as u32))
    }

    /// The type of a name, as seen by an owner.
    pub fn type_of_name(&mut self, owner: Owner, source: SourceId, name: &str) -> Option<Type> {
        match (self.symbols.own(owner, name), owner) {
            (Some(Own::Slot(slot)), Owner::Kind(kind)) => self.attribute(kind, slot).ty,
            (Some(Own::Slot(slot)), Owner::Entity(entity)) => self.slot(entity, slot).ty,
            (Some(_), _) => None,
            (None, _) => match self.symbols.named(source, name)? {
                Named::Value(variable) => self.entry(*variable).ty,
                _ => None,
            },
        }
    }

    pub fn used_rate(&mut self, rate: VariableId) {
        if !self.used_rates.contains(&rate) {
            self.used_rates.push(rate);
        }
    }

    /// Refuses a number that no exchange rate can be, where a variable is one.
    pub fn above_zero(&mut self, variable: VariableId, number: f64, place: Place) -> bool {
        if number > 0.0 || !self.is_rate(variable) {
            return true;
        }
        let found = crate::units::significant(number, 6);
        let message = format!("an exchange rate is above zero, and this is {found}");
        let help = "write how much of the second currency one of the first is".to_string();
        self.problems.push(Problem::new(place.source, &ResolveError::Rate { message, help, span: place.span }));
        false
    }

    /// Refuses a spread that may give what no exchange rate can be, where a variable is one.
    pub fn drawn_above_zero(&mut self, variable: VariableId, ranged: &Ranged, place: Place) -> bool {
        match ranged.spread.floor(super::infer::constant) {
            Floor::At(least) => self.above_zero(variable, least, place),
            Floor::Computed => true,
            Floor::Open if !self.is_rate(variable) => true,
            Floor::Open => {
                let message = "an exchange rate is above zero, and this spread reaches below it".to_string();
                let help = "cut it, as in `within 5..9`, or say `lognormal`".to_string();
                self.problems.push(Problem::new(place.source, &ResolveError::Rate { message, help, span: place.span }));
                false
            }
        }
    }

    fn is_rate(&self, variable: VariableId) -> bool {
        self.symbols.rates.iter().any(|rate| rate.variable == variable)
    }

    pub fn is_used_rate(&self, rate: VariableId) -> bool {
        self.used_rates.contains(&rate)
    }
}
