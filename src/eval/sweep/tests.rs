//! Programs agree with whole evaluations, point by point and bit by bit.

use crate::model::{CaseId, Model, VariableId, Window};

use super::super::agreement::Dice;
use super::super::{Settings, evaluate};
use super::{Knob, Probe, Sweep};

/// Every cell of a model.
fn cells(model: &Model) -> Vec<Probe> {
    let results = evaluate(model, &Settings::default());
    let variables = (0..model.variables.len() as u32).map(VariableId);
    let of = |variable| {
        (0..results.cells(CaseId::BASE, variable).len()).map(move |index| Probe { variable, index: Some(index) })
    };
    variables.flat_map(of).collect()
}

fn knob(dice: &mut Dice, model: &Model) -> Knob {
    let variable = VariableId(dice.roll(model.variables.len() as u64) as u32);
    let first = dice.roll(4) as usize;
    let is_series = model.variable(variable).time.is_some();
    let window = (is_series && dice.roll(2) == 0).then_some(Window { first, last: first + dice.roll(2) as usize });
    Knob { variable, window }
}

const VALUES: [f64; 12] = [0.0, -0.0, 1.0, -1.0, 2.5, 0.1, 1e200, -1e160, f64::NAN, 3.0, f64::INFINITY, 1e-300];

fn column(dice: &mut Dice, points: usize) -> Vec<f64> {
    (0..points).map(|_| VALUES[dice.roll(VALUES.len() as u64) as usize]).collect()
}

#[test]
fn programs_agree_with_evaluations() {
    let mut steps = 0;
    for seed in 0..120 {
        let mut dice = Dice { state: seed * 7919 + 1 };
        let model = dice.model();
        let case = CaseId(dice.roll(model.cases.len() as u64) as u32);
        let knobs: Vec<Knob> = (0..10).map(|_| knob(&mut dice, &model)).collect();
        let probes = cells(&model);
        let sweep = Sweep::new(&model, &Settings::default(), case, &knobs, &probes);
        assert!(sweep.tape.is_some(), "seed {seed} is said as a program");
        let columns: Vec<Vec<f64>> = knobs.iter().map(|_| column(&mut dice, 9)).collect();
        agree(&sweep, &columns, seed);
        steps += sweep.cost();
    }
    assert!(steps > 8_000, "{steps} steps");
}

fn agree(sweep: &Sweep<'_>, columns: &[Vec<f64>], seed: u64) {
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let mut fast = vec![Vec::new(); sweep.probes.len()];
    sweep.run(&columns, &mut fast);
    let mut slow = fast.clone();
    sweep.plain(&columns, &mut super::slices(&mut slow));
    for ((probe, fast), slow) in sweep.probes.iter().zip(&fast).zip(&slow) {
        for (point, (fast, slow)) in fast.iter().zip(slow).enumerate() {
            let path = &sweep.model.variable(probe.variable).path;
            assert!(
                fast.to_bits() == slow.to_bits() || fast.is_nan() && slow.is_nan(),
                "seed {seed} {path}[{:?}] at point {point}: {fast}, not {slow}; knobs {:?} at {:?}",
                probe.index,
                sweep
                    .knobs
                    .iter()
                    .map(|knob| (&sweep.model.variable(knob.variable).path, knob.window))
                    .collect::<Vec<_>>(),
                columns.iter().map(|column| column[point]).collect::<Vec<_>>(),
            );
        }
    }
}
