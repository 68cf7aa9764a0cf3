//! Names to meanings: every file of a book, and one table of what its names stand for.
//!
//! ```text
//! load      root file, files it uses, library modules, data files -> Loaded
//! resolve   units, calendars, sources -> names -> lines of blocks, tables and data -> entities -> Symbols
//! ```

mod allow;
mod calendar;
mod case;
mod clause;
mod declare;
mod error;
mod finding;
mod function;
mod import;
mod lower;
mod missing;
mod names;
mod notice;
pub mod prelude;
mod rate;
mod speech;
mod study;
mod symbols;
mod twice;
mod unit;
mod unnamed;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::diagnostic::{Fault, Problem};
use crate::syntax::hash;
use crate::text::{Place, SourceId, Span};

pub(crate) use calendar::located;
pub(crate) use clause::{is_literal, told, unescaped};
pub(crate) use error::ResolveError;
pub use import::beside;
pub use import::{Loaded, LoadedFile, Loader, load};
pub use names::{did_you_mean, listed};
pub use prelude::MODULES;
pub use symbols::{
    AttributeDef, Book, CaseDef, CaseLine, Content, EntityDef, Entry, FindingDef, FindingKind, FunctionDef, Holds,
    KindDef, Line, Literal, Named, Own, Owner, ParameterDef, Piece, RateBasis, RateDef, ReconcileDef, ReportDef,
    SpreadDef, StudyDef, Symbols, Takes, Written,
};
pub(crate) use unit::{scale_factor, unit_help};

/// Gathers the names of all files and lowers tables, data, `like` and block clauses to plain definitions.
pub fn resolve(loaded: &Loaded) -> (Symbols, Vec<Problem>) {
    let mut resolver = Resolver::new(loaded);
    resolver.units();
    resolver.calendars();
    resolver.sources();
    resolver.declare();
    resolver.functions();
    resolver.declare_cases();
    resolver.gather();
    resolver.settle();
    resolver.rates();
    resolver.cases();
    resolver.findings();
    resolver.said_twice();
    resolver.findings_twice();
    resolver.studies();
    resolver.notices();
    resolver.allowances();
    resolver.unnamed_notices();
    (resolver.symbols, resolver.problems)
}

/// Carries the tables through the passes.
struct Resolver<'a> {
    loaded: &'a Loaded,
    symbols: Symbols,
    problems: Vec<Problem>,
    source_names: BTreeMap<String, (crate::model::SourceRef, Place)>,
    case_names: BTreeMap<String, crate::model::CaseId>,
    /// Which sources a clause cites.
    cited: Vec<bool>,
    /// Definitions by what they define, in the order in which they were met.
    gathered: lower::Gathered,
    /// How many values the lines and the rows that were met bring.
    values: usize,
    /// Names of lines, each once.
    words: hash::Table<Arc<str>, ()>,
    /// What a line says that has no clause.
    nobody: Arc<crate::model::Provenance>,
    /// Where each top-level name is defined.
    places: HashMap<String, Place>,
    /// Where each kind's label is said.
    kind_labels: twice::Seen,
    /// Entities that are like one which is not known; what they lack is not reported.
    orphans: std::collections::BTreeSet<crate::model::EntityId>,
    /// Entities that no item declares.
    brought: std::collections::BTreeSet<crate::model::EntityId>,
    /// Data files as rows, by the place of their path.
    tables: BTreeMap<Place, Option<Arc<crate::data::Table>>>,
    /// Where a clause names the calibration that a value is implied by.
    implied: Vec<Place>,
    /// Numbers of formulas that have neither a name nor a source, as written.
    unnamed_numbers: Vec<(String, Place)>,
    /// Frequencies without a calendar that are reported already.
    no_calendar: Vec<crate::calendar::Frequency>,
}

impl<'a> Resolver<'a> {
    fn new(loaded: &'a Loaded) -> Resolver<'a> {
        let mut spaces: Vec<Arc<str>> = vec!["".into(); loaded.sources.iter().count()];
        let mut broken_names = std::collections::BTreeSet::new();
        for file in &loaded.files {
            spaces[file.source.0 as usize] = file.space.clone();
            broken_names.extend(file.broken_names.iter().cloned());
        }
        let unread = loaded.unread;
        Resolver {
            loaded,
            symbols: Symbols { spaces, broken_names, unread, ..Symbols::default() },
            problems: Vec::new(),
            source_names: BTreeMap::new(),
            case_names: BTreeMap::new(),
            cited: Vec::new(),
            gathered: lower::Gathered::default(),
            values: 0,
            words: hash::Table::default(),
            nobody: Arc::default(),
            places: HashMap::new(),
            kind_labels: twice::Seen::new(),
            orphans: std::collections::BTreeSet::new(),
            brought: std::collections::BTreeSet::new(),
            tables: BTreeMap::new(),
            implied: Vec::new(),
            unnamed_numbers: Vec::new(),
            no_calendar: Vec::new(),
        }
    }

    fn text(&self, source: SourceId, span: Span) -> &'a str {
        self.loaded.sources.get(source).slice(span)
    }

    fn arc(&self, source: SourceId, span: Span) -> Arc<str> {
        clause::unescaped(self.text(source, span)).into()
    }

    /// A text for people, on one line.
    fn told(&self, source: SourceId, span: Span) -> Arc<str> {
        clause::told(self.text(source, span)).into()
    }

    /// A name with what stands before the file's names.
    fn full(&self, source: SourceId, span: Span) -> String {
        format!("{}{}", self.symbols.space(source), self.text(source, span))
    }

    fn report(&mut self, source: SourceId, error: &dyn Fault) -> &mut Problem {
        self.problems.push(Problem::new(source, error));
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }
}
