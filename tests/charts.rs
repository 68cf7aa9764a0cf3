//! Charts: a picture of each kind, and what holds of any: well-formed, nothing outside, no text over another.
//!
//! `ACCEPT=1 cargo test --test charts` writes the pictures in tests/fixtures/charts; look at them in a browser.

#[path = "charts/hostile.rs"]
mod hostile;
#[path = "charts/samples.rs"]
mod samples;

use std::path::Path;

use proptest::prelude::*;
use scn::chart::{Area, Category, ChartError, ChartSpec, Datum, Lines, Point, Row, Scatter, Shape, scene, svg, text};

#[test]
fn every_kind_gives_its_picture() {
    let folder = Path::new("tests/fixtures/charts");
    for (name, chart) in samples::samples() {
        let (path, picture) = (folder.join(format!("{name}.svg")), svg(&chart).expect("a chart"));
        if std::env::var_os("ACCEPT").is_some() {
            std::fs::write(&path, &picture).expect("a writable folder");
        }
        let stands = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(stands == picture, "{name}.svg differs; ACCEPT=1 writes it");
    }
}

#[test]
fn every_kind_keeps_the_rules() {
    samples::samples().iter().for_each(|(name, chart)| keeps_the_rules(name, chart));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_chart_keeps_the_rules_or_says_why_not(chart in hostile::chart()) {
        if let Ok(picture) = svg(&chart) {
            prop_assert_eq!(&picture, &svg(&chart).expect("the same again"));
            keeps_the_rules("any", &chart);
        }
        let _ = text(&chart, 80);
    }
}

fn lines(count: usize) -> ChartSpec {
    let value = |at: usize| Datum { size: Some(((at * 37) % 101) as f64), text: at.to_string() };
    let row = Row { label: "noise".into(), values: (0..count).map(value).collect() };
    let categories = (0..count).map(|at| Category { label: format!("{at}"), estimated: false }).collect();
    ChartSpec {
        title: "Noise".into(),
        note: String::new(),
        shape: Shape::Lines(Lines { unit: "x".into(), categories, rows: vec![row] }),
    }
}

#[test]
fn ten_thousand_points_make_a_small_picture() {
    keeps_the_rules("lines", &lines(10_000));
    assert!(svg(&lines(10_000)).expect("a chart").len() < 120_000);
    let point =
        |at: usize| Point { label: format!("{at}"), across: Some(at as f64), up: Some((at % 89) as f64), group: 0 };
    let scatter = Scatter { points: (0..10_000).map(point).collect(), ..Scatter::default() };
    keeps_the_rules(
        "scatter",
        &ChartSpec { title: "Dust".into(), note: String::new(), shape: Shape::Scatter(scatter) },
    );
}

#[test]
fn what_makes_no_chart_says_why() {
    let with = |size: Option<f64>| {
        let mut chart = lines(1);
        if let Shape::Lines(lines) = &mut chart.shape {
            lines.rows[0].values[0].size = size;
        }
        svg(&chart).map(|_| ())
    };
    assert_eq!(with(Some(f64::NAN)), Err(ChartError::Beyond { number: "NaN".into() }));
    assert_eq!(with(Some(1e200)).map_err(|error| matches!(error, ChartError::Beyond { .. })), Err(true));
    assert_eq!(with(None), Err(ChartError::Empty { title: "Noise".into() }));
    assert_eq!(with(Some(7.0)), Ok(()));
}

#[test]
fn bars_in_plain_text_keep_to_their_columns() {
    for (name, chart) in samples::samples() {
        let Some(drawn) = text(&chart, 72) else { continue };
        assert!(drawn.lines().all(|line| unicode_width(line) <= 72 || name == "tornado"), "{name}:\n{drawn}");
        insta::assert_snapshot!(name, drawn);
    }
}

fn unicode_width(line: &str) -> usize {
    line.chars().map(|letter| if letter as u32 >= 0x2e80 { 2 } else { 1 }).sum()
}

/// Well-formed, without a number that is none, every text inside and apart from the others.
fn keeps_the_rules(name: &str, chart: &ChartSpec) {
    let (picture, scene) = (svg(chart).expect("a chart"), scene(chart).expect("a chart"));
    let document = roxmltree::Document::parse(&picture).unwrap_or_else(|error| panic!("{name}: {error}\n{picture}"));
    assert!(document.descendants().any(|node| node.has_tag_name("title")), "{name} has a title");
    let places = document.descendants().flat_map(|node| node.attributes());
    let is_none = |value: &str| value.contains("NaN") || value.contains("inf") || value.contains("0000000");
    assert!(!places.map(|place| place.value()).any(is_none), "{name} has only numbers");
    let whole = Area { x: 0.0, y: 0.0, width: scene.width, height: scene.height };
    let texts: Vec<_> = scene.texts().collect();
    for (at, text) in texts.iter().enumerate() {
        assert!(whole.holds(&text.bounds()), "{name}: `{}` leaves the picture: {:?}", text.words, text.bounds());
        for other in &texts[at + 1..] {
            assert!(!text.bounds().meets(&other.bounds()), "{name}: `{}` covers `{}`", text.words, other.words);
        }
    }
}
