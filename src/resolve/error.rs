//! `ResolveError`: why a book's names and lines make no table of definitions.

use miette::Diagnostic;
use thiserror::Error;

use crate::text::Span;

/// What is wrong with files, names, clauses and blocks.
#[derive(Debug, Clone, PartialEq, Error, Diagnostic)]
pub enum ResolveError {
    /// A file or data file that cannot be had.
    #[error("cannot read `{path}`: {reason}")]
    #[diagnostic(
        code(resolve::unreadable),
        help("paths are relative to the file that names them, with `/` between folders")
    )]
    Unreadable {
        path: String,
        reason: String,
        #[label("named here")]
        span: Span,
    },
    /// More values than a model can hold at once.
    #[error("the book would hold {count} values, and {most} are the most")]
    #[diagnostic(code(resolve::too_many), help("{help}"))]
    TooMany {
        count: usize,
        most: usize,
        help: String,
        #[label("goes beyond them")]
        span: Span,
    },
    /// Files that use each other.
    #[error("these files use each other: {chain}")]
    #[diagnostic(
        code(resolve::recursive_use),
        help("all files of a book share one set of names, so let only the root use the others")
    )]
    RecursiveUse {
        chain: String,
        #[label("leads back")]
        span: Span,
    },
    /// One file in two sets of names.
    #[error("`{path}` is used twice, under two names")]
    #[diagnostic(code(resolve::used_twice), help("use it once, with one `as` or without"))]
    UsedTwice {
        path: String,
        #[label("second use")]
        span: Span,
    },
    /// An attribute that an entity or a kind does not have.
    #[error("`{owner}` has no `{name}`")]
    #[diagnostic(code(resolve::unknown), help("{help}"))]
    NoAttribute {
        owner: String,
        name: String,
        help: String,
        #[label("not defined anywhere")]
        span: Span,
    },
    /// A name without a definition.
    #[error("there is no {what} `{name}`")]
    #[diagnostic(code(resolve::unknown), help("{help}"))]
    Unknown {
        what: String,
        name: String,
        help: String,
        #[label("not defined anywhere")]
        span: Span,
    },
    /// Two definitions of one name.
    #[error("`{name}` is defined twice")]
    #[diagnostic(code(resolve::duplicate), help("{help}"))]
    Duplicate {
        name: String,
        help: String,
        #[label("defined again")]
        span: Span,
    },
    /// An exchange rate that none can be.
    #[error("{message}")]
    #[diagnostic(code(units::rate), help("{help}"))]
    Rate {
        message: String,
        help: String,
        #[label("no rate")]
        span: Span,
    },
    /// The same thing said twice.
    #[error("{what} is said twice")]
    #[diagnostic(code(resolve::twice), help("keep one of the two"))]
    Twice {
        what: String,
        #[label("said again")]
        span: Span,
    },
    /// An entity without some inputs of its kind.
    #[error("`{entity}` lacks {names}")]
    #[diagnostic(
        code(resolve::missing_inputs),
        help("give or assume each, or say `in optional` in the kind if an instance may leave it out")
    )]
    MissingInputs {
        entity: String,
        names: String,
        missing: Vec<String>,
        #[label("this {kind} lacks {names}")]
        span: Span,
        kind: String,
    },
    /// Entities that are like each other.
    #[error("`{name}` is like itself: {chain}")]
    #[diagnostic(code(resolve::like_cycle), help("let one of them hold its own lines"))]
    LikeCycle {
        name: String,
        chain: String,
        #[label("leads back")]
        span: Span,
    },
    /// An entity of another kind than is wanted.
    #[error("`{name}` is {found}, not {wanted}")]
    #[diagnostic(code(resolve::wrong_kind), help("{help}"))]
    WrongKind {
        name: String,
        found: String,
        wanted: String,
        help: String,
        #[label("{found}")]
        span: Span,
    },
    /// No model item, two of them, or a field that is none.
    #[error("{message}")]
    #[diagnostic(code(resolve::model), help("{help}"))]
    Model {
        message: String,
        help: String,
        #[label("here")]
        span: Span,
    },
    /// A text that is no date.
    #[error("`{text}` is not a date")]
    #[diagnostic(code(resolve::date), help("write year-month-day: 2026-03-31"))]
    Date {
        text: String,
        #[label("not a date")]
        span: Span,
    },
    /// A table whose shape does not make sense.
    #[error("{message}")]
    #[diagnostic(code(resolve::table), help("{help}"))]
    Table {
        message: String,
        help: String,
        #[label("{label}")]
        span: Span,
        label: String,
    },
    /// A range that would hold for several numbers, or for none that is written.
    #[error("{message}")]
    #[diagnostic(code(check::spread), help("{help}"))]
    SharedRange {
        message: String,
        help: String,
        #[label("whose range")]
        span: Span,
    },
    /// A data item that does not fit its file.
    #[error("{message}")]
    #[diagnostic(code(resolve::data), help("{help}"))]
    Data {
        message: String,
        help: String,
        #[label("{label}")]
        span: Span,
        label: String,
    },
    /// `over` where there is nothing to replace, or no `over` where there is.
    #[error("{message}")]
    #[diagnostic(code(resolve::over), help("{help}"))]
    Over {
        message: String,
        help: String,
        #[label("here")]
        span: Span,
    },
    /// Functions that call each other.
    #[error("functions may not call themselves: {chain}")]
    #[diagnostic(code(resolve::recursive_function), help("use a series with `[prev]` for what builds on itself"))]
    RecursiveFunction {
        chain: String,
        #[label("leads back to itself")]
        span: Span,
    },
    /// A source that has aged.
    #[error("source `{name}` is {days} days old on {as_of}, and is stale after {limit}")]
    #[diagnostic(code(resolve::stale), severity(warning), help("look for a newer one, or raise `stale after`"))]
    Stale {
        name: String,
        days: i32,
        limit: u32,
        as_of: String,
        #[label("stale")]
        span: Span,
    },
    /// Evidence of a day after the book's own.
    #[error("{what} is of {date}, after the book's own date, {as_of}")]
    #[diagnostic(
        code(resolve::later),
        severity(warning),
        help("a book rests on what is known on its `as_of`: mend one of the two dates, or look for earlier evidence")
    )]
    Later {
        what: String,
        date: String,
        as_of: String,
        #[label("later than the book")]
        span: Span,
    },
    /// A source that was read before it was written.
    #[error("source `{name}` was accessed on {accessed}, before its date, {dated}")]
    #[diagnostic(code(resolve::accessed), help("mend one of the two dates: a page is read after it is written"))]
    Accessed {
        name: String,
        accessed: String,
        dated: String,
        #[label("read before it was written")]
        span: Span,
    },
    /// An actual from a paper of before the period's end.
    #[error("{message}")]
    #[diagnostic(
        code(series::before_end),
        severity(warning),
        help("a paper cannot know how a period ends that is not over: cite a later one, or `assume` the value")
    )]
    BeforeEnd {
        message: String,
        #[label("from a paper of before the period's end")]
        span: Span,
    },
    /// A source or rate that nothing uses.
    #[error("{what} `{name}` is never used")]
    #[diagnostic(code(resolve::unused), severity(advice), help("remove it, or cite it"))]
    Unused {
        what: &'static str,
        name: String,
        #[label("not used")]
        span: Span,
    },
    /// A number in a formula that stands for something and does not say for what.
    #[error("nothing says what {number} is or where it is from")]
    #[diagnostic(
        code(resolve::unnamed_number),
        severity(advice),
        help("give it a line of its own, `given` or `assume`, or say `because \"…\"` behind the formula")
    )]
    UnnamedNumber {
        number: String,
        #[label("a number in a formula")]
        span: Span,
    },
    /// A unit item whose value is no constant or leads back to itself.
    #[error("unit `{name}` has no value")]
    #[diagnostic(
        code(units::definition),
        help(
            "a unit is a number of other units: `unit TFLOPS = 1e12 FLOP/s`; units may not define each other in a ring"
        )
    )]
    UnitDefinition {
        name: String,
        #[label("not a constant")]
        span: Span,
    },
    /// A unit whose text reads in two ways.
    #[error("{message}")]
    #[diagnostic(code(units::definition), help("{help}"))]
    UnitReadings {
        message: String,
        help: String,
        #[label("two readings")]
        span: Span,
    },
    /// A unit's name that is taken.
    #[error("`{name}` is a unit already")]
    #[diagnostic(code(units::taken), help("{help}"))]
    UnitTaken {
        name: String,
        help: String,
        #[label("taken")]
        span: Span,
    },
    /// A text that names no unit.
    #[error("`{name}` is not a unit")]
    #[diagnostic(code(units::unknown), help("{help}"))]
    UnitUnknown {
        name: String,
        help: String,
        #[label("not a unit")]
        span: Span,
    },
    /// A calendar that is none.
    #[error("{message}")]
    #[diagnostic(code(series::calendar), help("{help}"))]
    Calendar {
        message: String,
        help: String,
        #[label("here")]
        span: Span,
    },
    /// A period of a frequency that has no calendar.
    #[error("`{period}` is {article} period, and the book has no such calendar")]
    #[diagnostic(code(series::no_calendar), help("declare one: `calendar NAME = {word} FIRST..LAST ending Dec`"))]
    NoCalendar {
        period: String,
        article: String,
        word: String,
        #[label("no calendar for this")]
        span: Span,
    },
    /// A period outside its calendar.
    #[error("`{period}` is not on the calendar, which runs from {first} to {last}")]
    #[diagnostic(code(series::off_calendar), help("extend the calendar, or leave the period out"))]
    OffCalendar {
        period: String,
        first: String,
        last: String,
        #[label("outside the calendar")]
        span: Span,
    },
    /// A period with the wrong mark.
    #[error("{period} is {is}, so it is written `{right}`")]
    #[diagnostic(
        code(series::mark),
        help("periods that end before the `as_of` date are actual, unless the calendar states the boundary")
    )]
    Mark {
        period: String,
        is: &'static str,
        right: String,
        #[label("written as {was}")]
        span: Span,
        was: &'static str,
    },
    /// Two pieces for one period.
    #[error("two pieces of `{name}` hold in {period}")]
    #[diagnostic(code(series::overlap), help("let each period stand in one piece only"))]
    Overlap {
        name: String,
        period: String,
        #[label("holds there too")]
        span: Span,
    },
    /// A range that runs backwards, or periods of two lengths in one line.
    #[error("{message}")]
    #[diagnostic(code(series::periods), help("{help}"))]
    Periods {
        message: String,
        help: String,
        #[label("here")]
        span: Span,
    },
    /// A series without a kind, or with two.
    #[error("{message}")]
    #[diagnostic(code(series::kind), help("{help}"))]
    SeriesKind {
        message: String,
        help: String,
        #[label("here")]
        span: Span,
    },
    /// Cases that build on each other.
    #[error("cases build on each other: {chain}")]
    #[diagnostic(code(cases::cycle), help("let one of them build on `base`"))]
    CaseCycle {
        chain: String,
        #[label("leads back to itself")]
        span: Span,
    },
}
