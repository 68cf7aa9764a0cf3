//! `open`: a root file and everything known about it, read, resolved and checked.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::check::check;
use crate::diagnostic::{Missing, Problem, Problems, Severity, idle, without};
use crate::eval::{Findings, Results, Settings, evaluate, findings};
use crate::format::FormatError;
use crate::hint::{Beside, hints};
use crate::model::Model;
use crate::resolve::{Loaded, Loader, Symbols, beside, load, resolve};
use crate::study::implied;
use crate::text::{Place, SourceId, Sources};

/// A book as far as it could be read; its problems decide whether it may be evaluated.
#[derive(Debug)]
pub struct Checked {
    pub loaded: Loaded,
    pub symbols: Symbols,
    pub model: Model,
    pub problems: Problems,
    /// The path of the root file, from which templates are found.
    root: String,
    /// Hints of reading and checking that the book says are meant.
    meant: Vec<Problem>,
}

/// What a book comes to.
#[derive(Debug)]
pub struct Evaluated {
    pub results: Results,
    pub findings: Findings,
}

/// Reads, resolves and checks a book; `as_of` replaces the model's own date.
pub fn open(root: &str, loader: &dyn Loader, as_of: Option<Date>) -> Checked {
    let mut loaded = load(root, loader);
    loaded.as_of = as_of;
    let (symbols, of_names) = resolve(&loaded);
    let (model, of_types) = check(&loaded, &symbols);
    let mut problems = Problems::default();
    problems.extend(loaded.problems.iter().cloned());
    problems
        .extend(of_names.into_iter().chain(of_types).filter(|problem| !follows(&symbols, &loaded.problems, problem)));
    let (problems, meant) = without(problems.sorted(), &symbols.allowed);
    Checked { loaded, symbols, model, problems, root: root.to_string(), meant }
}

/// The texts of the templates that a book's reports are written with, and of those that they name; nothing if one that is
/// there cannot be read.
fn templates(root: &str, loader: &dyn Loader, model: &Model) -> Option<Vec<String>> {
    let mut open: Vec<String> = model.reports.iter().map(|report| report.template.to_string()).collect();
    let (mut seen, mut texts) = (BTreeSet::new(), Vec::new());
    while let Some(name) = open.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        let Ok(bytes) = loader.read(&beside(root, &format!("templates/{name}"))) else { continue };
        let text = String::from_utf8(bytes).ok()?;
        let quoted = text.split(['"', '\'']).filter(|part| part.ends_with(".j2"));
        open.extend(quoted.map(str::to_string));
        texts.push(text);
    }
    Some(texts)
}

/// Whether a problem may only follow from what could not be read: it misses a name that stands there.
fn follows(symbols: &Symbols, of_files: &[Problem], problem: &Problem) -> bool {
    problem.missing.iter().any(|missing| match missing {
        Missing::Name(name) => symbols.is_broken(name),
        Missing::Use => of_files.iter().any(|problem| problem.severity == Severity::Error),
    })
}

/// The canonical text of a file, or what cannot be read in it.
pub fn format(source: SourceId, text: &str) -> Result<String, Vec<Problem>> {
    let parsed = crate::syntax::parse(text);
    crate::format::format(&parsed, text).map_err(|error| match error {
        FormatError::Problems { .. } => parsed.problems(source).collect(),
        FormatError::Meaning { .. } => vec![unset(&error)],
    })
}

/// A text that stays as it is, since its setting would say something else: a fault of scn, and not of the text.
fn unset(error: &FormatError) -> Problem {
    let help = Some("the file stays as it is; this is a bug in scn, please report it with the line".to_string());
    let (code, message) = (String::new(), error.to_string());
    Problem { code, severity: Severity::Error, message, labels: Vec::new(), help, missing: Box::default() }
}

impl Checked {
    /// The texts that places point into.
    pub fn sources(&self) -> &Sources {
        &self.loaded.sources
    }

    /// Whether the model may be evaluated.
    pub fn is_sound(&self) -> bool {
        !self.problems.has_errors()
    }

    /// Where a function of the book or the library is written, whole.
    pub fn function(&self, name: &str) -> Option<Place> {
        let found = self.symbols.functions.iter().find(|function| &*function.name == name)?.place;
        let file = self.loaded.files.iter().find(|file| file.source == found.source)?;
        let item =
            file.file.items.iter().find(|item| item.span.start <= found.span.start && found.span.end <= item.span.end);
        item.map(|item| item.span.at(file.source))
    }

    /// Every function of the book and of the library it uses, by name: where it is written, and its text.
    pub fn functions(&self) -> BTreeMap<String, (Place, String)> {
        let written = |name: &str| {
            let place = self.function(name)?;
            let text = &self.sources().get(place.source).text;
            let span = place.span.start as usize..place.span.end as usize;
            Some((place, text.get(span)?.trim().to_string()))
        };
        let names = self.symbols.functions.iter().map(|function| function.name.to_string());
        names.filter_map(|name| Some((name.clone(), written(&name)?))).collect()
    }

    /// Evaluates every case and holds the results against what the model is held against; values that a calibration implies
    /// are held against it only as they stand in the book.
    pub fn evaluate(&self, settings: &Settings) -> Evaluated {
        let results = evaluate(&self.model, settings);
        let mut findings = findings(&self.model, &results);
        if settings.overrides().next().is_none() {
            findings.problems.extend(implied(&self.model, &results));
        }
        Evaluated { results, findings }
    }

    /// Everything that is said of a book as it stands, hints too. A number that equals a named value is told once, and not
    /// again where the book says that it is meant.
    pub fn whole(&self, evaluated: Option<&Evaluated>, loader: &dyn Loader) -> Problems {
        let (hints, meant) = evaluated.map(|evaluated| self.looked(evaluated, loader)).unwrap_or_default();
        let named = hints.iter().chain(&meant).filter(|hint| hint.code == "hint::named_value");
        let named: BTreeSet<Option<Place>> = named.map(Problem::place).collect();
        let is_told = |problem: &Problem| problem.code == "resolve::unnamed_number" && named.contains(&problem.place());
        let mut all = Problems::default();
        all.extend(self.problems.iter().filter(|problem| !is_told(problem)).cloned());
        all.extend(evaluated.into_iter().flat_map(Evaluated::problems).cloned());
        all.extend(hints);
        all.sorted()
    }

    /// What looks like a slip in the book as it stands, and is not said to be meant. The loader reads the book's templates,
    /// which look at values too.
    pub fn hints(&self, evaluated: &Evaluated, loader: &dyn Loader) -> Problems {
        self.looked(evaluated, loader).0
    }

    /// Hints, and those that the book says are meant.
    fn looked(&self, evaluated: &Evaluated, loader: &dyn Loader) -> (Problems, Vec<Problem>) {
        let (templates, allowed) = (templates(&self.root, loader, &self.model), &self.symbols.allowed);
        let beside = Beside { templates: templates.as_deref(), allowed };
        let (mut left, mut meant) = without(hints(&self.model, &evaluated.results, beside), allowed);
        meant.extend(self.meant.iter().cloned());
        left.extend(idle(allowed, &meant));
        (left.sorted(), meant)
    }
}

impl Evaluated {
    /// Everything that evaluation found wrong.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.results.problems.iter().chain(&self.findings.problems)
    }
}
