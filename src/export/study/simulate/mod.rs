//! Answers of simulations: what outputs look like, how sure that is, and which inputs make it so.

mod machines;
mod people;

use serde_json::Value;

use crate::model::{Sampling, Statistic};
use crate::study::SimulateAnswer;
use crate::text::decimal::shifted;
use crate::units::significant;

use super::{Part, Told};

impl Told for SimulateAnswer {
    fn parts(&self) -> Vec<Part> {
        people::parts(self)
    }

    fn json(&self) -> Value {
        machines::json(self)
    }

    fn records(&self) -> Vec<Vec<String>> {
        machines::records(self)
    }
}

/// `mean`, `sd`, `q5`, `q97.5`
fn statistic(statistic: &Statistic) -> String {
    match statistic {
        Statistic::Mean => "mean".to_string(),
        Statistic::Sd => "sd".to_string(),
        Statistic::Min => "min".to_string(),
        Statistic::Max => "max".to_string(),
        Statistic::Quantile(share) => format!("q{}", significant(shifted(*share, 2), 6)),
    }
}

/// How points are spread, as in the language.
pub(super) fn sampling(sampling: Sampling) -> &'static str {
    match sampling {
        Sampling::Plain => "plain",
        Sampling::Latin => "latin",
        Sampling::Sobol => "sobol",
    }
}
