//! Comma-separated rows under a head.

use crate::text::Span;

use super::{DataError, Raw, Row, Table};

/// Reads a head and its rows; every row has as many fields as the head.
pub fn read(text: &str) -> Result<Table, DataError> {
    let mut reader = ::csv::ReaderBuilder::new().trim(::csv::Trim::All).from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().map_err(unreadable)?.iter().map(str::to_string).collect();
    refuse_bad_names(&columns)?;
    let rows = reader.records().map(|record| row(&record.map_err(unreadable)?, text)).collect::<Result<_, _>>()?;
    Ok(Table { columns, rows, written: None })
}

fn row(record: &::csv::StringRecord, text: &str) -> Result<Row, DataError> {
    let line = record.position().map(|position| position.line() as usize);
    let spans = record.position().map_or(Vec::new(), |position| fields(text, position.byte() as usize));
    let spans = if spans.len() == record.len() { spans } else { Vec::new() };
    Ok(Row { key: None, cells: record.iter().map(cell).collect(), line, spans })
}

/// Where the fields of a record stand that begins at a byte; quotes and spaces around them are left out.
fn fields(text: &str, start: usize) -> Vec<Span> {
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
                (at + 1, close, until(close, b",\r\n"))
            }
            false => {
                let end = until(at, b",\r\n");
                let field = text.get(at..end).unwrap_or("");
                let before = field.len() - field.trim_start().len();
                (at + before, at + before + field.trim().len(), end)
            }
        };
        spans.push(Span::new(from, to));
        match bytes.get(end) {
            Some(b',') => at = end + 1,
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

fn cell(field: &str) -> Raw {
    match field {
        "" => Raw::Empty,
        "yes" => Raw::YesNo(true),
        "no" => Raw::YesNo(false),
        _ => number(field).unwrap_or_else(|| Raw::Text(field.to_string())),
    }
}

/// A plain decimal number; `inf`, `nan` and a lone sign are text.
fn number(field: &str) -> Option<Raw> {
    let plain = field.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let number = field.parse::<f64>().ok().filter(|number| plain && number.is_finite())?;
    Some(Raw::Number(number, field.to_string()))
}

fn refuse_bad_names(columns: &[String]) -> Result<(), DataError> {
    for (at, name) in columns.iter().enumerate() {
        let number = at + 1;
        if name.is_empty() {
            return Err(DataError::ColumnName { number, problem: "has no name".to_string() });
        }
        if columns[..at].contains(name) {
            return Err(DataError::ColumnName { number, problem: format!("is named `{name}` like another") });
        }
    }
    Ok(())
}

fn unreadable(error: ::csv::Error) -> DataError {
    match error.kind() {
        ::csv::ErrorKind::UnequalLengths { pos, expected_len, len } => DataError::Ragged {
            line: pos.as_ref().map_or(0, |pos| pos.line() as usize),
            found: *len as usize,
            expected: *expected_len as usize,
        },
        _ => DataError::Unreadable { reason: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DataError, Raw, Reading, read};

    #[test]
    fn only_plain_numbers_are_numbers() {
        let table = read("csv", b"id,a,b,c\nx,1.50,70%,\"1,200\"\ny,,inf,yes\n", None).unwrap();
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
    fn cells_know_where_they_stand() {
        let text = "\u{feff}id, a ,b\r\nx, 1.5 ,\"two, \"\"three\"\"\"\r\n\r\ny,,4";
        let table = read("csv", text.as_bytes(), None).unwrap();
        let at = |row, column| table.span(row, column).map(|span| span.of(text).to_string()).unwrap();
        assert_eq!([at(0, 0), at(0, 1), at(0, 2)], ["x", "1.5", "two, \"\"three\"\""]);
        assert_eq!([at(1, 0), at(1, 1), at(1, 2)], ["y", "", "4"]);
    }

    #[test]
    fn a_row_that_is_too_short_is_named_by_its_line() {
        let error = read("csv", b"a,b\n1,2\n3\n", None).unwrap_err();
        assert_eq!(error.to_string(), "line 3 has 1 fields, and the head has 2");
    }
}
