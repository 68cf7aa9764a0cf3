//! Functions: their parameters, replacements of library functions, and no recursion.

use std::sync::Arc;

use crate::builtin::Builtin;
use crate::syntax::ast::{Expr, Function, ItemKind, NodeKind, Parameter};
use crate::text::{SourceId, Span};

use super::clause::is_literal;
use super::error::ResolveError;
use super::symbols::{FunctionDef, ParameterDef, Takes};
use super::{LoadedFile, Resolver};

impl<'a> Resolver<'a> {
    /// Declares the library's functions, then the book's, which may replace them.
    pub(super) fn functions(&mut self) {
        let loaded = self.loaded;
        let (library, book): (Vec<_>, Vec<_>) = loaded.files.iter().partition(|file| file.library.is_some());
        for file in library.into_iter().chain(book) {
            for item in &file.file.items {
                if let ItemKind::Function(function) = &item.kind {
                    self.function_item(file, function);
                }
            }
        }
        self.refuse_recursion();
    }

    fn function_item(&mut self, file: &LoadedFile, item: &Function) {
        let source = file.source;
        let name = self.full(source, item.name);
        if Builtin::named(&name).is_some() {
            return self.over(source, item.name, format!("`{name}` is built in"), "give your function another name");
        }
        let before = self.symbols.function_names.get(&name).map(|at| &self.symbols.functions[*at]);
        let before = before.map(|function| (function.place, function.library.clone()));
        match (&before, item.over) {
            (Some((_, Some(module))), false) if file.library.is_none() => {
                let message = format!("`{name}` is a function of {module}");
                let help = "say `over fn` to replace it everywhere, or choose another name";
                return self.over(source, item.name, message, help);
            }
            (Some((first, module)), over) if !over || module.is_none() => {
                return self.duplicate(&name, item.name.at(source), *first, "give one of the two another name");
            }
            (None, true) => {
                let message = format!("no library function `{name}` is in use");
                let help = "use its module (`use std.…`), or define it without `over`";
                return self.over(source, item.name, message, help);
            }
            _ => {}
        }
        // A number with a `let` of its own has a name.
        let lets = item.lets.iter().map(|(_, value)| value).filter(|value| !is_literal(value));
        lets.chain([&item.body]).for_each(|formula| self.unnamed(formula, source));
        let function = self.function_def(file, item);
        self.symbols.function_names.insert(name, self.symbols.functions.len());
        self.symbols.functions.push(function);
    }

    fn over(&mut self, source: SourceId, span: Span, message: String, help: &str) {
        self.report(source, &ResolveError::Over { message, help: help.to_string(), span });
    }

    fn function_def(&mut self, file: &LoadedFile, item: &Function) -> FunctionDef {
        let source = file.source;
        let unit = item.unit.and_then(|span| self.unit(source, span).map(|unit| (unit, span.at(source))));
        FunctionDef {
            name: self.full(source, item.name).into(),
            source,
            parameters: item.parameters.iter().map(|parameter| self.parameter(source, parameter)).collect(),
            unit,
            lets: item.lets.iter().map(|(name, value)| (self.arc(source, *name), value.clone())).collect(),
            body: item.body.clone(),
            library: file.library.clone(),
            place: item.name.at(source),
        }
    }

    fn parameter(&mut self, source: SourceId, parameter: &Parameter) -> ParameterDef {
        let takes = match parameter.ty.map(|span| (span, self.text(source, span))) {
            None => Takes::Anything,
            Some((_, "period")) => Takes::Period,
            Some((_, "text")) => Takes::Text,
            Some((span, _)) => self.unit(source, span).map_or(Takes::Anything, Takes::Number),
        };
        ParameterDef { name: self.arc(source, parameter.name), takes }
    }

    fn refuse_recursion(&mut self) {
        let calls: Vec<Vec<usize>> = self.symbols.functions.iter().map(|function| self.calls(function)).collect();
        let mut state = vec![0u8; calls.len()];
        for start in 0..calls.len() {
            if let Some(ring) = ring_from(start, &calls, &mut state) {
                let names = ring.iter().map(|at| self.symbols.functions[*at].name.to_string());
                let chain = names.collect::<Vec<_>>().join(" calls ");
                let place = self.symbols.functions[ring[0]].place;
                self.report(place.source, &ResolveError::RecursiveFunction { chain, span: place.span });
                self.symbols.functions[ring[0]].lets.clear();
                self.symbols.functions[ring[0]].body = nothing(&self.symbols.functions[ring[0]].body);
            }
        }
    }

    fn calls(&self, function: &FunctionDef) -> Vec<usize> {
        let bodies = function.lets.iter().map(|(_, value)| value).chain([&function.body]);
        let names = bodies.flat_map(|body| {
            body.tree.nodes.iter().filter_map(|node| match &node.kind {
                NodeKind::Call { function, .. } => Some(body.tree.slice(*function)),
                _ => None,
            })
        });
        names.filter_map(|name| self.symbols.function(function.source, name)).collect()
    }
}

/// A body that takes the place of one that leads back to itself, so that nobody follows it.
fn nothing(body: &Expr) -> Expr {
    let mut tree = (*body.tree).clone();
    let code = crate::word::MissingCode::Na;
    let span = tree.node(tree.root).span;
    tree.nodes = vec![crate::syntax::ast::Node { span, kind: NodeKind::Missing { code, reason: None } }];
    tree.root = crate::syntax::ast::NodeId(0);
    Expr { span: body.span, tree: Arc::new(tree) }
}

/// A ring of calls that is met from `start`; walks without recursion, each function once.
fn ring_from(start: usize, calls: &[Vec<usize>], state: &mut [u8]) -> Option<Vec<usize>> {
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    if state[start] == DONE {
        return None;
    }
    let mut path = vec![(start, 0)];
    state[start] = OPEN;
    let mut ring = None;
    while let Some((at, next)) = path.last_mut() {
        match calls[*at].get(*next).copied() {
            None => {
                state[*at] = DONE;
                path.pop();
            }
            Some(to) => {
                *next += 1;
                if state[to] == OPEN && ring.is_none() {
                    let from = path.iter().position(|(other, _)| *other == to).unwrap_or(0);
                    ring = Some(path[from..].iter().map(|(at, _)| *at).chain([to]).collect());
                } else if state[to] == 0 {
                    state[to] = OPEN;
                    path.push((to, 0));
                }
            }
        }
    }
    ring
}
