//! What is no error and still worth saying: a stale source, a source that nothing cites.

use super::Resolver;
use super::error::ResolveError;

impl<'a> Resolver<'a> {
    /// Reports stale sources that are cited, and sources that are not.
    pub(super) fn notices(&mut self) {
        for at in 0..self.symbols.sources.len() {
            if self.cited[at] { self.stale(at) } else { self.unused(at) }
        }
    }

    fn stale(&mut self, at: usize) {
        let source = &self.symbols.sources[at];
        let (Some(as_of), Some(dated), Some(limit)) = (self.symbols.book.as_of, source.dated, source.stale_after_days)
        else {
            return;
        };
        let Ok(span) = as_of.since(dated) else { return };
        let days = span.get_days();
        if i64::from(days) > i64::from(limit) {
            let (name, as_of, place) = (source.name.to_string(), as_of.to_string(), source.place);
            self.report(place.source, &ResolveError::Stale { name, days, limit, as_of, span: place.span });
        }
    }

    fn unused(&mut self, at: usize) {
        let source = &self.symbols.sources[at];
        let (what, place) = (format!("source `{}`", source.name), source.place);
        self.report(place.source, &ResolveError::Unused { what, span: place.span });
    }
}
