//! Templates in which every list is counted when it is made.
//!
//! The engine's fuel pays for every step, every byte of a text and every entry that a filter makes. A sum or a multiple of lists costs
//! nothing: it is made when somebody looks into it, and sixty doublings are more than any machine holds. So is a list of a list twice,
//! which shares what it holds until it is written out. No hook of the engine sees either. So each `[…]`, `{…}`, `+`, `*` and `~` of a
//! template is put into a call of [`weight::FUNCTION`](super::weight::FUNCTION), which does. Lines stay as they are; [`Counting::original`]
//! says where a byte of the changed text was.

use minijinja::machinery::parse;
use minijinja::syntax::SyntaxConfig;
use serde_json::Value;

use super::weight;

/// A template with its calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counting {
    pub text: String,
    /// What was put in: where in the original, and how many bytes.
    added: Vec<(usize, usize)>,
}

impl Counting {
    /// Puts the calls into a template; one that does not read stays as it is, since the engine says why.
    pub fn of(text: &str, syntax: SyntaxConfig) -> Counting {
        let mut made = Vec::new();
        if let Some(tree) = parse(text, "", syntax).ok().and_then(|tree| serde_json::to_value(&tree).ok()) {
            find(&tree, &mut made);
        }
        let mut added: Vec<(usize, bool)> =
            made.iter().flat_map(|(start, end)| [(*start, true), (*end, false)]).collect();
        added.sort_unstable();
        let mut counting = Counting { text: String::with_capacity(text.len()), added: Vec::new() };
        let mut from = 0;
        for (at, opens) in added {
            counting.text.push_str(text.get(from..at).unwrap_or(""));
            let put = if opens { format!("{}((", weight::FUNCTION) } else { "))".to_string() };
            counting.text.push_str(&put);
            counting.added.push((at, put.len()));
            from = at;
        }
        counting.text.push_str(text.get(from..).unwrap_or(""));
        counting
    }

    /// Where a byte of the changed text was.
    pub fn original(&self, at: usize) -> usize {
        let mut shift = 0;
        for (before, length) in &self.added {
            if before + shift >= at {
                break;
            }
            shift = (shift + length).min(at - before);
        }
        at - shift
    }
}

/// Where lists, and what may be one, are made: the bytes of each in the text. The tree is the engine's, as it shows itself.
fn find(node: &Value, made: &mut Vec<(usize, usize)>) {
    match node {
        Value::Object(fields) => {
            if fields
                .get("expr")
                .and_then(Value::as_str)
                .is_some_and(|kind| matches!(kind, "BinOp" | "List" | "Tuple" | "Map"))
                && let Some(span) = makes(fields)
            {
                made.push(span);
            }
            // What a loop or a `set` gives names to is written like a list, and is none.
            fields.iter().filter(|(name, _)| *name != "target").for_each(|(_, inner)| find(inner, made));
        }
        Value::Array(all) => all.iter().for_each(|inner| find(inner, made)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The bytes of an expression that makes a list.
fn makes(fields: &serde_json::Map<String, Value>) -> Option<(usize, usize)> {
    let [inner, span] = fields.get("inner")?.as_array()?.as_slice() else { return None };
    let grows = match inner.get("op").and_then(Value::as_str) {
        Some(op) => matches!(op, "Add" | "Mul"),
        None => true,
    };
    let at = |span: &Value, name| Some(span.get(name)?.as_u64()? as usize);
    let (start, end) = (at(span, "start_offset")?, at(span, "end_offset")?);
    // Of a list in round brackets that has none, the engine does not say where it begins.
    let first = inner.pointer("/items/0/inner/1").and_then(|first| at(first, "start_offset"));
    let is_whole = first.is_none_or(|first| first > start);
    (grows && is_whole).then_some((start, end))
}
