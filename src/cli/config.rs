//! `scn.yaml`: what a repository says once for every run.

use std::path::{Path, PathBuf};

use crate::data::settings;
use crate::text::nearest;

use super::args::When;
use super::disk;
use super::failure::Failure;

/// The settings of the nearest `scn.yaml`.
#[derive(Debug, Default)]
pub struct Config {
    pub deny: Vec<String>,
    pub allow: Vec<String>,
    pub colour: Option<When>,
}

const KEYS: [&str; 3] = ["deny", "allow", "colour"];

/// Reads the nearest `scn.yaml` from a directory upward, at most to the root of its git repository.
pub fn find(from: &Path) -> Result<Config, Failure> {
    let start = from.canonicalize().unwrap_or_else(|_| from.to_path_buf());
    for folder in start.ancestors() {
        let path = folder.join("scn.yaml");
        if path.is_file() {
            return read(&path);
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    Ok(Config::default())
}

fn read(path: &Path) -> Result<Config, Failure> {
    let unreadable = |reason: String| disk::error_of("read", path, reason);
    let bytes = disk::read(path).map_err(unreadable)?;
    let all = settings(&bytes).map_err(|error| unreadable(error.to_string()))?;
    let mut config = Config::default();
    for (key, words) in all {
        match key.as_str() {
            "deny" => config.deny = words,
            "allow" => config.allow = words,
            "colour" => config.colour = Some(colour(path, words.first().map_or("", String::as_str))?),
            other => return Err(unknown(path, other)),
        }
    }
    Ok(config)
}

fn colour(path: &Path, word: &str) -> Result<When, Failure> {
    match word {
        "auto" => Ok(When::Auto),
        "always" => Ok(When::Always),
        "never" => Ok(When::Never),
        other => {
            let message = format!("`colour: {other}` in `{}` is not known", disk::shown(path));
            Err(Failure::asked(message, "say auto, always or never"))
        }
    }
}

fn unknown(path: &Path, key: &str) -> Failure {
    let help = match nearest(key, KEYS) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the settings are {}", KEYS.join(", ")),
    };
    Failure::asked(format!("`{}` has no setting `{key}`", disk::shown(path)), help)
}

/// The directory whose configuration a path is under.
pub fn folder_of(path: &Path) -> PathBuf {
    if path.is_dir() {
        return path.to_path_buf();
    }
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf()
}
