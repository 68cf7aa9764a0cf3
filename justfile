# The usual steps, by short names.

# What can be done.
default:
    @just --list

# Format, lints, tests.
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    cargo test

# Take over what came out: pages, then snapshots. Read the diff before you commit it.
accept:
    ACCEPT=1 cargo test --test documents
    INSTA_UPDATE=always cargo test

# Put the code and the books into their one style.
fmt:
    cargo fmt
    cargo run -q -- fmt scenarios

# Check every book and hold it against its published figures and its reports.
books:
    for book in scenarios/*/; do cargo run -q -- check "$book" && cargo run -q -- reconcile "$book" && cargo run -q -- report --check "$book"; done

# How fast it is.
bench:
    cargo bench

# Licences, sources and advisories of everything we depend on.
deny:
    .ci/deny
