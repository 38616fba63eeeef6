//! Nesting: which blank nodes can be written in the place where they are mentioned, as `[ ... ]` or `( ... )`.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use oxrdf::vocab::rdf;

use super::{Dataset, Quad, Term};

/// How deep brackets stand in brackets at most.
const DEEPEST: usize = 16;

/// Blank nodes that are mentioned once, in the graph that tells of them.
#[derive(Default)]
pub(super) struct Nesting<'d> {
    /// What is said of each, by its label.
    said: HashMap<&'d str, Vec<Quad<'d>>>,
    /// The members of a list, by the label of its first node.
    lists: HashMap<&'d str, Vec<Term<'d>>>,
    nested: HashSet<&'d str>,
    /// All nodes of those lists.
    cells: HashSet<&'d str>,
}

/// What a blank node is written as, where it is mentioned.
pub(super) enum Shape<'n, 'd> {
    Node(&'n [Quad<'d>]),
    List(&'n [Term<'d>]),
}

impl<'d> Nesting<'d> {
    /// Looks through a sorted dataset; which lists can be written as such is for the syntax to say, by their members.
    pub(super) fn of(dataset: &'d Dataset, is_list: impl Fn(&[Term<'d>]) -> bool) -> Self {
        let quads: Vec<Quad<'d>> = dataset.quads().filter(has_blank).collect();
        if quads.is_empty() {
            return Self::default();
        }
        let places = subjects(&quads);
        let mut mentions: HashMap<&str, Vec<&Quad<'d>>> = HashMap::new();
        let mut barred: HashSet<&str> = HashSet::new();
        for quad in &quads {
            if let Term::Blank(label) = quad.object {
                mentions.entry(label).or_default().push(quad);
            }
            // A name for a graph, or spoken of: it must have a label.
            bar(quad.graph, &mut barred);
            if matches!(quad.object, Term::Triple(_)) {
                bar(Some(quad.object), &mut barred);
            }
        }
        let candidates = mentions.iter().filter_map(|(label, mentions)| {
            let [mention] = mentions.as_slice() else { return None };
            let told = places
                .get(label)
                .is_none_or(|place| quads[place.clone()].iter().all(|quad| quad.graph == mention.graph));
            (told && !barred.contains(label)).then_some((*label, **mention))
        });
        let candidates: HashMap<&str, Quad<'d>> = candidates.collect();
        let said = places.iter().filter(|(label, _)| candidates.contains_key(**label));
        let said = said.map(|(label, place)| (*label, quads[place.clone()].to_vec())).collect();
        let mut nesting = Self { said, ..Self::default() };
        let heads = nesting.find_lists(&candidates);
        let is_shallow = |label: &&&str| is_shallow(label, &candidates, &heads);
        nesting.nested = candidates.keys().filter(is_shallow).copied().collect();
        nesting.drop_lists(&heads, is_list);
        nesting
    }

    /// What to write in the place of a blank node; `None` if it goes by its label.
    pub(super) fn shape(&self, label: &str) -> Option<Shape<'_, 'd>> {
        if !self.nested.contains(label) {
            return None;
        }
        let list = self.lists.get(label).map(|members| Shape::List(members));
        Some(list.unwrap_or_else(|| Shape::Node(self.said.get(label).map_or(&[], Vec::as_slice))))
    }

    /// Whether a blank node is written in another place than where its statements stand.
    pub(super) fn has(&self, term: Term<'_>) -> bool {
        matches!(term, Term::Blank(label) if self.nested.contains(label))
    }

    /// The members of the list that a blank node begins, if it is written as a list.
    pub(super) fn list(&self, term: Term<'_>) -> Option<&[Term<'d>]> {
        let Term::Blank(label) = term else { return None };
        self.lists.get(label).map(Vec::as_slice)
    }

    /// Whether a blank node is written as a part of a list.
    pub(super) fn is_cell(&self, term: Term<'_>) -> bool {
        matches!(term, Term::Blank(label) if self.cells.contains(label))
    }

    /// Finds lists from their ends; gives for each node of one the label of its first.
    fn find_lists(&mut self, candidates: &HashMap<&'d str, Quad<'d>>) -> HashMap<&'d str, &'d str> {
        let cell = |label: &str| -> Option<(Term<'d>, Term<'d>)> {
            let [first, rest] = self.said.get(label)?.as_slice() else { return None };
            let is_cell = first.predicate == rdf::FIRST.as_str() && rest.predicate == rdf::REST.as_str();
            is_cell.then_some((first.object, rest.object))
        };
        let mut heads = HashMap::new();
        let mut lists = HashMap::new();
        let ends = candidates
            .keys()
            .filter(|label| cell(label).is_some_and(|(_, rest)| rest == Term::Iri(rdf::NIL.as_str())));
        for end in ends {
            let (mut head, mut nodes, mut members) = (*end, vec![*end], Vec::new());
            members.extend(cell(end).map(|(first, _)| first));
            while let Some(mention) =
                candidates.get(head).filter(|mention| mention.predicate == rdf::REST.as_str())
                && let Term::Blank(before) = mention.subject
                && candidates.contains_key(before)
                && let Some((first, _)) = cell(before)
            {
                head = before;
                nodes.push(before);
                members.push(first);
            }
            members.reverse();
            heads.extend(nodes.into_iter().map(|node| (node, head)));
            lists.insert(head, members);
        }
        self.lists = lists;
        heads
    }

    /// A list whose first node is not nested, or that the syntax cannot write, is written cell by cell.
    fn drop_lists(&mut self, heads: &HashMap<&'d str, &'d str>, is_list: impl Fn(&[Term<'d>]) -> bool) {
        let nested = &self.nested;
        self.lists.retain(|head, members| nested.contains(head) && is_list(members));
        let lists = &self.lists;
        let is_open = |label: &str| heads.get(label).is_none_or(|head| lists.contains_key(head));
        self.nested.retain(|label| is_open(label));
        self.cells = heads.keys().copied().filter(|label| is_open(label)).collect();
    }
}

/// Whether the way up from a node, bracket by bracket, ends before it gets too deep or goes in a circle.
fn is_shallow<'d>(
    label: &'d str,
    candidates: &HashMap<&'d str, Quad<'d>>,
    heads: &HashMap<&'d str, &'d str>,
) -> bool {
    let mut at = label;
    for _ in 0..DEEPEST {
        at = heads.get(at).copied().unwrap_or(at);
        let Some(mention) = candidates.get(at) else { return true };
        let Term::Blank(above) = mention.subject else { return true };
        at = above;
    }
    false
}

fn has_blank(quad: &Quad<'_>) -> bool {
    let is_blank = |term: Term<'_>| matches!(term, Term::Blank(_) | Term::Triple(_));
    is_blank(quad.subject) || is_blank(quad.object) || quad.graph.is_some_and(is_blank)
}

/// Where the statements of each blank node stand; a node that two graphs tell of is given to both, and so to none.
fn subjects<'d>(quads: &[Quad<'d>]) -> HashMap<&'d str, Range<usize>> {
    let mut places: HashMap<&str, Range<usize>> = HashMap::new();
    for (place, quad) in quads.iter().enumerate() {
        if let Term::Blank(label) = quad.subject {
            places.entry(label).or_insert(place..place).end = place + 1;
        }
    }
    places
}

fn bar<'d>(term: Option<Term<'d>>, barred: &mut HashSet<&'d str>) {
    match term {
        Some(Term::Blank(label)) => {
            barred.insert(label);
        }
        Some(Term::Triple(parts)) => parts.into_iter().for_each(|part| bar(Some(Term::read(part)), barred)),
        _ => {}
    }
}
