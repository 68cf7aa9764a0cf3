//! One line of a book, written at each of the doors through which a value comes in.

use std::collections::BTreeSet;

use scn::check::{layer, overrides};
use scn::diagnostic::{Problem, Severity};
use scn::eval::{Results, Settings};
use scn::model::{CaseId, Model};
use scn::resolve::Loader;
use scn::text::{SourceId, Span};
use scn::workspace::open;

use super::line::{Input, Spot, Value};
use super::memory::bits;

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Entity,
    Kind,
    AlsoKind,
    Like,
    LikeAgain,
    Cell,
    CellOfColumn,
    CellOfRow,
    Periods,
    Csv,
    Yaml,
    CsvPeriods,
    Case,
    CaseOver,
    CaseOfKind,
    Candidate,
    Set,
    With,
}

impl Door {
    pub const ALL: [Door; 18] = [
        Door::Entity,
        Door::Kind,
        Door::AlsoKind,
        Door::Like,
        Door::LikeAgain,
        Door::Cell,
        Door::CellOfColumn,
        Door::CellOfRow,
        Door::Periods,
        Door::Csv,
        Door::Yaml,
        Door::CsvPeriods,
        Door::Case,
        Door::CaseOver,
        Door::CaseOfKind,
        Door::Candidate,
        Door::Set,
        Door::With,
    ];
}

/// The line at one door: a kind, an entity and what hangs on it, with names of the door's own.
#[derive(Debug, Default)]
struct Section {
    text: String,
    file: Option<(String, String)>,
    set: Option<String>,
    with: Option<String>,
}

/// One book with the line at every door.
struct Book {
    text: String,
    sections: Vec<(Door, Span, Section)>,
}

impl Loader for Book {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let files = self.sections.iter().filter_map(|(_, _, section)| section.file.as_ref());
        let mut texts = files.map(|(name, text)| (name.as_str(), text)).chain([("book.scn", &self.text)]);
        let found = texts.find(|(name, _)| *name == path);
        found.map(|(_, text)| text.clone().into_bytes()).ok_or_else(|| format!("`{path}` does not exist"))
    }
}

const HEAD: &str = "scn 1
model m \"Doors\" { currency EUR, as_of 2026-03-31, owner li.wei }
calendar fy = annual 2025A..2029E ending Dec
source ar \"Annual report\" = document \"report\" dated 2026-03-01
source road \"Road show\" = document \"slides\" dated 2026-03-02
";

fn book(input: &Input) -> Book {
    let mut book = Book { text: HEAD.to_string(), sections: Vec::new() };
    for (at, door) in Door::ALL.into_iter().enumerate() {
        let Some(section) = section(input, door, at) else { continue };
        let start = book.text.len();
        book.text += &section.text;
        book.sections.push((door, Span::new(start, book.text.len()), section));
    }
    book
}

/// The line at a door; nothing where it cannot stand there.
fn section(input: &Input, door: Door, n: usize) -> Option<Section> {
    let Input { spot, series, values, over_time } = input;
    let (first, line, base, word) = (&values[0], input.line(), input.base(), input.word());
    let head = first.head(*spot);
    let cell = if first.is_number() { first.bare() } else { first.written() };
    let mut section = Section::default();
    let (mut kind, mut own, mut like, mut rest) = (String::new(), String::new(), "", String::new());
    match door {
        Door::Entity => own = line,
        Door::Kind => kind = line,
        Door::AlsoKind => rest = format!("also kind t{n} {{\n  {line}\n}}\n"),
        Door::Like => (like, rest) = (" like z", format!("t{n} z{n} {{\n  {line}\n}}\n")),
        Door::LikeAgain => (like, own, rest) = (" like z", line, format!("t{n} z{n} {{\n  {base}\n}}\n")),
        Door::Cell if !over_time => {
            rest = format!("table t{n} from ar p 1 {{\n  columns a{n}\n  given x = {}\n}}\n", first.written());
        }
        Door::CellOfColumn if !over_time => {
            rest = format!("table t{n} from ar p 1 {{\n  columns a{n}\n  given x{head} = {cell}\n}}\n");
        }
        Door::CellOfRow if !over_time => {
            rest = format!("table t{n} from ar p 1 {{\n  rows given x{head}\n  a{n} = {cell}\n}}\n");
        }
        Door::Periods if *over_time => {
            let columns = (2026..2030).map(|year| format!("{year}E")).collect::<Vec<_>>().join(" | ");
            let cells = input.each_year(Value::written).join(" | ");
            rest = format!("table a{n} from ar p 1 {{\n  columns {columns}\n  given {word}x = {cells}\n}}\n");
        }
        Door::Csv if !over_time && first.fits_file(*spot) => {
            section.file = Some((format!("d{n}.csv"), format!("id,x\na{n},{}\n", first.bare())));
            rest = data(n, "csv", &format!("for t{n} by \"id\""), &format!("x{head}"));
        }
        Door::Yaml if !over_time && first.fits_file(*spot) => {
            section.file = Some((format!("d{n}.yaml"), format!("- {{ id: a{n}, x: {} }}\n", first.yaml())));
            rest = data(n, "yaml", &format!("for t{n} by \"id\""), &format!("x{head}"));
        }
        Door::CsvPeriods if *over_time && input.has_one_unit() => {
            let rows = input.each_year(Value::bare).into_iter().enumerate();
            let rows: String = rows.map(|(at, cell)| format!("{}E,{cell}\n", 2026 + at)).collect();
            section.file = Some((format!("d{n}.csv"), format!("id,x\n{rows}")));
            rest = data(n, "csv", &format!("for a{n} by period \"id\""), &format!("{word}x{head}"));
        }
        Door::Case | Door::CaseOver | Door::CaseOfKind => {
            let over = if door == Door::CaseOver { " over" } else { "" };
            let of = if door == Door::CaseOfKind { "t" } else { "a" };
            rest = format!("case c{n} from base {{\n  {of}{n}.x = {}{over} from ar p 1\n}}\n", input.written());
            own = base;
        }
        Door::Candidate => {
            own = format!("{base}\n  also {}", line.replace("ar p 1", "road p 2"));
            rest = format!("case c{n} from base {{\n  a{n}.x = from road because \"why\"\n}}\n");
        }
        Door::Set => (own, section.set) = (base, Some(format!("a{n}.x={}", input.written()))),
        Door::With => (own, section.with) = (base, Some(format!("a{n}.x = {} because \"why\"\n", input.written()))),
        _ => return None,
    }
    let like = if like.is_empty() { String::new() } else { format!("{like}{n}") };
    let (of_kind, of_entity, of_book) = formulas(*spot, series, n);
    let asked = spot.unit;
    section.text = format!(
        "kind t{n} {{\n  in {series}x: {asked}\n  {of_kind}\n  {kind}\n}}\n\
         t{n} a{n}{like} {{\n  {own}\n  {of_entity}\n}}\n{rest}{of_book}\n"
    );
    Some(section)
}

fn data(n: usize, format: &str, rows: &str, name: &str) -> String {
    format!("data d{n} = {format} \"d{n}.{format}\" {rows} from ar p 1 {{\n  given {name} = \"x\"\n}}\n")
}

/// What is computed from it in the kind, in the entity, and of the entity.
fn formulas(spot: Spot, series: &str, n: usize) -> (String, String, String) {
    match spot.is_number() {
        true => (
            format!("derive {series}y = x * 2"),
            format!("derive {series}own = x + y"),
            format!("derive {series}of{n} = a{n}.x + sum(e in t{n} where e.name == \"a{n}\": e.y)"),
        ),
        false => (
            "derive y = if x == x then 1 else 2".to_string(),
            format!("derive own = x == {}", spot.base),
            format!("derive of{n} = a{n}.x"),
        ),
    }
}

/// What the line comes to at a door: every value that hangs on it, or the codes it is refused with.
pub type Said = Result<Vec<String>, Codes>;

/// Codes of errors.
pub type Codes = BTreeSet<String>;

/// What the line comes to at every door where it can stand.
pub fn said(input: &Input) -> Vec<(Door, Said)> {
    let book = book(input);
    let checked = open("book.scn", &book, None);
    let errors: Vec<Problem> =
        checked.problems.iter().filter(|problem| problem.severity == Severity::Error).cloned().collect();
    let (mut settings, mut all) = (Settings::default(), Vec::new());
    let file = |section: &Section| checked.loaded.data_sources.get(&section.file.as_ref()?.0).copied();
    for (door, span, section) in &book.sections {
        let mut refused: Vec<Problem> =
            errors.iter().filter(|problem| stands_in(problem, *span, file(section))).cloned().collect();
        match (&section.set, &section.with) {
            (Some(text), _) => match overrides(&checked.model, &checked.symbols, text) {
                Ok(found) => settings.sets.extend(found),
                Err(problems) => refused.extend(problems),
            },
            (_, Some(text)) => match layer(&checked.model, &checked.symbols, (SourceId(0), "more.scn", text)) {
                Ok(found) => settings.layers.push(found),
                Err(problems) => refused.extend(problems),
            },
            _ => {}
        }
        all.push((
            *door,
            if refused.is_empty() {
                Ok(Vec::new())
            } else {
                Err(refused.into_iter().map(|problem| problem.code).collect())
            },
        ));
    }
    if errors.is_empty() {
        let results = checked.evaluate(&settings).results;
        for (door, said) in &mut all {
            if let Ok(said) = said {
                *said = values(&checked.model, &results, *door);
            }
        }
    }
    all
}

/// Whether a problem is of a section of the book, or of the file beside it.
fn stands_in(problem: &Problem, span: Span, file: Option<SourceId>) -> bool {
    problem.labels.iter().any(|label| {
        let is_in_book = label.place.source == SourceId(0);
        let is_in_section = span.start <= label.place.span.start && label.place.span.end <= span.end;
        file == Some(label.place.source) || is_in_book && is_in_section
    })
}

/// What codes are about.
pub fn areas(codes: &Codes) -> BTreeSet<String> {
    let area = |code: &String| match code.split_once("::") {
        // What a file says is no number is what a line says in another unit.
        Some(("data", "not_a_number" | "not_yes_no")) => "units".to_string(),
        Some((area, _)) => area.to_string(),
        None => code.to_string(),
    };
    codes.iter().map(area).collect()
}

fn values(model: &Model, results: &Results, door: Door) -> Vec<String> {
    let n = Door::ALL.iter().position(|other| *other == door).unwrap_or_default();
    let case = model.case_named(&format!("c{n}")).unwrap_or(CaseId::BASE);
    let said = [format!("a{n}.x"), format!("a{n}.y"), format!("a{n}.own"), format!("of{n}")].map(|path| {
        let id = model.variable_at(&path).expect("the name is there");
        let variable = model.variable(id);
        let ty = format!("{:?} {:?} {:?}", variable.ty, variable.time, variable.series);
        // The first period has happened, and no case can change it.
        let cells = match variable.time {
            Some(_) => (1..5).map(|at| results.cell(case, id, Some(at))).collect(),
            None => vec![results.cell(case, id, None)],
        };
        ty + &cells.iter().map(bits).collect::<String>()
    });
    said.to_vec()
}

/// The line at a door, to be read by who looks into a failure.
pub fn shown(input: &Input, door: Door) -> String {
    let n = Door::ALL.iter().position(|other| *other == door).unwrap_or_default();
    section(input, door, n).map_or(String::new(), |Section { text, file, set, with }| {
        let more = [set, with].into_iter().flatten().collect::<String>();
        let file = file.map(|(name, text)| format!("--- {name}\n{text}")).unwrap_or_default();
        format!("{text}{file}{more}")
    })
}
