//! Points as cases of their own, many in one evaluation: a case takes over what its own lines do not reach.

use std::sync::Arc;

use crate::eval::{Cell, Probe, Settings, evaluate};
use crate::model::{Asked, Case, CaseId, Model, Override};

/// What one point changes.
#[derive(Debug, Clone, Default)]
pub(super) struct Point {
    /// Lines as of a case that builds on the one in hand.
    pub lines: Vec<Override>,
    /// Laid over all layers but `--set`.
    pub over: Vec<Override>,
}

/// Points that are evaluated together.
const AT_ONCE: usize = 32;

/// What is read at each point.
pub(super) fn cells(
    model: &Model,
    settings: &Settings,
    from: CaseId,
    points: &[Point],
    asked: &[Asked],
) -> Vec<Vec<Cell>> {
    let mut model = model.clone();
    let own = model.cases.len();
    let mut all = Vec::with_capacity(points.len());
    for some in points.chunks(AT_ONCE) {
        let mut settings = settings.clone();
        model.cases.truncate(own);
        for point in some {
            settings.own.insert(CaseId(model.cases.len() as u32), point.over.clone());
            model.cases.push(case(&model, from, point));
        }
        let results = evaluate(&model, &settings);
        all.extend((own..model.cases.len()).map(|case| {
            let case = CaseId(case as u32);
            asked.iter().map(|asked| results.cell(case, asked.variable, asked.index)).collect::<Vec<Cell>>()
        }));
    }
    all
}

fn case(model: &Model, from: CaseId, point: &Point) -> Case {
    Case {
        name: Arc::from(""),
        label: Arc::from(""),
        extends: Some(from),
        about: Vec::new(),
        probability: None,
        overrides: point.lines.clone(),
        place: model.case(from).place,
    }
}

/// The cells that a sweep reads for some outputs.
pub(super) fn probes(asked: &[Asked]) -> Vec<Probe> {
    asked.iter().map(|asked| Probe { variable: asked.variable, index: asked.index }).collect()
}
