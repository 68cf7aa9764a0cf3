//! Simulations and discoveries: known answers, the same bits however the draws are split, and what is refused.

#[path = "support/w1.rs"]
mod w1;

use scn::eval::Settings;
use scn::model::Statistic;
use scn::study::{Answer, DiscoverAnswer, Options, OutputAnswer, Part, Shard, SimulateAnswer, merge, run};
use scn::workspace::{Checked, open};

struct Text(String);

impl scn::resolve::Loader for Text {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Ok(self.0.clone().into_bytes())
    }
}

fn book(text: &str) -> Checked {
    let book = open("book.scn", &Text(text.to_string()), None);
    let problems: Vec<String> = book.problems.iter().map(|problem| problem.message.clone()).collect();
    assert!(book.is_sound(), "{problems:?}");
    book
}

fn simulated(book: &Checked, name: &str, options: &Options) -> SimulateAnswer {
    let study = book.model.study_named(name).expect("a study of the book");
    match run(&book.model, study, options) {
        Ok(Answer::Simulate(answer)) => answer,
        other => panic!("{other:?}"),
    }
}

fn discovered(book: &Checked, name: &str) -> DiscoverAnswer {
    let study = book.model.study_named(name).expect("a study of the book");
    match run(&book.model, study, &Options::default()) {
        Ok(Answer::Discover(answer)) => answer,
        other => panic!("{other:?}"),
    }
}

fn refused(book: &Checked, name: &str, options: &Options) -> Vec<(String, String)> {
    let study = book.model.study_named(name).expect("a study of the book");
    let problems = run(&book.model, study, options).expect_err("no answer");
    problems.into_iter().map(|problem| (problem.code, problem.message)).collect()
}

fn value(output: &OutputAnswer, statistic: Statistic) -> f64 {
    let found = output.statistics.iter().find(|figure| figure.statistic == statistic);
    found.and_then(|figure| figure.value).expect("a value")
}

fn bits(answer: &SimulateAnswer) -> Vec<u64> {
    let outputs = answer.cases.iter().flat_map(|case| &case.outputs);
    let statistics = outputs.flat_map(|output| &output.statistics);
    let numbers = statistics.flat_map(|figure| [figure.value, figure.error].into_iter().flatten());
    numbers.map(f64::to_bits).collect()
}

#[test]
fn the_residual_income_model_has_its_known_draws() {
    let book = book(w1::BOOK);
    let answer = simulated(&book, "mc", &Options::default());
    let output = &answer.cases[0].outputs[0];
    assert!((output.point.number().expect("a value") - 1_588.021_601_965_0).abs() < 1e-9);
    for (statistic, known) in [
        (Statistic::Mean, 1_678.799_593_434),
        (Statistic::Sd, 582.082_916_392),
        (Statistic::Quantile(0.05), 917.731_136_626),
        (Statistic::Quantile(0.5), 1_587.444_469_551),
        (Statistic::Quantile(0.95), 2_766.975_697_826),
    ] {
        let value = value(output, statistic);
        assert!((value - known).abs() < 1e-9 * known, "{statistic:?}: {value} is not {known}");
    }
    assert_eq!((output.count, output.missing, answer.inputs.len()), (10_000, 0, 6));
}

#[test]
fn threads_and_shards_change_no_bit() {
    let book = book(w1::BOOK);
    let draws = Some(100_001);
    let whole = simulated(&book, "mc", &Options { draws, threads: 1, ..Options::default() });
    for threads in [2, 8] {
        let again = simulated(&book, "mc", &Options { draws, threads, ..Options::default() });
        assert_eq!(bits(&again), bits(&whole), "{threads} threads");
    }
    let study = book.model.study_named("mc").expect("a study of the book");
    for of in [2, 5] {
        let part = |number| {
            let shard = Some(Shard { number, of });
            let part = simulated(&book, "mc", &Options { draws, shard, ..Options::default() }).part.expect("a part");
            let text = serde_json::to_string(&part).expect("plain data");
            serde_json::from_str::<Part>(&text).expect("what was written")
        };
        let parts: Vec<Part> = (1..=of).rev().map(part).collect();
        match merge(&book.model, study, &Options::default(), parts.clone()) {
            Ok(Answer::Simulate(merged)) => assert_eq!(bits(&merged), bits(&whole), "{of} shards"),
            other => panic!("{other:?}"),
        }
        let twice = [parts[1..].to_vec(), vec![parts[1].clone()]].concat();
        let problems = merge(&book.model, study, &Options::default(), twice).expect_err("no run");
        assert_eq!(problems[0].code, "study::parts");
    }
}

#[test]
fn draws_follow_their_input_and_nothing_else() {
    let plain = "scn 1\nmodel m \"M\" { currency CNY, as_of 2026-03-31, owner li.wei }\n\
                 assume a = 2 range 1..4 by li.wei because \"x\"\n\
                 assume b = 3 range 1..5 triangular by li.wei because \"x\"\n\
                 derive c = a * b\n\
                 simulate s of a, b, c { draws 1_000, seed 7 }\n";
    let more = plain.replace("derive c", "assume extra = 1 range 0..9 by li.wei because \"x\"\nderive c");
    let edited = more
        .replace("of a, b, c", "of b, c, a + extra, a")
        .replace("assume a = 2 range 1..4", "assume a = 3 range 1..4");
    let (first, second) =
        (simulated(&book(plain), "s", &Options::default()), simulated(&book(&edited), "s", &Options::default()));
    let b = |answer: &SimulateAnswer, at: usize| bits(answer)[at * 10..][..10].to_vec();
    assert_eq!(b(&first, 1), b(&second, 0), "another input, another order and another value move no draw of `b`");
    assert_ne!(b(&first, 0), b(&second, 3));
}

#[test]
fn stratified_draws_are_nearer_and_correlations_hold() {
    let text = "scn 1\nmodel m \"M\" { currency CNY, as_of 2026-03-31, owner li.wei }\n\
                assume a = 2 range 1..3 uniform by li.wei because \"x\"\n\
                assume b = 2 range 1..3 uniform by li.wei because \"x\"\n\
                derive c = a * b\n\
                simulate plain of c { draws 4_096 }\n\
                simulate latin of c { draws 4_096, sampling latin }\n\
                simulate sobol of c { draws 4_096, sampling sobol }\n\
                simulate tied of c {\n  draws 4_096\n  correlate a, b at 0.8\n  importance\n}\n";
    let book = book(text);
    let off = |name: &str| {
        let answer = simulated(&book, name, &Options::default());
        (value(&answer.cases[0].outputs[0], Statistic::Mean) - 4.0).abs()
    };
    assert!(off("plain") < 0.06 && off("latin") < 0.02 && off("sobol") < 0.001);
    let tied = simulated(&book, "tied", &Options::default());
    let output = &tied.cases[0].outputs[0];
    // Of two uniforms with this copula: the covariance is that of their ranks.
    assert!((value(output, Statistic::Mean) - (4.0 + 0.8 / 3.0)).abs() < 0.06);
    assert!(output.importance.iter().all(|rank| rank.correlation.value > 0.9));
}

#[test]
fn cases_share_their_draws_and_pin_what_they_set() {
    let text = "scn 1\nmodel m \"M\" { currency CNY, as_of 2026-03-31, owner li.wei }\n\
                assume a = 2 range 1..3 by li.wei because \"x\"\n\
                assume b = 2 range 1..3 by li.wei because \"x\"\n\
                assume d = 0 by li.wei because \"x\"\n\
                derive c = a + b + d\n\
                case up \"Up\" from base by li.wei because \"x\" { d = 1 }\n\
                case held \"Held\" from base by li.wei because \"x\" { b = high }\n\
                simulate s of c, a {\n  draws 500\n  cases base, up, held\n  probability c > 4\n}\n";
    let answer = simulated(&book(text), "s", &Options::default());
    let mean = |case: usize, output: usize| value(&answer.cases[case].outputs[output], Statistic::Mean);
    assert!((mean(1, 0) - mean(0, 0) - 1.0).abs() < 1e-12);
    assert_eq!(mean(2, 1), mean(0, 1));
    assert!((mean(2, 0) - mean(2, 1) - 3.0).abs() < 1e-12);
    let pinned = &answer.cases[2].pinned;
    assert_eq!((pinned.len(), &*pinned[0].input, &*pinned[0].by), (1, "b", "case held"));
    let probability = answer.cases[0].predicates[0].probability.expect("known");
    assert!((probability.value - 0.5).abs() < 0.1 && (probability.error - 0.0223).abs() < 0.001);
}

#[test]
fn missing_draws_are_counted_with_the_first_reason() {
    let text = "scn 1\nmodel m \"M\" { currency CNY, as_of 2026-03-31, owner li.wei }\n\
                source note \"Note\" = document \"initiation\" dated 2026-02-14\n\
                assume a = 2 range 1..3 uniform by li.wei because \"x\"\n\
                given none = X \"too dear\" from note p 1\n\
                derive c = if a > 2.5 then none else a\n\
                simulate s of c { draws 1_000 }\n";
    let answer = simulated(&book(text), "s", &Options::default());
    let output = &answer.cases[0].outputs[0];
    assert_eq!(output.count + output.missing, 1_000);
    assert!((200..300).contains(&output.missing));
    let (_, reason) = output.first_missing.clone().expect("some are missing");
    assert!(reason.contains("too dear"), "{reason}");
}

#[test]
fn indices_tell_what_makes_the_variance() {
    let text = "scn 1\nmodel m \"M\" { currency CNY, as_of 2026-03-31, owner li.wei }\n\
                assume a = 0 range -1..1 uniform by li.wei because \"x\"\n\
                assume b = 0 range -1..1 uniform by li.wei because \"x\"\n\
                assume idle = 0 range -1..1 uniform by li.wei because \"x\"\n\
                derive c = a + 2 * b + 0 * idle\n\
                simulate s of c {\n  draws 4_096\n  indices\n}\n";
    let answer = simulated(&book(text), "s", &Options::default());
    let indices = &answer.cases[0].outputs[0].indices;
    assert_eq!(&*indices[0].input, "b");
    assert!((indices[0].first.value - 0.8).abs() < 0.02 && (indices[1].total.value - 0.2).abs() < 0.02);
    assert!(indices.get(2).is_none_or(|idle| !idle.total.is_separable()));
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let text = "scn 1\nmodel m \"M\" { currency CNY, as_of 2026-03-31, owner li.wei }\n\
                assume low = 5 by li.wei because \"x\"\n\
                assume a = 9 range low..8 by li.wei because \"x\"\n\
                derive c = a + 1\n\
                derive still = low + 1\n\
                simulate outside of c { draws 1_000 }\n\
                simulate huge of c { draws 1_000_000_000_000 }\n\
                simulate nothing of still { draws 1_000 }\n\
                discover never of c > 100 {\n  vary a 1..2 uniform\n}\n\
                discover always of c < 100 {\n  vary a 1..2 uniform\n}\n";
    let book = book(text);
    let code = |name: &str| refused(&book, name, &Options::default()).remove(0);
    assert_eq!(code("outside").0, "chance::domain");
    assert_eq!(code("huge").0, "study::draws");
    assert!(code("huge").1.contains("20,000,000,000"), "{}", code("huge").1);
    assert_eq!(code("nothing").0, "study::nothing_moves");
    assert_eq!(code("never").0, "study::one_sided");
    assert_eq!(code("always").0, "study::one_sided");
    assert_eq!(refused(&book, "outside", &Options { draws: Some(0), ..Options::default() })[0].0, "study::draws");
    let settings = Settings::default();
    let stopped = std::sync::atomic::AtomicBool::new(true);
    let options = Options { stop: Some(&stopped), settings, draws: Some(100), ..Options::default() };
    assert_eq!(refused(&book, "never", &options), []);
}

#[test]
fn a_region_is_found_where_the_condition_holds() {
    let text = "scn 1\nmodel m \"M\" { currency CNY, as_of 2026-03-31, owner li.wei }\n\
                assume a = 0.5 range 0..1 uniform by li.wei because \"x\"\n\
                assume b = 0.5 range 0..1 uniform by li.wei because \"x\"\n\
                assume d = 0.5 range 0..1 uniform by li.wei because \"x\"\n\
                derive c = (if a < 0.4 then 1 else 0) * (if b > 0.7 then 1 else 0) + 0 * d\n\
                discover room of c > 0.5 { draws 4_000 }\n";
    let answer = discovered(&book(text), "room");
    let limits: Vec<&str> = answer.limits.iter().map(|limit| &*limit.input).collect();
    assert_eq!(limits.len(), 2, "{limits:?}");
    assert!(answer.density() > 0.95 && answer.coverage() > 0.9, "{answer:?}");
    let a = answer.limits.iter().find(|limit| &*limit.input == "a").expect("a limit");
    assert!((a.high.expect("a bound") - 0.4).abs() < 0.03 && a.low.is_none() && a.by_chance < 0.01);
}
