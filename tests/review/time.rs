//! Calendars and sorts of values that change: they are charged with what they do.

use super::{BOOK, Review, assert_adds_up, reviewed, sums, told};

/// The book with a value over the whole calendar, from the second year on.
fn open_ended() -> String {
    let whole = BOOK.replace("pv(profit[2026E..2028E], ke, 2025A)", "sum(profit)");
    whole
        .replace("2025A 900 cup | 2028E 1_500 cup linear", "2025A.. 900 cup")
        .replace("2025A 400 cup | 2028E 1_000 cup linear", "2025A.. 400 cup")
}

fn after(edits: &[(&str, &str)]) -> Review {
    let new = edits.iter().fold(open_ended(), |text, (from, to)| {
        assert!(text.contains(from), "no `{from}`");
        text.replace(from, to)
    });
    reviewed(&open_ended(), &new)
}

/// What each change did to the first output that moved.
fn shares(review: &Review) -> Vec<(String, f64)> {
    let why = &review.whys[0];
    assert_adds_up(review);
    assert_eq!(why.rest, 0.0, "{:?}", told(review));
    why.shares.iter().map(|share| (review.changes[share.changes[0]].path.clone(), share.effect)).collect()
}

#[test]
fn a_longer_calendar_is_charged_with_the_years_it_brings() {
    let review = after(&[("2025A..2028E ending", "2025A..2030E ending")]);
    let shares = shares(&review);
    assert_eq!(shares.len(), 1);
    assert_eq!((shares[0].0.as_str(), shares[0].1), ("calendar fy", sums(&review, &review.whys[0]).1));
}

#[test]
fn a_calendar_acts_beside_other_changes() {
    let review = after(&[("2025A..2028E ending", "2025A..2030E ending"), ("price = 26", "price = 27")]);
    let shares = shares(&review);
    let paths: Vec<&str> = shares.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["calendar fy", "milk.price"]);
    assert!(!review.whys[0].together.is_empty(), "a higher price over more years");
}

#[test]
fn a_calendar_that_rolls_on_or_ends_sooner_is_shared_out_too() {
    let on = |calendar: &str| {
        let year = &calendar[..5];
        open_ended().replace("2025A..2028E ending", calendar).replace("2025A.. ", &format!("{year}.. "))
    };
    let rolled = reviewed(&on("2024A..2028E ending"), &on("2025A..2030E ending").replace("price = 26", "price = 27"));
    assert!(shares(&rolled).iter().any(|(path, _)| path == "calendar fy"), "{:?}", told(&rolled));
    let shorter = after(&[("2025A..2028E ending", "2025A..2027E ending"), ("price = 26", "price = 27")]);
    assert!(shares(&shorter).iter().any(|(path, _)| path == "calendar fy"), "{:?}", told(&shorter));
}

#[test]
fn the_way_back_through_a_calendar_is_the_opposite() {
    let new = open_ended().replace("2025A..2028E ending", "2025A..2030E ending").replace("price = 26", "price = 27");
    let (there, back) = (reviewed(&open_ended(), &new), reviewed(&new, &open_ended()));
    let (out, home) = (shares(&there), shares(&back));
    for (path, effect) in &out {
        let other = home.iter().find(|(other, _)| other == path).expect("the same change");
        assert!((effect + other.1).abs() < 1e-6, "{path}: {effect} and {}", other.1);
    }
}

#[test]
fn a_value_that_varies_over_time_now_is_charged_with_that() {
    let new =
        BOOK.replace("assume ke = 10%", "assume ke = 11%").replace("derive value", "derive other = 1\n  derive value");
    let series = new
        .replace("assume pace = 5%", "assume ratio pace = 2025A.. 6%")
        .replace("grown(1, pace)", "grown(1, pace[2026E])");
    let review = reviewed(BOOK, &series);
    assert_adds_up(&review);
    assert_eq!(review.whys[0].rest, 0.0, "{:?}", told(&review));
}
