//! What a sweep turns and what it reads.

use std::sync::Arc;

use crate::model::{Change, Definition, ExprKind, Formula, MissingCode, Override, Piece, Role, VariableId, Window};
use crate::text::{Place, SourceId, Span};

/// What a sweep sets: every cell of a variable in a window; all of its cells if nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Knob {
    pub variable: VariableId,
    pub window: Option<Window>,
}

/// What a sweep reads: one cell of a variable; a value without time takes any index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probe {
    pub variable: VariableId,
    pub index: Option<usize>,
}

impl Knob {
    /// The override that turns this knob.
    pub fn set_to(self, value: f64) -> Override {
        let kind = match !value.is_finite() {
            true => ExprKind::Missing { code: MissingCode::Na, reason: None },
            false => ExprKind::Number(value),
        };
        let window = self.window.unwrap_or(Window::WHOLE);
        let place = Place { source: SourceId(0), span: Span::default() };
        let piece = Piece {
            window,
            formula: Arc::new(Formula::literal(kind)),
            role: Role::Assumed,
            provenance: Arc::default(),
            place,
        };
        let change = Change::Set(Definition { pieces: vec![piece], interpolation: None });
        Override {
            variable: self.variable,
            window: self.window,
            change,
            provenance: Arc::default(),
            text: "".into(),
            place,
        }
    }
}
