//! What is ready to paste into a build, run in a scratch repository with branches.

use std::path::Path;
use std::process::{Command, Output};

use serde_yaml::Value;

struct Repository(tempfile::TempDir);

impl Repository {
    /// A book on `main`, its reports written, and a branch that sells more chips.
    fn new() -> Repository {
        let repository = Repository(tempfile::tempdir().expect("a folder"));
        repository.bash("git init -q -b main . && git config user.name t && git config user.email t@example.com", &[]);
        repository.bash("scn new shop -q && scn report shop -q && git add -A && git commit -q -m start", &[]);
        repository.bash("git switch -q -c more", &[]);
        repository.bash("sed -i 's/2030E 620 k chip/2030E 680 k chip/' shop/book.scn && scn report shop -q", &[]);
        repository.bash("git commit -q -a -m 'Sell more'", &[]);
        repository
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, script: &str, variables: &[(&str, &str)]) -> Output {
        let bin = Path::new(env!("CARGO_BIN_EXE_scn")).parent().expect("a folder");
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new("bash");
        command.args(["-e", "-o", "pipefail", "-c", script]).current_dir(self.path()).env("PATH", path);
        command.env("GITHUB_STEP_SUMMARY", self.path().join("summary.md"));
        command.envs(variables.iter().copied()).output().expect("bash")
    }

    fn bash(&self, script: &str, variables: &[(&str, &str)]) -> String {
        let output = self.run(script, variables);
        let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{script}\n{told}");
        told
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

fn yaml(path: &str) -> Value {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file");
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The script of a step of the action.
fn step(id: &str) -> String {
    let action = yaml(".github/actions/review/action.yml");
    let steps = action["runs"]["steps"].as_sequence().expect("steps").clone();
    let found = steps.into_iter().find(|step| step["id"].as_str() == Some(id)).expect("the step");
    found["run"].as_str().expect("a script").to_string()
}

#[test]
fn the_action_checks_and_reviews_a_branch() {
    let repository = Repository::new();
    let book = [("BOOK", "shop"), ("BASE", "main"), ("FAIL_ON", "")];
    repository.bash(&step("install"), &[("INSTALL", "false")]);
    repository.bash(&step("check"), &book);
    repository.bash(&step("review"), &book);
    let comment = repository.read("scn-review/comment.md");
    assert!(comment.contains("Value of a share") && comment.contains("680 k chip"), "{comment}");
    assert_eq!(repository.read("summary.md"), comment);
}

#[test]
fn the_action_fails_by_its_rules_and_still_says_why() {
    let repository = Repository::new();
    let rules = [("BOOK", "shop"), ("BASE", "main"), ("FAIL_ON", "co.value base > +1%\n")];
    assert!(!repository.run(&step("review"), &rules).status.success());
    assert!(repository.read("scn-review/comment.md").contains("Value of a share"));
    let lenient = [("BOOK", "shop"), ("BASE", "main"), ("FAIL_ON", "co.value base > +50%\n")];
    repository.bash(&step("review"), &lenient);
}

#[test]
fn the_action_finds_a_stale_report_and_a_broken_book() {
    let repository = Repository::new();
    repository.bash("sed -i 's/2030E 680 k chip/2030E 690 k chip/' shop/book.scn", &[]);
    assert!(!repository.run(&step("check"), &[("BOOK", "shop")]).status.success());
    repository.bash("scn report shop -q", &[]);
    repository.bash(&step("check"), &[("BOOK", "shop")]);
    repository.bash("sed -i 's/USD.chip from/USD\\/wafer from/' shop/book.scn", &[]);
    let output = repository.run(&step("check"), &[("BOOK", "shop")]);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).contains("::error file=shop/book.scn"));
}

#[test]
fn the_comment_is_posted_once_and_then_updated() {
    let repository = Repository::new();
    let workflow = yaml("docs/ci/github-comment.yml");
    let steps = workflow["jobs"]["comment"]["steps"].as_sequence().expect("steps").clone();
    let post = steps.into_iter().find(|step| step["id"].as_str() == Some("post")).expect("the step");
    let post = post["run"].as_str().expect("a script").to_string();
    // A stand-in for the forge's own command: it keeps what it is sent.
    let forge = "mkdir -p bin && cat > bin/gh <<'E'\n#!/usr/bin/env bash\necho \"$*\" >> calls\n\
                 case \"$*\" in *--jq*) cat known 2>/dev/null || true ;; *) cp body.md posted.md ;; esac\nE\nchmod +x bin/gh";
    repository.bash(forge, &[]);
    repository.bash("echo 7 > number && echo 'The answer.' > comment.md", &[]);
    let script = format!("export PATH=\"$PWD/bin:$PATH\"\n{post}");
    repository.bash(&script, &[("REPOSITORY", "a/b")]);
    assert!(repository.read("calls").contains("--method POST repos/a/b/issues/7/comments"));
    assert_eq!(repository.read("posted.md"), "<!-- scn review -->\nThe answer.\n");
    repository.bash("echo 99 > known", &[]);
    repository.bash(&script, &[("REPOSITORY", "a/b")]);
    assert!(repository.read("calls").contains("--method PATCH repos/a/b/issues/comments/99"));
    repository.bash("echo '7; rm -rf x' > number", &[]);
    assert!(!repository.run(&script, &[("REPOSITORY", "a/b")]).status.success());
}

#[test]
fn the_gitlab_job_leaves_its_reports_and_ends_as_it_should() {
    let repository = Repository::new();
    let job = yaml("docs/ci/gitlab.yml")["scn"].clone();
    let lines = |key: &str| -> Vec<String> {
        let lines = job[key].as_sequence().expect("lines").iter();
        lines.map(|line| line.as_str().expect("a line").to_string()).collect()
    };
    let script = [lines("before_script"), lines("script")].concat().join("\n");
    let output = repository.run(&script, &[("BOOK", "shop"), ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "main")]);
    assert!(repository.read("review.md").contains("Value of a share"));
    assert!(repository.read("gl-code-quality-report.json").trim_start().starts_with('['));
    assert!(repository.read("figures.xml").contains("<testsuite"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // A price cut makes a published figure fail, and the job says so after it has written everything.
    repository.bash("sed -i 's/given asp = 2_800/given asp = 2_700/' shop/book.scn && rm review.md", &[]);
    let output = repository.run(&script, &[("BOOK", "shop"), ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "main")]);
    assert!(!output.status.success());
    assert!(repository.read("figures.xml").contains("<failure") && repository.read("review.md").contains("2,700"));
}

#[test]
fn the_hooks_before_a_commit_run() {
    let repository = Repository::new();
    for hook in yaml(".pre-commit-hooks.yaml").as_sequence().expect("hooks") {
        let entry = hook["entry"].as_str().expect("an entry");
        repository.bash(&format!("{entry} shop/book.scn"), &[]);
    }
}

#[test]
fn the_attributes_of_the_guide_make_diffs_and_merges_read_facts() {
    let repository = Repository::new();
    let guide = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci.md")).expect("the guide");
    let block = |kind: &str| {
        let start = guide.split(&format!("```{kind}\n")).nth(1).expect("a block");
        start.split("```").next().expect("an end").to_string()
    };
    std::fs::write(repository.path().join(".gitattributes"), block("gitattributes")).expect("a file");
    repository.bash(&block("sh"), &[]);
    repository.bash("git add -A && git commit -q -m attributes", &[]);
    repository.bash("sed -i 's/given asp = 2_800/given   asp  =  2_800/' shop/book.scn", &[]);
    assert_eq!(repository.bash("git diff", &[]), "", "how a line is set is no difference");
    repository.bash("sed -i 's/given   asp  =  2_800/given asp = 2_650/' shop/book.scn", &[]);
    let told = repository.bash("git diff", &[]);
    assert!(told.contains("+") && told.contains("asp = 2_650"), "{told}");
}
