//! Every flag is raised by an edit that deserves it, and not by one that is much like it.

use super::{BOOK, reviewed};

type Edits = &'static [(&'static str, &'static str)];

/// A flag, what the book is like before, an edit that raises it, and one that does not.
struct Case {
    flag: &'static str,
    before: Edits,
    raised_by: Edits,
    not_by: Edits,
}

const ACTUAL: Edits = &[
    ("  assume flow units[tea] = 2025A 900 cup", "  given flow units[tea] = 2025A 900 cup from ar25 p 3"),
    ("1_500 cup linear", "1_500 cup from ar25 p 3 linear"),
];

const CASES: &[Case] = &[
    Case {
        flag: "same_reason",
        before: &[],
        raised_by: &[("ke = 10%", "ke = 11%")],
        not_by: &[("ke = 10%", "ke = 11% because \"rates\"")],
    },
    Case {
        flag: "same_source",
        before: &[],
        raised_by: &[("shares = 100 share", "shares = 101 share")],
        not_by: &[("shares = 100 share from ar25 p 8", "shares = 101 share from ar25 p 9")],
    },
    Case {
        flag: "no_reason",
        before: &[("check co.value", "derive cups = 5 cup by li.wei\ncheck co.value")],
        raised_by: &[("cups = 5 cup", "cups = 6 cup")],
        not_by: &[("cups = 5 cup by li.wei", "cups = 6 cup by li.wei because \"larger\"")],
    },
    Case {
        flag: "no_source",
        before: &[],
        raised_by: &[("given shares = 100 share from ar25 p 8", "assume shares = 90 share because \"a buyback\"")],
        not_by: &[("100 share from ar25 p 8", "90 share from ar25 p 9")],
    },
    Case {
        flag: "older_source",
        before: &[],
        raised_by: &[("100 share from ar25 p 8", "90 share from old p 8")],
        not_by: &[("100 share from ar25 p 8", "90 share from ar25 p 9")],
    },
    Case {
        flag: "stale_source",
        before: &[],
        raised_by: &[("100 share from ar25 p 8", "90 share from old p 8")],
        not_by: &[("100 share from ar25 p 8", "90 share from ar25 p 9")],
    },
    Case {
        flag: "outside_range",
        before: &[],
        raised_by: &[("price = 20", "price = 26")],
        not_by: &[("price = 20", "price = 25")],
    },
    Case {
        flag: "actual_rewritten",
        before: ACTUAL,
        raised_by: &[("2025A 900 cup", "2025A 901 cup")],
        not_by: &[("2028E 1_500 cup", "2028E 1_501 cup")],
    },
    Case {
        flag: "sign",
        before: &[],
        raised_by: &[("pace = 5%", "pace = -5%")],
        not_by: &[("pace = 5%", "pace = 1%")],
    },
    Case {
        flag: "threshold",
        before: &[],
        raised_by: &[("price = 26", "price = 60")],
        not_by: &[("price = 26", "price = 27")],
    },
    Case {
        flag: "missing",
        before: &[],
        raised_by: &[("assume cost = 12 CNY/cup", "assume cost: CNY/cup = NA \"not known\"")],
        not_by: &[("assume cost = 12 CNY/cup", "assume cost = 13 CNY/cup")],
    },
    Case {
        flag: "case_order",
        before: &[],
        raised_by: &[("tea.price = low", "tea.price = 24 CNY/cup")],
        not_by: &[("tea.price = low", "tea.price = 16 CNY/cup")],
    },
    Case {
        flag: "check_fails",
        before: &[],
        raised_by: &[("cost = 8 CNY/cup", "cost = 80 CNY/cup")],
        not_by: &[("cost = 8 CNY/cup", "cost = 9 CNY/cup")],
    },
    Case {
        flag: "check_holds",
        before: &[("cost = 8 CNY/cup", "cost = 80 CNY/cup")],
        raised_by: &[("cost = 80 CNY/cup", "cost = 8 CNY/cup")],
        not_by: &[("cost = 80 CNY/cup", "cost = 79 CNY/cup")],
    },
    Case {
        flag: "figure_flipped",
        before: &[],
        raised_by: &[("price = 20", "price = 23")],
        not_by: &[("price = 20", "price = 21")],
    },
    Case {
        flag: "claim_false",
        before: &[],
        raised_by: &[("price = 26", "price = 11")],
        not_by: &[("price = 26", "price = 25")],
    },
    Case {
        flag: "tolerance_loosened",
        before: &[],
        raised_by: &[("within 10%", "within 20%")],
        not_by: &[("within 10%", "within 5%")],
    },
    Case {
        flag: "dispute_opened",
        before: &[("tea.price ~ 20 CNY/cup", "tea.price ~ 30 CNY/cup")],
        raised_by: &[("within 10% from ar25 p 9", "within 10% from ar25 p 9 disputed because \"a slip\"")],
        not_by: &[("within 10% from ar25 p 9", "within 9% from ar25 p 9")],
    },
];

fn edited(text: &str, edits: Edits) -> String {
    edits.iter().fold(text.to_string(), |text, (from, to)| {
        assert!(text.contains(from), "no `{from}`");
        text.replace(from, to)
    })
}

#[test]
fn every_flag_is_raised_by_what_deserves_it_and_by_nothing_else() {
    let claim = "claim earning \"Milk tea earns money\" when milk.price > milk.cost\n";
    let mut wrong = Vec::new();
    for case in CASES {
        let before = edited(&format!("{BOOK}{claim}"), case.before);
        let has = |edits: Edits| {
            let review = reviewed(&before, &edited(&before, edits));
            review.flags.iter().any(|flag| flag.code == case.flag)
        };
        if !has(case.raised_by) {
            wrong.push(format!("{} is not raised by {:?}", case.flag, case.raised_by));
        }
        if has(case.not_by) {
            wrong.push(format!("{} is raised by {:?}", case.flag, case.not_by));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
