//! YAML: a list of maps, or a map of maps whose key is the column `key`.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_yaml::{Mapping, Value};

use super::yaml_line::{Step, line_of};
use super::yaml_number::as_written;
use super::{DataError, Raw, Row, Table};

/// How long a file may be: each of its names and numbers takes some hundred bytes while it is read.
const LARGEST: usize = 8 << 20;

/// Reads the rows that stand under a key, or that the whole file is.
///
/// A list or map in a cell becomes columns of its own: `price.low`, `size.1`, `size.2`.
pub fn read(text: &str, rows: Option<&str>) -> Result<Table, DataError> {
    if text.len() > LARGEST {
        return Err(DataError::TooLarge {
            what: format!("has more than the {} MB that are read of a yaml file", LARGEST >> 20),
            help: "give the rows as csv, which is read up to 64 MB, or leave out what the book does not need"
                .to_string(),
        });
    }
    let mut whole = as_written(text).map_err(unreadable)?;
    whole.apply_merge().map_err(unreadable)?;
    let found = match rows {
        None => &whole,
        Some(path) => descend(&whole, path)?,
    };
    let records = match found {
        Value::Sequence(list) => list.iter().enumerate().map(unkeyed).collect::<Result<Vec<_>, _>>()?,
        Value::Mapping(map) => map.iter().map(keyed).collect::<Result<Vec<_>, _>>()?,
        _ => {
            return Err(no_rows(
                "the file holds no list of rows".to_string(),
                "write a list of maps, or a map of maps",
            ));
        }
    };
    let written =
        Some(Arc::new(Written { text: text.into(), rows: rows.map(str::to_string), read: AtomicUsize::new(0) }));
    Ok(Table { written, ..table(records) })
}

/// A file as it was written, to find the line of what is wrong in it.
#[derive(Debug)]
pub struct Written {
    text: Box<str>,
    /// The key under which the rows stand.
    rows: Option<String>,
    /// How much of it was read to find lines.
    read: AtomicUsize,
}

/// How much is read again, all in all, to say on which lines problems stand. A file with a problem in each of its rows would be read
/// as often as it has rows; the first problems have their lines, which are those that are shown.
const AGAIN: usize = 8 << 20;

impl Written {
    /// The line of a cell; that of its row, if it has none of its own.
    pub fn line(&self, row: usize, column: &str) -> Option<usize> {
        if self.read.fetch_add(self.text.len(), Ordering::Relaxed) > AGAIN {
            return None;
        }
        let key = |name: &str| Step::Key(name.to_string());
        let mut way: Vec<Step> = self.rows.iter().flat_map(|path| path.split('.')).map(key).collect();
        way.push(Step::At(row));
        let of_row = way.len();
        for part in column.split('.') {
            way.push(part.parse::<usize>().map_or_else(|_| key(part), |at| Step::At(at.saturating_sub(1))));
        }
        line_of(&self.text, &way).or_else(|| line_of(&self.text, &way[..of_row]))
    }
}

type Record = (Option<String>, Vec<(String, Raw)>);

/// Lines the records up under all columns that any of them has, in the order they first appear.
fn table(records: Vec<Record>) -> Table {
    let mut columns: Vec<String> = Vec::new();
    let mut known = std::collections::BTreeMap::new();
    for (name, _) in records.iter().flat_map(|(_, cells)| cells) {
        if !known.contains_key(name) {
            known.insert(name.clone(), columns.len());
            columns.push(name.clone());
        }
    }
    let lined_up = |(key, cells): Record| {
        let mut row = vec![Raw::Empty; columns.len()];
        for (name, cell) in cells {
            row[known[&name]] = cell;
        }
        Row { key, cells: row, line: None, spans: Vec::new() }
    };
    let rows = records.into_iter().map(lined_up).collect();
    Table { columns, rows, ..Table::default() }
}

fn descend<'a>(whole: &'a Value, path: &str) -> Result<&'a Value, DataError> {
    path.split('.').try_fold(whole, |value, name| {
        let map = value.as_mapping();
        map.and_then(|map| map.get(name)).ok_or_else(|| {
            let names: Vec<&str> = map.into_iter().flat_map(Mapping::keys).filter_map(Value::as_str).collect();
            let help = match crate::text::nearest(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if names.is_empty() => "the file is not a map: remove `rows`".to_string(),
                None => format!("it has {}", names.join(", ")),
            };
            DataError::NoRows { what: format!("the file has no key `{name}`"), help }
        })
    })
}

fn unkeyed((at, row): (usize, &Value)) -> Result<Record, DataError> {
    let map = row.as_mapping();
    let map =
        map.ok_or_else(|| no_rows(format!("row {} is not a map", at + 1), "write each row as `column: value`"))?;
    Ok((None, flat_record(map)?))
}

fn keyed((key, row): (&Value, &Value)) -> Result<Record, DataError> {
    let key = name(key)?;
    let map = row.as_mapping();
    let map =
        map.ok_or_else(|| no_rows(format!("`{key}` is not a map"), "name the key that holds the rows: `rows \"…\"`"))?;
    let mut cells = vec![("key".to_string(), Raw::Text(key.as_str().into()))];
    cells.extend(flat_record(map)?);
    Ok((Some(key), cells))
}

fn flat_record(map: &Mapping) -> Result<Vec<(String, Raw)>, DataError> {
    let mut cells = Vec::new();
    for (key, value) in map {
        flatten(name(key)?, value, &mut cells)?;
    }
    Ok(cells)
}

fn flatten(column: String, value: &Value, cells: &mut Vec<(String, Raw)>) -> Result<(), DataError> {
    let cell = match (super::yaml_number::text(value), value) {
        (Some((_, text)), _) => number_or_text(text),
        (None, Value::Mapping(map)) => {
            return map.iter().try_for_each(|(key, value)| flatten(format!("{column}.{}", name(key)?), value, cells));
        }
        (None, Value::Sequence(list)) => {
            let mut list = list.iter().enumerate();
            return list.try_for_each(|(at, value)| flatten(format!("{column}.{}", at + 1), value, cells));
        }
        (None, Value::Tagged(tagged)) => return flatten(column, &tagged.value, cells),
        (None, Value::Number(number)) => number_or_text(&number.to_string()),
        (None, Value::Bool(yes)) => Raw::YesNo(*yes),
        (None, Value::String(text)) if text.is_empty() => Raw::Empty,
        (None, Value::String(text)) => Raw::Text(text.as_str().into()),
        (None, Value::Null) => Raw::Empty,
    };
    cells.push((column, cell));
    Ok(())
}

/// `.inf` is no number here, and neither is `0x10`, which a csv file has as text.
fn number_or_text(text: &str) -> Raw {
    match super::number::plain(text) {
        Some(number) => Raw::Number(number, text.into()),
        None => Raw::Text(text.into()),
    }
}

pub(super) fn name(key: &Value) -> Result<String, DataError> {
    if let Some((_, text)) = super::yaml_number::text(key) {
        return Ok(text.to_string());
    }
    match key {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(yes) => Ok(yes.to_string()),
        _ => Err(no_rows("a key of the file is not a name".to_string(), "write keys as plain words")),
    }
}

fn no_rows(what: String, help: &str) -> DataError {
    DataError::NoRows { what, help: help.to_string() }
}

fn unreadable(error: serde_yaml::Error) -> DataError {
    DataError::Unreadable { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::super::{Raw, Reading, read};

    #[test]
    fn a_map_of_maps_has_its_key_as_a_column_and_lists_as_several() {
        let text = "chips:\n  A100: {fp8: false, mem: [80, pub, nv]}\n  H20: {fp8: true, tdp: 400}\n";
        let table = read("yaml", text.as_bytes(), Some("chips"), None).unwrap();
        assert_eq!(table.columns, ["key", "fp8", "mem.1", "mem.2", "mem.3", "tdp"]);
        assert_eq!(table.number(0, 2), Ok(Reading::Number(80.0)));
        assert_eq!(table.rows[1].cells[2], Raw::Empty);
        assert_eq!(table.row_name(1), "row `H20`");
    }

    #[test]
    fn a_key_that_is_not_there_is_answered_with_its_neighbour() {
        let error = read("yaml", b"chips: []\n", Some("chps"), None).unwrap_err();
        assert_eq!(error.to_string(), "the file has no key `chps`");
    }

    #[test]
    fn numbers_of_other_bases_are_no_numbers() {
        for written in ["0x10", "0o17", "0b11", "-0x10", "+0x1F", ".inf", ".nan"] {
            let table = read("yaml", format!("- {{a: {written}}}\n").as_bytes(), None, None).unwrap();
            let error = table.number(0, 0).unwrap_err().to_string();
            assert!(error.ends_with("is not a number"), "{written}: {error}");
        }
        let table = read("yaml", b"- {a: 1e3, b: .5, c: +12}\n", None, None).unwrap();
        let numbers = [0, 1, 2].map(|column| table.number(0, column));
        assert_eq!(numbers, [1000.0, 0.5, 12.0].map(|number| Ok(Reading::Number(number))));
    }

    #[test]
    fn a_tag_changes_nothing() {
        let plain = "- {a: 7.5, b: 7.100, c: x, d: {e: 1, f: [2, yes]}, g: }\n";
        let tagged = "- !row {a: !money 7.5, b: !money 7.100, c: !name x, d: !pair {e: !n 1, f: !l [!n 2, !b yes]}, g: !none }\n";
        let cells = |text: &str| read("yaml", text.as_bytes(), None, None).unwrap().rows.remove(0).cells;
        let (plain, tagged) = (cells(plain), cells(tagged));
        assert_eq!(plain[..2], [Raw::Number(7.5, "7.5".into()), Raw::Number(7.1, "7.100".into())]);
        assert_eq!(plain, tagged);
        let error = read("yaml", b"- {!one a: 1, !two a: 2}\n", None, None).unwrap_err().to_string();
        assert!(error.contains("duplicate"), "{error}");
    }

    #[test]
    fn text_stays_text() {
        let table = read("yaml", b"- {a: \"70%\", b: \"1,200\", c: \"12\", d: no}\n", None, None).unwrap();
        assert_eq!(
            table.number(0, 0).unwrap_err().to_string(),
            "`70%` in row 1, line 1, column `a` is text, not a number"
        );
        assert!(table.number(0, 1).is_err() && table.number(0, 2).is_err());
        assert_eq!(table.text(0, 3).as_deref(), Some("no"));
    }
}
