//! Any bytes as a CSV file of a book: a table whose cells stand where it says, or a reason, without a panic.

use scn::data::{DecimalMark, Reading};

use crate::checks::outcome_with;

/// One way in for a data file: a book that reads it, and how.
pub struct Door {
    pub book: &'static str,
    pub rows: Option<&'static str>,
    pub decimal: Option<DecimalMark>,
    /// A file that the book reads without a problem: a book that refuses every file would try nothing.
    pub sound: &'static str,
}

const ROWS: &str = r#"scn 1
model m "M" { currency CNY, as_of 2026-03-31, owner li.wei }
source note "Note" = document "a note" dated 2026-03-18
kind chip { in memory: GB/chip, share: % }
data specs = csv "data/file" for chip by "id" from note p 1 {
  given memory: GB/chip = "mem"
  given share: % = "share"
  skip "Total"
}
derive all = sum(c in chip: c.memory)
"#;

const COMMAS: &str = r#"scn 1
model m "M" { currency CNY, as_of 2026-03-31, owner li.wei }
source note "Note" = document "a note" dated 2026-03-18
kind chip { in memory: GB/chip }
data specs = csv "data/file" decimal "," for chip by "id" from note p 1 {
  given memory: GB/chip = "mem"
  ignore "share"
}
derive all = sum(c in chip: c.memory)
"#;

const PERIODS: &str = r#"scn 1
model m "M" { currency CNY, as_of 2026-03-31, owner li.wei }
calendar fy = annual 2023A..2028E ending Dec
source note "Note" = document "a note" dated 2026-03-18
kind company {}
company co "A" {}
data hist = csv "data/file" decimal "." for co by period "id" from note p 1 {
  given flow revenue: mn CNY = "mem"
  ignore "share"
}
derive last = co.revenue[2025A]
"#;

/// The ways in.
pub const DOORS: [Door; 3] = [
    Door { book: ROWS, rows: None, decimal: None, sound: "id,mem,share\na,1,5\nTotal,1,5\n" },
    Door { book: COMMAS, rows: None, decimal: Some(DecimalMark::Comma), sound: "id;mem;share\na;1,5;5\nb;2,5;5\n" },
    Door {
        book: PERIODS,
        rows: None,
        decimal: Some(DecimalMark::Point),
        sound: "id,mem,share\n2024A,1,5\n2025A,2,5\n",
    },
];

/// Holds of one file.
pub fn holds(bytes: &[u8]) -> Result<(), String> {
    DOORS.iter().try_for_each(|door| read("csv", bytes, door))?;
    // A book takes a hundred times as long to open as its data takes to read.
    if !super::is_one_of(4, bytes) {
        return Ok(());
    }
    opened(&DOORS[bytes.len() / 4 % DOORS.len()], bytes)
}

/// Reads a file and every cell of it in every way; a place that it names must be one of the file.
pub fn read(format: &str, bytes: &[u8], door: &Door) -> Result<(), String> {
    let Ok(table) = scn::data::read(format, bytes, door.rows, door.decimal) else { return Ok(()) };
    let text = std::str::from_utf8(bytes).map_err(|_| "what is no text was read".to_string())?;
    for row in 0..table.rows.len() {
        for column in 0..table.columns.len() {
            let (number, _, _) = (table.number(row, column), table.text(row, column), table.yes_no(row, column));
            if matches!(number, Ok(Reading::Number(number)) if !number.is_finite()) {
                return Err(format!("{} is no number", table.place_name(row, column)));
            }
            let span = table.span(row, column);
            if span.is_some_and(|span| text.get(span.start as usize..span.end as usize).is_none()) {
                return Err(format!("{span:?} of {} cuts a letter", table.place_name(row, column)));
            }
        }
    }
    Ok(())
}

/// Opens the book of a door with a file beside it, some of them twice.
pub fn opened(door: &Door, bytes: &[u8]) -> Result<(), String> {
    let first = outcome_with(door.book, Some(bytes));
    if super::is_one_of(32, bytes) && first != outcome_with(door.book, Some(bytes)) {
        return Err("two runs differ".to_string());
    }
    Ok(())
}
