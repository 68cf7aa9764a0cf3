//! Books of any size: a kind with very many instances, each with inputs and formulas of its own.

use std::fmt::Write;

/// Names of inputs, with the unit each is given in.
const INPUTS: [(&str, &str); 20] = [
    ("rev0", "mn CNY"),
    ("g0", ""),
    ("g_inf", ""),
    ("fade", ""),
    ("gm0", ""),
    ("gm1", ""),
    ("op0", ""),
    ("op1", ""),
    ("ramp", "year"),
    ("cx", ""),
    ("dr", ""),
    ("ppe0", "mn CNY"),
    ("tr", ""),
    ("payout", ""),
    ("eq0", "mn CNY"),
    ("rf", ""),
    ("beta", ""),
    ("erp", ""),
    ("gterm", ""),
    ("shares", "mn share"),
];

/// Formulas that every instance repeats.
const FORMULAS: [&str; 14] = [
    "derive flow gap = 2026E g0 - g_inf | 2027E.. gap[prev] * fade",
    "derive ratio g = g_inf + gap + dg",
    "derive flow rev = 2026E rev0 | 2027E.. rev[prev] * (1 + g)",
    "derive ratio w = min(years_since(2026E) / ramp, 1)",
    "derive ratio gm = gm0 + (gm1 - gm0) * w + dgm",
    "derive flow gp = rev * gm",
    "derive flow opx = rev * (op0 + (op1 - op0) * w)",
    "derive stock ppe = 2026E ppe0 | 2027E.. ppe[prev] + rev * cx - dep",
    "derive flow ni = (gp - opx - dep) - max(gp - opx - dep, 0 mn CNY) * tr",
    "derive stock eq = 2026E eq0 | 2027E.. eq[prev] + ni - max(ni, 0 mn CNY) * payout",
    "derive ratio coe = rf + drf + beta * (erp + derp)",
    "derive ratio roae = ni / average(eq)",
    "derive flow ri = 2027E.. (roae - coe) * eq[prev]",
    "derive value: CNY/share = (eq[2026E] + pv(ri, coe, 2026E) + ri[2037E] * (1 + gterm) / max(coe[2037E] - gterm, 1%)) / shares",
];

/// Each instance repeats the same formulas; its numbers differ.
pub fn repeated(size: usize) -> String {
    let mut chance = Chance(1);
    book(size, |text| {
        inputs(text, &mut chance);
        for formula in FORMULAS {
            let _ = writeln!(text, "  {formula}");
        }
    })
}

/// No two formulas are alike: names, numbers and shapes are drawn.
pub fn different(size: usize) -> String {
    let mut chance = Chance(2);
    book(size, |text| {
        inputs(text, &mut chance);
        for at in 0..14 {
            let _ = write!(text, "  derive v{at} = ");
            formula(text, &mut chance, 3);
            text.push('\n');
        }
    })
}

fn book(size: usize, mut body: impl FnMut(&mut String)) -> String {
    let mut text =
        String::from("scn 1\nkind company {}\nsource ms \"Annual report\" = file \"ar.pdf\" dated 2026-03-28\n");
    let mut at = 0;
    while text.len() < size {
        let _ = writeln!(text, "company c{at} \"Company {at}\" from ms p {} by li.wei {{", at % 400);
        body(&mut text);
        text.push_str("}\n");
        at += 1;
    }
    text
}

fn inputs(text: &mut String, chance: &mut Chance) {
    for (at, (name, unit)) in INPUTS.iter().enumerate() {
        let number = chance.below(1_000_000) as f64 / 1_000.0;
        let blank = if unit.is_empty() { "" } else { " " };
        let _ = match at % 3 {
            0 => writeln!(text, "  given {name} = {number}{blank}{unit} from ms p {}", chance.below(400)),
            1 => writeln!(
                text,
                "  assume {name} = {number}% range {}%..{}% because \"house view\"",
                number * 0.5,
                number * 2.0
            ),
            _ => writeln!(
                text,
                "  assume {name} = {number}{blank}{unit} by wang.y because \"peers, {}\"",
                chance.below(90)
            ),
        };
    }
}

fn formula(text: &mut String, chance: &mut Chance, depth: u32) {
    let _ = match (depth, chance.below(8)) {
        (0, 0..=2) | (_, 0) => write!(text, "{}", INPUTS[chance.below(20) as usize].0),
        (0, 3..=4) | (_, 1) => write!(text, "x{}[prev]", chance.below(5_000)),
        (0, _) => write!(text, "{} USD/chip", chance.below(9_000)),
        (_, 2) => {
            text.push_str("max(");
            formula(text, chance, depth - 1);
            text.push_str(", ");
            formula(text, chance, depth - 1);
            write!(text, ")")
        }
        (_, 3) => {
            text.push('(');
            formula(text, chance, depth - 1);
            write!(text, ")")
        }
        _ => {
            formula(text, chance, depth - 1);
            text.push_str([" + ", " - ", " * ", " / "][chance.below(4) as usize]);
            formula(text, chance, depth - 1);
            Ok(())
        }
    };
}

/// A small generator of numbers that look drawn.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}
