//! Comma-separated rows under a head.

use std::collections::BTreeSet;

use crate::text::{Span, unguarded};

use super::{DataError, Raw, Row, Table};

/// How many cells a file may have, taken in or not.
const CELLS: usize = 8_000_000;

/// Reads a head and its rows; every row has as many fields as the head. Rows without any text are no rows.
pub fn read(text: &str) -> Result<Table, DataError> {
    let parts = separator(text);
    let unreadable = |error| unreadable(error, parts);
    let mut reader = ::csv::ReaderBuilder::new().delimiter(parts).trim(::csv::Trim::All).from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().map_err(unreadable)?.iter().map(plain).collect();
    refuse_bad_names(&columns)?;
    within_limit(text, columns.len())?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        if record.iter().any(|field| !field.is_empty()) {
            rows.push(row(&record, text, parts));
        }
    }
    Ok(Table { columns, rows, ..Table::default() })
}

/// Refuses a file of too many cells before any of its rows is read.
fn within_limit(text: &str, columns: usize) -> Result<(), DataError> {
    let lines = text.bytes().filter(|byte| *byte == b'\n').count();
    match lines.saturating_mul(columns) > CELLS {
        false => Ok(()),
        true => Err(DataError::TooLarge {
            what: format!("has {lines} lines of {columns} columns, and {CELLS} cells are read at most"),
            help: "leave out the columns and rows that the book does not need, or add them up before".to_string(),
        }),
    }
}

/// What parts the fields: a comma, or what the head has instead of any.
fn separator(text: &str) -> u8 {
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let outside_quotes: String = head.split('"').step_by(2).collect();
    match () {
        () if outside_quotes.contains(',') => b',',
        () if outside_quotes.contains(';') => b';',
        () if outside_quotes.contains('\t') => b'\t',
        () => b',',
    }
}

fn row(record: &::csv::StringRecord, text: &str, parts: u8) -> Row {
    let line = record.position().map(|position| position.line() as usize);
    let spans = record.position().map_or(Vec::new(), |position| fields(text, position.byte() as usize, parts));
    let spans = if spans.len() == record.len() { spans } else { Vec::new() };
    Row { key: None, cells: record.iter().map(cell).collect(), line, spans }
}

/// Where the fields of a record stand that begins at a byte; quotes and spaces around them are left out.
fn fields(text: &str, start: usize, parts: u8) -> Vec<Span> {
    let bytes = text.as_bytes();
    let until = |from: usize, ends: &[u8]| {
        let rest = bytes.get(from..).unwrap_or(&[]);
        rest.iter().position(|byte| ends.contains(byte)).map_or(bytes.len(), |length| from + length)
    };
    let mut at = start;
    while matches!(bytes.get(at), Some(b'\r' | b'\n')) {
        at += 1;
    }
    let mut spans = Vec::new();
    loop {
        let quoted = bytes.get(at) == Some(&b'"');
        let (from, to, end) = match quoted {
            true => {
                let close = closing(bytes, at + 1);
                (at + 1, close, until(close, &[parts, b'\r', b'\n']))
            }
            false => {
                let end = until(at, &[parts, b'\r', b'\n']);
                let field = text.get(at..end).unwrap_or("");
                let before = field.len() - field.trim_start().len();
                (at + before, at + before + field.trim().len(), end)
            }
        };
        spans.push(Span::new(from, to));
        match bytes.get(end) {
            Some(byte) if *byte == parts => at = end + 1,
            _ => return spans,
        }
    }
}

/// The quote that closes a field; two of them are one of its letters.
fn closing(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'"', Some(b'"')) => at += 2,
            (b'"', _) => return at,
            _ => at += 1,
        }
    }
    at
}

/// A text without the `'` that keeps a spreadsheet from running it.
fn plain(field: &str) -> String {
    unguarded(field).unwrap_or(field).to_string()
}

fn cell(field: &str) -> Raw {
    if unguarded(field).is_some() {
        return Raw::Text(plain(field).into());
    }
    match field {
        "" => Raw::Empty,
        "yes" => Raw::YesNo(true),
        "no" => Raw::YesNo(false),
        _ => match super::number::plain(field) {
            Some(number) => Raw::Number(number, field.into()),
            None => Raw::Text(field.into()),
        },
    }
}

fn refuse_bad_names(columns: &[String]) -> Result<(), DataError> {
    let mut known = BTreeSet::new();
    for (at, name) in columns.iter().enumerate() {
        let number = at + 1;
        if name.is_empty() {
            return Err(DataError::ColumnName { number, problem: "has no name".to_string() });
        }
        if !known.insert(name) {
            return Err(DataError::ColumnName { number, problem: format!("is named `{name}` like another") });
        }
    }
    Ok(())
}

fn unreadable(error: ::csv::Error, parts: u8) -> DataError {
    match error.kind() {
        ::csv::ErrorKind::UnequalLengths { pos, expected_len, len } => DataError::Ragged {
            line: pos.as_ref().map_or(0, |pos| pos.line() as usize),
            found: *len as usize,
            expected: *expected_len as usize,
            mark: if parts == b'\t' { "tab".to_string() } else { format!("`{}`", parts as char) },
        },
        _ => DataError::Unreadable { reason: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DataError, DecimalMark, Raw, Reading, read};

    #[test]
    fn only_plain_numbers_are_numbers() {
        let table = read("csv", b"id,a,b,c\nx,1.50,70%,\"1,200\"\ny,,inf,yes\n", None, None).unwrap();
        assert_eq!(table.number(0, 1), Ok(Reading::Number(1.5)));
        assert_eq!(table.rows[0].cells[1], Raw::Number(1.5, "1.50".into()));
        assert!(matches!(table.number(0, 2), Err(DataError::Percent { .. })));
        assert!(matches!(table.number(0, 3), Err(DataError::Grouped { .. })));
        assert_eq!(table.number(1, 1), Ok(Reading::Empty));
        assert!(matches!(table.number(1, 2), Err(DataError::NotANumber { .. })));
        assert_eq!(table.yes_no(1, 3), Ok(Some(true)));
        assert_eq!(table.rows[1].line, Some(3));
    }

    #[test]
    fn no_group_begins_with_a_nought() {
        let refused = |mark: &str, written: &str| {
            let text = format!("id;a\nx;{written}\n");
            let table = read("csv", text.as_bytes(), None, DecimalMark::named(mark)).unwrap();
            table.number(0, 1).is_err()
        };
        for written in ["0.250", "-0.250", "00.250", "0.001.250", "007.250", "0.250,5"] {
            assert!(refused(",", written), "{written}");
        }
        assert!(refused(".", "0,250") && refused(".", "-0,250") && refused(".", "007,250.5"));
        assert!(!refused(",", "1.250") && !refused(",", "0,250") && !refused(".", "0.250") && !refused(".", "100,250"));
    }

    #[test]
    fn cells_know_where_they_stand() {
        let text = "\u{feff}id, a ,b\r\nx, 1.5 ,\"two, \"\"three\"\"\"\r\n\r\ny,,4";
        let table = read("csv", text.as_bytes(), None, None).unwrap();
        let at = |row, column| table.span(row, column).map(|span| span.of(text).to_string()).unwrap();
        assert_eq!([at(0, 0), at(0, 1), at(0, 2)], ["x", "1.5", "two, \"\"three\"\""]);
        assert_eq!([at(1, 0), at(1, 1), at(1, 2)], ["y", "", "4"]);
    }

    #[test]
    fn a_row_that_is_too_short_is_named_by_its_line() {
        let error = read("csv", b"a,b\n1,2\n3\n", None, None).unwrap_err();
        assert_eq!(error.to_string(), "line 3 has 1 field, and the head has 2");
    }

    #[test]
    fn the_head_says_what_parts_the_fields() {
        let table = read("csv", b"\"a, b\";c\r\n1,5; x \r\n;\r\n2;y\r\n", None, None).unwrap();
        assert_eq!(table.columns, ["a, b", "c"]);
        assert_eq!(table.rows.len(), 2);
        assert_eq!(table.rows[0].cells[0], Raw::Text("1,5".into()));
        assert_eq!(table.span(0, 1).map(|span| span.start), Some(15));
        let error = read("csv", b"a;b\n1;2;3\n", None, None).unwrap_err();
        assert_eq!(error.to_string(), "line 2 has 3 fields, and the head has 2");
        assert!(matches!(error, DataError::Ragged { mark, .. } if mark == "`;`"));
    }
}
