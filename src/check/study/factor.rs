//! What is varied: paths to variables and their periods.

use crate::check::cases::whole;
use crate::check::error::CheckError;
use crate::check::path::{Changer, Target};
use crate::model::{Factor, Type, VariableId, Window};
use crate::syntax::ast;
use crate::text::{Span, unbroken};

use super::Asking;
use super::error::StudyError;

impl Asking<'_, '_, '_> {
    /// The one value that a path leads to, which nothing else of this study varies.
    pub(super) fn one_factor(&mut self, path: &ast::Expr) -> Option<Factor> {
        let mut factors = self.factors(path)?;
        if factors.len() > 1 {
            let (path, count) = (text_of(path), factors.len());
            let example = factors[0].text.to_string();
            let span = factors[0].place.span;
            return self.say(&StudyError::Several { path, count, example, span });
        }
        factors.pop()
    }

    /// Every value that a path leads to, none of which is varied elsewhere in this study.
    pub(super) fn factors(&mut self, path: &ast::Expr) -> Option<Vec<Factor>> {
        let factors = self.reached(path)?;
        for factor in &factors {
            let same =
                |(other, _): &&(Factor, Span)| other.variable == factor.variable && touch(other.window, factor.window);
            if let Some((_, before)) = self.varied.iter().find(same) {
                let (what, before) = (factor.text.to_string(), *before);
                return self.say(&StudyError::Twice { what, span: path.span, before });
            }
        }
        self.varied.extend(factors.iter().map(|factor| (factor.clone(), path.span)));
        Some(factors)
    }

    /// Every value that a path leads to.
    fn reached(&mut self, path: &ast::Expr) -> Option<Vec<Factor>> {
        let (targets, problems) = self.targets(path);
        let found = targets.filter(|_| problems.is_empty());
        self.checker.problems.extend(problems);
        let (several, mut factors) = (found.as_ref().is_some_and(|found| found.len() > 1), Vec::new());
        for (variable, window, stated) in found? {
            let (ty, own) = {
                let variable = self.reader.model.variable(variable);
                (variable.ty.clone(), variable.path.clone())
            };
            if !matches!(ty, Type::Number(_)) {
                let label = self.checker.words(&ty);
                let message = format!("only numbers are varied, and this is {label}");
                let help = "let a case change it, and name the case".to_string();
                return self.say(&CheckError::WrongKind { message, help, span: path.span, label });
            }
            let text = if several { format!("{own}{stated}").into() } else { text_of(path).into() };
            factors.push(Factor { variable, window, text, place: self.place(path.span) });
        }
        Some(factors)
    }

    #[expect(clippy::type_complexity, reason = "a variable, its periods and how these are written")]
    fn targets(
        &mut self,
        path: &ast::Expr,
    ) -> (Option<Vec<(VariableId, Option<Window>, String)>>, Vec<crate::diagnostic::Problem>) {
        let nothing = ast::Change::Broken;
        let text = self.reader.sources.get(self.def.source).text.clone();
        let mut changer = Changer {
            checker: self.checker,
            model: self.reader.model,
            text: &text,
            source: self.def.source,
            path,
            change: &nothing,
            span: path.span,
            pieces: &[],
            problems: Vec::new(),
        };
        let target = changer.target().unwrap_or_else(|| whole(Vec::new()));
        let stated = stated(&target, &text);
        let mut found = Vec::new();
        for variable in &target.variables {
            match changer.window(*variable, &target) {
                Some(window) => found.push((*variable, window, stated.clone())),
                None => return (None, changer.problems),
            }
        }
        (Some(found).filter(|found| !found.is_empty()), changer.problems)
    }

    /// The variable of a path, as it is named in a correlation.
    pub(super) fn correlated(&mut self, path: &ast::Expr) -> Option<VariableId> {
        let reached = self.reached(path)?;
        match reached.as_slice() {
            [one] => Some(one.variable),
            several => {
                let (path, count, span) = (text_of(path), several.len(), path.span);
                let example = several.first().map_or(String::new(), |first| first.text.to_string());
                self.say(&StudyError::Several { path, count, example, span })
            }
        }
    }
}

/// The periods that a path names, as written.
fn stated(target: &Target, text: &str) -> String {
    let named = target.window.is_some().then(|| target.span.of(text));
    named
        .and_then(|path| path.rfind('[').map(|at| unbroken(&path[at..]).split_whitespace().collect()))
        .unwrap_or_default()
}

fn touch(one: Option<Window>, two: Option<Window>) -> bool {
    match (one, two) {
        (Some(one), Some(two)) => one.first <= two.last && two.first <= one.last,
        _ => true,
    }
}

fn text_of(path: &ast::Expr) -> String {
    unbroken(&path.tree.text).split_whitespace().collect()
}
