//! Any text as the template of a report: a page or a problem with its place, without a panic and without an end to wait for.

use std::cell::OnceCell;
use std::sync::Arc;

use scn::check::{Given, expression};
use scn::diagnostic::Problems;
use scn::diagnostic::render::{Look, human};
use scn::eval::Settings;
use scn::report::{Material, Templates, render};
use scn::study::Answers;
use scn::text::Sources;

use crate::checks::Files;

const BOOK: &str = include_str!("../../fixtures/report/numbers/model.scn");

/// The template under test, and no other.
struct One(String);

impl Templates for One {
    fn read(&self, name: &str) -> Result<Option<String>, String> {
        Ok((name == "template.md.j2").then(|| self.0.clone()))
    }
}

thread_local! {
    static BOOK_ONCE: OnceCell<(Material, Sources)> = const { OnceCell::new() };
}

/// Holds of one template.
pub fn holds(bytes: &[u8]) -> Result<(), String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
    BOOK_ONCE.with(|book| {
        let (material, sources) = book.get_or_init(material);
        let first = page(material, sources, text);
        if super::is_one_of(16, bytes) && first != page(material, sources, text) {
            return Err("two runs differ".to_string());
        }
        Ok(())
    })
}

/// The page, or the problems as they are shown.
fn page(material: &Material, sources: &Sources, text: &str) -> String {
    let material = Material { templates: Arc::new(One(text.to_string())), ..material.clone() };
    let mut sources = sources.clone();
    let items: Vec<_> = material.model.reports.iter().collect();
    let mut pages = String::new();
    for rendered in render(&material, &items, 1, &mut sources) {
        match rendered {
            Ok(rendered) => pages += &rendered.text,
            Err(found) => {
                let mut problems = Problems::default();
                problems.extend(found);
                pages += &human(&problems, &sources, Look { colour: false, width: 100 });
            }
        }
    }
    pages
}

fn material() -> (Material, Sources) {
    let checked = scn::workspace::open("book.scn", &Files { book: BOOK, beside: None }, None);
    assert!(checked.is_sound(), "{:?}", checked.problems);
    let evaluated = checked.evaluate(&Settings::default());
    let sources = checked.sources().clone();
    let (model, symbols) = (Arc::new(checked.model), checked.symbols);
    let results = Arc::new(evaluated.results);
    let material = Material {
        answers: Arc::new(Answers::new(model.clone(), results.clone(), 1)),
        model,
        results,
        findings: Arc::new(evaluated.findings),
        templates: Arc::new(One(String::new())),
        expressions: Arc::new(move |text: &str, given: &[Given]| expression(&symbols, text, given)),
    };
    (material, sources)
}
