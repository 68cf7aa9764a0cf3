//! `render`: reports of a book as Markdown with their charts, the same bytes every time.

use std::sync::Arc;

use minijinja::value::Value;

use crate::diagnostic::Problem;
use crate::model::ReportItem;
use crate::text::{Sources, visible};

use super::desk::{Desk, chosen};
use super::environment::environment;
use super::error::ReportError;
use super::failure::problem;
use super::functions::REFERENCE;
use super::material::Material;
use super::names::Names;
use super::picture::Picture;
use super::tidy::tidy;
use super::weight::{PAGE, Purse};
use crate::parallel::side_by_side;

/// A report: its page, and the charts that lie beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    pub text: String,
    pub pictures: Vec<Picture>,
}

impl Rendered {
    /// The page as a file: its last line says that scn wrote it, and for which report.
    pub fn page(&self, report: &str) -> String {
        format!("{}\n\n{}", visible(self.text.trim_end()), Picture::mark(report))
    }
}

/// Writes reports on so many threads, each as if it were alone; a template that has a problem is added to `sources`, so that
/// its place can be shown.
pub fn render(
    material: &Material,
    items: &[&ReportItem],
    threads: usize,
    sources: &mut Sources,
) -> Vec<Result<Rendered, Vec<Problem>>> {
    let drafts = side_by_side(items, threads, |item| Draft::of(material, item, sources.clone()));
    let finished = |(draft, item): (Draft, &&ReportItem)| draft.finished(material, item, sources);
    drafts.into_iter().zip(items).map(finished).collect()
}

/// A report, or why there is none.
struct Draft {
    names: Arc<Names>,
    written: Result<Rendered, minijinja::Error>,
}

impl Draft {
    fn of(material: &Material, item: &ReportItem, sources: Sources) -> Draft {
        let desk = Arc::new(Desk::new(material, sources, item));
        let names = Arc::new(Names::new(&desk, item));
        let written = written(material, item, &desk, &names);
        let pictures = std::mem::take(&mut desk.notes().pictures);
        Draft { names, written: written.map(|text| Rendered { text, pictures }) }
    }

    fn finished(self, material: &Material, item: &ReportItem, sources: &mut Sources) -> Result<Rendered, Vec<Problem>> {
        self.written.map_err(|error| vec![problem(&error, material, item, &self.names, sources)])
    }
}

fn written(
    material: &Material,
    item: &ReportItem,
    desk: &Arc<Desk>,
    names: &Arc<Names>,
) -> Result<String, minijinja::Error> {
    for name in chosen(item).into_iter().flatten() {
        desk.case_named(name)?;
    }
    let engine = environment(desk, &material.templates);
    let template = engine.get_template(&item.template)?;
    let mut page = Page { text: Vec::new(), purse: &desk.purse };
    template.render_captured_to(Value::from_dyn_object(names.clone()), &mut page)?;
    desk.purse.within()?;
    let mut text = String::from_utf8_lossy(&page.text).into_owned();
    let rest = desk.notes().take_footnotes();
    if !rest.is_empty() {
        text.push_str("\n\n");
    }
    for (number, note) in rest {
        text.push_str(&format!("[^{number}]: {}\n", note.replace('\n', " ")));
    }
    Ok(tidy(&referred(&text, desk)?))
}

/// A page while it is written: beyond its limit nothing is kept, and the next step of the template that prints is the last.
struct Page<'d> {
    text: Vec<u8>,
    purse: &'d Purse,
}

impl std::io::Write for Page<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self.text.len() + bytes.len() > PAGE {
            true => self.purse.overflow(),
            false => self.text.extend_from_slice(bytes),
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Puts the numbers of exhibits where a template refers to them.
fn referred(text: &str, desk: &Desk) -> Result<String, ReportError> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(REFERENCE.0) {
        let (label, after) = after.split_once(REFERENCE.1).unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&reference(label, desk)?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

fn reference(label: &str, desk: &Desk) -> Result<String, ReportError> {
    let notes = desk.notes();
    let labels = || notes.exhibits.iter().filter_map(Option::as_deref);
    let at = notes.exhibits.iter().position(|known| known.as_deref() == Some(label));
    match at {
        Some(at) => Ok(format!("[Exhibit {}](#{label})", at + 1)),
        None => Err(ReportError::UnknownExhibit { label: label.to_string(), nearest: desk.nearest(label, labels()) }),
    }
}
