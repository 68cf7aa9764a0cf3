//! Small models put together by hand, for tests of the engine alone.

use std::sync::Arc;

use crate::calendar::{Frequency, Timeline};
use crate::model::{
    BinaryOp, Case, CaseId, Change, Definition, Entity, EntityId, Expr, ExprKind, Formula, Kind, KindId, Model,
    Override, Piece, Role, Slot, Type, Variable, VariableId, Window,
};
use crate::text::{Place, SourceId, Span};
use crate::units::{Dimension, Unit, Units};

pub(super) const PLACE: Place = Place { source: SourceId(0), span: Span { start: 0, end: 0 } };

/// An empty model with one kind, its entities, and a year for each period.
pub(super) fn model(entities: usize, periods: usize) -> Model {
    let mut model = Model {
        name: "sample".into(),
        label: "".into(),
        currency: None,
        as_of: None,
        owner: None,
        materiality: None,
        units: Units::default(),
        timelines: Default::default(),
        sources: Vec::new(),
        kinds: vec![Kind {
            name: "thing".into(),
            label: "".into(),
            attributes: Vec::new(),
            entities: (0..entities as u32).map(EntityId).collect(),
            place: PLACE,
        }],
        entities: Vec::new(),
        variables: Vec::new(),
        cases: vec![case("base", None)],
        checks: Vec::new(),
        reconciles: Vec::new(),
        claims: Vec::new(),
        outputs: Vec::new(),
        reports: Vec::new(),
        studies: Vec::new(),
    };
    for at in 0..entities {
        let (name, kind) = (format!("e{at}").into(), KindId(0));
        let label = format!("entity {at}").into();
        model.entities.push(Entity { name, label, kind, like: None, slots: Vec::new(), place: PLACE });
    }
    let line = Timeline {
        name: "fy".into(),
        frequency: Frequency::Annual,
        first: 2026,
        len: periods,
        last_actual: 2025,
        ending_month: 12,
    };
    assert!(model.timelines.add(line).is_ok());
    model
}

pub(super) fn case(name: &str, extends: Option<CaseId>) -> Case {
    Case {
        name: name.into(),
        label: "".into(),
        extends,
        about: Vec::new(),
        probability: None,
        overrides: Vec::new(),
        place: PLACE,
    }
}

/// Adds a name of an entity, or of none.
pub(super) fn add(
    model: &mut Model,
    entity: Option<usize>,
    name: &str,
    is_series: bool,
    pieces: Vec<Piece>,
) -> VariableId {
    add_shared(model, entity, name, is_series, Arc::new(Definition { pieces, interpolation: None }))
}

/// Adds a name with a definition that others may share.
pub(super) fn add_shared(
    model: &mut Model,
    entity: Option<usize>,
    name: &str,
    is_series: bool,
    definition: Arc<Definition>,
) -> VariableId {
    let id = VariableId(model.variables.len() as u32);
    let path = entity.map_or(name.to_string(), |entity| format!("e{entity}.{name}"));
    model.variables.push(Variable {
        path: path.as_str().into(),
        name: name.into(),
        label: None,
        entity: entity.map(|entity| EntityId(entity as u32)),
        index: None,
        ty: Type::Number(Dimension::RATIO),
        time: is_series.then_some(Frequency::Annual),
        series: None,
        unit: Unit::ratio(),
        definition,
        ranges: Vec::new(),
        candidates: Vec::new(),
        hidden: false,
        place: PLACE,
    });
    if let Some(entity) = entity {
        model.entities[entity].slots.push(id);
    }
    id
}

pub(super) fn piece(first: usize, last: usize, expr: Expr) -> Piece {
    Piece {
        window: Window { first, last },
        formula: Arc::new(Formula { expr, text: "".into() }),
        role: Role::Derived,
        provenance: Arc::default(),
        place: PLACE,
    }
}

pub(super) fn whole(expr: Expr) -> Vec<Piece> {
    vec![piece(0, usize::MAX, expr)]
}

pub(super) fn change(variable: VariableId, window: Option<Window>, change: Change) -> Override {
    Override { variable, window, change, provenance: Arc::default(), text: "".into(), place: PLACE }
}

pub(super) fn node(kind: ExprKind, is_series: bool) -> Expr {
    let time = is_series.then_some(Frequency::Annual);
    Expr { kind, ty: Type::Number(Dimension::RATIO), time, span: Span::default() }
}

pub(super) fn number(number: f64) -> Expr {
    node(ExprKind::Number(number), false)
}

pub(super) fn own(slot: usize, is_series: bool) -> Expr {
    node(ExprKind::Own(Slot(slot as u32)), is_series)
}

pub(super) fn name(variable: VariableId, is_series: bool) -> Expr {
    node(ExprKind::Variable(variable), is_series)
}

pub(super) fn prev(operand: Expr) -> Expr {
    node(ExprKind::Shift { operand: Box::new(operand), periods: -1 }, true)
}

pub(super) fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    let is_series = left.time.is_some() || right.time.is_some();
    node(ExprKind::Binary { op, left: Box::new(left), right: Box::new(right) }, is_series)
}
