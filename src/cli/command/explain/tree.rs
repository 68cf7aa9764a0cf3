//! The tree of a formula as lines between rails.

use crate::explain::{Node, Origin};
use crate::model::Role;

use super::value::{one_line, told};

/// The parts of a formula, each with what is below it.
pub fn below(nodes: &[Node], indent: &str, out: &mut String) {
    for (at, node) in nodes.iter().enumerate() {
        let (fork, rail) = if at + 1 == nodes.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        *out += &format!("{indent}{fork}{}\n", line(node));
        below(&node.children, &format!("{indent}{rail}"), out);
    }
}

fn line(node: &Node) -> String {
    let origin = node.origin.as_ref().map(origin).unwrap_or_default();
    let text = if node.path.is_some() { node.text.clone() } else { one_line(&node.text) };
    format!("{text} = {}{origin}", told(&node.amount))
}

/// Where a value is from, behind it: `  from ar25 p 41`, `  by li.wei`, `  = its formula`.
fn origin(origin: &Origin) -> String {
    match origin.role {
        Role::Derived => format!("  = {}", one_line(&origin.words)),
        Role::Given | Role::Assumed => format!("  {}", origin.words),
    }
}
