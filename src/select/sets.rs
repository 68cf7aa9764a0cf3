//! Values that are laid over a book for one run.

use crate::diagnostic::{Problem, Problems, Refusal};
use crate::model::{Change, Override, Window};
use crate::workspace::Checked;

/// The overrides of `--set`, or why one of them is none.
pub fn sets(checked: &Checked, texts: &[String]) -> Result<Vec<Override>, Refusal> {
    let mut all: Vec<(&String, Override)> = Vec::new();
    for text in texts {
        let read = crate::check::overrides(&checked.model, &checked.symbols, text);
        let read = read.map_err(|problems| refused(text, problems))?;
        for change in &read {
            if let Some((before, _)) = all.iter().find(|(_, other)| sets_again(other, change)) {
                let path = &checked.model.variable(change.variable).path;
                let message = format!("`--set {text}`: `--set {before}` sets `{path}` too");
                return Err(Refusal::with(message, "set each value once"));
            }
        }
        all.extend(read.into_iter().map(|change| (text, change)));
    }
    Ok(all.into_iter().map(|(_, change)| change).collect())
}

/// Whether two changes set one cell; a shift of what is set is none.
fn sets_again(one: &Override, two: &Override) -> bool {
    let windows = |change: &Override| match &change.change {
        Change::Set(definition) => definition.pieces.iter().map(|piece| piece.window).collect(),
        Change::Shift(_) | Change::Scale(_) => Vec::new(),
    };
    let (ones, twos): (Vec<Window>, Vec<Window>) = (windows(one), windows(two));
    let touches = |one: &Window| twos.iter().any(|two| one.first <= two.last && two.first <= one.last);
    one.variable == two.variable && ones.iter().any(touches)
}

fn refused(text: &str, problems: Vec<Problem>) -> Refusal {
    let mut all = Problems::default();
    all.extend(problems);
    let first = all.iter().next();
    let message = first.map_or("it cannot be read".to_string(), |problem| problem.message.clone());
    let help = first.and_then(|problem| problem.help.clone());
    Refusal { message: format!("`--set {text}`: {message}"), help }
}
