//! `Blend`: makes independent draws move together, as rank correlations ask, through a Gaussian copula.

mod eigen;
mod nearest;
mod pair;

use super::marginal::Marginal;
use super::normal;
use super::philox::BELOW_ONE;

use pair::Pair;

/// How some columns of uniform numbers are blended so that their ranks are correlated.
#[derive(Debug, Clone)]
pub struct Blend {
    /// Which columns, in rising order.
    columns: Vec<usize>,
    /// The root of their correlations: a lower triangle.
    root: Square,
}

/// The rank correlation of two columns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    pub left: usize,
    pub right: usize,
    pub rho: f64,
}

/// How far the correlations had to be moved, because no numbers have those that were asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// Each pair that was moved by more than a thousandth: what it is instead.
    pub moved: Vec<(Link, f64)>,
    /// The largest of these distances.
    pub largest: f64,
    /// Whether some pair cannot be had even alone, because values come more than once.
    pub is_tied: bool,
}

impl Blend {
    /// The blend of some links between columns with these marginals, and what had to be repaired; pairs without a link are
    /// not correlated.
    pub fn new(links: &[Link], marginals: &[Marginal]) -> (Blend, Option<Repair>) {
        let mut columns: Vec<usize> = links.iter().flat_map(|link| [link.left, link.right]).collect();
        columns.sort_unstable();
        columns.dedup();
        let place = |column: usize| columns.binary_search(&column).unwrap_or(0);
        let mut asked = Square::identity(columns.len());
        let links: Vec<Link> = links.iter().copied().filter(|link| link.left != link.right).collect();
        for link in &links {
            let r = Pair::new(&marginals[link.left], &marginals[link.right]).normals(link.rho);
            asked.set(place(link.left), place(link.right), r);
            asked.set(place(link.right), place(link.left), r);
        }
        let is_possible = nearest::is_possible(&asked);
        let given = if is_possible { asked } else { nearest::nearest(&asked) };
        let repair = repair(&columns, &links, marginals, &given);
        (Blend { root: given.root(), columns }, repair)
    }

    /// The columns it touches.
    pub fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// How much of each normal up to its own a column of the blend takes, by its place among the columns.
    pub fn weights(&self, row: usize) -> Vec<f64> {
        (0..=row).map(|at| self.root.at(row, at)).collect()
    }

    /// Blends the columns it touches; the first of them stays as it is.
    pub fn apply(&self, columns: &mut [&mut [f64]]) {
        self.columns.iter().for_each(|column| normal::quantiles(columns[*column]));
        let points = self.columns.first().map_or(0, |column| columns[*column].len());
        let mut normals = vec![0.0; self.columns.len()];
        (0..points).for_each(|point| {
            for (normal, column) in normals.iter_mut().zip(&self.columns) {
                *normal = columns[*column][point];
            }
            for (row, column) in self.columns.iter().enumerate() {
                let blended: f64 = (0..=row).map(|at| self.root.at(row, at) * normals[at]).sum();
                columns[*column][point] = normal::below(blended).clamp(f64::MIN_POSITIVE, BELOW_ONE);
            }
        });
    }
}

/// What every pair of columns has instead of what is asked for; nothing if all are as asked.
fn repair(columns: &[usize], links: &[Link], marginals: &[Marginal], given: &Square) -> Option<Repair> {
    let mut repair = Repair { moved: Vec::new(), largest: 0.0, is_tied: false };
    for left in 0..columns.len() {
        for right in left + 1..columns.len() {
            let ends = (columns[left], columns[right]);
            let is_this = |link: &&Link| [(link.left, link.right), (link.right, link.left)].contains(&ends);
            let rho = links.iter().find(is_this).map_or(0.0, |link| link.rho);
            let pair = Pair::new(&marginals[ends.0], &marginals[ends.1]);
            let now = pair.ranks(given.at(left, right));
            let away = (rho - now).abs();
            repair.largest = repair.largest.max(away);
            if away > 1e-3 {
                repair.is_tied |= (rho - pair.ranks(pair.normals(rho))).abs() > 1e-3;
                repair.moved.push((Link { left: ends.0, right: ends.1, rho }, now));
            }
        }
    }
    (!repair.moved.is_empty()).then_some(repair)
}

/// A square of numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Square {
    size: usize,
    numbers: Vec<f64>,
}

impl Square {
    fn zero(size: usize) -> Square {
        Square { size, numbers: vec![0.0; size * size] }
    }

    fn identity(size: usize) -> Square {
        let mut unit = Square::zero(size);
        (0..size).for_each(|at| unit.set(at, at, 1.0));
        unit
    }

    fn at(&self, row: usize, column: usize) -> f64 {
        self.numbers[row * self.size + column]
    }

    fn set(&mut self, row: usize, column: usize, number: f64) {
        self.numbers[row * self.size + column] = number;
    }

    fn minus(&self, other: &Square) -> Square {
        let numbers = self.numbers.iter().zip(&other.numbers).map(|(left, right)| left - right);
        Square { size: self.size, numbers: numbers.collect() }
    }

    fn largest(&self) -> f64 {
        self.numbers.iter().map(|number| number.abs()).fold(0.0, f64::max)
    }

    /// The lower triangle whose square this is (Cholesky); a column without anything of its own is left empty.
    fn root(&self) -> Square {
        let mut root = Square::zero(self.size);
        for column in 0..self.size {
            let taken: f64 = (0..column).map(|at| root.at(column, at) * root.at(column, at)).sum();
            let rest = self.at(column, column) - taken;
            let pivot = if rest > 1e-14 { rest.sqrt() } else { 0.0 };
            root.set(column, column, pivot);
            for row in column + 1..self.size {
                let taken: f64 = (0..column).map(|at| root.at(row, at) * root.at(column, at)).sum();
                let number = if pivot > 0.0 { (self.at(row, column) - taken) / pivot } else { 0.0 };
                root.set(row, column, number);
            }
        }
        root
    }
}

#[cfg(test)]
mod tests {
    use super::super::rank::correlation;
    use super::super::stream::Stream;
    use super::*;

    fn link(left: usize, right: usize, rho: f64) -> Link {
        Link { left, right, rho }
    }

    fn blended(links: &[Link]) -> Vec<Vec<f64>> {
        let mut columns: Vec<Vec<f64>> = vec![vec![0.0; 20_000]; 4];
        for (number, column) in columns.iter_mut().enumerate() {
            Stream::Numbered(number as u32).fill(1, 0, column);
        }
        let mut slices: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
        Blend::new(links, &uniform()).0.apply(&mut slices);
        columns
    }

    fn uniform() -> Vec<Marginal> {
        vec![Marginal::uniform(0.0, 1.0).expect("a distribution"); 4]
    }

    #[test]
    fn ranks_get_the_correlation_they_shall_have() {
        let columns = blended(&[link(0, 2, 0.6), link(2, 3, -0.3)]);
        assert!((correlation(&columns[0], &columns[2]) - 0.6).abs() < 0.01);
        assert!((correlation(&columns[2], &columns[3]) + 0.3).abs() < 0.015);
        assert!(correlation(&columns[0], &columns[3]).abs() < 0.02);
        assert!(correlation(&columns[0], &columns[1]).abs() < 0.02);
    }

    #[test]
    fn wholly_tied_columns_are_the_same() {
        let columns = blended(&[link(0, 1, 1.0), link(1, 2, -1.0), link(0, 2, -1.0)]);
        assert!((correlation(&columns[0], &columns[1]) - 1.0).abs() < 1e-9);
        assert!((correlation(&columns[0], &columns[2]) + 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_nearest_possible_matrix_is_found() {
        // Higham's example: the nearest matrix to ones beside a zero.
        let mut asked = Square::identity(3);
        for (row, column) in [(0, 1), (1, 0), (1, 2), (2, 1)] {
            asked.set(row, column, 1.0);
        }
        let given = nearest::nearest(&asked);
        assert!((given.at(0, 1) - 0.760_689_9).abs() < 1e-6, "{given:?}");
        assert!((given.at(0, 2) - 0.157_298_1).abs() < 1e-6, "{given:?}");
    }

    #[test]
    fn an_impossible_matrix_is_repaired_and_says_so() {
        let (_, repair) = Blend::new(&[link(0, 1, 0.9), link(1, 2, 0.9), link(0, 2, -0.9)], &uniform());
        let repair = repair.expect("no three numbers move like that");
        assert_eq!(repair.moved.len(), 3);
        assert!(repair.largest > 0.3 && repair.largest < 0.5, "{repair:?}");
        assert!(Blend::new(&[link(0, 1, 0.9), link(1, 2, 0.9)], &uniform()).1.is_some());
        assert!(Blend::new(&[link(0, 1, 0.6), link(1, 2, 0.6)], &uniform()).1.is_none());
    }

    #[test]
    fn tied_ranks_get_the_correlation_they_shall_have_or_it_is_said() {
        let rare = Marginal::discrete(&[(0.15, 0.8), (0.25, 0.2)]).expect("a distribution");
        let marginals = [rare.clone(), Marginal::pert(0.0, 1.0, 3.0).expect("a distribution"), rare];
        let drawn = |links: &[Link]| {
            let (blend, repair) = Blend::new(links, &marginals);
            let mut columns: Vec<Vec<f64>> = vec![vec![0.0; 40_000]; 3];
            for (number, column) in columns.iter_mut().enumerate() {
                Stream::Numbered(number as u32).fill(1, 0, column);
            }
            let mut slices: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
            blend.apply(&mut slices);
            marginals.iter().zip(&mut columns).for_each(|(marginal, column)| marginal.quantiles(column));
            (columns, repair)
        };
        for (other, rho) in [(1, 0.6), (1, -0.3), (2, 0.5)] {
            let (columns, repair) = drawn(&[link(0, other, rho)]);
            assert!((correlation(&columns[0], &columns[other]) - rho).abs() < 0.015, "{other} {rho}");
            assert_eq!(repair, None);
        }
        // One in five against a continuous value: the most is the root of 3 * 0.8 * 0.2.
        let (columns, repair) = drawn(&[link(0, 1, 0.8)]);
        let repair = repair.expect("it cannot be had");
        assert!(repair.is_tied && (repair.moved[0].1 - 0.48_f64.sqrt()).abs() < 1e-9, "{repair:?}");
        assert!((correlation(&columns[0], &columns[1]) - repair.moved[0].1).abs() < 0.01);
    }
}
