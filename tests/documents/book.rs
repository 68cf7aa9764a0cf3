//! The blocks of a section as a book in memory, and where each of its lines stands on the page.

use std::collections::{BTreeMap, BTreeSet};

use scn::resolve::Loader;

use crate::page::{Block, Page, Section};

/// The path of the root file.
pub const ROOT: &str = "book.scn";

/// A book made of blocks.
#[derive(Debug)]
pub struct Book<'p> {
    /// Path to text, the root among them.
    pub files: BTreeMap<String, String>,
    /// For each line of the root, from 0, the line of the page it stands on.
    pub places: Vec<Option<usize>>,
    /// The blocks of the root, each with the `text` block that states its problems.
    pub blocks: Vec<(&'p Block, Option<&'p Block>)>,
    /// The `markdown` blocks of the section: what its reports read.
    pub reports: Vec<&'p Block>,
    /// The `answer` blocks of the section: what its studies find.
    pub answers: Vec<&'p Block>,
    /// The code that a page of docs/errors is about, if this is its first example.
    pub about: Option<String>,
}

impl Loader for Book<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let text = self.files.get(path).ok_or_else(|| format!("`{path}` does not exist"))?;
        Ok(text.clone().into_bytes())
    }
}

/// The books of a section: blocks join until one starts with `scn 1` or defines a name again; on pages of problems each
/// block stands alone.
pub fn books<'p>(page: &Page, section: &'p Section, preamble: &str) -> Vec<Book<'p>> {
    let alone = page.name.starts_with("errors/");
    let mut groups: Vec<Vec<(&Block, Option<&Block>)>> = Vec::new();
    for (at, block) in section.blocks.iter().enumerate() {
        if !matches!(&*block.info, "scn" | "scn whole") {
            continue;
        }
        let next = section.blocks.get(at + 1).filter(|next| next.follows && next.language() == "text");
        match groups.last_mut() {
            Some(group) if !alone && goes_on(group, block) => group.push((block, next)),
            _ => groups.push(vec![(block, next)]),
        }
    }
    let common: String =
        page.blocks().filter(|block| block.info == "scn page").map(|block| block.text.as_str()).collect();
    let mut books: Vec<Book> = groups.into_iter().map(|blocks| joined(section, blocks, &common, preamble)).collect();
    if let Some(first) = books.first_mut().filter(|_| alone && first_with_example(page, section)) {
        first.about = page.name.strip_prefix("errors/").map(|stem| stem.replacen('-', "::", 1));
    }
    books
}

/// Whether a block belongs to the file of those before it.
fn goes_on(group: &[(&Block, Option<&Block>)], block: &Block) -> bool {
    let defined: BTreeSet<&str> = group.iter().flat_map(|(before, _)| names(&before.text)).collect();
    !begins_a_file(block) && names(&block.text).all(|name| !defined.contains(name))
}

/// What the lines in column 0 define: a name, or `calendar` and `model`.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(name_in)
}

fn begins_a_file(block: &Block) -> bool {
    block.info == "scn whole" || block.text.trim_start().starts_with("scn 1")
}

fn first_with_example(page: &Page, section: &Section) -> bool {
    let has_example = |section: &&Section| section.blocks.iter().any(|block| block.language() == "scn");
    page.sections.iter().find(has_example).is_some_and(|first| std::ptr::eq(first, section))
}

fn joined<'p>(
    section: &'p Section,
    blocks: Vec<(&'p Block, Option<&'p Block>)>,
    common: &str,
    preamble: &str,
) -> Book<'p> {
    let mut text = String::new();
    let mut places = Vec::new();
    let is_whole = blocks.first().is_some_and(|(block, _)| begins_a_file(block));
    if !is_whole {
        text += "scn 1\n";
        places.push(None);
    }
    for (block, _) in &blocks {
        text += &block.text;
        places.extend((0..block.text.lines().count()).map(|at| Some(block.line + at)));
    }
    text += if is_whole { "" } else { common };
    let mut files = BTreeMap::new();
    for block in &section.blocks {
        if let Some(path) = block.file() {
            *files.entry(path.to_string()).or_default() += block.text.as_str();
        }
    }
    if !is_whole {
        let all: String = files.values().map(String::as_str).chain([text.as_str()]).collect::<Vec<_>>().join("\n");
        text += &needed(preamble, &all);
    }
    files.insert(ROOT.to_string(), text);
    let reports = section.blocks.iter().filter(|block| block.language() == "markdown").collect();
    let answers = section.blocks.iter().filter(|block| block.language() == "answer").collect();
    Book { files, places, blocks, reports, answers, about: None }
}

fn name_in(line: &str) -> Option<&str> {
    const PREFIXES: [&str; 8] = ["given", "assume", "derive", "flow", "stock", "ratio", "rate", "price"];
    const NAMELESS: [&str; 11] =
        ["also", "over", "use", "fx", "table", "data", "check", "alert", "reconcile", "output", "report"];
    let mut rest = line;
    let mut is_line = false;
    loop {
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let before_name = after.trim_start().starts_with(|letter: char| letter.is_alphabetic());
        match word {
            "" => return None,
            "calendar" | "model" => return Some(word),
            _ if NAMELESS.contains(&word) => return None,
            _ if PREFIXES.contains(&word) && before_name => is_line = true,
            _ if is_line || !before_name => return Some(word),
            _ => is_line = true,
        }
        rest = after.trim_start();
    }
}

/// The lines of the preamble that a text does not bring itself and, of sources, those it names.
fn needed(preamble: &str, text: &str) -> String {
    let declares = |start: &str| text.lines().any(|line| line.starts_with(start));
    let mentions =
        |name: &str| text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == name);
    let is_needed = |line: &&str| {
        let mut words = line.split_whitespace();
        match (words.next(), words.next()) {
            (Some("source"), Some(name)) => mentions(name) && !declares(&format!("source {name} ")),
            (Some("scn") | None, _) => false,
            (Some(item), _) => !declares(&format!("{item} ")),
        }
    };
    preamble.lines().filter(is_needed).map(|line| format!("{line}\n")).collect()
}
