//! Checks: which mentions may stand at the ends of a property.

use crate::document::TokenId;
use crate::entity::{Entities, EntityId};
use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer::{self, PlaceKind};
use crate::mention::{Kind, Mention, MentionId, Number};
use crate::ontology::{ClassCondition, ClassId, Property, Range};
use crate::syntax::{Deprel, Parsed};

/// What is left of a confidence where a thing is only known to be of a more general class than a property asks for.
const GENERAL: f32 = 0.55;

/// The same where a thing's class was a guess, and the property tells another.
const GUESSED: f32 = 0.75;

/// The core classes of what has a name and is no value.
const SORTS: [&str; 7] = ["Person", "Organization", "Place", "Work", "Event", "Award", "Product"];

/// What a mention refers to, as far as anything is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Referent {
    Entity(EntityId),
    Mention(MentionId),
}

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
            Range::Literal(_) => {
                let fits = |id: &MentionId| match &self.entities.mention(*id).kind {
                    Kind::Value(literal) => property.range.admits(&literal.datatype().into_owned()),
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

    /// Whether a name stands below another by its own head ("the Basin in Utah and Nevada"): not by a word inside it, nor by
    /// what a coordination hands on ("president of the Institute and president of the School").
    pub fn ties(&self, one: MentionId, (other, word): (MentionId, TokenId)) -> bool {
        let above = |token: &TokenId| {
            let word = self.parsed.word(*token);
            word.head.filter(|_| matches!(word.deprel, Deprel::Conj | Deprel::Appos))
        };
        let first = std::iter::successors(Some(word), above).last().unwrap_or(word);
        let governor = self.parsed.word(first).head;
        word == self.mention(other).head
            && governor.is_some_and(|governor| self.mention(one).tokens.contains(governor))
    }

    /// Whether a word is a dash between two parts of a sentence.
    pub fn is_dash(&self, word: TokenId) -> bool {
        matches!(self.parsed.text(word), "–" | "—" | "--")
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

    /// Whether a mention is a name, or refers to something that the text tells of elsewhere.
    pub fn is_known(&self, id: MentionId) -> bool {
        self.mention(id).kind == Kind::Name || self.entities.of(id).is_some()
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
        self.share(id, condition).is_some()
    }

    /// What share of a confidence the class of what a mention refers to leaves where these classes are asked for: all where
    /// it is of them, little where it is so general that it only may be; `None` where it cannot be.
    fn share(&self, id: MentionId, condition: &ClassCondition) -> Option<f32> {
        let ontology = self.lexicon.ontology();
        let mistaken = || self.may_be_mistaken(id, condition).then_some(GUESSED);
        let Some(class) = self.class_of(id) else {
            let mention = self.mention(id);
            let is_single = mention.kind == Kind::Pronoun && mention.number != Some(Number::Plural);
            // Without the core ontology no name has a class to guess.
            let is_open = is_single || self.lexicon.core_class("Person").is_none();
            return if is_open { Some(1.0) } else { mistaken().filter(|_| mention.kind == Kind::Name) };
        };
        let is_known = || self.known_classes(id).any(|known| ontology.meets(known, condition));
        if ontology.meets(class, condition) {
            Some(1.0)
        } else if self.is_above(class, condition) {
            Some(if is_known() { 1.0 } else { GENERAL })
        } else {
            mistaken()
        }
    }

    /// What sorts of place the world knows a place as, sorted.
    pub fn known_places(&self, id: MentionId) -> Vec<ClassId> {
        let mut places: Vec<ClassId> =
            self.known_classes(id).filter(|class| self.is_core(Some(*class), "Place")).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The classes, finer than the one that the text tells, that gazetteers give the name of what a mention refers to.
    fn known_classes(&self, id: MentionId) -> impl Iterator<Item = ClassId> {
        let ontology = self.lexicon.ontology();
        let name = self.name_of(id);
        let entries = self.lexicon.gazetteers().into_iter();
        let entries =
            entries.flat_map(move |gazetteer| name.into_iter().flat_map(|name| gazetteer.named(name)));
        let classes = entries.filter_map(|entry| ontology.class_named(entry.class.as_ref()?.as_str()));
        let place = name.and_then(gazetteer::place).and_then(|kind| {
            self.lexicon.core_class(match kind {
                PlaceKind::Continent | PlaceKind::Region => "Region",
                PlaceKind::Country => "Country",
                PlaceKind::City => "City",
            })
        });
        let told = self.class_of(id);
        classes.chain(place).filter(move |class| told.is_some_and(|told| ontology.is_a(*class, told)))
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
        let of_mention = self.mention(id).kind == Kind::Pronoun && self.mention(id).is_class_sure;
        self.entities.of(id).map_or(of_mention, |entity| self.entities.entity(entity).is_class_sure)
    }

    /// Whether some class that is asked for lies below the one that is known.
    fn is_above(&self, class: ClassId, condition: &ClassCondition) -> bool {
        let ontology = self.lexicon.ontology();
        condition.iter().all(|any| {
            any.iter().any(|wanted| ontology.is_a(*wanted, class) || ontology.is_a(class, *wanted))
        })
    }

    /// What share of the confidence in a property is left by the classes at its ends.
    pub fn fit(&self, subject: MentionId, object: MentionId, property: &Property) -> f32 {
        let share = |id: MentionId, condition: &ClassCondition| match self.share(id, condition) {
            Some(share) => share,
            // Of a value nothing is asked here.
            None if self.class_of(id).is_none() && self.mention(id).kind != Kind::Name => 1.0,
            None => GUESSED,
        };
        share(subject, &property.domain) * share(object, &property.range_classes)
    }

    /// The same for what was found by features, which have seen already what the ends look like: only what they cannot be
    /// is held against it, nothing being left where that is certain.
    pub fn tolerance(&self, subject: MentionId, object: MentionId, property: &Property) -> f32 {
        let ontology = self.lexicon.ontology();
        let share = |id: MentionId, condition: &ClassCondition| match self.class_of(id) {
            Some(class) if ontology.may_meet(class, condition) => 1.0,
            Some(_) if self.is_sure(id) || self.is_known_place(id) => 0.0,
            Some(_) => GUESSED,
            None => 1.0,
        };
        if !self.may_be_object(object, property) {
            return 0.0;
        }
        share(subject, &property.domain) * share(object, &property.range_classes)
    }

    /// Whether an object is a value of the kind that a property takes, or a thing where it takes things. Ontologies that do
    /// not build on the core often mean values by classes, so of theirs a thing for a value alone is certain.
    fn may_be_object(&self, object: MentionId, property: &Property) -> bool {
        let has_core = self.lexicon.core_class("Person").is_some();
        let is_known = |class: &ClassId| SORTS.iter().any(|sort| self.is_core(Some(*class), sort));
        match (&self.mention(object).kind, &property.range) {
            (Kind::Value(_), Range::Thing) => !property.range_classes.iter().flatten().any(is_known),
            (Kind::Value(literal), range) => {
                !has_core || range.takes_words() || range.admits(&literal.datatype().into_owned())
            }
            (_, Range::Thing) => true,
            (_, range) => range.takes_words(),
        }
    }

    /// The name of what a mention refers to.
    fn name_of(&self, id: MentionId) -> Option<&str> {
        self.entities.entity(self.entities.of(id)?).name.as_deref()
    }

    /// Whether a name is read as a place's, and the world knows it as one and not as anybody's name.
    fn is_known_place(&self, id: MentionId) -> bool {
        let is_persons =
            |name: &str| gazetteer::given_name_gender(name).is_some() || gazetteer::is_surname(name);
        self.is_core(self.class_of(id), "Place")
            && self.name_of(id).is_some_and(|name| gazetteer::place(name).is_some() && !is_persons(name))
    }

    pub fn mention(&self, id: MentionId) -> &'a Mention {
        self.entities.mention(id)
    }

    /// Whether both mentions refer to one thing, or are the same words: "their" may mean each of two. A headline that is a
    /// name is another matter: the article and what it is about.
    pub fn same(&self, one: MentionId, other: MentionId) -> bool {
        let is_alike = |one: &Mention, other: &Mention| one.tokens == other.tokens && one.kind == other.kind;
        self.referent(one) == self.referent(other) || is_alike(self.mention(one), self.mention(other))
    }

    /// What a mention refers to: an entity, or nothing but itself.
    pub fn referent(&self, id: MentionId) -> Referent {
        self.entities.of(id).map_or(Referent::Mention(id), Referent::Entity)
    }
}
