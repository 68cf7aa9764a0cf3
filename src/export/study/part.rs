//! `Part`: what an answer is made of for people, sentences and tables; and parts as Markdown.

use crate::text::markdown;

/// A sentence or a table of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// What the whole is about; one for each answer.
    Title(String),
    /// A sentence.
    Line(String),
    Table(Table),
    /// Drawn with signs of fixed width.
    Drawing(String),
}

/// Rows under a head; the first `labels` columns are text, the others numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    pub caption: Option<String>,
    pub head: Vec<String>,
    pub labels: usize,
    pub rows: Vec<Vec<String>>,
}

/// Parts as Markdown.
pub fn markdown(parts: &[Part]) -> String {
    let shown: Vec<String> = parts.iter().map(one).collect();
    shown.join("\n")
}

fn one(part: &Part) -> String {
    match part {
        Part::Title(title) => format!("## {}\n", markdown::escaped(title)),
        Part::Line(line) => format!("{line}\n"),
        Part::Drawing(drawing) => format!("```text\n{}\n```\n", drawing.trim_end()),
        Part::Table(table) => table_of(table),
    }
}

fn table_of(table: &Table) -> String {
    let caption = table.caption.as_ref().map(|caption| format!("{caption}\n\n")).unwrap_or_default();
    let sides: Vec<&str> = (0..table.head.len()).map(|at| if at < table.labels { "---" } else { "--:" }).collect();
    let rows: String = table.rows.iter().map(|cells| row(cells)).collect();
    format!("{caption}{}|{}|\n{rows}", row(&table.head), sides.join("|"))
}

fn row(cells: &[String]) -> String {
    markdown::row(cells.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_a_table_of_markdown() {
        let head = vec!["".to_string(), "7x".to_string()];
        let rows = vec![vec!["a|b".to_string(), "12".to_string()]];
        let table = Table { caption: Some("Target".to_string()), head, labels: 1, rows };
        let text = markdown(&[Part::Title("T".to_string()), Part::Table(table)]);
        assert_eq!(text, "## T\n\nTarget\n\n|  | 7x |\n|---|--:|\n| a\\|b | 12 |\n");
    }
}
