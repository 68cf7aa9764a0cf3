//! What of each rule of the grammar may not be said twice, and what may, and why.

/// The book that the lines stand in.
pub const HEAD: &str = r#"scn 1
model m "M" { currency EUR, as_of 2026-03-31, owner me }
calendar fy = annual 2025A..2028E ending Dec
source s "S" = document "d" dated 2026-03-01
kind chip { in p: EUR }
chip a "A" { given p = 1 EUR from s }
chip b "B" { given p = 2 EUR from s }
kind part {}
assume ke: % = 10% range 8%..12% by me because "x"
assume g: % = 2% range 1%..3% by me because "x"
derive v: EUR = a.p * ke * (1 + g)
case up from base by me { ke = 11% because "y" }
"#;

/// What of a rule may not be repeated, as lines behind [`HEAD`] with the code that they raise; and what may, and why.
pub struct Place {
    pub rule: &'static str,
    pub refused: &'static [(&'static str, &'static str)],
    pub free: &'static str,
}

const fn refused(rule: &'static str, refused: &'static [(&'static str, &'static str)]) -> Place {
    Place { rule, refused, free: "" }
}

const fn free(rule: &'static str, free: &'static str) -> Place {
    Place { rule, refused: &[], free }
}

/// Each rule of the statements that may repeat something, in the order of the grammar.
pub const PLACES: &[Place] = &[
    // Heads of items.
    refused("version_head", &[("scn 1", "syntax::version")]),
    refused(
        "use_head",
        &[
            ("use \"other.scn\"\nuse \"./other.scn\"", "resolve::twice"),
            ("use std.valuation\nuse std.valuation", "resolve::twice"),
            ("use \"other.scn\"\nuse \"other.scn\" as o", "resolve::used_twice"),
        ],
    ),
    refused("model_head", &[("model n \"N\" { currency EUR, as_of 2026-03-31, owner me }", "resolve::model")]),
    refused(
        "calendar_head",
        &[
            ("calendar fz = annual 2025A..2028E ending Dec", "series::calendar"),
            ("calendar q = quarter 1Q25A..4Q25A, 4Q25A..4Q26E ending Dec", "series::calendar"),
        ],
    ),
    refused(
        "source_head",
        &[
            ("source s \"S\" = document \"e\"", "resolve::duplicate"),
            ("source t = document \"e\" dated 2026-03-01 dated 2026-03-02\ngiven x = 1 from t", "syntax::clause_twice"),
            (
                "source t = document \"e\" accessed 2026-03-01 accessed 2026-03-02\ngiven x = 1 from t",
                "syntax::clause_twice",
            ),
            (
                "source t = document \"e\" dated 2026-03-30 stale after 9 d stale after 99 d\ngiven x = 1 from t",
                "syntax::clause_twice",
            ),
        ],
    ),
    refused(
        "fx_head",
        &[
            (
                "fx USD/EUR = 1 by me because \"x\"\nfx USD/EUR = 2 by me because \"x\"\nderive y = 1 USD in EUR because \"x\"",
                "resolve::duplicate",
            ),
            ("fx USD/EUR = 1 by me by me because \"x\"\nderive y = 1 USD in EUR", "syntax::clause_twice"),
        ],
    ),
    refused("unit_head", &[("unit cup \"c\"\nunit cup \"d\"", "units::taken")]),
    refused(
        "kind_head",
        &[
            ("kind chip {}", "resolve::duplicate"),
            ("also kind chip \"Chip\" {}\nalso kind chip \"Die\" {}", "resolve::twice"),
            ("kind pump \"Pump\" {}\nalso kind pump \"Pump\" {}", "resolve::twice"),
            ("kind pump from s from s {}", "syntax::clause_twice"),
        ],
    ),
    refused(
        "entity_head",
        &[
            ("chip a { given p = 1 EUR from s }", "resolve::duplicate"),
            ("part q by me by me {}", "syntax::clause_twice"),
        ],
    ),
    refused(
        "function_head",
        &[("fn f(x) = x\nfn f(x) = x", "resolve::duplicate"), ("fn f(x, x) = x", "resolve::duplicate")],
    ),
    refused(
        "table_head",
        &[("table chip from s from s {\n  columns a\n  reconcile p: EUR ~ 1 as printed\n}", "syntax::clause_twice")],
    ),
    refused(
        "data_head",
        &[(
            "kind row { in x: EUR, y: EUR }\ndata r = csv \"rows.csv\" for row by \"chip\" from s {\n  given x: EUR = \"x\"\n  ignore \"y\"\n}\ndata r = csv \"rows.csv\" for row by \"chip\" from s {\n  given y: EUR = \"y\"\n  ignore \"x\"\n}",
            "resolve::twice",
        )],
    ),
    refused(
        "case_head",
        &[
            ("case up by me { g = 3% because \"x\" }", "resolve::duplicate"),
            ("case two about chip, chip by me { g = 3% because \"x\" }", "resolve::twice"),
            ("case two by me by me { g = 3% because \"x\" }", "syntax::clause_twice"),
        ],
    ),
    refused(
        "report_head",
        &[
            ("report r template \"t\" to \"r.md\"\nreport r template \"t\" to \"q.md\"", "resolve::twice"),
            ("report r template \"t\" to \"r.md\"\nreport q template \"t\" to \"./r.md\"", "resolve::twice"),
            ("report r template \"t\" to \"x/r.md\"\nreport q template \"t\" to \"X/r.md\"", "resolve::twice"),
        ],
    ),
    refused(
        "grid_head",
        &[
            ("grid n of v { ke = 9%, 10% }\ngrid n of v { g = 1%, 2% }", "resolve::duplicate"),
            ("grid n of v by me by me { ke = 9%, 10% }", "syntax::clause_twice"),
        ],
    ),
    refused("tornado_head", &[("tornado n of v by me by me", "syntax::clause_twice")]),
    refused("simulate_head", &[("simulate n of v by me by me", "syntax::clause_twice")]),
    refused(
        "calibrate_head",
        &[("calibrate n by me by me {\n  v = 0.2 EUR\n  free ke in 5%..50%\n}", "syntax::clause_twice")],
    ),
    refused(
        "bridge_head",
        &[
            ("bridge n of v from up to up", "study::lacks"),
            ("bridge n of v from base to up by me by me", "syntax::clause_twice"),
        ],
    ),
    refused("discover_head", &[("discover n of v > 0 EUR by me by me", "syntax::clause_twice")]),
    refused(
        "asked",
        &[
            ("tornado t of v, v", "study::twice"),
            (
                "kind firm {}\nfirm co { given flow x = 2025A 1 EUR | 2026E 2 EUR from s }\ngrid n of co.x[2026E], co.x[ 2026E ] { g = 1%, 2% }",
                "study::twice",
            ),
        ],
    ),
    // Lines of blocks that only one item has.
    refused("model_line", &[]),
    refused("function_line", &[("fn f(x) {\n  let y = x\n  let y = x\n  y\n}", "resolve::duplicate")]),
    refused("let_line", &[("fn f(x) {\n  let x = 1\n  x\n}", "resolve::duplicate")]),
    refused(
        "report_line",
        &[
            ("report r template \"t\" to \"r.md\" { x = a, x = b }", "resolve::twice"),
            ("report r template \"t\" to \"r.md\" {\n  x = a\n  x = b\n}", "resolve::twice"),
        ],
    ),
    free("data_line", "what its columns may say stands under `data_column` and `ignore_line`"),
    refused(
        "skip_line",
        &[(
            "kind row { in x: EUR }\ndata r = csv \"rows.csv\" for row by \"chip\" from s {\n  given x: EUR = \"x\"\n  ignore \"y\"\n  skip \"d\", \"d\"\n}",
            "resolve::twice",
        )],
    ),
    refused("allowed", &[("given z = 5 EUR from s allow hint::sign, hint::sign because \"it is\"", "resolve::twice")]),
    refused(
        "ignore_line",
        &[
            (
                "kind row { in x: EUR }\ndata r = csv \"rows.csv\" for row by \"chip\" from s {\n  given x: EUR = \"x\"\n  ignore \"y\", \"y\"\n}",
                "resolve::twice",
            ),
            (
                "kind row { in x: EUR }\ndata r = csv \"rows.csv\" for row by \"chip\" from s {\n  given x: EUR = \"x\"\n  ignore \"y\", \"x\"\n}",
                "resolve::twice",
            ),
            (
                "kind row { in x: EUR }\ndata r = csv \"rows.csv\" for row by \"chip\" from s {\n  given x: EUR = \"x\"\n  ignore \"y\", \"chip\"\n}",
                "resolve::twice",
            ),
        ],
    ),
    refused(
        "data_column",
        &[
            (
                "kind row { in x: EUR }\ndata r = csv \"rows.csv\" for row by \"chip\" from s {\n  given x: EUR = \"x\"\n  given x: EUR = \"y\"\n}",
                "resolve::duplicate",
            ),
            (
                "kind row { in x: EUR }\ndata r = csv \"rows.csv\" for row by \"chip\" {\n  given x: EUR = \"x\" from s from s\n  ignore \"y\"\n}",
                "syntax::clause_twice",
            ),
        ],
    ),
    refused(
        "case_line",
        &[
            ("case two by me {\n  g = 3% because \"x\"\n  g = 4% because \"x\"\n}", "cases::twice"),
            ("case two by me { g = 3% because \"x\" because \"x\" }", "syntax::clause_twice"),
        ],
    ),
    free("path", "`co.units[c1][2026E]` goes one step further each time"),
    // Lines of studies.
    free("study_line", "what its lines may say stands under their own names"),
    refused(
        "cases_line",
        &[
            ("simulate w of v {\n  draws 100\n  cases base, base\n}", "study::twice"),
            ("tornado t of v {\n  case base\n  case up\n}", "study::twice"),
        ],
    ),
    refused("over_line", &[("tornado t of v {\n  over ke\n  over ke\n}", "study::twice")]),
    refused("paths", &[("tornado t of v { over ke, ke }", "study::twice")]),
    refused("pin_line", &[("simulate w of v {\n  draws 100\n  pin g\n  pin g\n}", "study::twice")]),
    refused(
        "free_line",
        &[("calibrate c {\n  v = 0.2 EUR\n  free ke in 5%..50%\n  free ke in 5%..20%\n}", "study::twice")],
    ),
    refused(
        "vary_line",
        &[
            ("simulate w of v {\n  draws 100\n  vary ke 9%..11%\n  vary ke 9%..11%\n}", "study::twice"),
            ("simulate w of v {\n  draws 100\n  vary ke 9%..11%\n  pin ke\n}", "study::twice"),
        ],
    ),
    refused(
        "correlate_line",
        &[("simulate w of v {\n  draws 100\n  correlate ke, g at 0.5\n  correlate g, ke at 0.2\n}", "study::twice")],
    ),
    refused(
        "report_words",
        &[
            ("simulate w of v {\n  draws 100\n  report mean, mean\n}", "study::twice"),
            ("simulate w of v {\n  draws 100\n  report median, q50\n}", "study::twice"),
            ("simulate w of v {\n  draws 100\n  report mean\n  report sd\n}", "study::twice"),
        ],
    ),
    refused(
        "probability_line",
        &[("simulate w of v {\n  draws 100\n  probability v > 0 EUR\n  probability v  >  0 EUR\n}", "study::twice")],
    ),
    refused(
        "settings_line",
        &[
            ("simulate w of v { draws 100, draws 200 }", "study::twice"),
            ("simulate w of v {\n  seed 1\n  seed 2\n}", "study::twice"),
            ("simulate w of v {\n  sampling plain\n  sampling latin\n}", "study::twice"),
            ("discover d of v > 0 EUR { support 5%, support 6% }", "study::twice"),
            ("simulate w of v { importance, importance }", "study::twice"),
            ("simulate w of v { sampling sobol, indices, indices }", "study::twice"),
        ],
    ),
    refused(
        "said_line",
        &[
            ("simulate w of v {\n  by me because \"x\"\n  by me because \"y\"\n}", "study::twice"),
            ("simulate w of v by me { by me because \"y\" }", "resolve::twice"),
            ("simulate w of v { by me because \"y\" because \"z\" }", "syntax::clause_twice"),
        ],
    ),
    refused(
        "levels_line",
        &[
            ("grid n of v {\n  ke = 9%, 10%\n  ke = 9%, 11%\n}", "study::twice"),
            ("calibrate c {\n  v = 0.2 EUR\n  v = 0.2 EUR\n  free ke in 5%..50%\n}", "study::twice"),
            ("calibrate c {\n  v = 0.2 EUR\n  v = 0.3 EUR\n  free ke in 5%..50%\n}", "study::twice"),
        ],
    ),
    refused("levels", &[("grid n of v { ke = 9%, 10%, 9% }", "study::twice")]),
    // Tables.
    refused(
        "columns_line",
        &[
            ("table chip from s {\n  columns a | a\n  reconcile p: EUR ~ 1 | 1 as printed\n}", "resolve::twice"),
            ("table chip from s {\n  columns a | \"A\"\n  reconcile p: EUR ~ 1 | 1 as printed\n}", "resolve::twice"),
            ("table from s {\n  columns 2025A | 2025A\n  given flow x: EUR = 1 | 1\n}", "resolve::twice"),
            (
                "table from s {\n  columns case base | base\n  reconcile v: EUR ~ 0.102 | 0.102 as printed\n}",
                "resolve::twice",
            ),
        ],
    ),
    refused(
        "rows_line",
        &[(
            "kind row { in x: EUR }\ntable row from s {\n  rows given x: EUR | given x: EUR\n  r = 1 | 1\n}",
            "resolve::duplicate",
        )],
    ),
    refused(
        "row_line",
        &[
            ("kind row { in x: EUR }\ntable row from s {\n  rows given x: EUR\n  r = 1\n  r = 1\n}", "resolve::twice"),
            (
                "kind row { in x: EUR }\ntable row from s {\n  columns r\n  given x: EUR = 1\n  given x: EUR = 1\n}",
                "resolve::duplicate",
            ),
            (
                "table chip from s {\n  columns a\n  reconcile p: EUR ~ 1 as printed\n  reconcile p: EUR ~ 1 as printed\n}",
                "resolve::twice",
            ),
            ("table chip {\n  columns a\n  reconcile p: EUR ~ 1 as printed from s from s\n}", "syntax::clause_twice"),
        ],
    ),
    free("row_head", "it is one name, which stands under `row_line`"),
    // Lines that may stand at top level, in a kind and in an entity.
    refused(
        "inputs",
        &[
            ("kind row { in x: EUR, x: EUR }\nrow r { given x = 1 EUR from s }", "resolve::duplicate"),
            ("also kind chip { in p: EUR }", "resolve::duplicate"),
        ],
    ),
    refused(
        "check",
        &[
            ("check v > 0 EUR \"x\"\ncheck v  > 0 EUR \"y\"", "resolve::twice"),
            ("check v == 0.102 EUR within 1% within 2% \"x\"", "syntax::clause_twice"),
        ],
    ),
    refused(
        "reconcile",
        &[
            ("reconcile v ~ 0.102 EUR as printed from s\nreconcile v ~ 0.102 EUR as printed from s", "resolve::twice"),
            ("reconcile v ~ 0.102 EUR as printed from s from s", "syntax::clause_twice"),
        ],
    ),
    refused(
        "claim",
        &[
            ("claim c \"X\" when v > 0 EUR\nclaim c \"Y\" when v > 0 EUR", "resolve::twice"),
            ("claim c \"X {h}\" when v > 0 EUR with h = v, h = ke", "resolve::twice"),
        ],
    ),
    refused(
        "output",
        &[
            ("output v \"A\", v \"B\"", "resolve::twice"),
            ("output v \"A\"\noutput v", "resolve::twice"),
            ("part q {\n  given x = 1 from s\n  output x\n}\noutput q.x", "resolve::twice"),
        ],
    ),
    refused(
        "definition",
        &[
            ("given x = 1 from s\ngiven x = 1 from s", "resolve::duplicate"),
            ("given x = 1 from s from s", "syntax::clause_twice"),
            ("given flow x = 2025A 1 EUR | 2026E 2 EUR from s step from s p 2", "resolve::twice"),
            ("assume flow x = 2026E 1 EUR | 2028E 2 EUR by me linear by me because \"x\"", "resolve::twice"),
            (
                "assume flow x = 2026E.. 2 EUR range 1 EUR..3 EUR by me because \"x\" step range 1 EUR..4 EUR",
                "resolve::twice",
            ),
            ("given x = 1 from s\nalso given x = 2 from s p 2\nalso given x = 3 from s p 3", "resolve::twice"),
        ],
    ),
    refused("pieces", &[("given flow x = 2025A 1 EUR | 2025A 2 EUR from s", "series::overlap")]),
    refused("piece", &[("given flow x = 2025A 1 EUR from s from s | 2026E 2 EUR from s", "syntax::clause_twice")]),
    refused("discrete", &[("assume x = 1 range discrete 1 at 50%, 1 at 50% by me because \"x\"", "check::spread")]),
    free("format_word", "`0 mn CNY/share` has several words"),
    free("WHITESPACE", "blanks"),
    free("locator", "`ex 21 p 14` goes from the exhibit to its page"),
];
