//! Every place of the language and of the command that names a file, with every way out of the folder: nothing outside is read or
//! written, and nothing of git.

use std::collections::BTreeMap;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::book::put;
use crate::run::{Ran, scn};
use crate::surface::Surface;

const SECRET: &str = "the_secret_of_another_folder";
const SECOND: &str = "zz9";
const HEAD: &str = "scn 1\nmodel m \"M\" { currency CNY, as_of 2026-03-31, owner li.wei }\nsource s \"A paper\" = document \"d\" dated 2026-03-01\n\
    given price = 5 CNY from s\noutput price\nassume k = 1 range 0..2 by li.wei because \"r\"\ntornado t of k * 2\n";

/// A place that names a file: its lines in the book with `§` for the name, and the command that goes there.
struct Place {
    what: &'static str,
    lines: &'static str,
    template: &'static str,
    words: &'static str,
    /// What the file would be, so that a way out that is taken shows.
    ending: &'static str,
}

const fn place(
    what: &'static str,
    lines: &'static str,
    template: &'static str,
    words: &'static str,
    ending: &'static str,
) -> Place {
    Place { what, lines, template, words, ending }
}

const DATA: &str =
    "kind k { in optional x: text }\ndata d = csv \"§\" for k by \"id\" from s { given x = \"x\" }\noutput price\n";
const YAML: &str = "kind k { in optional x: text }\ndata d = yaml \"§\" for k by \"id\" from s { given x = \"x\" }\n";

/// Places that read.
const READ: [Place; 9] = [
    place("use", "use \"§\"\n", "", "eval inner", "scn"),
    place("data csv", DATA, "", "eval inner k --case all", "csv"),
    place("data yaml", YAML, "", "eval inner k --case all", "yaml"),
    place("template", "report r template \"§\" to \"r.md\"\n", "", "report inner --output -", "j2"),
    place(
        "include",
        "report r template \"t.md.j2\" to \"r.md\"\n",
        "{% include \"§\" %}",
        "report inner --output -",
        "j2",
    ),
    place(
        "include at will",
        "report r template \"t.md.j2\" to \"r.md\"\n",
        "{% include [\"§\", \"x\"] ignore missing %}",
        "report inner --output -",
        "j2",
    ),
    place(
        "import",
        "report r template \"t.md.j2\" to \"r.md\"\n",
        "{% import \"§\" as x %}{{ x }}",
        "report inner --output -",
        "j2",
    ),
    place(
        "extends",
        "report r template \"t.md.j2\" to \"r.md\"\n",
        "{% extends \"§\" %}",
        "report inner --output -",
        "j2",
    ),
    place("source file", "source f \"F\" = file \"§\" dated 2026-03-01\ngiven b = 1 from f\n", "", "lock inner", "txt"),
];

/// Places that write what the book names.
const WRITE: [Place; 2] = [
    place("report to", "report r template \"t.md.j2\" to \"§\"\n", "The price is {{ price }}.\n", "report inner", "md"),
    place(
        "chart",
        "report r template \"t.md.j2\" to \"r.md\"\n",
        "{{ chart.study(\"§\", \"t\") }}\n",
        "report inner",
        "svg",
    ),
];

/// Names of files by which somebody might get out, or hold a run up; `E` is the ending that the place wants.
const NAMES: [&str; 44] = [
    "OUT/secret.E",
    "../secret.E",
    "../../secret.E",
    "x/../../secret.E",
    "./../secret.E",
    "..//secret.E",
    "inner/../../secret.E",
    "link.E",
    "folder/secret.E",
    "dangling.E",
    "up.E",
    "loop.E",
    "pipe.E",
    "socket.E",
    "/dev/zero",
    "/dev/stdin",
    "/dev/fd/0",
    "/proc/self/environ",
    "/proc/self/fd/0",
    ".hidden.E",
    ".hidden/secret.E",
    ".git/config",
    ".GIT/config",
    ".git/HEAD",
    "x/.git/config",
    "secret.E.",
    "secret.E ",
    "CON",
    "nul.E",
    "COM1.E",
    "aux",
    "C:\\secret.E",
    "..\\secret.E",
    "\\\\host\\share\\secret.E",
    "a\u{0}b.E",
    "a\\nb.E",
    "LONG",
    "DEEP",
    "is_a_folder.E",
    "",
    ".",
    "..",
    "~/secret.E",
    "file:///etc/passwd",
];

/// Every place with every name.
pub fn attack(surface: &mut Surface) {
    let places = READ.iter().map(|place| (place, false)).chain(WRITE.iter().map(|place| (place, true)));
    for (at, (place, writes)) in places.enumerate() {
        // The short run tries every other name at each place, and the rest at the next.
        for name in
            NAMES.iter().skip(if surface.is_long() { 0 } else { at % 2 }).step_by(if surface.is_long() { 1 } else { 2 })
        {
            tried(surface, place, name, writes);
        }
    }
    flags(surface);
    hard_link(surface);
    raced(surface);
}

fn tried(surface: &mut Surface, place: &Place, name: &str, writes: bool) {
    let folder = Outside::new(place.ending);
    let name = folder.filled(name, place.ending);
    put(&folder.path(), "inner/book.scn", format!("{HEAD}{}", place.lines.replace('§', &name)));
    put(&folder.path(), "inner/templates/t.md.j2", place.template.replace('§', &name));
    let before = folder.seen();
    let words: Vec<&str> = place.words.split(' ').collect();
    let what = format!("{} {}", place.what, name.chars().take(60).collect::<String>().escape_debug());
    let ran = scn(&folder.path(), &words);
    folder.held(surface, &what, &ran, &before);
    // Of what is inside, only what scn wrote itself may be another file than before.
    if writes && std::fs::read_dir(folder.path().join("inner/.git")).is_ok_and(|files| files.count() != 2) {
        surface.found(&what, "something is written among the files of git");
    }
}

/// A folder that must not be looked into, with the book in `inner/` and links, pipes and sockets around it.
struct Outside(tempfile::TempDir, #[expect(dead_code, reason = "the sockets stay open")] Vec<UnixListener>);

impl Outside {
    fn new(ending: &str) -> Outside {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path();
        let secret = match ending {
            "scn" => format!("scn 1\nderive {SECRET} = 1\noutput {SECRET} \"{SECOND}{SECRET}\"\n"),
            "csv" => format!("id,x\n{SECRET},{SECOND}{SECRET}\n"),
            "yaml" => format!("- id: {SECRET}\n  x: {SECOND}{SECRET}\n"),
            _ => format!("{SECOND}{SECRET}\n"),
        };
        let inner = here.join("inner");
        for name in ["secret", "x/secret", "templates/secret"] {
            put(here, &format!("{name}.{ending}"), &secret);
        }
        for name in [
            format!("inner/.hidden.{ending}"),
            format!("inner/.hidden/secret.{ending}"),
            "inner/.git/config".to_string(),
        ] {
            put(here, &name, &secret);
        }
        put(here, "inner/.git/HEAD", &secret);
        put(here, "inner/x/y", "");
        let mut sockets = Vec::new();
        for base in ["inner", "inner/templates", "inner/reports"] {
            let base = here.join(base);
            std::fs::create_dir_all(base.join(format!("is_a_folder.{ending}"))).expect("a folder");
            let link = |to: &Path, name: &str| symlink(to, base.join(name)).expect("a link");
            link(&here.join(format!("secret.{ending}")), &format!("link.{ending}"));
            link(here, "folder");
            link(&here.join("nowhere"), &format!("dangling.{ending}"));
            link(Path::new(&format!("../../secret.{ending}")), &format!("up.{ending}"));
            link(Path::new(&format!("loop.{ending}")), &format!("loop.{ending}"));
            let made = Command::new("mkfifo").arg(base.join(format!("pipe.{ending}"))).status();
            assert!(made.is_ok_and(|status| status.success()));
            sockets.extend(UnixListener::bind(base.join(format!("socket.{ending}"))));
        }
        std::fs::set_permissions(inner, std::fs::Permissions::from_mode(0o755)).expect("a folder");
        Outside(folder, sockets)
    }

    fn path(&self) -> PathBuf {
        self.0.path().to_path_buf()
    }

    fn filled(&self, name: &str, ending: &str) -> String {
        match name {
            "LONG" => format!("{}.{ending}", "x".repeat(5_000)),
            "DEEP" => format!("{}secret.{ending}", "x/".repeat(3_000)),
            name if name.ends_with(".E") || name.contains(".E") => {
                name.replace(".E", &format!(".{ending}")).replace("OUT", &self.path().display().to_string())
            }
            name => name.to_string(),
        }
    }

    /// What is outside of the book, and what git has of it.
    fn seen(&self) -> BTreeMap<PathBuf, String> {
        let mut seen = everything(&self.path());
        seen.retain(|path, _| !path.starts_with(self.path().join("inner")) || path.to_string_lossy().contains("/.git"));
        seen
    }

    fn held(&self, surface: &mut Surface, what: &str, ran: &Ran, before: &BTreeMap<PathBuf, String>) {
        surface.ran(what, ran);
        if ran.said().contains(&format!("{SECOND}{SECRET}")) || ran.said().contains(&format!("{SECRET} =")) {
            surface.found(what, &format!("it shows what it may not read: {}", ran.said()));
        }
        let after = self.seen();
        let changed = before.iter().filter(|(path, held)| after.get(*path) != Some(*held)).map(|(path, _)| path);
        let new = after.keys().filter(|path| !before.contains_key(*path));
        if let Some(path) = changed.chain(new).next() {
            surface.found(what, &format!("`{}` is not as it was", path.display()));
        }
        for (path, held) in everything(&self.path().join("inner")) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if !path.to_string_lossy().contains("inner/.") && held.contains(SECRET) {
                surface.found(what, &format!("what may not be read is written into `{}`", path.display()));
            }
            if name.ends_with(".tmp") {
                surface.found(what, &format!("a draft is left: `{}`", path.display()));
            }
        }
    }
}

/// What is below a folder, each file with its bytes; links are not followed.
fn everything(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut all = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let (path, kind) = (entry.path(), entry.file_type().expect("a kind"));
            let held = if kind.is_file() { std::fs::read(&path).unwrap_or_default() } else { vec![] };
            all.insert(path.clone(), format!("{kind:?} {}", String::from_utf8_lossy(&held)));
            if kind.is_dir() {
                open.push(path);
            }
        }
    }
    all
}

/// Where the one who runs it names the file: any folder is his to name, but what is no plain file is refused, and a link stays one.
fn flags(surface: &mut Surface) {
    for name in [
        "pipe.md",
        "socket.md",
        "is_a_folder.md",
        "loop.md",
        "/dev/full",
        "no/such/../../x.md",
        "LONG",
        "a\nb.md",
        ".",
        "..",
        "",
    ] {
        for words in [
            "check inner -o §",
            "eval inner -o §",
            "reconcile inner -o §",
            "stale inner -o §",
            "study inner t -o §",
            "study inner t --chart §",
            "export sql inner t --dialect duckdb -o §",
            "eval inner --with §",
            "study inner --merge §",
            "fmt §",
            "merge § inner/book.scn inner/book.scn",
            "merge inner/book.scn § inner/book.scn --write",
            "check §",
            "lock §",
            "check inner --root §",
            "check - --stdin-filename §",
        ] {
            let folder = Outside::new("md");
            put(&folder.path(), "inner/book.scn", HEAD);
            let before = folder.seen();
            let name = if name.ends_with(".md") {
                folder.filled(&format!("inner/{name}"), "md")
            } else {
                folder.filled(name, "md")
            };
            let words: Vec<String> = words.split(' ').map(|word| word.replace('§', &name)).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let what: String = format!("scn {}", words.join(" ").escape_debug()).chars().take(80).collect();
            let ran = scn(&folder.path(), &words);
            surface.ran(&what, &ran);
            let after = folder.seen();
            // `-o ..` and the like are refused; nothing but a new file that was asked for is there afterwards.
            if let Some((path, _)) = before.iter().find(|(path, held)| after.get(*path) != Some(held)) {
                surface.found(&what, &format!("`{}` is not as it was", path.display()));
            }
            if !surface.is_long() && !matches!(words[0], "check" | "study" | "fmt" | "merge") {
                break;
            }
        }
    }
}

/// A page that is another name of a file outside is not written through: the file keeps its text.
fn hard_link(surface: &mut Surface) {
    for to in ["r.md", "deep/r.md"] {
        let folder = Outside::new("md");
        put(&folder.path(), "inner/book.scn", format!("{HEAD}report r template \"t.md.j2\" to \"{to}\"\n"));
        put(&folder.path(), "inner/templates/t.md.j2", "The price is {{ price }}.\n");
        put(&folder.path(), "victim.md", "mine\n\n<!-- scn report r -->\n");
        let page = folder.path().join("inner/reports").join(to);
        std::fs::create_dir_all(page.parent().expect("a folder")).expect("a folder");
        std::fs::hard_link(folder.path().join("victim.md"), &page).expect("a link");
        let before = folder.seen();
        folder.held(surface, &format!("a hard link at {to}"), &scn(&folder.path(), &["report", "inner"]), &before);
    }
}

/// A folder that becomes a link and back while reports are written.
fn raced(surface: &mut Surface) {
    let folder = Outside::new("md");
    put(&folder.path(), "inner/book.scn", format!("{HEAD}report r template \"t.md.j2\" to \"deep/r.md\"\n"));
    put(&folder.path(), "inner/templates/t.md.j2", "The price is {{ price }}.\n");
    let (real, outside) = (folder.path().join("inner/reports/deep"), folder.path().join("victim"));
    std::fs::create_dir_all(&outside).expect("a folder");
    std::fs::create_dir_all(&real).expect("a folder");
    let stop = std::sync::atomic::AtomicBool::new(false);
    let rounds = if surface.is_long() { 200 } else { 12 };
    std::thread::scope(|threads| {
        threads.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                let _ = std::fs::rename(&real, real.with_extension("kept"));
                let _ = symlink(&outside, &real);
                std::thread::sleep(std::time::Duration::from_micros(300));
                let _ = std::fs::remove_file(&real);
                let _ = std::fs::rename(real.with_extension("kept"), &real);
                std::thread::sleep(std::time::Duration::from_micros(300));
            }
        });
        for _ in 0..rounds {
            surface.ran("a link swapped in", &scn(&folder.path(), &["report", "inner"]));
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    if std::fs::read_dir(&outside).expect("a folder").count() > 0 {
        surface.known(
            "a link swapped in",
            "paths are looked at before they are written to; who swaps them owns the folder anyway",
        );
    }
}
