//! Bridges: what each change between two cases does to an output, so that it adds up.

mod players;

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::eval::Cell;
use crate::model::{Asked, Bridge, CaseId, MissingCode, Model, Study};

use super::points::{Point, cells};
use super::shapley::{Effort, Interaction, Shares, Subset, shapley_at_once};
use super::{Head, Options, Reading};

use players::Game;

/// What each change between two cases does.
#[derive(Debug, Clone)]
pub struct BridgeAnswer {
    pub head: Head,
    pub to: Arc<str>,
    pub lifts: Vec<Lift>,
    /// Changes that reach no output.
    pub idle: Vec<Arc<str>>,
    /// Orders that were drawn; nothing if the steps are exact.
    pub orders: Option<u64>,
}

/// One output from one case to the other.
#[derive(Debug, Clone)]
pub struct Lift {
    pub output: Reading,
    pub from: Cell,
    pub to: Cell,
    /// In the order of the lines; they add up to the difference.
    pub steps: Vec<Step>,
    /// Pairs of changes, those that do most together first; only those that do something.
    pub together: Vec<Together>,
}

/// What one change does to one output.
#[derive(Debug, Clone)]
pub struct Step {
    /// The lines of the change.
    pub text: Arc<str>,
    /// Missing if the output is, with some of the changes.
    pub size: Cell,
    /// The standard error of a size that was sampled.
    pub error: Option<f64>,
}

/// What two changes do together beyond what each does alone; half of it is in the step of each.
#[derive(Debug, Clone)]
pub struct Together {
    pub first: Arc<str>,
    pub second: Arc<str>,
    pub size: f64,
}

/// Interactions below this share of all steps are not worth a word.
const SMALL: f64 = 1e-9;

/// Shares out the difference between two cases.
pub(super) fn run(
    model: &Model,
    study: &Study,
    bridge: &Bridge,
    options: &Options,
) -> Result<BridgeAnswer, Vec<Problem>> {
    let game = Game::between(model, bridge.from, bridge.to);
    let (game, idle) = game.without_idle(model, options, &bridge.outputs);
    let players = game.players.len();
    let default = Effort::default();
    let effort = Effort { orders: options.draws.unwrap_or(default.orders), seed: options.seed.unwrap_or(default.seed) };
    let mut look = Look { model, game: &game, outputs: &bridge.outputs, options, done: 0, why: None };
    let shares = shapley_at_once(players, effort, |subsets| look.at(subsets));
    if options.is_stopped() {
        return Err(Vec::new());
    }
    let ends = look.ends(players);
    let why = look.why;
    let lifts = bridge.outputs.iter().enumerate().map(|(at, _)| Lift {
        output: Reading::of(&bridge.outputs)[at].clone(),
        from: ends[0][at].clone(),
        to: ends[1][at].clone(),
        steps: steps(&game, &shares, at, why.as_ref()),
        together: together(&game, &shares, at),
    });
    Ok(BridgeAnswer {
        head: Head::of(model, study, bridge.from),
        to: model.case(bridge.to).name.clone(),
        lifts: lifts.collect(),
        idle,
        orders: shares.errors.as_ref().map(|_| effort.orders),
    })
}

/// Evaluates subsets of the changes.
struct Look<'a> {
    model: &'a Model,
    game: &'a Game,
    outputs: &'a [Asked],
    options: &'a Options<'a>,
    done: u64,
    /// The first missing value that was met.
    why: Option<Cell>,
}

impl Look<'_> {
    /// Each output for each subset; NaN if it is missing.
    fn at(&mut self, subsets: &[Subset]) -> Vec<Vec<f64>> {
        let mut all = Vec::with_capacity(subsets.len());
        for some in subsets.chunks(128) {
            if self.options.is_stopped() {
                all.resize(subsets.len(), vec![f64::NAN; self.outputs.len()]);
                return all;
            }
            for cells in self.cells(some) {
                self.why = self.why.take().or(cells.iter().find(|cell| cell.number().is_none()).cloned());
                all.push(cells.iter().map(|cell| cell.number().unwrap_or(f64::NAN)).collect());
            }
            self.done += some.len() as u64;
            self.options.tell(self.done, self.done.max(subsets.len() as u64));
        }
        all
    }

    fn ends(&self, players: usize) -> Vec<Vec<Cell>> {
        self.cells(&[Subset::empty(players), Subset::full(players)])
    }

    fn cells(&self, subsets: &[Subset]) -> Vec<Vec<Cell>> {
        let point = |subset: &Subset| Point { lines: self.game.lines(subset), ..Point::default() };
        let points: Vec<Point> = subsets.iter().map(point).collect();
        cells(self.model, &self.options.settings, self.game.common, &points, self.outputs)
    }
}

fn steps(game: &Game, shares: &Shares, output: usize, why: Option<&Cell>) -> Vec<Step> {
    let missing = || why.cloned().unwrap_or(Cell::Missing { code: MissingCode::Nm, reason: None });
    let size = |size: f64| if size.is_nan() { missing() } else { Cell::Number(size) };
    let steps = game.players.iter().enumerate().map(|(at, player)| Step {
        text: player.text.clone(),
        size: size(shares.shares[at][output]),
        error: shares.errors.as_ref().map(|errors| errors[at][output]),
    });
    steps.collect()
}

fn together(game: &Game, shares: &Shares, output: usize) -> Vec<Together> {
    let scale: f64 = shares.shares.iter().map(|share| share[output].abs()).sum();
    let one = |interaction: &Interaction| Together {
        first: game.players[interaction.players.0].text.clone(),
        second: game.players[interaction.players.1].text.clone(),
        size: interaction.size[output],
    };
    let mut pairs: Vec<Together> = shares.interactions.iter().map(one).collect();
    pairs.retain(|pair| pair.size.abs() > SMALL * scale);
    pairs.sort_by(|a, b| b.size.abs().total_cmp(&a.size.abs()));
    pairs
}

/// The case that two cases have in common: the last of both chains that is the same.
fn common(model: &Model, from: CaseId, to: CaseId) -> CaseId {
    let (left, right) = (model.chain(from), model.chain(to));
    let same = left.iter().zip(&right).take_while(|(left, right)| left == right);
    same.last().map_or(CaseId::BASE, |(case, _)| *case)
}
