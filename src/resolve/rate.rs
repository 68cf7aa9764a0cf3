//! Exchange rates to plain definitions, each under a path of its own.

use std::sync::Arc;

use crate::model::{Provenance, SeriesKind, VariableId};
use crate::syntax::ast::{Fx, FxBasis, ItemKind, Value};
use crate::text::{Place, SourceId, Span};
use crate::units::{Base, Unit};

use super::error::ResolveError;
use super::symbols::{Content, Entry, RateBasis, RateDef, SpreadDef};
use super::{LoadedFile, Resolver};

impl<'a> Resolver<'a> {
    /// Makes an entry for every `fx` item.
    pub(super) fn rates(&mut self) {
        let loaded = self.loaded;
        for file in &loaded.files {
            for item in &file.file.items {
                if let ItemKind::Fx(fx) = &item.kind {
                    self.fx(file, fx);
                }
            }
        }
    }

    fn fx(&mut self, file: &LoadedFile, item: &Fx) {
        let source = file.source;
        let (base, quote) = (self.currency(source, item.base), self.currency(source, item.quote));
        let (Some(base), Some(quote)) = (base, quote) else { return };
        let (basis, series, word) = match item.basis {
            FxBasis::Fixed => (RateBasis::Fixed, None, "fixed".to_string()),
            FxBasis::Average => (RateBasis::Average, Some(SeriesKind::Price), "average".to_string()),
            FxBasis::Closing => (RateBasis::Closing, Some(SeriesKind::Stock), "closing".to_string()),
            FxBasis::On(span) => match self.date(source, span) {
                Some(date) => (RateBasis::On(date), None, date.to_string()),
                None => return,
            },
        };
        if series.is_none() && matches!(item.value, Value::Series { .. }) {
            let message = "this rate has periods and no basis".to_string();
            let help = "say `average` for flows and prices, or `closing` for stocks, before `=`".to_string();
            self.report(source, &ResolveError::SeriesKind { message, help, span: item.quote });
            return;
        }
        let unit = self.rate_unit(base, quote);
        let pair = format!("{}/{}", self.text(source, item.base), self.text(source, item.quote));
        let path: Arc<str> = format!("{}fx.{pair}.{word}", file.space).into();
        let place = item.base.to(item.quote).at(source);
        if base == quote {
            let message = "a rate is between two currencies, and these are one".to_string();
            let help = "`fx USD/CNY = …` is CNY for one USD".to_string();
            self.report(source, &ResolveError::Rate { message, help, span: place.span });
            return;
        }
        if let Some((first, is_inverse)) = self.rate_of_pair(source, (base, quote), basis) {
            let help = match is_inverse {
                true => "one line converts both ways: keep one of the two",
                false => "keep one of the two rates",
            };
            return self.duplicate(&format!("{pair} {word}"), place, first, help);
        }
        self.places.insert(path.to_string(), place);
        let variable = VariableId(self.symbols.entries.len() as u32);
        self.rate_entry(item, source, path, series, unit, place);
        let library = file.library.is_some();
        self.symbols.rates.push(RateDef { base, quote, basis, variable, place, library });
    }

    /// Where a book has a rate of a pair already, and whether it stands there the other way round.
    fn rate_of_pair(&self, source: SourceId, (base, quote): (Base, Base), basis: RateBasis) -> Option<(Place, bool)> {
        let symbols = &self.symbols;
        let here = |rate: &&RateDef| rate.basis == basis && symbols.space(rate.place.source) == symbols.space(source);
        symbols.rates.iter().filter(here).find_map(|rate| match (rate.base, rate.quote) {
            pair if pair == (base, quote) => Some((rate.place, false)),
            pair if pair == (quote, base) => Some((rate.place, true)),
            _ => None,
        })
    }

    fn rate_entry(
        &mut self,
        item: &Fx,
        source: SourceId,
        path: Arc<str>,
        series: Option<SeriesKind>,
        unit: Unit,
        place: Place,
    ) {
        let definition = crate::syntax::ast::Definition {
            also: false,
            verb: None,
            series,
            name: item.base.to(item.quote),
            index: None,
            unit: None,
            value: item.value.clone(),
            clauses: item.clauses.clone(),
        };
        let said = Arc::new(Provenance::default());
        let mut line = self.line(&definition, source, super::Owner::Book, &said);
        for piece in &mut line.pieces {
            if let Content::Written { cell, .. } = &mut piece.content {
                *cell = Some(unit.clone());
            }
            if let Some(range) = &mut piece.range {
                *range = Arc::new(SpreadDef { cell: Some(unit.clone()), ..(**range).clone() });
            }
        }
        line.unit = Some(unit);
        let Some(line) = self.one_line(&path, vec![line]) else { return };
        let name = path.clone();
        let (line, candidates) = (Arc::new(line), Vec::new());
        self.symbols.entries.push(Entry { path, name, entity: None, index: None, slot: None, line, candidates, place });
    }

    fn rate_unit(&self, base: Base, quote: Base) -> Unit {
        let symbol = format!("{}/{}", self.symbols.units.symbol(quote), self.symbols.units.symbol(base));
        let dimension = crate::units::Dimension::base(quote).over(&crate::units::Dimension::base(base));
        Unit { symbol: symbol.into(), factor: 1.0, dimension }
    }

    fn currency(&mut self, source: SourceId, span: Span) -> Option<Base> {
        let unit = self.unit(source, span)?;
        let base = unit.dimension.single().filter(|base| self.symbols.units.is_currency(*base));
        if base.is_none() {
            let name = self.text(source, span).to_string();
            let help = "a rate is between two currencies: `fx USD/CNY = …` is CNY for one USD".to_string();
            self.report(source, &ResolveError::UnitUnknown { name, help, span });
        }
        base
    }
}
