//! How an input is spread, as a function of a uniform number or of a standard normal: the native formulas in text.

use crate::chance::normal::{FAR, MIDDLE, NEAR, Ratio, TAIL};
use crate::chance::{Marginal, Pert};

use super::dialect::Dialect;
use super::query::{Query, Term};
use super::refusal::Refusal;

/// What the values of an input are made of.
#[derive(Debug, Clone)]
pub enum Chance {
    /// A uniform number.
    Uniform(Term),
    /// A standard normal, of inputs that are correlated.
    Normal(Term),
}

/// Writes spreads into a query.
pub struct Spreads<'q> {
    pub query: &'q mut Query,
    pub dialect: Dialect,
}

impl Spreads<'_> {
    /// The value of an input that is spread like this.
    pub fn value(&mut self, marginal: &Marginal, chance: &Chance) -> Result<Term, Refusal> {
        let term = match marginal {
            Marginal::Normal { mean, sd } => {
                let z = self.normal(chance);
                self.line(*mean, *sd, &z)
            }
            Marginal::Lognormal { mu, sigma } => {
                let z = self.normal(chance);
                let line = self.line(*mu, *sigma, &z);
                Term::of(&[&line], format!("exp({})", line.text))
            }
            Marginal::Split { median, below, above } => {
                let z = self.normal(chance);
                let (low, high) = (self.line(*median, *below, &z), self.line(*median, *above, &z));
                let zero = self.dialect.double(0.0);
                Term::of(
                    &[&low, &high],
                    format!("(CASE WHEN {} < {zero} THEN {} ELSE {} END)", z.text, low.text, high.text),
                )
            }
            Marginal::Pert(pert) => {
                let z = self.normal(chance);
                self.pert(pert, &z)
            }
            Marginal::Uniform { low, high } => {
                let u = self.uniform(chance)?;
                self.line(*low, high - low, &u)
            }
            Marginal::Triangular { low, mode, high } => {
                let u = self.uniform(chance)?;
                self.triangular(*low, *mode, *high, &u)
            }
            Marginal::Discrete(steps) => {
                let u = self.uniform(chance)?;
                self.discrete(steps, &u)
            }
            Marginal::Within { whole, low, high, from, share } => {
                let u = self.uniform(chance)?;
                let part = self.line(*from, *share, &u);
                let part = self.query.column("part", part);
                let inner = self.value(whole, &Chance::Uniform(part))?;
                self.clamped(inner, *low, *high)
            }
        };
        Ok(self.query.column("x", term))
    }

    /// The quantile of the standard normal (AS241).
    pub fn quantile(&mut self, uniform: &Term) -> Term {
        let dialect = self.dialect;
        let d = |number: f64| dialect.double(number);
        let middle = Term::of(&[uniform], format!("({} - {})", uniform.text, d(0.5)));
        let middle = self.query.column("m", middle);
        let square = Term::of(&[&middle], format!("({} - {} * {})", d(0.180_625), middle.text, middle.text));
        let square = self.query.column("r", square);
        let near = self.ratio(&NEAR, &square);
        let near = Term::of(&[&middle, &near], format!("{} * {}", middle.text, near.text));
        let outside =
            format!("(CASE WHEN {u} < {h} THEN {u} ELSE {one} - {u} END)", u = uniform.text, h = d(0.5), one = d(1.0));
        let far = Term::of(&[uniform], format!("sqrt(-ln({outside}))"));
        let far = self.query.column("r", far);
        let shifted = |by: f64| Term::of(&[&far], format!("({} - {})", far.text, d(by)));
        let (near_tail, far_tail) = (shifted(1.6), shifted(5.0));
        let (near_tail, far_tail) = (self.query.column("t", near_tail), self.query.column("s", far_tail));
        let (tail, end) = (self.ratio(&TAIL, &near_tail), self.ratio(&FAR, &far_tail));
        let size = format!("CASE WHEN {} > {} THEN {} ELSE {} END", far.text, d(5.0), end.text, tail.text);
        let size = self.query.column("z", Term::of(&[&far, &tail, &end], size));
        let sign = format!("CASE WHEN {} < {} THEN -{} ELSE {} END", middle.text, d(0.0), size.text, size.text);
        let text = format!("(CASE WHEN abs({}) <= {} THEN {} ELSE {sign} END)", middle.text, d(MIDDLE), near.text);
        self.query.column("z", Term::of(&[&middle, &near, &size], text))
    }

    fn normal(&mut self, chance: &Chance) -> Term {
        match chance {
            Chance::Normal(z) => z.clone(),
            Chance::Uniform(u) => self.quantile(u),
        }
    }

    fn uniform(&self, chance: &Chance) -> Result<Term, Refusal> {
        match chance {
            Chance::Uniform(u) => Ok(u.clone()),
            Chance::Normal(_) => Err(Refusal::CorrelatedShape),
        }
    }

    /// `start + slope * x`
    fn line(&self, start: f64, slope: f64, x: &Term) -> Term {
        Term::of(&[x], format!("({} + {} * {})", self.dialect.double(start), self.dialect.double(slope), x.text))
    }

    fn ratio(&self, ratio: &Ratio, x: &Term) -> Term {
        let (above, below) = (self.horner(&ratio.above, x), self.horner(&ratio.below, x));
        Term::of(&[x], format!("({above} / {below})"))
    }

    fn horner(&self, terms: &[f64], x: &Term) -> String {
        let mut rest = terms.iter().rev().map(|term| self.dialect.double(*term));
        let first = rest.next().unwrap_or_default();
        rest.fold(first, |text, term| format!("({text} * {} + {term})", x.text))
    }

    fn triangular(&self, low: f64, mode: f64, high: f64, u: &Term) -> Term {
        let d = |number: f64| self.dialect.double(number);
        let width = high - low;
        let rising = format!("{} + sqrt({} * {})", d(low), u.text, d(width * (mode - low)));
        let falling = format!("{} - sqrt(({} - {}) * {})", d(high), d(1.0), u.text, d(width * (high - mode)));
        let turn = d((mode - low) / width);
        Term::of(&[u], format!("(CASE WHEN {} < {turn} THEN {rising} ELSE {falling} END)", u.text))
    }

    fn discrete(&self, steps: &[(f64, f64)], u: &Term) -> Term {
        let d = |number: f64| self.dialect.double(number);
        let Some(((last, _), others)) = steps.split_last() else { return Term::constant(d(f64::NAN)) };
        let cases = others.iter().map(|(value, upto)| format!(" WHEN {} <= {} THEN {}", u.text, d(*upto), d(*value)));
        let cases: String = cases.collect();
        let text = if cases.is_empty() { d(*last) } else { format!("(CASE{cases} ELSE {} END)", d(*last)) };
        Term::of(&[u], text)
    }

    fn clamped(&mut self, x: Term, low: f64, high: f64) -> Term {
        let (low, high) = (self.dialect.double(low), self.dialect.double(high));
        let x = self.query.column("x", x);
        let text = format!("(CASE WHEN {x} < {low} THEN {low} WHEN {x} > {high} THEN {high} ELSE {x} END)", x = x.text);
        Term::of(&[&x], text)
    }

    /// The native table of polynomials, joined by the cell that the normal falls into.
    fn pert(&mut self, pert: &Pert, z: &Term) -> Term {
        let d = |number: f64| self.dialect.double(number);
        let (reach, per_unit) = (Pert::REACH, Pert::PER_UNIT);
        let (most, least) = (d(2.0 * reach - 1e-9), d(0.0));
        let place = format!("({} + {})", z.text, d(reach));
        let place = format!(
            "(CASE WHEN {place} < {least} THEN {least} WHEN {place} > {most} THEN {most} ELSE {place} END * {})",
            d(per_unit)
        );
        let place = self.query.column("place", Term::of(&[z], place));
        let cell = Term::of(&[&place], self.dialect.to_whole(&format!("floor({})", place.text)));
        let cell = self.query.column("cell", cell);
        let part = Term::of(&[&place], format!("({p} - floor({p}))", p = place.text));
        let part = self.query.column("part", part);
        let term = |at: usize| self.dialect.pick(pert.cells().iter().map(|cell| cell[at]), &cell.text);
        let terms: Vec<Term> = (0..6).rev().map(|at| Term::of(&[&cell], term(at))).collect();
        let terms: Vec<Term> = terms.into_iter().map(|term| self.query.column("c", term)).collect();
        let horner = |text: String, term: &Term| format!("({text} * {} + {})", part.text, term.text);
        let text = terms[1..].iter().fold(terms[0].text.clone(), horner);
        let reads: Vec<&Term> = terms.iter().chain([&part]).collect();
        let share = self.query.column("share", Term::of(&reads, text));
        let (zero, one) = (d(0.0), d(1.0));
        let share = Term::of(
            &[&share],
            format!("(CASE WHEN {s} < {zero} THEN {zero} WHEN {s} > {one} THEN {one} ELSE {s} END)", s = share.text),
        );
        self.line(pert.low, pert.high - pert.low, &share)
    }
}
