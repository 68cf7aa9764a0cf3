//! What may be asked of a book, and what is answered.

use std::collections::BTreeMap;
use std::sync::Arc;

use scn::check::{Given, expression};
use scn::diagnostic::render::json;
use scn::diagnostic::{Problems, Refusal};
use scn::eval::Settings;
use scn::export::rows;
use scn::report::{Material, Templates, render};
use scn::resolve::{Loader, beside};
use scn::select::{View, cases, periods, sets};
use scn::study::Answers;
use scn::workspace::{Checked, Evaluated, open};
use serde::Deserialize;
use serde_json::{Value, json};

/// A book and a question about it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    /// Texts by their paths: `.scn` files, data, templates.
    files: BTreeMap<String, String>,
    /// The path of the file that the book begins with.
    root: String,
    ask: Ask,
    /// Values that are laid over the book, as `--set` takes them.
    #[serde(default)]
    set: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Ask {
    /// What is wrong with the book, hints too.
    Check,
    /// The outputs of the book, or what words name, in cases and periods.
    Eval {
        #[serde(default)]
        words: Vec<String>,
        #[serde(default)]
        cases: Vec<String>,
        periods: Option<String>,
    },
    /// The pages of all reports with their pictures.
    Report,
}

/// The answer to a request: `{"problems": …}` with what was asked for beside it, or `{"refused": …, "help": …}`.
pub fn answer(request: &str) -> String {
    let answered = match serde_json::from_str::<Request>(request) {
        Ok(request) => answered(&request),
        Err(error) => Err(Refusal::plain(format!("this is no request: {error}"))),
    };
    answered.unwrap_or_else(|refusal| json!({ "refused": refusal.message, "help": refusal.help })).to_string()
}

struct Memory<'r>(&'r BTreeMap<String, String>);

impl Loader for Memory<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.0.get(path).map(|text| text.clone().into_bytes()).ok_or_else(|| "there is no such file".to_string())
    }
}

fn answered(request: &Request) -> Result<Value, Refusal> {
    let loader = Memory(&request.files);
    let checked = open(&request.root, &loader, None);
    let settings = Settings { sets: sets(&checked, &request.set)?, ..Settings::default() };
    let evaluated = checked.is_sound().then(|| checked.evaluate(&settings));
    let Some(evaluated) = evaluated else { return Ok(json(&checked.problems, checked.sources())) };
    match &request.ask {
        Ask::Check => Ok(json(&checked.whole(Some(&evaluated), &loader), checked.sources())),
        Ask::Eval { words, cases, periods } => values(&checked, &evaluated, words, cases, periods.as_deref()),
        Ask::Report => Ok(reports(request, &checked, evaluated)),
    }
}

/// What was found while a book was read and evaluated.
fn found(checked: &Checked, evaluated: &Evaluated) -> Problems {
    let mut problems = checked.problems.clone();
    problems.extend(evaluated.results.problems.iter().cloned());
    problems
}

fn values(
    checked: &Checked,
    evaluated: &Evaluated,
    words: &[String],
    names: &[String],
    span: Option<&str>,
) -> Result<Value, Refusal> {
    let base = ["base".to_string()];
    let view = View {
        checked,
        results: &evaluated.results,
        cases: cases(&checked.model, if names.is_empty() { &base } else { names })?,
        periods: span.map(periods).transpose()?,
    };
    let selected = match words {
        [] => view.outputs(),
        _ => words.iter().map(|word| view.word(word)).collect::<Result<Vec<_>, _>>()?.concat(),
    };
    let mut answer = json(&found(checked, evaluated), checked.sources());
    answer["values"] = json!(rows(&selected));
    Ok(answer)
}

struct Folder {
    files: BTreeMap<String, String>,
    root: String,
}

impl Templates for Folder {
    fn read(&self, name: &str) -> Result<Option<String>, String> {
        Ok(self.files.get(&beside(&self.root, &format!("templates/{name}"))).cloned())
    }
}

fn reports(request: &Request, checked: &Checked, evaluated: Evaluated) -> Value {
    let mut problems = found(checked, &evaluated);
    let (model, symbols) = (Arc::new(checked.model.clone()), checked.symbols.clone());
    let results = Arc::new(evaluated.results);
    let material = Material {
        answers: Arc::new(Answers::new(model.clone(), results.clone(), 1)),
        model: model.clone(),
        results,
        findings: Arc::new(evaluated.findings),
        templates: Arc::new(Folder { files: request.files.clone(), root: request.root.clone() }),
        expressions: Arc::new(move |text: &str, given: &[Given]| expression(&symbols, text, given)),
    };
    let mut sources = checked.sources().clone();
    let items: Vec<_> = model.reports.iter().collect();
    let mut pages = Vec::new();
    for (item, one) in items.iter().zip(render(&material, &items, 1, &mut sources)) {
        match one {
            Ok(rendered) => {
                let picture = |picture: &scn::report::Picture| json!({ "file": picture.file, "svg": picture.svg });
                let pictures: Vec<Value> = rendered.pictures.iter().map(picture).collect();
                pages.push(
                    json!({ "name": &*item.name, "path": &*item.to, "text": rendered.page(&item.name), "pictures": pictures }),
                );
            }
            Err(found) => problems.extend(found),
        }
    }
    let mut answer = json(&problems, &sources);
    answer["reports"] = Value::Array(pages);
    answer
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::answer;

    const BOOK: &str = "scn 1
model m \"M\" { currency CNY, as_of 2026-03-31, owner li.wei }
assume wafer = 9_500 USD/wafer by li.wei because \"channel checks\"
derive die: USD/die = wafer / 62 die/wafer / 70%
output die \"Cost of a die\"
report note \"Note\" template \"note.md.j2\" to \"note.md\" {}
";

    fn asked(ask: Value, set: &[&str]) -> Value {
        let files = json!({ "book.scn": BOOK, "templates/note.md.j2": "A die costs {{ die }}." });
        let request = json!({ "files": files, "root": "book.scn", "ask": ask, "set": set });
        serde_json::from_str(&answer(&request.to_string())).unwrap()
    }

    #[test]
    fn values_and_pages_follow_what_is_set() {
        let value = |set: &[&str]| asked(json!({ "eval": {} }), set)["values"][0]["value"].as_f64().unwrap();
        assert_eq!(value(&[]), 9_500.0 / 62.0 / 0.7);
        assert_eq!(value(&["wafer=19_000 USD/wafer"]), 2.0 * value(&[]));
        let page = asked(json!("report"), &["wafer=19_000 USD/wafer"]);
        assert!(page["reports"][0]["text"].as_str().unwrap().contains("A die costs 437.8 USD/die."), "{page}");
    }

    #[test]
    fn what_cannot_be_answered_says_why() {
        let help = asked(json!({ "eval": { "words": ["dei"] } }), &[]);
        assert_eq!(help["help"], "did you mean `die`?", "{help}");
        assert!(answer("{").contains("this is no request"));
        let check = asked(json!("check"), &[]);
        assert_eq!(check["counts"]["errors"], 0, "{check}");
    }
}
