//! Three sequences of named parts to one: the order of ours, with what theirs added put where it stood there.

use super::{Conflict, Version};

/// A part that has a name among its neighbours.
pub trait Part: Clone {
    /// What tells it from its neighbours; the same on every side that has it.
    fn name(&self) -> &str;
    /// Whether it says the same, blanks and style aside.
    fn says_the_same(&self, other: &Self) -> bool;
    /// It as a reader would quote it.
    fn quoted(&self) -> String;
}

/// What is chosen where the sides disagree, and what they disagreed on so far.
pub struct Judge {
    pub prefer: Version,
    pub conflicts: Vec<Conflict>,
}

impl Judge {
    /// One part of three versions, any of which may lack it; `inner` merges what all sides changed.
    pub fn part<P: Part>(
        &mut self,
        of: [Option<&P>; 3],
        path: &str,
        inner: impl FnOnce(&mut Judge, Option<&P>, &P, &P) -> Option<P>,
    ) -> Option<P> {
        let [base, ours, theirs] = of;
        let same = |left: Option<&P>, right: Option<&P>| match (left, right) {
            (None, None) => true,
            (Some(left), Some(right)) => left.says_the_same(right),
            _ => false,
        };
        if same(base, ours) {
            return theirs.cloned();
        }
        if same(base, theirs) || same(ours, theirs) {
            return ours.cloned();
        }
        let merged = match (ours, theirs) {
            (Some(ours), Some(theirs)) => inner(self, base, ours, theirs),
            _ => None,
        };
        merged.or_else(|| self.conflict(of, path))
    }

    fn conflict<P: Part>(&mut self, of: [Option<&P>; 3], path: &str) -> Option<P> {
        let [base, ours, theirs] = of.map(|part| part.map(Part::quoted));
        self.conflicts.push(Conflict { fact: path.to_string(), base, ours, theirs });
        let chosen = if self.prefer == Version::Theirs { of[2] } else { of[1] };
        chosen.cloned()
    }

    /// Whole sequences; names that occur twice on a side are told apart by their order.
    pub fn sequence<P: Part>(
        &mut self,
        of: [&[P]; 3],
        path: &str,
        mut inner: impl FnMut(&mut Judge, Option<&P>, &P, &P, &str) -> Option<P>,
    ) -> Vec<P> {
        let [base, ours, theirs] = of.map(numbered);
        let find = |side: &[(String, P)], name: &str| side.iter().find(|(other, _)| other == name).cloned();
        let mut merged: Vec<(String, P)> = Vec::new();
        for name in order(&ours, &theirs) {
            let parts = [find(&base, &name), find(&ours, &name), find(&theirs, &name)];
            let parts = [0, 1, 2].map(|at| parts[at].as_ref().map(|(_, part)| part));
            let below = joined(path, &name);
            let part = self.part(parts, &below, |judge, base, ours, theirs| inner(judge, base, ours, theirs, &below));
            merged.extend(part.map(|part| (name, part)));
        }
        merged.into_iter().map(|(_, part)| part).collect()
    }
}

/// Every name of both sides: those of ours in their order, and each that only theirs has after what precedes it there.
fn order<P>(ours: &[(String, P)], theirs: &[(String, P)]) -> Vec<String> {
    let mut names: Vec<String> = ours.iter().map(|(name, _)| name.clone()).collect();
    let mut after = 0;
    for (name, _) in theirs {
        match names.iter().position(|other| other == name) {
            Some(at) => after = at + 1,
            None => {
                names.insert(after, name.clone());
                after += 1;
            }
        }
    }
    names
}

fn numbered<P: Part>(parts: &[P]) -> Vec<(String, P)> {
    let mut numbered: Vec<(String, P)> = Vec::with_capacity(parts.len());
    let mut seen = std::collections::BTreeMap::new();
    for part in parts {
        let times = seen.entry(part.name()).and_modify(|times| *times += 1).or_insert(1);
        let name = if *times == 1 { part.name().to_string() } else { format!("{} ({times})", part.name()) };
        numbered.push((name, part.clone()));
    }
    numbered
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_string() } else { format!("{path} > {name}") }
}
