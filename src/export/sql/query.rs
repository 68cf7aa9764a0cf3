//! `Query`: columns that build on each other, written as one statement with a common table expression for each level.

use std::collections::BTreeSet;
use std::fmt::Write;

/// An expression over columns of a query.
#[derive(Debug, Clone)]
pub struct Term {
    pub text: String,
    reads: BTreeSet<usize>,
    /// How many operations its text has; a long one becomes a column before it is used again.
    size: usize,
}

impl Term {
    /// A text that reads no column.
    pub fn constant(text: impl Into<String>) -> Term {
        Term { text: text.into(), reads: BTreeSet::new(), size: 0 }
    }

    /// A text made from others.
    pub fn of(terms: &[&Term], text: impl Into<String>) -> Term {
        let reads = terms.iter().flat_map(|term| term.reads.iter().copied()).collect();
        let size = 1 + terms.iter().map(|term| term.size).sum::<usize>();
        Term { text: text.into(), reads, size }
    }
}

/// The columns of a statement, each after those it reads.
#[derive(Debug, Default)]
pub struct Query {
    columns: Vec<Column>,
}

#[derive(Debug)]
struct Column {
    name: String,
    term: Term,
    /// The first level has the rows alone.
    level: usize,
}

/// Longer expressions become columns of their own.
const LONG: usize = 24;

impl Query {
    /// Makes a term a column, so that it is computed once; `name` says what it is.
    pub fn column(&mut self, name: &str, term: Term) -> Term {
        if term.size == 0 {
            return term;
        }
        let at = self.columns.len();
        let level = 1 + term.reads.iter().map(|read| self.columns[*read].level).max().unwrap_or(0);
        let name = format!("{name}_{at}");
        self.columns.push(Column { name: name.clone(), term, level });
        Term { text: name, reads: BTreeSet::from([at]), size: 0 }
    }

    /// A term that may be written into another one: itself, or a column if it is long.
    pub fn short(&mut self, name: &str, term: Term) -> Term {
        if term.size > LONG { self.column(name, term) } else { term }
    }

    /// How many levels the statement has.
    pub fn levels(&self) -> usize {
        self.columns.iter().map(|column| column.level).max().unwrap_or(0)
    }

    /// The common table expressions, from `rows` (a query with a column `i`) to one with `i` and the `kept` terms under
    /// the names given; that last one is called `worlds`.
    pub fn tables(&self, rows: &str, kept: &[(String, Term)]) -> String {
        let last = self.levels();
        let mut needed_until = vec![0; self.columns.len()];
        for column in &self.columns {
            column.term.reads.iter().for_each(|read| needed_until[*read] = needed_until[*read].max(column.level));
        }
        kept.iter().flat_map(|(_, term)| &term.reads).for_each(|read| needed_until[*read] = last + 1);
        let mut text = format!("WITH level_0 AS (\n  {rows}\n)");
        for level in 1..=last {
            self.table(level, &needed_until, &mut text);
        }
        let shown: Vec<String> = kept.iter().map(|(name, term)| format!(",\n    {} AS {name}", term.text)).collect();
        _ = write!(text, ",\nworlds AS (\n  SELECT i{}\n  FROM level_{last}\n)", shown.concat());
        text
    }

    fn table(&self, level: usize, needed_until: &[usize], text: &mut String) {
        let columns = self.columns.iter().zip(needed_until).filter(|(_, until)| **until > level);
        let carried = columns.clone().filter(|(column, _)| column.level < level);
        let carried: String = carried.map(|(column, _)| format!(", {}", column.name)).collect();
        let made = columns.filter(|(column, _)| column.level == level);
        let made: String = made.map(|(column, _)| format!(",\n    {} AS {}", column.term.text, column.name)).collect();
        _ = write!(text, ",\nlevel_{level} AS (\n  SELECT i{carried}{made}\n  FROM level_{}\n)", level - 1);
    }
}
