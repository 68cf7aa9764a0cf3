//! `Words`: texts and reasons by number, so that columns hold numbers only.

use std::collections::HashMap;
use std::sync::Arc;

use crate::word::MissingCode;

/// Why a value is missing, by number; the first means that it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Reason(pub u32);

impl Reason {
    /// Nothing is missing.
    pub const PRESENT: Reason = Reason(0);
}

/// All texts and reasons of a run, each once, in the order they were met.
#[derive(Debug, Clone, Default)]
pub struct Words {
    texts: Vec<Arc<str>>,
    text_ids: HashMap<Arc<str>, u32>,
    reasons: Vec<(MissingCode, Option<Arc<str>>)>,
    reason_ids: HashMap<(MissingCode, Option<Arc<str>>), u32>,
}

impl Words {
    /// The number of a text.
    pub fn text(&mut self, text: &Arc<str>) -> f64 {
        if let Some(id) = self.text_ids.get(text) {
            return f64::from(*id);
        }
        let id = self.texts.len() as u32;
        self.texts.push(text.clone());
        self.text_ids.insert(text.clone(), id);
        f64::from(id)
    }

    /// The text of a number that `text` gave.
    pub fn spell(&self, number: f64) -> Arc<str> {
        self.texts.get(number as usize).cloned().unwrap_or_default()
    }

    /// The number of a code and what was said with it.
    pub fn reason(&mut self, code: MissingCode, reason: Option<&Arc<str>>) -> Reason {
        let key = (code, reason.cloned());
        if let Some(id) = self.reason_ids.get(&key) {
            return Reason(*id);
        }
        self.reasons.push(key.clone());
        let id = self.reasons.len() as u32;
        self.reason_ids.insert(key, id);
        Reason(id)
    }

    /// The code and words of a reason that `reason` gave; nothing for a value that is there.
    pub fn explain(&self, reason: Reason) -> Option<(MissingCode, Option<Arc<str>>)> {
        self.reasons.get((reason.0 as usize).checked_sub(1)?).cloned()
    }
}
