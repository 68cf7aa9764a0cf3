//! Grids, tornado charts, calibrations and bridges.

use crate::check::error::CheckError;
use crate::check::findings::Reader;
use crate::model::{self, Asked, Axis, Bridge, Calibrate, CaseId, Free, Grid, Target, Tolerance, Tornado};
use crate::resolve::Written;
use crate::syntax::ast::{self, StudyLineKind};
use crate::units::Unit;

use super::Asking;
use super::error::StudyError;

/// How near a target is met if nothing is said: a thousandth of it.
const TOLERANCE: f64 = 1e-3;

impl Asking<'_, '_, '_> {
    pub(super) fn grid(&mut self) -> Option<Grid> {
        let outputs = self.outputs();
        let def = self.def;
        let mut axes = Vec::new();
        for line in &def.study.lines {
            let StudyLineKind::Levels { what, levels, .. } = &line.kind else { continue };
            let axis = self.axis(what, levels);
            axes.extend(axis);
        }
        if !def.study.lines.iter().any(|line| matches!(line.kind, StudyLineKind::Levels { .. })) {
            return self.lacks("this grid varies nothing", "give it an axis: `co.ke = 9%..13% step 1%`");
        }
        Some(Grid { outputs: outputs?, axes })
    }

    fn axis(&mut self, path: &ast::Expr, levels: &ast::Levels) -> Option<Axis> {
        let factor = self.one_factor(path)?;
        let levels = self.levels(levels, factor.variable)?;
        let unit = self.reader.model.variable(factor.variable).unit.clone();
        Some(Axis { factor, levels, unit })
    }

    pub(super) fn tornado(&mut self) -> Option<Tornado> {
        let outputs = self.outputs();
        let def = self.def;
        let mut over = Vec::new();
        for line in &def.study.lines {
            let StudyLineKind::Over(paths) = &line.kind else { continue };
            for path in paths {
                let factors = self.factors(path).unwrap_or_default();
                for factor in &factors {
                    self.needs_range(factor);
                }
                over.extend(factors);
            }
        }
        Some(Tornado { outputs: outputs?, over })
    }

    /// A tornado swings an input to the ends of its range.
    fn needs_range(&mut self, factor: &model::Factor) {
        let (model, window) = (&*self.reader.model, factor.window.unwrap_or(model::Window::WHOLE));
        let variable = model.variable(factor.variable);
        if !variable.ranges.iter().any(|ranged| ranged.window.common(window).is_some()) {
            let error = CheckError::no_range(model, variable, factor.window, factor.place.span);
            let _: Option<()> = self.say(&error);
        }
    }

    pub(super) fn calibrate(&mut self) -> Option<Calibrate> {
        let def = self.def;
        let (mut free, mut targets, mut spans, mut sound) = (Vec::new(), Vec::new(), Vec::new(), true);
        for line in &def.study.lines {
            match &line.kind {
                StudyLineKind::Free { path, low, high } => {
                    let found = self.free(path, low, high);
                    sound &= found.is_some();
                    free.extend(found);
                }
                StudyLineKind::Levels { what, levels, within } => {
                    let found = self.target(what, levels, within.as_ref());
                    sound &= found.is_some();
                    spans.extend(found.as_ref().map(|_| what.span));
                    targets.extend(found);
                }
                _ => {}
            }
        }
        let aimed: Vec<Asked> = targets.iter().map(|target: &Target| target.output.clone()).collect();
        self.asked_once(&aimed, &spans);
        if !sound {
            return None;
        }
        match (free.is_empty(), targets.is_empty()) {
            (false, false) => Some(Calibrate { free, targets }),
            (true, _) => {
                self.lacks("this calibration leaves nothing free", "say what may move: `free co.ke in 5%..20%`")
            }
            (_, true) => {
                self.lacks("this calibration aims at nothing", "say what should come out: `co.value = 112 CNY/share`")
            }
        }
    }

    fn free(&mut self, path: &ast::Expr, low: &ast::Expr, high: &ast::Expr) -> Option<Free> {
        let factor = self.one_factor(path)?;
        let [from, to] = <[f64; 2]>::try_from(self.constants(&[low, high], factor.variable)?).ok()?;
        if !self.above_zero(factor.variable, &[from, to], &[low, high]) {
            return None;
        }
        if from < to {
            return Some(Free { factor, low: from, high: to });
        }
        let message = if from == to {
            "there is nothing between these two ends"
        } else {
            "the upper end lies below the lower one"
        };
        self.no_levels(low.span.to(high.span), message, "write the lower end first: `in 5%..20%`")
    }

    fn target(&mut self, what: &ast::Expr, levels: &ast::Levels, within: Option<&ast::Expr>) -> Option<Target> {
        let output = self.number_asked(what)?;
        let value = match levels {
            ast::Levels::List(list) if list.len() == 1 => *self.constants(&[&list[0]], output.variable)?.first()?,
            _ => {
                let help = "write one value: `co.value = 112 CNY/share`";
                return self.no_levels(what.span, "a target is one value", help);
            }
        };
        let tolerance = match within {
            Some(within) => {
                let shown = self.shown_target(&output, levels);
                self.near(&output, within, value, &shown)?
            }
            None => TOLERANCE * value.abs(),
        };
        if tolerance > 0.0 {
            return Some(Target { output, value, tolerance });
        }
        let span = within.map_or(what.span, |within| within.span);
        self.no_levels(
            span,
            "nothing is within nothing of a target",
            "say how near is near enough: `within 1 CNY/share`",
        )
    }

    /// The unit of a target: that of the output, or as the target is written if that tells more.
    fn shown_target(&mut self, output: &Asked, levels: &ast::Levels) -> Unit {
        let ast::Levels::List(list) = levels else { return output.unit.clone() };
        let list: Vec<Written> = list.iter().map(|expr| self.reader.written(expr)).collect();
        let written = self.checker.shares_written(&list.iter().collect::<Vec<_>>());
        written.filter(|_| !output.unit.is_share()).unwrap_or_else(|| output.unit.clone())
    }

    fn near(&mut self, output: &Asked, within: &ast::Expr, value: f64, shown: &Unit) -> Option<f64> {
        let expr = {
            let variable = self.reader.model.variable(output.variable);
            variable.definition.pieces.first().map(|piece| piece.formula.expr.clone())
        };
        let ty = self.reader.model.variable(output.variable).ty.clone();
        let expr = model::Expr { ty, ..expr? };
        let reader: &Reader = &self.reader;
        match self.checker.within(reader, within, (&expr, Some(shown)), None)? {
            Tolerance::Absolute(distance) | Tolerance::AsPrinted(distance) => Some(distance),
            Tolerance::Relative(share) => Some(share * value.abs()),
        }
    }

    pub(super) fn bridge(&mut self) -> Option<Bridge> {
        let outputs = self.outputs();
        let ((from, _), (to, span)) = self.def.between?;
        if from == to {
            let message = "both ends of this bridge are the same case".to_string();
            let help = "name two different cases".to_string();
            return self.say(&StudyError::Lacks { message, help, span });
        }
        Some(Bridge { outputs: outputs?, from, to })
    }

    /// The case that a study starts from.
    pub(super) fn cases(&self) -> Vec<CaseId> {
        match self.def.cases.is_empty() {
            true => vec![CaseId::BASE],
            false => self.def.cases.iter().map(|(case, _)| *case).collect(),
        }
    }

    fn lacks<T>(&mut self, message: &str, help: &str) -> Option<T> {
        if super::is_broken(&self.def.study) {
            return None;
        }
        let (message, help, span) = (message.to_string(), help.to_string(), self.def.study.name);
        self.say(&StudyError::Lacks { message, help, span })
    }
}
