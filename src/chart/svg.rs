//! A scene as an SVG document, in colours for light and dark pages that the colour-blind can tell apart.

use super::describe::described;
use super::fit::clean;
use super::scene::{Anchor, Mark, Scene, Text};
use super::spec::ChartSpec;

/// Colours by class, for a light page and for a dark one. A class is a mark of a role, not of a colour.
const COLOURS: [(&str, &str, &str); 19] = [
    ("page", "#ffffff", "#0d1117"),
    ("ink", "#1f2328", "#e6edf3"),
    ("quiet", "#59636e", "#9198a1"),
    ("on", "#ffffff", "#0d1117"),
    ("s0", "#1f6fb5", "#5fb0f0"),
    ("s1", "#d4650a", "#f0a050"),
    ("s2", "#0f8a6d", "#45c9a8"),
    ("s3", "#8f4aa8", "#cf97e3"),
    ("s4", "#7fb4e0", "#2f6fa8"),
    ("s5", "#8a6d00", "#d8bd4a"),
    ("s6", "#b5304a", "#f28a9b"),
    ("s7", "#6e7781", "#8b949e"),
    ("up", "#1f6fb5", "#5fb0f0"),
    ("down", "#d4650a", "#f0a050"),
    ("total", "#57606a", "#a5aeb8"),
    ("band", "#1f6fb5", "#5fb0f0"),
    ("grid", "#e4e8ec", "#262c36"),
    ("axis", "#8c959f", "#656c76"),
    ("mark", "#1f2328", "#e6edf3"),
];

/// Steps of a grid from far below to far above its middle: the cell on a light page and a dark one, and whether the
/// text on it is that of the page or its opposite.
pub const HEAT: [(&str, &str, bool); 9] = [
    ("#c4560a", "#f0a050", true),
    ("#e08b4c", "#b8702c", false),
    ("#f0b98f", "#7d4c1f", false),
    ("#f9e0cd", "#452d18", false),
    ("#f3f4f6", "#20262e", false),
    ("#d3e4f4", "#17304a", false),
    ("#9cc5e8", "#1f4f7d", false),
    ("#5f9fd3", "#3579b5", false),
    ("#1f6fb5", "#5fb0f0", true),
];

/// The document.
pub fn written(chart: &ChartSpec, scene: &Scene) -> String {
    let (width, height) = (number(scene.width), number(scene.height));
    let title = escaped(&clean(&chart.title));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">{title}</title>\n<desc id=\"desc\">{}</desc>\n",
        escaped(&clean(&described(chart)))
    );
    let mut body = String::new();
    for mark in &scene.marks {
        body.push_str(&drawn(mark));
    }
    out.push_str(&style(&body));
    out.push_str(&format!("<rect class=\"page\" width=\"{width}\" height=\"{height}\" rx=\"6\"/>\n{body}</svg>\n"));
    out
}

/// The rules of the classes that the body names, for both pages.
fn style(body: &str) -> String {
    let is_used = |class: &str| {
        class == "page"
            || ["\"", " "]
                .iter()
                .any(|open| body.contains(&format!("{open}{class}\"")) || body.contains(&format!("{open}{class} ")))
    };
    let mut rules = String::from(
        "text{font-family:system-ui,-apple-system,\"Segoe UI\",Helvetica,Arial,sans-serif}\n\
         .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}\n\
         .thin{stroke-width:1}\n.dash{stroke-dasharray:5 4}\n.est{fill-opacity:.6}\n.band{fill-opacity:.22}\n",
    );
    let mut dark = String::new();
    for (class, light, night) in COLOURS.iter().filter(|(class, ..)| is_used(class)) {
        rules.push_str(&rule(class, light));
        dark.push_str(&rule(class, night));
    }
    for (at, (light, night, turned)) in HEAT.iter().enumerate().filter(|(at, _)| is_used(&format!("h{at}"))) {
        let (ink, other) = if *turned { ("#ffffff", "#0d1117") } else { ("#1f2328", "#e6edf3") };
        rules.push_str(&format!(".h{at}{{fill:{light}}}\n.n{at}{{fill:{ink}}}\n"));
        dark.push_str(&format!(".h{at}{{fill:{night}}}\n.n{at}{{fill:{other}}}\n"));
    }
    format!("<style>\n{rules}@media (prefers-color-scheme:dark){{\n{dark}}}\n</style>\n")
}

/// A class fills; as a line it is the colour of the line.
fn rule(class: &str, colour: &str) -> String {
    match class {
        "grid" | "axis" | "mark" => format!(".{class}{{stroke:{colour};fill:none}}\n"),
        "page" => format!(".page{{fill:{colour}}}\ncircle{{stroke:{colour};stroke-width:1}}\n"),
        _ if class.starts_with('s') || ["up", "down", "total", "band"].contains(&class) => {
            format!(".{class}{{fill:{colour}}}\n.line.{class}{{fill:none;stroke:{colour}}}\n")
        }
        _ => format!(".{class}{{fill:{colour}}}\n"),
    }
}

fn drawn(mark: &Mark) -> String {
    match mark {
        Mark::Box { area, class } => format!(
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n",
            number(area.x),
            number(area.y),
            number(area.width),
            number(area.height)
        ),
        Mark::Dot { x, y, radius, class } => {
            format!(
                "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>\n",
                number(*x),
                number(*y),
                number(*radius)
            )
        }
        Mark::Path { points, closed, class } => {
            let step = |(at, (x, y)): (usize, &(f64, f64))| {
                format!("{}{} {}", if at == 0 { "M" } else { "L" }, number(*x), number(*y))
            };
            let path: String = points.iter().enumerate().map(step).collect();
            format!("<path class=\"{class}\" d=\"{path}{}\"/>\n", if *closed { "Z" } else { "" })
        }
        Mark::Text(text) => written_text(text),
    }
}

fn written_text(text: &Text) -> String {
    let anchor = match text.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = if text.bold { " font-weight=\"600\"" } else { "" };
    format!(
        "<text class=\"{}\" x=\"{}\" y=\"{}\" font-size=\"{}\"{anchor}{weight}>{}</text>\n",
        text.class,
        number(text.x),
        number(text.y),
        number(text.size),
        escaped(&clean(&text.words))
    )
}

/// A coordinate, to a hundredth.
fn number(number: f64) -> String {
    let rounded = libm::round(number * 100.0) / 100.0;
    if rounded == 0.0 { "0".to_string() } else { rounded.to_string() }
}

/// A text that is no markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
