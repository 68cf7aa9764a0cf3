//! scn: a declarative scenario engine.
//!
//! A book of `.scn` files says what chips, companies, assumptions and cases are; the engine checks it (units, periods,
//! provenance, published figures), evaluates every case, and renders reports. Nothing here touches the disk, the clock
//! or the environment but `cli`; a book is read through a [`resolve::Loader`].
//!
//! ```
//! use scn::eval::Settings;
//! use scn::model::CaseId;
//!
//! struct Memory;
//!
//! impl scn::resolve::Loader for Memory {
//!     fn read(&self, _: &str) -> Result<Vec<u8>, String> {
//!         Ok(b"scn 1
//! model m \"M\" { currency CNY, as_of 2026-03-31, owner li.wei }
//! assume wafer = 9_500 USD/wafer by li.wei because \"channel checks\"
//! derive die: USD/die = wafer / 62 die/wafer / 70%
//! "
//!         .to_vec())
//!     }
//! }
//!
//! let book = scn::workspace::open("book.scn", &Memory, None);
//! assert!(book.is_sound());
//! let die = book.model.variable_at("die").unwrap();
//! let results = book.evaluate(&Settings::default()).results;
//! let cost = results.cell(CaseId::BASE, die, None).number().unwrap();
//! assert_eq!(format!("{cost:.2}"), "218.89");
//! ```
//!
//! In reading order, which is the way of the data:
//!
//! - [`memory`]: how much the process holds, and its end in words where that is too much.
//! - [`text`], [`diagnostic`]: places in files, and problems at places.
//! - [`syntax`], [`mod@format`]: text to tree, and a tree to its one canonical text.
//! - [`mod@merge`]: three versions of a file to one, fact by fact.
//! - [`word`], [`units`], [`calendar`], [`value`], [`builtin`]: what a value is made of.
//! - [`data`]: tables from YAML and CSV.
//! - [`model`]: a whole checked program.
//! - [`resolve`], [`check`]: names to meanings, trees to a model.
//! - [`eval`]: a model to results, findings and traces.
//! - [`study`]: a model and a question to an answer.
//! - [`hint`]: what is sound and still looks like a slip.
//! - [`workspace`]: all of that for one root file.
//! - [`chart`]: numbers to pictures, and to bars in a terminal.
//! - [`select`]: what a word, a case, a period names in a book.
//! - [`report`], [`export`]: results to documents and to other programs.
//! - [`review`]: two models to what changed between them and why the outputs moved.
//! - [`explain`]: what a word stands for and why a value is what it is, as data.
//! - `cli`: the command, with the feature of that name.

// The grammar's generated code names it.
extern crate alloc;

pub mod builtin;
pub mod calendar;
pub mod chance;
pub mod chart;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod data;
pub mod diagnostic;
pub mod eval;
pub mod explain;
pub mod export;
pub mod format;
pub mod hint;
pub mod memory;
pub mod merge;
pub mod model;
mod parallel;
pub mod report;
pub mod resolve;
pub mod review;
pub mod select;
pub mod study;
pub mod syntax;
pub mod text;
pub mod units;
pub mod value;
pub mod word;
pub mod workspace;
