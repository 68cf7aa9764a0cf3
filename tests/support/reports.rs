//! The reports of a book that is checked and evaluated already.

use std::sync::Arc;

use scn::check::{Given, expression};
use scn::diagnostic::Problem;
use scn::model::ReportItem;
use scn::report::{Material, Picture, Templates, render};
use scn::study::Answers;
use scn::text::Sources;
use scn::workspace::{Checked, Evaluated};

/// What came of the reports of a book.
#[derive(Debug, Default)]
pub struct Written {
    /// Path and text of each report that could be written.
    pub texts: Vec<(String, String)>,
    /// The charts of all of them.
    pub pictures: Vec<Picture>,
    pub problems: Vec<Problem>,
    /// The files of the book, and the templates that have problems.
    pub sources: Sources,
}

/// Renders every report of a book.
pub fn written(checked: &Checked, evaluated: &Evaluated, templates: Arc<dyn Templates>) -> Written {
    let (model, symbols) = (Arc::new(checked.model.clone()), checked.symbols.clone());
    let results = Arc::new(evaluated.results.clone());
    let material = Material {
        answers: Arc::new(Answers::new(model.clone(), results.clone(), 2)),
        model,
        results,
        findings: Arc::new(evaluated.findings.clone()),
        templates,
        expressions: Arc::new(move |text: &str, given: &[Given]| expression(&symbols, text, given)),
    };
    let mut written = Written { sources: checked.sources().clone(), ..Written::default() };
    let items: Vec<&ReportItem> = checked.model.reports.iter().collect();
    for (item, rendered) in items.iter().zip(render(&material, &items, 2, &mut written.sources)) {
        match rendered {
            Ok(rendered) => {
                written.texts.push((item.to.to_string(), rendered.text));
                written.pictures.extend(rendered.pictures);
            }
            Err(problems) => written.problems.extend(problems),
        }
    }
    written
}
