//! The possible correlation matrix nearest to an impossible one (Higham, 2002: alternating projections).

use super::Square;
use super::eigen::eigen;

/// No eigenvalue of what comes out is below this, so that it has a root.
const LEAST: f64 = 1e-10;

/// Whether there are numbers with such correlations.
pub fn is_possible(matrix: &Square) -> bool {
    eigen(matrix).0.iter().all(|value| *value >= -1e-12)
}

/// Goes back and forth between matrices without negative eigenvalues and those with ones on the diagonal.
pub fn nearest(matrix: &Square) -> Square {
    let mut unit = matrix.clone();
    let mut moved = Square::zero(matrix.size);
    for _ in 0..300 {
        let from = unit.minus(&moved);
        let lifted = lift(&from, 0.0);
        moved = lifted.minus(&from);
        let mut next = lifted;
        (0..next.size).for_each(|at| next.set(at, at, 1.0));
        let step = next.minus(&unit).largest();
        unit = next;
        if step < 1e-12 {
            break;
        }
    }
    scaled(&lift(&unit, LEAST))
}

/// The same matrix with every eigenvalue at least `least`.
fn lift(matrix: &Square, least: f64) -> Square {
    let (values, vectors) = eigen(matrix);
    let mut lifted = Square::zero(matrix.size);
    for (at, value) in values.iter().enumerate() {
        let value = value.max(least);
        for row in 0..matrix.size {
            for column in 0..matrix.size {
                let term = value * vectors.at(row, at) * vectors.at(column, at);
                lifted.set(row, column, lifted.at(row, column) + term);
            }
        }
    }
    lifted
}

/// The same matrix with ones on the diagonal.
fn scaled(matrix: &Square) -> Square {
    let mut unit = matrix.clone();
    for row in 0..matrix.size {
        for column in 0..matrix.size {
            let size = (matrix.at(row, row) * matrix.at(column, column)).sqrt();
            unit.set(row, column, if row == column { 1.0 } else { matrix.at(row, column) / size });
        }
    }
    unit
}
