//! Sweeps of the books in scenarios/: assumptions turned, every output read, equal to whole evaluations to the bit.

use scn::eval::{Cell, Knob, Probe, Settings, Sweep, evaluate};
use scn::model::{CaseId, Model, Role, Type, VariableId};
use scn::resolve::Loader;

struct Folder(&'static str);

impl Loader for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        std::fs::read(format!("scenarios/{}/{path}", self.0)).map_err(|error| error.to_string())
    }
}

#[test]
fn the_tour_is_swept_as_it_is_evaluated() {
    agrees("tour", 7);
}

#[test]
fn the_china_book_is_swept_as_it_is_evaluated() {
    agrees("china_ai_accelerators", 3);
}

fn agrees(book: &'static str, points: usize) {
    let book = scn::workspace::open("book.scn", &Folder(book), None);
    let model = &book.model;
    let base = evaluate(model, &Settings::default());
    let knobs = assumed(model);
    let probes = outputs(model);
    assert!(!knobs.is_empty() && !probes.is_empty());
    for case in (0..model.cases.len() as u32).map(CaseId).take(2) {
        let sweep = Sweep::new(model, &Settings::default(), case, &knobs, &probes);
        let columns: Vec<Vec<f64>> = knobs
            .iter()
            .enumerate()
            .map(|(at, knob)| {
                let value = base.cell(case, knob.variable, Some(0)).number().unwrap_or(1.0);
                (0..points).map(|point| value * (0.9 + 0.05 * ((at + point) % 5) as f64)).collect()
            })
            .collect();
        let mut out = vec![Vec::new(); probes.len()];
        sweep.run(&columns.iter().map(Vec::as_slice).collect::<Vec<_>>(), &mut out);
        for point in 0..points {
            let turned = knobs.iter().zip(&columns).map(|(knob, column)| knob.set_to(column[point])).collect();
            let settings = Settings { layers: vec![turned], ..Settings::default() };
            let results = evaluate(model, &settings);
            for (probe, out) in probes.iter().zip(&out) {
                let path = &model.variable(probe.variable).path;
                let number = number(&results.cell(case, probe.variable, probe.index));
                assert!(
                    number.to_bits() == out[point].to_bits() || number.is_nan() && out[point].is_nan(),
                    "{path} {:?} at point {point}: {}, not {number}",
                    probe.index,
                    out[point]
                );
            }
        }
    }
}

/// Every number that is assumed.
fn assumed(model: &Model) -> Vec<Knob> {
    let variables = (0..model.variables.len() as u32).map(VariableId);
    let is_assumed = |variable: &VariableId| {
        let variable = model.variable(*variable);
        let pieces = &variable.definition.pieces;
        matches!(variable.ty, Type::Number(_)) && pieces.iter().any(|piece| piece.role == Role::Assumed)
    };
    variables.filter(is_assumed).map(|variable| Knob { variable, window: None }).collect()
}

/// Every cell of every output.
fn outputs(model: &Model) -> Vec<Probe> {
    let cells = |variable| {
        let line = model.variable(variable).time.and_then(|frequency| model.timelines.get(frequency));
        (0..line.map_or(1, |line| line.len)).map(move |index| Probe { variable, index: Some(index) })
    };
    model.outputs.iter().flat_map(|output| cells(output.variable)).collect()
}

fn number(cell: &Cell) -> f64 {
    match cell {
        Cell::Number(number) => *number,
        Cell::YesNo(holds) => f64::from(u8::from(*holds)),
        Cell::Text(_) | Cell::Missing { .. } => f64::NAN,
    }
}
