//! `Checker`: the state of a check: what is known of each definition so far, and what is wrong.
//!
//! A definition is looked at when another needs it, so the order of lines does not matter. One whose unit is stated, or
//! whose first piece is a literal, is known without its formula. Definitions that wait for each other are tried again
//! with what the first try found, until nothing new comes of it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::rc::Rc;
use std::sync::Arc;

use crate::calendar::Frequency;
use crate::diagnostic::Problem;
use crate::model::{Definition, EntityId, Formula, KindId, Ranged, Role, Slot, Type, VariableId};
use crate::resolve::{Entry, Holds, Line, Owner, Symbols};
use crate::text::Place;
use crate::units::{Dimension, Unit, UnitError};

use super::define::{self, Site};
use super::signature::Signature;

/// The state of a check.
pub(super) struct Checker<'a> {
    pub symbols: &'a Symbols,
    pub problems: Vec<Problem>,
    states: HashMap<Key, State, Quick>,
    /// The checked line of each entry, once it is final.
    outcomes: Vec<Option<Rc<Outcome>>>,
    /// Types that a try found for definitions that wait for themselves.
    hints: HashMap<Key, Type>,
    /// What is known of definitions without their formulas.
    known: HashMap<Key, Signature, Quick>,
    pub shown_in: HashMap<Dimension, Unit>,
    /// Definitions to be tried again.
    waiting: Vec<Key>,
    /// Whether a definition that still waits for itself is an error.
    last_round: bool,
    pub units: HashMap<String, Result<Unit, UnitError>>,
    pub used_rates: Vec<VariableId>,
    /// The first place that weights cases by their probabilities.
    pub weighted: Option<Place>,
    /// How many names were proposed for unknown ones.
    pub suggestions: usize,
    /// How many published figures have each name.
    pub figure_ids: HashMap<String, usize>,
}

/// A line by its address, and whose names it uses; a line of the table outlives the check.
type Key = (usize, Owner);

/// Hashes the address and the owner of a line; both are numbers already.
type Quick = BuildHasherDefault<Mix>;

#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number as u64);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

enum State {
    Busy(Signature),
    Done(Rc<Outcome>),
}

/// A checked definition.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    pub signature: Signature,
    pub definition: Arc<Definition>,
    /// How its pieces vary.
    pub ranges: Vec<Ranged>,
    /// Whether it names members of its own entity, so that no other entity may share it.
    pub specific: bool,
}

impl<'a> Checker<'a> {
    pub fn new(symbols: &'a Symbols) -> Checker<'a> {
        Checker {
            symbols,
            problems: Vec::new(),
            states: HashMap::default(),
            outcomes: vec![None; symbols.entries.len()],
            hints: HashMap::new(),
            known: HashMap::default(),
            shown_in: HashMap::new(),
            waiting: Vec::new(),
            last_round: false,
            units: HashMap::new(),
            used_rates: Vec::new(),
            weighted: None,
            suggestions: 0,
            figure_ids: HashMap::new(),
        }
    }

    /// Checks every definition, again as long as a round finds out more.
    pub fn definitions(&mut self) {
        self.states.reserve(self.symbols.entries.len());
        self.round();
        while !self.waiting.is_empty() {
            let waiting = std::mem::take(&mut self.waiting);
            let before = self.hints.len();
            for key in &waiting {
                if let Some(State::Done(outcome)) = self.states.remove(key)
                    && let Some(ty) = &outcome.signature.ty
                {
                    self.hints.insert(*key, ty.clone());
                }
            }
            self.last_round = self.hints.len() == before;
            self.round();
        }
    }

    fn round(&mut self) {
        for kind in 0..self.symbols.kinds.len() {
            for slot in 0..self.symbols.kinds[kind].attributes.len() {
                self.kind_outcome(KindId(kind as u32), Slot(slot as u32));
            }
        }
        for (at, entry) in self.symbols.entries.iter().enumerate() {
            let outcome = self.outcome(entry);
            self.outcomes[at] = Some(outcome);
        }
    }

    /// The final form of an entry's line.
    pub fn settled(&mut self, at: usize) -> Rc<Outcome> {
        match &self.outcomes[at] {
            Some(outcome) => outcome.clone(),
            None => self.outcome(&self.symbols.entries[at]),
        }
    }

    /// What is known of a variable.
    pub fn entry(&mut self, id: VariableId) -> Signature {
        let symbols = self.symbols;
        let entry = &symbols.entries[id.0 as usize];
        match self.attribute_of(entry) {
            Some((kind, slot)) => self.attribute(kind, slot),
            None => self.line_signature(&entry.line, &own_site(entry)),
        }
    }

    /// What is known of an attribute of a kind.
    pub fn attribute(&mut self, kind: KindId, slot: Slot) -> Signature {
        let Some(attribute) = self.symbols.kind(kind).attributes.get(slot.0 as usize) else {
            return Signature::default();
        };
        match &attribute.line {
            Some(line) => {
                let site = self.kind_site(kind, slot);
                self.line_signature(line, &site)
            }
            None => self.declared(kind, slot),
        }
    }

    /// What is known of an entity's attribute or own name.
    pub fn slot(&mut self, entity: EntityId, slot: Slot) -> Signature {
        match self.symbols.entity(entity).slots.get(slot.0 as usize) {
            Some(variable) => self.entry(*variable),
            None => Signature::default(),
        }
    }

    /// The attribute of a kind that a variable is.
    fn attribute_of(&self, entry: &Entry) -> Option<(KindId, Slot)> {
        let (entity, slot) = (entry.entity?, entry.slot?);
        let kind = self.symbols.entity(entity).kind;
        ((slot.0 as usize) < self.symbols.kind(kind).attributes.len()).then_some((kind, slot))
    }

    /// What a kind says of an attribute beyond its line.
    fn declared(&self, kind: KindId, slot: Slot) -> Signature {
        let attribute = &self.symbols.kind(kind).attributes[slot.0 as usize];
        let base = match &attribute.holds {
            Holds::Number(unit) => Signature::of_unit(unit),
            Holds::Text => Signature { ty: Some(Type::Text), ..Signature::default() },
            Holds::YesNo => Signature { ty: Some(Type::YesNo), ..Signature::default() },
            Holds::Anything => Signature::default(),
        };
        let time = attribute.series.and_then(|_| attribute.frequency.or_else(|| self.default_frequency()));
        Signature { time, series: attribute.series, ..base }
    }

    pub fn default_frequency(&self) -> Option<Frequency> {
        self.symbols.timelines.default_line().map(|line| line.frequency)
    }

    fn kind_site(&self, kind: KindId, slot: Slot) -> Site {
        let attribute = &self.symbols.kind(kind).attributes[slot.0 as usize];
        let declared = self.declared(kind, slot);
        let time = attribute.frequency.filter(|_| declared.series.is_some());
        let time = if attribute.is_input { declared.time } else { time };
        let expected = Signature { time, ..declared };
        Site { owner: Owner::Kind(kind), name: attribute.name.clone(), expected, elsewhere: None }
    }

    /// The checked line of a kind's attribute.
    pub fn kind_outcome(&mut self, kind: KindId, slot: Slot) -> Option<Rc<Outcome>> {
        let line = self.symbols.kind(kind).attributes[slot.0 as usize].line.as_ref()?;
        let site = self.kind_site(kind, slot);
        Some(self.checked(line, &site))
    }

    /// The checked line of a variable.
    pub fn outcome(&mut self, entry: &Entry) -> Rc<Outcome> {
        if let Some((kind, slot)) = self.attribute_of(entry) {
            let attribute = &self.symbols.kind(kind).attributes[slot.0 as usize];
            if attribute.line.as_ref().is_some_and(|line| Arc::ptr_eq(line, &entry.line))
                && let Some(outcome) = self.kind_outcome(kind, slot)
            {
                return outcome;
            }
        }
        let site = self.site(entry);
        let outcome = self.checked(&entry.line, &site);
        match (outcome.specific, entry.entity) {
            (true, Some(entity)) if entry.line.owner != Owner::Entity(entity) => {
                self.checked(&entry.line, &Site { owner: Owner::Entity(entity), ..site })
            }
            _ => outcome,
        }
    }

    /// Where a variable's own line stands, and what its kind expects of it.
    pub fn site(&mut self, entry: &Entry) -> Site {
        let mut site = own_site(entry);
        if let Some((kind, slot)) = self.attribute_of(entry) {
            site.expected = self.attribute(kind, slot);
            site.elsewhere = Some(self.symbols.kind(kind).attributes[slot.0 as usize].place);
        }
        site
    }

    fn line_signature(&mut self, line: &Arc<Line>, site: &Site) -> Signature {
        let key = key(line, site);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        match self.states.get(&key) {
            Some(State::Busy(partial)) => return Signature { circular: partial.ty.is_none(), ..partial.clone() },
            Some(State::Done(outcome)) => return outcome.signature.clone(),
            None => {}
        }
        let (partial, is_complete) = self.quick(line, site);
        match is_complete {
            true => {
                self.known.insert(key, partial.clone());
                partial
            }
            false => self.checked(line, site).signature.clone(),
        }
    }

    fn quick(&mut self, line: &Line, site: &Site) -> (Signature, bool) {
        let (mut partial, is_complete) = define::quick(self, line, site);
        if partial.ty.is_none() {
            partial.ty = self.hints.get(&key_of(line, site)).cloned();
            let is_complete = partial.ty.is_some() && (partial.series.is_none() || partial.time.is_some());
            return (partial, is_complete);
        }
        (partial, is_complete)
    }

    fn checked(&mut self, line: &Arc<Line>, site: &Site) -> Rc<Outcome> {
        let key = key(line, site);
        if let Some(State::Done(outcome)) = self.states.get(&key) {
            return outcome.clone();
        }
        let mut partial = match self.known.get(&key) {
            Some(known) => known.clone(),
            None => self.quick(line, site).0,
        };
        if partial.series.is_some() && partial.time.is_none() {
            partial.time = self.default_frequency();
        }
        let hint = self.hints.get(&key).cloned();
        self.states.insert(key, State::Busy(partial));
        let defined = stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || define::define(self, line, site, hint));
        let mut outcome = defined.outcome;
        if defined.circular && !self.last_round {
            self.waiting.push(key);
        } else {
            self.problems.extend(defined.problems);
            if defined.circular && outcome.signature.ty.is_none() {
                self.problems.push(define::circular(line, site));
            }
            outcome.signature.circular = false;
        }
        let outcome = Rc::new(outcome);
        self.states.insert(key, State::Done(outcome.clone()));
        outcome
    }

    /// The formulas of a variable's pieces, and whether each is derived.
    pub fn formulas(&mut self, id: VariableId) -> Vec<(Arc<Formula>, bool)> {
        let symbols = self.symbols;
        let entry = &symbols.entries[id.0 as usize];
        let site = self.site(entry);
        if let Some(State::Busy(_)) = self.states.get(&key(&entry.line, &site)) {
            return Vec::new();
        }
        pieces(&self.outcome(entry))
    }

    /// The formulas of a kind's attribute.
    pub fn kind_formulas(&mut self, kind: KindId, slot: Slot) -> Vec<(Arc<Formula>, bool)> {
        let site = self.kind_site(kind, slot);
        let line = self.symbols.kind(kind).attributes[slot.0 as usize].line.as_ref();
        let is_busy = line.is_some_and(|line| matches!(self.states.get(&key(line, &site)), Some(State::Busy(_))));
        if is_busy {
            return Vec::new();
        }
        self.kind_outcome(kind, slot).map_or(Vec::new(), |outcome| pieces(&outcome))
    }
}

fn pieces(outcome: &Outcome) -> Vec<(Arc<Formula>, bool)> {
    let pieces = outcome.definition.pieces.iter();
    pieces.map(|piece| (piece.formula.clone(), piece.role == Role::Derived)).collect()
}

fn own_site(entry: &Entry) -> Site {
    let owner = match entry.line.owner {
        Owner::Kind(_) => entry.entity.map_or(entry.line.owner, Owner::Entity),
        owner => owner,
    };
    Site { owner, name: entry.path.clone(), expected: Signature::default(), elsewhere: None }
}

fn key(line: &Arc<Line>, site: &Site) -> Key {
    key_of(line, site)
}

fn key_of(line: &Line, site: &Site) -> Key {
    (std::ptr::from_ref(line) as usize, site.owner)
}
