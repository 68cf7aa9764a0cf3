//! What a book comes to: every value in every case, and every problem.

use scn::diagnostic::Problem;
use scn::eval::{Cell, Settings};
use scn::model::{CaseId, Model, VariableId};
use scn::resolve::Loader;
use scn::units::significant;
use scn::workspace::{Checked, Evaluated, open};

/// A book of one file.
struct Single<'t>(&'t str);

impl Loader for Single<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        if path == "book.scn" { Ok(self.0.as_bytes().to_vec()) } else { Err(format!("`{path}` does not exist")) }
    }
}

/// Every value of a book, and the problems it has nevertheless; refuses a book that does not check.
pub fn shown(text: &str) -> Result<String, String> {
    let (checked, evaluated) = run(text)?;
    let mut shown = String::new();
    for at in 0..checked.model.variables.len() as u32 {
        shown += &variable(&checked.model, &evaluated, VariableId(at));
    }
    evaluated.problems().for_each(|problem| shown += &line(&checked, problem));
    Ok(shown)
}

/// The problems of a book that checks; refuses one that has none.
pub fn problems(text: &str) -> Result<String, String> {
    let (checked, evaluated) = run(text)?;
    let lines: String = evaluated.problems().map(|problem| line(&checked, problem)).collect();
    if lines.is_empty() { Err("no problem was found".to_string()) } else { Ok(lines) }
}

fn run(text: &str) -> Result<(Checked, Evaluated), String> {
    let checked = open("book.scn", &Single(text), None);
    if !checked.is_sound() {
        return Err(checked.problems.iter().map(|problem| line(&checked, problem)).collect());
    }
    let evaluated = checked.evaluate(&Settings::default());
    Ok((checked, evaluated))
}

/// The value of base, then of every case in which it differs.
fn variable(model: &Model, evaluated: &Evaluated, id: VariableId) -> String {
    let variable = model.variable(id);
    if variable.hidden {
        return String::new();
    }
    let base = values(model, evaluated, CaseId::BASE, id);
    let mut shown = format!("{} = {base}\n", variable.path);
    for case in 1..model.cases.len() as u32 {
        let values = values(model, evaluated, CaseId(case), id);
        if values != base {
            shown += &format!("    {}: {values}\n", model.case(CaseId(case)).name);
        }
    }
    shown
}

fn values(model: &Model, evaluated: &Evaluated, case: CaseId, id: VariableId) -> String {
    let variable = model.variable(id);
    let cell = |index| cell(&evaluated.results.cell(case, id, index), variable.unit.factor);
    let values = match variable.time.and_then(|frequency| model.timelines.get(frequency)) {
        Some(line) => {
            let periods = line.periods().enumerate();
            periods.map(|(at, period)| format!("{period} {}", cell(Some(at)))).collect::<Vec<_>>().join(" | ")
        }
        None => cell(None),
    };
    format!("{values} {}", variable.unit.symbol).trim_end().to_string()
}

fn cell(cell: &Cell, factor: f64) -> String {
    match cell {
        Cell::Number(number) => significant(number / factor, 12),
        Cell::Text(text) => format!("{text:?}"),
        Cell::YesNo(holds) => if *holds { "yes" } else { "no" }.to_string(),
        Cell::Missing { code, reason } => {
            let code = format!("{code:?}").to_uppercase();
            reason.as_ref().map_or(code.clone(), |reason| format!("{code} {reason:?}"))
        }
    }
}

fn line(checked: &Checked, problem: &Problem) -> String {
    let place = problem.place().map(|place| checked.sources().locate(place)).unwrap_or_default();
    let mut line = format!("! {} {}\n    {}\n", place.trim_start_matches("book.scn:"), problem.code, problem.message);
    for label in &problem.labels {
        line += &format!("    · {}: {}\n", checked.sources().slice(label.place), label.text);
    }
    line
}
