//! Every rate at which flows are worth nothing: zeros of a sum of exponentials, each between two neighbouring extremes.

use crate::text::decimal::to_places;

use super::finance::present_value;

/// Every rate above -100% at which flows, each with its years, are worth nothing, in ascending order.
pub fn rates(flows: &[(f64, f64)]) -> Vec<f64> {
    let zeros = Worth::of(flows).zeros();
    let mut rates: Vec<f64> = zeros.into_iter().map(|force| settled(flows, libm::expm1(force))).collect();
    rates.retain(|rate| rate.is_finite() && *rate > -1.0);
    rates.dedup();
    rates
}

/// What flows are worth by the force of interest, which is ln(1 + rate): a sum of exponentials, earlier ones first.
///
/// Such a sum has at most as many zeros as its terms change their sign (Descartes). Divided by its first exponential, it has
/// its extremes where its derivative is zero, which is such a sum of one term less; between two extremes it has one zero or none.
struct Worth {
    terms: Vec<Term>,
}

#[derive(Clone, Copy)]
struct Term {
    size: f64,
    years: f64,
}

impl Worth {
    fn of(flows: &[(f64, f64)]) -> Worth {
        let terms =
            flows.iter().filter(|(flow, _)| *flow != 0.0).map(|(size, years)| Term { size: *size, years: *years });
        Worth { terms: terms.collect() }.scaled()
    }

    /// With the largest term as one, so that no product grows too large.
    fn scaled(mut self) -> Worth {
        let largest = self.terms.iter().map(|term| term.size.abs()).fold(0.0, f64::max);
        self.terms.iter_mut().for_each(|term| term.size /= largest);
        self.terms.retain(|term| term.size != 0.0);
        self
    }

    /// The sum whose zeros are the extremes of this one over its first exponential.
    fn slope(&self) -> Worth {
        let start = self.terms.first().map_or(0.0, |term| term.years);
        let steeper = |term: &Term| Term { size: term.size * (term.years - start), ..*term };
        Worth { terms: self.terms.iter().skip(1).map(steeper).collect() }.scaled()
    }

    /// Where it is zero, in ascending order.
    fn zeros(&self) -> Vec<f64> {
        let changes = self.terms.windows(2).filter(|pair| pair[0].size * pair[1].size < 0.0).count();
        if changes == 0 {
            return Vec::new();
        }
        let (low, high) = (-self.beyond(true), self.beyond(false));
        let extremes = if changes > 1 { self.slope().zeros() } else { Vec::new() };
        let inner = extremes.into_iter().filter(|force| low < *force && *force < high);
        let places: Vec<f64> = std::iter::once(low).chain(inner).chain([high]).collect();
        let mut zeros = Vec::new();
        for pair in places.windows(2) {
            let (from, to) = (self.sign(pair[0]), self.sign(pair[1]));
            zeros.extend((from == 0.0).then_some(pair[0]));
            zeros.extend((from * to < 0.0).then(|| self.halved(pair[0], pair[1], from)));
        }
        zeros.dedup_by(|later, earlier| self.sign(*earlier + (*later - *earlier) / 2.0) == 0.0);
        zeros
    }

    /// A force beyond which the first term outweighs all others; with `lowest` a negative one, for the last term.
    fn beyond(&self, lowest: bool) -> f64 {
        const FARTHEST: f64 = 1e5;
        let Some(own) = (if lowest { self.terms.last() } else { self.terms.first() }) else { return 0.0 };
        let others = |force: f64| -> f64 {
            let weight = |term: &Term| term.size.abs() * libm::exp(-(term.years - own.years).abs() * force);
            self.terms.iter().filter(|term| term.years != own.years).map(weight).sum()
        };
        let mut force = 1.0;
        while others(force) >= own.size.abs() && force < FARTHEST {
            force *= 2.0;
        }
        force
    }

    /// The sign at a force of interest; 0 where what is left is no more than what rounding leaves.
    fn sign(&self, force: f64) -> f64 {
        let (sum, all) = self.at(force);
        let noise = all * (self.terms.len() + 4) as f64 * f64::EPSILON;
        if sum.abs() <= noise { 0.0 } else { sum.signum() }
    }

    /// The sum and the sum of sizes, in money of the first period where the force is positive, else of the last.
    fn at(&self, force: f64) -> (f64, f64) {
        let from = if force >= 0.0 { self.terms.first() } else { self.terms.last() };
        let from = from.map_or(0.0, |term| term.years);
        let worth = |term: &Term| term.size * libm::exp(-(term.years - from) * force);
        self.terms.iter().map(worth).fold((0.0, 0.0), |(sum, all), worth| (sum + worth, all + worth.abs()))
    }

    /// The zero between two forces, the sign at the lower of which is given.
    fn halved(&self, mut low: f64, mut high: f64, sign: f64) -> f64 {
        loop {
            let middle = low + (high - low) / 2.0;
            if middle <= low || middle >= high {
                return middle;
            }
            if self.at(middle).0 * sign > 0.0 { low = middle } else { high = middle }
        }
    }
}

/// A rate as it is best told: a short decimal if the flows are as good as worthless there, else where `npv` changes its sign.
fn settled(flows: &[(f64, f64)], rate: f64) -> f64 {
    let short = [4, 6, 8, 10, 12].into_iter().map(|places| to_places(rate, places));
    short.into_iter().find(|short| is_worthless(flows, *short)).unwrap_or_else(|| to_the_last_bit(flows, rate))
}

/// Whether what flows are worth at a rate is no more than what rounding leaves.
fn is_worthless(flows: &[(f64, f64)], rate: f64) -> bool {
    let sizes: Vec<(f64, f64)> = flows.iter().map(|(flow, years)| (flow.abs(), *years)).collect();
    let (worth, all) = (present_value(flows, rate), present_value(&sizes, rate));
    matches!((worth, all), (Ok(worth), Ok(all)) if worth.abs() <= all * f64::EPSILON)
}

fn to_the_last_bit(flows: &[(f64, f64)], rate: f64) -> f64 {
    let reach = (1.0 + rate) * 1e-9;
    let (mut low, mut high) = (rate - reach, rate + reach);
    let is_owed = |rate: f64| present_value(flows, rate).map(|worth| worth <= 0.0);
    let (Ok(from), Ok(to)) = (is_owed(low), is_owed(high)) else { return rate };
    if from == to {
        return rate;
    }
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if is_owed(middle) == Ok(from) { low = middle } else { high = middle }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yearly(flows: &[f64]) -> Vec<(f64, f64)> {
        flows.iter().copied().zip((0..).map(f64::from)).collect()
    }

    #[test]
    fn a_short_rate_is_told_as_it_is() {
        assert_eq!(rates(&yearly(&[-1000.0, 2500.0, -1561.6])), [0.22, 0.28]);
        assert_eq!(rates(&yearly(&[-1000.0, 2500.0, -1562.5])), [0.25]);
        assert_eq!(rates(&yearly(&[-1000.0, 2500.0, -1500.0])), [0.0, 0.5]);
    }

    fn hold(flows: &[f64], known: &[f64]) {
        let found = rates(&yearly(flows));
        assert_eq!(found.len(), known.len(), "{found:?} are not {known:?}");
        for (found, known) in found.iter().zip(known) {
            assert!((found - known).abs() < 1e-7 * (1.0 + known), "{found} is not {known}");
        }
    }

    #[test]
    fn every_rate_is_found() {
        hold(&[-10.0, 12.0], &[0.2]);
        hold(&[-1000.0, 2500.0, -1561.6], &[0.22, 0.28]);
        hold(&[-1000.0, 3600.0, -4310.0, 1716.0], &[0.1, 0.2, 0.3]);
        let pit: Vec<f64> = std::iter::once(-100.0).chain([11.0; 20]).chain([-20.0]).collect();
        assert_eq!(rates(&yearly(&pit)).iter().map(|rate| (rate * 1e4).round()).collect::<Vec<_>>(), [-3547.0, 857.0]);
    }

    #[test]
    fn a_rate_that_is_only_touched_is_one() {
        hold(&[-100.0, 240.0, -144.0], &[0.2]);
        hold(&[-1000.0, 2500.0, -1562.5], &[0.25]);
        hold(&[-1000.0, 2500.0, -1563.0], &[]);
        hold(&[1.0, -3.3, 3.63, -1.331], &[0.1]);
    }

    #[test]
    fn far_rates_and_none() {
        hold(&[-1.0, 1e9], &[1e9 - 1.0]);
        hold(&[-1e9, 1.0], &[1e-9 - 1.0]);
        hold(&[-1.0, 0.0, 0.0, 8.0], &[1.0]);
        hold(&[0.0, -1.0, 2.0, 0.0], &[1.0]);
        hold(&[1.0, 2.0], &[]);
        hold(&[0.0, 0.0], &[]);
        hold(&[], &[]);
        assert_eq!(rates(&[(-1.0, 0.0), (1.1, 0.5)]).len(), 1);
    }

    #[test]
    fn many_periods_take_no_time() {
        let waves: Vec<f64> = (0..240).map(|at| if at % 7 < 4 { -1.0 } else { 1.5 }).collect();
        for rate in rates(&waves.iter().zip(0..).map(|(flow, at)| (*flow, f64::from(at) / 12.0)).collect::<Vec<_>>()) {
            assert!(rate > -1.0);
        }
    }
}
