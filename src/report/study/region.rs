//! The words of a discovery in a template.

use minijinja::value::Value;

use crate::model::Discover;
use crate::study::{DiscoverAnswer, Limit};

use super::maker::Maker;

/// What a discovery has under a name.
pub(super) fn of_discover(maker: &Maker, answer: &DiscoverAnswer, discover: &Discover, name: &str) -> Option<Value> {
    let share = |part: f64| maker.share(&discover.predicate, Some(part), "%");
    let end =
        |limit: &Limit, base: Option<f64>| base.map_or(Value::from(()), |base| maker.named(&limit.input, Some(base)));
    let limit = |limit: &Limit| {
        Value::from_pairs([
            ("input", Value::from(limit.input.clone())),
            ("low", end(limit, limit.low)),
            ("high", end(limit, limit.high)),
            ("without", share(limit.without)),
        ])
    };
    Some(match name {
        "draws" => Value::from(answer.draws),
        "seed" => Value::from(answer.seed),
        "condition" => Value::from(answer.condition.clone()),
        "limits" => answer.limits.iter().map(limit).collect(),
        "share" => share(answer.hits as f64 / answer.known.max(1) as f64),
        "density" => share(answer.density()),
        "coverage" => share(answer.coverage()),
        _ => return None,
    })
}
