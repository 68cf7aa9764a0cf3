//! `Recipe`: what gives a variable its cells in one case: its definition, with the overrides of the case laid over it.

use std::sync::Arc;

use crate::model::{CaseId, Change, Definition, Formula, Interpolation, Model, Override, Piece, VariableId, Window};

use super::Settings;

/// What gives a variable its cells in one case.
#[derive(Debug, Clone)]
pub(super) enum Recipe<'m> {
    /// As the model defines it.
    Plain(&'m Definition),
    /// As the overrides of a case leave it.
    Changed(Arc<Changed<'m>>),
}

/// A definition with overrides laid over it.
#[derive(Debug, Clone, Default)]
pub(super) struct Changed<'m> {
    parts: Vec<Part<'m>>,
    /// Where gaps between parts are filled, and how; the last one that holds a gap decides.
    fills: Vec<(Window, Interpolation)>,
    /// Changes of filled cells in a window that holds no anchor.
    spots: Vec<(Window, Post<'m>)>,
}

/// One stretch of time, its formula, and what is done to the formula's result.
#[derive(Debug, Clone)]
struct Part<'m> {
    window: Window,
    formula: &'m Formula,
    posts: Vec<Post<'m>>,
}

/// A shift or a scaling of a result.
#[derive(Debug, Clone, Copy)]
pub(super) struct Post<'m> {
    pub scales: bool,
    pub amount: &'m Formula,
}

/// What one cell is made of.
pub(super) enum Make<'a, 'm> {
    Formula(&'m Formula, &'a [Post<'m>]),
    /// `part` of the way from the cell at `left` to the cell at `right`.
    Between {
        how: Interpolation,
        left: usize,
        right: usize,
        part: f64,
        posts: Vec<Post<'m>>,
    },
    Nothing,
}

impl<'m> Recipe<'m> {
    /// For every case, the recipe of every variable.
    pub fn in_cases(model: &'m Model, settings: &'m Settings) -> Vec<Vec<Recipe<'m>>> {
        let plain = Recipe::all(model);
        let changed = |case: u32| {
            let mut recipes = plain.clone();
            for change in layers(model, settings, CaseId(case)) {
                recipes[change.variable.0 as usize].change(change);
            }
            recipes
        };
        (0..model.cases.len() as u32).map(changed).collect()
    }

    /// The recipe of every variable as the model defines them.
    pub fn all(model: &'m Model) -> Vec<Recipe<'m>> {
        model.variables.iter().map(|variable| Recipe::Plain(&variable.definition)).collect()
    }

    /// Lays one override over this recipe.
    pub fn change(&mut self, change: &'m Override) {
        let mut changed = match self {
            Recipe::Plain(definition) => Changed::of(definition),
            Recipe::Changed(changed) => Changed::clone(changed),
        };
        let window = change.window.unwrap_or(Window::WHOLE);
        match &change.change {
            Change::Set(definition) => changed.set(definition, window),
            Change::Shift(amount) => changed.post(window, Post { scales: false, amount }),
            Change::Scale(amount) => changed.post(window, Post { scales: true, amount }),
        }
        *self = Recipe::Changed(Arc::new(changed));
    }

    /// What the cell at an index is made of.
    pub fn make(&self, index: usize) -> Make<'_, 'm> {
        match self {
            Recipe::Plain(definition) => make_plain(definition, index),
            Recipe::Changed(changed) => changed.make(index),
        }
    }

    /// Looks at every piece: its window, its formula and its changes, in the order of time.
    pub fn each_piece(&self, mut see: impl FnMut(Window, &'m Formula, &[Post<'m>])) {
        match self {
            Recipe::Plain(definition) => {
                definition.pieces.iter().for_each(|piece| see(piece.window, &piece.formula, &[]));
            }
            Recipe::Changed(changed) => {
                changed.parts.iter().for_each(|part| see(part.window, part.formula, &part.posts));
            }
        }
    }

    /// Looks at every formula: pieces, shifts and scalings.
    pub fn each_formula(&self, mut see: impl FnMut(&'m Formula)) {
        self.each_piece(|_, formula, posts| {
            see(formula);
            posts.iter().for_each(|post| see(post.amount));
        });
        self.spots().iter().for_each(|(_, post)| see(post.amount));
    }

    /// The definition it is shared with, if no override touches it.
    pub fn origin(&self) -> Option<*const Definition> {
        match self {
            Recipe::Plain(definition) => Some(std::ptr::from_ref(*definition)),
            Recipe::Changed(_) => None,
        }
    }

    /// Writes how gaps are filled, as numbers that differ if the gaps do.
    pub fn signed(&self, tokens: &mut Vec<u64>) {
        match self {
            Recipe::Plain(definition) => {
                let how = definition.interpolation.map(|how| 1 + how as u64);
                tokens.extend([definition.pieces.len() as u64, how.unwrap_or(0)]);
            }
            Recipe::Changed(changed) => {
                tokens.extend([1 << 48 | changed.parts.len() as u64, changed.fills.len() as u64]);
                let window = |window: &Window| [window.first as u64, window.last as u64];
                changed.fills.iter().for_each(|(at, how)| tokens.extend(window(at).into_iter().chain([*how as u64])));
                changed
                    .spots
                    .iter()
                    .for_each(|(at, post)| tokens.extend(window(at).into_iter().chain([u64::from(post.scales)])));
            }
        }
    }

    /// Changes of filled cells.
    pub fn spots(&self) -> &[(Window, Post<'m>)] {
        match self {
            Recipe::Plain(_) => &[],
            Recipe::Changed(changed) => &changed.spots,
        }
    }
}

/// The overrides that make a case out of another one it builds on, or out of the model: the case's own, then the settings'.
pub(super) fn layers<'m>(
    model: &'m Model,
    settings: &'m Settings,
    case: CaseId,
) -> impl Iterator<Item = &'m Override> + use<'m> {
    let chain = model.chain(case);
    chain.into_iter().flat_map(|case| &model.case(case).overrides).chain(settings.over(case))
}

/// The variables that overrides change, each once, in the order of their ids.
pub(super) fn touched<'m>(overrides: impl Iterator<Item = &'m Override>) -> Vec<VariableId> {
    let mut touched: Vec<VariableId> = overrides.map(|change| change.variable).collect();
    touched.sort_unstable();
    touched.dedup();
    touched
}

fn make_plain<'a, 'm>(definition: &'m Definition, index: usize) -> Make<'a, 'm> {
    let after = definition.pieces.partition_point(|piece| piece.window.first <= index);
    let left = after.checked_sub(1).map(|at| &definition.pieces[at]);
    if let Some(piece) = left.filter(|piece| piece.window.holds(index)) {
        return Make::Formula(&piece.formula, &[]);
    }
    let window = |piece: &Piece| piece.window;
    between(definition.interpolation, left.map(window), definition.pieces.get(after).map(window), index, Vec::new())
}

fn between<'a, 'm>(
    how: Option<Interpolation>,
    left: Option<Window>,
    right: Option<Window>,
    index: usize,
    posts: Vec<Post<'m>>,
) -> Make<'a, 'm> {
    let right = if how == Some(Interpolation::Step) { right.or(left) } else { right };
    let (Some(how), Some(left), Some(right)) = (how, left, right) else { return Make::Nothing };
    let (left, right) = (left.last, right.first.max(left.last));
    let part = if right > left { (index - left) as f64 / (right - left) as f64 } else { 0.0 };
    Make::Between { how, left, right, part, posts }
}

impl<'m> Changed<'m> {
    fn of(definition: &'m Definition) -> Changed<'m> {
        let part = |piece: &'m Piece| Part { window: piece.window, formula: &piece.formula, posts: Vec::new() };
        Changed {
            parts: definition.pieces.iter().map(part).collect(),
            fills: definition.interpolation.map(|how| (Window::WHOLE, how)).into_iter().collect(),
            spots: Vec::new(),
        }
    }

    /// Writes new pieces; with an interpolation they restate everything between the first and the last of them.
    fn set(&mut self, definition: &'m Definition, window: Window) {
        let pieces: Vec<Part<'m>> = definition.pieces.iter().filter_map(|piece| cut_to(piece, window)).collect();
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
        if let Some(how) = definition.interpolation {
            let span = Window { first: first.window.first, last: last.window.last };
            self.clear(span);
            self.fills.push((span, how));
        }
        for piece in pieces {
            self.clear(piece.window);
            let at = self.parts.partition_point(|part| part.window.first < piece.window.first);
            self.parts.insert(at, piece);
        }
    }

    /// Leaves nothing in a window.
    fn clear(&mut self, window: Window) {
        self.split_at(window);
        self.parts.retain(|part| !within(part.window, window));
        self.spots.retain(|(spot, _)| !within(*spot, window));
    }

    /// Changes what the parts in a window give, or the filled cells if there are none.
    fn post(&mut self, window: Window, post: Post<'m>) {
        self.split_at(window);
        let mut parts = self.parts.iter_mut().filter(|part| within(part.window, window)).peekable();
        if parts.peek().is_none() {
            self.spots.push((window, post));
            return;
        }
        parts.for_each(|part| part.posts.push(post));
    }

    /// Cuts parts in two where a window begins and ends.
    fn split_at(&mut self, window: Window) {
        let parts = std::mem::take(&mut self.parts);
        self.parts = parts.into_iter().flat_map(|part| split(part, window)).collect();
    }

    fn make(&self, index: usize) -> Make<'_, 'm> {
        let after = self.parts.partition_point(|part| part.window.first <= index);
        let left = after.checked_sub(1).map(|at| &self.parts[at]);
        if let Some(part) = left.filter(|part| part.window.holds(index)) {
            return Make::Formula(part.formula, &part.posts);
        }
        let how = self.fills.iter().rev().find(|(window, _)| window.holds(index)).map(|(_, how)| *how);
        let posts = self.spots.iter().filter(|(window, _)| window.holds(index)).map(|(_, post)| *post).collect();
        let window = |part: &Part| part.window;
        between(how, left.map(window), self.parts.get(after).map(window), index, posts)
    }
}

fn cut_to<'m>(piece: &'m Piece, window: Window) -> Option<Part<'m>> {
    let window = piece.window.common(window)?;
    Some(Part { window, formula: &piece.formula, posts: Vec::new() })
}

fn within(inner: Window, outer: Window) -> bool {
    outer.first <= inner.first && inner.last <= outer.last
}

fn split<'m>(part: Part<'m>, window: Window) -> Vec<Part<'m>> {
    let Part { window: whole, formula, posts } = part;
    let before = window.first.checked_sub(1).map(|last| Window { first: whole.first, last: whole.last.min(last) });
    let after = window.last.checked_add(1).map(|first| Window { first: whole.first.max(first), last: whole.last });
    [before, whole.common(window), after]
        .into_iter()
        .flatten()
        .filter(|window| window.first <= window.last)
        .map(|window| Part { window, formula, posts: posts.clone() })
        .collect()
}
