//! How much of a value each input behind it carries: what it moves by when that input alone is a little more.

use crate::diagnostic::render::counted;
use crate::eval::Cell;
use crate::export::display;
use crate::model::VariableId;
use crate::review::rests_on;
use crate::study::{Raised, raised};

use super::super::super::failure::Failure;
use super::super::super::sheet::Sheet;
use super::value::Told;

/// As many inputs are listed.
const MOST: usize = 10;

/// The share that `--raise` names: `1%`, `10%`.
pub fn share(text: &str) -> Result<f64, Failure> {
    let number = text.trim().strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
    let share = number.map(|number| number / 100.0).filter(|share| share.is_finite() && *share > -1.0);
    share.ok_or_else(|| Failure::asked(format!("`{text}` is no share"), "write `--raise 1%`"))
}

/// The inputs that move a number most, with what they do to it; nothing for what is typed itself.
pub fn carried(told: &Told, id: VariableId, index: Option<usize>) -> String {
    let behind: Vec<VariableId> =
        rests_on(told.model(), id).into_iter().filter(|input| *input != id || index.is_some()).collect();
    let asked = (id, index);
    if told.raise == 0.0 || behind.is_empty() {
        return String::new();
    }
    let moves = raised(told.model(), told.results, told.case, asked, &behind, told.raise);
    let is_itself = matches!(moves.as_slice(), [only] if only.input == id);
    if moves.is_empty() || is_itself {
        return String::new();
    }
    let rows = moves.iter().take(MOST).map(|one| row(told, id, one)).collect();
    let sheet = Sheet { head: vec![String::new(); 3], labels: 1, trailing: 0, rows };
    let mut out = format!("  each input, raised by {}, moves it by\n", percent(told.raise));
    out += &sheet.text(None).lines().map(|line| format!("    {line}\n")).collect::<String>();
    if let Some(next) = moves.get(MOST) {
        let by = next.share.map(|share| format!(", each by at most {}", percent(share.abs()))).unwrap_or_default();
        out += &format!("    and {}{by}\n", counted(moves.len() - MOST, "other input"));
    }
    out
}

fn row(told: &Told, id: VariableId, one: &Raised) -> Vec<String> {
    let unit = &told.model().variable(id).unit;
    let share = one.share.map(|share| signed(percent(share.abs()), share)).unwrap_or_default();
    let size = display(&Cell::Number(one.difference.abs()), unit);
    let size = size.strip_suffix('%').map_or(size.clone(), |points| format!("{points} pp"));
    vec![told.model().variable(one.input).path.to_string(), share, signed(size, one.difference)]
}

fn percent(share: f64) -> String {
    crate::units::percent_to(share, 3)
}

fn signed(text: String, by: f64) -> String {
    format!("{}{text}", if by < 0.0 { '-' } else { '+' })
}
