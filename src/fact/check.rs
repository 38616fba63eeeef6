//! Checks: which mentions may stand at the ends of a property.

use crate::document::TokenId;
use crate::entity::Entities;
use crate::lexicon::Lexicon;
use crate::mention::{Kind, Mention, MentionId, Number};
use crate::ontology::{ClassCondition, ClassId, Property, Range};
use crate::syntax::{Deprel, Parsed};

/// What is left of a confidence where a thing is only known to be of a more general class than a property asks for.
const GENERAL: f32 = 0.55;

/// The same where a thing's class was a guess, and the property tells another.
const GUESSED: f32 = 0.75;

/// Finds the mentions at words, and says which of them a property admits.
pub struct Ends<'a, 's> {
    parsed: &'a Parsed<'s>,
    entities: &'a Entities,
    lexicon: &'a Lexicon,
    /// The mentions that cover each word, if they are names or values, or have it as their head.
    at: Vec<Vec<MentionId>>,
}

impl<'a, 's> Ends<'a, 's> {
    pub fn new(parsed: &'a Parsed<'s>, entities: &'a Entities, lexicon: &'a Lexicon) -> Self {
        let mut at = vec![Vec::new(); parsed.words().len()];
        for (id, mention) in entities.mentions() {
            match mention.kind {
                Kind::Name | Kind::Value(_) => {
                    mention.tokens.iter().for_each(|token| at[token.index()].push(id))
                }
                Kind::Description | Kind::Pronoun => at[mention.head.index()].push(id),
                Kind::Article | Kind::Term => {}
            }
        }
        Self { parsed, entities, lexicon, at }
    }

    /// The mentions at a word that may be the subject of a property.
    pub fn subjects(&self, word: TokenId, property: &Property) -> Vec<MentionId> {
        self.things(word, &property.domain)
    }

    /// The mentions at a word that may be the object of a property.
    pub fn objects(&self, word: TokenId, property: &Property) -> Vec<MentionId> {
        match &property.range {
            Range::Thing => self.things(word, &property.range_classes),
            Range::Literal(types) => {
                let fits = |id: &MentionId| match &self.entities.mention(*id).kind {
                    Kind::Value(literal) => {
                        types.iter().any(|expected| admits(expected.as_str(), literal.datatype().as_str()))
                    }
                    _ => false,
                };
                self.at[word.index()].iter().copied().filter(fits).collect()
            }
        }
    }

    fn things(&self, word: TokenId, condition: &ClassCondition) -> Vec<MentionId> {
        let found = self.at[self.named_part(word).index()].iter().copied().filter(|id| self.is_thing(*id));
        found.map(|id| self.shown(id)).filter(|id| self.meets(*id, condition)).collect()
    }

    /// A word, or the part of the name that it heads in the tree though it is no part of it ("Director Ada Park").
    fn named_part(&self, word: TokenId) -> TokenId {
        let is_part = |child: &TokenId| {
            self.parsed.word(*child).deprel == Deprel::Flat && self.names_at(*child).next().is_some()
        };
        let part = || self.parsed.children(word).find(is_part);
        let is_end = |id: &MentionId| {
            self.is_thing(*id) || matches!(self.entities.mention(*id).kind, Kind::Value(_) | Kind::Article)
        };
        if self.at[word.index()].iter().any(is_end) { word } else { part().unwrap_or(word) }
    }

    /// Names and pronouns can stand at an end; descriptions only where they mean something that has a name.
    fn is_thing(&self, id: MentionId) -> bool {
        match self.entities.mention(id).kind {
            Kind::Name | Kind::Pronoun => true,
            Kind::Description => self.is_named(id),
            Kind::Value(_) | Kind::Article | Kind::Term => false,
        }
    }

    fn is_named(&self, id: MentionId) -> bool {
        self.entities.of(id).is_some_and(|entity| self.entities.entity(entity).name.is_some())
    }

    /// The mention that shows best what stands there: of "founder Mira Holt" the name.
    fn shown(&self, id: MentionId) -> MentionId {
        let (Kind::Description, Some(tie)) = (&self.entities.mention(id).kind, self.entities.tie(id)) else {
            return id;
        };
        let sentence = self.parsed.document().sentence_of(self.entities.mention(id).head);
        let in_sentence = |other: &MentionId| {
            let other = self.entities.mention(*other);
            other.kind == Kind::Name && self.parsed.document().sentence_of(other.head) == sentence
        };
        let position = |id: &MentionId| self.entities.mention(*id).head.0;
        let names = self.entities.entity(tie.entity).mentions.iter().copied().filter(in_sentence);
        let nearest = names.min_by_key(|name| position(name).abs_diff(position(&id)));
        nearest.filter(|_| tie.rule == "apposition").unwrap_or(id)
    }

    /// The head of the name that a description, by its head, stands beside.
    pub fn apposed_to(&self, noun: TokenId) -> Option<TokenId> {
        let described =
            self.at[noun.index()].iter().find(|id| self.entities.mention(**id).kind == Kind::Description)?;
        let name = self.entities.mention(self.shown(*described));
        (name.kind == Kind::Name).then_some(name.head)
    }

    /// A mention of a thing at a word, its name if there is one.
    pub fn thing_at(&self, word: TokenId) -> Option<MentionId> {
        let at = &self.at[self.named_part(word).index()];
        let is_value = |id: &&MentionId| matches!(self.entities.mention(**id).kind, Kind::Value(_));
        self.names_at(word).next().or_else(|| at.iter().find(|id| !is_value(id)).copied())
    }

    /// The name mentions that cover a word.
    pub fn names_at(&self, word: TokenId) -> impl Iterator<Item = MentionId> + '_ {
        self.at[word.index()].iter().copied().filter(|id| self.entities.mention(*id).kind == Kind::Name)
    }

    /// The value mentions that cover a word.
    pub fn values_at(&self, word: TokenId) -> impl Iterator<Item = MentionId> + '_ {
        self.at[word.index()]
            .iter()
            .copied()
            .filter(|id| matches!(self.entities.mention(*id).kind, Kind::Value(_)))
    }

    pub fn class_of(&self, id: MentionId) -> Option<ClassId> {
        let by_entity = self.entities.of(id).and_then(|entity| self.entities.entity(entity).class);
        by_entity.or(self.entities.mention(id).class)
    }

    /// Whether a class is the core vocabulary's of this local name, or below it.
    pub fn is_core(&self, class: Option<ClassId>, local: &str) -> bool {
        self.lexicon.is_core(class, local)
    }

    /// Whether what a mention refers to can be of the classes that a property asks for.
    ///
    /// A thing of a more general class passes, and so does a pronoun that may be anything.
    pub fn meets(&self, id: MentionId, condition: &ClassCondition) -> bool {
        let ontology = self.lexicon.ontology();
        match self.class_of(id) {
            Some(class) => {
                ontology.meets(class, condition)
                    || self.is_above(class, condition)
                    || self.may_be_mistaken(id, condition)
            }
            None => {
                let mention = self.entities.mention(id);
                let single = mention.kind == Kind::Pronoun && mention.number != Some(Number::Plural);
                let unknown = mention.kind == Kind::Name && self.may_be_mistaken(id, condition);
                single || unknown || self.lexicon.core_class("Person").is_none()
            }
        }
    }

    /// Whether what a mention refers to is of the classes that a property asks for, as far as anything is known of it: a
    /// name's guessed class counts, and a pronoun may be anything.
    pub fn is_of(&self, id: MentionId, condition: &ClassCondition) -> bool {
        match self.class_of(id) {
            Some(class) => self.lexicon.ontology().meets(class, condition) || self.is_above(class, condition),
            None => self.meets(id, condition),
        }
    }

    /// Whether the class of a name is a guess that a property may correct.
    ///
    /// Names of people, organizations, places and works are easily taken for each other; what is awarded or takes
    /// place is told by its words or not at all.
    fn may_be_mistaken(&self, id: MentionId, condition: &ClassCondition) -> bool {
        let mistakable =
            ["Person", "Organization", "Place", "Work"].map(|local| self.lexicon.core_class(local));
        let is_mistakable = |wanted: &ClassId| mistakable.contains(&Some(*wanted));
        !self.is_sure(id) && condition.iter().all(|any| any.iter().any(is_mistakable))
    }

    /// Whether the class of what a mention refers to is more than a guess.
    fn is_sure(&self, id: MentionId) -> bool {
        self.entities.of(id).is_some_and(|entity| self.entities.entity(entity).is_class_sure)
    }

    /// Whether some class that is asked for lies below the one that is known.
    fn is_above(&self, class: ClassId, condition: &ClassCondition) -> bool {
        let ontology = self.lexicon.ontology();
        condition.iter().all(|any| {
            any.iter().any(|wanted| ontology.is_a(*wanted, class) || ontology.is_a(class, *wanted))
        })
    }

    /// What confidence in a property is left by the classes at its ends: all of it where they are just what it asks
    /// for, little where they are so general that they only may be.
    pub fn fit(&self, subject: MentionId, object: MentionId, property: &Property) -> f32 {
        let ontology = self.lexicon.ontology();
        let fit = |id: MentionId, condition: &ClassCondition| match self.class_of(id) {
            Some(class) if ontology.meets(class, condition) => 1.0,
            Some(class) if self.is_above(class, condition) => GENERAL,
            None if self.mention(id).kind != Kind::Name => 1.0,
            // Without the core ontology no name has a class to guess.
            None if self.lexicon.core_class("Person").is_none() => 1.0,
            _ => GUESSED,
        };
        fit(subject, &property.domain) * fit(object, &property.range_classes)
    }

    pub fn mention(&self, id: MentionId) -> &'a Mention {
        self.entities.mention(id)
    }

    /// Whether both mentions refer to one thing.
    pub fn same(&self, one: MentionId, other: MentionId) -> bool {
        one == other || (self.entities.of(one).is_some() && self.entities.of(one) == self.entities.of(other))
    }
}

/// Whether a literal of one datatype may stand where the ontology asks for another: a year is a date, roughly told.
fn admits(expected: &str, found: &str) -> bool {
    const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
    const DATES: &[&str] = &["date", "dateTime", "gYear", "gYearMonth"];
    const NUMBERS: &[&str] =
        &["integer", "decimal", "nonNegativeInteger", "positiveInteger", "int", "long", "double", "float"];
    let local = |iri: &str| iri.strip_prefix(XSD).unwrap_or_default().to_owned();
    let (expected_local, found_local) = (local(expected), local(found));
    let family =
        |names: &[&str]| names.contains(&expected_local.as_str()) && names.contains(&found_local.as_str());
    let whole =
        !["decimal", "double", "float"].contains(&expected_local.as_str()) && found_local == "decimal";
    expected == found || family(DATES) || (family(NUMBERS) && !whole)
}
