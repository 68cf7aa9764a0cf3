//! The words of a simulation in a template.

use minijinja::value::Value;

use crate::model::{Asked, Simulate, Statistic};
use crate::study::{CaseAnswer, Figure, OutputAnswer, Probability, SimulateAnswer};

use super::maker::{Maker, cell_of, text};

/// What a simulation has under a name; `outputs` and `probabilities` are those of its first case.
pub(super) fn of_simulate(maker: &Maker, answer: &SimulateAnswer, simulate: &Simulate, name: &str) -> Option<Value> {
    let case = |case: &CaseAnswer| {
        let maker = Maker { desk: maker.desk, case: maker.desk.model.case_named(&case.case).unwrap_or(maker.case) };
        let outputs = case.outputs.iter().zip(&simulate.outputs).map(|(found, asked)| output(&maker, found, asked));
        let likely =
            case.predicates.iter().zip(&simulate.predicates).map(|(found, asked)| likely(&maker, found, asked));
        Value::from_pairs([
            ("case", Value::from(case.case.clone())),
            ("outputs", outputs.collect::<Value>()),
            ("probabilities", likely.collect::<Value>()),
        ])
    };
    Some(match name {
        "draws" => Value::from(answer.draws),
        "seed" => Value::from(answer.seed),
        "cases" => answer.cases.iter().map(case).collect(),
        "outputs" | "probabilities" => answer.cases.first().map(case)?.get_attr(name).ok()?,
        _ => return None,
    })
}

/// An output with each statistic under its name: `mean`, `sd`, `q5`, and its sampling error under `errors`.
fn output(maker: &Maker, found: &OutputAnswer, asked: &Asked) -> Value {
    let value = |figure: &Figure| match figure.statistic {
        Statistic::Sd => maker.apart(asked, figure.value),
        _ => maker.output(asked, cell_of(figure.value)),
    };
    let all: Vec<(String, Value)> = found.statistics.iter().map(|figure| (word(figure), value(figure))).collect();
    let errors = found.statistics.iter().map(|figure| (word(figure), maker.apart(asked, figure.error)));
    let own = [
        text(&found.output),
        ("point", maker.output(asked, found.point.clone())),
        ("errors", Value::from_pairs(errors)),
        ("missing", Value::from(found.missing)),
    ];
    Value::from_pairs(own.into_iter().map(|(name, value)| (name.to_string(), value)).chain(all))
}

/// How often a condition holds, and how far that is likely to be off.
fn likely(maker: &Maker, found: &Probability, asked: &Asked) -> Value {
    Value::from_pairs([
        ("condition", Value::from(found.condition.clone())),
        ("share", maker.share(asked, found.probability.map(|share| share.value), "%")),
        ("error", maker.share(asked, found.probability.map(|share| share.error), "pp")),
    ])
}

/// As a template can write it: `mean`, `q5`, `q97_5`.
fn word(figure: &Figure) -> String {
    figure.statistic.word().replace('.', "_")
}
