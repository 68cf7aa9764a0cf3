//! A big book as text: a thousand companies with twenty formulas each over forty years, in five cases.

use std::fmt::Write as _;

/// How the companies come by their formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One kind holds them.
    Kind,
    /// Every company holds its own copy.
    Copies,
    /// Every company's formulas differ in shape from every other's.
    Different,
}

/// Name, least and most of each parameter.
const PARAMETERS: &[(&str, f64, f64)] = &[
    ("rev0", 500.0, 50_000.0),
    ("g0", 0.10, 0.60),
    ("g_inf", 0.02, 0.05),
    ("fade", 0.75, 0.92),
    ("gm0", 0.25, 0.60),
    ("gm1", 0.30, 0.65),
    ("op0", 0.15, 0.22),
    ("op1", 0.10, 0.16),
    ("ramp", 5.0, 15.0),
    ("cx", 0.03, 0.08),
    ("dr", 0.08, 0.20),
    ("ppe0", 100.0, 5_000.0),
    ("tr", 0.10, 0.25),
    ("payout", 0.10, 0.60),
    ("eq0", 300.0, 20_000.0),
    ("rf", 0.018, 0.025),
    ("beta", 0.8, 1.4),
    ("erp", 0.05, 0.065),
    ("gterm", 0.01, 0.03),
    ("shares", 50.0, 2_000.0),
];

/// Name and value of each formula.
const FORMULAS: &[(&str, &str)] = &[
    ("ratio gap", "2026E g0 - g_inf | 2027E.. gap[prev] * fade"),
    ("ratio g", "g_inf + gap + dg"),
    ("flow rev", "2026E rev0 | 2027E.. rev[prev] * (1 + g)"),
    ("ratio w", "min(t / ramp, 1)"),
    ("ratio gm", "gm0 + (gm1 - gm0) * w + dgm"),
    ("flow gp", "rev * gm"),
    ("flow opx", "rev * (op0 + (op1 - op0) * w)"),
    ("flow capex", "rev * cx"),
    ("flow dep", "2026E ppe0 * dr | 2027E.. ppe[prev] * dr"),
    ("stock ppe", "2026E ppe0 | 2027E.. ppe[prev] + capex - dep"),
    ("flow ebit", "gp - opx - dep"),
    ("flow tax", "max(ebit, 0) * tr"),
    ("flow ni", "ebit - tax"),
    ("flow div", "max(ni, 0) * payout"),
    ("stock eq", "2026E eq0 | 2027E.. eq[prev] + ni - div"),
    ("ratio roae", "2026E 0 | 2027E.. ni / ((eq[prev] + eq) * 0.5)"),
    ("flow ri", "2026E 0 | 2027E.. (roae - coe) * eq[prev]"),
    ("ratio df", "2026E 1 | 2027E.. df[prev] / (1 + coe)"),
    ("stock cum", "2026E eq | 2027E.. cum[prev] + ri * df"),
];

const COST_OF_EQUITY: &str = "rf + drf + beta * (erp + derp)";
const VALUE: &str = "(cum[2065E] + ri[2065E] * (1 + gterm) / max(coe - gterm, 0.01) * df[2065E]) / shares";

/// The text of the book.
pub fn book(companies: usize, form: Form) -> String {
    let mut text = String::from(HEAD);
    let kind = if form == Form::Kind { formulas(None) } else { String::new() };
    let _ = writeln!(text, "kind company {{\n{}{kind}}}\n", inputs());
    let mut dice = 1;
    for company in 0..companies {
        let _ = writeln!(text, "company c{company} by bench because \"drawn\" {{");
        for (name, least, most) in PARAMETERS {
            let _ = writeln!(text, "  assume {name} = {:.6}", least + (most - least) * roll(&mut dice));
        }
        match form {
            Form::Kind => {}
            Form::Copies => text += &formulas(None),
            Form::Different => text += &formulas(Some(company)),
        }
        text += "}\n";
    }
    text
}

const HEAD: &str = "\
scn 1
model big \"A big book\" { as_of 2026-01-31, owner bench }
calendar fy = annual 2026E..2065E ending Dec
assume dg = 0 by bench because \"a switch of the cases\"
assume derp = 0 by bench because \"a switch of the cases\"
assume dgm = 0 by bench because \"a switch of the cases\"
assume drf = 0 by bench because \"a switch of the cases\"
derive ratio t = years_since(2026E)
case bull from base by bench {
  dg = 0.02 because \"faster\"
  derp = -0.005 because \"calmer\"
}
case bear from base by bench {
  dg = -0.02 because \"slower\"
  derp = 0.01 because \"nervous\"
}
case margin from base by bench {
  dgm = -0.03 because \"price war\"
}
case rates from base by bench {
  drf = 0.01 because \"higher for longer\"
}
";

fn inputs() -> String {
    PARAMETERS.iter().map(|(name, _, _)| format!("  in {name}: ratio\n")).collect()
}

/// The lines of all formulas; `turn` writes each so that no other turn has its shape.
fn formulas(turn: Option<usize>) -> String {
    let turned = |value: &str| match turn {
        None => value.to_string(),
        Some(turn) => value.split(" | ").map(|piece| format!("{piece}{}", bits(turn))).collect::<Vec<_>>().join(" | "),
    };
    let series = FORMULAS.iter().map(|(name, value)| format!("  derive {name}: ratio = {}\n", turned(value)));
    let single = [("coe", COST_OF_EQUITY), ("value", VALUE)];
    let single = single.iter().map(|(name, value)| format!("  derive {name}: ratio = {}\n", turned(value)));
    series.chain(single).collect()
}

/// ` + 0` and ` - 0` in an order of its own.
fn bits(turn: usize) -> String {
    (0..10).map(|bit| if turn >> bit & 1 == 0 { " + 0" } else { " - 0" }).collect()
}

fn roll(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 11) as f64 / (1u64 << 53) as f64
}
