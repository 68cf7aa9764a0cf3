//! `Why`: how much of an output's move each change caused, so that the parts add up to the whole.
//!
//! Each change is a player of a game whose value is the output of a model with some of the changes made; Shapley's value
//! shares the move out, whatever the order of the changes.

use std::collections::{BTreeMap, BTreeSet};

use crate::eval::{Settings, evaluate};
use crate::model::{CaseId, Model, VariableId};
use crate::study::shapley::{Effort, Interaction, MOST_EXACT, Shares, Subset, shapley};

use super::change::{Change, ChangeKind, Swap};
use super::effect::{Effect, OutputPair};
use super::mix::Mixer;
use super::reach::Reach;
use super::union::Union;
use super::{Grouping, Options};

/// Why one output moved in one case and period.
#[derive(Debug, Clone)]
pub struct Why {
    /// The index of the effect.
    pub effect: usize,
    /// In base units, what each change (or group of changes) did, the largest first.
    pub shares: Vec<Share>,
    /// Pairs that do more, or less, together than each alone; part of the shares already.
    pub together: Vec<Together>,
    /// What no change is charged with: another order of adding up, or a calendar without which there is no value.
    pub rest: f64,
    /// Whether every combination was computed; if not, the shares are estimates that still add up.
    pub exact: bool,
    /// Why there are no shares.
    pub note: Option<String>,
}

/// What one change, or a group of changes, did.
#[derive(Debug, Clone)]
pub struct Share {
    /// The name of the group, if it is one.
    pub group: Option<String>,
    /// The indexes of the changes.
    pub changes: Vec<usize>,
    /// In base units.
    pub effect: f64,
    /// The standard error, if orders were drawn.
    pub error: Option<f64>,
    /// The values on the shortest way from a single change to the output, both left out.
    pub through: Vec<String>,
}

/// What two shares do together beyond what each does alone.
#[derive(Debug, Clone)]
pub struct Together {
    /// Indexes of shares.
    pub shares: (usize, usize),
    /// In base units.
    pub effect: f64,
}

/// An effect to be explained, and the changes that can have caused it.
struct Asked {
    effect: usize,
    case: CaseId,
    variable: VariableId,
    /// On the calendar of the baseline and on the current one.
    indexes: (Option<usize>, Option<usize>),
    changes: Vec<usize>,
}

/// Explains every effect between two numbers, as far as it is worth a line.
pub fn whys(
    union: &Union,
    models: (&Model, &Model),
    changes: &[Change],
    outputs: &[OutputPair],
    effects: &[Effect],
    options: &Options,
) -> Vec<Why> {
    let reach = Reach::of(&union.model, changes);
    let mut groups: BTreeMap<Vec<usize>, Vec<Asked>> = BTreeMap::new();
    for asked in asked(union, models, changes, outputs, effects, &reach) {
        groups.entry(asked.changes.clone()).or_default().push(asked);
    }
    let mut whys = Vec::new();
    for (relevant, asked) in groups {
        let needed = needed(&asked, &reach);
        let game = Game { union, changes, needed: &needed, asked: &asked, effects, options };
        let mut found = game.explained(&relevant);
        for why in &mut found {
            let output = asked.iter().find(|asked| asked.effect == why.effect).map(|asked| asked.variable);
            let ways = output.map(|output| (output, reach.ways(output)));
            ways.into_iter().for_each(|(output, ways)| why.lead(&union.model, changes, output, &ways));
        }
        whys.extend(found);
    }
    whys.sort_by_key(|why| why.effect);
    whys
}

impl Why {
    /// Says through which values each single change leads to the output.
    fn lead(&mut self, model: &Model, changes: &[Change], output: VariableId, ways: &BTreeMap<u32, u32>) {
        for share in self.shares.iter_mut().filter(|share| share.changes.len() == 1) {
            let change = &changes[share.changes[0]];
            let own = change.swaps.iter().filter_map(|swap| key(swap).map(|(_, id)| id.0));
            let Some(first) = own.filter(|id| ways.contains_key(id)).min() else { continue };
            let mut at = first;
            while at != output.0 {
                let variable = model.variables.get(at as usize).filter(|variable| !variable.hidden);
                let name = variable.map(|variable| variable.path.to_string()).filter(|path| *path != change.path);
                share.through.extend(name);
                at = ways.get(&at).copied().unwrap_or(output.0);
            }
        }
    }
}

/// Everything that some outputs rest on.
fn needed(asked: &[Asked], reach: &Reach<'_>) -> BTreeSet<VariableId> {
    let outputs: BTreeSet<VariableId> = asked.iter().map(|asked| asked.variable).collect();
    outputs.into_iter().flat_map(|output| reach.variables_behind(output)).collect()
}

/// The most effects that are explained; those of the first outputs.
const MOST: usize = 400;

fn asked(
    union: &Union,
    models: (&Model, &Model),
    changes: &[Change],
    outputs: &[OutputPair],
    effects: &[Effect],
    reach: &Reach<'_>,
) -> Vec<Asked> {
    let mut known: BTreeMap<VariableId, BTreeSet<u32>> = BTreeMap::new();
    let mut all = Vec::new();
    for (at, effect) in effects.iter().enumerate() {
        let moved = effect.moved.material && effect.moved.difference.is_some_and(|difference| difference != 0.0);
        let (Some(variable), Some(case), Some(old)) = (outputs[effect.output].new, effect.cases.1, effect.cases.0)
        else {
            continue;
        };
        if !moved || all.len() >= MOST {
            continue;
        }
        let behind = known.entry(variable).or_insert_with(|| reach.behind(variable));
        let mut chain: BTreeSet<CaseId> = union.model.chain(case).into_iter().collect();
        chain.extend(models.0.chain(old).into_iter().map(|case| union.baseline.cases[case.0 as usize]));
        let touching = changes.iter().enumerate().filter(|(_, change)| reach.touches(change, behind, &chain));
        let changes = touching.map(|(change, _)| change).collect();
        all.push(Asked { effect: at, case, variable, indexes: effect.indexes, changes });
    }
    all
}

/// One game: effects that the same changes can have caused.
struct Game<'a> {
    union: &'a Union,
    changes: &'a [Change],
    needed: &'a BTreeSet<VariableId>,
    asked: &'a [Asked],
    effects: &'a [Effect],
    options: &'a Options,
}

impl Game<'_> {
    fn explained(&self, relevant: &[usize]) -> Vec<Why> {
        let players = grouped(tied(relevant, self.changes), self.changes, self.options);
        let shares = self.play(&players);
        if shares.shares.iter().flatten().all(|share| share.is_finite()) && !players.is_empty() {
            return self.whys(&players, &shares);
        }
        let merged = merged(&players, self.changes);
        let shares = self.play(&merged);
        let is_timeless = |change: &&usize| !self.changes[**change].swaps.iter().any(is_calendars);
        let timeless: Vec<usize> = relevant.iter().filter(is_timeless).copied().collect();
        let is_whole = shares.shares.iter().flatten().all(|share| share.is_finite());
        match is_whole || timeless.len() == relevant.len() {
            true => self.whys(&merged, &shares),
            // What only another calendar gives a value cannot be shared out with it.
            false => self.explained(&timeless),
        }
    }

    fn play(&self, players: &[Player]) -> Shares {
        let swaps = |player: &Player| -> Vec<&Swap> {
            player.changes.iter().flat_map(|change| &self.changes[*change].swaps).collect()
        };
        let swaps: Vec<Vec<&Swap>> = players.iter().map(swaps).collect();
        let spans = &self.union.spans;
        let mixer = |calendar| Mixer::new(&self.union.model, &swaps, self.needed, calendar);
        let calendars = swaps.iter().position(|swaps| swaps.iter().any(|swap| is_calendars(swap)));
        let (now, before) = (mixer(&spans.current), calendars.map(|_| mixer(&spans.baseline)));
        let effort = Effort { orders: self.options.orders(players.len()), seed: 1 };
        shapley(players.len(), effort, |subset: &Subset| {
            let is_earlier = calendars.is_some_and(|player| !subset.contains(player));
            let mixer = before.as_ref().filter(|_| is_earlier).unwrap_or(&now);
            let model = mixer.model(|player| subset.contains(player));
            if has_circle(&model) {
                return vec![f64::NAN; self.asked.len()];
            }
            let results = evaluate(&model, &Settings::default());
            let value = |asked: &Asked| {
                let index = if is_earlier { asked.indexes.0 } else { asked.indexes.1 };
                let cell = results.cell(asked.case, mixer.variable(asked.variable), index);
                cell.number().unwrap_or(f64::NAN)
            };
            self.asked.iter().map(value).collect()
        })
    }

    fn whys(&self, players: &[Player], shares: &Shares) -> Vec<Why> {
        (0..self.asked.len()).map(|at| self.why(at, players, shares)).collect()
    }

    fn why(&self, at: usize, players: &[Player], all: &Shares) -> Why {
        let effect = self.asked[at].effect;
        let moved = self.effects[effect].moved.difference.unwrap_or(0.0);
        let mut why = Why { effect, shares: Vec::new(), together: Vec::new(), rest: 0.0, exact: true, note: None };
        if all.shares.iter().any(|shares| !shares[at].is_finite()) {
            why.note = Some("with only some of the changes made there is no value".to_string());
            why.rest = moved;
            return why;
        }
        let mut order: Vec<usize> = (0..players.len()).collect();
        order.sort_by(|a, b| all.shares[*b][at].abs().total_cmp(&all.shares[*a][at].abs()).then(a.cmp(b)));
        let share = |player: &usize| Share {
            group: players[*player].group.clone(),
            changes: players[*player].changes.clone(),
            effect: all.shares[*player][at],
            error: all.errors.as_ref().map(|errors| errors[*player][at]),
            through: Vec::new(),
        };
        order.retain(|player| all.shares[*player][at] != 0.0);
        why.shares = order.iter().map(share).collect();
        let place = |player: usize| order.iter().position(|other| *other == player);
        let least = moved.abs() * LEAST_TOGETHER;
        let together = all.interactions.iter().filter(|pair| pair.size[at].abs() > least);
        let pair = |pair: &Interaction| {
            let shares = place(pair.players.0).zip(place(pair.players.1))?;
            Some(Together { shares, effect: pair.size[at] })
        };
        why.together = together.filter_map(pair).collect();
        why.together.sort_by(|a, b| b.effect.abs().total_cmp(&a.effect.abs()).then(a.shares.cmp(&b.shares)));
        why.together.truncate(MOST_TOGETHER);
        why.exact = all.errors.is_none();
        let rest = moved - all.shares.iter().map(|shares| shares[at]).sum::<f64>();
        why.rest = if rest.abs() <= 1e-9 * moved.abs() { 0.0 } else { rest };
        why
    }
}

/// Whether some case stands on itself, as can be when only one of two changes is made.
fn has_circle(model: &Model) -> bool {
    let cases = (0..model.cases.len() as u32).map(CaseId);
    cases.into_iter().any(|case| model.chain(case).len() > model.cases.len())
}

/// Two changes act together if it is at least this share of the whole move.
const LEAST_TOGETHER: f64 = 0.02;

/// So many pairs are named.
const MOST_TOGETHER: usize = 5;

/// Changes that are made together.
#[derive(Debug, Clone)]
struct Player {
    group: Option<String>,
    changes: Vec<usize>,
}

/// Changes as players; those that swap the same lines of a case can only be made together.
fn tied(relevant: &[usize], changes: &[Change]) -> Vec<Player> {
    let mut holder: BTreeMap<(Option<CaseId>, VariableId), usize> = BTreeMap::new();
    let mut players: Vec<Player> = Vec::new();
    for change in relevant {
        let keys: Vec<(Option<CaseId>, VariableId)> = changes[*change].swaps.iter().filter_map(key).collect();
        let known = keys.iter().find_map(|key| holder.get(key).copied());
        let player = known.unwrap_or(players.len());
        match players.get_mut(player) {
            Some(player) => player.changes.push(*change),
            None => players.push(Player { group: None, changes: vec![*change] }),
        }
        holder.extend(keys.into_iter().map(|key| (key, player)));
    }
    players
}

fn is_calendars(swap: &Swap) -> bool {
    matches!(swap, Swap::Calendars)
}

fn key(swap: &Swap) -> Option<(Option<CaseId>, VariableId)> {
    match swap {
        Swap::Define(id, _) => Some((None, *id)),
        Swap::Lines(case, id, _) => Some((Some(*case), *id)),
        Swap::Calendars => Some((None, VariableId(u32::MAX))),
        _ => None,
    }
}

/// Players in groups, if that is asked for or there are too many to name each.
fn grouped(players: Vec<Player>, changes: &[Change], options: &Options) -> Vec<Player> {
    let players = match options.grouping {
        Some(by) => by_name(players, changes, options, by),
        None if players.len() <= options.most_named => return players,
        None => {
            let tries = [Grouping::Entity, Grouping::File, Grouping::Owner];
            let all = tries.map(|by| by_name(players.clone(), changes, options, by));
            let fits = all.iter().find(|groups| (2..=options.most_named).contains(&groups.len()));
            fits.unwrap_or(&all[0]).clone()
        }
    };
    limited(players, options.most_named)
}

fn by_name(players: Vec<Player>, changes: &[Change], options: &Options, by: Grouping) -> Vec<Player> {
    if by == Grouping::Change {
        return players;
    }
    let mut groups: BTreeMap<String, Player> = BTreeMap::new();
    for player in players {
        let name = options.group_of(&changes[player.changes[0]], by);
        let empty = || Player { group: Some(name.clone()), changes: Vec::new() };
        groups.entry(name.clone()).or_insert_with(empty).changes.extend(player.changes);
    }
    let mut groups: Vec<Player> = groups.into_values().collect();
    groups.iter_mut().filter(|player| player.changes.len() == 1).for_each(|player| player.group = None);
    groups
}

/// The players with the most changes, and all others as one.
fn limited(mut players: Vec<Player>, most: usize) -> Vec<Player> {
    if players.len() <= most {
        return players;
    }
    players.sort_by_key(|player| std::cmp::Reverse(player.changes.len()));
    let others = players.split_off(most.saturating_sub(1));
    let group = Some(format!("{} others", others.len()));
    players.push(Player { group, changes: others.into_iter().flat_map(|player| player.changes).collect() });
    players
}

/// Players of which all that are more than another value are one: half of them made may leave nothing to compute.
fn merged(players: &[Player], changes: &[Change]) -> Vec<Player> {
    let is_plain = |player: &&Player| {
        player.changes.iter().all(|change| matches!(changes[*change].kind, ChangeKind::Value | ChangeKind::Case))
    };
    let mut plain: Vec<Player> = players.iter().filter(is_plain).cloned().collect();
    let others: Vec<usize> =
        players.iter().filter(|player| !is_plain(player)).flat_map(|player| player.changes.clone()).collect();
    if !others.is_empty() {
        plain.push(Player { group: Some("formulas, together".to_string()), changes: others });
    }
    plain
}

impl Options {
    /// How many orders are drawn for so many players.
    fn orders(&self, players: usize) -> u64 {
        if players <= MOST_EXACT { 1 } else { (self.evaluations / (2 * players as u64)).clamp(4, 128) }
    }
}
