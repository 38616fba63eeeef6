//! Mention: a stretch of text that refers to something.

pub mod name;

use oxrdf::Literal;

use crate::document::{TokenId, TokenRange};
use crate::lexicon::Lexicon;
use crate::ontology::ClassId;
use crate::syntax::Parsed;

/// A mention, by its position among the document's mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId(pub u32);

/// How a mention refers.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// "Tatia Pilieva"
    Name,
    /// "the short film", "her old high school friend"
    Description,
    /// "she", "its", "who"
    Pronoun,
    /// "March 2014", "45 years old": no thing but a value, ready for RDF.
    Value(Literal),
    /// The article itself, mentioned by its headline.
    Article,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    Singular,
    Plural,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    Feminine,
    Masculine,
    Neuter,
}

/// A stretch of text that refers to something, or states a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The words that evidence shows: the whole name ("Tatia Pilieva" of "filmmaker Tatia Pilieva").
    pub tokens: TokenRange,
    /// The word through which the sentence's grammar reaches it.
    pub head: TokenId,
    pub kind: Kind,
    /// What sort of thing it is, as far as its own words tell.
    pub class: Option<ClassId>,
    pub number: Option<Number>,
    pub gender: Option<Gender>,
}

impl MentionId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Every mention, in the order of the text (by start, longer first).
pub fn find(_parsed: &Parsed, _lexicon: &Lexicon) -> Vec<Mention> {
    Vec::new()
}
