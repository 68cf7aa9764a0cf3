//! Answers of simulations: what outputs look like, how sure that is, and which inputs make it so.

mod machines;
mod people;

use serde_json::Value;

use crate::model::Sampling;
use crate::study::SimulateAnswer;

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

/// How points are spread, as in the language.
pub(super) fn sampling(sampling: Sampling) -> &'static str {
    match sampling {
        Sampling::Plain => "plain",
        Sampling::Latin => "latin",
        Sampling::Sobol => "sobol",
    }
}
