//! Which lines a study takes, and how often each may be said.

use crate::syntax::ast::{SettingKind, StudyLineKind, StudyWord};
use crate::text::Span;

use super::Asking;
use super::error::StudyError;

/// The word that begins a study.
pub(super) fn word(word: StudyWord) -> &'static str {
    match word {
        StudyWord::Grid => "grid",
        StudyWord::Tornado => "tornado",
        StudyWord::Simulate => "simulation",
        StudyWord::Calibrate => "calibration",
        StudyWord::Bridge => "bridge",
        StudyWord::Discover => "discovery",
    }
}

/// The lines that a study takes.
fn taken(word: StudyWord) -> &'static [&'static str] {
    match word {
        StudyWord::Grid => &["levels", "case", "by"],
        StudyWord::Tornado => &["over", "case", "by"],
        StudyWord::Simulate => &[
            "draws",
            "seed",
            "sampling",
            "vary",
            "pin",
            "correlate",
            "report",
            "probability",
            "importance",
            "indices",
            "case",
            "cases",
            "by",
        ],
        StudyWord::Calibrate => &["levels", "within", "free", "case", "by"],
        StudyWord::Bridge => &["by"],
        StudyWord::Discover => &["draws", "seed", "sampling", "support", "vary", "pin", "correlate", "case", "by"],
    }
}

/// What a study takes, for help.
fn takes(word: StudyWord) -> &'static str {
    match word {
        StudyWord::Grid => "a grid takes axes such as `co.ke = 9%..13% step 1%`, and `case NAME`",
        StudyWord::Tornado => "a tornado takes `over PATH, …` and `case NAME`",
        StudyWord::Simulate => {
            "a simulation takes `draws`, `seed`, `sampling`, `vary`, `pin`, `correlate`, `report`, `probability`, `importance`, \
             `indices` and `cases`"
        }
        StudyWord::Calibrate => {
            "a calibration takes targets such as `co.value = 112 CNY/share within 1%`, `free PATH in LOW..HIGH`, and `case NAME`"
        }
        StudyWord::Bridge => {
            "a bridge takes nothing but `by` and `because`: `bridge NAME of co.value from base to bull`"
        }
        StudyWord::Discover => {
            "a discovery takes `draws`, `seed`, `sampling`, `support`, `vary`, `pin`, `correlate` and `case NAME`"
        }
    }
}

impl Asking<'_, '_, '_> {
    /// Reports lines that say nothing to such a study, and settings said twice.
    pub(super) fn refuse_lines(&mut self) {
        let def = self.def;
        let word = def.study.word;
        let mut said: Vec<(&'static str, Span)> = Vec::new();
        for line in &def.study.lines {
            for (what, span) in words_of(&line.kind, line.span) {
                if !taken(word).contains(&what) {
                    self.refuse(what, span);
                } else if let (true, Some((_, before))) =
                    (is_once(word, what), said.iter().find(|(other, _)| *other == what))
                {
                    let before = *before;
                    let _: Option<()> = self.say(&StudyError::Twice { what: what.to_string(), span, before });
                } else {
                    said.push((what, span));
                }
            }
        }
        self.one_case();
    }

    fn refuse(&mut self, what: &'static str, span: Span) {
        let what = if what == "levels" { "a line of levels".to_string() } else { format!("`{what}`") };
        let word = self.def.study.word;
        let (help, word) = (takes(word).to_string(), self::word(word));
        let _: Option<()> = self.say(&StudyError::Line { what, word, help, span });
    }

    /// Only a simulation looks at several cases.
    fn one_case(&mut self) {
        let def = self.def;
        if let ([first, second, ..], false) = (def.cases.as_slice(), def.study.word == StudyWord::Simulate) {
            let what = "case".to_string();
            let _: Option<()> = self.say(&StudyError::Twice { what, span: second.1, before: first.1 });
        }
        for (at, (case, span)) in def.cases.iter().enumerate() {
            if let Some((_, before)) = def.cases[..at].iter().find(|(other, _)| other == case) {
                let what = self.checker.symbols.cases[case.0 as usize].name.to_string();
                let _: Option<()> = self.say(&StudyError::Twice { what, span: *span, before: *before });
            }
        }
    }
}

/// The words of a line and where they stand.
fn words_of(kind: &StudyLineKind, line: Span) -> Vec<(&'static str, Span)> {
    match kind {
        StudyLineKind::Levels { within, .. } => {
            let within = within.as_ref().map(|within| ("within", within.span));
            [Some(("levels", line)), within].into_iter().flatten().collect()
        }
        StudyLineKind::Over(_) => vec![("over", line)],
        StudyLineKind::Pin(_) => vec![("pin", line)],
        StudyLineKind::Free { .. } => vec![("free", line)],
        StudyLineKind::Vary { .. } => vec![("vary", line)],
        StudyLineKind::Correlate { .. } => vec![("correlate", line)],
        StudyLineKind::Report(_) => vec![("report", line)],
        StudyLineKind::Probability(_) => vec![("probability", line)],
        StudyLineKind::Cases(names) => vec![(if names.len() > 1 { "cases" } else { "case" }, line)],
        StudyLineKind::Settings(settings) => {
            settings.iter().map(|setting| (word_of(&setting.kind), setting.span)).collect()
        }
        StudyLineKind::Said(_) => vec![("by", line)],
        StudyLineKind::Broken => Vec::new(),
    }
}

fn word_of(setting: &SettingKind) -> &'static str {
    match setting {
        SettingKind::Draws(_) => "draws",
        SettingKind::Seed(_) => "seed",
        SettingKind::Sampling(_) => "sampling",
        SettingKind::Support(_) => "support",
        SettingKind::Importance => "importance",
        SettingKind::Indices => "indices",
    }
}

fn is_once(study: StudyWord, what: &str) -> bool {
    match what {
        "draws" | "seed" | "sampling" | "support" | "importance" | "indices" | "report" | "by" => true,
        "within" => false,
        _ => what == "case" && study == StudyWord::Simulate,
    }
}
