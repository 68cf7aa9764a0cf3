//! Rows that sum up the others of their file: by the words they are called, or by their numbers.

use super::{Reading, Table};

/// What such rows are called, in lower case without signs.
const WORDS: [&str; 41] = [
    "total",
    "totals",
    "subtotal",
    "subtotals",
    "sum",
    "sums",
    "grandtotal",
    "overall",
    "average",
    "averages",
    "avg",
    "mean",
    "median",
    "summe",
    "gesamt",
    "insgesamt",
    "gesamtsumme",
    "zwischensumme",
    "durchschnitt",
    "mittelwert",
    "somme",
    "soustotal",
    "moyenne",
    "totale",
    "totaal",
    "suma",
    "promedio",
    "razem",
    "итого",
    "всего",
    "сумма",
    "среднее",
    "合计",
    "总计",
    "小计",
    "合計",
    "總計",
    "小計",
    "平均",
    "計",
    "총계",
];

/// Whether a row is called by a word for the sum or the mean of others: `Total`, `Sub-total:`, `Total chips`, `合计`.
pub fn is_total(text: &str) -> bool {
    let word = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase();
    let first = text.split([' ', '_', '\u{a0}', ':', '(']).find(|part| !part.is_empty()).map(word).unwrap_or_default();
    let begins = ["total", "subtotal", "grandtotal"].contains(&first.as_str());
    begins || WORDS.contains(&word(text).as_str()) || text.trim() == "Σ"
}

/// What a row of all others is called besides, alone or with more: `Group`, `All`, `Acme Group`, `集团`.
const WHOLES: [&str; 18] = [
    "group",
    "all",
    "whole",
    "entire",
    "combined",
    "consolidated",
    "aggregate",
    "altogether",
    "everything",
    "konzern",
    "gruppe",
    "alle",
    "groupe",
    "ensemble",
    "集团",
    "集團",
    "全部",
    "整体",
];

/// Whether a name says that the row may be about all others together.
fn says_whole(name: &str) -> bool {
    let words = name.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase);
    is_total(name) || words.into_iter().any(|word| WHOLES.contains(&word.as_str()))
}

/// What one column says about a row.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sum {
    /// It is the sum of two or more others.
    Of { parts: usize, plain: bool },
    /// It is not.
    No,
    /// It has no number there, or the others have none.
    Silent,
}

impl Table {
    /// The row that is the sum of all others in every one of some columns of numbers; `names` is the column that names the rows.
    ///
    /// Cells without a number are left out. In a single column two numbers have the third for a sum by accident, too: then the row
    /// is called like a whole, or it is the first or the last, and the numbers are neither equal nor whole ones below ten.
    pub fn sum_row(&self, rows: &[usize], columns: &[usize], names: usize) -> Option<usize> {
        let numbers: Vec<Vec<Option<f64>>> = columns.iter().filter_map(|column| self.numbers(rows, *column)).collect();
        let all: Vec<Added> = numbers.iter().map(|column| Added::of(column)).collect();
        let is_sum = |at: usize| {
            // Nearly every row is far from it; those are not added up one by one.
            if numbers.iter().zip(&all).any(|(column, all)| all.is_far(column[at])) {
                return false;
            }
            let found: Vec<Sum> =
                numbers.iter().map(|column| sum(column, at)).filter(|sum| *sum != Sum::Silent).collect();
            let likely = match found[..] {
                [] => false,
                [Sum::Of { parts: 2, plain }] => {
                    let at_an_end = at == 0 || at + 1 == rows.len();
                    at_an_end && !plain || says_whole(&self.text(rows[at], names).unwrap_or_default())
                }
                _ => true,
            };
            likely && !found.contains(&Sum::No)
        };
        (0..rows.len()).find(|at| is_sum(*at)).map(|at| rows[at])
    }

    /// The cells of a column as numbers; nothing if one is something else than a number or a code for none.
    fn numbers(&self, rows: &[usize], column: usize) -> Option<Vec<Option<f64>>> {
        let number = |row: &usize| match self.number(*row, column) {
            Ok(Reading::Number(number)) => Some(Some(number)),
            Ok(Reading::Missing(_) | Reading::Empty) => Some(None),
            Err(_) => None,
        };
        rows.iter().map(number).collect()
    }
}

/// How many numbers a column has, what they add up to, and what they do without their signs.
struct Added {
    count: usize,
    all: f64,
    size: f64,
}

impl Added {
    fn of(column: &[Option<f64>]) -> Added {
        let numbers = || column.iter().flatten();
        Added { count: numbers().count(), all: numbers().sum(), size: numbers().map(|number| number.abs()).sum() }
    }

    /// Whether a number is so far from the sum of its others that no rounding can be the reason.
    fn is_far(&self, number: Option<f64>) -> bool {
        number.is_some_and(|own| self.count > 1 && (self.all - 2.0 * own).abs() > 1e-6 * self.size)
    }
}

/// Whether a number of a column is the sum of its others.
fn sum(column: &[Option<f64>], at: usize) -> Sum {
    let parts = column.iter().enumerate().filter(|(other, _)| *other != at).filter_map(|(_, number)| *number);
    let parts: Vec<f64> = parts.collect();
    let Some(own) = column.get(at).copied().flatten() else { return Sum::Silent };
    let (all, size): (f64, f64) = (parts.iter().sum(), parts.iter().map(|part| part.abs()).sum());
    match () {
        () if parts.is_empty() => Sum::Silent,
        () if (all - own).abs() > 1e-9 * size.max(own.abs()) => Sum::No,
        () if parts.len() < 2 || own == 0.0 => Sum::Silent,
        () => {
            let small = parts.iter().chain([&own]).all(|number| number.fract() == 0.0 && number.abs() < 10.0);
            Sum::Of { parts: parts.len(), plain: small || parts.iter().all(|part| *part == parts[0]) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_known_by_their_names() {
        let names = [
            "Total",
            "TOTAL:",
            "Sub-total",
            "grand_total",
            "Total chips",
            "合计",
            "Σ",
            "Summe",
            "Ø",
            "TotalEnergies",
            "Sumo",
            "H20",
        ];
        let found: Vec<&str> = names.into_iter().filter(|name| is_total(name)).collect();
        assert_eq!(found, ["Total", "TOTAL:", "Sub-total", "grand_total", "Total chips", "合计", "Σ", "Summe"]);
    }

    #[test]
    fn a_row_that_adds_the_others_up_is_found() {
        let table = |text: &str| super::super::read("csv", text.as_bytes(), None, None).unwrap();
        let found = |text: &str, columns: &[usize]| {
            let table = table(text);
            table.sum_row(&(0..table.rows.len()).collect::<Vec<_>>(), columns, 0)
        };
        for (text, sum) in [
            ("id,a\nx,10\ny,20\nz,30\nw,60\n", Some(3)),
            ("id,a\nGroup,700\na,400\nb,300\n", Some(0)),
            ("id,a\nw,700\na,400\nb,300\n", Some(0)),
            ("id,a\nx,400\ny,300\nz,700\n", Some(2)),
            ("id,a\na,400\nz,700\nb,300\n", None),
            ("id,a\na,400\nThe Group,700\nb,300\n", Some(1)),
            ("id,a\nx,400\ny,NA\nw,300\nz,700\n", Some(3)),
            ("id,a\nx,400\ny,\nw,300\nz,700\n", Some(3)),
            ("id,a\nx,700\ny,NA\nz,700\n", None),
            ("id,a\nx,3\ny,4\nz,7\n", None),
            ("id,a\nx,3\ny,4\nAll,7\n", Some(2)),
            ("id,a\nx,0.3\ny,0.4\nz,0.7\n", Some(2)),
            ("id,a\nx,80\ny,80\nz,160\n", None),
            ("id,a\nx,0\ny,0\nz,0\n", None),
            ("id,a\nx,5\ny,-5\nz,0\n", None),
        ] {
            assert_eq!(found(text, &[1]), sum, "{text}");
        }
        assert_eq!(found("id,a,b\nw,30,5\nx,10,2\ny,20,3\n", &[1, 2]), Some(0));
        assert_eq!(found("id,a,b\nw,30,NA\nx,10,2\ny,20,3\n", &[1, 2]), Some(0));
        assert_eq!(found("id,a,b\nw,30,6\nx,10,2\ny,20,3\n", &[1, 2]), None);
    }

    #[test]
    fn grouped_numbers_add_up_too() {
        let mark = super::super::DecimalMark::named(",");
        let table = super::super::read("csv", b"id;a\nx;1.250,5\ny;2.100\nz;3.350,5\n", None, mark).unwrap();
        assert_eq!(table.sum_row(&[0, 1, 2], &[1], 0), Some(2));
    }
}
