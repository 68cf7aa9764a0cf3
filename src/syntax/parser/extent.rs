//! How far a pair reaches, without the blanks and comments behind it.

use pest::iterators::Pair;

use super::Rule;

/// Where a pair ends, without the blanks and comments that an optional rest may have swallowed.
pub(super) fn end_of(pair: &Pair<Rule>) -> usize {
    let text = pair.as_str();
    let last = match pair.as_rule() {
        _ if !text.contains('#') => None,
        Rule::paren | Rule::call | Rule::index => None,
        _ => pair.clone().into_inner().last(),
    };
    match last {
        Some(last) => end_of(&last),
        None => pair.as_span().start() + text.trim_end().len(),
    }
}

/// The text of a pair, without the blanks and comments that an optional rest may have swallowed.
pub(super) fn own_text<'p>(pair: &Pair<'p, Rule>) -> &'p str {
    &pair.as_str()[..end_of(pair) - pair.as_span().start()]
}
