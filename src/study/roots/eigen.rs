//! Small symmetric matrices: their eigenvalues by Jacobi's rotations, and systems by elimination.

/// The eigenvalues of a symmetric matrix and their directions, the smallest first.
pub(super) fn eigen(matrix: &[Vec<f64>]) -> Vec<(f64, Vec<f64>)> {
    let size = matrix.len();
    let mut rest = matrix.to_vec();
    let mut turned: Vec<Vec<f64>> =
        (0..size).map(|row| (0..size).map(|column| f64::from(row == column)).collect()).collect();
    for _ in 0..60 {
        let pairs = (0..size).flat_map(|p| (p + 1..size).map(move |q| (p, q)));
        if pairs.filter(|(p, q)| rotate(&mut rest, &mut turned, *p, *q)).count() == 0 {
            break;
        }
    }
    let direction = |column: usize| turned.iter().map(|row| row[column]).collect();
    let mut found: Vec<(f64, Vec<f64>)> = (0..size).map(|at| (rest[at][at], direction(at))).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found
}

/// Turns the plane of two axes so that the matrix has no entry for the pair; whether there was one.
fn rotate(matrix: &mut [Vec<f64>], turned: &mut [Vec<f64>], p: usize, q: usize) -> bool {
    let off = matrix[p][q];
    if off.abs() <= 1e-17 * (matrix[p][p].abs() + matrix[q][q].abs()) || !off.is_finite() {
        return false;
    }
    let slope = (matrix[q][q] - matrix[p][p]) / (2.0 * off);
    let tangent = 1f64.copysign(slope) / (slope.abs() + libm::sqrt(slope * slope + 1.0));
    let cosine = 1.0 / libm::sqrt(tangent * tangent + 1.0);
    let sine = tangent * cosine;
    for row in matrix.iter_mut().chain(turned.iter_mut()) {
        (row[p], row[q]) = (cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]);
    }
    let (upper, lower) = (matrix[p].clone(), matrix[q].clone());
    matrix[p] = upper.iter().zip(&lower).map(|(up, low)| cosine * up - sine * low).collect();
    matrix[q] = upper.iter().zip(&lower).map(|(up, low)| sine * up + cosine * low).collect();
    true
}

/// The solution of `matrix * x = right` by elimination with pivots; nothing if a direction is free.
pub(super) fn solved(matrix: &[Vec<f64>], right: &[f64]) -> Option<Vec<f64>> {
    let size = right.len();
    let mut rows: Vec<Vec<f64>> =
        matrix.iter().zip(right).map(|(row, right)| row.iter().copied().chain([*right]).collect()).collect();
    for at in 0..size {
        let pivot = (at..size).max_by(|a, b| rows[*a][at].abs().total_cmp(&rows[*b][at].abs()))?;
        rows.swap(at, pivot);
        if rows[at][at] == 0.0 || !rows[at][at].is_finite() {
            return None;
        }
        let top = rows[at].clone();
        for row in rows.iter_mut().skip(at + 1) {
            let factor = row[at] / top[at];
            row.iter_mut().zip(&top).for_each(|(cell, top)| *cell -= factor * top);
        }
    }
    let mut found = vec![0.0; size];
    for at in (0..size).rev() {
        let known: f64 = (at + 1..size).map(|column| rows[at][column] * found[column]).sum();
        found[at] = (rows[at][size] - known) / rows[at][at];
    }
    Some(found)
}
