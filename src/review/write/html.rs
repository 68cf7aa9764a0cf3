//! A review as a page that stands alone: the answer, what moved, why as bars, what to look at, every change.

use crate::diagnostic::render::counted;

use super::super::view::{ShareView, View, WhyView};
use super::markdown::{effect_rows, rows, still};

/// The page.
pub fn html(view: &View, reproduce: &str) -> String {
    let mut body =
        format!("<h1>{}</h1>\n<p>{} to {}</p>\n", text(&view.summary), text(&view.baseline), text(&view.current));
    body += &flags(view);
    body += &effects(view);
    for why in &view.why {
        body += &self::why(view, why);
    }
    body += &changes(view);
    body += &format!("<p>Made with <code>{}</code></p>\n", text(reproduce));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        text(&view.summary)
    )
}

const STYLE: &str = "
:root { color-scheme: light dark; --up: #1a7f5a; --down: #b4412f; --line: #8884; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: left; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { position: relative; height: .9rem; min-width: 14rem; } .bar i { position: absolute; top: 0; bottom: 0; }
.up { background: var(--up); } .down { background: var(--down); } .all { background: #888; }
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

/// The waterfall of one output: a bar for each share from where the one before ended.
fn why(view: &View, why: &WhyView) -> String {
    let title = text(&why.effect.replace('@', " in "));
    let mut out = format!("<h2>Why {title} moved from {} to {}</h2>\n", text(&why.from), text(&why.to));
    if let Some(note) = &why.note {
        return out + &format!("<p>{}.</p>\n", text(note));
    }
    out += "<table>\n<tr><th>change</th><th>from</th><th>to</th><th class=\"n\">effect</th><th></th><th>who</th><th>because</th></tr>\n";
    let parts = parts(why);
    for (row, bar) in rows(view, why).iter().zip(bars(&parts)) {
        let [change, from, to, effect, who, because] = row.clone().map(|cell| text(&cell));
        out += &format!(
            "<tr><td>{change}</td><td>{from}</td><td>{to}</td><td class=\"n\">{effect}</td><td>{bar}</td><td>{who}</td><td>{because}</td></tr>\n"
        );
    }
    out += &format!(
        "<tr><th>all</th><td>{}</td><td>{}</td><td class=\"n\"><b>{}</b></td><td></td><td></td><td></td></tr>\n</table>\n",
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

fn parts(why: &WhyView) -> Vec<f64> {
    let number = |share: &ShareView| share.effect.value.as_f64().unwrap_or(0.0);
    let rest = why.rest.as_ref().and_then(|rest| rest.value.as_f64());
    why.shares.iter().map(number).chain(rest).collect()
}

/// For each part of a move, a bar from where the parts before it lead.
fn bars(parts: &[f64]) -> Vec<String> {
    let mut level = 0.0;
    let ends = parts.iter().map(|part| {
        let from = level;
        level += part;
        (from, level)
    });
    let ends: Vec<(f64, f64)> = ends.collect();
    let low = ends.iter().fold(0.0_f64, |low, (from, to)| low.min(*from).min(*to));
    let high = ends.iter().fold(0.0_f64, |high, (from, to)| high.max(*from).max(*to));
    let width = if high > low { high - low } else { 1.0 };
    let bar = |(from, to): &(f64, f64)| {
        let left = (from.min(*to) - low) / width * 100.0;
        let size = ((to - from).abs() / width * 100.0).max(0.3);
        let class = if to >= from { "up" } else { "down" };
        format!("<div class=\"bar\"><i class=\"{class}\" style=\"left:{left:.2}%;width:{size:.2}%\"></i></div>")
    };
    ends.iter().map(bar).collect()
}

fn changes(view: &View) -> String {
    let mut rows = String::new();
    for change in &view.changes {
        let place = change.new_place.as_ref().or(change.old_place.as_ref());
        let cell = |side: &Option<String>| side.as_deref().map(text).unwrap_or_default();
        rows += &format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td><small>{}</small></td></tr>\n",
            change.kind,
            text(&change.title()),
            cell(&change.old),
            cell(&change.new),
            cell(&change.by),
            cell(&change.because),
            place.map(|place| text(place)).unwrap_or_default()
        );
    }
    let head = "<tr><th></th><th>change</th><th>from</th><th>to</th><th>who</th><th>because</th><th>where</th></tr>\n";
    format!("<h2>{}</h2>\n<table>\n{head}{rows}</table>\n", counted(view.changes.len(), "change"))
}

/// A text in which nothing is markup.
fn text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
