//! Cells on demand: each is computed when another one first asks for it, so that only what is truly needed can go in circles.

use std::cell::RefCell;

use crate::model::{CaseId, EntityId, Model, VariableId};
use crate::value::{Scalar, Words};

use super::found::{NoMembers, outside};
use super::layout::Store;
use super::recipe::Recipe;
use super::walk::{Cells, Walk, on_a_growing_stack};

/// One cell of one case.
pub(super) type Spot = (CaseId, VariableId, usize);

/// Cells that need each other.
pub(super) type Circle = Vec<Spot>;

/// Computes cells of a store as they are asked for.
pub(super) struct Demand<'r, 'm> {
    pub model: &'m Model,
    pub words: &'r RefCell<Words>,
    /// For every case, the recipe of every variable.
    pub recipes: &'r [Vec<Recipe<'m>>],
    pub store: &'r mut Store,
    pub circles: &'r mut Vec<Circle>,
    pub no_members: &'r RefCell<NoMembers>,
    /// For every case and block that is computed here, how far each cell is.
    pub progress: AllProgress,
    /// The cells in progress, and whether they turned out to be on a circle.
    pub path: Vec<(Spot, bool)>,
}

/// For every case and block, how far each cell is; nothing for blocks that are done.
pub(super) type AllProgress = Vec<Vec<Option<Vec<Progress>>>>;

/// How far a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Open,
    Begun,
    Done,
}

impl<'r, 'm> Demand<'r, 'm> {
    fn progress(&mut self, (case, variable, index): Spot) -> Option<&mut Progress> {
        let home = self.store.layout.home(variable);
        let width = self.store.layout.blocks[home.block].lanes.len();
        self.progress[case.0 as usize][home.block].as_mut()?.get_mut(index * width + home.lane)
    }

    fn compute(&mut self, spot: Spot) -> Scalar {
        let (case, variable, index) = spot;
        let recipe = &self.recipes[case.0 as usize][variable.0 as usize];
        self.path.push((spot, false));
        let (model, words) = (self.model, self.words);
        let made = on_a_growing_stack(|| Walk::new(model, words, self).cell(recipe, case, variable, index));
        let is_circular = self.path.pop().is_some_and(|(_, is_circular)| is_circular);
        let value = if is_circular { self.circular() } else { made };
        self.store.set(case, variable, index, value);
        if let Some(progress) = self.progress(spot) {
            *progress = Progress::Done;
        }
        value
    }

    fn circular(&mut self) -> Scalar {
        let reason = "it needs itself".into();
        Scalar::missing(self.words.borrow_mut().reason(crate::model::MissingCode::Nm, Some(&reason)))
    }

    /// Marks the cells from `spot` on as a circle; reports it if none of them is on a circle already.
    fn close_circle(&mut self, spot: Spot) {
        let Some(from) = self.path.iter().position(|(other, _)| *other == spot) else { return };
        let circle = &mut self.path[from..];
        if circle.iter().all(|(_, is_circular)| !is_circular) {
            self.circles.push(circle.iter().map(|(spot, _)| *spot).collect());
        }
        circle.iter_mut().for_each(|(_, is_circular)| *is_circular = true);
    }
}

impl Cells for Demand<'_, '_> {
    fn read(&mut self, case: CaseId, variable: VariableId, index: usize) -> Scalar {
        let index = if self.store.layout.periods(variable) == 1 { 0 } else { index };
        let spot = (case, variable, index);
        match self.progress(spot) {
            Some(progress @ Progress::Open) => {
                *progress = Progress::Begun;
                self.compute(spot)
            }
            Some(Progress::Begun) => {
                self.close_circle(spot);
                self.circular()
            }
            _ => self.store.get(case, variable, index).unwrap_or_else(|| outside(self.words)),
        }
    }

    fn no_member(&mut self, members: &[(EntityId, VariableId)], entity: EntityId) {
        if let Some((_, variable)) = members.first() {
            self.no_members.borrow_mut().insert((*variable, entity));
        }
    }
}
