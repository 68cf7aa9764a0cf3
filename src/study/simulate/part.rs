//! `Part`: what some of the draws of a run showed, as data that can be written down and merged with the rest.

use serde::{Deserialize, Serialize};

use crate::chance::summary::Summary;

use super::Job;

/// What some of the draws showed, summed up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    pub schema_version: u32,
    pub study: String,
    pub draws: u64,
    pub seed: u64,
    pub sampling: String,
    /// Which part this is, of how many.
    pub shard: u64,
    pub of: u64,
    /// What is drawn and from what: parts of one run have the same.
    pub inputs: Vec<String>,
    pub cases: Vec<CasePart>,
}

/// What some of the draws showed in one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CasePart {
    pub case: String,
    pub outputs: Vec<OutputPart>,
    pub predicates: Vec<PredicatePart>,
}

/// What some of the draws showed of one output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutputPart {
    pub output: String,
    pub first_missing: Option<u64>,
    pub summary: Summary,
}

/// In how many draws a condition held, and in how many nothing is known of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PredicatePart {
    pub condition: String,
    pub hits: u64,
    pub count: u64,
    pub missing: u64,
}

impl Part {
    /// The next part is of the same run.
    pub fn is_beside(&self, other: &Part) -> bool {
        let names = |part: &Part| -> Vec<String> {
            let cases = part.cases.iter();
            cases
                .flat_map(|case| {
                    let outputs = case.outputs.iter().map(|output| {
                        let point = output.summary.point().map_or("none".to_string(), |point| format!("{point:e}"));
                        format!("{} {} {point}", case.case, output.output)
                    });
                    outputs.chain(case.predicates.iter().map(|predicate| predicate.condition.clone()))
                })
                .collect()
        };
        let same = |part: &Part| (part.study.clone(), part.draws, part.seed, part.sampling.clone(), part.of);
        same(self) == same(other) && self.inputs == other.inputs && names(self) == names(other)
    }

    /// Adds the part of the run that follows this one.
    pub fn append(&mut self, next: Part) {
        for (case, more) in self.cases.iter_mut().zip(next.cases) {
            for (output, more) in case.outputs.iter_mut().zip(more.outputs) {
                output.summary.append(more.summary);
                output.first_missing = output.first_missing.or(more.first_missing);
            }
            for (predicate, more) in case.predicates.iter_mut().zip(more.predicates) {
                predicate.hits += more.hits;
                predicate.count += more.count;
                predicate.missing += more.missing;
            }
        }
    }
}

impl Job<'_> {
    /// A part without any draw yet.
    pub(super) fn part(&self, shard: u64, of: u64) -> Part {
        let inputs = self.drawn.inputs.iter().map(|input| format!("{} {}", input.factor.text, input.spread));
        Part {
            schema_version: 1,
            study: self.study.name.to_string(),
            draws: self.draws,
            seed: self.seed,
            sampling: format!("{:?}", self.simulate.sampling).to_lowercase(),
            shard,
            of,
            inputs: inputs.collect(),
            cases: (0..self.drawn.worlds.len()).map(|world| self.case_part(world)).collect(),
        }
    }

    fn case_part(&self, world: usize) -> CasePart {
        let world = &self.drawn.worlds[world];
        let outputs = self.simulate.outputs.iter().map(|asked| {
            let point = world.sweep.base().cell(world.case, asked.variable, asked.index).number();
            let summary = Summary::new(point, &self.quantiles());
            OutputPart { output: asked.text.to_string(), first_missing: None, summary }
        });
        let predicate =
            |asked: &crate::model::Asked| PredicatePart { condition: asked.text.to_string(), ..Default::default() };
        CasePart {
            case: self.model.case(world.case).name.to_string(),
            outputs: outputs.collect(),
            predicates: self.simulate.predicates.iter().map(predicate).collect(),
        }
    }
}
