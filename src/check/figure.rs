//! Published figures: the value, the figure as printed, and how near is near enough.

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::format::one_line;
use crate::model::{self, Printed, PrintedValue, Tolerance, Type};
use crate::resolve::{ReconcileDef, Written};
use crate::syntax::ast;
use crate::text::Span;

use super::checker::Checker;
use super::error::CheckError;
use super::findings::Reader;
use super::infer::{Built, Infer};

impl Checker<'_> {
    pub(super) fn reconcile(&mut self, reader: &mut Reader, def: &ReconcileDef) {
        let computed = self.computed(reader, def);
        let shown = computed.as_ref().and_then(|computed| computed.unit.clone());
        let printed = self.printed(reader, def, shown.as_ref());
        let (Some(computed), Some((printed, ty))) = (computed, printed) else { return };
        if computed.expr.time.is_some() {
            return self.not_one(reader, &def.what.expr);
        }
        let is_missing = matches!(printed.value, PrintedValue::Missing(_));
        if !is_missing && ty != computed.expr.ty {
            return self.other_measure(reader, def, &computed, &ty);
        }
        let Some(tolerance) = self.tolerance(reader, def, &computed, &printed) else { return };
        let path = self.figure_path(reader, def);
        let variable = reader.hide(self, computed, def.what.expr.tree.text.as_ref().into());
        let shown = &mut reader.model.variables[variable.0 as usize];
        (shown.path, shown.name) = (path.clone(), path.clone());
        let id = self.figure_id(&path, def);
        let (case, disputed, provenance, place) =
            (def.case, def.disputed.clone(), def.provenance.clone(), reader.place);
        let reconcile =
            model::Reconcile { id, path, computed: variable, printed, tolerance, case, disputed, provenance, place };
        reader.model.reconciles.push(reconcile);
    }

    /// The value, in the period of a table's column.
    fn computed(&mut self, reader: &Reader, def: &ReconcileDef) -> Option<Built> {
        let mut infer = Infer::new(self, &def.what, reader.owner, None);
        let mut built = infer.root(None);
        if let (Some((frequency, index)), true) = (def.at, built.known) {
            built = infer.at_column(built, frequency, index);
        }
        let (problems, unsound) = (std::mem::take(&mut infer.problems), infer.unsound);
        self.problems.extend(problems);
        (built.known && !unsound).then_some(built)
    }

    fn other_measure(&mut self, reader: &Reader, def: &ReconcileDef, computed: &Built, printed: &Type) {
        let (declared, found) = (self.words(&computed.expr.ty), self.words(printed));
        let message = format!("the figure is {found}, and the value {declared}");
        let help = "write the unit of the figure as it is printed".to_string();
        self.figure_problem(reader, span_of(&def.printed), message, help);
    }

    pub(super) fn figure_problem(&mut self, reader: &Reader, span: Span, message: String, help: String) {
        let error = CheckError::Figure { message, help, span };
        self.problems.push(Problem::new(reader.source, &error));
    }

    fn tolerance(
        &mut self,
        reader: &Reader,
        def: &ReconcileDef,
        computed: &Built,
        printed: &Printed,
    ) -> Option<Tolerance> {
        match &def.tolerance {
            Some(ast::Tolerance::AsPrinted(_)) => Some(as_printed(printed)),
            Some(ast::Tolerance::Within(expr)) => {
                let shown =
                    [computed.unit.as_ref(), Some(&printed.unit)].into_iter().flatten().find(|unit| unit.is_share());
                self.within(reader, expr, (&computed.expr, shown), None)
            }
            None if printed.number().is_none() => Some(Tolerance::Absolute(0.0)),
            None => {
                let message = "nothing says how near the value must be".to_string();
                let help = "say `as printed` for half a unit of the last digit, or `within 3%`".to_string();
                self.figure_problem(reader, span_of(&def.printed), message, help);
                None
            }
        }
    }

    /// A name that stays the same while the figure does; a second one of the same name gets a number.
    fn figure_id(&mut self, path: &str, def: &ReconcileDef) -> Arc<str> {
        let case = &self.symbols.cases[def.case.0 as usize].name;
        let cited = def.provenance.citation.as_ref().map(|citation| {
            let source = &self.symbols.sources[citation.source.0 as usize].name;
            citation.locator.as_ref().map_or_else(|| source.to_string(), |locator| format!("{source} {locator}"))
        });
        let stem = format!("{path} @{case} {}", cited.unwrap_or_default());
        let stem = stem.trim_end();
        let count = self.figure_ids.entry(stem.to_string()).or_default();
        *count += 1;
        if *count == 1 { stem.into() } else { format!("{stem} #{count}").into() }
    }

    fn figure_path(&self, reader: &Reader, def: &ReconcileDef) -> Arc<str> {
        let stem = self.path_of(reader, &def.what.expr.tree.text);
        let period = def.at.and_then(|(frequency, index)| self.symbols.timelines.get(frequency)?.period(index));
        let tail = period.map_or(String::new(), |period| format!("[{period}]"));
        format!("{stem}{tail}").into()
    }

    /// An expression as it would be written outside the block it stands in.
    pub(super) fn path_of(&self, reader: &Reader, text: &str) -> String {
        let text = one_line(text);
        let is_name =
            text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'[' | b']' | b' '));
        let stem = match reader.entity() {
            Some(entity) if is_name => format!("{}.", self.symbols.entity(entity).name),
            Some(entity) => format!("{}: ", self.symbols.entity(entity).name),
            None => String::new(),
        };
        format!("{stem}{text}")
    }
}

/// Where a figure is written.
pub(super) fn span_of(printed: &ast::Printed<Written>) -> Span {
    match printed {
        ast::Printed::Range { low: Some(low), high: Some(high) } => low.expr.span.to(high.expr.span),
        one => one.first().map(|one| one.expr.span).unwrap_or_default(),
    }
}

/// Half a unit in the last printed digit.
fn as_printed(printed: &Printed) -> Tolerance {
    let mut half = 0.5 * printed.unit.factor;
    for _ in 0..printed.decimals {
        half /= 10.0;
    }
    Tolerance::AsPrinted(half)
}
