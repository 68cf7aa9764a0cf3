//! What is the same in every book: codes, modules of the library, built-in functions.

use serde::Serialize;

use crate::builtin::{Entry, TABLE};
use crate::diagnostic::{PAGES, page};
use crate::resolve::MODULES;

use super::Explained;

/// A code of a problem and its page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Code {
    pub code: String,
    /// Markdown.
    pub page: String,
}

/// A module of the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Module {
    pub name: String,
    /// As it is written.
    pub text: String,
}

/// A built-in function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Builtin {
    pub name: String,
    pub signature: String,
    pub sentence: String,
    pub example: String,
    /// What the example comes to.
    pub result: String,
}

/// The page of a code, the text of a module, the entry of a built-in function.
pub fn everywhere(word: &str) -> Option<Explained> {
    let code = page(word).map(|page| Explained::Code(Code { code: word.to_string(), page: page.to_string() }));
    let module = || MODULES.iter().find(|(name, _)| *name == word).map(|(name, text)| module(name, text));
    let builtin = || TABLE.iter().find(|entry| entry.name == word).map(builtin);
    code.or_else(module).or_else(builtin)
}

/// Every word that is explained without a book.
pub fn everywhere_names() -> impl Iterator<Item = &'static str> {
    let codes = PAGES.iter().map(|(code, _)| *code);
    let modules = MODULES.iter().map(|(name, _)| *name);
    codes.chain(modules).chain(TABLE.iter().map(|entry| entry.name))
}

fn module(name: &str, text: &str) -> Explained {
    Explained::Module(Module { name: name.to_string(), text: text.to_string() })
}

fn builtin(entry: &Entry) -> Explained {
    let (example, result) = entry.example;
    Explained::Builtin(Builtin {
        name: entry.name.to_string(),
        signature: entry.signature.to_string(),
        sentence: entry.sentence.to_string(),
        example: example.to_string(),
        result: result.to_string(),
    })
}
