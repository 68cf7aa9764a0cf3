//! What depends on the changes, as a small graph that forges draw.

use std::collections::BTreeMap;

use super::super::view::{View, WhyView};

/// So many arrows from changes still make a picture.
const MOST: usize = 24;

/// So many values are shown on the way from one change to an output: the first ones, and the last.
const STEPS: usize = 3;

/// An arrow from every change to every output that it moved, with how far, over the values on its way.
pub fn mermaid(view: &View, whys: &[&WhyView]) -> String {
    let mut nodes: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let (mut arrows, mut drawn, mut left_out): (Vec<String>, usize, usize) = (Vec::new(), 0, 0);
    for why in whys {
        let target = node(&mut nodes, &why.effect.replace('@', " in "), Form::Output);
        for share in why.shares.iter().filter(|share| share.effect.value.as_f64() != Some(0.0)) {
            if drawn >= MOST {
                left_out += 1;
                continue;
            }
            drawn += 1;
            let mut from = node(&mut nodes, &share.label, Form::Change);
            let mut effect = format!("|{}|", plain(&share.effect.display));
            for (step, is_jump) in steps(&share.through) {
                let to = node(&mut nodes, step, Form::Step);
                push(&mut arrows, format!("  {from} {}{effect} {to}\n", arrow(is_jump)));
                (from, effect) = (to, String::new());
            }
            push(&mut arrows, format!("  {from} -->{effect} {target}\n"));
        }
    }
    if arrows.is_empty() || view.changes.is_empty() {
        return String::new();
    }
    let mut named: Vec<&(usize, String)> = nodes.values().collect();
    named.sort();
    let named: String = named.iter().map(|(_, text)| text.as_str()).collect();
    let more = if left_out == 0 { String::new() } else { format!("\n{left_out} arrows are left out.\n") };
    format!("\n```mermaid\ngraph LR\n{named}{}```\n{more}", arrows.concat())
}

/// The values that are shown, each with whether some before it are not.
fn steps(through: &[String]) -> Vec<(&String, bool)> {
    let skipped = through.len().saturating_sub(STEPS);
    let first = through.iter().take(STEPS - 1).map(|step| (step, false));
    let last = through.iter().skip((STEPS - 1) + skipped).map(|step| (step, skipped > 0));
    first.chain(last).collect()
}

/// An arrow, with dots where it leads over values that are not shown.
fn arrow(is_jump: bool) -> &'static str {
    if is_jump { "-.->" } else { "-->" }
}

/// Adds an arrow that is not there yet: ways to an output may run together.
fn push(arrows: &mut Vec<String>, arrow: String) {
    if !arrows.contains(&arrow) {
        arrows.push(arrow);
    }
}

/// What a node stands for.
enum Form {
    Change,
    Step,
    Output,
}

/// The name of a node, which is made if there is none of that text.
fn node(nodes: &mut BTreeMap<String, (usize, String)>, text: &str, form: Form) -> String {
    let next = nodes.len();
    let (at, _) = nodes.entry(text.to_string()).or_insert_with(|| {
        let (open, close) = match form {
            Form::Change => ("[", "]"),
            Form::Step => ("(", ")"),
            Form::Output => ("([", "])"),
        };
        (next, format!("  n{next}{open}\"{}\"{close}\n", plain(text)))
    });
    format!("n{at}")
}

/// A text without what the language of graphs would read as its own.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if "\"|[](){}<>#;`".contains(letter) { ' ' } else { letter }).take(60).collect()
}
