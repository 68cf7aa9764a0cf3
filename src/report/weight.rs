//! How much one rendering may hold: lists by what is in them, memory by what the thread took, the page by its bytes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicIsize, Ordering};

use minijinja::value::{Rest, Value, ValueKind};
use minijinja::{Environment, Error, State, filters};

use crate::memory::held_here;

use super::desk::Desk;
use super::error::ReportError;

/// The function that [`Counting`](super::counting::Counting) puts around whatever may make a list.
pub const FUNCTION: &str = "__counted";

/// What a list may hold, with the lists in it: so many values, where 32 bytes of a text are one.
const HEAVIEST: usize = 1_000_000;

/// How deep lists may lie in lists.
const DEEPEST: usize = 100;

/// So many values are counted for one step of the engine.
const A_STEP: usize = 16;

/// What a rendering may hold beside what its report is about.
const MEMORY: isize = 256 << 20;

/// How long a page may be.
pub const PAGE: usize = 64 << 20;

/// What one rendering holds.
#[derive(Debug)]
pub struct Purse {
    /// What the thread held when it began, and what it took since for others, such as the answer of a study.
    others: AtomicIsize,
    /// Whether the page is longer than it may be.
    full: AtomicBool,
}

impl Default for Purse {
    fn default() -> Purse {
        Purse { others: AtomicIsize::new(held_here()), full: AtomicBool::new(false) }
    }
}

impl Purse {
    /// Notes that the page is too long.
    pub fn overflow(&self) {
        self.full.store(true, Ordering::Relaxed);
    }

    /// Does something of which what is kept belongs to others.
    pub fn for_others<T>(&self, does: impl FnOnce() -> T) -> T {
        let before = held_here();
        let done = does();
        self.others.fetch_add(held_here() - before, Ordering::Relaxed);
        done
    }

    /// Refuses to go on beyond the limits.
    pub fn within(&self) -> Result<(), ReportError> {
        if self.full.load(Ordering::Relaxed) {
            return Err(too_much(format!("the page is longer than {} MB", PAGE >> 20)));
        }
        match held_here() - self.others.load(Ordering::Relaxed) > MEMORY {
            true => Err(too_much(format!("the template takes more than {} MB of memory", MEMORY >> 20))),
            false => Ok(()),
        }
    }
}

/// Adds what counts lists, and the filter that joins them, which the engine's fuel does not see.
pub fn add(engine: &mut Environment<'static>, desk: &Arc<Desk>) {
    let at = desk.clone();
    engine.add_function(FUNCTION, move |state: &State, value: Value| counted(&at, state, value));
    let at = desk.clone();
    engine.add_filter("chain", move |state: &State, value: Value, others: Rest<Value>| {
        let chained = filters::chain(state, value, others)?;
        counted(&at, state, chained)
    });
}

/// The value, if it is no list that is too heavy.
fn counted(desk: &Desk, state: &State, value: Value) -> Result<Value, Error> {
    desk.purse.within()?;
    let mut left = HEAVIEST;
    weigh(&value, &mut left, DEEPEST)?;
    state.consume_fuel(((HEAVIEST - left) / A_STEP) as u64)?;
    Ok(value)
}

fn weigh(value: &Value, left: &mut usize, deeper: usize) -> Result<(), ReportError> {
    let own = value.as_str().map_or(1, |text| 1 + text.len() / 32);
    let heavy = || too_much(format!("a list, with the lists in it, holds more than {HEAVIEST} values"));
    *left = left.checked_sub(own).ok_or_else(heavy)?;
    if !matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable | ValueKind::Map) || !is_plain(value) {
        return Ok(());
    }
    if value.len().is_some_and(|length| length > *left) {
        return Err(heavy());
    }
    let Some(deeper) = deeper.checked_sub(1) else {
        return Err(too_much(format!("lists lie more than {DEEPEST} deep in lists")));
    };
    for inner in value.try_iter().into_iter().flatten() {
        if value.kind() == ValueKind::Map {
            weigh(&value.get_item(&inner).unwrap_or_default(), left, deeper)?;
        }
        weigh(&inner, left, deeper)?;
    }
    Ok(())
}

/// Whether a value is the engine's: what the book has is as large as the book.
fn is_plain(value: &Value) -> bool {
    let is_ours = |object: &minijinja::value::DynObject| object.type_name().starts_with("scn::");
    !value.as_object().is_some_and(is_ours)
}

fn too_much(message: String) -> ReportError {
    ReportError::TooMuch { message }
}
