//! A graph from RDF, ours or not: for pictures and tables of it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use oxrdf::NamedNode;
use oxrdf::vocab::rdf;

use super::{DocumentRecord, End, Evidence, Graph, Link, Linker, Offsets, Status, Thing};
use crate::ontology::{Ontology, local_name};
use crate::rdf::vocabulary::{AGENTS, NAMES, dcterms, oa, owl, prov, rdf as reified, schema, skos, tg};
use crate::rdf::{Dataset, Quad, Term};

/// What else a thing is called.
const OTHER_LABELS: [&str; 2] = [skos::ALTERNATIVE_LABEL.as_str(), schema::ALTERNATE_NAME.as_str()];

/// Makes a graph of what a dataset says, whatever named graph it is in.
///
/// Everything that is a subject, or an object other than a class or a literal, becomes a thing; a blank node goes by its
/// label (`_:b1`). What `tellgraph extract --evidence statement` or `span` wrote becomes evidence again, and is no thing.
pub fn read(dataset: &Dataset, ontology: &Ontology) -> Graph {
    let index = Index::of(dataset);
    let mut graph = Graph::default();
    let things: BTreeMap<Term<'_>, Thing> = index.things();
    let iris: HashMap<Term<'_>, NamedNode> =
        things.iter().map(|(term, thing)| (*term, thing.iri.clone())).collect();
    for thing in things.into_values() {
        graph.add_thing(thing, ontology);
    }
    let evidence = index.evidence(&graph);
    for (id, documents) in index.documents() {
        graph.add_document(DocumentRecord { id, iri: None, url: documents, text: None });
    }
    for quad in index.statements() {
        let Some(subject) = iris.get(&quad.subject) else { continue };
        let property = NamedNode::new_unchecked(quad.predicate);
        let proof = evidence.get(&(quad.subject, quad.predicate, quad.object));
        let mut ids: Vec<_> =
            proof.into_iter().flatten().map(|proof| Some(graph.add_evidence(proof.clone()))).collect();
        if ids.is_empty() {
            ids.push(None);
        }
        for id in ids {
            match (iris.get(&quad.object), quad.object.to_literal()) {
                (_, Some(value)) => graph.add_value(subject, &property, value, id, ontology),
                (Some(object), None) => graph.add_statement(subject, &property, object, id, ontology),
                (None, None) => {}
            }
        }
    }
    graph
}

/// A triple, as a key.
type Triple<'d> = (Term<'d>, &'d str, Term<'d>);

/// A dataset by its subjects.
struct Index<'d> {
    said: BTreeMap<Term<'d>, Vec<Quad<'d>>>,
    /// What tells of the graph, and not of the world: annotations, documents, releases of this program.
    apart: HashSet<Term<'d>>,
}

impl<'d> Index<'d> {
    fn of(dataset: &'d Dataset) -> Self {
        let mut said: BTreeMap<Term<'_>, Vec<Quad<'_>>> = BTreeMap::new();
        dataset.quads().for_each(|quad| said.entry(quad.subject).or_default().push(quad));
        let mut index = Self { said, apart: HashSet::new() };
        index.apart = index.find_apart();
        index
    }

    fn find_apart(&self) -> HashSet<Term<'d>> {
        let mut apart = HashSet::new();
        for (subject, quads) in &self.said {
            let is_ours = |quad: &&Quad<'_>| quad.predicate == tg::CONFIDENCE.as_str();
            let is_release = subject.iri().is_some_and(|iri| iri.starts_with(AGENTS));
            let made_by_us = quads.iter().any(|quad| {
                let by_us = quad.object.iri().is_some_and(|iri| iri.starts_with(AGENTS));
                quad.predicate == prov::WAS_ATTRIBUTED_TO.as_str() && by_us
            });
            if is_release {
                apart.insert(*subject);
            }
            if made_by_us || quads.iter().any(|quad| is_ours(&quad)) {
                apart.insert(*subject);
                self.collect_parts(*subject, &mut apart);
            }
        }
        apart
    }

    /// What an annotation is made of: its body, targets and selectors, and the text.
    fn collect_parts(&self, subject: Term<'d>, apart: &mut HashSet<Term<'d>>) {
        const PARTS: [&str; 7] = [
            oa::HAS_BODY.as_str(),
            oa::HAS_TARGET.as_str(),
            oa::HAS_SELECTOR.as_str(),
            oa::HAS_SOURCE.as_str(),
            tg::SUBJECT_MENTION.as_str(),
            tg::OBJECT_MENTION.as_str(),
            prov::WAS_DERIVED_FROM.as_str(),
        ];
        for quad in self.of_subject(subject) {
            if PARTS.contains(&quad.predicate) && apart.insert(quad.object) {
                self.collect_parts(quad.object, apart);
            }
        }
    }

    fn of_subject(&self, subject: Term<'d>) -> &[Quad<'d>] {
        self.said.get(&subject).map_or(&[], Vec::as_slice)
    }

    fn object(&self, subject: Term<'d>, predicate: &str) -> Option<Term<'d>> {
        self.of_subject(subject).iter().find(|quad| quad.predicate == predicate).map(|quad| quad.object)
    }

    /// What is said of the world, of each member of a list where it is said of a list.
    fn world(&self) -> impl Iterator<Item = Quad<'d>> {
        let is_there =
            |(subject, _): &(&Term<'d>, _)| !self.apart.contains(*subject) && self.cell(**subject).is_none();
        let quads = self.said.iter().filter(is_there).flat_map(|(_, quads)| quads);
        quads.flat_map(|quad| self.members(quad.object).into_iter().map(|object| Quad { object, ..*quad }))
    }

    /// A thing by itself, a list as its members, and those of the lists in it.
    fn members(&self, object: Term<'d>) -> Vec<Term<'d>> {
        let (mut members, mut open, mut seen) = (Vec::new(), vec![object], HashSet::new());
        while let Some(term) = open.pop() {
            match self.cell(term) {
                Some(cell) if seen.insert(term) => open.extend(cell),
                Some(_) => {}
                None if term == Term::Iri(rdf::NIL.as_str()) => {}
                None => members.push(term),
            }
        }
        members
    }

    /// What follows a list's node, and what is in it.
    fn cell(&self, term: Term<'d>) -> Option<[Term<'d>; 2]> {
        let Term::Blank(_) = term else { return None };
        let [first, rest] = self.of_subject(term) else { return None };
        let is_cell = first.predicate == rdf::FIRST.as_str() && rest.predicate == rdf::REST.as_str();
        is_cell.then_some([rest.object, first.object])
    }

    /// What is said of things, but for what they are and are called.
    fn statements(&self) -> impl Iterator<Item = Quad<'d>> + '_ {
        let mut seen = HashSet::new();
        let is_name = |quad: &Quad<'_>| {
            let is_label = NAMES.contains(&quad.predicate) || OTHER_LABELS.contains(&quad.predicate);
            is_label || quad.predicate == rdf::TYPE.as_str() || is_link(quad)
        };
        // The same in several named graphs is one statement.
        let is_new = move |quad: &Quad<'d>| seen.insert((quad.subject, quad.predicate, quad.object));
        self.world().filter(move |quad| !is_name(quad)).filter(is_new)
    }

    fn things(&self) -> BTreeMap<Term<'d>, Thing> {
        let mut terms: BTreeSet<Term<'d>> = BTreeSet::new();
        for quad in self.world() {
            terms.insert(quad.subject);
            let is_thing = matches!(quad.object, Term::Iri(_) | Term::Blank(_));
            if is_thing && quad.predicate != rdf::TYPE.as_str() && !is_link(&quad) {
                terms.insert(quad.object);
            }
        }
        terms.into_iter().map(|term| (term, self.thing(term))).collect()
    }

    fn thing(&self, term: Term<'d>) -> Thing {
        let name = match term {
            Term::Iri(iri) => iri.to_owned(),
            other => other.to_string(),
        };
        let mut thing = Thing::new(NamedNode::new_unchecked(&*name), self.label(term, &name));
        for quad in self.of_subject(term) {
            match (quad.object, quad.predicate) {
                (Term::Iri(class), predicate) if predicate == rdf::TYPE.as_str() => {
                    thing.classes.insert(NamedNode::new_unchecked(class));
                }
                (Term::Iri(iri), _) if is_link(quad) => {
                    thing.links.insert(Link { by: Linker::User, iri: NamedNode::new_unchecked(iri) });
                }
                (label, predicate) if NAMES.contains(&predicate) || OTHER_LABELS.contains(&predicate) => {
                    let label = label.value().map(std::borrow::Cow::into_owned);
                    thing.alternative_labels.extend(label.filter(|label| *label != thing.label));
                }
                _ => {}
            }
        }
        thing
    }

    /// The first label in English or in no language, or else the first; what the IRI ends in, if there is none.
    fn label(&self, term: Term<'d>, name: &str) -> String {
        let quads = || {
            NAMES
                .iter()
                .flat_map(|label| self.of_subject(term).iter().filter(move |quad| quad.predicate == *label))
        };
        let is_english =
            |quad: &&Quad<'_>| quad.object.language().is_none_or(|language| language.starts_with("en"));
        let chosen = quads().find(is_english).or_else(|| quads().next());
        let label = chosen.and_then(|quad| quad.object.value()).map(std::borrow::Cow::into_owned);
        label.filter(|label| !label.is_empty()).unwrap_or_else(|| match local_name(name) {
            "" => name.to_owned(),
            local => local.to_owned(),
        })
    }

    /// The texts that evidence or named graphs are from: what they are called, and their addresses.
    fn documents(&self) -> BTreeMap<String, Option<String>> {
        let is_source = |(subject, _): &(&Term<'d>, &Vec<Quad<'d>>)| self.apart.contains(*subject);
        let sources = self.said.iter().filter(is_source);
        let known = sources.filter_map(|(subject, _)| {
            let id = self.object(*subject, dcterms::IDENTIFIER.as_str())?.value()?.into_owned();
            let url = subject.iri().filter(|iri| !iri.contains("/source/")).map(str::to_owned);
            Some((id, url))
        });
        known.collect()
    }

    /// Where texts say each triple.
    fn evidence(&self, graph: &Graph) -> HashMap<Triple<'d>, Vec<Evidence>> {
        let mut evidence: HashMap<Triple<'_>, Vec<Evidence>> = HashMap::new();
        for (subject, quads) in &self.said {
            for quad in quads {
                let said = match quad.object {
                    Term::Triple([subject, predicate, object])
                        if quad.predicate == reified::REIFIES.as_str() =>
                    {
                        Term::read(predicate)
                            .iri()
                            .map(|predicate| (Term::read(subject), predicate, Term::read(object)))
                    }
                    body if quad.predicate == oa::HAS_BODY.as_str() => self.reified(body),
                    _ => None,
                };
                if let Some(said) = said
                    && self.apart.contains(subject)
                {
                    evidence.entry(said).or_default().push(self.proof(*subject, quad.object, said, graph));
                }
            }
        }
        evidence
    }

    fn reified(&self, body: Term<'d>) -> Option<Triple<'d>> {
        let part = |predicate: oxrdf::NamedNodeRef<'_>| self.object(body, predicate.as_str());
        Some((part(reified::SUBJECT)?, part(reified::PREDICATE)?.iri()?, part(reified::OBJECT)?))
    }

    /// One place where a text says a triple.
    fn proof(&self, place: Term<'d>, body: Term<'d>, said: Triple<'d>, graph: &Graph) -> Evidence {
        let text = |predicate: oxrdf::NamedNodeRef<'_>| self.object(place, predicate.as_str());
        let words = |term: Option<Term<'d>>| term.and_then(Term::value).unwrap_or_default().into_owned();
        let sentence = self.object(place, oa::HAS_TARGET.as_str());
        let (span, exact) = sentence.map(|target| self.selected(target)).unwrap_or_default();
        let quote = if exact.is_empty() { words(text(tg::QUOTE)) } else { exact };
        let source = text(prov::WAS_DERIVED_FROM);
        let rule = text(tg::RULE);
        Evidence {
            document: words(source.and_then(|source| self.object(source, dcterms::IDENTIFIER.as_str()))),
            property: said.1.to_owned(),
            subject: self.end(said.0, self.object(body, tg::SUBJECT_MENTION.as_str()), graph),
            object: self.end(said.2, self.object(body, tg::OBJECT_MENTION.as_str()), graph),
            sentence: span,
            confidence: words(text(tg::CONFIDENCE)).parse().unwrap_or(0.0),
            status: Status::Asserted,
            implicit: text(tg::IMPLICIT).is_some(),
            past: false,
            speaker: None,
            rule: rule.and_then(Term::iri).map_or_else(|| words(rule), str::to_owned),
            quote,
        }
    }

    /// One end of a triple, and the words for it where they are known.
    fn end(&self, term: Term<'d>, mention: Option<Term<'d>>, graph: &Graph) -> End {
        let (span, text) = mention.map(|target| self.selected(target)).unwrap_or_default();
        let mut end = End { start: span.start, end: span.end, text, ..End::default() };
        if let Some(value) = term.to_literal() {
            end.value = Some(value.value().to_owned());
            end.datatype = Some(value.datatype().as_str().to_owned());
            return end;
        }
        let thing = term.iri().and_then(|iri| graph.thing(&NamedNode::new_unchecked(iri)));
        end.iri = thing.map(|thing| thing.iri.as_str().to_owned());
        end.label = thing.map(|thing| thing.label.clone());
        end.class = thing.and_then(|thing| thing.classes.first()).map(|class| class.as_str().to_owned());
        end
    }

    /// The position and the words that the selectors of a target give.
    fn selected(&self, target: Term<'d>) -> (Offsets, String) {
        let selectors =
            self.of_subject(target).iter().filter(|quad| quad.predicate == oa::HAS_SELECTOR.as_str());
        let (mut span, mut words) = (Offsets::default(), String::new());
        for quad in selectors {
            let value =
                |predicate: oxrdf::NamedNodeRef<'_>| self.object(quad.object, predicate.as_str())?.value();
            let number = |predicate| value(predicate)?.parse().ok();
            span.start = number(oa::START).unwrap_or(span.start);
            span.end = number(oa::END).unwrap_or(span.end);
            if let Some(exact) = value(oa::EXACT) {
                words = exact.into_owned();
            }
        }
        (span, words)
    }
}

fn is_link(quad: &Quad<'_>) -> bool {
    matches!(quad.object, Term::Iri(_)) && quad.predicate == owl::SAME_AS.as_str()
}
