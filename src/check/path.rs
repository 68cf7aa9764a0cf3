//! A path of a case's line or of a study: which variables it names, and in which periods.

use std::sync::Arc;

use crate::calendar::{Frequency, Period};
use crate::diagnostic::Problem;
use crate::model::{Model, Provenance, VariableId, Window};
use crate::resolve::{Named, Own, Owner, ResolveError, located};
use crate::syntax::ast::{self, Index, NodeId, NodeKind, Periods, Value};
use crate::text::{SourceId, Span, unbroken};

use super::cases::whole;
use super::checker::Checker;
use super::error::CheckError;

/// Reads one line of a case, or one path of a study.
pub(super) struct Changer<'c, 'a, 'l> {
    pub checker: &'c mut Checker<'a>,
    pub model: &'l Model,
    /// The text that the line's spans are of.
    pub text: &'l str,
    pub source: SourceId,
    pub path: &'l ast::Expr,
    /// What is done to it; nothing by a study.
    pub change: &'l ast::Change,
    /// The whole line.
    pub span: Span,
    /// Who stands behind each piece over periods.
    pub pieces: &'l [Arc<Provenance>],
    pub problems: Vec<Problem>,
}

/// What a path leads to.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub variables: Vec<VariableId>,
    /// The periods that the path names.
    pub window: Option<(Frequency, Window)>,
    /// Where they are named.
    pub span: Span,
}

impl Changer<'_, '_, '_> {
    pub fn say<T>(&mut self, error: &dyn crate::diagnostic::Fault) -> Option<T> {
        self.problems.push(Problem::new(self.source, error));
        None
    }

    fn path_problem<T>(&mut self, id: NodeId, message: String, help: String) -> Option<T> {
        let span = self.path.place(self.path.tree.node(id).span);
        let label = "leads nowhere".to_string();
        let names = self.part(id).split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let missing = names.filter(|name| !name.is_empty()).map(str::to_string).collect();
        self.say(&CheckError::Path { message, missing, help, span, label })
    }

    fn part(&self, id: NodeId) -> &str {
        let tree = &self.path.tree;
        tree.slice(tree.node(id).span)
    }

    /// What the line's path leads to.
    pub fn target(&mut self) -> Option<Target> {
        let text: String = unbroken(&self.path.tree.text).split_whitespace().collect();
        if let Some(rate) = self.rate(&text) {
            return Some(whole(vec![rate]));
        }
        self.node(self.path.tree.root)
    }

    /// A rate's path, `fx.USD/CNY.average`, is no expression; in a case it is written with a dot between the currencies.
    fn rate(&self, text: &str) -> Option<VariableId> {
        if !text.contains("fx.") {
            return None;
        }
        let text = text.replace('/', ".");
        let path = |id: VariableId| self.checker.symbols.entries[id.0 as usize].path.replace('/', ".");
        let mut found = self.checker.symbols.rates.iter().filter(|rate| path(rate.variable) == text);
        found.next().map(|rate| rate.variable)
    }

    fn node(&mut self, id: NodeId) -> Option<Target> {
        let path = self.path;
        match &path.tree.node(id).kind {
            NodeKind::Name(span) => {
                let name = path.tree.slice(*span).to_string();
                let named = self.checker.symbols.named(self.source, &name).cloned();
                self.named(id, named, &name)
            }
            NodeKind::Field { of, name } => {
                let name = path.tree.slice(*name).to_string();
                self.field(id, *of, &name)
            }
            NodeKind::Index { of, index } => self.index(id, *of, index),
            _ => {
                let message = format!("`{}` is no path", self.part(id));
                let help = "write a name, `entity.name`, `kind.name`, or one of these with `[2027E]`".to_string();
                self.path_problem(id, message, help)
            }
        }
    }

    fn named(&mut self, id: NodeId, named: Option<Named>, name: &str) -> Option<Target> {
        match named {
            Some(Named::Value(variable)) => Some(whole(vec![variable])),
            Some(Named::Family(members)) => Some(whole(members.into_iter().map(|(_, variable)| variable).collect())),
            Some(Named::Entity(_) | Named::Kind(_) | Named::Space(_)) => {
                let help = format!("name one of its values: `{name}.NAME`");
                self.path_problem(id, format!("`{name}` is no value"), help)
            }
            None if self.checker.symbols.is_broken(name) => None,
            None => {
                let names = self.checker.symbols.names().map(|(name, _)| name);
                let help =
                    self.checker.did_you_mean(name, names, "only what is defined can be changed; define it first");
                self.path_problem(id, format!("there is no `{name}`"), help)
            }
        }
    }

    fn field(&mut self, id: NodeId, of: NodeId, name: &str) -> Option<Target> {
        let symbols = self.checker.symbols;
        match self.base(of) {
            Some(Named::Entity(entity)) => match symbols.own(Owner::Entity(entity), name) {
                Some(Own::Slot(slot)) => symbols.entity(entity).slots.get(slot.0 as usize).map(|id| whole(vec![*id])),
                Some(Own::Family(members)) => {
                    let slots = &symbols.entity(entity).slots;
                    Some(whole(members.iter().filter_map(|(_, slot)| slots.get(slot.0 as usize).copied()).collect()))
                }
                None => {
                    let help = self.checker.did_you_mean(
                        name,
                        symbols.names_of(entity),
                        "only what is defined can be changed",
                    );
                    let message = format!("`{}` has no `{name}`", symbols.entity(entity).name);
                    self.path_problem(id, message, help)
                }
            },
            Some(Named::Kind(kind)) => match symbols.attribute(kind, name) {
                Some(slot) => {
                    let entities = symbols.kind(kind).entities.iter();
                    let of = entities.filter_map(|entity| symbols.entity(*entity).slots.get(slot.0 as usize).copied());
                    Some(whole(of.collect()))
                }
                None => {
                    let help = self.checker.did_you_mean(
                        name,
                        symbols.attribute_names(kind),
                        "only what is defined can be changed",
                    );
                    let message = format!("{} has no `{name}`", symbols.kind(kind).name);
                    self.path_problem(id, message, help)
                }
            },
            Some(Named::Space(space)) => {
                let named = symbols.named_in(&space, name).cloned();
                self.named(id, named, name)
            }
            Some(Named::Value(_) | Named::Family(_)) => {
                let (message, help) = (format!("`{}` has no `{name}`", self.part(of)), "only entities do".to_string());
                self.path_problem(id, message, help)
            }
            None => {
                let text = self.part(of).to_string();
                if symbols.is_broken(&text) {
                    return None;
                }
                let help =
                    self.checker.did_you_mean(&text, symbols.names().map(|(name, _)| name), "name an entity or a kind");
                self.path_problem(of, format!("there is no `{text}`"), help)
            }
        }
    }

    /// What stands before a dot.
    fn base(&self, id: NodeId) -> Option<Named> {
        let tree = &self.path.tree;
        match &tree.node(id).kind {
            NodeKind::Name(span) => self.checker.symbols.named(self.source, tree.slice(*span)).cloned(),
            NodeKind::Field { of, name } => match self.base(*of)? {
                Named::Space(space) => self.checker.symbols.named_in(&space, tree.slice(*name)).cloned(),
                _ => None,
            },
            _ => None,
        }
    }

    fn index(&mut self, id: NodeId, of: NodeId, index: &Index) -> Option<Target> {
        let mut target = self.node(of)?;
        let tree = self.path.tree.clone();
        let span = self.path.place(tree.node(id).span);
        match index {
            Index::At(at) => match tree.node(*at).kind {
                NodeKind::Period(_) => {
                    let (frequency, first) = self.period(*at)?;
                    target.window = Some((frequency, Window { first, last: first }));
                    target.span = span;
                    Some(target)
                }
                _ => self.member(target, *at),
            },
            Index::Slice { from, to } => {
                let first = match from {
                    Some(from) => Some(self.period(*from)?),
                    None => None,
                };
                let last = match to {
                    Some(to) => Some(self.period(*to)?),
                    None => None,
                };
                let frequency = first.or(last)?.0;
                let len = self.checker.symbols.timelines.get(frequency)?.len;
                let window = Window { first: first.map_or(0, |(_, at)| at), last: last.map_or(len - 1, |(_, at)| at) };
                (target.window, target.span) = (Some((frequency, window)), span);
                Some(target)
            }
            Index::Prev(_) | Index::Next(_) => {
                let help = "name the period: `[2027E]`".to_string();
                self.path_problem(id, "a path has no `prev` or `next`".to_string(), help)
            }
        }
    }

    fn period(&mut self, id: NodeId) -> Option<(Frequency, usize)> {
        let span = self.path.place(self.path.tree.node(id).span);
        let text = self.part(id).to_string();
        self.period_at(&text, span)
    }

    fn period_at(&mut self, text: &str, span: Span) -> Option<(Frequency, usize)> {
        let Ok(period) = Period::parse(text) else {
            let message = format!("`{text}` is not a period");
            let help = "write 2025A, 1H26E, 3Q27E or Jan26E, always with A or E".to_string();
            return self.say(&ResolveError::Periods { message, help, span });
        };
        match located(&self.checker.symbols.timelines, period, span) {
            Ok(found) => Some(found),
            Err(error) => self.say(&error),
        }
    }

    /// The member of an indexed name.
    fn member(&mut self, target: Target, at: NodeId) -> Option<Target> {
        let name = self.part(at).to_string();
        let Some(Named::Entity(entity)) = self.checker.symbols.named(self.source, &name).cloned() else {
            let help = "in brackets stands a period or the entity of an indexed name".to_string();
            return self.path_problem(at, format!("`{name}` is neither a period nor an entity"), help);
        };
        let entries = &self.checker.symbols.entries;
        let of = |id: &VariableId| entries[id.0 as usize].index == Some(entity);
        let variables: Vec<VariableId> = target.variables.iter().copied().filter(of).collect();
        if variables.is_empty() {
            let help = "only what is defined can be changed".to_string();
            return self.path_problem(at, format!("there is none for `{name}`"), help);
        }
        Some(Target { variables, ..target })
    }

    /// The periods to be changed; all estimated ones if the path names none. `Some(None)` is a value as a whole.
    pub fn window(&mut self, variable: VariableId, target: &Target) -> Option<Option<Window>> {
        let stated = target.window.or(self.stated_pieces(target));
        let (path, time) = {
            let variable = self.model.variable(variable);
            (variable.path.to_string(), variable.time)
        };
        let Some(time) = time else {
            return match target.window {
                None => Some(None),
                Some(_) => {
                    let help = "drop the period: it is one value".to_string();
                    self.say(&CheckError::NoTime { what: format!("`{path}`"), help, span: target.span })
                }
            };
        };
        let line = self.checker.symbols.timelines.get(time)?.clone();
        let actual = line.actual();
        if let Some((frequency, window)) = stated {
            if frequency != time {
                let message = format!("`{path}` has {} periods", time.word());
                let (span, label) = (target.span, "periods of another length".to_string());
                let help = "name periods of the series itself".to_string();
                let missing = vec![path];
                return self.say(&CheckError::Path { message, missing, help, span, label });
            }
            if window.first < actual {
                return self.actual(path, &line, window.first, target);
            }
            return Some(target.window.map(|(_, window)| window));
        }
        if actual == line.len {
            return self.actual(path, &line, line.len - 1, target);
        }
        Some(Some(Window { first: actual, last: line.len - 1 }).filter(|_| actual > 0))
    }

    fn actual<T>(
        &mut self,
        path: String,
        line: &crate::calendar::Timeline,
        index: usize,
        target: &Target,
    ) -> Option<T> {
        let period = line.period(index).map(|period| period.to_string()).unwrap_or_default();
        let span = if target.window.is_some() { target.span } else { self.path.span };
        self.say(&CheckError::Actual { path, period, span })
    }

    /// The periods that the pieces of `= 2026E … | 2027E …` name.
    fn stated_pieces(&mut self, target: &Target) -> Option<(Frequency, Window)> {
        let ast::Change::Set(Value::Series { pieces, .. }) = self.change else { return None };
        let before = self.problems.len();
        let windows: Vec<_> = pieces.iter().filter_map(|piece| self.periods(&piece.periods)).collect();
        self.problems.truncate(before);
        let first = windows.iter().map(|(_, window)| window.first).min()?;
        let last = windows.iter().map(|(_, window)| window.last).max()?;
        let frequency = windows.first()?.0;
        (target.window.is_none()).then_some((frequency, Window { first, last }))
    }

    pub fn periods(&mut self, periods: &Periods) -> Option<(Frequency, Window)> {
        let mut read = |span: Span| {
            let text = span.of(self.text).to_string();
            self.period_at(&text, span)
        };
        match *periods {
            Periods::One(span) => read(span).map(|(frequency, first)| (frequency, Window { first, last: first })),
            Periods::From(span) => {
                let (frequency, first) = read(span)?;
                let last = self.checker.symbols.timelines.get(frequency)?.len - 1;
                Some((frequency, Window { first, last }))
            }
            Periods::Range(from, to) => {
                let ((frequency, first), (other, last)) = (read(from)?, read(to)?);
                if frequency == other && first <= last {
                    return Some((frequency, Window { first, last }));
                }
                let message = "this range has no periods".to_string();
                let help = "write FIRST..LAST, both of one calendar".to_string();
                self.say(&ResolveError::Periods { message, help, span: from.to(to) })
            }
        }
    }
}
