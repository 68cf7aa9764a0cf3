//! Charts of numbers and words that nobody would draw on purpose.

use proptest::prelude::*;
use scn::chart::*;

/// Numbers of all sizes, and none.
fn datum() -> BoxedStrategy<Datum> {
    let size = prop_oneof![
        4 => (-1000.0..1000.0f64).prop_map(Some),
        1 => Just(None),
        1 => Just(Some(0.0)),
        1 => (-90i32..90, -9.0..9.0f64).prop_map(|(power, factor)| Some(factor * libm::pow(10.0, f64::from(power)))),
    ];
    (size, words()).prop_map(|(size, text)| Datum { size, text }).boxed()
}

/// Short words, long ones, wide ones, markup, and what has no place in a drawing.
fn words() -> BoxedStrategy<String> {
    let fixed = ["", "2026E", "12,345.6", "<b>&\"'", "寒武纪思元五九零推理加速卡", "a\u{0}b\u{202e}c\u{ffff}", "]]>"];
    prop_oneof![
        4 => proptest::sample::select(fixed.to_vec()).prop_map(String::from),
        1 => "[a-zA-Z ]{0,60}",
        1 => any::<String>(),
        1 => Just("an endless label that goes on and on ".repeat(20)),
    ]
    .boxed()
}

fn row(length: usize) -> impl Strategy<Value = Row> {
    (words(), prop::collection::vec(datum(), length)).prop_map(|(label, values)| Row { label, values })
}

fn categories(length: usize) -> impl Strategy<Value = Vec<Category>> {
    let one = (words(), any::<bool>()).prop_map(|(label, estimated)| Category { label, estimated });
    prop::collection::vec(one, length)
}

fn stop() -> impl Strategy<Value = Stop> {
    (words(), datum()).prop_map(|(label, at)| Stop { label, at })
}

fn over_categories() -> BoxedStrategy<Shape> {
    (0usize..30, 1usize..8)
        .prop_flat_map(|(length, count)| {
            let parts = (words(), categories(length), prop::collection::vec(row(length), count), 0..4u8);
            parts.prop_map(|(unit, categories, rows, kind)| match kind {
                0 => Shape::Lines(Lines { unit, categories, rows }),
                1 => {
                    let middle = rows[0].clone();
                    let bands = rows.chunks_exact(2).map(|pair| Band { low: pair[0].clone(), high: pair[1].clone() });
                    Shape::Fan(Fan { unit, categories, middle, bands: bands.collect() })
                }
                kind => Shape::Bars(Bars { unit, categories, rows, stacked: kind == 2 }),
            })
        })
        .boxed()
}

fn grid() -> BoxedStrategy<Shape> {
    (1usize..12, 1usize..12)
        .prop_flat_map(|(down, across)| {
            let levels = |count| {
                (words(), prop::collection::vec(words(), count)).prop_map(|(label, levels)| Levels { label, levels })
            };
            let cells = prop::collection::vec(prop::collection::vec(datum(), across), down);
            let parts = (words(), levels(down), levels(across), cells, datum());
            parts.prop_map(|(unit, down, across, cells, middle)| {
                Shape::Heat(Heat { unit, down, across, cells, middle: middle.size })
            })
        })
        .boxed()
}

fn walks() -> BoxedStrategy<Shape> {
    let step = (words(), datum(), any::<bool>()).prop_map(|(label, size, total)| Step { label, size, total });
    let swing = (words(), words(), words(), datum(), datum()).prop_map(|(label, from, to, low, high)| Swing {
        label,
        from,
        to,
        low,
        high,
    });
    let range = (words(), datum(), datum(), datum(), datum()).prop_map(|(label, low, middle, high, mark)| Range {
        label,
        low,
        middle,
        high,
        mark,
    });
    prop_oneof![
        (words(), prop::collection::vec(step, 0..20)).prop_map(|(unit, steps)| Shape::Bridge(Bridge { unit, steps })),
        (words(), datum(), prop::collection::vec(swing, 0..20))
            .prop_map(|(unit, base, swings)| Shape::Tornado(Tornado { unit, base, swings })),
        (words(), [words(), words(), words(), words()], prop::collection::vec(range, 0..20))
            .prop_map(|(unit, names, rows)| Shape::Ranges(Ranges { unit, names, rows })),
    ]
    .boxed()
}

fn points() -> BoxedStrategy<Shape> {
    let outcome = (words(), datum(), words()).prop_map(|(label, at, note)| Outcome { label, at, note });
    let target = (words(), prop::collection::vec(stop(), 0..9), stop(), words(), prop::collection::vec(outcome, 0..9));
    let target =
        target.prop_map(|(unit, history, today, horizon, outcomes)| Target { unit, history, today, horizon, outcomes });
    let measure = || (words(), words(), any::<bool>()).prop_map(|(label, unit, log)| Measure { label, unit, log });
    let point = (words(), datum(), datum(), 0usize..8).prop_map(|(label, across, up, group)| Point {
        label,
        across: across.size,
        up: up.size,
        group,
    });
    let scatter = (measure(), measure(), prop::collection::vec(words(), 0..8), prop::collection::vec(point, 0..60));
    let scatter = scatter.prop_map(|(across, up, groups, points)| Scatter { across, up, groups, points });
    let numbers = prop::collection::vec(datum(), 0..50);
    let histogram = (words(), numbers, prop::collection::vec(stop(), 0..9), 1usize..60);
    let histogram = histogram.prop_map(|(unit, numbers, lines, count)| {
        let sizes: Vec<f64> = numbers.iter().filter_map(|number| number.size).collect();
        Histogram { unit, bins: Bin::over(&sizes, count), lines }
    });
    prop_oneof![target.prop_map(Shape::Target), scatter.prop_map(Shape::Scatter), histogram.prop_map(Shape::Histogram)]
        .boxed()
}

/// Any chart.
pub fn chart() -> impl Strategy<Value = ChartSpec> {
    let shape = prop_oneof![over_categories(), grid(), walks(), points()];
    (words(), words(), shape).prop_map(|(title, note, shape)| ChartSpec { title, note, shape })
}
