//! Name: the proper names in a document, and what each is a name of.
//!
//! A linear-chain conditional random field labels each sentence from its words, their shapes and neighbours, word clusters
//! and gazetteers (`name/feature.rs`); what a document says of a name in one place counts for its other places
//! (`name/consistency.rs`); what is known for sure is mended (`name/mend.rs`); and what kind of organization or work it is, its own words and neighbours say (`name/kind.rs`).

pub mod cluster;
mod consistency;
#[doc(hidden)]
pub mod feature;
pub mod kind;
#[doc(hidden)]
pub mod look;
mod mend;
#[doc(hidden)]
pub mod model;
mod stretch;

use std::collections::HashMap;

use crate::document::{Document, Role, TokenId, TokenRange};
use crate::syntax::Parsed;
use consistency::Votes;
use feature::{Context, casing_of};
use kind::Opinion;
pub use mend::is_award;
use model::{Labelling, Model};

/// What a name is a name of; `as_str` is the class's local name in the core ontology.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameClass {
    Person,
    /// An organization of a kind that nothing told.
    Organization,
    Company,
    PoliticalParty,
    MusicGroup,
    SportsTeam,
    EducationalOrganization,
    GovernmentOrganization,
    NewsMedia,
    Place,
    /// A work of a kind that nothing told.
    Work,
    Book,
    Album,
    Song,
    Film,
    Periodical,
    VideoGame,
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
    /// How sure the model is of the name's ends and class, from 0 to 1: a logistic of its margin, not calibrated.
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
            Self::Company => "Company",
            Self::PoliticalParty => "PoliticalParty",
            Self::MusicGroup => "MusicGroup",
            Self::SportsTeam => "SportsTeam",
            Self::EducationalOrganization => "EducationalOrganization",
            Self::GovernmentOrganization => "GovernmentOrganization",
            Self::NewsMedia => "NewsMedia",
            Self::Place => "Place",
            Self::Work => "Work",
            Self::Book => "Book",
            Self::Album => "Album",
            Self::Song => "Song",
            Self::Film => "Film",
            Self::Periodical => "Periodical",
            Self::VideoGame => "VideoGame",
            Self::Event => "Event",
            Self::Award => "Award",
            Self::Other => "Other",
        }
    }

    /// Whether names of this class may be told apart further.
    fn has_kinds(self) -> bool {
        matches!(self, Self::Organization | Self::Work)
    }

    /// The class of `LABELLED` that this one is, or is a kind of.
    pub fn coarse(self) -> Self {
        match self {
            Self::Company | Self::PoliticalParty | Self::MusicGroup | Self::SportsTeam => Self::Organization,
            Self::EducationalOrganization | Self::GovernmentOrganization | Self::NewsMedia => {
                Self::Organization
            }
            Self::Book | Self::Album | Self::Song | Self::Film | Self::Periodical | Self::VideoGame => {
                Self::Work
            }
            coarse => coarse,
        }
    }
}

/// Loads the models; what is first read does so otherwise.
pub fn load() {
    Model::builtin();
    Model::builtin_kinds();
}

/// Whether a word in small letters is one that English has.
pub fn is_word(lower: &str) -> bool {
    cluster::find(lower).is_some()
}

/// Names in order, with others in place of those that they overlap.
pub fn replace(mut names: Vec<Name>, others: Vec<Name>) -> Vec<Name> {
    if !others.is_empty() {
        names.retain(|name| !others.iter().any(|other| other.tokens.overlaps(name.tokens)));
        names.extend(others);
        names.sort_by_key(|name| name.tokens.start);
    }
    names
}

/// Every name in a document, in order, not overlapping.
pub fn find(parsed: &Parsed) -> Vec<Name> {
    find_in(parsed.document(), Model::builtin(), Model::builtin_kinds())
}

/// Every name in a document by a given model.
#[doc(hidden)]
pub fn find_in(document: &Document, model: &Model, kinds: &Model) -> Vec<Name> {
    let context = Context::new(document);
    let mut readings = Vec::new();
    let mut votes = Votes::default();
    for (sentence, range) in document.sentences() {
        let mut scores = Vec::with_capacity(range.len());
        context.visit(range, |features| scores.push(model.score(features)));
        let looks = &context.looks()[range.indices()];
        if document.role_of(sentence) == Role::Byline {
            mend::heed_byline(looks, model, &mut scores);
        }
        mend::heed_heads(looks, model, &mut scores);
        let mut labelling = model.decode(&scores);
        if mend::heed_nouns(looks, &labelling, model, &mut scores) {
            labelling = model.decode(&scores);
        }
        if mend::heed_tails(looks, &labelling, model, &mut scores) {
            labelling = model.decode(&scores);
        }
        if consistency::heed_lists(looks, &labelling, model, &mut scores) {
            labelling = model.decode(&scores);
        }
        let casing = casing_of(looks);
        for (name, margin) in read_names(range, &labelling) {
            votes.add(&context.looks()[name.tokens.indices()], casing, &name, margin);
        }
        readings.push((range, scores, labelling));
    }
    let (mut names, mut opinions) = (Vec::new(), Vec::new());
    for (range, mut scores, mut labelling) in readings {
        let looks = &context.looks()[range.indices()];
        if votes.apply(looks, &labelling, model, &mut scores) {
            labelling = model.decode(&scores);
        }
        for name in mended_names(document, range, &labelling) {
            let start = name.tokens.start.index() - range.start.index();
            opinions.push(if name.class.has_kinds() {
                kind::opinion(&words(document, &name), looks, start, kinds)
            } else {
                Opinion::Said(name.class)
            });
            names.push(name);
        }
    }
    tell_kinds(document, &mut names, &opinions, kinds);
    names
}

/// The names that a labelling of a sentence says, mended.
fn mended_names(document: &Document, range: TokenRange, labelling: &Labelling) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (name, _) in read_names(range, labelling) {
        let free = names.last().map_or(range.start, |last| last.tokens.end);
        let before = (free < name.tokens.start).then(|| document.text(TokenId(name.tokens.start.0 - 1)));
        let name = mend::mend(name, &words(document, &name), before);
        names.extend(name.map(|name| mend::with_event(name, free, |token| document.text(token))));
    }
    names.sort_by_key(|name| name.tokens.start);
    names
}

fn words<'s>(document: &Document<'s>, name: &Name) -> Vec<&'s str> {
    name.tokens.iter().map(|id| document.text(id)).collect()
}

/// Makes organizations and works more exact, the same name the same everywhere.
fn tell_kinds(document: &Document, names: &mut [Name], opinions: &[Opinion], kinds: &Model) {
    let mut places: HashMap<(NameClass, Vec<&str>), Vec<usize>> = HashMap::new();
    for (i, name) in names.iter().enumerate() {
        if name.class.has_kinds() {
            places.entry((name.class, words(document, name))).or_default().push(i);
        }
    }
    for ((class, _), places) in places {
        let heard: Vec<&Opinion> = places.iter().map(|i| &opinions[*i]).collect();
        let kind = kind::refine(class, &heard, kinds);
        places.iter().for_each(|i| names[*i].class = kind);
    }
}

/// The names that a labelling of a sentence says, and by how much each beats what else might be there, in log-odds.
fn read_names(range: TokenRange, labelling: &Labelling) -> impl Iterator<Item = (Name, f32)> {
    let labels = &labelling.labels;
    let begins = (0..labels.len()).filter(|i| labels[*i] % 2 == 1);
    begins.map(move |start| {
        let inside = labels[start] + 1;
        let length = 1 + labels[start + 1..].iter().take_while(|label| **label == inside).count();
        let margin = labelling.margins[start..start + length].iter().copied().fold(f32::INFINITY, f32::min);
        let at = |i: usize| TokenId(range.start.0 + i as u32);
        let tokens = TokenRange { start: at(start), end: at(start + length) };
        let class = NameClass::LABELLED[labels[start] / 2];
        (Name { tokens, class, confidence: 1.0 / (1.0 + (-margin).exp()) }, margin)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Span, Token, given};
    use crate::source::Source;

    /// Finds the names of a text whose tokens stand between spaces and whose sentences stand on lines.
    fn check(text: &str, expected: &[(&str, &str)]) {
        let source = Source::plain("test", text);
        let (mut tokens, mut sentences, mut at) = (Vec::new(), Vec::new(), 0);
        for line in text.split('\n') {
            let start = TokenId(tokens.len() as u32);
            for word in line.split(' ') {
                tokens.push(Token { span: Span { start: at, end: at + word.len() }, space_after: true });
                at += word.len() + 1;
            }
            sentences.push(TokenRange { start, end: TokenId(tokens.len() as u32) });
        }
        let document = given(&source, tokens, sentences);
        let names = find_in(&document, Model::builtin(), Model::builtin_kinds());
        let found: Vec<(&str, &str)> = names
            .iter()
            .map(|name| (document.slice(document.span(name.tokens)), name.class.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
        assert!(names.windows(2).all(|pair| pair[0].tokens.end <= pair[1].tokens.start));
        assert!(names.iter().all(|name| (0.0..=1.0).contains(&name.confidence)));
    }

    #[test]
    fn names_have_spans_and_classes() {
        check("nothing here is a name .", &[]);
        check("Maria Jensen was born in Denmark .", &[("Maria Jensen", "Person"), ("Denmark", "Place")]);
        check(
            "He studied at the University of Bristol in England .",
            &[("University of Bristol", "EducationalOrganization"), ("England", "Place")],
        );
    }

    #[test]
    fn a_place_after_a_university_leaves_it_one() {
        check(
            "She is a curator at the University of Arden , Norway , and writes .",
            &[("University of Arden", "EducationalOrganization"), ("Norway", "Place")],
        );
    }

    #[test]
    fn companies_end_as_companies_do() {
        check(
            "Hartwell Energy may buy Pebble Freight .",
            &[("Hartwell Energy", "Company"), ("Pebble Freight", "Company")],
        );
        check(
            "The head of Kestrel Aviation , Ann Holt , received the Halden Prize .",
            &[("Kestrel Aviation", "Company"), ("Ann Holt", "Person"), ("Halden Prize", "Award")],
        );
    }

    #[test]
    fn the_names_of_a_list_are_of_one_class() {
        check(
            "The festival brought bands such as Paper Lanterns , Odo and Kelp Forest .",
            &[("Paper Lanterns", "MusicGroup"), ("Odo", "MusicGroup"), ("Kelp Forest", "MusicGroup")],
        );
    }

    #[test]
    fn odd_text_is_no_trouble() {
        check("", &[]);
        check("\n\n", &[]);
        check("? ! \" \" \u{0} ( 😀 ) '", &[]);
    }

    #[test]
    fn a_name_alone_is_what_the_whole_name_was() {
        let text = "The film was directed by Helena Quist in 2011 .\nQuist lives in Norway .";
        check(text, &[("Helena Quist", "Person"), ("Quist", "Person"), ("Norway", "Place")]);
    }
}
