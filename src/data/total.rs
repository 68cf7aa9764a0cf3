//! Rows that sum up the others of their file: by the words they are called, or by their numbers.

use super::{Raw, Table};

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

impl Table {
    /// The first row that is the sum of all others in each of some columns of numbers.
    ///
    /// Two numbers have the third for a sum by accident, too: then it is the last, it is not small, and not the double of one.
    pub fn sum_row(&self, rows: &[usize], columns: &[usize]) -> Option<usize> {
        let number = |row: usize, column: usize| match self.cell(row, column) {
            Raw::Number(number, _) => Some(*number),
            _ => None,
        };
        let numbers = |column: &&usize| rows.iter().all(|row| number(*row, **column).is_some());
        let columns: Vec<usize> = columns.iter().filter(numbers).copied().collect();
        if columns.is_empty() || rows.len() < 3 {
            return None;
        }
        let is_sum = |row: usize, column: usize| {
            let all: f64 = rows.iter().filter_map(|row| number(*row, column)).sum();
            let own = number(row, column).unwrap_or(0.0);
            own != 0.0 && (all - 2.0 * own).abs() <= 1e-9 * own.abs()
        };
        let sums = |row: &usize| columns.iter().all(|column| is_sum(*row, *column));
        let (first, column) = (rows[0], columns[0]);
        let is_last =
            |row: &usize| Some(row) == rows.last() && number(*row, column).is_some_and(|own| own.abs() >= 10.0);
        let by_accident = |row: &usize| !is_last(row) || number(first, column) == number(rows[1], column);
        rows.iter().copied().find(|row| sums(row) && (rows.len() + columns.len() > 4 || !by_accident(row)))
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
            table.sum_row(&(0..table.rows.len()).collect::<Vec<_>>(), columns)
        };
        assert_eq!(found("id,a\nx,10\ny,20\nz,30\nw,60\n", &[1]), Some(3));
        assert_eq!(found("id,a,b\nw,30,5\nx,10,2\ny,20,3\n", &[1, 2]), Some(0));
        assert_eq!(found("id,a,b\nw,30,6\nx,10,2\ny,20,3\n", &[1, 2]), None);
        assert_eq!(found("id,a\nx,400\ny,300\nz,700\n", &[1]), Some(2));
        assert_eq!(found("id,a\nx,80\ny,80\nz,160\n", &[1]), None);
        assert_eq!(found("id,a\nx,1\ny,2\nz,3\n", &[1]), None);
    }
}
