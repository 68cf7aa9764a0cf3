//! Calls of built-in functions.

use crate::builtin::Builtin;
use crate::calendar::Frequency;
use crate::model::{Argument, ExprKind, SeriesKind, Type};
use crate::resolve::prelude;
use crate::syntax::ast::NodeId;
use crate::units::Dimension;

use super::super::error::CheckError;
use super::argument::arity;
use super::{Built, Infer};

/// A call being checked.
#[derive(Clone, Copy)]
struct Call<'n> {
    id: NodeId,
    builtin: Builtin,
    name: &'n str,
    arguments: &'n [NodeId],
}

impl<'c, 'a> Infer<'c, 'a> {
    pub(super) fn call(&mut self, id: NodeId, name: &str, arguments: &[NodeId]) -> Built {
        if let Some(function) = self.checker.symbols.function(self.frame.source, name) {
            return self.inlined(id, function, arguments);
        }
        let Some(builtin) = Builtin::named(name) else { return self.unknown_function(id, name) };
        let call = Call { id, builtin, name, arguments };
        let (least, most) = arity(builtin);
        if !self.count(id, name, arguments.len(), least, most) {
            return self.unknown();
        }
        self.built_in(call)
    }

    fn unknown_function(&mut self, id: NodeId, name: &str) -> Built {
        // A word of the language is no name, and reported where it stands.
        if crate::syntax::is_reserved(name) {
            return self.unknown();
        }
        let symbols = self.checker.symbols;
        let mut names: Vec<&str> = symbols.function_names().collect();
        for builtin in Builtin::all() {
            names.push(builtin.name());
        }
        let library: Vec<(&str, &str)> = prelude::functions().collect();
        let near = crate::text::nearest(name, library.iter().map(|(function, _)| *function));
        let found = library.iter().find(|(function, _)| near == Some(*function));
        let otherwise = match found {
            Some((function, module)) if *function == name => format!("`use {module}` has it"),
            Some((function, module)) => format!("`use {module}` has `{function}`"),
            None => "define it with `fn`".to_string(),
        };
        let help = match crate::builtin::of_a_spreadsheet(name) {
            // A built-in function that only shares its name with one of a spreadsheet computes something else.
            Some(habit) if !symbols.function_names().any(|known| known.eq_ignore_ascii_case(name)) => habit.to_string(),
            _ => self.checker.did_you_mean(name, names, &otherwise),
        };
        let span = self.frame.tree.node(id).span;
        let span = crate::text::Span { start: span.start, end: span.start + name.len() as u32 };
        let meaning = self.unknown_help("function", name, span, help);
        self.value_of(id, meaning)
    }

    fn built_in(&mut self, call: Call) -> Built {
        use Builtin::*;
        match call.builtin {
            Abs | Floor | Ceil | Round => self.shaped(call),
            Sqrt => self.root_of(call),
            Exp | Ln | Log10 => self.of_ratio(call),
            Min | Max if call.arguments.len() > 1 => self.extreme(call),
            Min | Max | Sum | Mean | Median | Count | Product | Any | All => self.over_stretch(call),
            ArgMax | ArgMin | Rank => self.needs_kind(call),
            Pv | Npv | Irr => self.present_value(call),
            Yoy | Average | Cumulative => self.along_time(call),
            Cagr => self.compound(call),
            YearsSince => self.years_since(call),
            Days => self.days(call),
            Interpolate => self.interpolate(call),
            IsMissing => self.is_missing(call),
            OrElse => self.or_else(call),
            Expected => self.expected(call),
            Annual => self.longer(call, Frequency::Annual),
            Half => self.longer(call, Frequency::Half),
            Quarter => self.longer(call, Frequency::Quarter),
        }
    }

    fn number_at(&mut self, call: Call, at: usize) -> Built {
        let built = self.build(call.arguments[at], None);
        self.number(call.arguments[at], built)
    }

    fn finished(&mut self, call: Call, arguments: Vec<Argument>, ty: Type, time: Option<Frequency>) -> Built {
        let kind = ExprKind::Call { builtin: call.builtin, arguments };
        Built::new(kind, ty, time, self.span(call.id))
    }

    /// A number of the same unit as the argument.
    fn shaped(&mut self, call: Call) -> Built {
        let built = self.number_at(call, 0);
        let digits = call.arguments.get(1).map(|digits| self.ratio_argument(call.name, *digits));
        if !built.known {
            return built;
        }
        let (ty, time, series, unit) = (built.expr.ty.clone(), built.expr.time, built.series, built.unit.clone());
        let arguments = [built].into_iter().chain(digits).map(|built| Argument::Expr(built.expr)).collect();
        self.finished(call, arguments, ty, time).adding(series).shown(unit)
    }

    fn root_of(&mut self, call: Call) -> Built {
        let built = self.number_at(call, 0);
        let Some(dimension) = built.dimension() else { return self.unknown() };
        let Some(root) = dimension.power(1, 2) else {
            let base = self.words(&built.expr.ty);
            let error = CheckError::Power { base, span: self.at(call.arguments[0]), what: "has no root".to_string() };
            return self.fail(&error);
        };
        let (time, series) = (built.expr.time, built.series.map(|_| SeriesKind::Ratio));
        self.finished(call, vec![Argument::Expr(built.expr)], Type::Number(root), time).adding(series)
    }

    fn of_ratio(&mut self, call: Call) -> Built {
        let built = self.ratio_argument(call.name, call.arguments[0]);
        let (time, series) = (built.expr.time, built.series.map(|_| SeriesKind::Ratio));
        let ratio = Type::Number(Dimension::RATIO);
        self.finished(call, vec![Argument::Expr(built.expr)], ratio, time).adding(series)
    }

    /// `min(a, b, …)`: all alike.
    fn extreme(&mut self, call: Call) -> Built {
        let mut all: Vec<Built> = (0..call.arguments.len()).map(|at| self.number_at(call, at)).collect();
        self.no_bare_beside(&all.iter().zip(call.arguments.iter().copied()).collect::<Vec<_>>());
        let time = self.on_one_line(call, &mut all);
        let model = all.iter().position(|built| built.known && !built.any).unwrap_or(0);
        let mut first = all[model].clone();
        let mut sound = true;
        for (at, built) in all.iter_mut().enumerate() {
            if at == model {
                continue;
            }
            let (left, right) = (call.arguments[model], call.arguments[at]);
            sound &= self.agree((&mut first, left), (built, right)).is_some();
            first.series = super::together(first.series, built.series);
        }
        if !sound {
            return self.unknown();
        }
        let (ty, series, unit) = (first.expr.ty.clone(), first.series, first.unit);
        let any = all.iter().all(|built| built.any);
        let arguments = all.into_iter().map(|built| Argument::Expr(built.expr)).collect();
        let built = self.finished(call, arguments, ty, time).adding(series).shown(unit);
        Built { any, ..built }
    }

    /// All arguments on one timeline.
    fn on_one_line(&mut self, call: Call, all: &mut [Built]) -> Option<Frequency> {
        let mut all: Vec<(&mut Built, NodeId)> = all.iter_mut().zip(call.arguments.iter().copied()).collect();
        self.one_timeline(&mut all)
    }

    /// `sum(x[2026E..2030E])`, or over all of a series.
    fn over_stretch(&mut self, call: Call) -> Built {
        let Some((built, window)) = self.stretch(call.arguments[0]) else { return self.unknown() };
        let Some(ty) = self.over_many(call.builtin, call.arguments[0], &built) else { return self.unknown() };
        let unit = built.unit.clone().filter(|_| ty == built.expr.ty && !call.builtin.counts());
        let argument = Self::slice_argument(built, window);
        self.finished(call, vec![argument], ty, None).shown(unit)
    }

    /// The type of a function over many values of one type.
    pub(super) fn over_many(&mut self, builtin: Builtin, id: NodeId, built: &Built) -> Option<Type> {
        use Builtin::{All, Any, ArgMax, ArgMin, Count, Product, Rank};
        let ratio = Type::Number(Dimension::RATIO);
        match builtin {
            Count => Some(ratio),
            Any | All => {
                let checked = self.yes_no(id, built.clone());
                checked.known.then_some(Type::YesNo)
            }
            _ => {
                let checked = self.number(id, built.clone());
                let dimension = checked.dimension()?.clone();
                match builtin {
                    Product if !dimension.is_ratio() => {
                        let help = "divide by one of its unit first";
                        self.wrong_argument("product", id, "ratios", &checked.expr.ty, help);
                        None
                    }
                    ArgMax | ArgMin => Some(Type::Text),
                    Rank => Some(ratio),
                    _ => Some(Type::Number(dimension)),
                }
            }
        }
    }

    fn needs_kind(&mut self, call: Call) -> Built {
        let message = format!("`{}` ranges over a kind", call.name);
        let help = format!("it is called as {}", call.builtin.entry().map_or("", |entry| entry.signature));
        self.fail(&CheckError::Arguments { message, help, span: self.at(call.id) })
    }

    fn present_value(&mut self, call: Call) -> Built {
        let stretch = self.present_stretch(call);
        let rate = call.arguments.get(1).copied();
        let rate = rate.map(|id| (id, self.ratio_argument(call.name, id)));
        let at = call.arguments.get(2).map(|id| self.period_argument(*id));
        if let Some((id, built)) = &rate
            && built.known
            && built.expr.time.is_some()
        {
            let what = self.text_of(*id).to_string();
            return self.fail(&CheckError::NotOneValue { what, span: self.at(*id) });
        }
        let (Some((argument, ty, unit)), false) = (stretch, matches!(at, Some(None))) else { return self.unknown() };
        let mut arguments = vec![argument];
        arguments.extend(rate.map(|(_, built)| Argument::Expr(built.expr)));
        arguments.extend(at.flatten());
        let ty = if call.builtin == Builtin::Irr { Type::Number(Dimension::RATIO) } else { ty };
        let unit = unit.filter(|_| call.builtin != Builtin::Irr);
        self.finished(call, arguments, ty, None).shown(unit)
    }

    /// The flows to discount; a whole series stays one, since `pv` takes the periods after `at` of it.
    fn present_stretch(&mut self, call: Call) -> Option<(Argument, Type, Option<crate::units::Unit>)> {
        let id = call.arguments[0];
        let is_slice = match self.sliceable(id) {
            super::Meaning::Slice(built, window) => Some((*built, Some(window))),
            meaning => {
                let built = self.value_of(id, meaning);
                Some((built, None)).filter(|(built, _)| built.known)
            }
        };
        let (built, window) = is_slice?;
        let built = self.number(id, built);
        let ty = Type::Number(built.dimension()?.clone());
        let unit = built.unit.clone();
        let Some(line) = built.expr.time.and_then(|time| self.checker.symbols.timelines.get(time)) else {
            self.no_time(id, "a series is wanted here, or a stretch of one: `x[2026E..2030E]`");
            return None;
        };
        let all = crate::model::Window { first: 0, last: line.len - 1 };
        let argument = match (window, call.builtin) {
            (None, Builtin::Pv) => Argument::Expr(built.expr),
            (window, _) => Self::slice_argument(built, window.unwrap_or(all)),
        };
        Some((argument, ty, unit))
    }

    fn series_at(&mut self, call: Call, at: usize) -> Option<Built> {
        let built = self.number_at(call, at);
        if !built.known {
            return None;
        }
        if built.expr.time.is_none() {
            self.no_time(call.arguments[at], "a series is wanted here");
            return None;
        }
        Some(built)
    }

    fn along_time(&mut self, call: Call) -> Built {
        let Some(built) = self.series_at(call, 0) else { return self.unknown() };
        let time = built.expr.time;
        let is_yoy = call.builtin == Builtin::Yoy;
        let ty = if is_yoy { Type::Number(Dimension::RATIO) } else { built.expr.ty.clone() };
        let series = if is_yoy { Some(SeriesKind::Ratio) } else { built.series };
        let series = if call.builtin == Builtin::Cumulative { Some(SeriesKind::Stock) } else { series };
        let unit = built.unit.clone().filter(|_| !is_yoy);
        self.finished(call, vec![Argument::Expr(built.expr)], ty, time).adding(series).shown(unit)
    }

    fn compound(&mut self, call: Call) -> Built {
        let built = self.series_at(call, 0);
        let (from, to) = (self.period_argument(call.arguments[1]), self.period_argument(call.arguments[2]));
        let (Some(built), Some(from), Some(to)) = (built, from, to) else { return self.unknown() };
        let frequency = |argument: &Argument| match argument {
            Argument::Period { frequency, .. } => Some(*frequency),
            _ => None,
        };
        let rolled = match frequency(&from) {
            Some(frequency) if Some(frequency) > built.expr.time => self.roll_up(call.arguments[0], built, frequency),
            _ => built,
        };
        if !rolled.known {
            return rolled;
        }
        let arguments = vec![Argument::Expr(rolled.expr), from, to];
        self.finished(call, arguments, Type::Number(Dimension::RATIO), None)
    }

    fn years_since(&mut self, call: Call) -> Built {
        let Some(period) = self.period_argument(call.arguments[0]) else { return self.unknown() };
        let own = match &period {
            Argument::Period { frequency, .. } => Some(*frequency),
            _ => None,
        };
        let time = self.context.or(own);
        let ratio = Type::Number(Dimension::RATIO);
        self.finished(call, vec![period], ratio, time).adding(Some(SeriesKind::Stock))
    }

    fn days(&mut self, call: Call) -> Built {
        let default = self.checker.symbols.timelines.default_line().map(|line| line.frequency);
        let time = self.context.or(default);
        self.finished(call, Vec::new(), Type::Number(Dimension::RATIO), time).adding(Some(SeriesKind::Flow))
    }

    /// `interpolate(x, x1, y1, …)`: the first and every second one are alike, and the others are.
    fn interpolate(&mut self, call: Call) -> Built {
        if call.arguments.len().is_multiple_of(2) {
            let message = "`interpolate` takes a value and then pairs".to_string();
            let help = "it is called as interpolate(x, x1, y1, x2, y2, …)".to_string();
            return self.fail(&CheckError::Arguments { message, help, span: self.at(call.id) });
        }
        let mut all: Vec<Built> = (0..call.arguments.len()).map(|at| self.number_at(call, at)).collect();
        let each: Vec<_> = all.iter().zip(call.arguments.iter().copied()).collect();
        let is_x = |at: usize| at == 0 || at % 2 == 1;
        for wanted in [true, false] {
            let alike = each.iter().enumerate().filter(|(at, _)| is_x(*at) == wanted);
            self.no_bare_beside(&alike.map(|(_, each)| *each).collect::<Vec<_>>());
        }
        let mut sound = true;
        let time = self.on_one_line(call, &mut all);
        for at in 1..all.len() {
            let model = if at % 2 == 1 { 0 } else { 2 };
            if at == model {
                continue;
            }
            let (before, after) = all.split_at_mut(at);
            let (one, two) = (&mut before[model], &mut after[0]);
            sound &= self.agree((one, call.arguments[model]), (two, call.arguments[at])).is_some();
        }
        sound &= self.ascends(call.arguments, &all);
        if !sound {
            return self.unknown();
        }
        let (ty, unit, series) = (all[2].expr.ty.clone(), all[2].unit.clone(), all[2].series.or(all[0].series));
        let arguments = all.into_iter().map(|built| Argument::Expr(built.expr)).collect();
        self.finished(call, arguments, ty, time).adding(series).shown(unit)
    }

    fn is_missing(&mut self, call: Call) -> Built {
        let built = self.build(call.arguments[0], None);
        let time = built.expr.time;
        self.finished(call, vec![Argument::Expr(built.expr)], Type::YesNo, time)
    }

    fn or_else(&mut self, call: Call) -> Built {
        let (left, right) = (call.arguments[0], call.arguments[1]);
        let mut one = self.build(left, None);
        let mut two = self.build(right, None);
        self.no_bare_beside(&[(&one, left), (&two, right)]);
        let ty = self.agree((&mut one, left), (&mut two, right));
        let time = self.same_time((&mut one, left), (&mut two, right));
        let (series, any) = (super::together(one.series, two.series), one.any && two.any);
        let unit = one.unit.clone().or_else(|| two.unit.clone());
        let Some(ty) = ty else { return self.unknown() };
        let arguments = vec![Argument::Expr(one.expr), Argument::Expr(two.expr)];
        let built = self.finished(call, arguments, ty, time).adding(series).shown(unit);
        Built { any, ..built }
    }

    fn expected(&mut self, call: Call) -> Built {
        let built = self.number_at(call, 0);
        let source = self.outer.map_or(self.frame.source, |outer| outer.place.source);
        let place = self.at(call.id).at(source);
        self.checker.weighted.get_or_insert(place);
        if !built.known {
            return built;
        }
        let (ty, time, series, unit) = (built.expr.ty.clone(), built.expr.time, built.series, built.unit);
        Built::new(ExprKind::Expected(Box::new(built.expr)), ty, time, self.span(call.id)).adding(series).shown(unit)
    }

    fn longer(&mut self, call: Call, to: Frequency) -> Built {
        let Some(built) = self.series_at(call, 0) else { return self.unknown() };
        match built.expr.time {
            Some(time) if time > to => {
                let error = CheckError::Finer {
                    what: format!("`{}`", self.text_of(call.arguments[0])),
                    has: time.word().to_string(),
                    period: call.name.to_string(),
                    finer: to.word().to_string(),
                    span: self.at(call.id),
                };
                self.fail(&error)
            }
            Some(time) if time == to => built,
            _ => self.roll_up(call.arguments[0], built, to),
        }
    }
}
