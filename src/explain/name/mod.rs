//! What a name of a book stands for: an entity, a kind, a case, a study, a source, a function, a unit.

mod case;
mod entity;
mod source;
mod study;
mod unit;

use serde::Serialize;

use crate::diagnostic::Refusal;
use crate::text::{Location, nearest};
use crate::workspace::Checked;

use super::Explained;

pub use case::{Case, CaseLine};
pub use entity::{Attribute, Entity, Kind};
pub use source::Source;
pub use study::Study;
pub use unit::Measured;

/// What a name stands for; a book with errors has names too.
pub fn named(checked: &Checked, word: &str) -> Result<Explained, Refusal> {
    found(checked, word).ok_or_else(|| {
        let near = nearest(word, names(checked)).map(|near| format!("did you mean `{near}`?"));
        Refusal { message: format!("this book has no `{word}`"), help: near }
    })
}

fn found(checked: &Checked, word: &str) -> Option<Explained> {
    let (model, sources) = (&checked.model, checked.sources());
    let entity = Entity::named(model, sources, word).map(Explained::Entity);
    entity
        .or_else(|| Kind::named(model, sources, word).map(Explained::Kind))
        .or_else(|| Case::named(model, sources, word).map(Explained::Case))
        .or_else(|| Study::named(model, sources, word).map(Explained::Study))
        .or_else(|| Source::named(model, sources, word).map(Explained::Source))
        .or_else(|| Function::named(checked, word).map(Explained::Function))
        .or_else(|| Measured::named(model, word).map(Explained::Unit))
}

/// Every name that is explained.
pub fn names(checked: &Checked) -> impl Iterator<Item = &str> {
    let model = &checked.model;
    let paths = model.variables.iter().filter(|variable| !variable.hidden).map(|variable| &*variable.path);
    let entities = model.entities.iter().map(|entity| &*entity.name);
    let kinds = model.kinds.iter().map(|kind| &*kind.name);
    let cases = model.cases.iter().map(|case| &*case.name);
    let sources = model.sources.iter().map(|source| &*source.name);
    let studies = model.studies.iter().map(|study| &*study.name);
    paths.chain(entities).chain(kinds).chain(cases).chain(sources).chain(studies)
}

/// A function of the book or of a module it uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Function {
    pub name: String,
    /// The whole item, as it is written.
    pub text: String,
    pub place: Option<Location>,
}

impl Function {
    fn named(checked: &Checked, word: &str) -> Option<Function> {
        let (at, sources) = (checked.function(word)?, checked.sources());
        Some(Function { name: word.to_string(), text: sources.slice(at).to_string(), place: sources.location(at) })
    }
}
