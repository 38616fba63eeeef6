//! What came and went between two datasets, whatever their blank nodes are called.
//!
//! Blank nodes that are tied together, by a statement between them, are given names by RDFC-1.0
//! (<https://www.w3.org/TR/rdf-canon/>), stretch by stretch: what changes in one stretch leaves the names in others alone.

use std::collections::{BTreeMap, HashMap};

use oxrdf::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use oxrdf::{Dataset as OxDataset, Quad as OxQuad};
use oxttl::NQuadsParser;

use super::read::relabeled;
use super::{Dataset, Quad, Term};

/// Lines of N-Quads that only one of two datasets has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    pub removed: Dataset,
    pub added: Dataset,
}

impl PartialEq for Dataset {
    fn eq(&self, other: &Self) -> bool {
        self.quads().eq(other.quads())
    }
}

impl Eq for Dataset {}

/// Compares two datasets; blank nodes in the result have the names that canonicalization gives.
pub fn difference(before: &Dataset, after: &Dataset) -> Difference {
    let (before, after) = (named(before), named(after));
    let mut difference = Difference::default();
    let (mut old, mut new) = (before.quads().peekable(), after.quads().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return difference,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(one), Some(other)) => Dataset::compare(*one, *other),
        };
        let removed = if order.is_le() { old.next() } else { None };
        let added = if order.is_ge() { new.next() } else { None };
        if order.is_ne() {
            removed.into_iter().for_each(|quad| difference.removed.push_terms(quad));
            added.into_iter().for_each(|quad| difference.added.push_terms(quad));
        }
    }
}

/// A dataset, sorted, whose blank nodes go by what is said of them.
fn named(dataset: &Dataset) -> Dataset {
    let names = names(dataset);
    let mut named = if names.is_empty() {
        dataset.clone()
    } else {
        relabeled(dataset, &mut |label| names.get(label).cloned().unwrap_or_else(|| label.to_owned()))
    };
    named.sort();
    named
}

/// A name for each blank node: that of the stretch it is in, which all of its statements give, and its place there.
fn names(dataset: &Dataset) -> HashMap<String, String> {
    let mut names = HashMap::new();
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for stretch in stretches(dataset) {
        let mut graph = OxDataset::new();
        let quads = || stretch.iter().filter_map(|quad| parsed(quad));
        quads().for_each(|quad| {
            graph.insert(quad.as_ref());
        });
        let algorithm =
            CanonicalizationAlgorithm::Rdfc10 { hash_algorithm: CanonicalizationHashAlgorithm::Sha256 };
        let labels = graph.canonicalize_blank_nodes(algorithm);
        let canonical: HashMap<String, String> =
            labels.into_iter().map(|(old, new)| (old.as_str().to_owned(), new.as_str().to_owned())).collect();
        let mut part = Dataset::default();
        stretch.iter().for_each(|quad| part.push_terms(*quad));
        let mut part = relabeled(&part, &mut |label| canonical.get(label).cloned().unwrap_or_default());
        part.sort();
        let hash = hash(part.lines());
        // Of stretches that say the same, each is one more.
        let count = counts.entry(hash).or_default();
        *count += 1;
        for (old, new) in canonical {
            names.insert(old, format!("h{hash:016x}x{count}{new}"));
        }
    }
    names
}

/// The statements with blank nodes, those together that share one.
fn stretches(dataset: &Dataset) -> Vec<Vec<Quad<'_>>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut parents: Vec<usize> = Vec::new();
    let mut with_blanks = Vec::new();
    for quad in dataset.quads() {
        let mut labels = Vec::new();
        for term in [Some(quad.subject), Some(quad.object), quad.graph].into_iter().flatten() {
            collect_labels(term, &mut labels);
        }
        let mut first = None;
        for label in labels {
            let place = *places.entry(label).or_insert_with(|| {
                parents.push(parents.len());
                parents.len() - 1
            });
            let root = root(&mut parents, place);
            parents[root] = *first.get_or_insert(root);
        }
        with_blanks.extend(first.map(|place| (place, quad)));
    }
    let mut stretches: BTreeMap<usize, Vec<Quad<'_>>> = BTreeMap::new();
    for (place, quad) in with_blanks {
        stretches.entry(root(&mut parents, place)).or_default().push(quad);
    }
    stretches.into_values().collect()
}

fn root(parents: &mut [usize], mut place: usize) -> usize {
    while parents[place] != place {
        parents[place] = parents[parents[place]];
        place = parents[place];
    }
    place
}

fn collect_labels<'a>(term: Term<'a>, labels: &mut Vec<&'a str>) {
    match term {
        Term::Blank(label) => labels.push(label),
        Term::Triple(parts) => parts.into_iter().for_each(|part| collect_labels(Term::read(part), labels)),
        _ => {}
    }
}

/// A statement for the canonicalization; a triple that is spoken of stands in it as the text it is.
fn parsed(quad: &Quad<'_>) -> Option<OxQuad> {
    let object = match quad.object {
        Term::Triple(_) => oxrdf::Literal::new_simple_literal(quad.object.to_string()).to_string(),
        other => other.to_string(),
    };
    let graph = quad.graph.map(|graph| graph.to_string()).unwrap_or_default();
    let line = format!("{} <{}> {object} {graph} .", quad.subject, quad.predicate);
    NQuadsParser::new().for_slice(line.as_bytes()).next()?.ok()
}

/// FNV-1a: the same on every machine.
fn hash<'l>(lines: impl Iterator<Item = &'l str>) -> u64 {
    let bytes = lines.flat_map(str::bytes);
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::{Reader, Syntax};

    fn read(turtle: &str) -> Dataset {
        let mut reader = Reader::new(1);
        let text = format!("@prefix e: <http://e.example/> .\n{turtle}");
        reader.read("x.ttl", text.as_bytes(), Syntax::Turtle, "http://e.example/").unwrap();
        reader.finish().0
    }

    fn check(before: &str, after: &str, removed: usize, added: usize) {
        let found = difference(&read(before), &read(after));
        assert_eq!((found.removed.len(), found.added.len()), (removed, added), "{found:?}");
    }

    #[test]
    fn labels_of_blank_nodes_make_no_difference() {
        check("e:a e:p [ e:q 1 ], [ e:q 2 ] .", "_:x e:q 2 . e:a e:p _:y, _:x . _:y e:q 1 .", 0, 0);
        check("e:a e:p [], [] .", "e:a e:p _:x, _:y .", 0, 0);
        check("_:a e:p _:b . _:b e:p _:a .", "_:c e:p _:d . _:d e:p _:c .", 0, 0);
    }

    #[test]
    fn a_change_shows_where_it_is() {
        check("e:a e:p 1 .", "e:a e:p 2 .", 1, 1);
        check("e:a e:p [ e:q 1 ] . e:b e:p [ e:q 2 ] .", "e:a e:p [ e:q 1 ] . e:b e:p [ e:q 3 ] .", 2, 2);
        check("e:a e:p [] .", "e:a e:p [], [] .", 0, 1);
    }
}
