//! A page of Markdown: its sections, and the fenced blocks in them.

use std::path::{Path, PathBuf};

/// One document.
#[derive(Debug)]
pub struct Page {
    pub path: PathBuf,
    /// `language/time`, `errors/units-mismatch`, `README`
    pub name: String,
    pub text: String,
    pub sections: Vec<Section>,
}

/// What stands under one heading.
#[derive(Debug)]
pub struct Section {
    pub title: String,
    pub blocks: Vec<Block>,
}

/// One fenced block.
#[derive(Debug)]
pub struct Block {
    /// What stands behind the opening fence.
    pub info: String,
    pub text: String,
    /// The line of the page, from 1, that its text begins on.
    pub line: usize,
    /// Whether only blank lines stand between the block before and this one.
    pub follows: bool,
}

impl Block {
    /// The first word behind the fence.
    pub fn language(&self) -> &str {
        self.info.split_whitespace().next().unwrap_or("")
    }

    /// The path in `file=path`.
    pub fn file(&self) -> Option<&str> {
        self.info.split_whitespace().find_map(|word| word.strip_prefix("file="))
    }
}

/// Lines of a page that should read otherwise.
#[derive(Debug)]
pub struct Edit {
    pub first: usize,
    pub count: usize,
    pub text: String,
}

impl Page {
    /// Reads a page of this repository.
    pub fn read(path: &Path) -> Page {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.with_extension("").to_string_lossy().trim_start_matches("docs/").to_string();
        Page { path: path.to_path_buf(), name, sections: sections(&text), text }
    }

    /// Every block in order.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.sections.iter().flat_map(|section| &section.blocks)
    }

    /// Writes the page with other lines in some places.
    pub fn write(&self, mut edits: Vec<Edit>) {
        let mut lines: Vec<String> = self.text.lines().map(str::to_string).collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.first));
        for edit in edits {
            let at = edit.first - 1;
            lines.splice(at..at + edit.count, edit.text.lines().map(str::to_string));
        }
        std::fs::write(&self.path, lines.join("\n") + "\n").expect("a page that can be written");
    }
}

fn sections(text: &str) -> Vec<Section> {
    let mut sections = vec![Section { title: String::new(), blocks: Vec::new() }];
    let mut open: Option<Block> = None;
    let mut only_blanks = false;
    for (at, line) in text.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some(_)) => {
                let section = sections.last_mut().expect("at least one section");
                section.blocks.extend(open.take());
                only_blanks = true;
            }
            (Some(block), None) => block.text += &format!("{line}\n"),
            (None, Some(info)) => open = Some(begun(info, at + 2, only_blanks)),
            (None, None) if line.starts_with('#') => {
                let title = line.trim_start_matches('#').trim().to_string();
                sections.push(Section { title, blocks: Vec::new() });
                only_blanks = false;
            }
            (None, None) => only_blanks &= line.trim().is_empty(),
        }
    }
    sections
}

fn begun(info: &str, line: usize, follows: bool) -> Block {
    Block { info: info.trim().to_string(), text: String::new(), line, follows }
}
