//! Name: the proper names in a document, and what each is a name of.
//!
//! A linear-chain conditional random field labels each sentence from its words, their shapes and neighbours, word clusters
//! and gazetteers (`name/feature.rs`); what a document says of a name in one place counts for its other places
//! (`name/consistency.rs`); and what kind of organization or work it is, its own words and neighbours say (`name/kind.rs`).

mod cluster;
#[doc(hidden)]
pub mod feature;
mod look;
#[doc(hidden)]
pub mod model;

use crate::document::{Document, TokenId, TokenRange};
use crate::syntax::Parsed;
use feature::Context;
use model::Model;

/// What a name is a name of; `as_str` is the class's local name in the core ontology.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameClass {
    Person,
    Organization,
    Place,
    Work,
    Event,
    Award,
    /// A name of something else: a people, a language, a product, a star.
    Other,
}

/// A name and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Name {
    pub tokens: TokenRange,
    pub class: NameClass,
    /// The model's probability that there is just this name, from 0 to 1.
    pub confidence: f32,
}

impl NameClass {
    /// The classes that the model tells apart, in the order of its labels.
    pub const LABELLED: [Self; 7] =
        [Self::Person, Self::Organization, Self::Place, Self::Work, Self::Event, Self::Award, Self::Other];

    /// The local name of the class in the core ontology.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Organization => "Organization",
            Self::Place => "Place",
            Self::Work => "Work",
            Self::Event => "Event",
            Self::Award => "Award",
            Self::Other => "Other",
        }
    }
}

/// Every name in a document, in order, not overlapping.
pub fn find(parsed: &Parsed) -> Vec<Name> {
    find_in(parsed.document(), Model::builtin())
}

/// Every name in a document by a given model.
#[doc(hidden)]
pub fn find_in(document: &Document, model: &Model) -> Vec<Name> {
    let context = Context::new(document);
    let mut names = Vec::new();
    let mut scores = Vec::new();
    for (_, range) in document.sentences() {
        scores.clear();
        context.visit(range, |features| scores.push(model.score(features)));
        let labelling = model.decode(&scores);
        names.extend(read_names(range, &labelling));
    }
    names
}

/// The names that a labelling of a sentence says.
fn read_names(range: TokenRange, labelling: &model::Labelling) -> impl Iterator<Item = Name> {
    let labels = &labelling.labels;
    let begins = (0..labels.len()).filter(|i| labels[*i] % 2 == 1);
    begins.map(move |start| {
        let inside = labels[start] + 1;
        let length = 1 + labels[start + 1..].iter().take_while(|label| **label == inside).count();
        let margin = labelling.margins[start..start + length].iter().copied().fold(f32::INFINITY, f32::min);
        let at = |i: usize| TokenId(range.start.0 + i as u32);
        Name {
            tokens: TokenRange { start: at(start), end: at(start + length) },
            class: NameClass::LABELLED[labels[start] / 2],
            confidence: 1.0 / (1.0 + (-margin).exp()),
        }
    })
}
