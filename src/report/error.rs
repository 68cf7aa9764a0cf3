//! `ReportError`: why a template makes no report; the place is added where the template engine reports it.

use miette::Diagnostic;
use thiserror::Error;

use crate::chart::ChartError;

/// Why a template makes no report.
#[derive(Debug, Clone, PartialEq, Error, Diagnostic)]
pub enum ReportError {
    /// A file of that name is neither in the book nor in the library.
    #[error("there is no template `{name}`")]
    #[diagnostic(
        code(report::no_template),
        help("{}", either(nearest, "put it into the book's `templates/`, or use `report.md.j2` of the library"))
    )]
    NoTemplate { name: String, nearest: Option<String> },

    /// A file of the book's `templates/` that may not be read, or is none.
    #[error("the template `{name}` cannot be read: {reason}")]
    #[diagnostic(code(report::no_template), help("put a copy of it into the book's `templates/`"))]
    Unreadable { name: String, reason: String },

    /// The template does not read, or one of the engine's own filters and functions refuses.
    #[error("{message}")]
    #[diagnostic(code(report::template), help("{help}"))]
    Template { message: String, help: &'static str },

    /// A name that stands for nothing in a template.
    #[error("`{name}` stands for nothing in this template")]
    #[diagnostic(
        code(report::unknown_name),
        help(
            "{}",
            either(
                nearest,
                "bind it in the report's block, or use the name of an entity, a kind or a value of the book"
            )
        )
    )]
    UnknownName { name: String, nearest: Option<String> },

    /// An attribute that an object of the template does not have.
    #[error("{owner} has no `{name}`")]
    #[diagnostic(
        code(report::unknown_attribute),
        help("{}", either(nearest, "the page on reports lists what each object has"))
    )]
    UnknownAttribute { owner: String, name: String, nearest: Option<String> },

    /// A path that no value of the book has.
    #[error("`{path}` is no value of this book")]
    #[diagnostic(code(report::unknown_path), help("{}", either(nearest, "`scn eval` lists the paths")))]
    UnknownPath { path: String, nearest: Option<String> },

    /// A period that a series does not have.
    #[error("`{path}` has no period `{period}`")]
    #[diagnostic(code(report::unknown_period), help("its periods are {span}"))]
    UnknownPeriod { path: String, period: String, span: String },

    /// A case nobody declared.
    #[error("there is no case `{name}`")]
    #[diagnostic(code(report::unknown_case), help("the cases are {known}"))]
    UnknownCase { name: String, known: String },

    /// A claim nobody declared.
    #[error("there is no claim `{name}`")]
    #[diagnostic(
        code(report::unknown_claim),
        help("{}", either(nearest, "declare it: `claim NAME \"sentence\" when …`"))
    )]
    UnknownClaim { name: String, nearest: Option<String> },

    /// A study nobody declared.
    #[error("there is no study `{name}`")]
    #[diagnostic(code(report::unknown_study), help("{}", either(nearest, "`scn study` lists the studies of the book")))]
    UnknownStudy { name: String, nearest: Option<String> },

    /// A study that has no answer.
    #[error("the study `{name}` has no answer: {message}")]
    #[diagnostic(code(report::study), help("{help}"))]
    Study { name: String, message: String, help: String },

    /// An exhibit that is referred to and does not exist.
    #[error("no exhibit is labelled `{label}`")]
    #[diagnostic(
        code(report::unknown_exhibit),
        help("{}", either(nearest, "give it one: `exhibit(\"Title\", label=\"…\")`"))
    )]
    UnknownExhibit { label: String, nearest: Option<String> },

    /// A sentence is no longer true.
    #[error("this sentence is not true: `{predicate}`")]
    #[diagnostic(
        code(report::claim_false),
        help("{values}; rewrite the sentence, or look at the inputs with `scn explain`")
    )]
    ClaimFalse { predicate: String, values: String },

    /// An expression of the language, written in a template, does not check.
    #[error("`{text}` does not check: {message}")]
    #[diagnostic(code(report::expression), help("{help}"))]
    Expression { text: String, message: String, help: String },

    /// A pattern that is none.
    #[error("`{text}` is no pattern for numbers")]
    #[diagnostic(code(report::pattern), help("patterns look like `0`, `#,##0.0`, `+0.0%`, `0x`, `0.0 bn CNY`"))]
    Pattern { text: String },

    /// A unit that is none, or that measures something else.
    #[error("{message}")]
    #[diagnostic(
        code(report::unit),
        help("name a unit of the same dimension, such as `mn CNY` for money or `%` for a ratio")
    )]
    Unit { message: String },

    /// A template calculates with numbers of the model, or compares them.
    #[error("a template does not calculate: {message}")]
    #[diagnostic(
        code(report::arithmetic),
        help(
            "derive the value in the book, or write `evaluate(\"…\")`, `holds(\"…\")` or a claim, so that units and cases are checked"
        )
    )]
    Arithmetic { message: String },

    /// A number without unit and source would be printed.
    #[error("a bare number would be printed: {number}")]
    #[diagnostic(code(report::bare_number), help("print a value of the book; for a count use a whole number"))]
    BareNumber { number: String },

    /// A filter or a function was given what it cannot use.
    #[error("{what} cannot use {given}")]
    #[diagnostic(code(report::misuse), help("{help}"))]
    Misuse { what: String, given: String, help: String },

    /// Something that makes no chart.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Chart(#[from] ChartError),

    /// A template that makes more than any reader could use.
    #[error("{message}")]
    #[diagnostic(
        code(report::too_much),
        help("look for a list that is added to itself, or a loop over a loop; a report may be split into several")
    )]
    TooMuch { message: String },

    /// A template that does not come to an end.
    #[error("the template works too long")]
    #[diagnostic(code(report::fuel), help("look for a loop over a loop, or a template that includes itself"))]
    Fuel,
}

impl crate::diagnostic::Fault for ReportError {}

fn either(nearest: &Option<String>, otherwise: &str) -> String {
    match nearest {
        Some(name) => format!("did you mean `{name}`?"),
        None => otherwise.to_string(),
    }
}

impl From<ReportError> for minijinja::Error {
    fn from(error: ReportError) -> minijinja::Error {
        minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, error.to_string()).with_source(error)
    }
}
