//! Books with a few things wrong through the real command, in a repository that holds the book as it was.

use crate::book::{put, with_texts};
use crate::books::texts;
use crate::mutate::mutated;
use crate::oracle;
use crate::repositories::{commit, git};
use crate::run::{scn, scn_fed};
use crate::surface::Surface;

/// The first word is the form that standard output is held to.
const COMMANDS: [&str; 36] = [
    "human check b",
    "json check b --format json",
    "sarif check b --format sarif",
    "junit check b --format junit",
    "gitlab check b --format gitlab",
    "human check b --format github",
    "human check b --format short",
    "human eval b --case all",
    "json eval b --format json",
    "csv eval b --format csv --case all",
    "human eval b co k --set co.x=1e308",
    "human explain b co.value --raise -100%",
    "human explain b x --depth 99",
    "human reconcile b",
    "json reconcile b --format json",
    "md reconcile b --format md",
    "human stale b --all --within 99999999",
    "csv stale b --all --format csv",
    "human study b",
    "human study b swings",
    "json study b by_ke --format json",
    "csv study b worlds --format csv --draws 10",
    "md study b lift --format md",
    "human study b back --write",
    "human export sql b worlds --dialect postgres",
    "human export sql b worlds --dialect snowflake --first 999999999999999999",
    "human report b",
    "human report b --check",
    "human review HEAD b",
    "json review HEAD b --format json",
    "md review HEAD b --format md --studies",
    "html review HEAD b --format html",
    "human log b",
    "human blame b co.value",
    "human lock b",
    "human fmt b --diff",
];

/// Changed books, a few commands each.
pub fn attack(surface: &mut Surface) {
    let texts = texts();
    let own = String::from_utf8_lossy(&with_texts(|at| format!("text {at}")).0["book.scn"]).into_owned();
    let mut at = 0;
    surface.rounds(24, |surface, chance| {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path();
        let base = if chance.one_in(3) { &texts[chance.below(texts.len())] } else { &own };
        with_texts(|at| format!("text {at}")).write(&here.join("b"));
        put(here, "b/book.scn", base);
        git(here, &["init", "-q", "-b", "main"]);
        commit(here, "t", "start");
        let mutant = mutated(base, &texts[chance.below(texts.len())], chance);
        put(here, "b/book.scn", &mutant);
        for _ in 0..5 {
            let (form, words) = COMMANDS[at % COMMANDS.len()].split_once(' ').unwrap_or(("human", "check b"));
            at += 1;
            let words: Vec<&str> = words.split(' ').collect();
            let ran = scn(here, &words);
            held(surface, form, &words, &ran, &mutant);
        }
        put(here, "other.scn", mutated(base, &own, chance));
        put(here, "base.scn", base);
        for words in [
            vec!["merge", "base.scn", "b/book.scn", "other.scn"],
            vec!["review", "b/book.scn", "other.scn", "--format", "md"],
        ] {
            let ran = scn(here, &words);
            held(surface, if words[0] == "review" { "md" } else { "" }, &words, &ran, &mutant);
        }
        let words = ["fmt", "-"];
        held(surface, "", &words, &scn_fed(here, &words, mutant.as_bytes()), &mutant);
    });
}

fn held(surface: &mut Surface, form: &str, words: &[&str], ran: &crate::run::Ran, mutant: &str) {
    let before = surface.found_so_far();
    surface.ran(&format!("scn {}", words.join(" ")), ran);
    let out = ran.out();
    let said = oracle::human(&String::from_utf8_lossy(&ran.stderr));
    // What a merge and `fmt -` print is a file, and stays as it is.
    let held = if out.is_empty() || form.is_empty() { Ok(()) } else { oracle::holds(form, &out) };
    for wrong in [held, said].into_iter().filter_map(Result::err) {
        surface.found(&format!("scn {}", words.join(" ")), &wrong);
    }
    if surface.found_so_far() > before {
        surface.keep_as("books", mutant.as_bytes());
    }
}
