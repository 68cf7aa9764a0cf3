//! Charts as files: one, or several with a number each.

use std::path::{Path, PathBuf};

use crate::chart::{ChartSpec, svg};

use super::disk;
use super::draft;
use super::failure::Failure;
use super::terminal::Terminal;

/// Draws charts, then writes them: `moves.svg`, or `moves-1.svg` and so on; nothing is written if one cannot be drawn.
pub fn write<'c>(
    charts: impl Iterator<Item = &'c ChartSpec>,
    path: &Path,
    help: &str,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let drawn = charts.map(|chart| svg(chart).map_err(|error| Failure::asked(error.to_string(), help)));
    let pictures = drawn.collect::<Result<Vec<String>, Failure>>()?;
    let paths: Vec<PathBuf> = (0..pictures.len()).map(|at| numbered(path, at, pictures.len())).collect();
    let files: Vec<(&Path, &[u8])> =
        paths.iter().zip(&pictures).map(|(path, picture)| (&**path, picture.as_bytes())).collect();
    draft::write_all(&files)?;
    paths.iter().for_each(|path| terminal.summary(&format!("wrote {}", disk::shown(path))));
    Ok(())
}

fn numbered(path: &Path, at: usize, count: usize) -> PathBuf {
    if count == 1 {
        return path.to_path_buf();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let end = path.extension().map_or("svg".into(), |end| end.to_string_lossy());
    path.with_file_name(format!("{stem}-{}.{end}", at + 1))
}
