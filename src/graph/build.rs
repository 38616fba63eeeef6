//! From one document's entities and facts to its graph.

use oxrdf::{Literal, NamedNode};

use super::referent::{Reading, class_iri};
use super::{DocumentRecord, End, Evidence, EvidenceId, Graph, article, infer};
use crate::entity::Entities;
use crate::fact::Fact;
use crate::lexicon::Lexicon;
use crate::mention::{Kind, MentionId};
use crate::ontology::{self, Family, Learned, Property, Range};
use crate::source::Source;
use crate::syntax::Parsed;

/// Makes the graph of one document: a thing for each entity that has a name and for the article itself, evidence for
/// each fact, and a statement for each asserted fact whose ends the graph can name.
pub fn build(
    source: &Source,
    parsed: &Parsed,
    entities: &Entities,
    facts: &[Fact],
    lexicon: &Lexicon,
) -> Graph {
    let reading = Reading::new(parsed, entities, facts, lexicon);
    let mut builder = Builder { reading: &reading, things: Vec::new(), graph: Graph::default() };
    builder.add_things();
    facts.iter().for_each(|fact| builder.add_fact(fact));
    let article = entities.entities().find(|(_, entity)| reading.is_article(entity));
    let article = article.and_then(|(id, _)| builder.things[id.index()].clone());
    let article = article::add(&mut builder.graph, article, source, lexicon.ontology());
    builder.graph.add_document(DocumentRecord {
        id: source.id.clone(),
        iri: article,
        url: source.url.clone(),
        text: None,
    });
    builder.graph
}

struct Builder<'d> {
    reading: &'d Reading<'d>,
    /// For each entity, the thing it is; `None` where nothing names it.
    things: Vec<Option<NamedNode>>,
    graph: Graph,
}

impl Builder<'_> {
    fn add_things(&mut self) {
        for thing in self.reading.things() {
            self.things.push(thing.as_ref().map(|thing| thing.iri.clone()));
            if let Some(thing) = thing {
                self.graph.add_thing(thing, self.reading.ontology());
            }
        }
    }

    fn add_fact(&mut self, fact: &Fact) {
        let property = self.reading.ontology().property(fact.property);
        let value = self.reading.value(fact, property);
        let subject = self.end(fact.subject, None);
        let mut object = self.end(fact.object, value.as_ref());
        let number = match &self.reading.entities.mention(fact.object).kind {
            Kind::Value(told) => Some(told),
            _ => None,
        };
        let is_number = |told: &&Literal| ontology::family(&told.datatype().into_owned()) == Family::Number;
        let number = number.filter(is_number);
        let learned = property.learned.as_ref().zip(number);
        let after = || self.reading.word_after(fact.object);
        // Of a rate or of feet and inches a part alone would be wrong in another unit.
        let is_whole = || !self.reading.is_measured_further(fact.object);
        let label =
            |(learned, number): (&Learned, &Literal)| learned.write(number.value(), after(), is_whole());
        object.label = learned.and_then(label).or(object.label);
        let id = self.graph.add_evidence(self.evidence(fact, property, subject, object));
        if self.reading.states(fact) {
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
        let ontology = self.reading.ontology();
        let takes_values = matches!(property.range, Range::Literal(_));
        let value = value.filter(|value| !takes_values || property.range.states(value));
        match (value, self.iri(fact.object)) {
            (Some(value), _) if takes_values => {
                self.graph.add_value(&subject, &property.iri, value, Some(evidence), ontology);
            }
            (None, Some(object)) if !takes_values => {
                self.graph.add_statement(&subject, &property.iri, &object, Some(evidence), ontology);
            }
            _ => {}
        }
    }

    fn evidence(&self, fact: &Fact, property: &Property, subject: End, object: End) -> Evidence {
        let document = self.reading.parsed.document();
        let sentence = document.span(document.sentence(fact.sentence));
        Evidence {
            document: document.source().id.clone(),
            property: property.iri.as_str().to_owned(),
            subject,
            object,
            sentence: self.reading.points.offsets(sentence),
            confidence: fact.confidence,
            status: fact.status,
            implicit: fact.implicit,
            past: fact.past,
            speaker: fact.speaker.map(|id| self.speaker(id)),
            rule: fact.rule.clone(),
            quote: self.reading.slice(sentence).to_owned(),
        }
    }

    /// One end of a fact, as the text shows it.
    fn end(&self, id: MentionId, value: Option<&Literal>) -> End {
        let Reading { entities, points, .. } = self.reading;
        let span = self.reading.span(id);
        let offsets = points.offsets(span);
        let text = self.reading.slice(span).to_owned();
        let mut end = End { start: offsets.start, end: offsets.end, text, ..End::default() };
        if let Some(value) = value {
            end.value = Some(value.value().to_owned());
            end.datatype = Some(value.datatype().as_str().to_owned());
            return end;
        }
        let ontology = self.reading.ontology();
        let class = entities.of(id).and_then(|entity| self.reading.class(entity));
        let told = class.or(entities.mention(id).class).map(|class| class_iri(Some(class), ontology));
        let thing = self.iri(id).and_then(|iri| self.graph.thing(&iri));
        end.iri = thing.map(|thing| thing.iri.as_str().to_owned());
        end.label = thing.map(|thing| thing.label.clone());
        // A gazetteer may know the class of a thing better; that it is something is less than any class.
        let known =
            thing.and_then(|thing| thing.classes.first()).filter(|class| class.as_ref() != infer::THING);
        let class = known.cloned().or(told).or_else(|| thing.map(|_| class_iri(None, ontology)));
        end.class = class.map(NamedNode::into_string);
        end
    }

    /// The name of who says so, or else the words that refer to them.
    fn speaker(&self, id: MentionId) -> String {
        let Reading { entities, .. } = self.reading;
        let name = entities.of(id).and_then(|entity| entities.entity(entity).name.clone());
        name.unwrap_or_else(|| self.reading.slice(self.reading.span(id)).to_owned())
    }

    /// The IRI of what a mention refers to, if the graph has it.
    fn iri(&self, id: MentionId) -> Option<NamedNode> {
        self.reading.entities.of(id).and_then(|entity| self.things[entity.index()].clone())
    }
}
