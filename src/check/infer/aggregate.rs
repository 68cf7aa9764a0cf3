//! Aggregates over a kind: `sum(c in chip where … skip NM: c.x)`.

use crate::builtin::Builtin;
use crate::model::{self, ExprKind, KindId, MissingCode, Skip, Type};
use crate::resolve::{Named, did_you_mean};
use crate::syntax::ast::{Aggregate, NodeId};
use crate::text::Span;

use super::super::error::CheckError;
use super::{Bound, Built, Infer, MOST_TERMS};

impl<'c, 'a> Infer<'c, 'a> {
    pub(super) fn aggregate(&mut self, id: NodeId, aggregate: &Aggregate) -> Built {
        let tree = self.frame.tree.clone();
        let name = tree.slice(aggregate.function);
        let mut of = aggregate.of.map(|of| (of, self.build(of, None)));
        let Some(builtin) = Builtin::named(name).filter(|builtin| ranges(*builtin)) else {
            return self.no_aggregate(id, name);
        };
        let Some(kind) = self.kind(id, aggregate.kind) else { return self.unknown() };
        if (builtin == Builtin::Rank) != of.is_some() {
            let message = format!("`{name}` is not called like this");
            let help = format!("it is called as {}", builtin.entry().map_or("", |entry| entry.signature));
            return self.fail(&CheckError::Arguments { message, help, span: self.at(id) });
        }
        let around = self.terms;
        self.terms = around.saturating_mul(self.checker.symbols.kind(kind).entities.len().max(1));
        if self.terms > MOST_TERMS {
            self.terms = around;
            let span = self.at(id);
            return self.fail(&CheckError::TooLarge { span, limit: MOST_TERMS });
        }
        let binder = self.fresh_binder();
        self.kinds.push((binder, kind));
        self.binders.push((tree.slice(aggregate.binder).into(), Bound::Any(binder, kind)));
        let mut filter = aggregate.filter.map(|filter| (filter, self.condition(filter)));
        let mut body = self.build(aggregate.body, None);
        self.binders.pop();
        self.terms = around;
        let skip = self.skip(aggregate.skip);
        let ty = self.aggregate_type(builtin, aggregate, &body, of.as_ref());
        let time = self.aggregate_time(aggregate, &mut body, filter.as_mut(), of.as_mut());
        let (Some(ty), true) = (ty, body.known) else {
            let mut unknown = self.unknown();
            unknown.expr.time = time;
            return unknown;
        };
        let unit = body.unit.clone().filter(|_| ty == body.expr.ty);
        let series = body.series.filter(|_| matches!(ty, Type::Number(_)));
        let series = if builtin == Builtin::Rank { series.map(|_| model::SeriesKind::Ratio) } else { series };
        let (filter, of) = (filter.map(|(_, built)| built.expr), of.map(|(_, built)| built.expr));
        let lowest = aggregate.lowest;
        let made = model::Aggregate { builtin, of, binder, kind, filter, skip, body: body.expr, lowest };
        Built::new(ExprKind::Aggregate(Box::new(made)), ty, time, self.span(id)).adding(series).shown(unit)
    }

    fn aggregate_type(
        &mut self,
        builtin: Builtin,
        aggregate: &Aggregate,
        body: &Built,
        of: Option<&(NodeId, Built)>,
    ) -> Option<Type> {
        if let Some((id, of)) = of {
            let (mut one, mut two) = (of.clone(), body.clone());
            self.agree((&mut one, *id), (&mut two, aggregate.body))?;
        }
        if !body.known {
            return None;
        }
        self.over_many(builtin, aggregate.body, body)
    }

    fn aggregate_time(
        &mut self,
        aggregate: &Aggregate,
        body: &mut Built,
        filter: Option<&mut (NodeId, Built)>,
        of: Option<&mut (NodeId, Built)>,
    ) -> Option<crate::calendar::Frequency> {
        let others = filter.into_iter().chain(of).map(|(id, built)| (built, *id));
        let mut all: Vec<(&mut Built, NodeId)> = std::iter::once((body, aggregate.body)).chain(others).collect();
        self.one_timeline(&mut all)
    }

    fn kind(&mut self, id: NodeId, span: Span) -> Option<KindId> {
        let name = self.frame.tree.slice(span).to_string();
        match self.checker.symbols.named(self.frame.source, &name) {
            Some(Named::Kind(kind)) if !self.frame.in_function => return Some(*kind),
            _ => {}
        }
        let kinds: Vec<&str> = self.checker.symbols.kinds.iter().map(|kind| &*kind.name).collect();
        let otherwise =
            if self.frame.in_function { "functions see no kinds" } else { "declare it: `kind NAME { … }`" };
        let help = did_you_mean(&name, kinds, otherwise);
        let meaning = self.unknown_help("kind", &name, span, help);
        self.value_of(id, meaning);
        None
    }

    fn skip(&self, skip: Option<Span>) -> Skip {
        match skip.map(|span| self.frame.tree.slice(span)) {
            None => Skip::Nothing,
            Some("NM") => Skip::Code(MissingCode::Nm),
            Some("NA") => Skip::Code(MissingCode::Na),
            Some("ND") => Skip::Code(MissingCode::Nd),
            Some("X") => Skip::Code(MissingCode::X),
            Some(_) => Skip::Missing,
        }
    }

    fn no_aggregate(&mut self, id: NodeId, name: &str) -> Built {
        let message = format!("`{name}` does not range over a kind");
        let ranging = Builtin::all().filter(|builtin| ranges(*builtin)).map(Builtin::name);
        let help = format!("these do: {}", ranging.collect::<Vec<_>>().join(", "));
        self.fail(&CheckError::Arguments { message, help, span: self.at(id) })
    }
}

/// Whether a function may range over a kind.
fn ranges(builtin: Builtin) -> bool {
    use Builtin::*;
    matches!(builtin, Sum | Mean | Median | Min | Max | Count | Any | All | Product | Rank | ArgMax | ArgMin)
}
