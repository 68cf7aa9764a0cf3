//! Random formulas, and the ways of writing each that must not change its value.

use super::chance::Chance;

/// How a formula is written.
#[derive(Clone, Copy, PartialEq)]
pub enum Style {
    Plain,
    /// With ones and zeros of all sorts around its parts.
    Ones,
    /// With each name converted.
    Converted,
    /// With each quantity in another unit.
    Units,
}

/// A formula and the kind of series it is.
pub struct Formula {
    kind: &'static str,
    node: Node,
}

enum Node {
    Name {
        name: &'static str,
        to: &'static str,
    },
    /// An amount in its base unit, in units of which it may be written.
    Quantity {
        number: f64,
        units: &'static [(&'static str, f64)],
    },
    /// Before, between and behind the operands.
    Around(&'static [&'static str], Vec<Node>),
}

const STOCKS: &[&str] = &["equity", "cash"];
const FLOWS: &[&str] = &["income", "sales"];
const BALANCES: &[&str] = &["stored", "owed"];
const QUARTERS: &[&str] = &["shipped", "spent"];

/// Shapes that keep the kind of an amount; all but the last rows are linear.
const LINEAR: &[&[&str]] = &[
    &["(", " + ", ")"],
    &["(", " + ", " / 3)"],
    &["", " * 3 / 7"],
    &["two * ", ""],
    &["", " / two"],
    &["-(-", ")"],
    &["(", ")[prev]"],
    &["twice(", ")"],
    &["with_before(", ")"],
    &["(if share > 30% then ", " else ", ")"],
    &["average(", ")"],
    &["cumulative(", ")"],
    &["or_else(", ", ", ")"],
];
const SHAPED: &[&[&str]] = &[
    &["max(", ", 0)"],
    &["sqrt((", ")^2)"],
    &["", " * share"],
    &["(", " + 3 PLN)"],
    &["abs(", ")"],
    &["max(", ", ", ")"],
    &["", " * (1 + share)"],
];
const QUARTERLY: &[&[&str]] =
    &[&["(", " + ", ")"], &["", " * 3 / 7"], &["", " / two"], &["-(-", ")"], &["twice(", ")"], &["average(", ")"]];
const MEASURED: &[&[&str]] = &[
    &["(", " + ", ")"],
    &["max(", ", ", ")"],
    &["", " * 3"],
    &["twice(", ")"],
    &["(", " + ", ") / 7"],
    &["(if share[2025A] > 0.5 bps then ", " else ", ")"],
    &["sqrt(", " * ", ")"],
];
const MEASURES: &[&[(&str, f64)]] = &[
    &[("CNY", 1.0), ("k CNY", 1e3), ("mn CNY", 1e6), ("bn CNY", 1e9)],
    &[("mm", 1.0), ("cm", 10.0), ("m", 1e3), ("km", 1e6), ("um", 1e-3), ("inch", 25.4)],
    &[("s", 1.0), ("minute", 60.0), ("hour", 3600.0), ("day", 86_400.0), ("week", 604_800.0), ("year", 31_536_000.0)],
    &[("", 1.0), ("k", 1e3)],
    &[("CNY/chip", 1.0), ("mn CNY/chip", 1e6), ("k CNY/chip", 1e3)],
    &[("J", 1.0), ("kWh", 3.6e6), ("Wh", 3600.0), ("MWh", 3.6e9)],
    &[("mm2", 1.0), ("cm2", 100.0), ("m2", 1e6)],
    &[("CNY/kWh", 1.0), ("CNY/MWh", 1e-3), ("CNY/J", 3.6e6)],
];
const ONES: &[&str] = &[
    "({}) * (1 k / 1_000)",
    "({}) * 1 CNY / 1 CNY",
    "(1 km / 1_000 m) * ({})",
    "({}) / (100% * 1x)",
    "({}) + 0 PLN",
    "({}) - 0",
    "0 PLN + ({})",
    "(({}))",
    "-(-({}))",
    "({}) * (1 hour / 60 minute)",
    "({}) * one",
    "({}) / (one * 10_000 bps)",
    "({})^1",
    "if one > 0 then ({}) else 0",
];

impl Formula {
    /// An amount of money over time, of one kind or of several.
    pub fn amount(chance: &mut Chance, depth: usize) -> Formula {
        let (kind, names) = if chance.one_in(2) { ("stock", STOCKS) } else { ("flow", FLOWS) };
        let shapes: Vec<&'static [&'static str]> = LINEAR.iter().chain(SHAPED).copied().collect();
        Formula { kind, node: grown(chance, depth, &shapes, &|chance| name(chance, names, FLOWS, "EUR")) }
    }

    /// A linear formula of money over time.
    pub fn linear(chance: &mut Chance, depth: usize) -> Formula {
        let (kind, names) = if chance.one_in(2) { ("stock", STOCKS) } else { ("flow", FLOWS) };
        Formula { kind, node: grown(chance, depth, LINEAR, &|chance| name(chance, names, names, "EUR")) }
    }

    /// A linear formula of money in quarters.
    pub fn quarterly(chance: &mut Chance, depth: usize) -> Formula {
        let (kind, names) = if chance.one_in(2) { ("stock", BALANCES) } else { ("flow", QUARTERS) };
        Formula { kind, node: grown(chance, depth, QUARTERLY, &|chance| name(chance, names, names, "USD")) }
    }

    /// A sum of quantities of one dimension.
    pub fn measured(chance: &mut Chance, depth: usize) -> Formula {
        let units = MEASURES[chance.below(MEASURES.len())];
        let leaf = |chance: &mut Chance| Node::Quantity { number: 1.0 + chance.below(90_000) as f64 / 100.0, units };
        Formula { kind: "", node: grown(chance, depth, MEASURED, &leaf) }
    }

    /// The word of a line that holds it.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The formula in one of its ways.
    pub fn written(&self, style: Style, chance: &mut Chance) -> String {
        written(&self.node, style, chance)
    }
}

fn grown(
    chance: &mut Chance,
    depth: usize,
    shapes: &[&'static [&'static str]],
    leaf: &dyn Fn(&mut Chance) -> Node,
) -> Node {
    if depth == 0 || chance.one_in(5) {
        return leaf(chance);
    }
    let shape = shapes[chance.below(shapes.len())];
    let parts = (1..shape.len()).map(|_| grown(chance, depth - 1, shapes, leaf)).collect();
    Node::Around(shape, parts)
}

/// A name, now and then of another kind.
fn name(chance: &mut Chance, names: &[&'static str], others: &[&'static str], to: &'static str) -> Node {
    let names = if chance.one_in(12) { others } else { names };
    Node::Name { name: chance.pick(names), to }
}

fn written(node: &Node, style: Style, chance: &mut Chance) -> String {
    let text = match node {
        Node::Name { name, to } if style == Style::Converted => format!("({name} in {to})"),
        Node::Name { name, .. } => (*name).to_string(),
        Node::Quantity { number, units } => {
            let (unit, factor) = if style == Style::Units { units[chance.below(units.len())] } else { units[0] };
            let blank = if unit.is_empty() || unit == "%" { "" } else { " " };
            format!("{}{blank}{unit}", number / factor)
        }
        Node::Around(shape, parts) => {
            let mut text = shape[0].to_string();
            for (part, behind) in parts.iter().zip(&shape[1..]) {
                text += &written(part, style, chance);
                text += behind;
            }
            format!("({text})")
        }
    };
    let is_amount = style == Style::Ones && chance.one_in(3);
    if is_amount { format!("({})", chance.pick(ONES).replace("{}", &text)) } else { text }
}

/// The inputs that the formulas name: money in two countries, and rates that move.
pub fn inputs(chance: &mut Chance) -> String {
    let mut text = String::from("given two = 2 from s\ngiven one = 1 from s\n");
    let years = ["2022A", "2023A", "2024A", "2025A", "2026E", "2027E"];
    let mut line = |head: String, unit: &str, periods: &[String], least: usize| {
        let pieces =
            periods.iter().map(|period| format!("{period} {}{unit}", (least + chance.below(900)) as f64 / 100.0));
        text += &format!("{head} = {} from s\n", pieces.collect::<Vec<_>>().join(" | "));
    };
    let years: Vec<String> = years.iter().map(|year| year.to_string()).collect();
    let quarters: Vec<String> =
        years.iter().flat_map(|year| (1..=4).map(move |quarter| format!("{quarter}Q{}", &year[2..]))).collect();
    for name in STOCKS {
        line(format!("given stock {name}"), " PLN", &years, 100);
    }
    for name in FLOWS {
        line(format!("given flow {name}"), " PLN", &years, 100);
    }
    for name in BALANCES {
        line(format!("given stock {name}"), " TWD", &quarters, 100);
    }
    for name in QUARTERS {
        line(format!("given flow {name}"), " TWD", &quarters, 100);
    }
    line("given ratio share".to_string(), "%", &years, 1000);
    for basis in ["average", "closing"] {
        line(format!("fx EUR/PLN {basis}"), "", &years, 200);
        line(format!("fx TWD/USD {basis}"), "", &quarters, 200);
    }
    text
}
