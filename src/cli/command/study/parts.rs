//! `--merge`: parts of a run, read from the files they were written to.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::study::Part;

use super::super::super::disk;
use super::super::super::failure::Failure;

/// The part in each file.
pub fn read(paths: &[PathBuf]) -> Result<Vec<Part>, Failure> {
    paths.iter().map(|path| one(path)).collect()
}

fn one(path: &Path) -> Result<Part, Failure> {
    let text = disk::read_text(path)?;
    let whole: Result<Value, _> = serde_json::from_str(&text);
    let part = whole.ok().and_then(|mut whole| whole.get_mut("part").map(Value::take));
    part.and_then(|part| serde_json::from_value(part).ok()).ok_or_else(|| {
        let message = format!("`{}` holds no part of a run", disk::shown(path));
        Failure::asked(message, "write one with `scn study BOOK NAME --shard 1/8 --format json -o 1.json`")
    })
}
