//! The last pass over a document: tables aligned, blank lines single, one line end at the end; code is left alone.

use crate::text::columns_of;

/// A document as it is kept: what a person would have typed.
pub fn tidy(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut lines = text.lines().map(str::trim_end).peekable();
    let mut is_code = false;
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        }
        let is_blank = line.is_empty() && !is_code;
        match () {
            () if is_blank && out.last().is_none_or(String::is_empty) => {}
            () if !is_code && line.starts_with('|') => {
                let mut table = vec![line];
                while let Some(next) = lines.next_if(|next| next.starts_with('|')) {
                    table.push(next);
                }
                out.extend(aligned(&table));
            }
            () => out.push(line.to_string()),
        }
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out.push(String::new());
    out.join("\n")
}

/// Cells wider than this do not widen their column.
const WIDEST: usize = 44;

/// So many numbers to a word leave a column one of numbers.
const MANY: usize = 8;

/// A table with its columns padded, and columns of numbers set right.
fn aligned(lines: &[&str]) -> Vec<String> {
    let rows: Vec<Vec<String>> = lines.iter().map(|line| cells(line)).collect();
    let Some(rule) = rows.get(1).filter(|row| is_rule(row)) else {
        return lines.iter().map(|line| line.to_string()).collect();
    };
    let columns = rule.len();
    let right: Vec<bool> =
        (0..columns).map(|at| rule[at].ends_with(':') || at > 0 && is_numeric(&rows[2..], at)).collect();
    let widths: Vec<usize> = (0..columns).map(|at| width(&rows, at)).collect();
    let line = |(at, row): (usize, &Vec<String>)| match at {
        1 => written(&ruled(&right, &widths), &widths, &right),
        _ => written(row, &widths, &right),
    };
    rows.iter().enumerate().map(line).collect()
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells = vec![String::new()];
    let mut before = ' ';
    for letter in inner.chars() {
        match letter {
            '|' if before != '\\' => cells.push(String::new()),
            other => cells.last_mut().into_iter().for_each(|cell| cell.push(other)),
        }
        before = letter;
    }
    cells.iter().map(|cell| cell.trim().to_string()).collect()
}

fn is_rule(row: &[String]) -> bool {
    row.iter().all(|cell| cell.len() >= 3 && cell.bytes().all(|byte| byte == b'-' || byte == b':'))
}

/// Whether the cells of a column are numbers, codes for what is missing, or nothing; a word among many numbers does not count.
fn is_numeric(rows: &[Vec<String>], at: usize) -> bool {
    let mut column = rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.trim_matches(['*', '~'])).peekable();
    let is_number = |cell: &str| {
        let digits = cell.trim_start_matches(['+', '-']);
        let digits = digits
            .split_once(' ')
            .filter(|(head, _)| head.len() == 3 && is_code(head))
            .map_or(digits, |(_, rest)| rest);
        digits.trim_start_matches(['+', '-']).starts_with(|letter: char| letter.is_ascii_digit()) && !is_words(digits)
    };
    let cells: Vec<&str> = column.by_ref().collect();
    let fits = |cell: &&&str| cell.is_empty() || is_number(cell) || ["NM", "NA", "ND", "X"].contains(&plain(cell));
    let numbers = cells.iter().filter(|cell| is_number(cell)).count();
    let words = cells.len() - cells.iter().filter(fits).count();
    numbers > 0 && words * MANY <= numbers
}

/// A currency code.
fn is_code(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether a text that starts with a digit goes on as prose: more than a number and a unit of two words.
fn is_words(text: &str) -> bool {
    text.split(' ').count() > 3 || text.bytes().filter(|byte| *byte == b'-').count() > 1
}

fn plain(cell: &str) -> &str {
    cell.split("[^").next().unwrap_or(cell)
}

fn width(rows: &[Vec<String>], at: usize) -> usize {
    let cells = rows.iter().enumerate().filter(|(row, _)| *row != 1).filter_map(|(_, row)| row.get(at));
    let widths = cells.map(|cell| columns_of(cell)).filter(|width| *width <= WIDEST);
    widths.max().unwrap_or(0).max(3)
}

fn ruled(right: &[bool], widths: &[usize]) -> Vec<String> {
    let rule = |(right, width): (&bool, &usize)| match right {
        true => format!("{}:", "-".repeat(width - 1)),
        false => "-".repeat(*width),
    };
    right.iter().zip(widths).map(rule).collect()
}

fn written(row: &[String], widths: &[usize], right: &[bool]) -> String {
    let mut line = String::from("|");
    for (at, cell) in row.iter().enumerate() {
        let room = widths.get(at).copied().unwrap_or(0).saturating_sub(columns_of(cell));
        let pad = " ".repeat(room);
        match right.get(at).copied().unwrap_or(false) {
            true => line.push_str(&format!(" {pad}{cell} |")),
            false => line.push_str(&format!(" {cell}{pad} |")),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn tables_are_aligned_and_numbers_stand_right() {
        let text = "# A\n\n\n\n| name | n |\n|---|---|\n| long name | 1,200 |\n| b | NM |\n\n\n";
        let want =
            "# A\n\n| name      |     n |\n| --------- | ----: |\n| long name | 1,200 |\n| b         |    NM |\n";
        assert_eq!(tidy(text), want);
    }

    #[test]
    fn code_and_dates_stay_as_they_are() {
        let text = "```text\n| a | b |\n\n\n| c |\n```\n";
        assert_eq!(tidy(text), text);
        assert!(tidy("| a | d |\n|---|---|\n| b | 2026-04-26 |\n").contains("| ---------- |"));
    }
}
