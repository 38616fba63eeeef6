//! What came and went between two datasets, whatever their blank nodes are called.
//!
//! Blank nodes that are tied together, by a statement between them, get names that depend on nothing but what is said of
//! them, stretch by stretch: what changes in one stretch leaves the names in others alone.

mod counterpart;
mod stretch;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::read::relabeled;
use super::{Dataset, Quad, Term};
use stretch::Stretch;

/// How many statements are looked at to tell blank nodes apart, in all, beyond what it usually takes: a few seconds.
const SPARE: usize = 10_000_000;

/// Lines of N-Quads that only one of two datasets has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    pub removed: Dataset,
    pub added: Dataset,
    /// The blank nodes that both have and tell of differently, by the labels that they have here.
    pub changed: BTreeSet<String>,
    /// How many blank nodes are so much alike that telling them apart would take too long: those of one kind are taken
    /// together, so that a change among them shows in all of them, and how they hang together is not looked at.
    pub alike: usize,
}

impl PartialEq for Dataset {
    fn eq(&self, other: &Self) -> bool {
        self.quads().eq(other.quads())
    }
}

impl Eq for Dataset {}

/// Compares two sorted datasets; blank nodes in the result have names that are the same at each run. A blank node that is
/// told of differently goes by one name on both sides where it is clear which one it is.
pub fn difference(before: &Dataset, after: &Dataset) -> Difference {
    if before == after {
        return Difference::default();
    }
    let ((before, alike), (after, alike_after)) = (named(before), named(after));
    let counterparts = counterpart::names(&before, &after);
    let after = if counterparts.is_empty() { after } else { renamed(&after, &counterparts) };
    let mut difference = Difference {
        changed: counterparts.into_values().collect(),
        alike: alike.max(alike_after),
        ..Difference::default()
    };
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

/// A dataset, sorted, whose blank nodes go by what is said of them, and how many of those are too much alike.
fn named(dataset: &Dataset) -> (Dataset, usize) {
    let (names, alike) = names(dataset);
    (if names.is_empty() { dataset.clone() } else { renamed(dataset, &names) }, alike)
}

fn renamed(dataset: &Dataset, names: &HashMap<String, String>) -> Dataset {
    let mut renamed =
        relabeled(dataset, &mut |label| names.get(label).cloned().unwrap_or_else(|| label.to_owned()));
    renamed.sort();
    renamed
}

/// A name for each blank node: that of the stretch it is in, which all of its statements give, and its place there.
fn names(dataset: &Dataset) -> (HashMap<String, String>, usize) {
    let (mut names, mut alike) = (HashMap::new(), 0);
    let mut counts: HashMap<u64, usize> = HashMap::new();
    let mut spare = SPARE;
    for quads in stretches(dataset) {
        let stretch = Stretch::of(&quads);
        let (places, is_exact) = stretch.places(&mut spare);
        if !is_exact {
            alike += places.len();
        }
        let hash = stretch.hash(&places);
        // Of stretches that say the same, each is one more.
        let count = counts.entry(hash).or_default();
        *count += 1;
        for (label, place) in stretch.labels().zip(places) {
            names.insert(label.to_owned(), format!("h{hash:016x}x{count}n{place}"));
        }
    }
    (names, alike)
}

/// The statements with blank nodes, those together that share one.
fn stretches(dataset: &Dataset) -> Vec<Vec<Quad<'_>>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut parents: Vec<usize> = Vec::new();
    let mut with_blanks = Vec::new();
    for quad in dataset.quads() {
        let mut first = None;
        for label in labels(&quad) {
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

/// The blank nodes of a statement, in the order in which they stand there.
fn labels<'a>(quad: &Quad<'a>) -> Vec<&'a str> {
    let mut labels = Vec::new();
    for term in [Some(quad.subject), Some(quad.object), quad.graph].into_iter().flatten() {
        collect_labels(term, &mut labels);
    }
    labels
}

fn collect_labels<'a>(term: Term<'a>, labels: &mut Vec<&'a str>) {
    match term {
        Term::Blank(label) => labels.push(label),
        Term::Triple(parts) => parts.into_iter().for_each(|part| collect_labels(Term::read(part), labels)),
        _ => {}
    }
}

/// FNV-1a: the same on every machine.
fn hash(bytes: impl IntoIterator<Item = u8>) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, mix)
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
        assert_eq!(found.alike, 0);
    }

    #[test]
    fn labels_of_blank_nodes_make_no_difference() {
        check("e:a e:p [ e:q 1 ], [ e:q 2 ] .", "_:x e:q 2 . e:a e:p _:y, _:x . _:y e:q 1 .", 0, 0);
        check("e:a e:p [], [] .", "e:a e:p _:x, _:y .", 0, 0);
        check("_:a e:p _:b . _:b e:p _:a .", "_:c e:p _:d . _:d e:p _:c .", 0, 0);
        check("_:a e:p _:a .", "_:b e:p _:a . _:a e:p _:b .", 1, 2);
    }

    #[test]
    fn a_change_shows_where_it_is() {
        check("e:a e:p 1 .", "e:a e:p 2 .", 1, 1);
        check("e:a e:p [ e:q 1 ] . e:b e:p [ e:q 2 ] .", "e:a e:p [ e:q 1 ] . e:b e:p [ e:q 3 ] .", 1, 1);
        check("e:a e:p [] .", "e:a e:p [], [] .", 0, 1);
    }

    /// One value of a record changes, however many records there are and however deep they stand.
    #[test]
    fn a_change_in_a_blank_node_is_not_another_blank_node() {
        let records = |third: &str| {
            format!("e:a e:p [ e:q 1 ; e:r [ e:s 1 ] ], [ e:q 2 ], [ e:q 3 ; e:r [ e:s {third} ; e:t 4 ] ] .")
        };
        check(&records("3"), &records("5"), 1, 1);
        check("[ a e:C ; e:p 1 ; e:q 2 ] .", "[ a e:C ; e:p 1 ; e:q 3 ] .", 1, 1);
        check("e:a e:p ( 1 2 3 ) .", "e:a e:p ( 1 7 3 ) .", 1, 1);
    }

    fn ring(from: usize, count: usize) -> String {
        let line = |i: usize| format!("_:n{} e:p _:n{} . ", from + i, from + (i + 1) % count);
        (0..count).map(line).collect()
    }

    /// Rings of six and of twice three: each node has one before and one after.
    #[test]
    fn what_looks_alike_from_near_is_told_apart() {
        let two = ring(0, 3) + &ring(3, 3);
        check(&ring(0, 6), &ring(9, 6), 0, 0);
        check(&two, &(ring(7, 3) + &ring(70, 3)), 0, 0);
        let hub =
            |text: &str| text.to_owned() + &(0..6).map(|i| format!("_:h e:q _:n{i} . ")).collect::<String>();
        check(&hub(&two), &hub(&(ring(3, 3) + &ring(0, 3))), 0, 0);
        let found = difference(&read(&hub(&two)), &read(&hub(&ring(0, 6))));
        assert!(!found.removed.is_empty() && found.alike == 0, "{found:?}");
    }

    #[test]
    fn long_and_wide_graphs_take_no_time() {
        let list = |count: usize| format!("e:a e:p ( {} ) .", "e:x ".repeat(count));
        check(&list(20_000), &list(20_000).replace("e:a", "<http://e.example/a>"), 0, 0);
        let turned = |lines: Vec<String>| lines.into_iter().rev().collect::<String>();
        let wide: Vec<String> = (0..20_000).map(|i| format!("_:h e:p _:n{i} . _:n{i} e:q [] . ")).collect();
        check(&wide.concat(), &turned(wide.clone()), 0, 0);
        let twins: Vec<String> = (0..2000)
            .map(|i| {
                format!("_:c{i} e:p _:a{i}, _:b{i} . _:a{i} e:p _:c{} . _:b{i} e:p _:c{} . ", i + 1, i + 1)
            })
            .collect();
        check(&twins.concat(), &turned(twins.clone()), 0, 0);
    }

    /// Forty nodes, each tied to all: any order of them is as good as any other.
    #[test]
    fn what_cannot_be_told_apart_is_said_to_be_so() {
        let all = |prefix: &str, count: usize| -> String {
            let pairs = (0..count).flat_map(|i| (0..count).map(move |j| (i, j))).filter(|(i, j)| i != j);
            pairs.map(|(i, j)| format!("_:{prefix}{i} e:p _:{prefix}{j} . ")).collect()
        };
        let found = difference(&read(&all("a", 40)), &read(&("e:a e:p 1 . ".to_owned() + &all("b", 40))));
        assert_eq!((found.removed.len(), found.added.len(), found.alike), (0, 1, 40));
        let found = difference(&read(&all("a", 40)), &read(&all("b", 41)));
        assert!(!found.removed.is_empty() && !found.added.is_empty() && found.alike == 41);
    }
}
