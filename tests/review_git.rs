//! Reviews in a scratch repository, as the command prints them, and what git cannot give.

#[path = "review/history.rs"]
mod history;
#[path = "review/hostile.rs"]
mod hostile;
#[path = "support/schema.rs"]
mod schema;
#[path = "review/scratch.rs"]
mod scratch;

use schema::hold;
use scratch::{Repository, hashless, revised};

#[test]
fn a_branch_is_reviewed_in_words() {
    let repository = revised();
    insta::assert_snapshot!(repository.says(&["review", "main..HEAD", "book"]));
    assert_eq!(repository.says(&["review", "book"]), repository.says(&["review", "main", "book"]));
}

#[test]
fn the_comment_of_a_pull_request_is_markdown() {
    insta::assert_snapshot!(revised().says(&["review", "main..HEAD", "book", "--format", "md"]));
}

#[test]
fn a_page_stands_alone() {
    let repository = revised();
    repository.scn(&["review", "main..HEAD", "book", "-o", "review.html"]);
    let page = std::fs::read_to_string(repository.path().join("review.html")).expect("a page");
    insta::assert_snapshot!(hashless(&page));
}

#[test]
fn the_json_is_as_its_schema_says() {
    let repository = revised();
    repository.edit(
        "book/book.scn",
        "output alpha.value",
        "simulate risk of alpha.value { draws 200, seed 3 }\noutput alpha.value",
    );
    let output = repository.scn(&["review", "main", "book", "--studies", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let schema = std::fs::read_to_string("docs/schemas/review.json").expect("the schema");
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let mut wrong = Vec::new();
    hold(&schema, &schema, &value, "", &mut wrong);
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(value["studies"][0]["study"], "risk");
    assert!(
        !value["why"].as_array().expect("a list").is_empty() && !value["flags"].as_array().expect("a list").is_empty()
    );
}

#[test]
fn studies_and_functions_are_shown_in_every_form() {
    let repository = Repository::new();
    let study = "fn cut(value: CNY/share): CNY/share =\n  value * 90%\nderive low = cut(co.value)\nsimulate risk \"Risk\" of low {\n  draws 200\n  seed 3\n  probability low > 7 CNY/share\n}\noutput";
    repository.edit("book/book.scn", "output", study);
    repository.commit("a study");
    repository.edit("book/book.scn", "  value * 90%", "  value\n    * 80%");
    repository.edit("book/book.scn", "draws 200", "draws 400");
    let mut text = String::new();
    for words in [
        vec!["review", "HEAD", "book", "--studies"],
        vec!["review", "HEAD", "book", "--studies=risk", "--format", "md"],
        vec!["review", "HEAD", "book", "--studies=risks"],
    ] {
        text += &format!("$ scn {}\n{}\n", words.join(" "), repository.says(&words));
    }
    insta::assert_snapshot!(text);
    let page = repository.says(&["review", "HEAD", "book", "--studies", "--format", "html"]);
    assert!(page.contains("<h2>simulate risk, Risk</h2>") && page.contains("<details><summary>fn cut"), "{page}");
}

#[test]
fn an_identical_revision_has_nothing_to_review() {
    let repository = Repository::new();
    assert_eq!(repository.says(&["review", "HEAD..HEAD", "book"]), "Nothing changed.\n");
    assert_eq!(repository.says(&["review", "book"]), "Nothing changed.\n");
}

#[test]
fn a_rule_that_is_hit_is_a_finding() {
    let repository = revised();
    let code = |rules: &[&str]| {
        let mut words = vec!["review", "main..HEAD", "book", "-o", "out.md"];
        rules.iter().for_each(|rule| words.extend(["--fail-on", rule]));
        repository.scn(&words).status.code()
    };
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["alpha.value base > 5%"]), Some(0));
    assert_eq!(code(&["alpha.value base < -5%"]), Some(1));
    assert_eq!(code(&["* < -0.1 CNY/share"]), Some(1));
    assert_eq!(code(&["stale_source"]), Some(1));
    assert_eq!(code(&["case_order"]), Some(0));
    assert_eq!(code(&["alpha.value < -1_000"]), Some(0));
    assert_eq!(code(&["alpha.valu < 5%"]), Some(2));
    assert_eq!(code(&["alpha.value by 5%"]), Some(2));
    // A unit that measures something else is told before anything moves.
    assert_eq!(code(&["alpha.value > 5 mn wafer"]), Some(2));
    let still = |rule: &str| repository.scn(&["review", "HEAD..HEAD", "book", "--fail-on", rule]).status.code();
    assert_eq!(still("alpha.value > 5 CNY/share"), Some(0));
    assert_eq!(still("alpha.value > 5 wafer"), Some(2));
    assert_eq!(still("alpha.value > 5 nonsense"), Some(2));
}
