//! `Lines`: a source as the drawing library reads it: whole lines around a label, and no others.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::text::Source;

/// A source whose labels are shown on their own lines only.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'s>(pub &'s Source);

impl SourceCode for Lines<'_> {
    /// Without context this is asked for the place of a label, with context for what to draw.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = &*self.0.text;
        let (start, end) = (span.offset(), span.offset() + span.len());
        if text.get(start..end).is_none() {
            return Err(MietteError::OutOfBounds);
        }
        let (line, column) = self.0.line_column(start as u32);
        let from = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let last = if end > start && text.as_bytes()[end - 1] == b'\n' { end - 1 } else { end };
        let to = text[last..].find('\n').map_or(text.len(), |newline| last + newline);
        // What ends a line of Windows is not drawn: a terminal would obey it.
        let plain = text[from..to].trim_end_matches('\r').len();
        let drawn = &text[from..(from + plain).max(last.min(to))];
        Ok(Box::new(MietteSpanContents::new_named(
            self.0.path.to_string(),
            drawn.as_bytes(),
            (from, drawn.len()).into(),
            line - 1,
            if before == 0 { column - 1 } else { 0 },
            drawn.split('\n').count(),
        )))
    }
}
