//! Repositories of an odd shape: every command ends in an answer or in a clear message, and reads nothing outside of them.

use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::book::put;
use crate::repositories::{commit, git, repository};
use crate::run::scn;
use crate::surface::Surface;

const SECRET: &str = "zz_the_secret_of_another_folder";

const COMMANDS: [&str; 8] = [
    "review main b",
    "review b",
    "review HEAD~1..HEAD b",
    "log b",
    "log b co.payout --no-cache",
    "blame b co.value",
    "lock b",
    "stale b --all",
];

/// A way of making a repository odd: where its commands are run then.
type Odd = fn(&Path) -> PathBuf;

const ODD: [(&str, Odd); 19] = [
    ("shallow", shallow),
    ("bare", bare),
    ("a second work tree", second_tree),
    ("detached", detached),
    ("unborn", unborn),
    ("an orphan branch", orphan),
    ("a merge commit", merged),
    ("an octopus", octopus),
    ("a deleted book", deleted),
    ("a changed mode", mode),
    ("a link in a revision", linked),
    ("a folder that was a file", folder),
    ("names of other letters", latin),
    ("a replaced commit", replaced),
    ("a graft", grafted),
    ("a lost object", lost),
    ("a broken index", broken),
    ("a locked index", locked),
    ("alternates and a foreign git folder", alternates),
];

/// Every odd repository, and every command.
pub fn attack(surface: &mut Surface) {
    for (name, odd) in ODD {
        let folder = tempfile::tempdir().expect("a folder");
        put(folder.path(), "secret.scn", format!("scn 1\n# {SECRET}\noutput {SECRET}\n"));
        let here = folder.path().join("r");
        repository(&here);
        let place = odd(&here);
        for command in COMMANDS {
            let words: Vec<&str> = command.split(' ').collect();
            let what = format!("{name}, scn {command}");
            let ran = scn(&place, &words);
            surface.ran(&what, &ran);
            let said = ran.said();
            if said.contains(SECRET) {
                surface.found(&what, &format!("it shows what it may not read: {said}"));
            }
            if ran.code() == 2 && !said.contains("error:") && !said.contains("severity") && !said.contains("::") {
                surface.found(&what, &format!("it does not say why: {said:?}"));
            }
        }
    }
}

fn shallow(here: &Path) -> PathBuf {
    let from = format!("file://{}", here.display());
    git(here, &["clone", "-q", "--depth", "1", &from, "../shallow"]);
    here.with_file_name("shallow")
}

fn bare(here: &Path) -> PathBuf {
    git(here, &["clone", "-q", "--bare", ".", "../bare"]);
    std::fs::create_dir_all(here.with_file_name("bare").join("b")).expect("a folder");
    std::fs::copy(here.join("b/book.scn"), here.with_file_name("bare").join("b/book.scn")).expect("a file");
    here.with_file_name("bare")
}

fn second_tree(here: &Path) -> PathBuf {
    git(here, &["worktree", "add", "-q", "../second", "side"]);
    here.with_file_name("second")
}

fn detached(here: &Path) -> PathBuf {
    git(here, &["checkout", "-q", "-f", "--detach", "HEAD~1"]);
    git(here, &["branch", "-D", "-q", "main"]);
    here.to_path_buf()
}

fn unborn(here: &Path) -> PathBuf {
    std::fs::remove_dir_all(here.join(".git")).expect("a folder");
    git(here, &["init", "-q", "-b", "main"]);
    here.to_path_buf()
}

fn orphan(here: &Path) -> PathBuf {
    git(here, &["checkout", "-q", "-f", "--orphan", "other"]);
    commit(here, "t", "without a past");
    here.to_path_buf()
}

fn merged(here: &Path) -> PathBuf {
    git(here, &["stash", "-q"]);
    git(here, &["switch", "-q", "side"]);
    put(here, "b/data/asp.csv", "name,asp,note\nc1,55,\"x\"\nc2,60,plain\n");
    commit(here, "t", "on the side");
    git(here, &["switch", "-q", "main"]);
    git(here, &["merge", "-q", "--no-edit", "side"]);
    here.to_path_buf()
}

fn octopus(here: &Path) -> PathBuf {
    git(here, &["stash", "-q"]);
    for name in ["one", "two", "three"] {
        git(here, &["switch", "-q", "-c", name, "main"]);
        put(here, &format!("b/{name}.txt"), name);
        commit(here, "t", name);
    }
    git(here, &["switch", "-q", "main"]);
    git(here, &["merge", "-q", "--no-edit", "one", "two", "three"]);
    here.to_path_buf()
}

fn deleted(here: &Path) -> PathBuf {
    git(here, &["rm", "-q", "-rf", "b"]);
    commit(here, "t", "away");
    git(here, &["checkout", "-q", "HEAD~1", "--", "b"]);
    commit(here, "t", "back");
    std::fs::remove_file(here.join("b/data/asp.csv")).expect("a file");
    here.to_path_buf()
}

fn mode(here: &Path) -> PathBuf {
    git(here, &["update-index", "--chmod=+x", "b/book.scn"]);
    git(here, &["commit", "-q", "-m", "mode"]);
    here.to_path_buf()
}

fn linked(here: &Path) -> PathBuf {
    let text = std::fs::read_to_string(here.join("b/book.scn")).expect("a book");
    put(here, "b/book.scn", format!("{text}use \"more.scn\"\n"));
    symlink("../../secret.scn", here.join("b/more.scn")).expect("a link");
    commit(here, "t", "a link");
    std::fs::remove_file(here.join("b/more.scn")).expect("a link");
    put(here, "b/more.scn", "scn 1\n");
    here.to_path_buf()
}

fn folder(here: &Path) -> PathBuf {
    let text = std::fs::read(here.join("b/book.scn")).expect("a book");
    std::fs::remove_file(here.join("b/book.scn")).expect("a file");
    put(here, "b/book.scn/book.scn", &text);
    commit(here, "t", "a folder");
    std::fs::remove_dir_all(here.join("b/book.scn")).expect("a folder");
    put(here, "b/book.scn", &text);
    here.to_path_buf()
}

fn latin(here: &Path) -> PathBuf {
    let name = std::ffi::OsStr::from_bytes(b"b/caf\xe9.scn");
    std::fs::write(here.join(name), "scn 1\nderive cafe = 1\n").expect("a file");
    put(here, "b/a\nb\t\"c\".scn", "scn 1\n");
    put(here, "b/名.csv", "x\n");
    commit(here, "t", "names");
    here.to_path_buf()
}

fn replaced(here: &Path) -> PathBuf {
    git(here, &["replace", "HEAD", "HEAD~1"]);
    here.to_path_buf()
}

fn grafted(here: &Path) -> PathBuf {
    let head = git(here, &["rev-parse", "HEAD"]);
    put(here, ".git/info/grafts", format!("{head}\n"));
    here.to_path_buf()
}

fn lost(here: &Path) -> PathBuf {
    let blob = git(here, &["rev-parse", "HEAD~1:b/book.scn"]);
    std::fs::remove_file(here.join(".git/objects").join(&blob[..2]).join(&blob[2..])).expect("an object");
    here.to_path_buf()
}

fn broken(here: &Path) -> PathBuf {
    put(here, ".git/index", "no index");
    here.to_path_buf()
}

fn locked(here: &Path) -> PathBuf {
    put(here, ".git/index.lock", "");
    here.to_path_buf()
}

fn alternates(here: &Path) -> PathBuf {
    let other = here.with_file_name("other");
    std::fs::create_dir_all(&other).expect("a folder");
    git(&other, &["init", "-q", "-b", "main"]);
    put(here, ".git/objects/info/alternates", format!("{}\n../../nowhere\n", other.join(".git/objects").display()));
    here.to_path_buf()
}
