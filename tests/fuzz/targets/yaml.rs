//! Any bytes as a YAML file of a book: a table or a reason, without a panic.

use super::csv::{Door, opened, read};

const ROWS: &str = r#"scn 1
model m "M" { currency CNY, as_of 2026-03-31, owner li.wei }
source note "Note" = document "a note" dated 2026-03-18
kind chip { in memory: GB/chip, share: % }
data specs = yaml "data/file" rows "chips" for chip by "id" from note p 1 {
  given memory: GB/chip = "mem"
  given share: % = "share"
  skip "Total"
}
derive all = sum(c in chip: c.memory)
"#;

const LIST: &str = r#"scn 1
model m "M" { currency CNY, as_of 2026-03-31, owner li.wei }
source note "Note" = document "a note" dated 2026-03-18
kind chip { in memory: GB/chip }
data specs = yaml "data/file" decimal "," for chip by "key" from note p 1 {
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
data hist = yaml "data/file" for co by period "id" from note p 1 {
  given flow revenue: mn CNY = "mem"
  ignore "share"
}
derive last = co.revenue[2025A]
"#;

/// The ways in.
pub const DOORS: [Door; 3] = [
    Door {
        book: ROWS,
        rows: Some("chips"),
        decimal: None,
        sound: "chips:\n- {id: a, mem: 1, share: 5}\n- {id: Total, mem: 1, share: 5}\n",
    },
    Door {
        book: LIST,
        rows: None,
        decimal: Some(scn::data::DecimalMark::Comma),
        sound: "a: {mem: \"1,5\", share: 5}\n",
    },
    Door {
        book: PERIODS,
        rows: None,
        decimal: Some(scn::data::DecimalMark::Point),
        sound: "- {id: 2024A, mem: 1, share: 5}\n- {id: 2025A, mem: 2, share: 5}\n",
    },
];

/// Holds of one file.
pub fn holds(bytes: &[u8]) -> Result<(), String> {
    DOORS.iter().try_for_each(|door| read("yaml", bytes, door))?;
    // A book takes a hundred times as long to open as its data takes to read.
    if !super::is_one_of(4, bytes) {
        return Ok(());
    }
    opened(&DOORS[bytes.len() / 4 % DOORS.len()], bytes)
}
