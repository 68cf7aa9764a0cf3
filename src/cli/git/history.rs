//! Who changed what, and when: `git log` and `git blame`.

use std::collections::BTreeMap;

use crate::cli::failure::Failure;

use super::{Git, Revision, run};

/// A commit, as histories show it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Commit {
    pub hash: String,
    /// The hash of all its files.
    pub tree: String,
    /// The day of the author.
    pub date: String,
    pub author: String,
    pub subject: String,
    /// When it was written, in seconds since 1970.
    pub time: i64,
}

impl Commit {
    /// The first letters of the hash.
    pub fn short(&self) -> &str {
        self.hash.get(..7).unwrap_or(&self.hash)
    }
}

/// Which commit every line of a file is from.
#[derive(Debug, Clone, Default)]
pub struct Blamed {
    commits: BTreeMap<String, Commit>,
    lines: BTreeMap<usize, String>,
}

impl Blamed {
    /// The commit of a line, counted from 1.
    pub fn line(&self, number: usize) -> Option<&Commit> {
        self.commits.get(self.lines.get(&number)?)
    }
}

impl Git {
    /// The commits up to a revision that touch any of some paths, the newest first, at most so many.
    pub fn log(&self, upto: &str, paths: &[String], most: usize) -> Result<Vec<Commit>, Failure> {
        let most = format!("--max-count={most}");
        let form = "--format=%H%x1f%T%x1f%as%x1f%an%x1f%at%x1f%s";
        let mut words = vec!["log", "--no-color", "--date-order", &most, form, "--end-of-options", upto, "--"];
        words.extend(paths.iter().map(String::as_str));
        match run(&self.top, &words)? {
            Ok(text) => Ok(text.lines().filter_map(commit).collect()),
            Err(_) => Err(self.unknown(upto)?),
        }
    }

    /// The commit of each line of a file, of a revision or as it is on the disk; nothing if git does not know the file.
    pub fn blame(&self, path: &str, revision: Option<&Revision>) -> Result<Option<Blamed>, Failure> {
        let mut words = vec!["blame", "--no-textconv", "--porcelain"];
        words.extend(revision.map(|revision| revision.commit.as_str()));
        words.extend(["--", path]);
        Ok(run(&self.top, &words)?.ok().map(|text| blamed(&text)))
    }
}

fn commit(line: &str) -> Option<Commit> {
    let mut fields = line.split('\u{1f}').map(str::to_string);
    let (hash, tree) = (fields.next()?, fields.next()?);
    let (date, author) = (fields.next()?, fields.next()?);
    let time = fields.next()?.parse().unwrap_or(0);
    Some(Commit { hash, tree, date, author, time, subject: fields.next()? })
}

/// What `git blame --porcelain` prints: a head for each line, with the commit's fields where it is met first.
fn blamed(text: &str) -> Blamed {
    let mut all = Blamed::default();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('\t')) {
        let (key, rest) = line.split_once(' ').unwrap_or((line, ""));
        let known = all.commits.entry(current.clone());
        match key {
            "author" => known.or_default().author = rest.to_string(),
            "author-time" => known.or_default().time = rest.parse().unwrap_or(0),
            "author-tz" => {
                let commit = known.or_default();
                commit.date = day(commit.time + offset(rest));
            }
            "summary" => known.or_default().subject = rest.to_string(),
            _ if key.len() >= 40 && key.chars().all(|letter| letter.is_ascii_hexdigit()) => {
                current = key.to_string();
                all.commits.entry(current.clone()).or_default().hash = current.clone();
                let number = rest.split(' ').nth(1).and_then(|number| number.parse().ok());
                all.lines.extend(number.map(|number| (number, current.clone())));
            }
            _ => {}
        }
    }
    all.commits.remove("");
    all
}

/// The day of a number of seconds.
fn day(seconds: i64) -> String {
    let start = jiff::civil::date(1970, 1, 1);
    let date = start.checked_add(jiff::Span::new().days(seconds.div_euclid(86_400)));
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// The seconds of a time zone such as `+0800`.
fn offset(zone: &str) -> i64 {
    let number: i64 = zone.parse().unwrap_or(0);
    (number / 100) * 3_600 + (number % 100) * 60
}
