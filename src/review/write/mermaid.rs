//! What depends on the changes, as a small graph that forges draw.

use std::collections::BTreeMap;

use super::super::view::{View, WhyView};

/// So many arrows still make a picture.
const MOST: usize = 24;

/// An arrow from every change to every output that it moved, with how far.
pub fn mermaid(view: &View, whys: &[&WhyView]) -> String {
    let mut nodes: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut arrows: Vec<String> = Vec::new();
    let mut left_out = 0;
    for why in whys {
        let target = node(&mut nodes, &why.effect.replace('@', " in "), true);
        for share in why.shares.iter().filter(|share| share.effect.value.as_f64() != Some(0.0)) {
            if arrows.len() >= MOST {
                left_out += 1;
                continue;
            }
            let from = node(&mut nodes, &share.label, false);
            arrows.push(format!("  {from} -->|{}| {target}\n", plain(&share.effect.display)));
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

/// The name of a node, which is made if there is none of that text.
fn node(nodes: &mut BTreeMap<String, (usize, String)>, text: &str, is_output: bool) -> String {
    let next = nodes.len();
    let (at, _) = nodes.entry(text.to_string()).or_insert_with(|| {
        let (open, close) = if is_output { ("([", "])") } else { ("[", "]") };
        (next, format!("  n{next}{open}\"{}\"{close}\n", plain(text)))
    });
    format!("n{at}")
}

/// A text without what the language of graphs would read as its own.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if "\"|[](){}<>#;`".contains(letter) { ' ' } else { letter }).take(60).collect()
}
