//! `Sheet`: rows and columns as a plain table, split by columns where the terminal is narrow.

use comfy_table::{Cell, CellAlignment, Table, presets};

use crate::text::{columns_of, on_one_line};

/// Rows under a head; the first `labels` columns are text and stand left of every part, the last `trailing` right.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    pub head: Vec<String>,
    pub labels: usize,
    pub trailing: usize,
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// The table as text; a width splits it into parts of columns that fit.
    pub fn text(&self, width: Option<usize>) -> String {
        let parts = self.parts(width);
        parts.iter().map(|columns| self.part(columns)).collect::<Vec<_>>().join("\n")
    }

    /// The columns of each part: the labels, and as many others as fit.
    fn parts(&self, width: Option<usize>) -> Vec<Vec<usize>> {
        let labels: Vec<usize> = (0..self.labels).collect();
        let values = self.labels..self.head.len() - self.trailing;
        let trailing = values.end..self.head.len();
        let taken: usize = labels.iter().copied().chain(trailing.clone()).map(|column| self.width(column)).sum();
        let mut parts: Vec<Vec<usize>> = Vec::new();
        let mut left = 0;
        for column in values {
            let needed = self.width(column);
            if parts.is_empty() || width.is_some() && needed > left {
                parts.push(labels.clone());
                left = width.unwrap_or(usize::MAX).saturating_sub(taken);
            }
            left = left.saturating_sub(needed);
            if let Some(part) = parts.last_mut() {
                part.push(column);
            }
        }
        if parts.is_empty() {
            parts.push(labels);
        }
        for part in &mut parts {
            part.extend(trailing.clone());
        }
        parts
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column)).chain(self.head.get(column));
        cells.flat_map(|cell| cell.lines()).map(columns_of).max().unwrap_or(0) + 2
    }

    fn part(&self, columns: &[usize]) -> String {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        let row = |cells: &[String]| -> Vec<Cell> {
            let aligned = |column: &usize| {
                let text = cells.get(*column).map_or("", String::as_str);
                let is_text = *column < self.labels || *column + self.trailing >= self.head.len();
                let side = if is_text { CellAlignment::Left } else { CellAlignment::Right };
                Cell::new(text).set_alignment(side)
            };
            columns.iter().map(aligned).collect()
        };
        if self.head.iter().any(|name| !name.is_empty()) {
            table.set_header(row(&self.head));
        }
        for cells in &self.rows {
            // Of the head only, cells may have several lines: a text of the book that has is no two rows.
            let cells: Vec<String> = cells.iter().map(|cell| on_one_line(cell).into_owned()).collect();
            table.add_row(row(&cells));
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        table.lines().map(|line| line.trim_end().to_string() + "\n").collect()
    }
}
