//! Uniform numbers to values, a block at a time; each value has the same bits whatever block it stands in.

use super::Marginal;
use crate::chance::elementary::exp;
use crate::chance::normal;
use crate::chance::wide::wide;

impl Marginal {
    /// The value of one uniform number.
    pub fn quantile(&self, uniform: f64) -> f64 {
        let mut one = [uniform];
        self.quantiles(&mut one);
        one[0]
    }

    /// Turns uniform numbers into values.
    pub fn quantiles(&self, values: &mut [f64]) {
        match self {
            Marginal::Uniform { low, high } => uniform(*low, *high - *low, values),
            Marginal::Triangular { low, mode, high } => triangular(*low, *mode, *high, values),
            Marginal::Pert(pert) => pert.quantiles(values),
            Marginal::Normal { mean, sd } => {
                normal::quantiles(values);
                scale(*mean, *sd, values);
            }
            Marginal::Lognormal { mu, sigma } => {
                normal::quantiles(values);
                grow(*mu, *sigma, values);
            }
            Marginal::Split { median, below, above } => {
                normal::quantiles(values);
                split(*median, *below, *above, values);
            }
            Marginal::Discrete(steps) => values.iter_mut().for_each(|value| *value = step(steps, *value)),
            Marginal::Within { whole, low, high, from, share } => {
                scale(*from, *share, values);
                whole.quantiles(values);
                values.iter_mut().for_each(|value| *value = value.clamp(*low, *high));
            }
        }
    }
}

fn step(steps: &[(f64, f64)], uniform: f64) -> f64 {
    let place = steps.partition_point(|(_, upto)| *upto < uniform);
    steps[place.min(steps.len() - 1)].0
}

wide! {
    fn uniform(low: f64, width: f64, values: &mut [f64]) {
        for value in values.iter_mut() {
            *value = low + width * *value;
        }
    }
}

wide! {
    fn scale(mean: f64, sd: f64, values: &mut [f64]) {
        for value in values.iter_mut() {
            *value = mean + sd * *value;
        }
    }
}

wide! {
    fn grow(mu: f64, sigma: f64, values: &mut [f64]) {
        for value in values.iter_mut() {
            *value = exp(mu + sigma * *value);
        }
    }
}

wide! {
    fn split(median: f64, below: f64, above: f64, values: &mut [f64]) {
        for value in values.iter_mut() {
            let side = if *value < 0.0 { below } else { above };
            *value = median + side * *value;
        }
    }
}

wide! {
    fn triangular(low: f64, mode: f64, high: f64, values: &mut [f64]) {
        let width = high - low;
        let turn = (mode - low) / width;
        let (rise, fall) = (width * (mode - low), width * (high - mode));
        for value in values.iter_mut() {
            let is_rising = *value < turn;
            let (share, area) = if is_rising { (*value, rise) } else { (1.0 - *value, fall) };
            let away = (share * area).sqrt();
            *value = if is_rising { low + away } else { high - away };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::MarginalError;
    use super::*;

    fn all() -> Vec<Marginal> {
        let made = [
            Marginal::uniform(-1.0, 3.0),
            Marginal::triangular(1.0, 2.0, 5.0),
            Marginal::triangular(1.0, 1.0, 5.0),
            Marginal::pert(9.0, 10.0, 14.0),
            Marginal::normal(1.0, 0.5),
            Marginal::lognormal_between(0.5, 2.0),
            Marginal::split(1.0, 2.0, 5.0),
            Marginal::normal(1.0, 0.4).and_then(|whole| whole.within(0.5, 1.2)),
            Marginal::pert(0.0, 1.0, 2.0).and_then(|whole| whole.within(0.5, 3.0)),
        ];
        made.into_iter().map(|made| made.expect("a distribution")).collect()
    }

    #[test]
    fn quantiles_give_back_their_probability() {
        for marginal in all() {
            for step in 1..200 {
                let p = f64::from(step) / 200.0;
                let back = marginal.below(marginal.quantile(p));
                assert!((back - p).abs() < 1e-12, "{marginal:?}: {p} gives back {back}");
            }
        }
    }

    #[test]
    fn a_block_has_the_bits_of_its_single_values() {
        for marginal in all() {
            let mut block: Vec<f64> = (0..777).map(|step| (f64::from(step) + 0.5) / 777.0).collect();
            let single: Vec<f64> = block.iter().map(|uniform| marginal.quantile(*uniform)).collect();
            marginal.quantiles(&mut block);
            assert_eq!(block, single, "{marginal:?}");
        }
    }

    #[test]
    fn known_quantiles_are_met() {
        let near = |made: Result<Marginal, MarginalError>, p: f64, x: f64| {
            let got = made.expect("a distribution").quantile(p);
            assert!((got - x).abs() < 1e-12, "{got} for {x}");
        };
        let cut = || Marginal::normal(1.0, 0.4).and_then(|whole| whole.within(0.5, 1.2));
        // Of SciPy's truncnorm.ppf.
        near(cut(), 0.3, 0.768_517_358_830_748_3);
        near(cut(), 0.9, 1.135_797_600_704_369_3);
        near(Marginal::normal_between(2.0, 4.0), 0.05, 2.0);
        near(Marginal::lognormal_between(2.0, 4.0), 0.95, 4.0);
        near(Marginal::split(1.0, 2.0, 5.0), 0.95, 5.0);
        near(Marginal::split(1.0, 2.0, 5.0), 0.05, 1.0);
        near(Marginal::triangular(0.0, 1.0, 2.0), 0.125, 0.5);
        near(Marginal::discrete(&[(3.0, 0.25), (1.0, 0.5), (2.0, 0.25)]), 0.6, 2.0);
    }

    #[test]
    fn ends_are_those_of_what_is_left() {
        let near = |made: Result<Marginal, MarginalError>, ends: (f64, f64)| {
            let got = made.expect("a distribution").ends();
            assert!((got.0 - ends.0).abs() < 1e-9 && (got.1 - ends.1).abs() < 1e-9, "{got:?} for {ends:?}");
        };
        let normal = || Marginal::normal(10.0, 3.0);
        // Of SciPy's norm.ppf and truncnorm.ppf.
        near(normal(), (5.065_439_119_145_583, 14.934_560_880_854_417));
        near(normal().and_then(|whole| whole.within(5.0, 20.0)), (6.074_986_633_676_527, 14.993_145_030_366_66));
        near(normal().and_then(|whole| whole.within(16.0, 20.0)), (16.063_336_454_474_147, 18.875_851_375_974_598));
        near(Marginal::pert(9.0, 10.0, 14.0).and_then(|whole| whole.within(8.0, 12.0)), (9.0, 12.0));
        let dice = || Marginal::discrete(&[(1.0, 0.2), (2.0, 0.3), (7.0, 0.5), (9.0, 0.0)]);
        near(dice(), (1.0, 7.0));
        near(dice().and_then(|whole| whole.within(1.5, 6.0)), (2.0, 2.0));
    }

    #[test]
    fn discrete_values_come_as_often_as_they_shall() {
        let dice = Marginal::discrete(&[(1.0, 0.2), (2.0, 0.3), (7.0, 0.5)]).expect("a distribution");
        let mut values: Vec<f64> = (0..1_000).map(|step| (f64::from(step) + 0.5) / 1_000.0).collect();
        dice.quantiles(&mut values);
        assert_eq!(values.iter().filter(|value| **value == 2.0).count(), 300);
        let cut = dice.within(0.0, 2.0).expect("two values are left");
        assert_eq!(cut.below(1.0), 0.4);
    }

    #[test]
    fn numbers_that_make_no_distribution_are_refused() {
        assert_eq!(Marginal::uniform(2.0, 2.0), Err(MarginalError::EmptyRange));
        assert_eq!(Marginal::uniform(f64::NAN, 2.0), Err(MarginalError::Missing));
        assert_eq!(Marginal::pert(0.0, 3.0, 2.0), Err(MarginalError::ModeOutside));
        assert_eq!(Marginal::normal(0.0, 0.0), Err(MarginalError::NoSpread));
        assert_eq!(Marginal::lognormal_between(-1.0, 2.0), Err(MarginalError::NotPositive));
        assert_eq!(Marginal::discrete(&[(1.0, 0.5)]), Err(MarginalError::Probabilities));
        let far = Marginal::normal(0.0, 1.0).and_then(|whole| whole.within(9.0, 10.0));
        assert_eq!(far, Err(MarginalError::NothingWithin));
    }
}
