//! A review as a page that stands alone: the answer, what moved, why as waterfalls, what to look at, every change.

use crate::chart::{Bridge, ChartSpec, Datum, Shape, Step, svg};
use crate::diagnostic::render::counted;

use super::super::view::{Amount, ShareView, View, WhyView};
use super::markdown::{chosen, effect_rows, rows, still};

/// The page.
pub fn html(view: &View, reproduce: &str) -> String {
    let mut body =
        format!("<h1>{}</h1>\n<p>{} to {}</p>\n", text(&view.summary), text(&view.baseline), text(&view.current));
    body += &flags(view);
    body += &effects(view);
    for why in chosen(view) {
        body += &self::why(view, why);
    }
    body += &super::answer::html(view);
    body += &changes(view);
    body += &format!("<p>Made with <code>{}</code></p>\n", text(reproduce));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        text(&view.summary)
    )
}

const STYLE: &str = "
:root { color-scheme: light dark; --line: #8884; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: left; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
figure { margin: 1rem 0; } figure svg { max-width: 100%; height: auto; }
";

fn flags(view: &View) -> String {
    if view.flags.is_empty() {
        return String::new();
    }
    let item = |flag: &super::super::view::FlagView| {
        let place = flag.place.as_ref().map(|place| format!(" <small>{}</small>", text(place))).unwrap_or_default();
        format!("<li><code>{}</code> {}{place}</li>\n", flag.code, text(&flag.message))
    };
    let items: String = view.flags.iter().map(item).collect();
    format!("<h2>{} to look at</h2>\n<ul>\n{items}</ul>\n", counted(view.flags.len(), "thing"))
}

fn effects(view: &View) -> String {
    let mut rows = String::new();
    for cells in effect_rows(view) {
        let (names, numbers) = cells.split_at(2);
        rows += "<tr>";
        names.iter().for_each(|cell| rows += &format!("<td>{}</td>", text(cell)));
        numbers.iter().for_each(|cell| rows += &format!("<td class=\"n\">{}</td>", text(cell)));
        rows += "</tr>\n";
    }
    let head = "<tr><th>output</th><th>case</th><th class=\"n\">before</th><th class=\"n\">after</th><th class=\"n\">move</th><th></th></tr>\n";
    let small = view.effects.iter().filter(|effect| !effect.material).count();
    format!("<h2>What moved</h2>\n<table>\n{head}{rows}</table>\n<p>{}</p>\n", still(view.unchanged, small))
}

/// The shares of one output, with a waterfall.
fn why(view: &View, why: &WhyView) -> String {
    let title = text(&why.effect.replace('@', " in "));
    let mut out = format!("<h2>Why {title} moved from {} to {}</h2>\n", text(&why.from), text(&why.to));
    if let Some(note) = &why.note {
        return out + &format!("<p>{}.</p>\n", text(note));
    }
    if let Some(chart) = waterfall(view, why) {
        out += &format!("<figure>{chart}</figure>\n");
    }
    out += "<table>\n<tr><th>change</th><th>from</th><th>to</th><th class=\"n\">effect</th><th>who</th><th>because</th></tr>\n";
    for row in rows(view, why) {
        let [change, from, to, effect, who, because] = row.map(|cell| text(&cell));
        out += &format!(
            "<tr><td>{change}</td><td>{from}</td><td>{to}</td><td class=\"n\">{effect}</td><td>{who}</td><td>{because}</td></tr>\n"
        );
    }
    out += &format!(
        "<tr><th>all</th><td>{}</td><td>{}</td><td class=\"n\"><b>{}</b></td><td></td><td></td></tr>\n</table>\n",
        text(&why.from),
        text(&why.to),
        text(&why.difference)
    );
    for pair in &why.together {
        let [first, second] = &pair.labels;
        out += &format!(
            "<p>Of this, {} is what {} and {} do only together.</p>\n",
            text(&pair.effect.display),
            text(first),
            text(second)
        );
    }
    out
}

/// The waterfall of one output, from what it was to what it is; nothing if it cannot be drawn.
fn waterfall(view: &View, why: &WhyView) -> Option<String> {
    let effect = view.effects.iter().find(|effect| effect.id == why.effect)?;
    let datum = |amount: &Amount| Datum { size: amount.value.as_f64(), text: amount.display.clone() };
    let total = |label: &str, amount: &Option<Amount>| {
        Some(Step { label: label.to_string(), size: datum(amount.as_ref()?), total: true })
    };
    let share = |share: &ShareView| Step { label: share.label.clone(), size: datum(&share.effect), total: false };
    let rest = |rest: &Amount| Step { label: "other".to_string(), size: datum(rest), total: false };
    let mut steps = vec![total("before", &effect.old)?];
    steps.extend(why.shares.iter().map(share).chain(why.rest.iter().map(rest)));
    steps.push(total("after", &effect.new)?);
    let title = format!("Why {} moved", why.effect.replace('@', " in "));
    let shape = Shape::Bridge(Bridge { unit: effect.unit.clone(), steps });
    svg(&ChartSpec { title, note: String::new(), shape }).ok()
}

fn changes(view: &View) -> String {
    let mut rows = String::new();
    let (listed, counts) = view.listed();
    for change in listed {
        let place = change.new_place.as_ref().or(change.old_place.as_ref());
        let cell = |side: &Option<String>| side.as_deref().map(folded).unwrap_or_default();
        rows += &format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td><small>{}</small></td></tr>\n",
            change.kind,
            text(&change.title()),
            cell(&change.old),
            cell(&change.new),
            text(change.by.as_deref().unwrap_or("")),
            text(change.because.as_deref().unwrap_or("")),
            place.map(|place| text(place)).unwrap_or_default()
        );
    }
    let head = "<tr><th></th><th>change</th><th>from</th><th>to</th><th>who</th><th>because</th><th>where</th></tr>\n";
    let counts: String = counts.iter().map(|count| format!("<p>{count}.</p>\n")).collect();
    format!("<h2>{}</h2>\n<table>\n{head}{rows}</table>\n{counts}", counted(view.changes.len(), "change"))
}

/// One side of a change; a long formula or function is folded.
fn folded(side: &str) -> String {
    if !side.contains('\n') && side.chars().count() <= LONG {
        return text(side);
    }
    let first: String = side.lines().next().unwrap_or("").chars().take(LONG).collect();
    format!("<details><summary>{}…</summary><pre>{}</pre></details>", text(&first), text(side))
}

/// Texts that are longer are folded.
const LONG: usize = 100;

/// A text in which nothing is markup.
pub(super) fn text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
