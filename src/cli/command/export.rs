//! `scn export`: a study in the words of another system.

use crate::export::sql::{Dialect, Rows, sql};
use crate::model::StudyKind;
use crate::study::{Options, plan};

use super::super::Outcome;
use super::super::args::{ExportArgs, ExportWhat, SqlArgs, SqlDialect};
use super::super::book::{Book, split};
use super::super::config::Config;
use super::super::failure::Failure;
use super::super::terminal::Terminal;
use super::study::named;
use crate::select::{cases, sets};

/// Writes a study for another system.
pub fn run(args: &ExportArgs, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    match &args.what {
        ExportWhat::Sql(args) => statement(args, terminal, config),
    }
}

/// A simulation as one SQL statement.
fn statement(args: &SqlArgs, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    let (path, words) = split(&args.words);
    let book = Book::open(&path, &args.strictness, config)?;
    if book.say(&book.judged([]), terminal) {
        return Ok(Outcome::Findings);
    }
    let [name] = words else {
        return Err(Failure::asked("no study is named", "name one: `scn export sql BOOK STUDY`"));
    };
    let model = &book.checked.model;
    let study = named(model, name)?;
    let mut options = Options { draws: args.draws, seed: args.seed, ..Options::default() };
    options.settings.sets = sets(&book.checked, &args.set)?;
    if let Some(case) = &args.case {
        options.case = cases(model, std::slice::from_ref(case))?.first().copied();
    }
    let refused =
        |why: String| Failure::asked(format!("`{name}` is not written as SQL: {why}"), "`scn study` answers it here");
    let Some(planned) = plan(model, study, &options) else {
        let kind = model.study(study).kind.word();
        return Err(refused(format!("it is a {kind}, and engines are given simulations")));
    };
    let plan = match planned {
        Ok(plan) => plan,
        Err(problems) => {
            book.say(&book.judged(&problems), terminal);
            return Ok(Outcome::Findings);
        }
    };
    let rows = Rows { first: args.first, count: plan.draws.saturating_sub(args.first) };
    let text = sql(&plan, rows, dialect(args.dialect)).map_err(|refusal| refused(refusal.to_string()))?;
    terminal.data(args.output.as_deref(), &text)?;
    if matches!(&model.study(study).kind, StudyKind::Simulate(simulate) if simulate.cases.len() > 1 && args.case.is_none())
    {
        terminal.summary("this is its first case; `--case NAME` writes another");
    }
    Ok(Outcome::Clean)
}

fn dialect(dialect: SqlDialect) -> Dialect {
    match dialect {
        SqlDialect::Duckdb => Dialect::DuckDb,
        SqlDialect::Datafusion => Dialect::DataFusion,
        SqlDialect::Spark => Dialect::Spark,
        SqlDialect::Postgres => Dialect::Postgres,
        SqlDialect::Bigquery => Dialect::BigQuery,
        SqlDialect::Snowflake => Dialect::Snowflake,
    }
}
