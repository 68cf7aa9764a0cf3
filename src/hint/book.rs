//! `Book`: a model as hints look at it: what is stated where, and which values are alike.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Allowed, Problem};
use crate::eval::Results;
use crate::model::{Definition, EntityId, Model, Piece, Role, Type, VariableId, Window};
use crate::text::Place;
use crate::units::Unit;

use super::error::HintError;

/// A model as hints look at it.
pub struct Book<'b> {
    pub model: &'b Model,
    pub results: &'b Results,
    pub beside: Beside<'b>,
    /// What is stated of each variable, in the order of time.
    pub stated: Vec<Vec<Stated<'b>>>,
    /// Values of one name that belong to the entities of a kind, or to the members of an indexed name.
    pub families: Vec<Family>,
    owned: BTreeMap<Option<EntityId>, Vec<VariableId>>,
    /// The families of each variable.
    member_of: Vec<Vec<usize>>,
}

/// What a book says beside its model.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'b> {
    /// The texts of the book's own templates; nothing if one of them cannot be read.
    pub templates: Option<&'b [String]>,
    /// What the book says is meant.
    pub allowed: &'b [Allowed],
}

/// A number that somebody stated, in base units.
#[derive(Debug, Clone, Copy)]
pub struct Stated<'b> {
    pub variable: VariableId,
    pub number: f64,
    pub piece: &'b Piece,
}

/// Values that are alike: one for each entity of a kind, or one for each member of an indexed name.
#[derive(Debug, Clone)]
pub struct Family {
    /// What they share, in words: `chip`, `units`.
    pub name: String,
    pub variables: Vec<VariableId>,
    /// Whether it goes through the entities of a kind.
    pub of_kind: bool,
}

impl<'b> Book<'b> {
    /// Reads what hints need of a model once.
    pub fn new(model: &'b Model, results: &'b Results, beside: Beside<'b>) -> Book<'b> {
        let ids = (0..model.variables.len() as u32).map(VariableId);
        let stated = ids.map(|id| stated(model, id)).collect();
        let families = families(model);
        let mut member_of = vec![Vec::new(); model.variables.len()];
        for (at, family) in families.iter().enumerate() {
            family.variables.iter().for_each(|id| member_of[id.0 as usize].push(at));
        }
        let mut book = Book { model, results, beside, stated, families, owned: BTreeMap::new(), member_of };
        for id in book.variables() {
            book.owned.entry(model.variable(id).entity).or_default().push(id);
        }
        book
    }

    /// Whether the book says that a hint is meant.
    pub fn is_meant(&self, problem: &Problem) -> bool {
        self.beside.allowed.iter().any(|allowed| allowed.covers(problem))
    }

    /// The ids of every variable with a path.
    pub fn variables(&self) -> impl Iterator<Item = VariableId> + use<'b> {
        let model = self.model;
        let ids = (0..model.variables.len() as u32).map(VariableId);
        ids.filter(move |id| !model.variable(*id).hidden)
    }

    /// The variables of an entity, or of the book itself.
    pub fn owned(&self, owner: Option<EntityId>) -> &[VariableId] {
        self.owned.get(&owner).map_or(&[], Vec::as_slice)
    }

    /// The families that a variable is in.
    pub fn families_of(&self, id: VariableId) -> impl Iterator<Item = &Family> {
        self.member_of[id.0 as usize].iter().map(|at| &self.families[*at])
    }

    /// What is stated of a variable.
    pub fn of(&self, id: VariableId) -> &[Stated<'b>] {
        &self.stated[id.0 as usize]
    }

    /// What is stated of a variable in a period; of one without time, whatever it states.
    pub fn at(&self, id: VariableId, index: usize) -> Option<Stated<'b>> {
        self.of(id).iter().find(|stated| stated.piece.window.holds(index)).copied()
    }

    /// Whether a variable is a pure number.
    pub fn is_ratio(&self, id: VariableId) -> bool {
        matches!(&self.model.variable(id).ty, Type::Number(dimension) if dimension.is_ratio())
    }

    /// A number in a variable's own unit.
    pub fn say(&self, id: VariableId, number: f64) -> String {
        self.model.variable(id).unit.shown(number)
    }

    /// A stated number in its variable's unit.
    pub fn say_stated(&self, stated: &Stated) -> String {
        self.say(stated.variable, stated.number)
    }

    /// The path of a variable, with the period if it has some: `co.revenue[2026E]`.
    pub fn path(&self, id: VariableId, index: usize) -> String {
        let path = &self.model.variable(id).path;
        self.period(id, index).map_or(path.to_string(), |period| format!("{path}[{period}]"))
    }

    /// The path of a piece, with its period if it is for one.
    pub fn path_of_piece(&self, id: VariableId, piece: &Piece) -> String {
        match piece.window.first == piece.window.last {
            true => self.path(id, piece.window.first),
            false => self.model.variable(id).path.to_string(),
        }
    }

    /// The path of what is stated.
    pub fn path_of(&self, stated: &Stated) -> String {
        self.path_of_piece(stated.variable, stated.piece)
    }

    /// A period of a variable's timeline in words.
    pub fn period(&self, id: VariableId, index: usize) -> Option<String> {
        self.model.period_of(self.model.variable(id), Some(index))
    }

    /// A number with the period or the path it stands at, to be listed among others.
    pub fn listed(&self, others: &[Stated], by_period: bool) -> String {
        let word = |one: &Stated| match self.period(one.variable, one.piece.window.first).filter(|_| by_period) {
            Some(period) => format!("{} in {period}", self.say_stated(one)),
            None => format!("{} in `{}`", self.say_stated(one), self.model.variable(one.variable).path),
        };
        let all: Vec<String> = others.iter().take(MOST).map(word).collect();
        let rest = if others.len() > MOST { ", …" } else { "" };
        format!("{}{rest}", all.join(", "))
    }

    /// Whether money is measured.
    pub fn is_money(&self, id: VariableId) -> bool {
        let Type::Number(dimension) = &self.model.variable(id).ty else { return false };
        dimension.powers().any(|(base, ..)| self.model.units.is_currency(base))
    }
}

/// How many others a message lists.
const MOST: usize = 3;

/// A hint at a place.
pub fn hint(place: Place, error: &HintError) -> Problem {
    Problem::new(place.source, error)
}

/// The numbers that the pieces of a definition state.
pub fn constants(definition: &Definition) -> impl Iterator<Item = (&Piece, f64)> {
    let inputs = definition.pieces.iter().filter(|piece| piece.role != Role::Derived);
    inputs.filter_map(|piece| Some((piece, piece.formula.expr.constant()?)))
}

/// Problems, one for each place.
pub fn one_each(problems: impl IntoIterator<Item = Problem>) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    problems.into_iter().filter(|problem| problem.place().is_none_or(|place| seen.insert(place))).collect()
}

/// The unit that shares and rates are said in.
pub fn percent() -> Unit {
    Unit { symbol: "%".into(), factor: 0.01, ..Unit::ratio() }
}

/// Every statement once: a line that entities take over from each other is one.
pub fn distinct<'b>(all: impl IntoIterator<Item = Stated<'b>>) -> Vec<Stated<'b>> {
    let mut seen: BTreeSet<Place> = BTreeSet::new();
    all.into_iter().filter(|one| seen.insert(one.piece.place)).collect()
}

fn stated(model: &Model, id: VariableId) -> Vec<Stated<'_>> {
    let variable = model.variable(id);
    if variable.hidden || !matches!(variable.ty, Type::Number(_)) {
        return Vec::new();
    }
    let mut all: Vec<Stated> =
        constants(&variable.definition).map(|(piece, number)| Stated { variable: id, number, piece }).collect();
    all.sort_by_key(|one| one.piece.window);
    all
}

fn families(model: &Model) -> Vec<Family> {
    let mut of_kind: BTreeMap<(u32, &str, Option<EntityId>), Vec<VariableId>> = BTreeMap::new();
    let mut of_index: BTreeMap<(Option<EntityId>, &str), Vec<VariableId>> = BTreeMap::new();
    for (at, variable) in model.variables.iter().enumerate().filter(|(_, variable)| !variable.hidden) {
        let id = VariableId(at as u32);
        if let Some(entity) = variable.entity {
            of_kind.entry((model.entity(entity).kind.0, &variable.name, variable.index)).or_default().push(id);
        }
        if variable.index.is_some() {
            of_index.entry((variable.entity, &variable.name)).or_default().push(id);
        }
    }
    let kinds = of_kind
        .into_iter()
        .map(|((kind, ..), variables)| (model.kinds[kind as usize].name.to_string(), variables, true));
    let indexed = of_index.into_iter().map(|((_, name), variables)| (name.to_string(), variables, false));
    let all = kinds.chain(indexed).filter(|(_, variables, _)| variables.len() > 1);
    all.flat_map(|(name, variables, of_kind)| alike(model, &name, variables, of_kind)).collect()
}

/// Only what has one type and one calendar is alike.
fn alike(model: &Model, name: &str, variables: Vec<VariableId>, of_kind: bool) -> Option<Family> {
    let first = model.variable(variables[0]);
    let same = |id: &VariableId| {
        let other = model.variable(*id);
        other.ty == first.ty && other.time == first.time && other.series == first.series
    };
    let variables: Vec<VariableId> = variables.iter().copied().filter(same).collect();
    (variables.len() > 1).then(|| Family { name: name.to_string(), variables, of_kind })
}

/// The windows in which members of a family state something, each once.
pub fn windows(book: &Book, family: &Family) -> Vec<Window> {
    let all: BTreeSet<Window> =
        family.variables.iter().flat_map(|id| book.of(*id)).map(|one| one.piece.window).collect();
    all.into_iter().collect()
}
