//! Referents: the things that a document's entities are.

use std::collections::{BTreeSet, HashMap};

use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNode};

use super::identity::homonym::{Aspect, tell_apart};
use super::identity::{self, Identity, KeyValues};
use super::offset::CodePoints;
use super::{Appearance, Thing, infer, link};
use crate::document::{Span, TokenId};
use crate::entity::{Entities, Entity, EntityId};
use crate::fact::{self, Fact};
use crate::lexicon::Lexicon;
use crate::mention::{Kind, MentionId};
use crate::ontology::{ClassId, Ontology, Property, Range};
use crate::syntax::Parsed;

/// A document as the steps before understood it.
pub(super) struct Reading<'d> {
    pub parsed: &'d Parsed<'d>,
    pub entities: &'d Entities,
    pub facts: &'d [Fact],
    pub lexicon: &'d Lexicon,
    /// For each entity, its class from its mentions and facts.
    pub classes: Vec<Option<ClassId>>,
    pub points: CodePoints<'d>,
}

/// An entity that has a name, on its way to become a thing.
#[derive(Clone)]
pub(super) struct Named {
    pub id: EntityId,
    pub label: String,
    pub other_names: BTreeSet<String>,
    pub class: Option<ClassId>,
}

impl<'d> Reading<'d> {
    pub fn new(
        parsed: &'d Parsed<'d>,
        entities: &'d Entities,
        facts: &'d [Fact],
        lexicon: &'d Lexicon,
    ) -> Self {
        let classes = fact::classes(entities, facts, lexicon.ontology());
        let points = CodePoints::new(&parsed.document().source().text);
        Self { parsed, entities, facts, lexicon, classes, points }
    }

    pub fn ontology(&self) -> &'d Ontology {
        self.lexicon.ontology()
    }

    /// For each entity the thing that it is, with its IRI, links and appearances; `None` where nothing names it.
    pub fn things(&self) -> Vec<Option<Thing>> {
        let named: Vec<Named> =
            self.entities.entities().filter_map(|(id, entity)| self.named(id, entity)).collect();
        let known = link::links(self, &named);
        let stated = self.facts.iter().filter(|fact| self.states(fact));
        let told: BTreeSet<MentionId> = stated.flat_map(|fact| [fact.subject, fact.object]).collect();
        let could_be_known = self.ontology().core_class("Person").is_some();
        // Of some things there is a name, and nobody says what they are.
        let says_something = |(named, known): &(Named, link::Known)| {
            let is_told = || self.entities.entity(named.id).mentions.iter().any(|id| told.contains(id));
            let mentions = &self.entities.entity(named.id).mentions;
            let is_named = !mentions.iter().all(|id| self.entities.mention(*id).kind == Kind::Term);
            let is_known = named.class.or(known.class).is_some() || !could_be_known;
            is_known && is_named || is_told()
        };
        let (named, known): (Vec<Named>, Vec<link::Known>) =
            named.into_iter().zip(known).filter(says_something).unzip();
        let facts = self.facts_by_subject();
        let mut things: Vec<Thing> = Vec::new();
        for (named, known) in named.iter().zip(&known) {
            things.push(self.thing(named, known, facts.get(&named.id).map_or(&[], Vec::as_slice)));
        }
        self.relate(&named, &mut things);
        let told: Vec<_> =
            things.iter().map(|thing| (&thing.identity.plain, thing.distinctions(&thing.links))).collect();
        let iris = tell_apart(&told, self.ontology());
        let mut all = vec![None; self.entities.entities().len()];
        for ((named, mut thing), iri) in named.into_iter().zip(things).zip(iris) {
            thing.iri = iri;
            all[named.id.index()] = Some(thing);
        }
        all
    }

    fn named(&self, id: EntityId, entity: &Entity) -> Option<Named> {
        let label = readable(&match &entity.name {
            Some(name) => name.clone(),
            None => self.slice(entity.mentions.iter().find_map(|id| self.headline(*id))?).to_owned(),
        })?;
        let mut other_names: BTreeSet<String> =
            entity.other_names.iter().filter_map(|name| readable(name)).collect();
        other_names.remove(&label);
        Some(Named { id, label, other_names, class: self.class(id) })
    }

    /// A thing by itself, with the IRI that it has if no other is like it.
    fn thing(&self, named: &Named, known: &link::Known, facts: &[&Fact]) -> Thing {
        let class = known.class.or(named.class);
        let values = self.key_values(facts, class);
        let name = known.name.as_deref().unwrap_or(&named.label);
        let plain = identity::of_keyed(name, class, &values, self.ontology());
        let mut thing = Thing::new(plain.clone(), named.label.clone());
        thing.classes.insert(class_iri(class, self.ontology()));
        thing.alternative_labels = named.other_names.clone();
        thing.links = known.links.clone();
        thing.appearances = self.appearances(named.id);
        let distinctions = values.into_iter().map(|(property, values)| (Aspect::Key(property), values));
        thing.identity = Identity { plain, distinctions: distinctions.collect() };
        thing
    }

    /// The asserted facts that say something of each entity.
    fn facts_by_subject(&self) -> HashMap<EntityId, Vec<&'d Fact>> {
        let mut facts: HashMap<EntityId, Vec<&Fact>> = HashMap::new();
        for fact in self.facts.iter().filter(|fact| self.states(fact)) {
            if let Some(entity) = self.entities.of(fact.subject) {
                facts.entry(entity).or_default().push(fact);
            }
        }
        facts
    }

    /// What facts say of their subject by the properties of its class's key, its name aside.
    fn key_values(&self, facts: &[&Fact], class: Option<ClassId>) -> KeyValues {
        let mut values = KeyValues::new();
        let Some(class) = class else { return values };
        let key: Vec<&NamedNode> = identity::key(class, self.ontology()).collect();
        for fact in facts {
            let property = self.ontology().property(fact.property);
            let object = || self.entities.entity(self.entities.of(fact.object)?).name.clone();
            let value = || self.value(fact, property).map(|value| value.value().to_owned());
            if key.contains(&&property.iri)
                && let Some(value) = value().or_else(object)
            {
                values.entry(property.iri.clone()).or_default().insert(value);
            }
        }
        values
    }

    /// Tells apart two things of one name between which a fact holds: father and son.
    fn relate(&self, named: &[Named], things: &mut [Thing]) {
        let place = |mention: MentionId| {
            let id = self.entities.of(mention)?;
            named.binary_search_by_key(&id, |named| named.id).ok()
        };
        for fact in self.facts.iter().filter(|fact| self.states(fact)) {
            let property = self.ontology().property(fact.property);
            let (Some(subject), Some(object)) = (place(fact.subject), place(fact.object)) else { continue };
            if property.symmetric
                || subject == object
                || things[subject].identity.plain != things[object].identity.plain
            {
                continue;
            }
            let side = property.label.clone();
            let inverse = property.inverse.map(|id| self.ontology().property(id).label.clone());
            let other = inverse.unwrap_or_else(|| format!("inverse {side}"));
            for (at, side) in [(subject, side), (object, other)] {
                let aspect = Aspect::Relation(property.iri.clone());
                things[at].identity.distinctions.entry(aspect).or_default().insert(side);
            }
        }
    }

    fn appearances(&self, id: EntityId) -> Vec<Appearance> {
        let document = self.parsed.document();
        let appearance = |id: &MentionId| {
            let mention = self.entities.mention(*id);
            let sentence = document.span(document.sentence(document.sentence_of(mention.head)));
            Appearance {
                document: 0,
                mention: self.points.offsets(self.span(*id)),
                sentence: self.points.offsets(sentence),
                kind: mention.kind.as_str().into(),
                rule: self.entities.tie(*id).map_or("", |tie| tie.rule).into(),
            }
        };
        self.entities.entity(id).mentions.iter().map(appearance).collect()
    }

    pub fn class(&self, id: EntityId) -> Option<ClassId> {
        let article =
            self.ontology().core_class("Article").filter(|_| self.is_article(self.entities.entity(id)));
        article.or(self.classes[id.index()])
    }

    pub fn is_article(&self, entity: &Entity) -> bool {
        entity.mentions.iter().any(|id| self.headline(*id).is_some())
    }

    /// Where a mention's words stand, if it is the article's headline.
    fn headline(&self, id: MentionId) -> Option<Span> {
        (self.entities.mention(id).kind == Kind::Article).then(|| self.span(id))
    }

    /// The literal that a fact's object is: what its mention states, or its very words where the property takes strings.
    pub fn value(&self, fact: &Fact, property: &Property) -> Option<Literal> {
        if let Kind::Value(literal) = &self.entities.mention(fact.object).kind {
            return Some(property.range.written(literal));
        }
        match &property.range {
            Range::Literal(datatypes)
                if datatypes.iter().any(|datatype| datatype.as_ref() == xsd::STRING) =>
            {
                Some(Literal::new_simple_literal(readable(self.slice(self.span(fact.object)))?))
            }
            _ => None,
        }
    }

    /// Whether a fact becomes a statement: it is asserted, holds still (or is of a kind that does not end), and is more
    /// probable than not, or than what is asked for. Of a property that was learned, less is told as a fact.
    pub fn states(&self, fact: &Fact) -> bool {
        fact.is_stated() && fact.confidence >= self.lexicon.least_confidence()
    }

    /// The word after a mention in its sentence; empty where the sentence ends.
    pub fn word_after(&self, id: MentionId) -> &'d str {
        let tokens = self.entities.mention(id).tokens;
        self.word_at(tokens.start, tokens.end)
    }

    /// Whether the word after a number is only a part of how it is measured: "120 km/h", "6 feet 2 inches".
    pub fn is_measured_further(&self, id: MentionId) -> bool {
        let tokens = self.entities.mention(id).tokens;
        let next = self.word_at(tokens.start, TokenId(tokens.end.0 + 1));
        next == "/" || next == "per" || next.starts_with(|c: char| c.is_ascii_digit())
    }

    /// The word at a place of the sentence that another word stands in; empty elsewhere.
    fn word_at(&self, within: TokenId, token: TokenId) -> &'d str {
        let sentence = self.parsed.sentence_around(within);
        if sentence.contains(token) { self.parsed.text(token) } else { "" }
    }

    pub fn span(&self, id: MentionId) -> Span {
        self.parsed.document().span(self.entities.mention(id).tokens)
    }

    pub fn slice(&self, span: Span) -> &str {
        self.parsed.document().slice(span)
    }
}

/// A class's IRI; `owl:Thing` where nothing tells the class.
pub(super) fn class_iri(class: Option<ClassId>, ontology: &Ontology) -> NamedNode {
    class.map_or_else(|| infer::THING.into_owned(), |class| ontology.class(class).iri.clone())
}

/// A name on one line, without control characters; `None` if nothing is left of it.
///
/// Text may break a name over lines. NUL and U+FFFE are legal in RDF, but rapper cuts a string at the one and refuses
/// the other.
pub(super) fn readable(name: &str) -> Option<String> {
    let is_blank = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    let words = name.split(is_blank).filter(|word| !word.is_empty());
    Some(words.collect::<Vec<_>>().join(" ")).filter(|name| !name.is_empty())
}
