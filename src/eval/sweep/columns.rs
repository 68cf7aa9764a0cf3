//! `Columns`: the numbers of some points side by side, one column for each knob or probe.

/// One column for each knob or probe, one row for each point.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    columns: Vec<Vec<f64>>,
}

impl Columns {
    /// Empty columns.
    pub fn new(columns: usize) -> Columns {
        Columns { columns: vec![Vec::new(); columns] }
    }

    /// One column.
    pub fn column(&self, at: usize) -> &[f64] {
        &self.columns[at]
    }

    /// One column, to be written.
    pub fn column_mut(&mut self, at: usize) -> &mut [f64] {
        &mut self.columns[at]
    }

    /// Every column, to be written.
    pub fn columns_mut(&mut self) -> &mut [Vec<f64>] {
        &mut self.columns
    }

    /// Every column.
    pub fn slices(&self) -> Vec<&[f64]> {
        self.columns.iter().map(Vec::as_slice).collect()
    }

    /// Makes room for so many points.
    pub fn resize(&mut self, points: usize) {
        self.columns.iter_mut().for_each(|column| column.resize(points, 0.0));
    }
}
