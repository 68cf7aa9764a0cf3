//! `Period`: one step of time, actual or estimated; `Frequency`: how long it is.

use std::fmt;

use thiserror::Error;

/// How long a period is; longer ones are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
    Month,
    Quarter,
    Half,
    Annual,
}

impl Frequency {
    /// How many of them make a fiscal year.
    pub fn per_year(self) -> i32 {
        match self {
            Frequency::Annual => 1,
            Frequency::Half => 2,
            Frequency::Quarter => 4,
            Frequency::Month => 12,
        }
    }

    /// The frequency of a calendar's word: `annual`, `half`, `quarter`, `month`.
    pub fn from_word(word: &str) -> Option<Frequency> {
        match word {
            "annual" => Some(Frequency::Annual),
            "half" => Some(Frequency::Half),
            "quarter" => Some(Frequency::Quarter),
            "month" => Some(Frequency::Month),
            _ => None,
        }
    }

    /// The calendar's word for it.
    pub fn word(self) -> &'static str {
        match self {
            Frequency::Annual => "annual",
            Frequency::Half => "half",
            Frequency::Quarter => "quarter",
            Frequency::Month => "month",
        }
    }
}

/// One step of time: fiscal year 2026, its second half, March of it.
///
/// `ordinal` counts periods of its frequency from year 0, so neighbours differ by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    pub frequency: Frequency,
    pub ordinal: i32,
    pub estimated: bool,
}

/// Why a text is no period.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("`{text}` is not a period")]
pub struct PeriodError {
    pub text: String,
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Period {
    /// Reads `2025A`, `1H26E`, `3Q27E`, `Jan26E`; years of two digits are of this century.
    pub fn parse(text: &str) -> Result<Period, PeriodError> {
        read(text).ok_or_else(|| PeriodError { text: text.to_string() })
    }

    /// The fiscal year it is in.
    pub fn year(self) -> i32 {
        self.ordinal.div_euclid(self.frequency.per_year())
    }

    /// Which one of its year it is, from 0; for months this is the calendar month.
    pub fn part(self) -> i32 {
        self.ordinal.rem_euclid(self.frequency.per_year())
    }

    /// The number of a month from its three letters, from 0.
    pub fn month_of(word: &str) -> Option<i32> {
        MONTHS.iter().position(|month| *month == word).map(|at| at as i32)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, part) = (self.year(), self.part());
        let short = year.rem_euclid(100);
        match self.frequency {
            Frequency::Annual => write!(f, "{year}")?,
            Frequency::Half => write!(f, "{}H{short:02}", part + 1)?,
            Frequency::Quarter => write!(f, "{}Q{short:02}", part + 1)?,
            Frequency::Month => write!(f, "{}{short:02}", MONTHS[part as usize])?,
        }
        f.write_str(if self.estimated { "E" } else { "A" })
    }
}

fn read(text: &str) -> Option<Period> {
    let estimated = match text.as_bytes().last()? {
        b'A' => false,
        b'E' => true,
        _ => return None,
    };
    let body = text.get(..text.len() - 1)?;
    let (frequency, part, year) = if body.len() == 4 && body.bytes().all(|byte| byte.is_ascii_digit()) {
        (Frequency::Annual, 0, body.parse().ok()?)
    } else if let Some(month) = body.get(..3).and_then(Period::month_of) {
        (Frequency::Month, month, year_of(body.get(3..)?)?)
    } else {
        let number = body.get(..1)?.parse::<i32>().ok()?;
        let frequency = match body.get(1..2)? {
            "H" => Frequency::Half,
            "Q" => Frequency::Quarter,
            _ => return None,
        };
        (1..=frequency.per_year()).contains(&number).then_some((frequency, number - 1, year_of(body.get(2..)?)?))?
    };
    Some(Period { frequency, ordinal: year * frequency.per_year() + part, estimated })
}

fn year_of(digits: &str) -> Option<i32> {
    let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<i32>().ok()).flatten()?;
    match digits.len() {
        2 => Some(2000 + number),
        4 => Some(number),
        _ => None,
    }
}
