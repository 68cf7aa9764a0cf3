//! A review of the book in `scenarios/`, as it is printed.

use scn::review::{Options, review};

/// The China book with some words of one of its files replaced.
struct China(Vec<(&'static str, &'static str)>);

impl scn::resolve::Loader for China {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let bytes =
            std::fs::read(format!("scenarios/china_ai_accelerators/{path}")).map_err(|error| error.to_string())?;
        if path != "cambricon/company.scn" {
            return Ok(bytes);
        }
        let mut text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
        for (from, to) in &self.0 {
            assert!(text.contains(from), "no `{from}`");
            text = text.replace(from, to);
        }
        Ok(text.into_bytes())
    }
}

#[test]
fn three_assumptions_of_a_real_book_add_up_to_the_printed_digit() {
    let open = |edits| scn::workspace::open("book.scn", &China(edits), None);
    let old = open(Vec::new());
    let new = open(vec![
        ("beta = 1.06", "beta = 1.12"),
        ("growth = 16%", "growth = 15%"),
        ("terminal = 6.0%", "terminal = 5.5%"),
    ]);
    let review = review(&old.model, &new.model, &Options::default());
    assert_eq!(review.changes.len(), 3);
    let side = |name| scn::review::view::Revision { name, sources: old.sources() };
    let view = scn::review::view::view(&review, side("old"), side("new"));
    let why = view.why.iter().find(|why| why.effect == "cambricon.target@base").expect("the price target");
    let printed = |text: &str| -> i64 {
        let digits: String = text.chars().filter(|letter| letter.is_ascii_digit() || *letter == '-').collect();
        digits.parse().expect("a number")
    };
    let parts: i64 = why.shares.iter().map(|share| printed(&share.effect.display)).sum();
    assert_eq!(parts, printed(&why.difference), "{why:#?}");
    assert_eq!(parts, printed(&why.to) - printed(&why.from), "{why:#?}");
    assert!(why.exact && why.rest.is_none() && why.shares.len() == 3);
}
