//! `Decimal`: the shortest decimal that reads back to a number, and its one rounding: halves away from zero.

/// The decimal as which a number is known: of all that read back to its bits, the one with the fewest digits.
///
/// Everything that rounds a number rounds this, so that 1.005 to two places is 1.01 although its bits lie below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    /// From the first that is not 0; none for 0.
    digits: Vec<u8>,
    /// The power of ten of the first digit.
    first: i32,
}

impl Decimal {
    /// The decimal of a number; nothing for what is not finite.
    pub fn of(number: f64) -> Option<Decimal> {
        let text = number.is_finite().then(|| format!("{number:e}"))?;
        let (mantissa, power) = text.split_once('e')?;
        let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect();
        let negative = number < 0.0;
        let digits = if number == 0.0 { Vec::new() } else { digits };
        Some(Decimal { negative, digits, first: power.parse().ok()? })
    }

    /// Rounded to so many places after the point; to tens, hundreds and so on where they are negative.
    pub fn to_places(mut self, places: i32) -> Decimal {
        let kept = i64::from(self.first) + 1 + i64::from(places);
        let Ok(kept) = usize::try_from(kept) else { return self.zero() };
        let Some(dropped) = self.digits.get(kept).copied() else { return self };
        self.digits.truncate(kept);
        if dropped >= 5 {
            self.carry();
        }
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() { self.zero() } else { self }
    }

    /// Rounded to so many significant digits.
    pub fn to_digits(self, digits: usize) -> Decimal {
        let places = digits as i32 - 1 - self.first;
        self.to_places(places)
    }

    /// Multiplied by a power of ten.
    pub fn shifted(self, power: i32) -> Decimal {
        Decimal { first: self.first + power, ..self }
    }

    /// The power of ten of the first digit: 2 for 123, −1 for 0.5, 0 for 0.
    pub fn magnitude(&self) -> i32 {
        if self.digits.is_empty() { 0 } else { self.first }
    }

    /// The number nearest to it.
    pub fn number(&self) -> f64 {
        let digits: String = self.digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        let sign = if self.negative { "-" } else { "" };
        let last = self.first - self.digits.len() as i32 + 1;
        if digits.is_empty() { 0.0 } else { format!("{sign}{digits}e{last}").parse().unwrap_or(0.0) }
    }

    /// Its digits with so many places after the point, rounded to them: `-0.50`; nothing is negative that shows only zeros.
    pub fn fixed(self, places: usize) -> String {
        let rounded = self.to_places(places as i32);
        let digit = |power: i32| {
            let at = usize::try_from(rounded.first - power).ok();
            char::from(b'0' + at.and_then(|at| rounded.digits.get(at)).copied().unwrap_or(0))
        };
        let whole = (0..=rounded.magnitude().max(0)).rev().map(digit);
        let sign = (rounded.negative && !rounded.digits.is_empty()).then_some('-');
        let point = (places > 0).then_some('.');
        let fraction = (1..=places as i32).map(|place| digit(-place));
        sign.into_iter().chain(whole).chain(point).chain(fraction).collect()
    }

    /// Adds one to the last digit that is kept.
    fn carry(&mut self) {
        while let Some(digit) = self.digits.pop() {
            if digit < 9 {
                self.digits.push(digit + 1);
                return;
            }
        }
        self.digits.push(1);
        self.first += 1;
    }

    fn zero(self) -> Decimal {
        Decimal { negative: false, digits: Vec::new(), first: 0 }
    }
}

/// A number with so many places after the point: `1588.02`.
pub fn fixed(number: f64, places: usize) -> String {
    Decimal::of(number).map_or_else(|| number.to_string(), |decimal| decimal.fixed(places))
}

/// The number nearest to a number rounded to so many places after the point.
pub fn to_places(number: f64, places: i32) -> f64 {
    Decimal::of(number).map_or(number, |decimal| decimal.to_places(places).number())
}

/// The number nearest to a number rounded to so many significant digits.
pub fn to_digits(number: f64, digits: usize) -> f64 {
    Decimal::of(number).map_or(number, |decimal| decimal.to_digits(digits).number())
}

/// The power of ten of the first digit of a number that is rounded to so many: 9.995 has 1 with three digits.
pub fn magnitude(number: f64, digits: usize) -> i32 {
    Decimal::of(number).map_or(0, |decimal| decimal.to_digits(digits).magnitude())
}

/// A number with its point moved: no digit of its decimal changes.
pub fn shifted(number: f64, power: i32) -> f64 {
    if power == 0 { number } else { Decimal::of(number).map_or(number, |decimal| decimal.shifted(power).number()) }
}

/// A number as a digit, places and a power of ten: `1.25e12`.
pub fn scientific(number: f64, places: usize) -> String {
    let power = magnitude(number, places + 1);
    format!("{}e{power}", fixed(shifted(number, -power), places))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        let held = [
            (2.5, 0, "3"),
            (-2.5, 0, "-3"),
            (0.125, 2, "0.13"),
            (1.005, 2, "1.01"),
            (2.675, 2, "2.68"),
            (-1.005, 2, "-1.01"),
            (0.5, 0, "1"),
            (0.49999999999999994, 0, "0"),
            (9.995, 2, "10.00"),
            (99.5, 0, "100"),
            (0.05, 1, "0.1"),
            (0.04, 1, "0.0"),
            (-0.04, 1, "0.0"),
            (-0.0, 2, "0.00"),
            (1e21, 0, "1000000000000000000000"),
            (1.5e-9, 9, "0.000000002"),
            (123.456, 5, "123.45600"),
            (0.0051, 0, "0"),
        ];
        for (number, places, text) in held {
            assert_eq!(fixed(number, places), text, "{number} to {places} places");
        }
        assert_eq!((fixed(f64::INFINITY, 2), fixed(f64::NAN, 1)), ("inf".to_string(), "NaN".to_string()));
    }

    #[test]
    fn tens_and_digits() {
        assert_eq!((to_places(1250.0, -2), to_places(-55.0, -1), to_places(49.0, -2)), (1300.0, -60.0, 0.0));
        assert_eq!((to_places(1e300, 4), to_places(5e-324, 3), to_places(0.1 + 0.2, 17)), (1e300, 0.0, 0.1 + 0.2));
        assert_eq!((to_digits(9.995, 3), to_digits(0.001_234_5, 4), to_digits(0.0, 3)), (10.0, 0.001_235, 0.0));
        assert_eq!((magnitude(9.995, 3), magnitude(9.994, 3), magnitude(0.0, 3), magnitude(-0.05, 1)), (1, 0, 0, -2));
        assert_eq!((shifted(0.145, 2), shifted(1.005, -2), shifted(7.1, 9)), (14.5, 0.01005, 7.1e9));
        assert_eq!((scientific(1.25e12, 2), scientific(-9.999e-9, 2)), ("1.25e12".into(), "-1.00e-8".into()));
    }
}
