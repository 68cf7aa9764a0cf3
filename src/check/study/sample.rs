//! Simulations and discoveries: what is drawn, how, and what is said of it.

use std::collections::BTreeMap;

use crate::check::bare::in_per_cent;
use crate::check::ranges::varied;
use crate::model::{Correlation, Discover, Factor, Sampling, Simulate, Statistic, Vary};
use crate::resolve::{SpreadDef, did_you_mean};
use crate::syntax::ast::{self, SettingKind, StudyLineKind};
use crate::text::Span;
use crate::text::decimal::shifted;

use super::Asking;
use super::error::StudyError;

const DRAWS: u64 = 10_000;
const SEED: u64 = 1;
const SUPPORT: f64 = 0.05;
const SAMPLINGS: [(&str, Sampling); 3] =
    [("plain", Sampling::Plain), ("latin", Sampling::Latin), ("sobol", Sampling::Sobol)];
const STATISTICS: [&str; 5] = ["mean", "sd", "min", "max", "median"];

/// What is drawn, and how.
struct Drawn {
    draws: u64,
    seed: u64,
    sampling: Sampling,
    support: f64,
    importance: bool,
    indices: bool,
    vary: Vec<Vary>,
    /// The numbered streams, each with the line that draws from it.
    streams: BTreeMap<u32, (String, Span)>,
    pin: Vec<Factor>,
    correlations: Vec<Correlation>,
}

impl Asking<'_, '_, '_> {
    pub(super) fn simulate(&mut self) -> Option<Simulate> {
        let outputs = self.outputs();
        let drawn = self.drawn();
        let (mut report, mut predicates, mut spans, mut sound) = (Vec::new(), Vec::new(), Vec::new(), true);
        let def = self.def;
        for line in &def.study.lines {
            match &line.kind {
                StudyLineKind::Report(words) => report = self.statistics(words),
                StudyLineKind::Probability(condition) => {
                    let asked = self.condition_asked(condition);
                    sound &= asked.is_some();
                    spans.extend(asked.as_ref().map(|_| condition.span));
                    predicates.extend(asked);
                }
                _ => {}
            }
        }
        self.asked_once(&predicates, &spans);
        if report.is_empty() {
            report = vec![Statistic::Mean, Statistic::Sd];
            report.extend([0.05, 0.5, 0.95].map(Statistic::Quantile));
        }
        let drawn = drawn.filter(|_| sound)?;
        Some(Simulate {
            outputs: outputs?,
            cases: self.cases(),
            draws: drawn.draws,
            seed: drawn.seed,
            sampling: drawn.sampling,
            vary: drawn.vary,
            pin: drawn.pin,
            correlations: drawn.correlations,
            report,
            predicates,
            importance: drawn.importance,
            indices: drawn.indices,
        })
    }

    pub(super) fn discover(&mut self) -> Option<Discover> {
        let def = self.def;
        let drawn = self.drawn();
        let predicate = match def.study.outputs.as_slice() {
            [condition] => self.condition_asked(condition),
            several => {
                let message = match several {
                    [] => "this discovery looks for nothing".to_string(),
                    _ => "a discovery looks for one condition".to_string(),
                };
                let help = "say when it holds: `of co.value > co.price`; join several with `and`".to_string();
                return self.say(&StudyError::Lacks { message, help, span: def.study.name });
            }
        };
        let drawn = drawn?;
        Some(Discover {
            predicate: predicate?,
            draws: drawn.draws,
            seed: drawn.seed,
            sampling: drawn.sampling,
            vary: drawn.vary,
            pin: drawn.pin,
            correlations: drawn.correlations,
            support: drawn.support,
        })
    }

    fn drawn(&mut self) -> Option<Drawn> {
        let mut drawn = Drawn {
            draws: DRAWS,
            seed: SEED,
            sampling: Sampling::Plain,
            support: SUPPORT,
            importance: false,
            indices: false,
            vary: Vec::new(),
            streams: BTreeMap::new(),
            pin: Vec::new(),
            correlations: Vec::new(),
        };
        let (def, mut sound) = (self.def, true);
        for line in &def.study.lines {
            let read = match &line.kind {
                StudyLineKind::Settings(settings) => {
                    let read: Vec<_> = settings.iter().map(|setting| self.setting(&mut drawn, &setting.kind)).collect();
                    read.into_iter().collect::<Option<Vec<()>>>().map(|_| ())
                }
                StudyLineKind::Vary { path, spread, stream } => self.vary(&mut drawn, path, spread, *stream),
                StudyLineKind::Pin(paths) => self.pin(&mut drawn, paths),
                StudyLineKind::Correlate { left, right, rho } => self.correlate(&mut drawn, left, right, rho),
                _ => Some(()),
            };
            sound &= read.is_some();
        }
        Some(drawn).filter(|_| sound)
    }

    fn setting(&mut self, drawn: &mut Drawn, setting: &SettingKind) -> Option<()> {
        match setting {
            SettingKind::Draws(span) => {
                drawn.draws = self.whole(*span)?;
                if drawn.draws == 0 {
                    return self.no_setting(
                        *span,
                        "without draws nothing can be said".into(),
                        "say `draws 10_000`".into(),
                    );
                }
            }
            SettingKind::Seed(span) => drawn.seed = self.whole(*span)?,
            SettingKind::Sampling(span) => drawn.sampling = self.sampling(*span)?,
            SettingKind::Support(share) => {
                drawn.support = self.share(share)?;
                if !(drawn.support > 0.0 && drawn.support <= 1.0) {
                    let message = "a support is a share of the draws, above 0% and up to 100%".to_string();
                    return self.no_setting(share.span, message, format!("say `support {}`", in_per_cent(share, "5%")));
                }
            }
            SettingKind::Importance => drawn.importance = true,
            SettingKind::Indices => drawn.indices = true,
        }
        Some(())
    }

    fn sampling(&mut self, span: Span) -> Option<Sampling> {
        let word = self.reader.text(span).to_string();
        let known = SAMPLINGS.iter().find(|(name, _)| *name == word);
        if let Some((_, sampling)) = known {
            return Some(*sampling);
        }
        let help = did_you_mean(&word, SAMPLINGS.map(|(name, _)| name), "say plain, latin or sobol");
        self.no_setting(span, format!("there is no sampling `{word}`"), help)
    }

    fn no_setting<T>(&mut self, span: Span, message: String, help: String) -> Option<T> {
        self.say(&StudyError::Setting { message, help, span })
    }

    fn vary(&mut self, drawn: &mut Drawn, path: &ast::Expr, spread: &ast::Spread, stream: Option<Span>) -> Option<()> {
        let factors = if stream.is_some() { vec![self.one_factor(path)?] } else { self.factors(path)? };
        let stream = match stream {
            Some(span) => Some(self.own_stream(drawn, path, span)?),
            None => None,
        };
        for factor in factors {
            let text = &self.reader.sources.get(self.def.source).text;
            let place = spread.span.at(self.def.source);
            let def = SpreadDef::new(spread, self.def.source, text);
            let variable = self.reader.model.variable(factor.variable).clone();
            let text = def.text.clone();
            let (ranges, problems) = varied(self.checker, def, &variable, factor.window);
            let rates = ranges.iter().all(|range| self.checker.drawn_above_zero(factor.variable, range, place));
            let sound = problems.is_empty() && rates;
            self.checker.problems.extend(problems);
            if !sound {
                return None;
            }
            drawn.vary.push(Vary { factor, ranges, text, stream });
        }
        Some(())
    }

    /// A stream that no other line draws from: two that did would draw alike, and nothing would say so.
    fn own_stream(&mut self, drawn: &mut Drawn, path: &ast::Expr, span: Span) -> Option<u32> {
        let (stream, path) = (self.stream(span)?, path.tree.text.to_string());
        if let Some((other, before)) = drawn.streams.get(&stream).cloned() {
            let text = self.reader.text(span).to_string();
            return self.say(&StudyError::SameStream { path, other, text, span, before });
        }
        drawn.streams.insert(stream, (path, span));
        Some(stream)
    }

    fn stream(&mut self, span: Span) -> Option<u32> {
        let number = self.whole(span)?;
        match u32::try_from(number) {
            Ok(stream) => Some(stream),
            Err(_) => self.no_setting(
                span,
                "this number is too large".into(),
                "streams are numbered up to 4_294_967_295".into(),
            ),
        }
    }

    fn pin(&mut self, drawn: &mut Drawn, paths: &[ast::Expr]) -> Option<()> {
        let pinned: Vec<_> = paths.iter().map(|path| self.factors(path)).collect();
        for factors in pinned {
            drawn.pin.extend(factors?);
        }
        Some(())
    }

    fn correlate(&mut self, drawn: &mut Drawn, left: &ast::Expr, right: &ast::Expr, rho: &ast::Expr) -> Option<()> {
        let place = self.place(left.span.to(rho.span));
        let (one, two) = (self.correlated(left)?, self.correlated(right)?);
        let number = self.share(rho)?;
        if !(-1.0..=1.0).contains(&number) {
            let message = "a correlation lies between -1 and 1".to_string();
            let help = "1 means they rise together, -1 that one falls as the other rises".to_string();
            return self.say(&StudyError::Correlation { message, help, span: rho.span });
        }
        if one == two {
            let message = "a value always moves with itself".to_string();
            let help = "name two different inputs".to_string();
            return self.say(&StudyError::Correlation { message, help, span: place.span });
        }
        let same = |other: &&Correlation| [(one, two), (two, one)].contains(&(other.left, other.right));
        if let Some(before) = drawn.correlations.iter().find(same) {
            let what = format!("{}, {}", left.tree.text, right.tree.text);
            let before = before.place.span;
            return self.say(&StudyError::Twice { what, span: place.span, before });
        }
        drawn.correlations.push(Correlation { left: one, right: two, rho: number, place });
        Some(())
    }

    fn statistics(&mut self, words: &[Span]) -> Vec<Statistic> {
        let mut all: Vec<(Statistic, Span)> = Vec::new();
        for span in words {
            let Some(statistic) = self.statistic(*span) else { continue };
            if let Some((_, before)) = all.iter().find(|(other, _)| *other == statistic) {
                let (what, before) = (self.reader.text(*span).to_string(), *before);
                self.twice(what, *span, before);
            }
            all.push((statistic, *span));
        }
        all.into_iter().map(|(statistic, _)| statistic).collect()
    }

    fn statistic(&mut self, span: Span) -> Option<Statistic> {
        let word = self.reader.text(span).to_string();
        let percent = word.strip_prefix('q').and_then(|number| number.parse::<f64>().ok());
        match (word.as_str(), percent) {
            ("mean", _) => Some(Statistic::Mean),
            ("sd", _) => Some(Statistic::Sd),
            ("min", _) => Some(Statistic::Min),
            ("max", _) => Some(Statistic::Max),
            ("median", _) => Some(Statistic::Quantile(0.5)),
            (_, Some(percent)) if (0.0..=100.0).contains(&percent) => Some(Statistic::Quantile(shifted(percent, -2))),
            (_, Some(_)) => {
                let message = format!("`{word}` is no quantile");
                self.no_setting(span, message, "quantiles go from q0 to q100".to_string())
            }
            _ => {
                let help = did_you_mean(&word, STATISTICS, "say mean, sd, min, max, median, or a quantile such as q95");
                self.no_setting(span, format!("there is no statistic `{word}`"), help)
            }
        }
    }
}
