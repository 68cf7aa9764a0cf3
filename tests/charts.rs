//! Charts: a picture of each kind, and what holds of any: well-formed, nothing outside, no text over another.
//!
//! `ACCEPT=1 cargo test --test charts` writes the pictures in tests/fixtures/charts; look at them in a browser.

#[path = "charts/samples.rs"]
mod samples;

use std::path::Path;

use scn::chart::{Area, ChartSpec, scene, svg};

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

/// Well-formed, without a number that is none, every text inside and apart from the others.
fn keeps_the_rules(name: &str, chart: &ChartSpec) {
    let (picture, scene) = (svg(chart).expect("a chart"), scene(chart).expect("a chart"));
    let document = roxmltree::Document::parse(&picture).unwrap_or_else(|error| panic!("{name}: {error}\n{picture}"));
    assert!(document.descendants().any(|node| node.has_tag_name("title")), "{name} has a title");
    assert!(!picture.contains("NaN") && !picture.contains("inf\""), "{name} has only numbers");
    let whole = Area { x: 0.0, y: 0.0, width: scene.width, height: scene.height };
    let texts: Vec<_> = scene.texts().collect();
    for (at, text) in texts.iter().enumerate() {
        assert!(whole.holds(&text.bounds()), "{name}: `{}` leaves the picture: {:?}", text.words, text.bounds());
        for other in &texts[at + 1..] {
            assert!(!text.bounds().meets(&other.bounds()), "{name}: `{}` covers `{}`", text.words, other.words);
        }
    }
}
