//! What is the same in every book: codes, modules of the library, built-in functions.

use crate::builtin::{Entry, TABLE};
use crate::diagnostic::{PAGES, page};
use crate::resolve::MODULES;

/// The page of a code, the text of a module, the entry of a built-in function.
pub fn everywhere(word: &str) -> Option<String> {
    let code = page(word).map(str::to_string);
    let module = || MODULES.iter().find(|(name, _)| *name == word).map(|(_, text)| text.to_string());
    let builtin = || TABLE.iter().find(|entry| entry.name == word).map(entry);
    code.or_else(module).or_else(builtin)
}

/// Every word that `everywhere` knows.
pub fn names() -> impl Iterator<Item = &'static str> {
    let codes = PAGES.iter().map(|(code, _)| *code);
    let modules = MODULES.iter().map(|(name, _)| *name);
    codes.chain(modules).chain(TABLE.iter().map(|entry| entry.name))
}

fn entry(entry: &Entry) -> String {
    let (example, value) = entry.example;
    format!("{}\n\n  {}\n\n  {example}  =  {value}\n", entry.signature, entry.sentence)
}
