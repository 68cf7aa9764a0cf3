//! The changes between two cases, each a player of a game.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::eval::Knob;
use crate::model::{Asked, CaseId, Change, Expr, ExprKind, Model, Override};
use crate::text::Place;

use crate::study::Options;
use crate::study::points::probes;
use crate::study::shapley::Subset;

use super::common;

/// What two cases do differently on top of what they have in common.
#[derive(Debug)]
pub(super) struct Game {
    pub common: CaseId,
    pub players: Vec<Player>,
    /// The lines of the case that is left, with the player that takes each away.
    left: Vec<(Override, Option<usize>)>,
    /// The lines of the case that is reached, with the player that brings each.
    reached: Vec<(Override, Option<usize>)>,
}

/// Lines that come and go together: one line, or lines of both cases about the same path.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Player {
    pub text: Arc<str>,
    lines: BTreeSet<Place>,
}

impl Game {
    /// The game between two cases.
    pub fn between(model: &Model, from: CaseId, to: CaseId) -> Game {
        let common = common(model, from, to);
        let lines = |case: CaseId| -> Vec<Override> {
            let own = model.chain(case).into_iter().skip_while(|case| *case != common).skip(1);
            own.flat_map(|case| model.case(case).overrides.iter().cloned()).collect()
        };
        let (left, reached) = (lines(from), lines(to));
        let groups = groups(&left, &reached);
        let differs = |group: &BTreeSet<Place>| {
            let of = |lines: &[Override]| -> Vec<Override> {
                lines.iter().filter(|line| group.contains(&line.place)).map(bare).collect()
            };
            of(&left) != of(&reached)
        };
        let groups: Vec<BTreeSet<Place>> = groups.into_iter().filter(differs).collect();
        let player = |group: &BTreeSet<Place>| Player { text: text(group, &left, &reached), lines: group.clone() };
        let players: Vec<Player> = groups.iter().map(player).collect();
        Game::of(common, players, left, reached)
    }

    fn of(common: CaseId, players: Vec<Player>, left: Vec<Override>, reached: Vec<Override>) -> Game {
        let whose = |line: Override| {
            let player = players.iter().position(|player| player.lines.contains(&line.place));
            (line, player)
        };
        Game {
            common,
            left: left.into_iter().map(whose).collect(),
            reached: reached.into_iter().map(whose).collect(),
            players,
        }
    }

    /// Takes out the players that reach nothing of what is read, and gives their texts.
    pub fn without_idle(self, model: &Model, options: &Options, asked: &[Asked]) -> (Game, Vec<Arc<str>>) {
        let reaching = match self.changes().all(|(line, _)| is_constant(line)) {
            true => self.reaching_by_cells(model, options, asked),
            false => self.reaching_by_names(model, options, asked),
        };
        let (some, idle): (Vec<_>, Vec<_>) =
            self.players.into_iter().enumerate().partition(|(at, _)| reaching.contains(at));
        let bare = |lines: Vec<(Override, Option<usize>)>| lines.into_iter().map(|(line, _)| line).collect();
        let players = some.into_iter().map(|(_, player)| player).collect();
        let game = Game::of(self.common, players, bare(self.left), bare(self.reached));
        (game, idle.into_iter().map(|(_, player)| player.text).collect())
    }

    /// The lines that players take away or bring.
    fn changes(&self) -> impl Iterator<Item = &(Override, Option<usize>)> {
        self.left.iter().chain(&self.reached).filter(|(_, player)| player.is_some())
    }

    /// The players whose numbers reach what is read, cell by cell.
    fn reaching_by_cells(&self, model: &Model, options: &Options, asked: &[Asked]) -> BTreeSet<usize> {
        let knobs: Vec<Knob> =
            self.changes().map(|(line, _)| Knob { variable: line.variable, window: line.window }).collect();
        let sweep = options.sweep(model, self.common, &knobs, &probes(asked));
        let reached = self.changes().zip(sweep.reached()).filter(|(_, reaches)| *reaches);
        reached.filter_map(|((_, player), _)| *player).collect()
    }

    /// The players whose variables reach what is read by the formulas of any case: a change that is a formula may lead elsewhere
    /// than the one it replaces, and both are looked at.
    fn reaching_by_names(&self, model: &Model, options: &Options, asked: &[Asked]) -> BTreeSet<usize> {
        let results = options.base(model);
        let reaches = |player: &usize| {
            let own = self.changes().filter(|(_, of)| *of == Some(*player)).map(|(line, _)| line.variable);
            let reached = results.reached(model, own);
            asked.iter().any(|asked| reached[asked.variable.0 as usize])
        };
        (0..self.players.len()).filter(reaches).collect()
    }

    /// The lines that hold when some players have made their change.
    pub fn lines(&self, changed: &Subset) -> Vec<Override> {
        let is_changed = |player: &Option<usize>| player.is_some_and(|player| changed.contains(player));
        let left = self.left.iter().filter(|(_, player)| !is_changed(player));
        let reached = self.reached.iter().filter(|(_, player)| is_changed(player));
        left.chain(reached).map(|(line, _)| line.clone()).collect()
    }
}

/// Whether a line changes by numbers only; such a line cuts ways through the model, and makes no new ones.
fn is_constant(line: &Override) -> bool {
    match &line.change {
        Change::Set(definition) => definition.pieces.iter().all(|piece| is_number(&piece.formula.expr)),
        Change::Shift(amount) | Change::Scale(amount) => is_number(&amount.expr),
    }
}

fn is_number(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::Missing { .. } | ExprKind::Text(_) | ExprKind::YesNo(_) => true,
        ExprKind::Unary { operand, .. } => is_number(operand),
        _ => false,
    }
}

/// A line without where it stands and who says so.
fn bare(line: &Override) -> Override {
    let place = Place { source: crate::text::SourceId(0), span: Default::default() };
    Override { provenance: Arc::default(), text: Arc::from(""), place, ..line.clone() }
}

/// Places of lines that belong together, in the order of the lines: one line each, unless lines of both sides are about the
/// same path.
fn groups(left: &[Override], reached: &[Override]) -> Vec<BTreeSet<Place>> {
    let mut groups: Vec<BTreeSet<Place>> = Vec::new();
    for line in left.iter().chain(reached) {
        if groups.iter().all(|group| !group.contains(&line.place)) {
            groups.push(BTreeSet::from([line.place]));
        }
    }
    for new in reached {
        for old in left.iter().filter(|old| old.variable == new.variable) {
            join(&mut groups, old.place, new.place);
        }
    }
    groups
}

fn join(groups: &mut Vec<BTreeSet<Place>>, one: Place, other: Place) {
    let at = |groups: &[BTreeSet<Place>], place| groups.iter().position(|group| group.contains(&place));
    let (Some(one), Some(other)) = (at(groups, one), at(groups, other)) else { return };
    if one != other {
        let moved = groups.remove(one.max(other));
        groups[one.min(other)].extend(moved);
    }
}

/// `co.ke - 50 bps`; `co.ke - 50 bps → co.ke + 100 bps` where one line takes the place of another; `without co.ke - 50 bps`.
fn text(group: &BTreeSet<Place>, left: &[Override], reached: &[Override]) -> Arc<str> {
    let of = |lines: &[Override]| -> Vec<Arc<str>> {
        let mut texts: Vec<(Place, Arc<str>)> = Vec::new();
        for line in lines.iter().filter(|line| group.contains(&line.place)) {
            if texts.iter().all(|(place, _)| *place != line.place) {
                texts.push((line.place, line.text.clone()));
            }
        }
        texts.into_iter().map(|(_, text)| text).collect()
    };
    let (left, reached) = (of(left).join("; "), of(reached).join("; "));
    match (left.is_empty(), reached.is_empty()) {
        (true, _) => reached.into(),
        (_, true) => format!("without {left}").into(),
        _ => format!("{left} → {reached}").into(),
    }
}
