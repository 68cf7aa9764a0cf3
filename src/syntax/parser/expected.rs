//! What was expected, in the reader's words: rules to words, and mistakes that deserve words of their own.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::Rule;
use super::{habits, mistakes};
use crate::syntax::error::SyntaxError;
use crate::syntax::words::nearest;
use crate::text::Span;

/// The words an item may begin with, for help.
pub(super) const ITEMS: &str = "an item begins with `use`, `model`, `calendar`, `source`, `fx`, `unit`, `kind`, `fn`, `table`, `data`, \
    `case`, `report`, a study such as `grid`, a line such as `given`, `assume`, `derive`, `check`, or with the name of a kind";

/// Says why a line could not be read; `start` is where it begins in the file.
pub(super) fn explain(rule: Rule, text: &str, error: &Error<Rule>, start: u32) -> SyntaxError {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at.min(text.len()),
    };
    let rules: &[Rule] = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => &[],
    };
    if let Some((word, help)) = habits::first_word(rule, text) {
        let span = Span::new(0, word.len()).shifted(start);
        let what = if rule == Rule::case_line { "what the line changes" } else { "a word that begins a line here" };
        let (expected, found) = (what.to_string(), format!("`{word}` stands here"));
        return SyntaxError::Expected { expected, found, span, help: Some(help) };
    }
    if let Some(mistake) = mistakes::known(text, at, rules, start) {
        return mistake;
    }
    let (found, length) = mistakes::found(text, at);
    let place = place(text, at, length);
    let help = mistakes::advice(text, at, rules).or_else(|| slip(place.of(text), rules));
    SyntaxError::Expected { expected: listed(rules), found, span: place.shifted(start), help }
}

/// The word of the language that a word is a slip of, among those that may stand here.
fn slip(word: &str, rules: &[Rule]) -> Option<String> {
    let said = rules.iter().filter_map(|rule| describe(*rule)).filter(|text| !text.contains("such as"));
    let words = said.flat_map(|text| text.split('`').skip(1).step_by(2)).filter(|word| !word.contains(' '));
    let is_word = word.len() > 2 && word.bytes().all(|letter| letter.is_ascii_alphabetic());
    let near = is_word.then(|| nearest(word, words.filter(|other| other.len() > 2))).flatten()?;
    Some(format!("did you mean `{near}`?"))
}

/// A place to point at; where the text ends, its last letter.
fn place(text: &str, at: usize, length: usize) -> Span {
    if length > 0 {
        return Span::new(at, at + length);
    }
    let end = text[..at].trim_end().len();
    let last = text[..end].chars().next_back().map_or(0, char::len_utf8);
    Span::new(end - last, end)
}

/// The first words of a line.
pub(super) fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    match line.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_string(),
    }
}

/// `a name, a number or the end of the line`
fn listed(rules: &[Rule]) -> String {
    let mut words: Vec<&str> = vec![];
    for word in rules.iter().filter_map(|rule| describe(*rule)) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    shorten(&mut words);
    words.sort_by_key(|word| (*word == END, !word.starts_with('a')));
    match words.split_last() {
        Some((last, [])) => (*last).to_string(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => "something else here".to_string(),
    }
}

/// Many clauses are one word for the reader, and an operator or an expression speaks for its special forms.
fn shorten(words: &mut Vec<&str>) {
    if words.iter().filter(|word| CLAUSES.contains(word)).count() > 2 {
        words.retain(|word| !CLAUSES.contains(word));
        words.push("a clause such as `from`, `by`, `because`");
    }
    if words.contains(&OPERATOR) {
        words.retain(|word| !["`in`", "`under`"].contains(word));
    }
    if words.contains(&EXPRESSION) {
        words.retain(|word| !SPECIAL_EXPRESSIONS.contains(word));
    }
}

const CLAUSES: [&str; 12] = [
    "`allow`",
    "`from`",
    "`implied by`",
    "`by`",
    "`because`",
    "`range`",
    "a shape",
    "`within`",
    "`as printed`",
    "`case`",
    "`disputed`",
    "`linear`, `geometric` or `step`",
];
const SPECIAL_EXPRESSIONS: [&str; 6] = [
    "a period such as `2026E`",
    "a date such as `2026-03-31`",
    "a text in quotes",
    "`NM`, `NA`, `ND` or `X`",
    "`low`",
    "`high`",
];
const END: &str = "the end of the line";
const EXPRESSION: &str = "an expression";
const OPERATOR: &str = "an operator";
const NAME: &str = "a name";

/// What a rule is called; nothing if another rule says it better.
fn describe(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::EOI => END,
        Rule::file | Rule::item | Rule::head | Rule::block | Rule::block_line | Rule::case_block | Rule::case_row => {
            "an item"
        }
        Rule::study_head
        | Rule::head_joint
        | Rule::study_block
        | Rule::study_row
        | Rule::kept
        | Rule::kept_word
        | Rule::braces
        | Rule::study_word => "an item",
        Rule::comment
        | Rule::WHITESPACE
        | Rule::odd_blank
        | Rule::gap
        | Rule::joint
        | Rule::case_joint
        | Rule::study_joint
        | Rule::waiting => return None,
        Rule::next_line | Rule::continuation | Rule::operation => return None,
        Rule::quoted | Rule::bracketed | Rule::inside | Rule::blanks | Rule::binder_ahead | Rule::reserved => {
            return None;
        }
        Rule::version_head | Rule::use_head | Rule::model_head | Rule::calendar_head | Rule::source_head => "an item",
        Rule::fx_head | Rule::unit_head | Rule::kind_head | Rule::entity_head | Rule::function_head => "an item",
        Rule::table_head | Rule::data_head | Rule::case_head | Rule::report_head => "an item",
        Rule::grid_head | Rule::tornado_head | Rule::simulate_head => "an item",
        Rule::calibrate_head | Rule::bridge_head | Rule::discover_head => "an item",
        Rule::asked => "`of`",
        Rule::study_line | Rule::levels_line | Rule::levels => "a line of a study such as `co.ps = 6x..14x step 2x`",
        Rule::cases_line => "`case`",
        Rule::over_line => "`over`",
        Rule::pin_line => "`pin`",
        Rule::paths => "a path such as `co.ke`",
        Rule::free_line => "`free`",
        Rule::vary_line => "`vary`",
        Rule::correlate_line => "`correlate`",
        Rule::report_words => "`report`",
        Rule::statistic => "a statistic such as `mean` or `q95`",
        Rule::probability_line => "`probability`",
        Rule::settings_line | Rule::setting | Rule::draws => "`draws`",
        Rule::seed => "`seed`",
        Rule::sampling => "`sampling`",
        Rule::support => "`support`",
        Rule::importance => "`importance`",
        Rule::indices => "`indices`",
        Rule::count => "a whole number",
        Rule::said_line => "`by`",
        Rule::by_step => "`step`",
        Rule::by_count => "`in`",
        Rule::spread | Rule::between => "a spread such as `9..14` or `normal sd 2`",
        Rule::normal => "`normal`",
        Rule::lognormal => "`lognormal`",
        Rule::discrete | Rule::chance => "`discrete`",
        Rule::truncated => "`within`",
        Rule::implied => "`implied by`",
        Rule::frequency => "`annual`, `half`, `quarter` or `month`",
        Rule::period_range => "a range such as `2025A..2037E`",
        Rule::medium => "`file`, `url` or `document`",
        Rule::dated => "`dated`",
        Rule::accessed => "`accessed`",
        Rule::stale => "`stale after`",
        Rule::currency => "a currency such as `CNY`",
        Rule::fx_average => "`average`",
        Rule::fx_closing => "`closing`",
        Rule::fx_on => "`on`",
        Rule::parameter => "a parameter",
        Rule::data_format => "`yaml` or `csv`",
        Rule::model_line | Rule::field => "a field such as `currency CNY`",
        Rule::field_value => "the field's value",
        Rule::function_line => "`let` or the function's value",
        Rule::let_line => "`let`",
        Rule::report_line | Rule::binding => "a binding such as `subject = co`",
        Rule::data_line | Rule::data_column => "a column such as `given memory: GB = \"mem\"`",
        Rule::ignore_line => "`ignore`",
        Rule::source_column => "`from column`",
        Rule::case_line | Rule::assignment_line => "a change such as `co.ke = 11%`",
        Rule::path => "a path such as `co.ke`",
        Rule::set => "`=`",
        Rule::low => "`low`",
        Rule::high => "`high`",
        Rule::candidate => "`from`",
        Rule::plus => "`+`",
        Rule::minus => "`-`",
        Rule::times => "`*`",
        Rule::columns_line => "`columns`",
        Rule::column => "the name of a column",
        Rule::row_label => "the label of an entity",
        Rule::rows_line => "`rows`",
        Rule::row_line | Rule::row_head => "a row",
        Rule::row_sign => "`=` or `~`",
        Rule::cell | Rule::literal | Rule::no_cell | Rule::minus_sign => "a cell: a value, a missing value or `.`",
        Rule::line | Rule::definition => "a line",
        Rule::inputs => "`in`",
        Rule::input => "an input such as `die: mm2`",
        Rule::check => "`check`",
        Rule::reconcile => "`reconcile`",
        Rule::printed | Rule::at_most => EXPRESSION,
        Rule::bound => "a number",
        Rule::claim => "`claim`",
        Rule::hole => "a hole such as `premium = a / b - 1`",
        Rule::format | Rule::format_word => "a format such as `0.0%`",
        Rule::output | Rule::output_value => "`output`",
        Rule::name_index => "`[`",
        Rule::unit_pin => "`:` and a unit",
        Rule::yes_no_type => "`yes/no`",
        Rule::text_type => "`text`",
        Rule::verb => "`given`, `assume` or `derive`",
        Rule::series => "a kind of series: `flow`, `stock`, `ratio`, `rate` or `price`",
        Rule::value | Rule::pieces | Rule::piece | Rule::periods => "a value",
        Rule::interpolation => "`linear`, `geometric` or `step`",
        Rule::clause => "a clause",
        Rule::range => "`range`",
        Rule::shape => "a shape",
        Rule::from => "`from`",
        Rule::locator | Rule::locator_word => "a locator such as `p 41`",
        Rule::locator_value => "a number",
        Rule::by => "`by`",
        Rule::because => "`because`",
        Rule::within => "`within`",
        Rule::as_printed => "`as printed`",
        Rule::case_clause => "`case`",
        Rule::disputed => "`disputed`",
        Rule::allowed => "`allow`",
        Rule::code => "the code of a hint, such as `hint::sign`",
        Rule::expression_line | Rule::expression | Rule::conditional | Rule::operand | Rule::prefix => EXPRESSION,
        Rule::primary | Rule::paren | Rule::hole_mark | Rule::missing | Rule::yes_no | Rule::call => EXPRESSION,
        Rule::callee | Rule::argument | Rule::over_kind | Rule::binder | Rule::quantity | Rule::reference => EXPRESSION,
        Rule::infix | Rule::in_unit | Rule::under => OPERATOR,
        Rule::shift => "`prev` or `next`",
        Rule::dots => "`..`",
        Rule::skip => "`skip`",
        Rule::missing_code => "`NM`, `NA`, `ND` or `X`",
        Rule::number | Rule::exponent | Rule::integer => "a number",
        Rule::mark | Rule::scale | Rule::unit | Rule::unit_factor => "a unit",
        Rule::unit_spec => "a unit such as `USD/chip`",
        Rule::unit_name => "the unit's name",
        Rule::unit_stop
        | Rule::word_char
        | Rule::ident
        | Rule::month_name
        | Rule::plain_letter
        | Rule::field_of
        | Rule::index => {
            return None;
        }
        Rule::date => "a date such as `2026-03-31`",
        Rule::period => "a period such as `2026E`",
        Rule::month => "a month such as `Dec`",
        Rule::string => "a text in quotes",
        Rule::name | Rule::dotted => NAME,
        Rule::kw_about => "`about`",
        Rule::kw_accessed => "`accessed`",
        Rule::kw_after => "`after`",
        Rule::kw_alert => "`alert`",
        Rule::kw_allow => "`allow`",
        Rule::kw_also => "`also`",
        Rule::kw_as => "`as`",
        Rule::kw_at => "`at`",
        Rule::kw_because => "`because`",
        Rule::kw_bridge => "`bridge`",
        Rule::kw_by => "`by`",
        Rule::kw_calendar => "`calendar`",
        Rule::kw_calibrate => "`calibrate`",
        Rule::kw_case => "`case`",
        Rule::kw_cases => "`cases`",
        Rule::kw_check => "`check`",
        Rule::kw_claim => "`claim`",
        Rule::kw_column => "`column`",
        Rule::kw_columns => "`columns`",
        Rule::kw_correlate => "`correlate`",
        Rule::kw_d => "`d`",
        Rule::kw_data => "`data`",
        Rule::kw_dated => "`dated`",
        Rule::equals => "`=`",
        Rule::colon => "`:` and a unit",
        Rule::skip_line => "`skip`",
        Rule::kw_decimal | Rule::decimal => "`decimal`",
        Rule::kw_discover => "`discover`",
        Rule::kw_discrete => "`discrete`",
        Rule::kw_disputed => "`disputed`",
        Rule::kw_draws => "`draws`",
        Rule::kw_else => "`else`",
        Rule::kw_ending => "`ending`",
        Rule::kw_fn => "`fn`",
        Rule::kw_for => "`for`",
        Rule::kw_format => "`format`",
        Rule::kw_free => "`free`",
        Rule::kw_from => "`from`",
        Rule::kw_fx => "`fx`",
        Rule::kw_grid => "`grid`",
        Rule::kw_if => "`if`",
        Rule::kw_ignore => "`ignore`",
        Rule::kw_implied => "`implied by`",
        Rule::kw_importance => "`importance`",
        Rule::kw_in => "`in`",
        Rule::kw_indices => "`indices`",
        Rule::kw_kind => "`kind`",
        Rule::kw_let => "`let`",
        Rule::kw_levels => "`levels`",
        Rule::kw_like => "`like`",
        Rule::kw_lognormal => "`lognormal`",
        Rule::kw_mean => "`mean`",
        Rule::kw_missing => "`missing`",
        Rule::kw_mode => "`mode`",
        Rule::kw_model => "`model`",
        Rule::kw_mu => "`mu`",
        Rule::kw_next => "`next`",
        Rule::kw_normal => "`normal`",
        Rule::kw_of => "`of`",
        Rule::kw_on => "`on`",
        Rule::kw_optional => "`optional`",
        Rule::kw_output => "`output`",
        Rule::kw_over => "`over`",
        Rule::kw_period => "`period`",
        Rule::kw_pin => "`pin`",
        Rule::kw_prev => "`prev`",
        Rule::kw_prob => "`prob`",
        Rule::kw_probability => "`probability`",
        Rule::kw_range => "`range`",
        Rule::kw_reconcile => "`reconcile`",
        Rule::kw_report => "`report`",
        Rule::kw_rows => "`rows`",
        Rule::kw_sampling => "`sampling`",
        Rule::kw_scn => "`scn`",
        Rule::kw_sd => "`sd`",
        Rule::kw_seed => "`seed`",
        Rule::kw_sigma => "`sigma`",
        Rule::kw_simulate => "`simulate`",
        Rule::kw_skip => "`skip`",
        Rule::kw_source => "`source`",
        Rule::kw_stale => "`stale`",
        Rule::kw_step => "`step`",
        Rule::kw_stream => "`stream`",
        Rule::kw_support => "`support`",
        Rule::kw_table => "`table`",
        Rule::kw_template => "`template`",
        Rule::kw_then => "`then`",
        Rule::kw_to => "`to`",
        Rule::kw_tornado => "`tornado`",
        Rule::kw_under => "`under`",
        Rule::kw_unit => "`unit`",
        Rule::kw_use => "`use`",
        Rule::kw_vary => "`vary`",
        Rule::kw_when => "`when`",
        Rule::kw_where => "`where`",
        Rule::kw_with => "`with`",
        Rule::kw_within => "`within`",
    })
}
