//! The workload W1 written by hand for one machine and one question: what a program for it could cost at the least.

use pulp::{Arch, NullaryFnOnce};

use super::chance::{self, BLOCK, Draws};
use super::wide::W;

const NI: [f64; 3] = [6156.0, 9558.0, 13544.0];
const E: [f64; 4] = [11842.0, 17499.0, 25558.0, 36602.0];
const SHARES: f64 = 424.7;
const G_TERM: f64 = 0.06;

/// Values of prescribed draws: eight scenarios side by side, every intermediate in a register.
pub fn eval_blocked(columns: [&[f64]; 6], out: &mut [f64]) {
    struct Eval<'a>([&'a [f64]; 6], &'a mut [f64]);
    impl NullaryFnOnce for Eval<'_> {
        type Output = ();

        #[inline(always)]
        fn call(self) {
            let Eval(columns, out) = self;
            let whole = out.len() / 8 * 8;
            for at in (0..whole).step_by(8) {
                let [beta, rf, erp, g, pay, mult] = columns.map(|column| W::read(&column[at..]));
                value(beta, rf, erp, g, pay, mult).write(&mut out[at..]);
            }
            for at in whole..out.len() {
                out[at] = plain(columns.map(|column| column[at]));
            }
        }
    }
    Arch::new().dispatch(Eval(columns, out));
}

/// The same, one scenario after the other, as anyone would write it.
pub fn eval_plain(columns: [&[f64]; 6], out: &mut [f64]) {
    for (at, out) in out.iter_mut().enumerate() {
        *out = plain(columns.map(|column| column[at]));
    }
}

/// Draws and values of the scenarios from `first` on.
pub fn full(first: u64, out: &mut [f64]) {
    struct Full<'a>(u64, &'a mut [f64]);
    impl NullaryFnOnce for Full<'_> {
        type Output = ();

        #[inline(always)]
        fn call(self) {
            let Full(first, out) = self;
            let mut draws = Draws::default();
            for (at, out) in out.chunks_mut(BLOCK).enumerate() {
                chance::draw(first + (at * BLOCK) as u64, &mut draws);
                let mut values = [0.0; BLOCK];
                for at in (0..BLOCK).step_by(8) {
                    let read = |column: &[f64; BLOCK]| W::read(&column[at..]);
                    let d = &draws;
                    value(read(&d.beta), read(&d.rf), read(&d.erp), read(&d.g), read(&d.pay), read(&d.mult))
                        .write(&mut values[at..]);
                }
                out.copy_from_slice(&values[..out.len()]);
            }
        }
    }
    Arch::new().dispatch(Full(first, out));
}

#[inline(always)]
fn value(beta: W, rf: W, erp: W, g: W, pay: W, mult: W) -> W {
    let all = W::all;
    let coe = rf + beta * erp;
    let v = all(1.0) / (all(1.0) + coe);
    let (mut ni, mut e, mut df, mut pv, mut ri) = (all(0.0), all(E[0]), all(1.0), all(0.0), all(0.0));
    for t in 0..12 {
        let before = e;
        ni = if t < 3 { all(NI[t]) * mult } else { ni * (all(1.0) + g) };
        e = if t < 3 { all(E[t + 1]) } else { before + ni * (all(1.0) - pay) };
        df = if t == 0 { df } else { df * v };
        ri = (ni / ((before + e) * all(0.5)) - coe) * before;
        pv = if t < 11 { pv + ri * df } else { pv };
    }
    let cv = ri * all(1.0 + G_TERM) / (coe - all(G_TERM)).most(all(0.005)) * df;
    (all(E[1]) + pv + cv) / all(SHARES)
}

fn plain([beta, rf, erp, g, pay, mult]: [f64; 6]) -> f64 {
    let coe = rf + beta * erp;
    let v = 1.0 / (1.0 + coe);
    let (mut ni, mut e, mut df, mut pv, mut ri) = (0.0, E[0], 1.0, 0.0, 0.0);
    for t in 0..12 {
        let before = e;
        ni = if t < 3 { NI[t] * mult } else { ni * (1.0 + g) };
        e = if t < 3 { E[t + 1] } else { before + ni * (1.0 - pay) };
        df = if t == 0 { df } else { df * v };
        ri = (ni / ((before + e) * 0.5) - coe) * before;
        pv = if t < 11 { pv + ri * df } else { pv };
    }
    (E[1] + pv + ri * (1.0 + G_TERM) / (coe - G_TERM).max(0.005) * df) / SHARES
}

/// The workload W2: the cost of equity outside, the terminal growth inside; what depends on one of them is outside of the loop.
pub fn grid(coes: &[f64], growths: &[f64], out: &mut [f64]) {
    struct Rows<'a>(&'a [f64], &'a [f64], &'a mut [f64]);
    impl NullaryFnOnce for Rows<'_> {
        type Output = ();

        #[inline(always)]
        fn call(self) {
            let Rows(coes, growths, out) = self;
            for (coe, row) in coes.iter().zip(out.chunks_mut(growths.len())) {
                let (sum, last) = parts(*coe);
                for (out, growth) in row.iter_mut().zip(growths) {
                    let spread = coe - growth;
                    let spread = if spread > 0.005 { spread } else { 0.005 };
                    *out = sum + last * (1.0 + growth) / spread;
                }
            }
        }
    }
    Arch::new().dispatch(Rows(coes, growths, out));
}

/// What a row has in common, a share.
fn parts(coe: f64) -> (f64, f64) {
    let v = 1.0 / (1.0 + coe);
    let (mut ni, mut e, mut df, mut pv, mut ri) = (0.0, E[0], 1.0, 0.0, 0.0);
    for t in 0..12 {
        let before = e;
        ni = if t < 3 { NI[t] } else { ni * 1.16 };
        e = if t < 3 { E[t + 1] } else { before + ni * (1.0 - 0.26) };
        df = if t == 0 { df } else { df * v };
        ri = (ni / ((before + e) * 0.5) - coe) * before;
        pv = if t < 11 { pv + ri * df } else { pv };
    }
    ((E[1] + pv) / SHARES, ri * df / SHARES)
}
