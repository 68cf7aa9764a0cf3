//! The workload W3 with its formulas written in Rust: every company of a case side by side.

/// The twenty parameters, one column each, in the order of the book.
pub struct Firms([Vec<f64>; 20]);

/// What a case adds to growth, to the risk premium, to the gross margin and to the riskless rate.
pub const CASES: [[f64; 4]; 5] =
    [[0.0; 4], [0.02, -0.005, 0.0, 0.0], [-0.02, 0.01, 0.0, 0.0], [0.0, 0.0, -0.03, 0.0], [0.0, 0.0, 0.0, 0.01]];

const BOUNDS: [(f64, f64); 20] = [
    (500.0, 50_000.0),
    (0.10, 0.60),
    (0.02, 0.05),
    (0.75, 0.92),
    (0.25, 0.60),
    (0.30, 0.65),
    (0.15, 0.22),
    (0.10, 0.16),
    (5.0, 15.0),
    (0.03, 0.08),
    (0.08, 0.20),
    (100.0, 5_000.0),
    (0.10, 0.25),
    (0.10, 0.60),
    (300.0, 20_000.0),
    (0.018, 0.025),
    (0.8, 1.4),
    (0.05, 0.065),
    (0.01, 0.03),
    (50.0, 2_000.0),
];

/// The companies of the book.
pub fn drawn(count: usize) -> Firms {
    let mut state: u64 = 1;
    let mut firms = Firms(Default::default());
    for _ in 0..count {
        for (column, (least, most)) in firms.0.iter_mut().zip(BOUNDS) {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let number = least + (most - least) * ((state >> 11) as f64 / (1u64 << 53) as f64);
            column.push((number * 1e6).round() / 1e6);
        }
    }
    firms
}

/// The value of every company in a case.
pub fn values(firms: &Firms, case: &[f64; 4]) -> Vec<f64> {
    (0..firms.0[0].len()).map(|firm| value(firms.0.each_ref().map(|column| column[firm]), case)).collect()
}

fn value(p: [f64; 20], [dg, derp, dgm, drf]: &[f64; 4]) -> f64 {
    let [rev0, g0, g_inf, fade, gm0, gm1, op0, op1, ramp, cx, dr, ppe0, tr, payout, eq0, rf, beta, erp, gterm, shares] =
        p;
    let coe = rf + drf + beta * (erp + derp);
    let (mut gap, mut rev, mut ppe, mut eq, mut df) = (g0 - g_inf, rev0, ppe0, eq0, 1.0);
    let (mut cum, mut ri) = (eq0, 0.0);
    for t in 1..40 {
        gap *= fade;
        rev *= 1.0 + (g_inf + gap + dg);
        let w = (f64::from(t) / ramp).min(1.0);
        let gp = rev * (gm0 + (gm1 - gm0) * w + dgm);
        let opx = rev * (op0 + (op1 - op0) * w);
        let dep = ppe * dr;
        ppe = ppe + rev * cx - dep;
        let ebit = gp - opx - dep;
        let ni = ebit - ebit.max(0.0) * tr;
        let before = eq;
        eq = before + ni - ni.max(0.0) * payout;
        ri = (ni / ((before + eq) * 0.5) - coe) * before;
        df /= 1.0 + coe;
        cum += ri * df;
    }
    (cum + ri * (1.0 + gterm) / (coe - gterm).max(0.01) * df) / shares
}
