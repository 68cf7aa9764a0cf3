//! Numbers of a YAML file with their text: `7.100` is 7.1 to YAML, and may have been seven thousand to its author.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_yaml::value::{Tag, TaggedValue};
use serde_yaml::{Mapping, Value};

/// The mark of a number that carries its text; no file can write it, as a tag has no blanks.
const NUMBER: &str = "number as written";

/// A file's values without their tags; each number is kept as it is written, and [`text`] gives it.
pub fn as_written(text: &str) -> Result<Value, serde_yaml::Error> {
    let read: Value = serde_yaml::from_str(text)?;
    Written(&read).deserialize(serde_yaml::Deserializer::from_str(text))
}

/// The number of a value of [`as_written`] and its text.
pub fn text(value: &Value) -> Option<(f64, &str)> {
    match value {
        Value::Tagged(tagged) if tagged.tag == NUMBER => {
            let pair = tagged.value.as_sequence()?;
            Some((pair.first()?.as_f64()?, pair.get(1)?.as_str()?))
        }
        _ => None,
    }
}

/// Reads a value that is known already, for the texts of its numbers.
struct Written<'v>(&'v Value);

impl<'d> DeserializeSeed<'d> for Written<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'d>>(self, source: D) -> Result<Value, D::Error> {
        match self.0 {
            Value::Number(_) => source.deserialize_str(self),
            Value::Mapping(_) => source.deserialize_map(self),
            Value::Sequence(_) => source.deserialize_seq(self),
            Value::Tagged(_) => source.deserialize_any(self),
            Value::Null | Value::Bool(_) | Value::String(_) => serde::Deserialize::deserialize(source),
        }
    }
}

impl<'d> Visitor<'d> for Written<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the value that was read before")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        let pair = vec![self.0.clone(), Value::String(text.to_string())];
        Ok(Value::Tagged(Box::new(TaggedValue { tag: Tag::new(NUMBER), value: Value::Sequence(pair) })))
    }

    fn visit_map<A: MapAccess<'d>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut made = Mapping::new();
        for (key, value) in self.0.as_mapping().into_iter().flatten() {
            let Some(key) = map.next_key_seed(Written(key))? else { break };
            // Two keys may differ in their tags alone.
            if made.insert(key, map.next_value_seed(Written(value))?).is_some() {
                return Err(A::Error::custom("duplicate key, if its tag is left out"));
            }
        }
        Ok(Value::Mapping(made))
    }

    /// A tagged value is read as if it had no tag.
    fn visit_enum<A: EnumAccess<'d>>(self, data: A) -> Result<Value, A::Error> {
        let (_, value) = data.variant::<IgnoredAny>()?;
        match self.0 {
            Value::Tagged(tagged) => value.newtype_variant_seed(Written(&tagged.value)),
            plain => value.newtype_variant_seed(Written(plain)),
        }
    }

    fn visit_seq<A: SeqAccess<'d>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut made = Vec::new();
        for value in self.0.as_sequence().into_iter().flatten() {
            made.extend(list.next_element_seed(Written(value))?);
        }
        Ok(Value::Sequence(made))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_text() {
        let text_of = |written: &str| {
            let value = as_written(&format!("a: &it {written}\nb: *it\n")).unwrap();
            assert_eq!(value["a"], value["b"]);
            text(&value["a"]).map(|(number, text)| (number, text.to_string()))
        };
        assert_eq!(text_of("7.100"), Some((7.1, "7.100".to_string())));
        assert_eq!(text_of("1e3"), Some((1000.0, "1e3".to_string())));
        assert_eq!(text_of("0x10"), Some((16.0, "0x10".to_string())));
        assert_eq!([text_of("1_000"), text_of("1:30"), text_of("yes"), text_of("007")], [None, None, None, None]);
    }
}
