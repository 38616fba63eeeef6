//! From one document's entities and facts to its graph.

use std::collections::BTreeSet;

use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNode};

use super::offset::CodePoints;
use super::{DocumentRecord, End, Evidence, EvidenceId, Graph, Thing, article, identity, infer};
use crate::document::Span;
use crate::entity::{Entities, Entity, EntityId};
use crate::fact::{Fact, Status};
use crate::mention::{Kind, MentionId};
use crate::ontology::{ClassId, Ontology, Property, Range};
use crate::source::Source;
use crate::syntax::Parsed;

/// Makes the graph of one document: a thing for each entity that has a name and for the article itself, evidence for
/// each fact, and a statement for each asserted fact whose ends the graph can name.
pub fn build(
    source: &Source,
    parsed: &Parsed,
    entities: &Entities,
    facts: &[Fact],
    ontology: &Ontology,
) -> Graph {
    let classes = infer::classes(entities, facts, ontology);
    let asserted = facts.iter().filter(|fact| is_stated(fact));
    let told = asserted.flat_map(|fact| [fact.subject, fact.object]).collect();
    let points = CodePoints::new(&source.text);
    let mut builder = Builder {
        parsed,
        entities,
        ontology,
        classes,
        told,
        things: Vec::new(),
        points,
        graph: Graph::default(),
    };
    builder.add_things();
    for fact in facts {
        builder.add_fact(fact);
    }
    let article = entities.entities().find(|(_, entity)| builder.is_article(entity));
    let article = article.and_then(|(id, _)| builder.things[id.index()].clone());
    let article = article::add(&mut builder.graph, article, source, ontology);
    builder.graph.add_document(DocumentRecord {
        id: source.id.clone(),
        iri: article,
        url: source.url.clone(),
    });
    builder.graph
}

/// Whether a fact becomes a statement: it is asserted, and holds still (or is of a kind that does not end).
fn is_stated(fact: &Fact) -> bool {
    fact.status == Status::Asserted && !fact.past
}

struct Builder<'d> {
    parsed: &'d Parsed<'d>,
    entities: &'d Entities,
    ontology: &'d Ontology,
    /// For each entity, its class from its mentions and facts.
    classes: Vec<Option<ClassId>>,
    /// The mentions that some asserted fact is about.
    told: BTreeSet<MentionId>,
    /// For each entity, the thing it is; `None` where nothing names it.
    things: Vec<Option<NamedNode>>,
    points: CodePoints<'d>,
    graph: Graph,
}

impl Builder<'_> {
    fn add_things(&mut self) {
        for (id, entity) in self.entities.entities() {
            let thing = self.thing(id, entity);
            self.things.push(thing.as_ref().map(|thing| thing.iri.clone()));
            if let Some(thing) = thing {
                self.graph.add_thing(thing, self.ontology);
            }
        }
    }

    /// The thing that an entity is, if anything names it.
    fn thing(&self, id: EntityId, entity: &Entity) -> Option<Thing> {
        let label = readable(&match &entity.name {
            Some(name) => name.clone(),
            None => self.slice(entity.mentions.iter().find_map(|id| self.headline(*id))?).to_owned(),
        })?;
        let class = self.class(id);
        let is_told = entity.mentions.iter().any(|mention| self.told.contains(mention));
        let could_be_known = self.ontology.core_class("Person").is_some();
        let is_term = |id: &MentionId| self.entities.mention(*id).kind == Kind::Term;
        let may_be_none = could_be_known && class.is_none() || entity.mentions.iter().all(is_term);
        if may_be_none && !is_told {
            return None; // Something has a name, and nobody says what it is.
        }
        let mut thing = Thing::new(identity::of(&label, class, self.ontology), label);
        thing.classes.insert(class_iri(class, self.ontology));
        thing.alternative_labels = entity.other_names.iter().filter_map(|name| readable(name)).collect();
        thing.alternative_labels.remove(&thing.label);
        Some(thing)
    }

    fn class(&self, id: EntityId) -> Option<ClassId> {
        let is_article = self.is_article(self.entities.entity(id));
        let article = self.ontology.core_class("Article").filter(|_| is_article);
        article.or(self.classes[id.index()])
    }

    fn is_article(&self, entity: &Entity) -> bool {
        entity.mentions.iter().any(|id| self.headline(*id).is_some())
    }

    /// Where a mention's words stand, if it is the article's headline.
    fn headline(&self, id: MentionId) -> Option<Span> {
        (self.entities.mention(id).kind == Kind::Article).then(|| self.span(id))
    }

    fn add_fact(&mut self, fact: &Fact) {
        let property = self.ontology.property(fact.property);
        let value = self.value(fact, property);
        let subject = self.end(fact.subject, None);
        let object = self.end(fact.object, value.as_ref());
        let id = self.graph.add_evidence(self.evidence(fact, property, subject, object));
        if is_stated(fact) {
            self.add_statement(fact, property, value, id);
        }
    }

    fn add_statement(
        &mut self,
        fact: &Fact,
        property: &Property,
        value: Option<Literal>,
        evidence: EvidenceId,
    ) {
        let Some(subject) = self.iri(fact.subject) else { return };
        let takes_values = matches!(property.range, Range::Literal(_));
        match (value, self.iri(fact.object)) {
            (Some(value), _) if takes_values => {
                self.graph.add_value(&subject, &property.iri, value, Some(evidence), self.ontology);
            }
            (None, Some(object)) if !takes_values => {
                self.graph.add_statement(&subject, &property.iri, &object, Some(evidence), self.ontology);
            }
            _ => {}
        }
    }

    /// The literal that a fact's object is: what its mention states, or its very words where the property takes strings.
    fn value(&self, fact: &Fact, property: &Property) -> Option<Literal> {
        if let Kind::Value(literal) = &self.entities.mention(fact.object).kind {
            return Some(literal.clone());
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

    fn evidence(&self, fact: &Fact, property: &Property, subject: End, object: End) -> Evidence {
        let document = self.parsed.document();
        let sentence = document.span(document.sentence(fact.sentence));
        Evidence {
            document: document.source().id.clone(),
            property: property.iri.as_str().to_owned(),
            subject,
            object,
            sentence: self.points.offsets(sentence),
            confidence: fact.confidence,
            status: fact.status,
            implicit: fact.implicit,
            past: fact.past,
            speaker: fact.speaker.map(|id| self.speaker(id)),
            rule: fact.rule.clone(),
            quote: self.slice(sentence).to_owned(),
        }
    }

    /// One end of a fact, as the text shows it.
    fn end(&self, id: MentionId, value: Option<&Literal>) -> End {
        let offsets = self.points.offsets(self.span(id));
        let text = self.slice(self.span(id)).to_owned();
        let mut end = End { start: offsets.start, end: offsets.end, text, ..End::default() };
        if let Some(value) = value {
            end.value = Some(value.value().to_owned());
            end.datatype = Some(value.datatype().as_str().to_owned());
            return end;
        }
        let class = self.entities.of(id).and_then(|entity| self.class(entity));
        let class =
            class.or(self.entities.mention(id).class).map(|class| class_iri(Some(class), self.ontology));
        let thing = self.iri(id).and_then(|iri| self.graph.thing(&iri));
        end.iri = thing.map(|thing| thing.iri.as_str().to_owned());
        end.label = thing.map(|thing| thing.label.clone());
        end.class =
            class.or_else(|| thing.map(|_| class_iri(None, self.ontology))).map(NamedNode::into_string);
        end
    }

    /// The name of who says so, or else the words that refer to them.
    fn speaker(&self, id: MentionId) -> String {
        let name = self.entities.of(id).and_then(|entity| self.entities.entity(entity).name.clone());
        name.unwrap_or_else(|| self.slice(self.span(id)).to_owned())
    }

    /// The IRI of what a mention refers to, if the graph has it.
    fn iri(&self, id: MentionId) -> Option<NamedNode> {
        self.entities.of(id).and_then(|entity| self.things[entity.index()].clone())
    }

    fn span(&self, id: MentionId) -> Span {
        self.parsed.document().span(self.entities.mention(id).tokens)
    }

    fn slice(&self, span: Span) -> &str {
        self.parsed.document().slice(span)
    }
}

/// A class's IRI; `owl:Thing` where nothing tells the class.
fn class_iri(class: Option<ClassId>, ontology: &Ontology) -> NamedNode {
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
