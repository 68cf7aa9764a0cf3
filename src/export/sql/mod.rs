//! A simulation as one SQL statement: the same draws, the same formulas, where the rows are.
//!
//! A statement has a common table expression for each level of what builds on each other: the rows, the random bits, the
//! inputs, the formulas, and at last one row of statistics for each output. A missing value is NULL, which spreads in SQL
//! as it does here.

mod dialect;
mod node;
mod philox;
mod query;
mod refusal;
mod spread;

use std::collections::BTreeMap;

use crate::chance::{Blend, Stream};
use crate::model::{Asked, Sampling};
use crate::study::Plan;
use crate::text::decimal::shifted;

pub use dialect::Dialect;
pub use refusal::Refusal;

use node::Steps;
use query::{Query, Term};
use spread::{Chance, Spreads};

/// Which draws are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rows {
    pub first: u64,
    pub count: u64,
}

/// The most levels that engines plan without trouble.
const MOST_LEVELS: usize = 400;

/// The statement of a simulation in its first case: a row for each output with the number of draws, of missing ones, mean,
/// sd, least, most and quantiles; the mean of a condition is its probability.
pub fn sql(plan: &Plan<'_>, rows: Rows, dialect: Dialect) -> Result<String, Refusal> {
    let sampling = match plan.sampling {
        Sampling::Plain => None,
        Sampling::Latin => Some("latin"),
        Sampling::Sobol => Some("sobol"),
    };
    if let Some(sampling) = sampling {
        return Err(Refusal::Sampling { sampling });
    }
    let Some((graph, outputs)) = plan.sweep.formulas() else {
        let why = "some cell looks at a text that depends on a draw, or at itself".to_string();
        return Err(Refusal::Formulas { why });
    };
    let mut query = Query::default();
    let knobs = inputs(plan, dialect, &mut query)?;
    let mut steps = Steps::new(graph, dialect, &knobs, outputs);
    steps.write(&mut query)?;
    let kept = outputs.iter().enumerate().map(|(at, id)| (format!("output_{at}"), steps.term(*id)));
    let kept: Vec<(String, Term)> = kept.collect();
    if query.levels() > MOST_LEVELS {
        let why = format!("they build on each other over {} levels, and engines plan {MOST_LEVELS}", query.levels());
        return Err(Refusal::Formulas { why });
    }
    let rows = dialect.rows(rows.first, rows.first + rows.count);
    Ok(format!("{},\n{}", query.tables(&rows, &kept), summary(plan, dialect)))
}

/// The value of every knob.
fn inputs(plan: &Plan<'_>, dialect: Dialect, query: &mut Query) -> Result<Vec<Term>, Refusal> {
    let uniforms = uniforms(plan, dialect, query);
    let mut spreads = Spreads { query, dialect };
    let mut chances: Vec<Chance> = uniforms.into_iter().map(Chance::Uniform).collect();
    if let Some(blend) = &plan.blend {
        blended(blend, &mut spreads, &mut chances);
    }
    let knobs = plan.inputs.iter().zip(&chances);
    let mut knobs = knobs.flat_map(|((_, marginals), chance)| marginals.iter().map(move |one| (one, chance)));
    knobs.try_fold(Vec::new(), |mut all, (marginal, chance)| {
        all.push(spreads.value(marginal, chance)?);
        Ok(all)
    })
}

/// The inputs of a blend as normals that move together.
fn blended(blend: &Blend, spreads: &mut Spreads<'_>, chances: &mut [Chance]) {
    let mut normals: Vec<Term> = Vec::new();
    for column in blend.columns() {
        if let Chance::Uniform(uniform) = &chances[*column] {
            normals.push(spreads.quantile(uniform));
        }
    }
    for (row, column) in blend.columns().iter().enumerate() {
        let parts = normals[..=row].iter().zip(blend.weights(row));
        let text: Vec<String> =
            parts.map(|(normal, weight)| format!("{} * {}", spreads.dialect.double(weight), normal.text)).collect();
        let reads: Vec<&Term> = normals[..=row].iter().collect();
        let sum = Term::of(&reads, format!("({})", text.join(" + ")));
        chances[*column] = Chance::Normal(spreads.query.column("z", sum));
    }
}

/// The uniform number of every input; inputs whose streams share their counters share the work.
fn uniforms(plan: &Plan<'_>, dialect: Dialect, query: &mut Query) -> Vec<Term> {
    let row = Term::constant("i");
    let mut pairs: BTreeMap<u32, [Term; 2]> = BTreeMap::new();
    let mut uniforms = Vec::new();
    for (stream, _) in &plan.inputs {
        uniforms.push(match stream {
            Stream::Numbered(number) => {
                let pair = pairs.entry(number / 2).or_insert_with(|| {
                    let [low, high] = philox::halves(dialect, &row);
                    let counter = [low, high, whole(u64::from(number / 2)), whole(0)];
                    philox::uniforms(query, dialect, plan.seed, counter)
                });
                pair[*number as usize % 2].clone()
            }
            Stream::Named(_) => named(plan.seed, *stream, &row, dialect, query),
        });
    }
    uniforms
}

/// A named stream takes both halves of each counter: even draws the first, odd draws the second.
fn named(seed: u64, stream: Stream, row: &Term, dialect: Dialect, query: &mut Query) -> Term {
    let block = Term::of(&[row], dialect.shift_right(&row.text, 1));
    let block = query.column("block", block);
    let [low, high] = philox::halves(dialect, &block);
    let [third, fourth] = stream.counter();
    let [even, odd] = philox::uniforms(query, dialect, seed, [low, high, whole(third), whole(fourth)]);
    let is_even = format!("{} = 0", dialect.and(&row.text, 1));
    let text = format!("(CASE WHEN {is_even} THEN {} ELSE {} END)", even.text, odd.text);
    query.column("u", Term::of(&[&even, &odd], text))
}

fn whole(number: u64) -> Term {
    Term::constant(number.to_string())
}

/// One row for each output.
fn summary(plan: &Plan<'_>, dialect: Dialect) -> String {
    let outputs = plan.asked.len();
    let numbers: Vec<String> = (0..outputs).map(|at| format!("SELECT {at} AS k")).collect();
    let value: String = (0..outputs).map(|at| format!(" WHEN {at} THEN worlds.output_{at}")).collect();
    let name = |asked: &Asked| format!("'{}'", asked.text.replace('\'', "''"));
    let names = plan.asked.iter().enumerate().map(|(at, asked)| format!(" WHEN {at} THEN {}", name(asked)));
    let names: String = names.collect();
    let quantile = |share: &f64| {
        let name = shifted(*share, 2).to_string().replace('.', "_");
        format!(",\n  {} AS q{name}", dialect.quantile("x", *share))
    };
    let quantiles: String = plan.quantiles.iter().map(quantile).collect();
    format!(
        "outputs AS (\n  {}\n),\ntold AS (\n  SELECT k, CASE k{value} END AS x\n  FROM worlds CROSS JOIN outputs\n)\n\
         SELECT CASE k{names} END AS output,\n  count(x) AS draws,\n  count(*) - count(x) AS missing,\n  avg(x) AS mean,\n  \
         stddev_samp(x) AS sd,\n  min(x) AS least,\n  max(x) AS most{quantiles}\nFROM told\nGROUP BY k\nORDER BY k\n",
        numbers.join(" UNION ALL ")
    )
}
