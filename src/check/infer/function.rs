//! Calls of functions of the book or the library: written out where they are called.
//!
//! Parameters become `let`s, so that a body may look at a series in other periods; periods and slices are passed on
//! as they are.

use std::rc::Rc;
use std::sync::Arc;

use crate::model::{Expr, ExprKind, LocalId, Type};
use crate::resolve::{FunctionDef, Owner, ParameterDef, Takes};
use crate::syntax::ast::{self, NodeId, NodeKind};

use super::super::error::CheckError;
use super::{Built, Frame, Infer, Local, Meaning, Outer};

/// A local and the value it holds.
type Holder = (LocalId, Rc<Expr>);

impl<'c, 'a> Infer<'c, 'a> {
    pub(super) fn inlined(&mut self, id: NodeId, function: usize, arguments: &[NodeId]) -> Built {
        let symbols = self.checker.symbols;
        let def = &symbols.functions[function];
        if !self.count(id, &def.name, arguments.len(), def.parameters.len(), def.parameters.len()) {
            return self.unknown();
        }
        let mut holders: Vec<Holder> = Vec::new();
        let around = self.held.len();
        let mut locals = Vec::with_capacity(arguments.len());
        for (parameter, argument) in def.parameters.iter().zip(arguments) {
            let local = self.passed(def, parameter, *argument, &mut holders);
            locals.push((parameter.name.clone(), local));
        }
        let body = self.body(id, def, locals, &mut holders);
        let body = self.returned(id, def, body);
        self.held.truncate(around);
        let (ty, time, known, any) = (body.expr.ty.clone(), body.expr.time, body.known, body.any);
        let (series, unit) = (body.series, body.unit);
        let mut expr = body.expr;
        let span = self.span(id);
        for (local, value) in holders.into_iter().rev() {
            let value = Rc::try_unwrap(value).unwrap_or_else(|value| (*value).clone());
            let kind = ExprKind::Let { local, value: Box::new(value), body: Box::new(expr) };
            expr = Expr { kind, ty: ty.clone(), time, span };
        }
        let kind = ExprKind::Inlined { function: def.name.clone(), body: Box::new(expr) };
        Built { known, any, ..Built::new(kind, ty, time, span).adding(series).shown(unit) }
    }

    /// An argument as a local of the body.
    fn passed(&mut self, def: &FunctionDef, parameter: &ParameterDef, id: NodeId, holders: &mut Vec<Holder>) -> Local {
        let is_period = matches!(self.frame.tree.node(id).kind, NodeKind::Period(_));
        if parameter.takes == Takes::Period || is_period {
            return match self.period_of(id) {
                Some((frequency, index)) if parameter.takes == Takes::Period || parameter.takes == Takes::Anything => {
                    Local::Period(frequency, index)
                }
                Some(_) => Local::Value(self.period_node(id)),
                None => Local::Value(self.unknown()),
            };
        }
        match self.sliceable(id) {
            Meaning::Slice(built, window) => {
                let built = self.accepted(def, parameter, id, *built);
                Local::Slice(self.held(built, holders), window)
            }
            Meaning::Period(frequency, index) => Local::Period(frequency, index),
            meaning => {
                let built = self.value_of(id, meaning);
                let built = self.accepted(def, parameter, id, built);
                Local::Value(self.held(built, holders))
            }
        }
    }

    /// Puts a value under a new local, and gives what stands for it in the body.
    fn held(&mut self, built: Built, holders: &mut Vec<Holder>) -> Built {
        if matches!(built.expr.kind, ExprKind::Number(_) | ExprKind::Local(_) | ExprKind::Variable(_)) || built.any {
            return built;
        }
        if super::frequency::follows(&built.expr) {
            return built;
        }
        let local = self.fresh_local();
        let mut stand_in = built.clone();
        stand_in.expr.kind = ExprKind::Local(local);
        let value = Rc::new(built.expr);
        self.held.push((local, value.clone()));
        holders.push((local, value));
        stand_in
    }

    fn accepted(&mut self, def: &FunctionDef, parameter: &ParameterDef, id: NodeId, mut built: Built) -> Built {
        if !built.known {
            return built;
        }
        let wanted = match &parameter.takes {
            Takes::Number(unit) => Type::Number(unit.dimension.clone()),
            Takes::Text => Type::Text,
            Takes::Anything | Takes::Period => return built,
        };
        if built.expr.ty == wanted {
            return built;
        }
        if super::operator::fits(&built, &wanted) {
            super::operator::adopt(&mut built, &wanted);
            return built;
        }
        let (wanted, found) = (format!("{} for `{}`", self.words(&wanted), parameter.name), built.expr.ty);
        let help = "convert the argument, or leave the parameter without a unit so that it takes anything";
        self.wrong_argument(&def.name, id, &wanted, &found, help)
    }

    fn body(
        &mut self,
        id: NodeId,
        def: &FunctionDef,
        locals: Vec<(Arc<str>, Local)>,
        holders: &mut Vec<Holder>,
    ) -> Built {
        let outer = self.outer;
        let call = Outer { place: self.at(id).at(self.frame.source), span: self.span(id), function: def.place };
        self.outer = outer.or(Some(call));
        let frame = self.frame.clone();
        let locals = std::mem::replace(&mut self.locals, locals);
        let binders = std::mem::take(&mut self.binders);
        let (owner, cell) = (std::mem::replace(&mut self.owner, Owner::Book), self.cell.take());
        for (name, value) in &def.lets {
            let built = self.in_body(def, value);
            let held = self.held(built, holders);
            self.locals.push((name.clone(), Local::Value(held)));
        }
        let built = self.in_body(def, &def.body);
        (self.outer, self.frame, self.locals, self.binders) = (outer, frame, locals, binders);
        (self.owner, self.cell) = (owner, cell);
        built
    }

    fn in_body(&mut self, def: &FunctionDef, expr: &ast::Expr) -> Built {
        let (tree, start) = (expr.tree.clone(), expr.span.start);
        self.frame = Frame { tree, source: def.source, start, in_function: true };
        self.root(None)
    }

    fn returned(&mut self, id: NodeId, def: &FunctionDef, mut built: Built) -> Built {
        let Some((unit, place)) = &def.unit else { return built };
        let wanted = Type::Number(unit.dimension.clone());
        if !built.known {
            return built;
        }
        if super::operator::fits(&built, &wanted) {
            super::operator::adopt(&mut built, &wanted);
        }
        if built.expr.ty == wanted {
            return built.shown(Some(unit.clone()));
        }
        let (declared, found) = (self.words(&wanted), self.words(&built.expr.ty));
        let help = "with these arguments the function gives something else than it declares".to_string();
        let name = format!("{}(…)", def.name);
        let place = *place;
        let error = CheckError::Declared { name, declared, found, help, span: self.at(id) };
        let label = crate::diagnostic::Label { place, text: "declared here".to_string() };
        self.report(&error).labels.push(label);
        self.unknown()
    }

    /// Reads a function's body without a call, its parameters unknown: what is wrong then is wrong in any call.
    pub fn alone(&mut self, def: &FunctionDef) {
        for parameter in &def.parameters {
            self.locals.push((parameter.name.clone(), Local::Value(Built::unknown())));
        }
        self.frame.in_function = true;
        for (name, value) in &def.lets {
            let built = self.in_body(def, value);
            self.locals.push((name.clone(), Local::Value(built)));
        }
        self.in_body(def, &def.body);
    }
}
