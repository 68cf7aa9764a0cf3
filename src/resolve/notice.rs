//! What is worth saying of sources and dates: one that is stale, or later than the book, or that nothing cites.

use jiff::civil::Date;

use crate::model::Role;
use crate::text::Place;

use super::error::ResolveError;
use super::{RateBasis, Resolver};

impl<'a> Resolver<'a> {
    /// Reports stale sources that are cited, and sources that are not.
    pub(super) fn notices(&mut self) {
        for at in 0..self.symbols.sources.len() {
            self.accessed(at);
            if self.cited[at] {
                self.stale(at);
                self.later(at);
            } else {
                self.unused(at);
            }
        }
        self.later_rates();
    }

    /// A document is read after it is written.
    fn accessed(&mut self, at: usize) {
        let source = &self.symbols.sources[at];
        let (Some(accessed), Some(dated)) = (source.accessed, source.dated) else { return };
        if accessed < dated {
            let (name, place) = (source.name.to_string(), source.place);
            let (accessed, dated) = (accessed.to_string(), dated.to_string());
            self.report(place.source, &ResolveError::Accessed { name, accessed, dated, span: place.span });
        }
    }

    /// A book rests on nothing that is written, or first read, after its own date; another book that it uses has its own.
    fn later(&mut self, at: usize) {
        let source = &self.symbols.sources[at];
        let (Some(as_of), Some(date)) = (self.symbols.book.as_of, source.dated.or(source.accessed)) else { return };
        if date > as_of && self.symbols.space(source.place.source).is_empty() {
            let (what, place) = (format!("source `{}`", source.name), source.place);
            self.later_than(what, date, as_of, place);
        }
    }

    /// The rate of a day that has not come is no fact.
    fn later_rates(&mut self) {
        let Some(as_of) = self.symbols.book.as_of else { return };
        for at in 0..self.symbols.rates.len() {
            let rate = &self.symbols.rates[at];
            let RateBasis::On(date) = rate.basis else { continue };
            let entry = &self.symbols.entries[rate.variable.0 as usize];
            let is_given = entry.line.pieces.iter().any(|piece| piece.role == Role::Given);
            if date > as_of && is_given && self.symbols.space(rate.place.source).is_empty() {
                let (what, place) = (format!("rate `{}`", entry.path), rate.place);
                self.later_than(what, date, as_of, place);
            }
        }
    }

    fn later_than(&mut self, what: String, date: Date, as_of: Date, place: Place) {
        let (date, as_of) = (date.to_string(), as_of.to_string());
        self.report(place.source, &ResolveError::Later { what, date, as_of, span: place.span });
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
        let (name, place) = (source.name.to_string(), source.place);
        self.report(place.source, &ResolveError::Unused { what: "source", name, span: place.span });
    }
}
