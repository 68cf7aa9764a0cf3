//! Settings: a flat map of words, as a configuration file holds them.

use serde_yaml::Value;

use super::DataError;

/// Every key with its words, in the order of the file; a single word is a list of one.
pub fn settings(bytes: &[u8]) -> Result<Vec<(String, Vec<String>)>, DataError> {
    let whole: Value = serde_yaml::from_str(super::text(bytes)?)
        .map_err(|error| DataError::Unreadable { reason: error.to_string() })?;
    match whole {
        Value::Null => Ok(Vec::new()),
        Value::Mapping(map) => map.iter().map(|(key, value)| Ok((word(key)?, words(value)?))).collect(),
        _ => Err(unreadable("it is not a map of settings")),
    }
}

fn words(value: &Value) -> Result<Vec<String>, DataError> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Sequence(list) => list.iter().map(word).collect(),
        single => Ok(vec![word(single)?]),
    }
}

fn word(value: &Value) -> Result<String, DataError> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(yes) => Ok(yes.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(unreadable("a setting is a word or a list of words")),
    }
}

fn unreadable(reason: &str) -> DataError {
    DataError::Unreadable { reason: reason.to_string() }
}
