//! Studies: what is asked, what is varied, in which cases; the lines of each sort of study.

mod error;
mod factor;
mod kinds;
mod levels;
mod lines;
mod sample;

use crate::diagnostic::Problem;
use crate::format::one_line;
use crate::model::{self, CaseId, ExprKind, Model, StudyKind, Type};
use crate::resolve::{Owner, StudyDef};
use crate::syntax::ast::{self, StudyLineKind, StudyWord};
use crate::text::{Place, Sources, Span};

use super::checker::Checker;
use super::error::CheckError;
use super::findings::Reader;
use error::StudyError;

impl Checker<'_> {
    /// Reads every study.
    pub(super) fn studies(&mut self, model: &mut Model, sources: &Sources) {
        let symbols = self.symbols;
        for def in &symbols.studies {
            let before = self.problems.len();
            let reader = Reader { model, sources, owner: Owner::Book, source: def.source, place: def.place };
            let mut asking = Asking { checker: self, reader, def, varied: Vec::new() };
            asking.refuse_lines();
            let kind = asking.kind();
            let errors =
                self.problems[before..].iter().any(|problem| problem.severity == crate::diagnostic::Severity::Error);
            let (Some(kind), false) = (kind, errors || is_broken(&def.study)) else { continue };
            model.studies.push(model::Study {
                name: def.name.clone(),
                title: def.title.clone(),
                kind,
                case: def
                    .cases
                    .first()
                    .or(def.between.as_ref().map(|(from, _)| from))
                    .map_or(CaseId::BASE, |(case, _)| *case),
                provenance: def.provenance.clone(),
                place: def.place,
            });
        }
    }
}

/// Whether a line of it could not be read, which is reported already.
fn is_broken(study: &ast::Study) -> bool {
    study.lines.iter().any(|line| matches!(line.kind, StudyLineKind::Broken))
}

/// Reads one study.
struct Asking<'r, 'c, 'a> {
    checker: &'c mut Checker<'a>,
    reader: Reader<'r>,
    def: &'c StudyDef,
    /// What is varied so far, and where it is said.
    varied: Vec<(model::Factor, Span)>,
}

impl Asking<'_, '_, '_> {
    fn say<T>(&mut self, error: &dyn crate::diagnostic::Fault) -> Option<T> {
        self.checker.problems.push(Problem::new(self.def.source, error));
        None
    }

    fn kind(&mut self) -> Option<StudyKind> {
        Some(match self.def.study.word {
            StudyWord::Grid => StudyKind::Grid(self.grid()?),
            StudyWord::Tornado => StudyKind::Tornado(self.tornado()?),
            StudyWord::Simulate => StudyKind::Simulate(self.simulate()?),
            StudyWord::Calibrate => StudyKind::Calibrate(self.calibrate()?),
            StudyWord::Bridge => StudyKind::Bridge(self.bridge()?),
            StudyWord::Discover => StudyKind::Discover(self.discover()?),
        })
    }

    /// What stands after `of`, each one number.
    fn outputs(&mut self) -> Option<Vec<model::Asked>> {
        if self.def.study.outputs.is_empty() {
            let message = format!("this {} reads nothing", lines::word(self.def.study.word));
            let help = "say what it is about: `of co.value`".to_string();
            let span = self.def.study.name;
            return self.say(&StudyError::Lacks { message, help, span });
        }
        let def = self.def;
        let asked: Vec<_> = def.study.outputs.iter().map(|output| self.number_asked(output)).collect();
        let asked: Vec<_> = asked.into_iter().collect::<Option<_>>()?;
        let spans: Vec<Span> = def.study.outputs.iter().map(|output| output.span).collect();
        self.asked_once(&asked, &spans);
        Some(asked)
    }

    /// Values of one list, each asked for once, however it is written.
    fn asked_once(&mut self, asked: &[model::Asked], spans: &[Span]) {
        let same = |one: &model::Asked, two: &model::Asked| {
            one.text == two.text || (one.variable, one.index) == (two.variable, two.index)
        };
        for (at, one) in asked.iter().enumerate() {
            if let Some(before) = asked[..at].iter().position(|other| same(other, one)) {
                self.twice(one.text.to_string(), spans[at], spans[before]);
            }
        }
    }

    fn twice(&mut self, what: String, span: Span, before: Span) {
        let _: Option<()> = self.say(&StudyError::Twice { what, span, before });
    }

    fn number_asked(&mut self, expr: &ast::Expr) -> Option<model::Asked> {
        let asked = self.asked(expr)?;
        let ty = self.reader.model.variable(asked.variable).ty.clone();
        if matches!(ty, Type::Number(_)) {
            return Some(asked);
        }
        let label = self.checker.words(&ty);
        let message = format!("a study reads numbers, and this is {label}");
        let help = "ask for a number; `probability` and `discover` ask for conditions".to_string();
        self.say(&CheckError::WrongKind { message, help, span: expr.span, label })
    }

    fn condition_asked(&mut self, expr: &ast::Expr) -> Option<model::Asked> {
        let asked = self.asked(expr)?;
        let ty = self.reader.model.variable(asked.variable).ty.clone();
        if ty == Type::YesNo {
            return Some(asked);
        }
        let label = self.checker.words(&ty);
        let message = format!("a condition is wanted here, and this is {label}");
        let help = "compare it with something: `x > 0`".to_string();
        self.say(&CheckError::WrongKind { message, help, span: expr.span, label })
    }

    /// One value that is read: a variable, or a hidden one for any other expression.
    fn asked(&mut self, expr: &ast::Expr) -> Option<model::Asked> {
        let built = self.checker.looked_at(&self.reader, expr, None)?;
        let text: std::sync::Arc<str> = one_line(&expr.tree.text).into();
        if let Some(time) = built.expr.time {
            let line = self.checker.symbols.timelines.get(time);
            let first =
                line.and_then(|line| line.period(usize::try_from(line.last_actual - line.first + 1).unwrap_or(0)));
            let example = first.map_or("[2027E]".to_string(), |period| format!("[{period}]"));
            let simple = matches!(built.expr.kind, ExprKind::Variable(_));
            let example = if simple { format!("{text}{example}") } else { format!("({text}){example}") };
            return self.say(&StudyError::Series { what: text.to_string(), example, span: expr.span });
        }
        let own = match &built.expr.kind {
            ExprKind::Variable(variable) => Some((*variable, None)),
            ExprKind::At { operand, index } => match operand.kind {
                ExprKind::Variable(variable) if self.reader.model.variable(variable).time == operand.time => {
                    Some((variable, Some(*index)))
                }
                _ => None,
            },
            _ => None,
        };
        let (shown, ty) = (built.unit.clone(), built.expr.ty.clone());
        let (variable, index) =
            own.unwrap_or_else(|| (self.reader.hide(self.checker, built, expr.tree.text.as_ref().into()), None));
        let of_type = |unit: &crate::units::Unit| ty == Type::Number(unit.dimension.clone());
        let unit = shown.filter(of_type).unwrap_or_else(|| self.reader.model.variable(variable).unit.clone());
        Some(model::Asked { variable, index, text, unit })
    }

    fn place(&self, span: Span) -> Place {
        span.at(self.def.source)
    }
}
