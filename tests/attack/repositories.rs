//! Repositories of strangers: whatever their settings, hooks and attributes say, nothing of theirs is run.

use std::path::Path;
use std::process::Command;

use crate::book::{put, with_texts};
use crate::run::scn_in;
use crate::surface::Surface;

/// Runs git as the one who makes the repository, and not as who is attacked; its own settings are not heard.
pub fn git(folder: &Path, words: &[&str]) -> String {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "protocol.file.allow=always"]);
    command.args(words).current_dir(folder).env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    let output = command.output().expect("git");
    assert!(output.status.success(), "git {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_string()
}

/// Commits everything.
pub fn commit(folder: &Path, author: &str, subject: &str) {
    git(folder, &["add", "-A"]);
    let author: String = author.chars().filter(|letter| !matches!(letter, '<' | '>' | '\n' | '\0')).collect();
    git(folder, &["commit", "-q", "--allow-empty", "--author", &format!("{author} <t@example.com>"), "-m", subject]);
}

/// Settings that have git run something, each with what sets the scene for it.
const SETTINGS: [(&str, &str); 31] = [
    ("alias.log", "!CANARY"),
    ("alias.rev-parse", "!CANARY"),
    ("core.fsmonitor", "CANARY"),
    ("core.hooksPath", "HOOKS"),
    ("core.pager", "CANARY"),
    ("pager.log", "CANARY"),
    ("pager.blame", "CANARY"),
    ("core.editor", "CANARY"),
    ("core.sshCommand", "CANARY"),
    ("core.askPass", "CANARY"),
    ("core.gitProxy", "CANARY"),
    ("core.alternateRefsCommand", "CANARY"),
    ("credential.helper", "!CANARY"),
    ("diff.external", "CANARY"),
    ("diff.x.command", "CANARY"),
    ("diff.x.textconv", "CANARY"),
    ("diff.default.textconv", "CANARY"),
    ("filter.x.clean", "CANARY"),
    ("filter.x.smudge", "CANARY"),
    ("filter.x.process", "CANARY"),
    ("filter.a=b.clean", "CANARY"),
    ("merge.x.driver", "CANARY"),
    ("gpg.program", "CANARY"),
    ("gpg.ssh.program", "CANARY"),
    ("log.showSignature", "true"),
    ("interactive.diffFilter", "CANARY"),
    ("uploadpack.packObjectsHook", "CANARY"),
    ("include.path", "../planted"),
    ("remote.origin.uploadpack", "CANARY"),
    ("trailer.x.command", "CANARY"),
    ("submodule.lib.update", "!CANARY"),
];

/// What is asked of each repository.
const COMMANDS: [&str; 12] = [
    "review main b",
    "review b",
    "review main b --format md",
    "review side..HEAD b",
    "log b",
    "log b co.payout --no-cache",
    "blame b co.value",
    "lock b",
    "stale b --all",
    "check b",
    "fmt b --check",
    "report b --check",
];

/// Each setting alone, all of them together, and the variables of an environment.
pub fn attack(surface: &mut Surface) {
    for (at, (name, _)) in SETTINGS.iter().enumerate() {
        let alone = &SETTINGS[at..=at];
        let signed = [alone[0], ("log.showSignature", "true")];
        if surface.is_long() {
            held(surface, name, if name.starts_with("gpg") { &signed } else { alone }, &[], &COMMANDS);
        }
    }
    held(surface, "all settings", &SETTINGS, &[], &COMMANDS);
    for variable in
        ["GIT_EXTERNAL_DIFF", "GIT_PAGER", "PAGER", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_EDITOR", "GIT_PROXY_COMMAND"]
    {
        held(surface, variable, &[], &[(variable, "CANARY")], &COMMANDS[..7]);
    }
    lazily(surface);
    names(surface);
}

/// A repository with a book, a changed work tree, and settings; every command, and no canary.
fn held(surface: &mut Surface, name: &str, settings: &[(&str, &str)], environment: &[(&str, &str)], commands: &[&str]) {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path().join("r");
    repository(&here);
    let (canary, program) = (folder.path().join("canary"), folder.path().join("program"));
    plant(folder.path(), &here, &canary, &program);
    let filled = |value: &str| {
        let value = value.replace("CANARY", &program.display().to_string());
        value.replace("HOOKS", &folder.path().join("hooks").display().to_string())
    };
    for (key, value) in settings {
        git(&here, &["config", "--add", key, &filled(value)]);
    }
    let environment: Vec<(&str, String)> = environment.iter().map(|(key, value)| (*key, filled(value))).collect();
    let environment: Vec<(&str, &str)> = environment.iter().map(|(key, value)| (*key, value.as_str())).collect();
    for command in commands {
        let words: Vec<&str> = command.split(' ').collect();
        let what = format!("{name}, scn {command}");
        let ran = scn_in(&here, &words, &environment);
        surface.ran(&what, &ran);
        if let Ok(told) = std::fs::read_to_string(&canary) {
            surface.found(&what, &format!("a program of a stranger is run: {}", told.trim()));
            let _ = std::fs::remove_file(&canary);
        }
        if ran.code() == 2 && settings.len() < 2 && environment.is_empty() {
            surface.found(&what, &format!("it is not done: {}", ran.said()));
        }
    }
}

/// A book with two branches, signed commits, a moved file, and a work tree in which something has changed.
pub fn repository(here: &Path) {
    std::fs::create_dir_all(here).expect("a folder");
    git(here, &["init", "-q", "-b", "main"]);
    with_texts(|at| format!("text {at}")).write(&here.join("b"));
    put(here, "moved.txt", "one\ntwo\nthree\n");
    commit(here, "one", "start");
    git(here, &["branch", "side"]);
    let text = std::fs::read_to_string(here.join("b/book.scn")).expect("a book");
    put(here, "b/book.scn", text.replace("= 70% range", "= 72% range"));
    git(here, &["mv", "moved.txt", "elsewhere.txt"]);
    commit(here, "two", "second");
    sign(here);
    put(here, "b/book.scn", text.replace("= 70% range", "= 73% range"));
    put(here, "b/data/asp.csv", "name,asp,note\nc1,51,\"x\"\nc2,60,plain\n");
}

/// Has the last commit carry a signature that somebody would have to look at.
fn sign(here: &Path) {
    let text = git(here, &["cat-file", "commit", "HEAD"]);
    let (head, message) = text.split_once("\n\n").expect("a commit");
    let signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----";
    put(here, ".git/signed", format!("{head}\n{signature}\n\n{message}\n"));
    let signed = git(here, &["hash-object", "-t", "commit", "-w", ".git/signed"]);
    git(here, &["reset", "-q", "--soft", &signed]);
}

/// A program that leaves a canary, hooks of every name, and attributes for every file, in both places.
fn plant(folder: &Path, here: &Path, canary: &Path, program: &Path) {
    let script = format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\ncat 2>/dev/null\n", canary.display());
    let runnable = |path: &Path| {
        use std::os::unix::fs::PermissionsExt;
        std::fs::write(path, &script).expect("a program");
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("a program");
    };
    runnable(program);
    std::fs::create_dir_all(folder.join("hooks")).expect("a folder");
    for hook in [
        "post-index-change",
        "reference-transaction",
        "post-checkout",
        "fsmonitor-watchman",
        "pre-auto-gc",
        "pre-commit",
    ] {
        runnable(&folder.join("hooks").join(hook));
        runnable(&here.join(".git/hooks").join(hook));
    }
    let attributes = "*.scn diff=x filter=x merge=x\n*.csv diff=x filter=a=b\n*.txt diff=default filter=x\n";
    put(here, ".gitattributes", attributes);
    put(here, ".git/info/attributes", attributes);
    put(here, "planted", format!("[core]\n\tfsmonitor = {0}\n[diff \"x\"]\n\ttextconv = {0}\n", program.display()));
    // What git has seen of the files is no longer sure, so that it must look at them again.
    for path in crate::files::files(&here.join("b")) {
        let bytes = std::fs::read(&path).expect("a file");
        std::fs::write(&path, bytes).expect("a file");
    }
}

/// A clone that has not all of its objects fetches them when they are asked for, by a program that its settings name.
fn lazily(surface: &mut Surface) {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path().join("r");
    repository(&here);
    let (canary, program) = (folder.path().join("canary"), folder.path().join("program"));
    plant(folder.path(), &here, &canary, &program);
    let blob = git(&here, &["rev-parse", "side:b/book.scn"]);
    std::fs::remove_file(here.join(".git/objects").join(&blob[..2]).join(&blob[2..])).expect("a loose object");
    let run = program.display().to_string();
    for (key, value) in [
        ("extensions.partialClone", "origin"),
        ("core.repositoryFormatVersion", "1"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", "ssh://nobody@localhost/x"),
        ("core.sshCommand", &run),
    ] {
        git(&here, &["config", key, value]);
    }
    for url in ["ssh://nobody@localhost/x", &format!("ext::{run} x"), &folder.path().display().to_string()] {
        git(&here, &["config", "remote.origin.url", url]);
        git(&here, &["config", "protocol.allow", "always"]);
        git(&here, &["config", "protocol.ext.allow", "always"]);
        git(&here, &["config", "remote.origin.uploadpack", &run]);
        for command in ["review side b", "log b", "blame b co.value"] {
            let words: Vec<&str> = command.split(' ').collect();
            surface.ran(&format!("a lazy clone from {url}, scn {command}"), &scn_in(&here, &words, &[]));
            if let Ok(told) = std::fs::read_to_string(&canary) {
                surface.found(
                    &format!("a lazy clone from {url}, scn {command}"),
                    &format!("a program of a stranger is run: {}", told.trim()),
                );
                let _ = std::fs::remove_file(&canary);
            }
        }
    }
}

/// Revisions and paths that git might take for options.
fn names(surface: &mut Surface) {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path().join("r");
    repository(&here);
    let (canary, program) = (folder.path().join("canary"), folder.path().join("program"));
    plant(folder.path(), &here, &canary, &program);
    let run = program.display();
    let output = format!("--output={}", canary.display());
    for name in [
        "-x",
        &format!("--upload-pack={run}"),
        &output,
        "--exec=x",
        "HEAD --help",
        "-",
        "--all",
        "@{u}",
        ":/x",
        "HEAD:b",
        "HEAD^{/x}",
        "",
    ] {
        put(
            &here,
            &format!(".git/refs/heads/{}", if name.is_empty() || name.contains('/') { "-y" } else { name }),
            git(&here, &["rev-parse", "HEAD"]),
        );
        for words in [
            vec!["review", "--", name, "b"],
            vec!["review", "--", &format!("{name}..HEAD"), "b"],
            vec!["log", "b", &format!("--upto={name}")],
            vec!["blame", "--", "b", name],
            vec!["review", "main", "b", &format!("--base-book={name}")],
        ] {
            let what = format!("scn {}", words.join(" "));
            surface.ran(&what, &scn_in(&here, &words, &[]));
            if canary.exists() {
                surface.found(&what, "git takes a name for an option");
                let _ = std::fs::remove_file(&canary);
            }
        }
    }
}
