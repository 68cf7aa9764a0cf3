//! The points of a curve, where they are numbers.

use crate::syntax::ast::NodeId;

use super::super::error::CheckError;
use super::Infer;
use super::built::Built;

impl Infer<'_, '_> {
    /// Refuses points that do not go from the lowest to the highest, each once, as far as they are written as numbers; what
    /// formulas make of others is seen when they are evaluated.
    pub(super) fn ascends(&mut self, arguments: &[NodeId], all: &[Built]) -> bool {
        let places = || all.iter().zip(arguments).skip(1).step_by(2);
        let known: Vec<(f64, NodeId)> =
            places().filter_map(|(built, id)| Some((built.expr.constant()?, *id))).collect();
        let wrong = known.windows(2).find(|pair| pair[0].0 >= pair[1].0);
        if let Some([(_, before), (_, here)]) = wrong {
            let (span, before) = (self.at(*here), self.at(*before));
            self.report(&CheckError::Order { span, before });
        }
        wrong.is_none()
    }
}
