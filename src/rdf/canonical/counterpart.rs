//! Counterparts: which blank node of one dataset is which of the other, where what is said of it has changed.
//!
//! A node hangs on what is said to have it. Where, of all that hang in one place, a single one on each side is not the same
//! as any on the other side, these are one that has changed; and so on with what hangs on it.

use std::collections::{BTreeMap, HashMap, HashSet};

use oxrdf::vocab::rdf;

use super::super::{Dataset, Term};
use super::hash;

/// How deep a node's contents are looked at to find the same contents on the other side.
const DEEPEST: usize = 8;

/// Where a node hangs: in which graph, on what, by which property. One that hangs on nothing goes by its classes.
type Place<'d> = (Option<Term<'d>>, Option<Term<'d>>, &'d str);

/// For blank nodes of `after` that `before` has not: the names of those that they were.
pub(super) fn names(before: &Dataset, after: &Dataset) -> HashMap<String, String> {
    let (old, new) = (blanks(before), blanks(after));
    let mut pairs =
        Pairs { before: Side::of(before, &new), after: Side::of(after, &old), old_of: HashMap::new() };
    if !pairs.before.open.is_empty() && !pairs.after.open.is_empty() {
        while pairs.find() {}
    }
    pairs.old_of.into_iter().map(|(new, old)| (new.to_owned(), old.to_owned())).collect()
}

fn blanks(dataset: &Dataset) -> HashSet<&str> {
    let terms = dataset.quads().flat_map(|quad| [quad.subject, quad.object]);
    terms.filter_map(|term| if let Term::Blank(label) = term { Some(label) } else { None }).collect()
}

struct Pairs<'d> {
    before: Side<'d>,
    after: Side<'d>,
    /// The old name of what has a new one.
    old_of: HashMap<&'d str, &'d str>,
}

struct Side<'d> {
    /// The nodes that the other side has not, with the places where each hangs.
    open: BTreeMap<&'d str, Vec<Place<'d>>>,
    /// What each contains, as a number.
    contents: HashMap<&'d str, u64>,
}

impl<'d> Side<'d> {
    fn of(dataset: &'d Dataset, others: &HashSet<&str>) -> Self {
        let mut open: BTreeMap<&str, Vec<Place<'_>>> = BTreeMap::new();
        let mut roots: BTreeMap<&str, Vec<Place<'_>>> = BTreeMap::new();
        for quad in dataset.quads() {
            if let Term::Blank(label) = quad.subject
                && !others.contains(label)
            {
                let class = (quad.predicate == rdf::TYPE.as_str()).then(|| quad.object.iri()).flatten();
                let places = roots.entry(label).or_default();
                places.extend(class.map(|class| (quad.graph, None, class)));
            }
            if let Term::Blank(label) = quad.object
                && !others.contains(label)
            {
                open.entry(label).or_default().push((quad.graph, Some(quad.subject), quad.predicate));
            }
        }
        for (label, places) in roots {
            open.entry(label).or_insert(places);
        }
        let contents = if open.is_empty() { HashMap::new() } else { contents(dataset) };
        Self { open, contents }
    }

    /// The nodes in each place; those that hang on a node that is open itself are for later.
    fn by_place(&self, name: impl Fn(&'d str) -> &'d str) -> BTreeMap<Place<'d>, Vec<&'d str>> {
        let mut by_place: BTreeMap<Place<'_>, Vec<&str>> = BTreeMap::new();
        for (node, places) in &self.open {
            for (graph, on, property) in places {
                let on = match on {
                    Some(Term::Blank(label)) if self.open.contains_key(label) => continue,
                    Some(Term::Blank(label)) => Some(Term::Blank(name(label))),
                    other => *other,
                };
                by_place.entry((*graph, on, property)).or_default().push(node);
            }
        }
        by_place
    }
}

impl<'d> Pairs<'d> {
    /// Pairs what can be paired now; says whether anything was.
    fn find(&mut self) -> bool {
        let mut after = self.after.by_place(|new| self.old_of.get(new).copied().unwrap_or(new));
        let mut found = false;
        for (place, mut old) in self.before.by_place(|old| old) {
            let mut new = after.remove(&place).unwrap_or_default();
            let is_open = |side: &Side<'_>, node: &str| side.open.contains_key(node);
            old.retain(|node| is_open(&self.before, node));
            new.retain(|node| is_open(&self.after, node));
            let mut by_contents: HashMap<u64, Vec<&str>> = HashMap::new();
            new.iter()
                .rev()
                .for_each(|node| by_contents.entry(self.after.contents[node]).or_default().push(node));
            let same = |old: &&'d str| Some((*old, by_contents.get_mut(&self.before.contents[old])?.pop()?));
            let same: Vec<(&str, &str)> = old.iter().filter_map(same).collect();
            let (paired, named): (HashSet<&str>, HashSet<&str>) = same.iter().copied().unzip();
            old.retain(|node| !paired.contains(node));
            new.retain(|node| !named.contains(node));
            let changed = if let ([old], [new]) = (&old[..], &new[..]) { Some((*old, *new)) } else { None };
            for (old, new) in same.into_iter().chain(changed) {
                found = true;
                self.before.open.remove(old);
                self.after.open.remove(new);
                self.old_of.insert(new, old);
            }
        }
        found
    }
}

/// What is said of each blank node, and of those that it leads to.
fn contents(dataset: &Dataset) -> HashMap<&str, u64> {
    let mut contents: HashMap<&str, u64> = HashMap::new();
    for _ in 0..DEEPEST {
        let mut next: HashMap<&str, Vec<u64>> = HashMap::new();
        for quad in dataset.quads() {
            if let Term::Blank(label) = quad.object {
                next.entry(label).or_default();
            }
            let Term::Blank(subject) = quad.subject else { continue };
            let object = match quad.object {
                Term::Blank(label) => contents.get(label).copied().unwrap_or_default().to_string(),
                other => other.to_string(),
            };
            let line = [quad.predicate, " ", &object].into_iter().flat_map(str::bytes);
            next.entry(subject).or_default().push(hash(line));
        }
        let sum = |(label, mut lines): (_, Vec<u64>)| {
            lines.sort_unstable();
            (label, hash(lines.into_iter().flat_map(u64::to_le_bytes)))
        };
        contents = next.into_iter().map(sum).collect();
    }
    contents
}
