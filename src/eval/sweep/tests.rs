//! Programs agree with whole evaluations, point by point and bit by bit.

use crate::builtin::Builtin;
use crate::model::{
    Aggregate, BinaryOp, Binder, CaseId, CompareOp, ExprKind, KindId, Model, Skip, Slot, VariableId, Window,
};

use super::super::agreement::Dice;
use super::super::sample::{add, binary, model, name, node, number, piece, prev, whole};
use super::super::{Settings, evaluate};
use super::{Columns, Knob, Probe, Sweep};

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

/// A model whose last name needs what three others say.
fn three_knobs() -> (Model, Vec<Knob>, Vec<Probe>) {
    let mut model = model(0, 3);
    let [a, b, c] = ["a", "b", "c"].map(|name| add(&mut model, None, name, false, whole(number(2.0))));
    let named = |variable| name(variable, false);
    let outer = binary(BinaryOp::Over, binary(BinaryOp::Times, named(a), named(a)), named(b));
    let both = binary(BinaryOp::Plus, outer, binary(BinaryOp::Over, named(c), named(a)));
    let series = binary(BinaryOp::Minus, prev(name(VariableId(3), true)), binary(BinaryOp::Times, both, named(c)));
    let pieces = vec![piece(0, 0, named(b)), piece(1, 2, series)];
    let all = add(&mut model, None, "all", true, pieces);
    let knobs = [a, b, c].map(|variable| Knob { variable, window: None });
    let probes = [(all, 2), (a, 0), (c, 0), (all, 0)];
    (model, knobs.to_vec(), probes.map(|(variable, index)| Probe { variable, index: Some(index) }).to_vec())
}

fn bits(columns: &[Vec<f64>]) -> Vec<Vec<u64>> {
    columns.iter().map(|column| column.iter().map(|number| number.to_bits()).collect()).collect()
}

#[test]
fn threads_and_chunks_change_no_bit() {
    let (model, knobs, probes) = three_knobs();
    let sweep = Sweep::new(&model, &Settings::default(), CaseId::BASE, &knobs, &probes);
    let value = |knob: usize, point: u64| (point as f64 + 1.0) * 0.37 + knob as f64;
    let fill = |range: std::ops::Range<u64>, columns: &mut Columns| {
        for knob in 0..3 {
            let points = columns.column_mut(knob).iter_mut();
            points.zip(range.clone()).for_each(|(cell, point)| *cell = value(knob, point));
        }
    };
    for points in [1u64, 2, 15, 255, 256, 257, 2047, 2048, 2049, 7001] {
        let whole: Vec<Vec<f64>> = (0..3).map(|knob| (0..points).map(|point| value(knob, point)).collect()).collect();
        let mut out = vec![Vec::new(); probes.len()];
        sweep.run(&whole.iter().map(Vec::as_slice).collect::<Vec<_>>(), &mut out);
        for threads in [1, 2, 3, 7] {
            let mut chunked = vec![Vec::new(); probes.len()];
            let see = |_: std::ops::Range<u64>, probes: &Columns| probes.clone();
            let take = |made: Columns| {
                chunked.iter_mut().zip(made.slices()).for_each(|(all, more)| all.extend_from_slice(more));
            };
            sweep.run_parallel(points, threads, fill, see, take);
            assert_eq!(bits(&chunked), bits(&out), "{points} points on {threads} threads");
        }
    }
}

#[test]
fn grids_agree_with_their_points() {
    let (model, knobs, probes) = three_knobs();
    let sweep = Sweep::new(&model, &Settings::default(), CaseId::BASE, &knobs, &probes);
    for lens in [[1, 1, 1], [3, 5, 257], [7, 1, 300], [2, 300, 3], [40, 9, 1]] {
        let levels = lens.map(|len| (0..len).map(|at| at as f64 * 0.7 - 1.4).collect::<Vec<f64>>());
        let levels: Vec<&[f64]> = levels.iter().map(Vec::as_slice).collect();
        let points = super::grid::spread(&levels, 0, lens.iter().product());
        let mut out = vec![Vec::new(); probes.len()];
        sweep.run(&points.iter().map(Vec::as_slice).collect::<Vec<_>>(), &mut out);
        for threads in [1, 3] {
            let mut grid = vec![Vec::new(); probes.len()];
            sweep.grid(&levels, threads, &mut grid);
            assert_eq!(bits(&grid), bits(&out), "{lens:?} on {threads} threads");
        }
    }
}

#[test]
fn knobs_that_reach_nothing_are_told_apart() {
    let (mut model, mut knobs, probes) = three_knobs();
    let idle = add(&mut model, None, "idle", false, whole(number(1.0)));
    knobs.push(Knob { variable: idle, window: None });
    let sweep = Sweep::new(&model, &Settings::default(), CaseId::BASE, &knobs, &probes);
    assert_eq!(sweep.reached(), [true, true, true, false]);
    assert_eq!(sweep.reached_by_names(), [true, true, true, false]);
}

#[test]
fn the_best_entity_may_change_from_point_to_point() {
    let mut model = model(3, 3);
    let n = add(&mut model, None, "n", false, whole(number(1.0)));
    for entity in 0..3 {
        let times = binary(BinaryOp::Times, name(n, false), number(entity as f64 - 1.0));
        add(&mut model, Some(entity), "a", false, whole(times));
    }
    let body = node(ExprKind::Bound { binder: Binder(0), slot: Slot(0) }, false);
    let best = |builtin| {
        let (filter, skip, body) = (None, Skip::Nothing, body.clone());
        let aggregate =
            Aggregate { builtin, of: None, binder: Binder(0), kind: KindId(0), filter, skip, body, lowest: false };
        node(ExprKind::Aggregate(Box::new(aggregate)), false)
    };
    let is_last = |builtin| {
        let operands = vec![best(builtin), node(ExprKind::Text("entity 2".into()), false)];
        node(ExprKind::Compare { operands, ops: vec![CompareOp::Equal] }, false)
    };
    let probes = [Builtin::ArgMax, Builtin::ArgMin].map(|builtin| {
        let variable = add(&mut model, None, "is_last", false, whole(is_last(builtin)));
        Probe { variable, index: None }
    });
    let knobs = [Knob { variable: n, window: None }];
    let sweep = Sweep::new(&model, &Settings::default(), CaseId::BASE, &knobs, &probes);
    assert!(sweep.tape.is_some());
    agree(&sweep, &[VALUES.to_vec()], 0);
    let mut out = vec![Vec::new(); 2];
    sweep.run(&[&[1.0, -1.0]], &mut out);
    assert_eq!(out, [[1.0, 0.0], [0.0, 1.0]]);
}
