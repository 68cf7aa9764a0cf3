//! What must hold of anything that is printed or written, whatever a stranger put into the texts of a book.

use pulldown_cmark::{Event, Options, Parser, Tag};

/// What every injected text carries, so that it is known again.
pub const MARK: &str = "INJ";

/// Holds what a run printed against the form that it was asked for.
pub fn holds(form: &str, text: &str) -> Result<(), String> {
    match form {
        "json" | "gitlab" | "sarif" => json(text),
        "csv" => csv(text),
        "md" => human(text).and_then(|()| markdown(text)),
        "html" => html(text),
        "svg" => svg(text),
        "junit" => xml(text),
        _ => human(text),
    }
}

/// Nothing that a terminal obeys, and no line that a build server would take for a command.
pub fn human(text: &str) -> Result<(), String> {
    if let Some(letter) = text.chars().find(|letter| is_obeyed(*letter)) {
        return Err(format!("{letter:?} reaches a terminal: {:?}", around(text, letter)));
    }
    let is_command = |line: &&str| {
        let line = line.trim_start();
        line.starts_with("::warning::INJ") || line.starts_with("##[") || line.starts_with("::stop-commands")
    };
    match text.lines().find(is_command) {
        Some(line) => Err(format!("a line is a command of a build server: {line:?}")),
        None => Ok(()),
    }
}

fn is_obeyed(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    turns || letter.is_control() && !matches!(letter, '\n' | '\t')
}

/// What is injected is text: no tag, no link, no picture, no emphasis, no heading of its own, nobody called.
pub fn markdown(text: &str) -> Result<(), String> {
    let mut open: Vec<Tag> = Vec::new();
    let mut words = String::new();
    for event in
        Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH)
    {
        match event {
            Event::Start(tag) => {
                is_told(&tag)?;
                open.push(tag);
                words.clear();
            }
            Event::End(_) => {
                open.pop();
                words.clear();
            }
            Event::Html(html) | Event::InlineHtml(html) if is_injected(&html) => {
                return Err(format!("a tag gets into Markdown: {html:?}"));
            }
            Event::Text(piece) => {
                words.push_str(&piece);
                if let Some(called) =
                    mention(&words).filter(|_| !open.iter().any(|tag| matches!(tag, Tag::CodeBlock(_))))
                {
                    return Err(format!("somebody is called: {called:?}"));
                }
                let set = |tag: &&Tag| matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough);
                if words.starts_with("INJB") && open.last().is_some_and(|tag| set(&tag)) {
                    return Err(format!("a text is set otherwise: {words:?}"));
                }
                let own = |tag: &&Tag| matches!(tag, Tag::Heading { .. } | Tag::Item | Tag::BlockQuote(_));
                if words.starts_with("INJNL") && open.iter().any(|tag| own(&tag)) {
                    return Err(format!("a text begins a block: {words:?}"));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn is_told(tag: &Tag) -> Result<(), String> {
    match tag {
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } if is_injected(dest_url) => {
            Err(format!("a link gets into Markdown: {dest_url:?}"))
        }
        _ => Ok(()),
    }
}

fn is_injected(text: &str) -> bool {
    ["INJ", "evil", "javascript:", "onerror", "<script"].iter().any(|part| text.contains(part))
}

/// The name behind an `@` that a forge would call.
fn mention(text: &str) -> Option<&str> {
    let at = text.match_indices("@INJ").next()?.0;
    let before = text[..at].chars().next_back();
    before.is_none_or(|before| !before.is_alphanumeric()).then(|| &text[at..])
}

/// JSON, in which even the letters a terminal obeys are written so that it does not.
pub fn json(text: &str) -> Result<(), String> {
    serde_json::from_str::<serde_json::Value>(text).map(drop).map_err(|error| format!("no JSON: {error}"))
}

/// CSV, with as many cells in each row.
pub fn csv(text: &str) -> Result<(), String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut wide = None;
    for row in reader.records() {
        let row = row.map_err(|error| format!("no CSV: {error}"))?;
        if *wide.get_or_insert(row.len()) != row.len() {
            return Err(format!("a row has another number of cells: {row:?}"));
        }
    }
    Ok(())
}

/// XML, as one document.
pub fn xml(text: &str) -> Result<(), String> {
    roxmltree::Document::parse(text).map(drop).map_err(|error| format!("no XML: {error}"))
}

/// A picture without anything that runs or is loaded.
pub fn svg(text: &str) -> Result<(), String> {
    human(text)?;
    elements(text, &["script", "foreignObject", "iframe", "image", "a", "use", "link", "object", "embed"])
}

/// A page without anything that runs or is loaded; it is XML but for its first line.
pub fn html(text: &str) -> Result<(), String> {
    let body = text.trim_start().strip_prefix("<!doctype html>").or_else(|| text.strip_prefix("<!DOCTYPE html>"));
    let body = body.unwrap_or(text).replace("<meta charset=\"utf-8\">", "").replace("<br>", "<br/>");
    let body = body.split("<meta ").enumerate().map(|(at, part)| match (at, part.split_once('>')) {
        (0, _) | (_, None) => part.to_string(),
        (_, Some((_, rest))) => rest.to_string(),
    });
    let body: String = body.collect();
    elements(&body, &["script", "foreignObject", "iframe", "img", "link", "object", "embed", "form", "base"])
}

fn elements(text: &str, refused: &[&str]) -> Result<(), String> {
    let parsed = roxmltree::Document::parse(text).map_err(|error| format!("no XML: {error}"))?;
    for node in parsed.descendants().filter(|node| node.is_element()) {
        let name = node.tag_name().name();
        if refused.contains(&name) || name.contains(MARK) {
            return Err(format!("an element `{name}` gets in"));
        }
        let runs =
            |name: &str, value: &str| name.starts_with("on") || value.contains("javascript:") || name.contains(MARK);
        if let Some(found) = node.attributes().find(|found| runs(found.name(), found.value())) {
            return Err(format!("an attribute `{}` gets in: {:?}", found.name(), found.value()));
        }
    }
    Ok(())
}

fn around(text: &str, letter: char) -> String {
    text.lines().find(|line| line.contains(letter)).unwrap_or(text).chars().take(160).collect()
}
