//! Every code with its page; written by `tests/error_pages.rs`.

/// Every code with its page, sorted by the page's name.
#[rustfmt::skip]
pub const PAGES: &[(&str, &str)] = &[
    ("syntax::after_item", include_str!("../../docs/errors/syntax-after_item.md")),
    ("syntax::clause_order", include_str!("../../docs/errors/syntax-clause_order.md")),
    ("syntax::clause_twice", include_str!("../../docs/errors/syntax-clause_twice.md")),
    ("syntax::digit_groups", include_str!("../../docs/errors/syntax-digit_groups.md")),
    ("syntax::expected", include_str!("../../docs/errors/syntax-expected.md")),
    ("syntax::glued_unit", include_str!("../../docs/errors/syntax-glued_unit.md")),
    ("syntax::indented", include_str!("../../docs/errors/syntax-indented.md")),
    ("syntax::misplaced", include_str!("../../docs/errors/syntax-misplaced.md")),
    ("syntax::period_suffix", include_str!("../../docs/errors/syntax-period_suffix.md")),
    ("syntax::reserved", include_str!("../../docs/errors/syntax-reserved.md")),
    ("syntax::reserved_word", include_str!("../../docs/errors/syntax-reserved_word.md")),
    ("syntax::scale", include_str!("../../docs/errors/syntax-scale.md")),
    ("syntax::stray_brace", include_str!("../../docs/errors/syntax-stray_brace.md")),
    ("syntax::stray_bracket", include_str!("../../docs/errors/syntax-stray_bracket.md")),
    ("syntax::too_deep", include_str!("../../docs/errors/syntax-too_deep.md")),
    ("syntax::too_large", include_str!("../../docs/errors/syntax-too_large.md")),
    ("syntax::too_long", include_str!("../../docs/errors/syntax-too_long.md")),
    ("syntax::too_many", include_str!("../../docs/errors/syntax-too_many.md")),
    ("syntax::unclosed_block", include_str!("../../docs/errors/syntax-unclosed_block.md")),
    ("syntax::unclosed_bracket", include_str!("../../docs/errors/syntax-unclosed_bracket.md")),
    ("syntax::unclosed_text", include_str!("../../docs/errors/syntax-unclosed_text.md")),
    ("syntax::unknown_item", include_str!("../../docs/errors/syntax-unknown_item.md")),
    ("syntax::version", include_str!("../../docs/errors/syntax-version.md")),
];
