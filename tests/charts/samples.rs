//! One chart of each kind with numbers a reader knows, and hostile ones.

use scn::chart::*;

/// A number with its text.
pub fn datum(size: f64, text: &str) -> Datum {
    Datum { size: Some(size), text: text.to_string() }
}

fn plain(size: f64) -> Datum {
    datum(size, &size.to_string())
}

fn row(label: &str, values: &[f64]) -> Row {
    Row { label: label.to_string(), values: values.iter().copied().map(plain).collect() }
}

fn years(words: &str) -> Vec<Category> {
    words.split(' ').map(|word| Category { label: word.to_string(), estimated: word.ends_with('E') }).collect()
}

fn chart(title: &str, shape: Shape) -> ChartSpec {
    ChartSpec { title: title.to_string(), note: String::new(), shape }
}

/// A chart of each kind, by the name of its picture.
pub fn samples() -> Vec<(&'static str, ChartSpec)> {
    vec![
        ("bars", bars()),
        ("bars-lying", lying()),
        ("bars-stacked", stacked()),
        ("lines", lines()),
        ("fan", fan()),
        ("histogram", histogram()),
        ("heat", heat()),
        ("tornado", tornado()),
        ("bridge", bridge()),
        ("bridge-lying", long_bridge()),
        ("target", target()),
        ("target-history", history()),
        ("ranges", ranges()),
        ("scatter", scatter()),
    ]
}

fn bars() -> ChartSpec {
    let rows = vec![
        row("Revenue", &[6497.0, 20944.0, 33186.0, 44256.0]),
        row("Net income", &[2059.0, 6156.0, 9558.0, 13544.0]),
        row("Free cash flow", &[-1630.0, 310.0, 5210.0, 9980.0]),
    ];
    let bars = Bars { unit: "mn CNY".into(), categories: years("2025A 2026E 2027E 2028E"), rows, stacked: false };
    ChartSpec { note: "what is estimated is paler".into(), ..chart("Profit and loss", Shape::Bars(bars)) }
}

fn lying() -> ChartSpec {
    let names =
        ["Huawei Ascend 950PR", "Cambricon MLU690", "Iluvatar TG200, second edition", "Nvidia H20", "寒武纪思元590"];
    let categories = names.map(|label| Category { label: label.into(), estimated: false }).to_vec();
    let values = vec![row("", &[1.46, 2.2, 0.61, 0.98, 0.4])];
    chart("Cost per million tokens", Shape::Bars(Bars { unit: "USD".into(), categories, rows: values, stacked: false }))
}

fn stacked() -> ChartSpec {
    let names = ["H20", "950PR", "MLU690", "TG200"];
    let categories = names.map(|label| Category { label: label.into(), estimated: false }).to_vec();
    let rows = vec![
        row("Wafer", &[310.0, 420.0, 380.0, 205.0]),
        row("Memory", &[1450.0, 820.0, 900.0, 310.0]),
        row("Packaging", &[520.0, 280.0, 300.0, 120.0]),
        row("Test", &[60.0, 90.0, 70.0, 40.0]),
    ];
    let bars = Bars { unit: "USD/chip".into(), categories, rows, stacked: true };
    chart("What a chip costs", Shape::Bars(bars))
}

fn lines() -> ChartSpec {
    let rows = vec![
        row("Gross margin", &[56.6, 55.1, 50.6, 48.2, 47.0]),
        row("Operating margin", &[-12.0, 22.0, 29.8, 33.4, 35.6]),
        row("Net margin", &[-10.0, 21.5, 29.4, 28.8, 30.6]),
    ];
    let lines = Lines { unit: "%".into(), categories: years("2024A 2025A 2026E 2027E 2028E"), rows };
    chart("Margins", Shape::Lines(lines))
}

fn fan() -> ChartSpec {
    let band = |low: (&str, &[f64]), high: (&str, &[f64])| Band { low: row(low.0, low.1), high: row(high.0, high.1) };
    let bands = vec![
        band(("q5", &[6.5, 14.0, 19.0, 22.0]), ("q95", &[6.5, 29.0, 51.0, 74.0])),
        band(("q25", &[6.5, 18.0, 27.0, 34.0]), ("q75", &[6.5, 24.0, 40.0, 56.0])),
    ];
    let fan = Fan {
        unit: "bn CNY".into(),
        categories: years("2025A 2026E 2027E 2028E"),
        middle: row("median", &[6.5, 20.9, 33.2, 44.3]),
        bands,
    };
    chart("Revenue in 20,000 draws", Shape::Fan(fan))
}

fn histogram() -> ChartSpec {
    let bin = |at: usize| {
        let off = at as f64 - 14.0;
        Bin {
            low: 60.0 + 5.0 * at as f64,
            high: 65.0 + 5.0 * at as f64,
            count: (2000.0 / (1.0 + off * off / 18.0)).floor(),
        }
    };
    let line = |label: &str, at: f64| Stop { label: label.into(), at: datum(at, &format!("{at}")) };
    let lines = vec![
        line("q5", 92.0),
        line("q50", 131.0),
        line("q95", 178.0),
        line("price", 112.4),
        line("point value", 129.5),
    ];
    chart(
        "Value of a share",
        Shape::Histogram(Histogram { unit: "CNY/share".into(), bins: (0..34).map(bin).collect(), lines }),
    )
}

fn heat() -> ChartSpec {
    let levels =
        |label: &str, words: &str| Levels { label: label.into(), levels: words.split(' ').map(String::from).collect() };
    let cell = |down: usize, across: usize| plain((600 + 90 * across * (down + 2)) as f64);
    let cells = (0..5).map(|down| (0..5).map(|across| cell(down, across)).collect()).collect();
    let heat = Heat {
        unit: "CNY/share".into(),
        down: levels("P/S", "6x 8x 10x 12x 14x"),
        across: levels("Revenue 2027E", "12bn 15bn 18bn 21bn 24bn"),
        cells,
        middle: Some(1352.0),
    };
    ChartSpec {
        note: "blue above today's price, orange below".into(),
        ..chart("Target by multiple and revenue", Shape::Heat(heat))
    }
}

fn tornado() -> ChartSpec {
    let swing = |label: &str, ends: (&str, &str), low: f64, high: f64| Swing {
        label: label.into(),
        from: ends.0.into(),
        to: ends.1.into(),
        low: plain(low),
        high: plain(high),
    };
    let swings = vec![
        swing("Cost of equity", ("7.4%", "9.4%"), 2210.0, 1190.0),
        swing("Growth beyond 2037E", ("5%", "7%"), 1240.0, 2105.0),
        swing("Growth a year", ("12%", "20%"), 1302.0, 1961.0),
        swing("Payout", ("20%", "32%"), 1630.0, 1541.0),
        swing("Yield of the newest node, assumed by the foundry's guests", ("50%", "80%"), 1601.0, 1612.0),
    ];
    chart("What moves the target", Shape::Tornado(Tornado { unit: "CNY/share".into(), base: plain(1588.0), swings }))
}

fn step(label: &str, size: f64, total: bool) -> Step {
    Step { label: label.into(), size: plain(size), total }
}

fn bridge() -> ChartSpec {
    let steps = vec![
        step("Base", 1588.0, true),
        step("Growth", 620.0, false),
        step("Gross margin", 540.0, false),
        step("Payout", -48.0, false),
        step("Together", 300.0, false),
        step("Bull", 3000.0, true),
    ];
    chart("From base to bull", Shape::Bridge(Bridge { unit: "CNY/share".into(), steps }))
}

fn long_bridge() -> ChartSpec {
    let steps = vec![
        step("Equity at the end of 2026E", 17.5, false),
        step("Residual income of the forecast years", 96.7, false),
        step("Residual income beyond the forecast", 560.3, false),
        step("Value of the equity", 674.5, true),
    ];
    chart("From the book to the value", Shape::Bridge(Bridge { unit: "bn CNY".into(), steps }))
}

fn outcome(label: &str, at: f64, note: &str) -> Outcome {
    Outcome { label: label.into(), at: plain(at), note: note.into() }
}

fn target() -> ChartSpec {
    let outcomes =
        vec![outcome("Bull", 3000.0, "+122%"), outcome("Base", 1588.0, "+17%"), outcome("Bear", 800.0, "−41%")];
    let today = Stop { label: "Today".into(), at: datum(1352.5, "1,352.5") };
    chart(
        "Price and three outcomes",
        Shape::Target(Target {
            unit: "CNY/share".into(),
            history: vec![],
            today,
            horizon: "in a year".into(),
            outcomes,
        }),
    )
}

fn history() -> ChartSpec {
    let price = |at: usize| Stop {
        label: format!("2025-{:02}", at + 1),
        at: plain(700.0 + 55.0 * at as f64 + 90.0 * ((at * 7) % 5) as f64),
    };
    let outcomes = vec![outcome("Bull", 1500.0, "+8%"), outcome("Base", 1480.0, "+7%"), outcome("Bear", 1470.0, "+6%")];
    let today = Stop { label: "2026-04-26".into(), at: plain(1384.0) };
    chart(
        "Outcomes close together",
        Shape::Target(Target {
            unit: "CNY/share".into(),
            history: (0..12).map(price).collect(),
            today,
            horizon: "2027-04".into(),
            outcomes,
        }),
    )
}

fn ranges() -> ChartSpec {
    let range = |label: &str, low: f64, middle: f64, high: f64, mark: f64| Range {
        label: label.into(),
        low: plain(low),
        middle: plain(middle),
        high: plain(high),
        mark: plain(mark),
    };
    let rows = vec![
        range("Cambricon", 59.0, 117.0, 222.0, 100.0),
        range("Iluvatar", 48.0, 131.0, 210.0, 100.0),
        range("MetaX", 61.0, 88.0, 160.0, 100.0),
    ];
    let names = ["bear", "base", "bull", "today"].map(String::from);
    chart("Outcomes against today's price", Shape::Ranges(Ranges { unit: "%".into(), names, rows }))
}

fn scatter() -> ChartSpec {
    let point = |label: &str, across: f64, up: f64, group: usize| Point {
        label: label.into(),
        across: Some(across),
        up: Some(up),
        group,
    };
    let points = vec![
        point("H20", 148.0, 1.9, 0),
        point("H100", 989.0, 1.1, 0),
        point("H200", 989.0, 0.9, 0),
        point("B200", 2250.0, 0.5, 0),
        point("910B", 320.0, 2.4, 1),
        point("910C", 780.0, 1.7, 1),
        point("950PR", 1000.0, 1.05, 1),
        point("950DT", 1000.0, 1.0, 1),
        point("MLU590", 345.0, 2.3, 2),
        point("MLU690", 760.0, 1.66, 2),
        point("TG200", 192.0, 3.1, 3),
        point("C500", 240.0, 2.9, 3),
    ];
    let measure = |label: &str, unit: &str| Measure { label: label.into(), unit: unit.into(), log: true };
    let groups = ["Nvidia", "Huawei", "Cambricon", "Others"].map(String::from).to_vec();
    chart(
        "Cost against speed",
        Shape::Scatter(Scatter {
            across: measure("Dense FP16", "TFLOPS"),
            up: measure("Cost of a million tokens", "USD"),
            groups,
            points,
        }),
    )
}
