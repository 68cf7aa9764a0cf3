//! Three versions of a file to one: facts that one side changed are taken from that side.
//!
//! A fact is what a reviewer would talk about: a definition, one period of a series, one cell of a table, one line of a
//! case. The same fact changed to different values on both sides is a conflict.

mod fact;
mod file;
mod line;
mod sequence;

use similar::{ChangeTag, TextDiff};

use crate::format::{FormatError, format};
use crate::syntax::parse;

/// One fact that both sides changed differently, each side as written; nothing where a side removed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Where it stands: `table chip: cost > H20`.
    pub fact: String,
    pub base: Option<String>,
    pub ours: Option<String>,
    pub theirs: Option<String>,
}

/// What a merge came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// In canonical style; facts in conflict stand between markers, one side after the other.
    pub text: String,
    pub conflicts: Vec<Conflict>,
    /// Whether it is what one side had, since the other changed nothing, or the same.
    pub is_one_side: bool,
}

/// Which of the three versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    Base,
    Ours,
    Theirs,
}

/// What the two sides are called beside the markers.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    pub ours: &'a str,
    pub theirs: &'a str,
}

/// Merges three versions of a file; a version that does not parse is an error, and nothing is merged.
pub fn merge(base: &str, ours: &str, theirs: &str, sides: Sides<'_>) -> Result<Merged, (Version, FormatError)> {
    let canonical = |text: &str, version: Version| format(&parse(text), text).map_err(|error| (version, error));
    let base = canonical(base, Version::Base)?;
    let ours = canonical(ours, Version::Ours)?;
    let theirs = canonical(theirs, Version::Theirs)?;
    if base == ours {
        return Ok(Merged { text: theirs, conflicts: Vec::new(), is_one_side: true });
    }
    if base == theirs || ours == theirs {
        return Ok(Merged { text: ours, conflicts: Vec::new(), is_one_side: true });
    }
    let (text, conflicts) = file::merged([&base, &ours, &theirs], Version::Ours);
    let text = formatted(&text).ok_or((Version::Ours, FormatError::Problems { problems: 1 }));
    if conflicts.is_empty() {
        let is_one_side = text.as_ref().is_ok_and(|text| *text == ours || *text == theirs);
        return text.map(|text| Merged { text, conflicts, is_one_side });
    }
    let (other, _) = file::merged([&base, &ours, &theirs], Version::Theirs);
    let text = text.unwrap_or(ours);
    let other = formatted(&other).unwrap_or(theirs);
    Ok(Merged { text: marked(&text, &other, sides), conflicts, is_one_side: false })
}

/// Both texts as one, each line that only one of them has between markers: for versions that cannot be read.
pub fn by_lines(ours: &str, theirs: &str, sides: Sides<'_>) -> String {
    marked(ours, theirs, sides)
}

fn formatted(text: &str) -> Option<String> {
    format(&parse(text), text).ok()
}

/// Both texts as one, with markers around the lines in which they differ.
fn marked(ours: &str, theirs: &str, sides: Sides<'_>) -> String {
    let diff = TextDiff::from_lines(ours, theirs);
    let mut text = String::new();
    let mut hunk = [String::new(), String::new()];
    for change in diff.iter_all_changes() {
        match change.tag() {
            ChangeTag::Delete => hunk[0].push_str(change.value()),
            ChangeTag::Insert => hunk[1].push_str(change.value()),
            ChangeTag::Equal => {
                close(&mut hunk, sides, &mut text);
                text.push_str(change.value());
            }
        }
    }
    close(&mut hunk, sides, &mut text);
    text
}

fn close(hunk: &mut [String; 2], sides: Sides<'_>, text: &mut String) {
    let [ours, theirs] = std::mem::take(hunk);
    if !ours.is_empty() || !theirs.is_empty() {
        text.push_str(&format!("<<<<<<< {}\n{ours}=======\n{theirs}>>>>>>> {}\n", sides.ours, sides.theirs));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDES: Sides<'_> = Sides { ours: "ours", theirs: "theirs" };
    const BASE: &str = "\
scn 1

# About the company.
assume price = 100 CNY by li.wei because \"a\"  # the close
assume flow revenue: CNY = 2025A 10 CNY | 2026E 12 CNY | 2027E 15 CNY by li.wei because \"b\"
table chip in USD from note ex 1 {
  columns      A | B | C
  given cost = 1 | 2 | 3
  given asp  = 4 | 5 | 6
}
case bull {
  co.ke - 50 bps
  co.ps = 9x
}
";

    fn with(from: &str, to: &str) -> String {
        assert!(BASE.contains(from), "{from}");
        BASE.replace(from, to)
    }

    fn both(left: (&str, &str), right: (&str, &str)) -> Merged {
        let merged = merge(BASE, &with(left.0, left.1), &with(right.0, right.1), SIDES);
        merged.unwrap_or_else(|error| panic!("{error:?}"))
    }

    fn clean(left: (&str, &str), right: (&str, &str)) {
        let merged = both(left, right);
        assert_eq!(merged.conflicts, []);
        let expected = with(left.0, left.1).replace(right.0, right.1);
        assert_eq!(merged.text, formatted(&expected).unwrap());
        assert_eq!(both(right, left).text, merged.text);
    }

    #[test]
    fn different_facts_of_one_line_merge() {
        clean(("2026E 12 CNY", "2026E 13 CNY"), ("2027E 15 CNY", "2027E 17 CNY"));
        clean(("2 | 3\n", "2 | 30000000\n"), ("given cost = 1", "given cost = 11"));
        clean(("columns      A | B | C", "columns      A | B | C | D"), ("price = 100", "price = 90"));
    }

    #[test]
    fn neighbouring_lines_merge() {
        clean(("ke - 50 bps", "ke - 60 bps"), ("co.ps = 9x", "co.ps = 8x"));
        clean(("price = 100", "price = 101"), ("2026E 12 CNY", "2026E 13 CNY"));
        clean(("  given asp", "  given die = 7 | 8 | 9\n  given asp"), ("6\n}", "6\n  given wafer = 1 | 1 | 1\n}"));
        clean(("# About the company.", "# About the firm."), ("price = 100", "price = 90"));
        clean(("case bull {", "assume x = 1 by li.wei because \"c\"\ncase bull {"), ("  co.ps = 9x\n", ""));
    }

    #[test]
    fn the_same_fact_is_a_conflict_that_shows_both_values_and_reasons() {
        let merged = both(
            ("100 CNY by li.wei because \"a\"", "90 CNY by li.wei because \"cut\""),
            ("100 CNY by li.wei because \"a\"", "110 CNY by chen because \"raised\""),
        );
        let [conflict] = &merged.conflicts[..] else { panic!("{:?}", merged.conflicts) };
        assert_eq!(conflict.fact, "price", "{conflict:?}");
        assert_eq!(conflict.ours.as_deref(), Some("assume price = 90 CNY by li.wei because \"cut\""));
        assert_eq!(conflict.theirs.as_deref(), Some("assume price = 110 CNY by chen because \"raised\""));
        assert!(merged.text.contains("<<<<<<< ours\nassume price = 90 CNY"), "{}", merged.text);
        assert!(merged.text.contains("=======\nassume price = 110 CNY"), "{}", merged.text);
    }

    #[test]
    fn one_period_in_conflict_leaves_the_others_merged() {
        let merged = both(
            ("2026E 12 CNY | 2027E 15 CNY", "2026E 13 CNY | 2027E 15 CNY"),
            ("2025A 10 CNY | 2026E 12 CNY", "2025A 11 CNY | 2026E 14 CNY"),
        );
        assert_eq!(merged.conflicts.len(), 1);
        assert_eq!(merged.conflicts[0].fact, "revenue > 2026E");
        assert_eq!(merged.text.matches("2025A 11 CNY").count(), 2, "{}", merged.text);
    }

    #[test]
    fn a_line_that_one_side_removed_and_the_other_changed_is_a_conflict() {
        let merged = both(("  co.ps = 9x\n", ""), ("co.ps = 9x", "co.ps = 7x"));
        assert_eq!(merged.conflicts.len(), 1);
        assert_eq!((&merged.conflicts[0].ours, merged.conflicts[0].fact.as_str()), (&None, "case bull > co.ps"));
    }

    #[test]
    fn a_table_with_another_unit_or_source_is_the_same_table() {
        clean(("table chip in USD", "table chip in EUR"), ("cost = 1 |", "cost = 7 |"));
        clean(("from note ex 1", "from note ex 2"), ("asp  = 4 |", "asp  = 7 |"));
        let merged = both(("chip in USD", "chip in EUR"), ("chip in USD", "chip in CNY"));
        let [conflict] = &merged.conflicts[..] else { panic!("{:?}", merged.conflicts) };
        assert_eq!(conflict.fact, "table chip");
        let said = [&conflict.base, &conflict.ours, &conflict.theirs].map(|side| side.clone().unwrap_or_default());
        assert!(["USD", "EUR", "CNY"].iter().zip(&said).all(|(unit, said)| said.contains(unit)), "{said:?}");
    }

    #[test]
    fn several_tables_about_one_thing_are_told_apart_by_their_sources() {
        let another =
            "table chip in USD from slides p 2 {\n  columns A | B | C\n  given tdp = 7 | 8 | 9\n}\ntable chip in";
        clean(("table chip in", another), ("cost = 1 |", "cost = 7 |"));
    }

    #[test]
    fn a_setting_has_one_value() {
        let base = "scn 1\nmodel m {\n  currency CNY\n  as_of 2026-03-31\n}\n\nkind k { in a: mm, b: kg }\n";
        let side = |from: &str, to: &str| base.replace(from, to);
        let dates = merge(base, &side("03-31", "04-30"), &side("03-31", "05-31"), SIDES).unwrap();
        assert_eq!(dates.conflicts.len(), 1, "{}", dates.text);
        let inputs = merge(base, &side("a: mm", "a: m"), &side("a: mm", "a: km"), SIDES).unwrap();
        assert_eq!(inputs.conflicts.len(), 1, "{}", inputs.text);
        let apart = merge(base, &side("CNY", "USD"), &side("b: kg", "b: t"), SIDES).unwrap();
        assert!(
            apart.conflicts.is_empty() && apart.text.contains("USD") && apart.text.contains("b: t"),
            "{}",
            apart.text
        );
    }

    #[test]
    fn settings_of_one_line_merge_one_by_one() {
        let base = "scn 1\nkind k {\n  in a: mm, b: kg\n}\n\nsimulate s of x {\n  draws 500, seed 1\n  vary p discrete 1 USD at 20%, 2 USD at 30%, 3 USD at 50%\n}\n";
        let side = |from: &str, to: &str| base.replace(from, to);
        let spreads = merge(base, &side("2 USD", "2.5 USD"), &side("2 USD", "2.7 USD"), SIDES).unwrap();
        assert_eq!(spreads.conflicts.len(), 1, "{}", spreads.text);
        let first = merge(base, &side("in a", "in zz: mm, a"), &side("in a", "in yy: mm, a"), SIDES).unwrap();
        assert!(first.conflicts.is_empty() && first.text.matches("a: mm").count() == 1, "{}", first.text);
        assert!(first.text.contains("zz: mm") && first.text.contains("yy: mm"), "{}", first.text);
        let dropped = merge(base, &side("a: mm, b", "b"), &side("b: kg", "b: kg, cc: kg"), SIDES).unwrap();
        assert!(dropped.text.contains("  in b: kg, cc: kg\n"), "{}", dropped.text);
        let apart = merge(base, &side("draws 500", "draws 900"), &side("seed 1", "seed 2"), SIDES).unwrap();
        assert!(apart.text.contains("  draws 900, seed 2\n"), "{}", apart.text);
    }

    #[test]
    fn two_wordings_of_one_comment_are_a_conflict() {
        let comment = "# About the company.";
        let merged = both((comment, "# About the firm."), (comment, "# About the group."));
        assert_eq!(merged.conflicts.len(), 1, "{}", merged.text);
        let trailing = both(("# the close", "# the open"), ("# the close", "# the mean"));
        assert_eq!(trailing.conflicts.len(), 1, "{}", trailing.text);
    }

    #[test]
    fn one_changed_side_is_taken_whole() {
        let changed = with("9x", "8x");
        assert_eq!(merge(BASE, BASE, &changed, SIDES).map(|merged| merged.text), Ok(changed.clone()));
        assert_eq!(merge(BASE, &changed, BASE, SIDES).map(|merged| merged.text), Ok(changed.clone()));
        assert_eq!(merge(BASE, &changed, &changed, SIDES).map(|merged| merged.conflicts), Ok(Vec::new()));
    }

    #[test]
    fn comments_inside_a_line_stay_in_it() {
        let base = "scn 1\nflow r = 2025A 7 CNY from ar25  # audited\n    # the analyst's own\n    | 2026E 8 CNY\n    | 2027E.. r[prev]\n    by li.wei\n";
        let ours = base.replace("own\n", "own numbers\n");
        let theirs = base.replace("r[prev]\n", "r[prev]  # as it was\n");
        let merged = merge(base, &ours, &theirs, SIDES).unwrap();
        assert!(merged.conflicts.is_empty() && merged.text.contains("own numbers"), "{}", merged.text);
        assert!(merged.text.contains("# audited\n") && merged.text.contains("# as it was\n"), "{}", merged.text);
    }

    #[test]
    fn a_setting_said_twice_keeps_its_comments() {
        let base = "scn 1\nmodel m {\n  currency CNY\n  currency EUR\n}\n\nkind k {\n  in a: mm\n}\n";
        let ours = base.replace("CNY\n", "CNY  # changed\n");
        let merged = merge(base, &ours, &base.replace("a: mm", "a: kg"), SIDES).unwrap();
        assert!(merged.text.contains("CNY  # changed\n  currency EUR"), "{}", merged.text);
    }

    #[test]
    fn what_does_not_parse_is_not_merged() {
        let broken = with("100 CNY", "100 (");
        assert!(matches!(merge(BASE, &broken, BASE, SIDES), Err((Version::Ours, _))));
    }
}
