//! Uniting: the graphs of many documents as one, each thing under one IRI.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use oxrdf::NamedNode;

use super::identity::homonym::{Aspect, Distinctions, tell_apart};
use super::identity::same::{Same, in_document};
use super::{Graph, Link, Linker, Thing};
use crate::ontology::Ontology;

/// What a user wants of identities.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    pub same: Same,
    /// Whether a thing that has a public IRI goes by that.
    pub adopt_iris: bool,
}

/// Unites the graphs of documents: what has the same name and class is one thing, unless something tells it apart.
///
/// The order of graphs shows in nothing but the order of evidence and of documents.
pub fn unite(mut graphs: Vec<Graph>, rules: &Rules, ontology: &Ontology) -> Graph {
    let mut names = names(&graphs, rules, ontology).into_iter();
    let mut whole = Graph::default();
    for graph in &mut graphs {
        let count = graph.thing_count();
        graph.rename(names.by_ref().take(count).collect());
    }
    graphs.into_iter().for_each(|graph| whole.merge(graph));
    whole
}

/// For each thing of each graph, in the order of the nodes, its IRI and its public IRIs.
fn names(graphs: &[Graph], rules: &Rules, ontology: &Ontology) -> Vec<(NamedNode, BTreeSet<Link>)> {
    let occurrences: Vec<Occurrence> = graphs
        .iter()
        .flat_map(|graph| graph.nodes().map(|thing| Occurrence::of(thing, graph, &rules.same)))
        .collect();
    let units = units(&occurrences, &rules.same);
    let iris = unit_iris(&units, &occurrences, &rules.same, ontology);
    let mut named = vec![None; occurrences.len()];
    for (members, iri) in units.into_iter().zip(iris) {
        let group = rules.same.group_of(&iri).map(|place| rules.same.group_at(place));
        let written = group.and_then(|group| group.own.clone()).unwrap_or_else(|| iri.clone());
        for at in members {
            let mut links = occurrences[at].links.clone();
            links.retain(|link| !rules.same.are_different(&iri, &link.iri));
            put_told(&mut links, group.into_iter().flat_map(|group| &group.public));
            named[at] = Some((written.clone(), links));
        }
    }
    let mut named: Vec<_> = named.into_iter().flatten().collect();
    if rules.adopt_iris {
        adopt(&mut named);
    }
    named
}

/// The IRI of each unit: what a user calls it, or else what its class and name give and what tells it apart.
fn unit_iris(
    units: &[Vec<usize>],
    occurrences: &[Occurrence],
    same: &Same,
    ontology: &Ontology,
) -> Vec<NamedNode> {
    let called = |members: &Vec<usize>| members.iter().find_map(|at| occurrences[*at].own_iri(same));
    let called: Vec<Option<NamedNode>> = units.iter().map(called).collect();
    let others = units.iter().zip(&called).filter(|(_, called)| called.is_none());
    let others = others.map(|(members, _)| {
        let members = members.iter().map(|at| &occurrences[*at]);
        let plain = members.clone().map(|occurrence| &occurrence.thing.identity.plain).min();
        let mut distinctions = Distinctions::new();
        for (aspect, values) in members.flat_map(|occurrence| occurrence.distinctions(same)) {
            distinctions.entry(aspect).or_default().extend(values);
        }
        (plain.expect("a unit has members"), distinctions)
    });
    let mut told_apart = tell_apart(&others.collect::<Vec<_>>(), ontology).into_iter();
    let iri = |called: Option<NamedNode>| called.or_else(|| told_apart.next());
    called.into_iter().map(iri).map(|iri| iri.expect("an IRI for each")).collect()
}

/// The first link of each thing becomes its IRI.
fn adopt(named: &mut [(NamedNode, BTreeSet<Link>)]) {
    let mut first: HashMap<NamedNode, Link> = HashMap::new();
    for (iri, links) in named.iter() {
        if let Some(link) = links.first() {
            let known = first.entry(iri.clone()).or_insert_with(|| link.clone());
            *known = known.clone().min(link.clone());
        }
    }
    for (iri, links) in named {
        if let Some(link) = first.get(iri) {
            *iri = link.iri.clone();
            links.retain(|link| link.iri != *iri);
        }
    }
}

/// Adds the public IRIs that a user tells, in place of those of the same namespace that a gazetteer gave.
fn put_told<'s>(links: &mut BTreeSet<Link>, told: impl Iterator<Item = &'s NamedNode>) {
    let told: Vec<Link> = told.map(|iri| Link { by: Linker::User, iri: iri.clone() }).collect();
    links.retain(|link| {
        link.by == Linker::User || told.iter().all(|told| told.namespace() != link.namespace())
    });
    links.extend(told);
}

/// A thing as one graph tells of it.
struct Occurrence<'g> {
    thing: &'g Thing,
    /// By what a user speaks of it, where the graph is of one document.
    in_document: Option<NamedNode>,
    links: BTreeSet<Link>,
}

impl<'g> Occurrence<'g> {
    fn of(thing: &'g Thing, graph: &Graph, same: &Same) -> Self {
        let document = match graph.documents() {
            [document] => Some(in_document(&thing.iri, &document.id)),
            _ => None,
        };
        let mut links = thing.links.clone();
        if let Some(iri) = &document {
            links.retain(|link| !same.are_different(iri, &link.iri));
            let group = same.group_of(iri).map(|place| same.group_at(place));
            put_told(&mut links, group.into_iter().flat_map(|group| &group.public));
        }
        Self { thing, in_document: document, links }
    }

    /// What tells it apart; of two documents' things that are different the documents do.
    fn distinctions(&self, same: &Same) -> Distinctions {
        let mut distinctions = self.thing.distinctions(&self.links);
        if let Some((iri, (_, document))) =
            self.in_document.as_ref().and_then(|iri| Some((iri, iri.as_str().split_once('#')?)))
        {
            let others = same.different_from(iri).filter(|(other, _)| other.as_str().contains('#'));
            distinctions.extend(
                others.map(|(_, number)| (Aspect::Told(number), BTreeSet::from([document.to_owned()]))),
            );
        }
        distinctions
    }

    /// The IRI that a user gives what this document tells of.
    fn own_iri(&self, same: &Same) -> Option<NamedNode> {
        let iri = self.in_document.as_ref()?;
        let own = same.group_of(iri).and_then(|place| same.group_at(place).own.clone());
        let (plain, fragment) = iri.as_str().split_once('#')?;
        let apart = || NamedNode::new_unchecked(format!("{plain}_{fragment}"));
        own.or_else(|| same.are_different(iri, &self.thing.iri).then(apart))
    }
}

/// The occurrences, those together that a user says are of one thing.
fn units(occurrences: &[Occurrence], same: &Same) -> Vec<Vec<usize>> {
    let mut units: Vec<Vec<usize>> = Vec::new();
    let mut of_group: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, occurrence) in occurrences.iter().enumerate() {
        let group = occurrence.in_document.as_ref().and_then(|iri| same.group_of(iri));
        let unit = match group {
            Some(group) => *of_group.entry(group).or_insert(units.len()),
            None => units.len(),
        };
        if unit == units.len() {
            units.push(Vec::new());
        }
        units[unit].push(at);
    }
    units
}
