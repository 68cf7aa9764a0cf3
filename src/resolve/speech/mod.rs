//! Who speaks for each value of a line: its own clauses, those behind it of its own mark, or its block's.

mod error;

use std::sync::Arc;

use crate::calendar::Frequency;
use crate::model::{Provenance, Role, Window};
use crate::syntax::ast::Verb;
use crate::text::{SourceId, Span};

use super::Resolver;
use super::clause::merged;
pub use error::SpeechError;

/// What a block's head says, and what of it a fact or a judgement takes over.
#[derive(Debug, Clone, Default)]
pub(super) struct Head {
    pub said: Arc<Provenance>,
    /// A source and who read it.
    fact: Arc<Provenance>,
    /// A person and a reason: what somebody thinks does not come from the source of a block.
    judgement: Arc<Provenance>,
}

impl Head {
    pub fn new(said: Arc<Provenance>) -> Head {
        let fact = Provenance { reason: None, implied: None, ..(*said).clone() };
        let judgement = Provenance { citation: None, ..(*said).clone() };
        Head { said, fact: Arc::new(fact), judgement: Arc::new(judgement) }
    }
}

/// Where a value holds, as to what has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Actual,
    Estimated,
    Both,
    /// A value without periods.
    Timeless,
}

/// One value of a line.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub held: Held,
    /// As messages name it: `2026E`.
    pub period: Option<String>,
    /// What stands behind it alone; behind the last value that is what the line says.
    pub own: Arc<Provenance>,
    pub literal: bool,
    pub span: Span,
}

/// Which line it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Road {
    /// One that may begin with a verb.
    Line,
    /// A rate, before which no verb stands.
    Rate,
    /// A line of a case: a judgement, unless it cites a source itself.
    Case,
}

/// The values of a line and what could speak for them.
pub(super) struct Speech<'n> {
    pub verb: Option<Verb>,
    pub road: Road,
    /// Whether it has pieces; a formula among given or assumed pieces is derived.
    pub is_series: bool,
    pub name: &'n str,
    pub source: SourceId,
    pub head: &'n Head,
    pub parts: &'n [Part],
}

/// A role and what stands behind it.
pub(super) type Spoken = (Role, Arc<Provenance>);

impl<'a> Resolver<'a> {
    /// What each value of a line is and who says so; the first that nothing speaks for is reported, unless something
    /// was before.
    pub(super) fn speak(&mut self, speech: &Speech, silent: &mut bool) -> Vec<Spoken> {
        let mut all = Vec::with_capacity(speech.parts.len());
        for at in 0..speech.parts.len() {
            let (spoken, leak) = speech.of(at);
            if let Some(error) = leak.filter(|_| !*silent) {
                *silent = true;
                self.report(speech.source, &error);
            }
            all.push(spoken);
        }
        all
    }

    /// Where a window holds.
    pub(super) fn held(&self, frequency: Option<Frequency>, window: Option<Window>) -> Held {
        let lines = &self.symbols.timelines;
        let line = frequency.map_or_else(|| lines.default_line(), |frequency| lines.get(frequency));
        let Some(line) = line else { return Held::Timeless };
        let window = window.unwrap_or(Window { first: 0, last: line.len - 1 });
        match (line.is_actual(window.first), line.is_actual(window.last)) {
            (true, true) => Held::Actual,
            (true, false) => Held::Both,
            (false, _) => Held::Estimated,
        }
    }

    /// One cell, in a period or without time.
    pub(super) fn part_at(
        &self,
        period: Option<(Frequency, usize)>,
        own: Arc<Provenance>,
        literal: bool,
        span: Span,
    ) -> Part {
        let one = |index| Some(Window { first: index, last: index });
        let held = period.map_or(Held::Timeless, |(frequency, index)| self.held(Some(frequency), one(index)));
        let period = period.and_then(|(frequency, index)| self.period_name(frequency, index));
        Part { held, period, own, literal, span }
    }

    /// The first period of a window, as messages name it.
    pub(super) fn period_name(&self, frequency: Frequency, index: usize) -> Option<String> {
        let line = self.symbols.timelines.get(frequency)?;
        line.period(index).map(|period| period.to_string())
    }
}

type Verdict = (Spoken, Option<SpeechError>);

impl Speech<'_> {
    fn of(&self, at: usize) -> Verdict {
        let part = &self.parts[at];
        match self.verb {
            _ if self.is_series && !part.literal => ((Role::Derived, part.own.clone()), None),
            Some(Verb::Derive) => ((Role::Derived, part.own.clone()), None),
            Some(Verb::Given) => self.given(at),
            Some(Verb::Assume) => self.assumed(at),
            None if !part.literal => ((Role::Derived, part.own.clone()), None),
            None => self.unsaid(at),
        }
    }

    /// `given` speaks for every value; each takes the nearest source of its own mark behind it.
    fn given(&self, at: usize) -> Verdict {
        let own = &self.parts[at].own;
        if own.citation.is_some() {
            return ((Role::Given, self.owned(at, own, &self.head.fact)), None);
        }
        let judged = self.parts[at].held == Held::Estimated && own.reason.is_some();
        let found = self.behind(at, |said| said.citation.is_some());
        let said = match found {
            Some(other) => self.owned(at, &over(own, &other.own), &self.head.fact),
            None => self.owned(at, &over(own, &self.head.fact), &self.head.fact),
        };
        let lacks = judged || said.citation.is_none();
        ((Role::Given, said), lacks.then(|| self.no_source(at)))
    }

    /// `assume` speaks for every value; each takes the nearest reason of its own mark behind it.
    fn assumed(&self, at: usize) -> Verdict {
        let part = &self.parts[at];
        let head = &self.head.judgement;
        if is_judged(&part.own) {
            return self.stated(at, self.owned(at, &part.own, head));
        }
        let quoted = part.held == Held::Actual && part.own.citation.is_some();
        let said = match self.behind(at, is_judged) {
            Some(other) => over(&part.own, &other.own),
            None => over(&part.own, head),
        };
        let (spoken, leak) = self.stated(at, self.owned(at, &said, head));
        (spoken, if quoted { Some(self.quoted(at)) } else { leak })
    }

    /// Without a verb a value takes a source or a reason of its own mark: its own, one behind it, its block's.
    fn unsaid(&self, at: usize) -> Verdict {
        let part = &self.parts[at];
        match stance(&part.own) {
            // Before a rate no verb can speak for all of it, so clauses of its own do, and a source behind it.
            Some(_) if part.held == Held::Both && self.road != Road::Rate => {
                (self.guess(at), Some(self.both_marks(at)))
            }
            None if self.road == Road::Rate && self.is_quoted() && self.of_same_mark(at).next().is_none() => {
                self.given(at)
            }
            None if part.held == Held::Both => (self.guess(at), Some(self.both_marks(at))),
            Some(Role::Given) => ((Role::Given, self.owned(at, &part.own, &self.head.fact)), None),
            Some(_) => self.stated(at, self.owned(at, &part.own, &self.head.judgement)),
            None => match self.of_same_mark(at).next() {
                Some(other) => self.like(at, other),
                None => self.of_block(at),
            },
        }
    }

    /// Whether a source stands behind the whole line.
    fn is_quoted(&self) -> bool {
        self.parts.last().is_some_and(|last| last.own.citation.is_some())
    }

    /// What stands behind a later value of the same mark.
    fn like(&self, at: usize, other: &Part) -> Verdict {
        let role = stance(&other.own).unwrap_or(Role::Assumed);
        let said = self.owned(at, &over(&self.parts[at].own, &other.own), &self.head.judgement);
        let mut stances = self.of_same_mark(at).filter_map(|part| stance(&part.own));
        let two = match self.parts[at].held {
            Held::Actual => role == Role::Assumed,
            _ => stances.any(|stance| stance != role),
        };
        if two { ((role, said), Some(self.other_mark(at))) } else { self.checked(at, (role, said)) }
    }

    /// What the block's head says: a fact takes its source, an estimate its reason, and neither the other's.
    fn of_block(&self, at: usize) -> Verdict {
        let (part, head) = (&self.parts[at], &self.head.said);
        let (cites, judges) = (head.citation.is_some(), is_judged(head));
        let given = || (Role::Given, over(&part.own, &self.head.fact));
        let judged = || (Role::Assumed, over(&part.own, &self.head.judgement));
        match part.held {
            Held::Actual if cites => (given(), None),
            Held::Estimated if judges => self.checked(at, judged()),
            Held::Timeless if cites && !judges => (given(), None),
            Held::Timeless if judges && !cites => self.checked(at, judged()),
            Held::Timeless if cites => (given(), Some(self.two_heads(at))),
            _ if self.road == Road::Case => self.stated(at, self.owned(at, &judged().1, head)),
            _ if !cites && !judges && self.parts.iter().all(|part| stance(&part.own).is_none()) => {
                let spoken = judged();
                let error = match part.own.owner {
                    Some(_) => self.no_reason(at, &spoken.1),
                    None => SpeechError::NoProvenance { name: self.name.to_string(), span: part.span },
                };
                (spoken, Some(error))
            }
            _ => (judged(), Some(self.other_mark(at))),
        }
    }

    fn checked(&self, at: usize, (role, said): Spoken) -> Verdict {
        match role {
            Role::Assumed => self.stated(at, said),
            _ => ((role, said), None),
        }
    }

    /// A judgement, which needs an owner and a reason or the calibration that it is implied by.
    fn stated(&self, at: usize, said: Arc<Provenance>) -> Verdict {
        let complete = said.implied.is_some() || said.owner.is_some() && said.reason.is_some();
        let error = (!complete).then(|| self.no_reason(at, &said));
        ((Role::Assumed, said), error)
    }

    fn guess(&self, at: usize) -> Spoken {
        (stance(&self.parts[at].own).unwrap_or(Role::Assumed), self.parts[at].own.clone())
    }

    /// The value behind this one whose clauses hold for it too, where the line's verb says what they are: the nearest
    /// of its own mark, or the line's last if nothing of its own mark says any.
    fn behind(&self, at: usize, says: fn(&Provenance) -> bool) -> Option<&Part> {
        let mine = |part: &&Part| part.held == self.parts[at].held && says(&part.own);
        let nearest = self.parts[at + 1..].iter().find(mine);
        let said_before = || self.parts[..at].iter().any(|part| mine(&part));
        nearest.or_else(|| self.parts[at + 1..].last().filter(|last| says(&last.own) && !said_before()))
    }

    /// The values behind this one that hold as it does and say something.
    fn of_same_mark(&self, at: usize) -> impl Iterator<Item = &Part> {
        let held = self.parts[at].held;
        self.parts[at + 1..].iter().filter(move |part| part.held == held && stance(&part.own).is_some())
    }

    /// Clauses with an owner: their own, that of the line, the block's.
    fn owned(&self, at: usize, said: &Arc<Provenance>, head: &Arc<Provenance>) -> Arc<Provenance> {
        if said.owner.is_some() {
            return said.clone();
        }
        let (held, role) = (self.parts[at].held, stance(said));
        let speaks = |part: &&Part| self.verb.is_some() || part.held == held && stance(&part.own) == role;
        let mut others = self.parts[at + 1..].iter().filter(speaks);
        let owner = others.find_map(|part| part.own.owner.clone()).or_else(|| head.owner.clone());
        match owner {
            Some(_) => Arc::new(Provenance { owner, ..(**said).clone() }),
            None => said.clone(),
        }
    }
}

/// What clauses make of a value: a source a fact, a reason alone a judgement.
fn stance(said: &Provenance) -> Option<Role> {
    match said.citation {
        Some(_) => Some(Role::Given),
        None => is_judged(said).then_some(Role::Assumed),
    }
}

fn is_judged(said: &Provenance) -> bool {
    said.reason.is_some() || said.implied.is_some()
}

/// What a value says, and for what it does not say, another; shared where one of them is all.
fn over(own: &Arc<Provenance>, other: &Arc<Provenance>) -> Arc<Provenance> {
    match **own == Provenance::default() {
        true => other.clone(),
        false => Arc::new(merged((**own).clone(), other)),
    }
}
