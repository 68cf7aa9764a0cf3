//! Arguments of built-in functions: one value, a stretch of a series, a period.

use crate::builtin::Builtin;
use crate::model::{Argument, Type, Window};
use crate::syntax::ast::{Index, NodeId, NodeKind};

use super::super::error::CheckError;
use super::{Built, Infer, Meaning};

impl<'c, 'a> Infer<'c, 'a> {
    /// A stretch of a series: a slice as written or passed on, or all of a series.
    pub(super) fn stretch(&mut self, id: NodeId) -> Option<(Built, Window)> {
        let (built, window) = match self.sliceable(id) {
            Meaning::Slice(built, window) => return Some((*built, window)),
            meaning => (self.value_of(id, meaning), None::<Window>),
        };
        if !built.known {
            return None;
        }
        let Some(line) = built.expr.time.and_then(|time| self.checker.symbols.timelines.get(time)) else {
            self.no_time(id, "a series is wanted here, or a stretch of one: `x[2026E..2030E]`");
            return None;
        };
        Some((built, window.unwrap_or(Window { first: 0, last: line.len - 1 })))
    }

    /// What a node stands for where a slice may stand.
    pub(super) fn sliceable(&mut self, id: NodeId) -> Meaning {
        match &self.frame.tree.clone().node(id).kind {
            NodeKind::Index { of, index: index @ Index::Slice { .. } } => self.indexed(id, *of, index),
            NodeKind::Name(_) => self.meaning(id),
            _ => Meaning::Value(Box::new(self.build(id, None))),
        }
    }

    /// A stretch as an argument.
    pub(super) fn slice_argument(built: Built, window: Window) -> Argument {
        Argument::Slice { operand: built.expr, window }
    }

    pub(super) fn period_argument(&mut self, id: NodeId) -> Option<Argument> {
        self.period_of(id).map(|(frequency, index)| Argument::Period { frequency, index })
    }

    /// A number without a unit.
    pub(super) fn ratio_argument(&mut self, function: &str, id: NodeId) -> Built {
        let built = self.build(id, None);
        let built = self.number(id, built);
        match built.dimension() {
            Some(dimension) if !dimension.is_ratio() => {
                let help = "divide by one of its unit first, as in `x / 1 USD`";
                self.wrong_argument(function, id, "a ratio", &built.expr.ty, help)
            }
            _ => built,
        }
    }

    pub(super) fn wrong_argument(
        &mut self,
        function: &str,
        id: NodeId,
        wanted: &str,
        found: &Type,
        help: &str,
    ) -> Built {
        let error = CheckError::Argument {
            function: function.to_string(),
            wanted: wanted.to_string(),
            found: self.words(found),
            help: help.to_string(),
            span: self.at(id),
        };
        self.fail(&error)
    }

    /// Refuses a call whose number of arguments is not among those that make sense.
    pub(super) fn count(&mut self, id: NodeId, function: &str, found: usize, least: usize, most: usize) -> bool {
        if (least..=most).contains(&found) {
            return true;
        }
        let wanted = match (least, most) {
            (least, most) if least == most => format!("{least}"),
            (least, usize::MAX) => format!("at least {least}"),
            (least, most) => format!("{least} to {most}"),
        };
        let message = format!("`{function}` takes {wanted} arguments, and gets {found}");
        let signature = crate::builtin::Builtin::named(function).and_then(|builtin| builtin.entry());
        let help = match signature {
            Some(entry) => format!("it is called as {}", entry.signature),
            None => "give each parameter one argument".to_string(),
        };
        self.fail(&CheckError::Arguments { message, help, span: self.at(id) });
        false
    }
}

/// The least and the most arguments of a call.
pub(super) fn arity(builtin: Builtin) -> (usize, usize) {
    use Builtin::*;
    match builtin {
        Days => (0, 0),
        Round | Irr => (1, 2),
        Min | Max => (1, usize::MAX),
        Pv | Cagr => (3, 3),
        Npv | OrElse => (2, 2),
        Interpolate => (5, usize::MAX),
        ArgMax | ArgMin | Rank => (0, usize::MAX),
        _ => (1, 1),
    }
}
