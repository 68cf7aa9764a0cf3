//! Data files with something wrong, or made to hold a run up: each ends in values or in a clear problem.

use scn::data::{DecimalMark, read};
use scn::diagnostic::Severity;
use scn::eval::Settings;
use scn::workspace::open;

use crate::book::Memory;
use crate::mutate::mutated_bytes;
use crate::surface::Surface;
use crate::{files, oracle};

const BOOK: &str = r#"scn 1
model m "M" { currency CNY, as_of 2026-03-31, owner li.wei }
calendar fy = annual 2020A..2025A, 2026E..2030E ending Dec
source s "S" = document "d" dated 2026-03-01
kind k { in optional x: mn CNY, optional y: text }
kind company {}
company co "C" {}
data d = FORMAT "d" for ROWS from s {
  VALUES
}
output sum(e in k skip missing: e.x)
"#;

/// What a row of the file may be, and what is read of it.
const ROWS: [(&str, &str); 2] = [
    ("k by \"id\"", "given optional x: mn CNY = \"x\"\n  given optional y = \"y\""),
    ("co by period \"id\"", "given optional flow x: mn CNY = \"x\"\n  ignore \"y\""),
];

/// Sound files, to be changed; the first word is the format.
const TABLES: [&str; 9] = [
    "csv id,x,y\na,1,one\nb,2,two\nc,3.5,\"th,ree\"\n",
    "csv id;x;y\na;1,5;one\nb;2.000,25;two\n",
    "csv id\tx\ty\n2024A\t1\tone\n2025A\t2\ttwo\n2026E\t3\tthree\n",
    "csv id,x\nTotal,6\na,1\nb,5\n",
    "yaml - { id: a, x: 1, y: one }\n- { id: b, x: 2.5, y: \"two\" }\n- id: c\n  x: NA\n  y: |\n    th\n    ree\n",
    "yaml a:\n  id: a\n  x: 1\n  y: one\nb: &b\n  id: b\n  x: 0x10\n  y: ~\nc: *b\n",
    "yaml - &a { id: a, x: !money 1 }\n- <<: *a\n  id: b\n  y: 'it''s'\n",
    "yaml rows:\n  - id: 2024A\n    x: 1e3\n  - id: 2025A\n    x: .inf\n  - id: 2026E\n    x: .nan\n",
    "yaml %YAML 1.2\n---\n- id: a\n  x: 1_000\n  y: 2026-03-31\n...\n---\n- id: b\n",
];

/// Tables with something wrong, and what is huge.
pub fn attack(surface: &mut Surface) {
    let mut tables: Vec<String> = TABLES.map(str::to_string).to_vec();
    for path in files::files(&files::tests("")).iter().chain(&files::files(&files::tests("../scenarios"))) {
        let format = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let short = path.metadata().is_ok_and(|file| file.len() < 20_000);
        if short && matches!(&*format, "csv" | "yaml") {
            tables.extend(std::fs::read_to_string(path).map(|text| format!("{format} {text}")));
        }
    }
    // A book that refuses every file would try nothing.
    let sound = replay(b"csv id,x,y\na,1,one\nb,2,two\n");
    assert!(sound.as_ref().is_ok_and(|ends| ends.starts_with("sound,")), "{sound:?}");
    let by_period = replay(b"csv id,x,y\n2024A,1,one\n2025A,2,two\n");
    assert!(by_period.as_ref().is_ok_and(|ends| ends.ends_with(", sound")), "{by_period:?}");
    for huge in huge() {
        surface.input(huge.as_bytes(), || replay(huge.as_bytes()));
    }
    surface.rounds(800, |surface, chance| {
        let (table, other) = (&tables[chance.below(tables.len())], &tables[chance.below(tables.len())]);
        let (format, text) = table.split_once(' ').unwrap_or(("csv", table));
        let mut input = format!("{format} ").into_bytes();
        input.extend(mutated_bytes(text, other, chance));
        surface.input(&input, || replay(&input));
    });
}

/// What must hold of any file: the answer is what is wrong with it, by its code.
pub fn replay(bytes: &[u8]) -> Result<String, String> {
    let at = bytes.iter().position(|byte| *byte == b' ').ok_or("no format")?;
    let format = if &bytes[..at] == b"yaml" { "yaml" } else { "csv" };
    let bytes = &bytes[at + 1..];
    // What is huge is read by the book only.
    let times = if bytes.len() > 50_000 { 0 } else { 3 };
    for decimal in [None, DecimalMark::named(","), DecimalMark::named(".")].into_iter().take(times) {
        for rows in [None, Some("rows")] {
            if let Ok(table) = read(format, bytes, rows, decimal) {
                cells(&table)?;
            }
        }
    }
    let mut codes = Vec::new();
    for (rows, values) in ROWS {
        let book = BOOK.replace("FORMAT", format).replace("ROWS", rows).replace("VALUES", values);
        codes.push(read_by(&book, bytes)?);
    }
    Ok(codes.join(", "))
}

/// What a book makes of a file: the code of its first error, or that it has none.
fn read_by(book: &str, bytes: &[u8]) -> Result<String, String> {
    let book = Memory::of(&[("book.scn", book.as_bytes()), ("d", bytes)]);
    let checked = open("book.scn", &book, None);
    let look = scn::diagnostic::render::Look { colour: false, width: 100 };
    let said = scn::diagnostic::render::human(&checked.problems, checked.sources(), look);
    oracle::human(&said)?;
    if said.len() > 1 << 20 {
        return Err(format!("{} bytes are said of it", said.len()));
    }
    if checked.is_sound() {
        checked.evaluate(&Settings::default());
    }
    let first = checked.problems.iter().find(|problem| problem.severity == Severity::Error);
    Ok(first.map_or("sound".to_string(), |problem| problem.code.clone()))
}

/// Every cell in every way; a table that is read has as many cells in each row.
fn cells(table: &scn::data::Table) -> Result<(), String> {
    for (row, cells) in table.rows.iter().enumerate().take(2_000) {
        if cells.cells.len() != table.columns.len() {
            return Err(format!("row {row} has {} cells of {}", cells.cells.len(), table.columns.len()));
        }
        for column in 0..table.columns.len().min(20) {
            let _ = (table.number(row, column), table.text(row, column), table.yes_no(row, column));
            let _ = (table.span(row, column), table.row_name(row), table.place_name(row, column));
        }
    }
    Ok(())
}

fn huge() -> Vec<String> {
    let many = |part: &str, times: usize| part.repeat(times);
    let aliases: String = (1..12).map(|at| format!("- &a{at} [{}]\n", many(&format!("*a{}, ", at - 1), 10))).collect();
    let merged: String = (1..25).map(|at| format!("- &a{at} {{ <<: [*a{0}, *a{0}], k{at}: 1 }}\n", at - 1)).collect();
    vec![
        format!("csv id{}\na{}\n", many(",c", 1_000_000), many(",1", 1_000_000)),
        format!("csv id,x\na,{}\n", many("1", 10_000_000)),
        format!("csv id,x\na,\"{}\n", many("x\n", 1_000_000)),
        format!("csv {}", many("\"", 1_000_001)),
        format!("csv id,x\n{}", many("a,1\n", 100_000)),
        format!("csv id,x\n{}", many(",\n", 100_000)),
        format!("yaml - &a0 [1, 2, 3]\n{aliases}"),
        format!("yaml - &a0 {{ id: a, x: 1 }}\n{merged}"),
        "yaml - &a { id: a, x: *a }\n".to_string(),
        "yaml &a [*a]\n".to_string(),
        format!("yaml {}", many("[", 20_000)),
        format!("yaml {}", many("{a: ", 20_000)),
        format!("yaml {}", (0..3_000).map(|at| format!("{}- \n", many(" ", at))).collect::<String>()),
        format!("yaml {}", many("- ", 100_000)),
        format!("yaml {}", many("? ", 100_000)),
        format!("yaml - id: a\n  x: {}\n", many("9", 5_000_000)),
        format!("yaml - id: \"{}\"\n", many("\\u0000", 20_000)),
        format!("yaml - {{ id: a{} }}\n", (0..3_000).map(|at| format!(", k{at}: 1")).collect::<String>()),
        format!("yaml - {{ id: a{} }}\n", many(", x: 1", 3_000)),
        format!("yaml {}", many("- id: a\n  x: 1\n", 50_000)),
        "yaml !!python/object/apply:os.system ['touch canary']\n".to_string(),
        "yaml - !!binary aWQ=\n- !<tag:yaml.org,2002:int> 1\n- !a!b c\n- ? {id: a}\n  : 1\n".to_string(),
        "yaml - <<: 1\n  id: a\n- <<: [1, {x: 1}]\n- ? [id]\n  : 1\n".to_string(),
        format!("yaml {}", many("!a ", 50_000)),
        format!("yaml a: |{}\n{}", many("9", 30), many(" x\n", 100)),
    ]
}
