//! Mention: a stretch of text that refers to something.

mod boundary;
pub mod demonym;
pub mod description;
pub mod name;
mod nameless;
mod office;
mod opening;
pub mod pronoun;
mod proper;
mod taxon;
mod term;
mod title;
pub mod value;

use oxrdf::Literal;

use crate::document::{Role, SentenceId, TokenId, TokenRange};
use crate::lexicon::Lexicon;
use crate::ontology::ClassId;
use crate::syntax::Parsed;

/// A mention, by its position among the document's mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId(pub u32);

/// How a mention refers.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// "Ines Caldeira"
    Name,
    /// "the short film", "her old school friend"
    Description,
    /// "she", "its", "who"
    Pronoun,
    /// "March 2014", "45 years old": no thing but a value, ready for RDF.
    Value(Literal),
    /// The article itself, mentioned by its headline.
    Article,
    /// "science fiction", "Keeper of the Light": words that may be a name or a kind of something; they refer to a thing
    /// only if a fact takes them to. Sought where an ontology has properties that no phrase words.
    Term,
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
    /// The words that evidence shows: the whole name ("Ines Caldeira" of "filmmaker Ines Caldeira").
    pub tokens: TokenRange,
    /// The word through which the sentence's grammar reaches it.
    pub head: TokenId,
    pub kind: Kind,
    /// What the recognizer takes a name for, whether or not the ontology has a class for it.
    pub recognized: Option<name::NameClass>,
    /// What sort of thing it is, as far as its own words tell.
    pub class: Option<ClassId>,
    /// Whether that is more than a guess; where it is not, the facts about it may tell better.
    pub is_class_sure: bool,
    pub number: Option<Number>,
    pub gender: Option<Gender>,
}

impl Kind {
    /// "name", "description", "pronoun", "value", "article" or "term".
    pub fn as_str(&self) -> &'static str {
        match self {
            Kind::Name => "name",
            Kind::Description => "description",
            Kind::Pronoun => "pronoun",
            Kind::Value(_) => "value",
            Kind::Article => "article",
            Kind::Term => "term",
        }
    }

    /// Where two mentions are the same words, the one of lower rank comes first.
    fn rank(&self) -> u8 {
        match self {
            Kind::Article => 0,
            Kind::Name => 1,
            Kind::Description => 2,
            Kind::Pronoun => 3,
            Kind::Value(_) => 4,
            Kind::Term => 5,
        }
    }
}

impl MentionId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Every mention, in the order of the text (by start, longer first).
pub fn find(parsed: &Parsed, lexicon: &Lexicon) -> Vec<Mention> {
    let bounded = boundary::mend(parsed, name::find(parsed));
    let opened = opening::mend(parsed, taxon::mend(parsed, bounded));
    let titled = office::mend(parsed, title::mend(parsed, lexicon, opened));
    let known = nameless::Known::of(parsed, &titled);
    let recognized = known.names(parsed, lexicon, &titled);
    let passed_over = office::mend(parsed, proper::find(parsed, &recognized));
    let passed_over = known.names(parsed, lexicon, &passed_over);
    let mut names: Vec<Mention> =
        recognized.iter().filter_map(|found| named(parsed, lexicon, found)).collect();
    names.extend(passed_over.iter().map(|found| unknown(parsed, lexicon, found)));
    let descriptions = description::find(parsed, lexicon, &names);
    let pronouns = pronoun::find(parsed, lexicon);
    let values = value::find(parsed, lexicon, &names);
    let demonyms = demonym::find(parsed, lexicon, &names);
    names.extend(article(parsed, lexicon));
    let mut all: Vec<Mention> = [names, descriptions, pronouns, values, demonyms].concat();
    if lexicon.seeks_terms() {
        all.extend(term::find(parsed, &all));
    }
    all.sort_by_key(|mention| {
        (mention.tokens.start, std::cmp::Reverse(mention.tokens.end), mention.kind.rank())
    });
    all
}

/// A name found by the recognizer, as a mention; `None` for kinds of names that the core vocabulary has no class for.
fn named(parsed: &Parsed, lexicon: &Lexicon, found: &name::Name) -> Option<Mention> {
    let said = description::class_before(parsed, lexicon, found.tokens);
    let class = said.or(lexicon.core_class(found.class.as_str()));
    let known = class.is_some() || lexicon.core_class("Person").is_none();
    known.then(|| Mention {
        tokens: found.tokens,
        head: parsed.head_of(found.tokens),
        kind: Kind::Name,
        recognized: Some(found.class),
        class,
        is_class_sure: said.is_some() || found.confidence >= SURE,
        number: Some(Number::Singular),
        gender: None,
    })
}

/// The confidence from which on the recognizer is taken at its word.
const SURE: f32 = 0.9;

/// A name that the recognizer passed over.
fn unknown(parsed: &Parsed, lexicon: &Lexicon, found: &name::Name) -> Mention {
    let said = description::class_before(parsed, lexicon, found.tokens);
    let class = said.or(lexicon.core_class(found.class.as_str()));
    Mention {
        tokens: found.tokens,
        head: parsed.head_of(found.tokens),
        kind: Kind::Name,
        recognized: Some(found.class),
        class,
        is_class_sure: class.is_some(),
        number: Some(Number::Singular),
        gender: None,
    }
}

/// The article itself: what its headline names.
fn article(parsed: &Parsed, lexicon: &Lexicon) -> Option<Mention> {
    let document = parsed.document();
    let headline = document.paragraphs().first().filter(|paragraph| paragraph.role == Role::Headline)?;
    let start = document.sentence(headline.start).start;
    let end = document.sentence(SentenceId(headline.end.0 - 1)).end;
    let tokens = TokenRange { start, end };
    let class = lexicon.core_class("Article")?;
    let head = parsed.head_of(tokens);
    Some(Mention {
        tokens,
        head,
        kind: Kind::Article,
        recognized: None,
        class: Some(class),
        is_class_sure: true,
        number: Some(Number::Singular),
        gender: Some(Gender::Neuter),
    })
}
