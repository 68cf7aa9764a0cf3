//! The files that reports come to: each page, its charts beside it, and charts on disk that no page shows any more.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::model::ReportItem;
use crate::report::{Picture, Rendered};

use super::super::super::disk;
use super::super::super::failure::Failure;

/// A file of a report; its last line says that it is one.
pub struct File<'a> {
    pub path: PathBuf,
    pub text: Cow<'a, str>,
}

/// Every page with its charts, in the order of the reports; two of them in one file are refused.
pub fn files<'a>(folder: &Path, items: &[&ReportItem], all: &'a [Rendered]) -> Result<Vec<File<'a>>, Failure> {
    let mut files = Vec::new();
    let mut taken = BTreeSet::new();
    for (item, rendered) in items.iter().zip(all) {
        let page = folder.join(&*item.to);
        let beside = page.parent().unwrap_or(folder).to_path_buf();
        if !taken.insert(on_disk(&page)) {
            return Err(twice(item, "page", &item.to));
        }
        files.push(File { path: page, text: rendered.page(&item.name).into() });
        for picture in &rendered.pictures {
            let path = beside.join(&picture.file);
            if !taken.insert(on_disk(&path)) {
                return Err(twice(item, "chart", &picture.file));
            }
            files.push(File { path, text: picture.svg.as_str().into() });
        }
    }
    Ok(files)
}

/// Charts that an earlier run of these reports wrote and that none of them shows now.
pub fn unused(folder: &Path, items: &[&ReportItem], files: &[File]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for item in items {
        let (page, mark) = (folder.join(&*item.to), Picture::mark(&item.name));
        let prefix = Picture::prefix(&item.to);
        let is_own = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(&prefix) && disk::read_text(path).is_ok_and(|text| text.ends_with(&mark))
        };
        let beside = disk::files_in(page.parent().unwrap_or(folder), "svg").unwrap_or_default();
        let idle = beside.into_iter().filter(|path| files.iter().all(|file| file.path != *path));
        found.extend(idle.filter(is_own));
    }
    found
}

/// Refuses to write through a link, or over a file that no report of scn was.
pub fn refuse_strangers(folder: &Path, files: &[File]) -> Result<(), Failure> {
    files.iter().try_for_each(|file| {
        let below = file.path.strip_prefix(folder).unwrap_or(&file.path);
        let on_the_way = below.ancestors().filter(|part| !part.as_os_str().is_empty()).map(|part| folder.join(part));
        if let Some(link) = on_the_way.into_iter().find(|path| path.is_symlink()) {
            let message = format!("`{}` is a link, and reports are not written through links", disk::shown(&link));
            return Err(Failure::asked(message, "put a folder or nothing in its place"));
        }
        match disk::read_text(&file.path) {
            _ if !file.path.exists() => Ok(()),
            Ok(old) if is_ours(&old) || is_same(&old, &file.text) => Ok(()),
            _ => {
                let message = format!("`{}` is there already, and scn did not write it", disk::shown(&file.path));
                Err(Failure::asked(message, "move it away, or name another file in the report's `to`"))
            }
        }
    })
}

/// Whether a page says the same without its last line, as one does that was written before pages had it.
fn is_same(old: &str, new: &str) -> bool {
    let unmarked = new.trim_end().rsplit_once('\n').map_or("", |(text, _)| text);
    old.trim_end() == unmarked.trim_end()
}

/// Whether a text ends as every report and every picture of one does.
fn is_ours(text: &str) -> bool {
    text.trim_end().lines().last().is_some_and(|line| line.starts_with("<!-- scn report ") && line.ends_with(" -->"))
}

/// A path as a disk takes it that tells no capitals apart.
fn on_disk(path: &Path) -> String {
    let parts = path.components().filter(|part| !matches!(part, Component::CurDir));
    parts.collect::<PathBuf>().to_string_lossy().to_lowercase()
}

fn twice(item: &ReportItem, what: &str, file: &str) -> Failure {
    Failure::asked(
        format!("report `{}` would write the {what} `{file}` that another report writes", item.name),
        format!("give one of the two {what}s another name"),
    )
}
