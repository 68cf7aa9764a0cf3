//! `Tape`: the cells between knobs and probes as one program.

use crate::model::{CaseId, Change, Formula, MissingCode, Model, Override, Type};

use super::super::recipe::Recipe;
use super::super::results::Results;
use super::build::{Builder, Unsayable};
use super::graph::Graph;
use super::knob::{Knob, Probe};
use super::machine::Machine;
use super::node::{Id, Node};
use super::program::{Given, Program};

/// What is computed for one point.
#[derive(Debug, Clone)]
pub(super) struct Tape {
    pub graph: Graph,
    /// The node of every knob.
    pub knobs: Vec<Id>,
    /// The node of every probe.
    pub probes: Vec<Id>,
    pub program: Program,
}

impl Tape {
    /// Writes the cells that knobs reach and probes need as a program.
    pub fn of(
        model: &Model,
        base: &Results,
        case: CaseId,
        (knobs, probes): (&[Knob], &[Probe]),
    ) -> Result<Tape, Unsayable> {
        if base.problems.iter().any(|problem| problem.code == "eval::cycle" || problem.code == "eval::case_cycle") {
            return Err(Unsayable);
        }
        let mut settings = base.settings.clone();
        settings.layers.push(knobs.iter().map(|knob| knob.set_to(0.0)).collect());
        let recipes = Recipe::in_cases(model, &settings);
        let mut builder = Builder {
            model,
            base,
            recipes: &recipes,
            knobs: settings.layers.last().into_iter().flatten().filter_map(formula).collect(),
            reached: base.readers(model).reached(knobs.iter().map(|knob| knob.variable)),
            words: base.words.clone(),
            graph: Graph::default(),
            cells: Default::default(),
        };
        let knobs: Vec<Id> = (0..knobs.len() as u32).map(|knob| builder.graph.knob(knob)).collect();
        let probes: Result<Vec<Id>, Unsayable> = probes.iter().map(|probe| builder.probe(case, *probe)).collect();
        let (probes, graph) = (probes?, builder.graph);
        let given = Given { columns: knobs.clone(), numbers: Vec::new() };
        Ok(Tape { program: Program::of(&graph, &probes, &given), graph, knobs, probes })
    }

    /// Which knobs reach any probe.
    pub fn reached(&self) -> Vec<bool> {
        let mut needed = vec![false; self.graph.nodes.len()];
        self.probes.iter().for_each(|probe| needed[probe.0 as usize] = true);
        for at in (0..self.graph.nodes.len()).rev() {
            if needed[at] {
                self.graph.nodes[at].operands().for_each(|id| needed[id.0 as usize] = true);
            }
        }
        self.knobs.iter().map(|knob| needed[knob.0 as usize]).collect()
    }

    /// Evaluates every point of some columns.
    pub fn run(&self, columns: &[&[f64]], out: &mut [&mut [f64]]) {
        Machine::new(&self.program).run(columns, out);
    }

    /// What every node depends on, given what every knob does: the union over its operands.
    pub fn depends(&self, of_knob: impl Fn(usize) -> u8) -> Vec<u8> {
        let mut depends: Vec<u8> = Vec::with_capacity(self.graph.nodes.len());
        for node in &self.graph.nodes {
            let own = match node {
                Node::Knob(knob) => of_knob(*knob as usize),
                _ => node.operands().fold(0, |all, id| all | depends[id.0 as usize]),
            };
            depends.push(own);
        }
        depends
    }
}

impl Builder<'_> {
    fn probe(&mut self, case: CaseId, probe: Probe) -> Result<Id, Unsayable> {
        match self.model.variable(probe.variable).ty {
            Type::Text => Ok(self.graph.missing(MissingCode::Nm)),
            _ => self.cell(case, probe.variable, probe.index.unwrap_or(0)),
        }
    }
}

fn formula(change: &Override) -> Option<&Formula> {
    match &change.change {
        Change::Set(definition) => definition.pieces.first().map(|piece| &*piece.formula),
        Change::Shift(_) | Change::Scale(_) => None,
    }
}
