//! Problems as a JUnit report, which most build servers read.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::text::Sources;

use super::super::{Problem, Problems, Severity};

/// A suite for each file, a case for each problem in it; a file without errors is one passing case.
pub fn junit(problems: &Problems, sources: &Sources) -> String {
    let mut report = Report::new("scn check");
    for (id, source) in sources.iter() {
        let here = |problem: &&Problem| problem.place().is_some_and(|place| place.source == id);
        let cases: Vec<TestCase> = problems.iter().filter(here).map(|problem| case(problem, sources)).collect();
        report.add_test_suite(suite(&source.path, cases));
    }
    let nowhere: Vec<TestCase> =
        problems.iter().filter(|problem| problem.place().is_none()).map(|problem| case(problem, sources)).collect();
    if !nowhere.is_empty() {
        report.add_test_suite(suite("book", nowhere));
    }
    report.to_string().unwrap_or_default()
}

fn suite(path: &str, cases: Vec<TestCase>) -> TestSuite {
    let mut suite = TestSuite::new(path);
    if cases.is_empty() {
        suite.add_test_case(TestCase::new("no problems", TestCaseStatus::success()));
    }
    suite.add_test_cases(cases);
    suite
}

fn case(problem: &Problem, sources: &Sources) -> TestCase {
    let place = problem.place().map(|place| sources.locate(place)).unwrap_or_default();
    let mut status = match problem.severity {
        Severity::Error => TestCaseStatus::non_success(NonSuccessKind::Failure),
        _ => TestCaseStatus::skipped(),
    };
    status.set_message(problem.message.clone()).set_type(problem.code.clone());
    status.set_description(format!("{place}: {}\n{}", problem.message, problem.help.as_deref().unwrap_or("")));
    TestCase::new(format!("{} {place}", problem.code), status)
}
