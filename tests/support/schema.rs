//! JSON Schema, as far as the published schemas use it.

/// Holds a value against the part of JSON Schema that the file uses.
pub fn hold(
    root: &serde_json::Value,
    schema: &serde_json::Value,
    value: &serde_json::Value,
    at: &str,
    wrong: &mut Vec<String>,
) {
    if let Some(name) = schema["$ref"].as_str() {
        let pointer = name.trim_start_matches('#');
        return hold(root, root.pointer(pointer).expect("a definition"), value, at, wrong);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let fits = |schema: &serde_json::Value| {
            let mut inner = Vec::new();
            hold(root, schema, value, at, &mut inner);
            inner.is_empty()
        };
        if !any.iter().any(fits) {
            wrong.push(format!("{at} fits none"));
        }
    }
    if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        wrong.push(format!("{at} is {value}"));
    }
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => value.is_null(),
    };
    let names: Vec<&str> = match &schema["type"] {
        serde_json::Value::String(name) => vec![name],
        serde_json::Value::Array(names) => names.iter().filter_map(|name| name.as_str()).collect(),
        _ => Vec::new(),
    };
    if !names.is_empty() && !names.iter().any(|name| is(name)) {
        wrong.push(format!("{at} is {value}, not {names:?}"));
    }
    for key in schema["required"].as_array().into_iter().flatten().filter_map(|key| key.as_str()) {
        if value.get(key).is_none() {
            wrong.push(format!("{at}.{key} is missing"));
        }
    }
    for (key, part) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(key) {
            Some(schema) => hold(root, schema, part, &format!("{at}.{key}"), wrong),
            None if schema["properties"].is_object() => wrong.push(format!("{at}.{key} is not in the schema")),
            None => {}
        }
    }
    for (index, part) in value.as_array().into_iter().flatten().enumerate() {
        hold(root, &schema["items"], part, &format!("{at}[{index}]"), wrong);
    }
}
