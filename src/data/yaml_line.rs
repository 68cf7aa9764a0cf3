//! On which line of a YAML file a row or a cell stands: the file is read again up to it, and where that stops is the line.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_yaml::Value;

/// One step on the way to a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    Key(String),
    /// An entry of a list, or of a map of rows.
    At(usize),
}

/// The line of the value at the end of a way; nothing if the way does not lead to one.
pub fn line_of(text: &str, way: &[Step]) -> Option<usize> {
    let found = Cell::new(false);
    let stopped = Seek { way, found: &found }.deserialize(serde_yaml::Deserializer::from_str(text)).err()?;
    stopped.location().filter(|_| found.get()).map(|place| place.line())
}

/// Reads until the value, and refuses that.
struct Seek<'w> {
    way: &'w [Step],
    found: &'w Cell<bool>,
}

impl Seek<'_> {
    /// Refuses the value if the way ends here.
    fn here<E: Error>(&self) -> Result<(), E> {
        if self.way.is_empty() {
            self.found.set(true);
            return Err(E::custom("here"));
        }
        Ok(())
    }

    fn leads_to(&self, at: usize, key: Option<&Value>) -> bool {
        match self.way.first() {
            Some(Step::At(wanted)) => *wanted == at,
            Some(Step::Key(wanted)) => key.and_then(|key| super::yaml::name(key).ok()).as_ref() == Some(wanted),
            None => false,
        }
    }

    fn next(&self) -> Seek<'_> {
        Seek { way: self.way.get(1..).unwrap_or(&[]), found: self.found }
    }
}

impl<'d> DeserializeSeed<'d> for Seek<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'d>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_any(self)
    }
}

impl<'d> Visitor<'d> for Seek<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'d>>(self, mut map: A) -> Result<(), A::Error> {
        self.here()?;
        let mut at = 0;
        while let Some(key) = map.next_key::<Value>()? {
            match self.leads_to(at, Some(&key)) {
                true => map.next_value_seed(self.next())?,
                false => _ = map.next_value::<IgnoredAny>()?,
            }
            at += 1;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'d>>(self, mut list: A) -> Result<(), A::Error> {
        self.here()?;
        let mut at = 0;
        loop {
            let more = match self.leads_to(at, None) {
                true => list.next_element_seed(self.next())?.is_some(),
                false => list.next_element::<IgnoredAny>()?.is_some(),
            };
            if !more {
                return Ok(());
            }
            at += 1;
        }
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        self.here()
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        self.here()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        self.here()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        self.here()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        self.here()
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.here()
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, line_of};

    #[test]
    fn a_cell_and_a_row_have_a_line() {
        let text = "# chips\nchips:\n  A100:\n    tdp: 400\n    mem: [80,\n      nv]\n  H20: {tdp: 70%}\n";
        let key = |name: &str| Step::Key(name.to_string());
        assert_eq!(line_of(text, &[key("chips"), Step::At(0)]), Some(4));
        assert_eq!(line_of(text, &[key("chips"), Step::At(0), key("mem"), Step::At(1)]), Some(6));
        assert_eq!(line_of(text, &[key("chips"), Step::At(1), key("tdp")]), Some(7));
        assert_eq!(line_of(text, &[key("chips"), Step::At(2)]), None);
        assert_eq!(line_of("- {a: 1}\n- {a: x}\n", &[Step::At(1), key("a")]), Some(2));
    }
}
