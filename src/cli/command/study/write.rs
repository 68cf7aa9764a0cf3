//! `--write`: what a calibration found, written into the book where values are implied by it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::render::counted;
use crate::export::study::{Rewrite, rewrites};
use crate::model::{Study, StudyId, StudyKind};
use crate::study::Answer;
use crate::text::SourceId;

use super::super::super::book::Book;
use super::super::super::draft;
use super::super::super::failure::Failure;
use super::super::super::terminal::Terminal;

/// Refuses to write what finds no value that a book records.
pub fn refuse(study: &Study) -> Result<(), Failure> {
    if matches!(study.kind, StudyKind::Calibrate(_)) {
        return Ok(());
    }
    let message = format!("`{}` finds no value that a book records", study.name);
    Err(Failure::asked(message, "only a calibration is written back; drop `--write`"))
}

/// Rewrites the numbers that are implied by a study, file by file.
pub fn write(answer: &Answer, id: StudyId, book: &Book, terminal: &Terminal) -> Result<(), Failure> {
    let model = &book.checked.model;
    let study = model.study(id);
    let Answer::Calibrate(answer) = answer else { return Ok(()) };
    let sources = book.checked.sources();
    let found = rewrites(model, sources, study, answer);
    if found.is_empty() {
        let message = format!("no value of the book is implied by `{}`", study.name);
        let help = format!("write `implied by {}` behind the value that should follow it", study.name);
        return Err(Failure::asked(message, help));
    }
    let mut files: BTreeMap<SourceId, Vec<&Rewrite>> = BTreeMap::new();
    for rewrite in found.iter().filter(|rewrite| rewrite.before != rewrite.after) {
        files.entry(rewrite.place.source).or_default().push(rewrite);
    }
    let rewritten: Vec<(&Path, String)> = files
        .iter()
        .map(|(source, some)| (sources.get(*source), some))
        .map(|(source, some)| (Path::new(&*source.path), changed(&source.text, some)))
        .collect();
    let rewritten: Vec<(&Path, &[u8])> = rewritten.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    draft::write_all(&rewritten)?;
    for rewrite in files.values().flatten() {
        let place = sources.locate(rewrite.place);
        terminal.summary(&format!("{place}: {} = {}, was {}", rewrite.path, rewrite.after, rewrite.before));
    }
    if files.is_empty() {
        terminal.summary(&format!("{} as it should be; nothing is written", counted(found.len(), "value")));
    }
    Ok(())
}

/// A text with its numbers replaced, the last first, so that places stay right.
fn changed(text: &str, rewrites: &[&Rewrite]) -> String {
    let mut text = text.to_string();
    let mut rewrites = rewrites.to_vec();
    rewrites.sort_by_key(|rewrite| std::cmp::Reverse(rewrite.place));
    for rewrite in rewrites {
        let span = rewrite.place.span;
        text.replace_range(span.start as usize..span.end as usize, &rewrite.after);
    }
    text
}
