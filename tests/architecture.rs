//! Holds the code against `docs/architecture.md`: floors, walls, first sentences, lengths, codes, paths, keywords.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const LONGEST: usize = 400;

#[test]
fn modules_use_lower_floors_only() {
    let floors = floors();
    let mut wrong = Vec::new();
    for (file, code) in sources() {
        let module = module_of(&file);
        let floor = *floors.get(&module).unwrap_or_else(|| panic!("`{module}` has no floor in docs/architecture.md"));
        for used in modules_used(&file, &code) {
            let below = floors.get(&used).is_some_and(|other| *other < floor);
            if used != module && !below {
                wrong.push(format!("{} ({module}, floor {floor}) uses crate::{used}", file.display()));
            }
        }
    }
    assert_none(&wrong, "these look up or across");
}

#[test]
fn walled_names_stand_in_their_modules_only() {
    let mut wrong = Vec::new();
    for (name, allowed) in walls() {
        for (file, code) in sources() {
            if !allowed.contains(&module_of(&file)) && stands_in(&name, &code) {
                wrong.push(format!("{} names {name}", file.display()));
            }
        }
    }
    assert_none(&wrong, "these names are walled off");
}

#[test]
fn every_dependency_is_used_where_it_is_declared() {
    let project = read(Path::new("Cargo.toml"));
    let mut wrong = Vec::new();
    for (head, folders) in [("[dependencies]", &["src"][..]), ("[dev-dependencies]", &["tests", "benches", "src"])] {
        let section = project.split(&format!("\n{head}\n")).nth(1).unwrap_or_else(|| panic!("no {head}"));
        let lines = section.lines().take_while(|line| !line.starts_with('['));
        let names = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
        let code: String = folders.iter().flat_map(|folder| rust_files(folder)).map(|file| read(&file)).collect();
        let is_used = |name: &str| stands_in(&name.replace('-', "_"), &code) || code.contains(&format!("use {name};"));
        wrong.extend(names.filter(|(name, _)| !is_used(name)).map(|(name, _)| format!("{name}, of {head}")));
    }
    assert_none(&wrong, "nothing uses these");
}

#[test]
fn only_the_counting_allocator_is_unsafe() {
    let project = read(Path::new("Cargo.toml"));
    assert!(project.contains("\n[lints.rust]\nunsafe_code = \"deny\"\n"), "Cargo.toml does not deny unsafe code");
    let allowed = ["src", "tests", "benches"].into_iter().flat_map(rust_files);
    let allowed = allowed.filter(|file| read(file).contains(concat!("allow(unsafe", "_code")));
    let allowed: Vec<String> = allowed.map(|file| file.display().to_string()).collect();
    assert_eq!(allowed, ["src/memory.rs"], "these files allow unsafe code");
}

/// What is written in one place only: which signs stick to a number, that shares are points apart, the words of yes and no, the letters
/// of what is missing.
#[test]
fn a_number_and_its_unit_have_one_writer() {
    let spelled = ["\"%\" | \"x\"", "} pp\"", "\" pp\"", "{ \"yes\" } else", "=> \"NM\""];
    let mut wrong = Vec::new();
    for (file, code) in sources() {
        if !["units", "word"].contains(&module_of(&file).as_str()) {
            wrong.extend(
                spelled.iter().filter(|text| code.contains(**text)).map(|text| format!("{}: {text}", file.display())),
            );
        }
    }
    assert_none(&wrong, "these are spelled in `units` and `word`");
}

#[test]
fn every_file_opens_with_a_sentence_and_is_a_page_long() {
    let mut wrong = Vec::new();
    for file in rust_files("src").into_iter().chain(rust_files("tests")).chain(rust_files("benches")) {
        let text = read(&file);
        if !text.starts_with("//! ") {
            wrong.push(format!("{} does not open with a `//!` sentence", file.display()));
        }
        let lines = text.lines().count();
        if lines > LONGEST {
            wrong.push(format!("{} has {lines} lines; {LONGEST} is the limit", file.display()));
        }
    }
    assert_none(&wrong, "files a reader would stumble over");
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let codes: BTreeSet<String> = sources().iter().flat_map(|(_, code)| codes_in(code)).collect();
    let pages: BTreeSet<String> = files_under("docs/errors", "md")
        .iter()
        .filter_map(|file| file.file_stem()?.to_str().map(str::to_string))
        .filter(|stem| stem != "index")
        .collect();
    let named: BTreeSet<String> = codes.iter().map(|code| code.replace("::", "-")).collect();
    let missing = named.difference(&pages).map(|page| format!("docs/errors/{page}.md is not written"));
    let stray = pages.difference(&named).map(|page| format!("docs/errors/{page}.md has no code in src"));
    assert_none(&missing.chain(stray).collect::<Vec<_>>(), "codes and pages part");
}

#[test]
fn every_code_is_raised_by_a_test() {
    let snapshots = files_under("tests/fixtures", "snap").into_iter().map(|file| read(&file));
    let raised: String = snapshots.chain([read(Path::new("tests/bad_input.rs"))]).collect();
    let has_example = |code: &String| {
        let page = PathBuf::from(format!("docs/errors/{}.md", code.replace("::", "-")));
        page.exists() && read(&page).contains("```scn")
    };
    let codes: BTreeSet<String> = sources().iter().flat_map(|(_, code)| codes_in(code)).collect();
    let silent = codes.into_iter().filter(|code| !raised.contains(code.as_str()) && !has_example(code));
    assert_none(&silent.collect::<Vec<_>>(), "no fixture, no page and no hostile book raises these");
}

#[test]
fn what_may_be_allowed_is_every_hint_and_nothing_else() {
    let code_of = |text: &str| Some(text.split_once("code(")?.1.split_once(')')?.0.to_string());
    let of_file = |code: &str| {
        let all = code.split("#[diagnostic(").skip(1).filter_map(|text| text.split_once(")]"));
        let hints = all.filter(|(text, _)| text.to_lowercase().contains("severity(advice)"));
        hints.filter_map(|(text, _)| code_of(text)).collect::<Vec<_>>()
    };
    let raised: BTreeSet<String> = sources().iter().flat_map(|(_, code)| of_file(code)).collect();
    let known: BTreeSet<String> = scn::diagnostic::HINTS.iter().map(|code| code.to_string()).collect();
    assert_eq!(raised, known);
}

#[test]
fn the_index_of_problems_lists_every_page() {
    let index = read(Path::new("docs/errors/index.md"));
    let name = |page: PathBuf| page.file_name().map(|name| name.to_string_lossy().to_string());
    let pages = files_under("docs/errors", "md").into_iter().filter_map(name).filter(|name| name != "index.md");
    let missing = pages.filter(|page| !index.contains(&format!("({page})")));
    assert_none(&missing.collect::<Vec<_>>(), "docs/errors/index.md does not list these");
}

#[test]
fn paths_and_links_in_the_documents_exist() {
    let mut wrong = Vec::new();
    for page in documents() {
        let text = outside_fences(&read(&page));
        for path in quoted_paths(&text).into_iter().filter(|path| !Path::new(path).exists()) {
            wrong.push(format!("{} names `{path}`", page.display()));
        }
        for link in links(&text).into_iter().filter(|link| !page.with_file_name(link).exists()) {
            wrong.push(format!("{} links to {link}", page.display()));
        }
    }
    assert_none(&wrong, "these are not there");
}

#[test]
fn both_lists_of_tests_name_every_file() {
    let entries = fs::read_dir("tests").expect("a folder").map(|entry| entry.expect("a file").file_name());
    let files: BTreeSet<String> =
        entries.map(|name| name.to_string_lossy().to_string()).filter(|name| name.ends_with(".rs")).collect();
    let page = read(Path::new("docs/architecture.md"));
    let list =
        page.split("## Tests").nth(1).expect("a list of tests").lines().filter_map(|line| line.strip_prefix("  "));
    let list: BTreeSet<String> = list
        .filter_map(|line| line.split(' ').next())
        .filter(|name| name.ends_with(".rs"))
        .map(str::to_string)
        .collect();
    let table = read(Path::new("tests/README.md"));
    let unlisted = files.difference(&list).map(|name| format!("docs/architecture.md does not list {name}"));
    let stray = list.difference(&files).map(|name| format!("tests/{name}, in docs/architecture.md, is not there"));
    let told = files.iter().filter(|name| !table.contains(&format!("`tests/{name}`")) && !table.contains(&runs(name)));
    let told = told.map(|name| format!("tests/README.md does not name {name}"));
    assert_none(&unlisted.chain(stray).chain(told).collect::<Vec<_>>(), "the lists of tests and the files part");
}

/// What the table of tests says of one that it runs and does not name.
fn runs(file: &str) -> String {
    format!("--test {}", file.trim_end_matches(".rs"))
}

#[test]
fn the_page_of_the_library_lists_every_module() {
    let page = read(Path::new("docs/language/library.md"));
    let modules = scn::resolve::MODULES.iter().map(|(name, _)| name.to_string());
    let missing = modules.filter(|name| name != "std.units" && !page.contains(&format!("```library {name}\n")));
    assert_none(&missing.collect::<Vec<_>>(), "docs/language/library.md does not list these");
}

#[test]
fn editors_know_the_keywords_of_the_grammar() {
    let grammar = words_of_grammar(&read(Path::new("grammar/scenario.pest")));
    let editor = words_of_editor(&read(Path::new("editors/vscode/syntaxes/scn.tmLanguage.json")));
    let missing = grammar.difference(&editor).map(|word| format!("the editor does not know `{word}`"));
    let stray = editor.difference(&grammar).map(|word| format!("the grammar does not know `{word}`"));
    assert_none(&missing.chain(stray).collect::<Vec<_>>(), "grammar and editor part");
}

/// Module to floor, from the `floors` block.
fn floors() -> BTreeMap<String, u32> {
    let mut floors = BTreeMap::new();
    for line in block("floors") {
        let mut words = line.split_whitespace();
        let floor = words.next().and_then(|word| word.parse().ok()).expect("a floor begins with its number");
        floors.extend(words.map(|module| (module.to_string(), floor)));
    }
    floors
}

/// Walled name to the modules it may stand in, from the `walls` block.
fn walls() -> Vec<(String, BTreeSet<String>)> {
    block("walls")
        .iter()
        .filter_map(|line| {
            let mut words = line.split_whitespace().map(str::to_string);
            Some((words.next()?, words.collect()))
        })
        .collect()
}

fn block(name: &str) -> Vec<String> {
    let page = read(Path::new("docs/architecture.md"));
    let after = page.split(&format!("```{name}\n")).nth(1).unwrap_or_else(|| panic!("no `{name}` block"));
    after.split("```").next().unwrap_or("").lines().map(str::to_string).collect()
}

/// Every file below `src` that is part of a module, without comments and without its unit tests.
fn sources() -> Vec<(PathBuf, String)> {
    let files = rust_files("src").into_iter();
    files
        .filter(|file| !file.ends_with("src/main.rs") && !file.ends_with("src/lib.rs"))
        .map(|file| {
            let text = read(&file);
            let code = text.split("#[cfg(test)]").next().unwrap_or("").lines();
            let code = code.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            (file, code)
        })
        .collect()
}

fn module_of(file: &Path) -> String {
    let first = file.strip_prefix("src").ok().and_then(|path| path.components().next()).expect("a file of src");
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_string()
}

fn modules_used(file: &Path, code: &str) -> BTreeSet<String> {
    let mut used: BTreeSet<String> = code.split("crate::").skip(1).flat_map(first_segments).collect();
    let is_top = file.components().count() == 2 || (file.components().count() == 3 && file.ends_with("mod.rs"));
    if is_top {
        used.extend(code.split("super::").skip(1).flat_map(first_segments));
    }
    used.retain(|name| name.starts_with(|letter: char| letter.is_ascii_lowercase()));
    used
}

/// The first names after `crate::`: one, or each of a group in braces.
fn first_segments(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else { return vec![identifier(rest)] };
    let mut depth = 0;
    let mut parts = vec![String::new()];
    for letter in group.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(String::new()),
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts.iter().map(|part| identifier(part.trim_start_matches([',', ' ', '\n']))).collect()
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

fn stands_in(name: &str, code: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back().is_some_and(|letter| is_part(letter) || letter == ':');
        let rest = &code[at + name.len()..];
        !before && (rest.starts_with("::") || (name.contains("::") && !rest.starts_with(is_part)))
    })
}

/// Every `area::name` that is declared as a code or built by hand.
fn codes_in(code: &str) -> Vec<String> {
    let declared = code.split("code(").skip(1).filter_map(|rest| rest.split(')').next());
    let quoted = code.split('"').skip(1).step_by(2);
    declared.chain(quoted).filter(|text| is_code(text)).map(str::to_string).collect()
}

fn is_code(text: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    text.split_once("::").is_some_and(|(area, name)| is_word(area) && is_word(name))
}

fn documents() -> Vec<PathBuf> {
    let mut pages = files_under("docs", "md");
    pages.extend(["README.md", "CHANGELOG.md", "tests/README.md"].map(PathBuf::from));
    pages
}

fn outside_fences(text: &str) -> String {
    let mut inside = false;
    let lines = text.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !inside && !fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Paths of this repository between backticks; of a test, `FILE::NAME`, the file.
fn quoted_paths(text: &str) -> Vec<String> {
    const ROOTS: [&str; 8] =
        ["src/", "docs/", "tests/", "grammar/", "scenarios/", "templates/", "editors/", "benches/"];
    let quoted = text.split('`').skip(1).step_by(2);
    let inside = quoted.filter(|code| ROOTS.iter().any(|root| code.starts_with(root)));
    let inside = inside.filter_map(|code| code.split("::").next());
    inside.filter(|code| !code.contains([' ', '*', '<', '{', '…'])).map(str::to_string).collect()
}

fn links(text: &str) -> Vec<String> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let local = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    local.filter_map(|target| target.split('#').next()).map(str::to_string).collect()
}

/// The words that the grammar quotes.
fn words_of_grammar(grammar: &str) -> BTreeSet<String> {
    let code = grammar.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n");
    let code = code.replace("\\\"", "");
    let quoted = code.split('"').skip(1).step_by(2);
    quoted.filter(|text| is_keyword(text)).map(str::to_string).collect()
}

fn words_of_editor(json: &str) -> BTreeSet<String> {
    let grammar: serde_json::Value = serde_json::from_str(json).expect("the editor's grammar is JSON");
    let patterns = grammar["repository"]["keywords"]["patterns"].as_array().expect("a list of patterns");
    let matches = patterns.iter().filter_map(|pattern| pattern["match"].as_str());
    let words = matches.flat_map(|text| text.trim_start_matches("\\b(").trim_end_matches(")\\b").split('|'));
    words.map(str::to_string).collect()
}

fn is_keyword(text: &str) -> bool {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    text.len() > 1 && text.starts_with(|letter: char| letter.is_ascii_alphabetic()) && text.chars().all(is_part)
}

fn rust_files(folder: &str) -> Vec<PathBuf> {
    files_under(folder, "rs")
}

fn files_under(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.expect("a readable folder").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|other| other == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn assert_none(wrong: &[String], what: &str) {
    assert!(wrong.is_empty(), "{what}:\n  {}", wrong.join("\n  "));
}
