//! Paths that a book writes to: what keeps one from being plain.

/// What keeps a path from being one of a plain file, or of a folder, below where it is said; nothing if it is one.
pub fn fault_of_path(path: &str) -> Option<&'static str> {
    let parts: Vec<&str> = path.split('/').collect();
    let some = |is: fn(&&str) -> bool| parts.iter().any(is);
    if path.contains(['\\', ':', '<', '>', '"', '|', '?', '*']) || path.chars().any(char::is_control) {
        Some("it has a letter that is no part of a path everywhere")
    } else if some(|part| matches!(*part, "." | "..")) {
        Some("it leads up or stays where it is with `.` or `..`")
    } else if some(|part| part.starts_with('.')) {
        Some("a name in it begins with a dot")
    } else if some(|part| part.trim().is_empty() || part.ends_with(['.', ' '])) {
        Some("a name in it is empty, or ends with a dot or a blank")
    } else if some(|part| DEVICES.contains(&part.split('.').next().unwrap_or_default().to_lowercase().as_str())) {
        Some("a name in it is that of a device on some machines")
    } else {
        None
    }
}

/// Names that are no files on Windows, whatever stands behind their dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];

#[cfg(test)]
mod tests {
    use super::fault_of_path;

    #[test]
    fn plain_paths_lead_down() {
        assert!(fault_of_path("memo.md").is_none() && fault_of_path("docs/notes").is_none());
        for path in [
            ".git/config",
            "a/.hidden",
            "/etc/x",
            "",
            "a//b",
            "a/",
            "C:x",
            "a\\b",
            "a/../x",
            "x ",
            "x.",
            "a\n",
            "a?b",
            "con",
            "aux.md",
        ] {
            assert!(fault_of_path(path).is_some(), "{path}");
        }
    }
}
