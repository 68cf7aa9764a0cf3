//! Sums of the draws to what is said of them.

use crate::chance::Ranked;
use crate::chance::summary::{Moments, Summary, share};
use crate::diagnostic::Problem;
use crate::eval::{CHUNK, Cell, Columns};
use crate::model::{Asked, Statistic};
use crate::units::grouped;

use super::super::chance_error::ChanceError;
use super::super::drawn::World;
use super::super::points::{Point, cells};
use super::part::{CasePart, OutputPart, Part};
use super::{CaseAnswer, Figure, Histogram, Job, OutputAnswer, Probability, Reading, Settled, SimulateAnswer, shares};

/// So many of the first draws are kept as they are: for the histogram, the rank correlations, the first means.
const LOOK: u64 = 1 << 15;

/// Half the width of an interval that holds the true mean in 19 of 20 runs, in standard errors.
const WIDTH: f64 = 1.96;

/// Puts parts together and says what they show.
pub(super) fn conclude(job: &Job, parts: Vec<Part>) -> Result<SimulateAnswer, Vec<Problem>> {
    let whole = whole(job, parts)
        .map_err(|why| {
            let (study, span) = (job.study.name.to_string(), job.study.place.span);
            ChanceError::Parts { study, why, span }
        })
        .map_err(|error| vec![Problem::new(job.study.place.source, &error)])?;
    let mut answer = job.answer();
    for (world, part) in job.drawn.worlds.iter().zip(whole.cases) {
        answer.cases.push(case(job, world, part).ok_or_else(Vec::new)?);
    }
    Ok(answer)
}

/// All parts as one, in their order.
fn whole(job: &Job, mut parts: Vec<Part>) -> Result<Part, String> {
    parts.sort_by_key(|part| part.shard);
    let count = parts.len() as u64;
    let mut parts = parts.into_iter();
    let mut whole = parts.next().ok_or("there are none")?;
    if !whole.is_beside(&job.part(whole.shard, whole.of)) {
        return Err("they are of another book, or the book has changed since".to_string());
    }
    if count != whole.of || whole.shard != 1 {
        return Err(format!("there are {} parts, and {count} came", whole.of));
    }
    for (place, part) in parts.enumerate() {
        if part.shard != place as u64 + 2 {
            return Err(format!("part {} is missing, or another is here twice", place + 2));
        }
        if !whole.is_beside(&part) {
            return Err(format!("part {} is of another run", part.shard));
        }
        whole.append(part);
    }
    let outputs = whole.cases.iter_mut().flat_map(|case| &mut case.outputs);
    match outputs.map(|output| (output.summary.is_exact(), &output.output)).find(|(exact, _)| !exact) {
        Some((_, output)) => Err(format!("a quantile of `{output}` lies outside of what some part kept")),
        None => Ok(whole),
    }
}

fn case(job: &Job, world: &World, part: CasePart) -> Option<CaseAnswer> {
    let (inputs, outputs) = world.draw(0, job.draws.min(LOOK), job.asked.len());
    let (mut indices, points) = match job.simulate.indices {
        true => shares::indices(job, world)?,
        false => (Vec::new(), 0),
    };
    let ranked: Vec<Ranked> = match job.simulate.importance {
        true => inputs.iter().map(|column| Ranked::of(column)).collect(),
        false => Vec::new(),
    };
    let mut answers = Vec::new();
    for (at, (asked, part)) in job.simulate.outputs.iter().zip(part.outputs).enumerate() {
        let mut answer = output(job, world, asked, part, &outputs[at]);
        if job.simulate.importance {
            answer.importance = shares::ranks(job, world, &ranked, &outputs[at]);
        }
        if let Some(indices) = indices.get_mut(at) {
            answer.indices = std::mem::take(indices);
            answer.index_points = points;
        }
        answers.push(answer);
    }
    let predicates = job.simulate.predicates.iter().zip(part.predicates).map(|(asked, part)| Probability {
        condition: asked.text.clone(),
        point: point(world, asked),
        probability: share(part.hits as f64, part.count),
        missing: part.missing,
    });
    Some(CaseAnswer {
        case: job.model.case(world.case).name.clone(),
        pinned: world.pinned.clone(),
        outputs: answers,
        predicates: predicates.collect(),
    })
}

fn output(job: &Job, world: &World, asked: &Asked, part: OutputPart, first: &[f64]) -> OutputAnswer {
    let mut summary = part.summary;
    OutputAnswer {
        output: Reading { text: asked.text.clone(), unit: asked.unit.clone() },
        point: point(world, asked),
        percentile: summary.percentile(),
        count: summary.count(),
        missing: summary.missing(),
        first_missing: part.first_missing.map(|draw| (draw, why(job, world, asked, draw))),
        statistics: statistics(&job.simulate.report, &mut summary),
        convergence: convergence(job.draws, &summary, first),
        histogram: Histogram::of(first),
        importance: Vec::new(),
        indices: Vec::new(),
        index_points: 0,
    }
}

fn point(world: &World, asked: &Asked) -> Cell {
    world.sweep.base().cell(world.case, asked.variable, asked.index)
}

fn statistics(report: &[Statistic], summary: &mut Summary) -> Vec<Figure> {
    let moments = summary.moments();
    let any = |value: f64| (moments.count > 0).then_some(value);
    let mut quantiles = 0;
    let mut figure = |statistic: &Statistic| {
        let (value, error) = match statistic {
            Statistic::Mean => (any(moments.mean), moments.mean_error()),
            Statistic::Sd => (moments.sd(), moments.sd_error()),
            Statistic::Min => (any(moments.least), None),
            Statistic::Max => (any(moments.largest), None),
            Statistic::Quantile(_) => {
                let quantile = summary.quantile(quantiles);
                quantiles += 1;
                (quantile.map(|quantile| quantile.value), quantile.map(|quantile| quantile.error))
            }
        };
        Figure { statistic: *statistic, value, error }
    };
    report.iter().map(&mut figure).collect()
}

/// The mean of the first 16, 32, … draws, and of all.
fn convergence(draws: u64, summary: &Summary, first: &[f64]) -> Vec<Settled> {
    let few = (4..11).map(|power| 1_usize << power).filter(|count| *count < first.len());
    let few = few.map(|count| (count as u64, Moments::of(&first[..count])));
    let chunks = summary.firsts().iter().enumerate().map(|(power, moments)| ((CHUNK as u64) << power, *moments));
    let many = chunks.filter(|(count, _)| *count < draws);
    let all = few.chain(many).chain([(draws, summary.moments())]);
    let settled = |(draws, moments): (u64, Moments)| {
        Some(Settled { draws, mean: moments.mean, half_width: WIDTH * moments.mean_error()? })
    };
    all.filter_map(settled).collect()
}

/// Why an output has no value in a draw.
fn why(job: &Job, world: &World, asked: &Asked, draw: u64) -> String {
    let mut columns = Columns::new(world.turned.len());
    columns.resize(1);
    world.fill(draw, &mut columns);
    let knobs = world.turned.iter().enumerate().map(|(at, turned)| turned.knob.set_to(columns.column(at)[0]));
    let point = Point { over: knobs.collect(), ..Point::default() };
    let found = cells(job.model, &job.options.settings, world.case, &[point], std::slice::from_ref(asked));
    match found.first().and_then(|cells| cells.first()) {
        Some(Cell::Missing { code, reason }) => match reason {
            Some(reason) => format!("{} ({reason})", code.word()),
            None => code.word().to_string(),
        },
        _ => format!("draw {}", grouped(draw as f64, 0)),
    }
}
