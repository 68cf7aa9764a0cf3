//! Claims: sentences that must be true.

use crate::diagnostic::Problem;
use crate::eval::{Cell, Results};
use crate::model::{Claim, Model};
use crate::units::Unit;

use super::error::{FindingError, in_case};
use super::{ClaimOutcome, Findings, cell_in_unit, rooted};

/// Looks at every claim's predicate and fills its holes.
pub(super) fn hold(model: &Model, results: &Results, findings: &mut Findings) {
    for (at, claim) in model.claims.iter().enumerate() {
        let holds = results.cell(claim.case, claim.condition, None);
        let holes = claim.holes.iter().map(|hole| results.cell(claim.case, hole.value, None)).collect();
        findings.problems.extend(problem(model, results, claim, &holds));
        findings.claims.push(ClaimOutcome { claim: at, holds, holes });
    }
}

fn problem(model: &Model, results: &Results, claim: &Claim, holds: &Cell) -> Option<Problem> {
    let (name, case, span) = (claim.name.to_string(), in_case(model, claim.case), claim.place.span);
    let error = match holds {
        Cell::YesNo(true) => return None,
        Cell::Missing { .. } => {
            FindingError::ClaimMissing { name, case, reason: cell_in_unit(holds, &Unit::ratio()), span }
        }
        _ => {
            let sides = super::sides::said(model, results, (claim.case, claim.condition, None), None);
            let sides = if sides.is_empty() { format!("`{}` is no", claim.text) } else { sides };
            FindingError::ClaimFalse { name, case, condition: claim.text.to_string(), sides, span }
        }
    };
    let problem = Problem::new(claim.place.source, &error);
    Some(rooted(model, results, problem, holds, (claim.case, claim.condition)))
}
