//! `load`: the root file, what it uses, the library modules it names, and the bytes of its data items.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::Problem;
use crate::syntax::ast;
use crate::text::{SourceId, Sources};

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
}

/// Every file of a book, read.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    pub sources: Sources,
    /// In the order of use, the root first.
    pub files: Vec<LoadedFile>,
    /// What `data` items name, by path.
    pub data: BTreeMap<String, Vec<u8>>,
    /// Of reading files and of their syntax.
    pub problems: Vec<Problem>,
    /// The date to read the book as of, instead of the model's own.
    pub as_of: Option<Date>,
}

/// Reads a root file and everything it uses.
pub fn load(_root_path: &str, _loader: &dyn Loader) -> Loaded {
    Loaded::default()
}
