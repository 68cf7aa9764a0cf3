//! Texts that somebody else would obey: a terminal, a page, a forge, a build server, a browser. Every field that holds a text gets
//! each of them, and every command prints them in every form.

use std::path::Path;

use crate::book::{Memory, put, with_texts};
use crate::oracle::{self, MARK};
use crate::repositories::{commit, git};
use crate::run::{Ran, scn};
use crate::surface::Surface;

/// As they stand between the quotes of a `.scn` text.
const TEXTS: [&str; 30] = [
    "\u{1b}[31mINJ\u{1b}[2J\u{1b}[1A",
    "\u{1b}]8;;http://evil.example\u{7}INJ\u{1b}]8;;\u{7}",
    "\u{1b}]52;c;SU5K\u{7}INJ\u{8}\u{8}",
    "\u{9b}31mINJ\u{9d}0;t\u{9c}\u{85}x",
    "\u{202e}INJ\u{202c}\u{2066}x\u{2069}",
    "INJ\u{200b}\u{feff}\u{200d}\u{2060}x",
    "INJ\\n::warning::INJ\\n##[error]INJ\\n::stop-commands::x",
    "INJ\\r\\n::warning::INJ",
    "x\\n# INJNL heading\\n\\n- INJNL item\\n\\n> INJNL quote\\n\\n    INJNL code",
    "# INJNL x",
    "- INJNL x",
    "1. INJNL x",
    "> INJNL x",
    "INJ\rx\u{b}\u{c}",
    "INJ\u{2028}::warning::INJ\u{2029}x",
    "`INJ` ``x | y [INJ](http://evil.example) ![INJ](http://evil.example/INJ.png)",
    "[INJ][r]\\n\\n[r]: http://evil.example \\\"t\\\"",
    "<http://evil.example/INJ> <INJ@evil.example>",
    "<b>INJ</b><script>alert('INJ')</script><!-- INJ",
    "@INJoctocat @INJorg/team (@INJx)",
    "[x](javascript:alert('INJ'))",
    "</script></style></title></text></svg>]]><img src=x onerror=INJ>",
    "<a xlink:href='javascript:INJ'>&#x6a;&lt;INJ&amp;",
    "**INJB** __INJB__ *INJB* _INJB_ ~~INJB~~",
    "\\\"INJ\\\" 'INJ' \\\\",
    "{{ 7*7 }}INJ{% raw %}{# x #}{%",
    "INJ | x | y\\n| --- | --- |\\n| INJ | 2 |",
    "\\\\*INJ\\\\* \\\\| \\\\` ~~~INJ ```INJ",
    "INJ,x;y\tz\\t,\\\"",
    "%%{init: {}}%% INJ[\\\"x\\\"] --> y; click INJ; %0A::warning::INJ",
];

/// Every command that prints what a book says; the first word of each is the form it is held to.
const COMMANDS: [&str; 53] = [
    "human check b",
    "short check b --format short",
    "json check b --format json",
    "github check b --format github",
    "gitlab check b --format gitlab",
    "junit check b --format junit",
    "sarif check b --format sarif",
    "human eval b",
    "json eval b --format json",
    "csv eval b --format csv",
    "human eval b chip",
    "human eval b co --case all",
    "csv eval b chip co --case all --format csv",
    "human explain b co.value",
    "human explain b co.payout --case bull",
    "human explain b co",
    "human explain b chip",
    "human explain b bull",
    "human explain b ar25",
    "human explain b die",
    "human explain b web",
    "human explain b c1.note",
    "human explain b swings",
    "human reconcile b",
    "short reconcile b --format short",
    "json reconcile b --format json",
    "github reconcile b --format github",
    "gitlab reconcile b --format gitlab",
    "junit reconcile b --format junit",
    "sarif reconcile b --format sarif",
    "md reconcile b --format md",
    "human stale b --all",
    "json stale b --all --format json",
    "csv stale b --all --format csv",
    "human study b",
    "human study b swings",
    "json study b swings --format json",
    "csv study b swings --format csv",
    "md study b swings --format md",
    "human study b by_ke --chart -",
    "md study b by_ke --format md",
    "csv study b by_ke --format csv",
    "human study b worlds",
    "md study b worlds --format md",
    "human study b lift",
    "md study b lift --format md",
    "human study b back",
    "md study b back --format md",
    "human export sql b worlds --dialect duckdb",
    "human fmt b --diff",
    "human lock b",
    "md report b --output -",
    "human report b",
];

/// Every text in every field, through every command.
pub fn attack(surface: &mut Surface) {
    let turns = if surface.is_long() { TEXTS.len() } else { 3 };
    for turn in 0..turns {
        let folder = tempfile::tempdir().expect("a folder");
        book(turn, turns).write(&folder.path().join("b"));
        for command in COMMANDS {
            let (form, words) = command.split_once(' ').unwrap_or((command, ""));
            let words: Vec<&str> = words.split(' ').collect();
            let what = format!("turn {turn} of {turns}, scn {}", words.join(" "));
            hold(surface, &what, form, &scn(folder.path(), &words));
        }
        written(surface, turn, folder.path());
    }
    names(surface);
}

/// A field gets another text each turn; in a long run each gets every one.
fn book(turn: usize, turns: usize) -> Memory {
    let step = TEXTS.len() / turns;
    with_texts(|at| TEXTS[(at + turn * step.max(1)) % TEXTS.len()].to_string())
}

fn hold(surface: &mut Surface, what: &str, form: &str, ran: &Ran) {
    surface.ran(what, ran);
    let out = ran.out();
    let held = if out.is_empty() { Ok(()) } else { oracle::holds(form, &out) };
    let said = oracle::human(&String::from_utf8_lossy(&ran.stderr));
    for wrong in [held, said].into_iter().filter_map(Result::err) {
        surface.found(what, &wrong);
    }
}

/// Pages and pictures that reports and studies write.
fn written(surface: &mut Surface, turn: usize, folder: &Path) {
    for study in ["swings", "by_ke", "worlds", "lift"] {
        let what = format!("turn {turn}, the chart of {study}");
        surface.ran(&what, &scn(folder, &["study", "b", study, "--chart", &format!("{study}.svg")]));
    }
    let mut pictures = 0;
    for path in crate::files::files(folder) {
        let form = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        pictures += usize::from(form == "svg");
        if let Err(wrong) = if matches!(&*form, "svg" | "md") { oracle::holds(&form, &text) } else { Ok(()) } {
            surface.found(&format!("turn {turn}, {}", path.display()), &wrong);
        }
    }
    if pictures < 4 {
        surface.found(&format!("turn {turn}"), &format!("only {pictures} pictures are drawn"));
    }
}

/// The same in the names of files and folders, which come from strangers as well.
fn names(surface: &mut Surface) {
    let turned = "INJ\u{1b}[31m\u{202e}\u{9b}2J";
    let broken = "INJ\n::warning::INJ\n";
    for name in [turned, broken, "INJ<b>@INJx|`.", "=INJ,\"x\""] {
        let folder = tempfile::tempdir().expect("a folder");
        let book = with_texts(|_| "plain".to_string());
        book.write(&folder.path().join(name));
        let slip = String::from_utf8_lossy(&book.0["book.scn"]).replace("= 30 USD/die", "= 30 USD/");
        put(folder.path(), &format!("{name}/slip {name}.scn"), slip);
        let slip = format!("{name}/slip {name}.scn");
        for command in
            COMMANDS.iter().chain(&["human fmt b --check", "human check slip", "github check slip --format github"])
        {
            let (form, words) = command.split_once(' ').unwrap_or((command, ""));
            if !surface.is_long() && matches!(words.split(' ').next(), Some("study" | "explain" | "eval")) {
                continue;
            }
            let put_in = |word| match word {
                "b" => name,
                "slip" => slip.as_str(),
                word => word,
            };
            let words: Vec<&str> = words.split(' ').map(put_in).collect();
            hold(surface, &format!("scn {}", words.join(" ").escape_debug()), form, &scn(folder.path(), &words));
        }
    }
}

/// The same in what git tells: the subjects of commits, the names of authors and branches, and texts that changed.
pub fn attack_git(surface: &mut Surface) {
    let turns = if surface.is_long() { TEXTS.len() } else { 4 };
    for turn in 0..turns {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path();
        git(here, &["init", "-q", "-b", "main"]);
        book(turn, turns).write(&here.join("b"));
        let told = TEXTS[turn * TEXTS.len() / turns].replace("\\n", " ").replace("\\r", "\r").replace("\\\"", "\"");
        commit(here, &told, &format!("{told} {MARK}"));
        let branch = "INJ<b>@INJx`|\u{202e}";
        git(here, &["switch", "-q", "-c", branch]);
        book(turn + 7, turns).write(&here.join("b"));
        let text = std::fs::read_to_string(here.join("b/book.scn")).expect("a book");
        put(here, "b/book.scn", text.replace("= 70% range", "= 72% range").replace("100 mn die", "110 mn die"));
        commit(here, "second", &told);
        for command in [
            "human review main b",
            "json review main b --format json",
            "md review main b --format md",
            "html review main b --format html",
            "human review main b --by owner --studies",
            "md review main b --studies --format md",
            "html review main b --studies --format html",
            "human log b",
            "human log b co.payout co.units --no-cache",
            "json log b co.payout --format json",
            "md log b co.payout --format md",
            "human blame b co.value",
            "json blame b co.value --format json",
            "md blame b co.value --format md",
        ] {
            let (form, words) = command.split_once(' ').unwrap_or((command, ""));
            let mut words: Vec<&str> = words.split(' ').collect();
            let range = format!("main..{branch}");
            if turn % 2 == 1 && words[0] == "review" {
                words[1] = &range;
            }
            let ran = scn(here, &words);
            hold(surface, &format!("turn {turn}, scn {}", words.join(" ")), form, &ran);
            if ran.code() == 2 {
                surface.found(
                    &format!("turn {turn}, scn {}", words.join(" ")),
                    &format!("it is not done: {}", ran.said()),
                );
            }
        }
    }
}
