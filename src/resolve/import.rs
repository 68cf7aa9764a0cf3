//! `load`: the root file, what it uses, the library modules it names, and the bytes of its data items.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::Problem;
use crate::syntax::{self, ast};
use crate::text::{Place, Source, SourceId, Sources, Span, nearest};

use super::error::ResolveError;
use super::prelude;

/// The only way to bytes; paths are relative to the book's folder, with `/` between folders.
pub trait Loader {
    /// The bytes of a file, or in words why there are none.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
}

/// One file of a book or one module of the library.
#[derive(Debug, Clone)]
pub struct LoadedFile {
    pub source: SourceId,
    pub file: ast::File,
    /// The module's name if the file is one of the library: `std.valuation`.
    pub library: Option<Arc<str>>,
    /// What stands before the file's names for the others: `other.` after `use "…" as other`, else nothing.
    pub space: Arc<str>,
    /// Names that lines which could not be read seem to define.
    pub broken_names: Vec<Arc<str>>,
}

/// Every file of a book, read.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    pub sources: Sources,
    /// The root first, then in the order of use; library modules after the files that use them.
    pub files: Vec<LoadedFile>,
    /// What `data` items name, by path.
    pub data: BTreeMap<String, Vec<u8>>,
    /// Their texts among the sources, so that a place can be in one.
    pub data_sources: BTreeMap<String, SourceId>,
    /// Whether a file, or the line that names one, could not be read: what it would have brought is not known.
    pub unread: bool,
    /// Of reading files and of their syntax.
    pub problems: Vec<Problem>,
    /// The date to read the book as of, instead of the model's own.
    pub as_of: Option<Date>,
}

/// Reads a root file and everything it uses.
pub fn load(root_path: &str, loader: &dyn Loader) -> Loaded {
    let mut import = Import { loader, loaded: Loaded::default(), seen: BTreeMap::new(), open: Vec::new() };
    import.file(root_path, "", None);
    import.library("std.units", None);
    import.loaded
}

/// The path of `relative` as seen from the file at `from`, without `.` and `..`.
pub fn beside(from: &str, relative: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(relative.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let root = if from.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

struct Import<'a> {
    loader: &'a dyn Loader,
    loaded: Loaded,
    /// Files and modules that were read, each with the space of its names.
    seen: BTreeMap<String, String>,
    /// The files being read, outermost first, with the place of the `use` that led there.
    open: Vec<String>,
}

impl Import<'_> {
    fn file(&mut self, path: &str, space: &str, used: Option<Place>) {
        if self.open.iter().any(|open| open == path) {
            return self.recursive(path, used);
        }
        match self.seen.get(path) {
            Some(before) if before == space => return,
            Some(_) if used.is_some() => return self.second_space(path, used),
            _ => {}
        }
        self.seen.insert(path.to_string(), space.to_string());
        let Some(text) = self.text(path, used) else { return };
        self.open.push(path.to_string());
        self.read(path, text, None, space);
        self.open.pop();
    }

    fn library(&mut self, name: &str, used: Option<Place>) {
        if self.seen.contains_key(name) {
            return;
        }
        let Some(text) = prelude::module(name) else { return self.unknown_module(name, used) };
        self.seen.insert(name.to_string(), String::new());
        let path = format!("{}.scn", name.replace('.', "/"));
        self.read(&path, text.to_string(), Some(name.into()), "");
    }

    fn read(&mut self, path: &str, text: String, library: Option<Arc<str>>, space: &str) {
        let parsed = syntax::parse(&text);
        let source = self.loaded.sources.add(Source::new(path, text.as_str()));
        self.loaded.problems.extend(parsed.problems(source));
        self.loaded.unread |= parsed.lost_use;
        let broken_names = parsed.broken_names.iter().map(|name| name.as_str().into()).collect();
        let file = parsed.file;
        let uses: Vec<_> = file.items.iter().filter_map(|item| self.need(item)).collect();
        self.loaded.files.push(LoadedFile { source, file, library, space: space.into(), broken_names });
        for need in uses {
            self.follow(need, path, space, source, &text);
        }
    }

    fn need(&self, item: &ast::Item) -> Option<Need> {
        match &item.kind {
            ast::ItemKind::Use(item) => match item.what {
                ast::UseTarget::File(span) => Some(Need::File(span, item.alias)),
                ast::UseTarget::Library(span) => Some(Need::Library(span)),
            },
            ast::ItemKind::Data(data) => Some(Need::Data(data.path)),
            _ => None,
        }
    }

    fn follow(&mut self, need: Need, path: &str, space: &str, source: SourceId, text: &str) {
        match need {
            Need::File(span, alias) => {
                let inner = alias.map_or(space.to_string(), |alias| format!("{space}{}.", alias.of(text)));
                self.file(&beside(path, span.of(text)), &inner, Some(span.at(source)));
            }
            Need::Library(span) => self.library(span.of(text), Some(span.at(source))),
            Need::Data(span) => self.data(&beside(path, span.of(text)), span.at(source)),
        }
    }

    fn data(&mut self, path: &str, place: Place) {
        if self.loaded.data.contains_key(path) {
            return;
        }
        match self.loader.read(path) {
            Ok(bytes) => {
                if let Ok(text) = std::str::from_utf8(&bytes) {
                    let id = self.loaded.sources.add(Source::new(path, text));
                    self.loaded.data_sources.insert(path.to_string(), id);
                }
                self.loaded.data.insert(path.to_string(), bytes);
            }
            Err(reason) => self.unreadable(path, reason, Some(place)),
        }
    }

    fn text(&mut self, path: &str, used: Option<Place>) -> Option<String> {
        let read = self.loader.read(path).and_then(|bytes| {
            String::from_utf8(bytes)
                .map_err(|error| format!("it is not UTF-8 text from byte {} on", error.utf8_error().valid_up_to()))
        });
        read.map_err(|reason| self.unreadable(path, reason, used)).ok()
    }

    fn unreadable(&mut self, path: &str, reason: String, used: Option<Place>) {
        self.loaded.unread = true;
        self.report(ResolveError::Unreadable { path: path.to_string(), reason, span: span_of(used) }, used);
    }

    fn recursive(&mut self, path: &str, used: Option<Place>) {
        let start = self.open.iter().position(|open| open == path).unwrap_or(0);
        let chain: Vec<&str> = self.open[start..].iter().map(String::as_str).chain([path]).collect();
        let chain = chain.join(" uses ");
        self.report(ResolveError::RecursiveUse { chain, span: span_of(used) }, used);
    }

    fn second_space(&mut self, path: &str, used: Option<Place>) {
        self.report(ResolveError::UsedTwice { path: path.to_string(), span: span_of(used) }, used);
    }

    fn unknown_module(&mut self, name: &str, used: Option<Place>) {
        let modules: BTreeSet<&str> = prelude::MODULES.iter().map(|(module, _)| *module).collect();
        let help = match nearest(name, modules.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the library has {}", modules.into_iter().collect::<Vec<_>>().join(", ")),
        };
        let what = "module".to_string();
        self.report(ResolveError::Unknown { what, name: name.to_string(), help, span: span_of(used) }, used);
    }

    fn report(&mut self, error: ResolveError, used: Option<Place>) {
        let mut problem = Problem::new(used.map_or(SourceId(0), |place| place.source), &error);
        if used.is_none() {
            problem.labels.clear();
        }
        self.loaded.problems.push(problem);
    }
}

/// What a file needs.
enum Need {
    File(Span, Option<Span>),
    Library(Span),
    Data(Span),
}

fn span_of(place: Option<Place>) -> Span {
    place.map_or(Span::default(), |place| place.span)
}
