//! Eigenvalues of a symmetric matrix, by Jacobi's rotations.

use super::Square;

/// The eigenvalues and the matrix whose columns are their vectors.
pub fn eigen(matrix: &Square) -> (Vec<f64>, Square) {
    let size = matrix.size;
    let mut left = matrix.clone();
    let mut vectors = Square::identity(size);
    for _ in 0..100 {
        if off_diagonal(&left) < 1e-30 {
            break;
        }
        for row in 0..size {
            for column in row + 1..size {
                rotate(&mut left, &mut vectors, row, column);
            }
        }
    }
    ((0..size).map(|at| left.at(at, at)).collect(), vectors)
}

fn off_diagonal(matrix: &Square) -> f64 {
    let pairs = (0..matrix.size).flat_map(|row| (0..row).map(move |column| (row, column)));
    pairs.map(|(row, column)| matrix.at(row, column) * matrix.at(row, column)).sum()
}

/// Turns the plane of two coordinates so that nothing stands between them.
fn rotate(left: &mut Square, vectors: &mut Square, row: usize, column: usize) {
    let between = left.at(row, column);
    if between == 0.0 {
        return;
    }
    let slope = (left.at(column, column) - left.at(row, row)) / (2.0 * between);
    let tangent = slope.signum() / (slope.abs() + (slope * slope + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for at in 0..left.size {
        let (a, b) = (left.at(at, row), left.at(at, column));
        left.set(at, row, cosine * a - sine * b);
        left.set(at, column, sine * a + cosine * b);
    }
    for at in 0..left.size {
        let (a, b) = (left.at(row, at), left.at(column, at));
        left.set(row, at, cosine * a - sine * b);
        left.set(column, at, sine * a + cosine * b);
        let (a, b) = (vectors.at(at, row), vectors.at(at, column));
        vectors.set(at, row, cosine * a - sine * b);
        vectors.set(at, column, sine * a + cosine * b);
    }
}
