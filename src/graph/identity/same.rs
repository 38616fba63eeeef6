//! What a user says of who is who: `owl:sameAs` and `owl:differentFrom`, in Turtle.
//!
//! ```turtle
//! person:j-marlow owl:sameAs person:jane-marlow .                  # the one on the right is written
//! person:jane-marlow owl:sameAs wd:Q4242 .                         # and this is said of her
//! <https://example.org/person/ida-holm#monday> owl:differentFrom
//!     <https://example.org/person/ida-holm#friday> .               # those of the documents monday and friday
//! ```

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use oxrdf::vocab::rdfs;
use oxrdf::{NamedNode, NamedOrBlankNode, Term};

use super::slug;
use crate::ontology::{Error, File, Origin, parse_turtle};

const SAME: &str = "http://www.w3.org/2002/07/owl#sameAs";
const DIFFERENT: &str = "http://www.w3.org/2002/07/owl#differentFrom";

/// Which IRIs mean one thing and which do not, without contradiction.
#[derive(Clone, Debug, Default)]
pub struct Same {
    /// For each IRI of which something is said, its group's place in the list.
    group_of: BTreeMap<NamedNode, usize>,
    groups: Vec<Group>,
    /// For each IRI those that do not mean the same, with a number for each pair.
    different: BTreeMap<NamedNode, BTreeMap<NamedNode, usize>>,
}

/// IRIs that mean one thing.
#[derive(Clone, Debug, Default)]
pub(in crate::graph) struct Group {
    /// Under which of our IRIs the thing is written.
    pub own: Option<NamedNode>,
    /// Its IRIs elsewhere.
    pub public: BTreeSet<NamedNode>,
}

/// The IRI by which a user speaks of a thing as one document tells of it.
pub fn in_document(iri: &NamedNode, document: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}#{}", iri.as_str(), slug(document)))
}

/// A statement of a file: two IRIs are one, or are not.
struct Said {
    pair: [NamedNode; 2],
    origin: Origin,
}

impl Same {
    /// Reads files; our own IRIs are those that begin with `base`.
    ///
    /// # Errors
    /// Text that is not Turtle, statements of anything else, and different things that are said to be the same.
    pub fn read(files: &[File], base: &str) -> Result<Self, Error> {
        let (mut same, mut different) = (Vec::new(), Vec::new());
        for file in files {
            for located in &parse_turtle(file)?.triples {
                let predicate = located.triple.predicate.as_str();
                let list = match predicate {
                    SAME => &mut same,
                    DIFFERENT => &mut different,
                    _ if predicate.starts_with(rdfs::LABEL.as_str().trim_end_matches("label")) => continue,
                    _ => {
                        let message = format!(
                            "<{predicate}> says nothing of who is who; expected owl:sameAs or owl:differentFrom"
                        );
                        return Err(located.predicate.error(message));
                    }
                };
                let (NamedOrBlankNode::NamedNode(one), Term::NamedNode(other)) =
                    (&located.triple.subject, &located.triple.object)
                else {
                    return Err(located.object.error("expected an IRI on either side"));
                };
                list.push(Said { pair: [one.clone(), other.clone()], origin: located.object.clone() });
            }
        }
        let sameness = Sameness::new(&same);
        if let Some(error) = different.iter().find_map(|said| sameness.contradiction(said)) {
            return Err(error);
        }
        let mut found = Self::group(&sameness, base);
        // Numbered in the order of the alphabet, so that the order of statements changes nothing.
        let pairs: BTreeSet<_> = different.into_iter().map(|said| sorted(said.pair)).collect();
        for (number, [one, other]) in pairs.into_iter().enumerate() {
            found.different.entry(one.clone()).or_default().insert(other.clone(), number);
            found.different.entry(other).or_default().insert(one, number);
        }
        Ok(found)
    }

    fn group(sameness: &Sameness, base: &str) -> Self {
        let subjects: BTreeSet<&NamedNode> = sameness.said.iter().map(|said| &said.pair[0]).collect();
        let is_own =
            |iri: &NamedNode| iri.as_str().strip_prefix(base).is_some_and(|rest| rest.starts_with('/'));
        let mut found = Self::default();
        for iri in sameness.by_iri.keys().copied() {
            if found.group_of.contains_key(iri) {
                continue;
            }
            let members: BTreeSet<NamedNode> =
                sameness.steps_from(iri).into_keys().chain([iri]).cloned().collect();
            let place = found.groups.len();
            found.group_of.extend(members.iter().map(|member| (member.clone(), place)));
            let own = members.iter().filter(|member| is_own(member) && !member.as_str().contains('#'));
            // The first in the alphabet of those that stand on the right only, or else of all.
            let own = own.min_by_key(|member| (subjects.contains(member), *member)).cloned();
            let public = members.iter().filter(|member| !is_own(member)).cloned().collect();
            found.groups.push(Group { own, public });
        }
        found
    }

    /// Which group an IRI belongs to, if something is said to be the same.
    pub(in crate::graph) fn group_of(&self, iri: &NamedNode) -> Option<usize> {
        self.group_of.get(iri).copied()
    }

    pub(in crate::graph) fn group_at(&self, place: usize) -> &Group {
        &self.groups[place]
    }

    /// The IRIs that do not mean the same as this, each with the number of the pair.
    pub(in crate::graph) fn different_from(
        &self,
        iri: &NamedNode,
    ) -> impl Iterator<Item = (&NamedNode, usize)> {
        self.different.get(iri).into_iter().flatten().map(|(other, number)| (other, *number))
    }

    pub(in crate::graph) fn are_different(&self, one: &NamedNode, other: &NamedNode) -> bool {
        self.different.get(one).is_some_and(|others| others.contains_key(other))
    }
}

fn sorted(mut pair: [NamedNode; 2]) -> [NamedNode; 2] {
    pair.sort();
    pair
}

/// All statements of sameness, and in which of them each IRI stands.
struct Sameness<'s> {
    said: &'s [Said],
    by_iri: BTreeMap<&'s NamedNode, Vec<usize>>,
}

impl<'s> Sameness<'s> {
    fn new(said: &'s [Said]) -> Self {
        let mut by_iri: BTreeMap<&NamedNode, Vec<usize>> = BTreeMap::new();
        for (at, iri) in
            said.iter().enumerate().flat_map(|(at, said)| said.pair.iter().map(move |iri| (at, iri)))
        {
            by_iri.entry(iri).or_default().push(at);
        }
        Self { said, by_iri }
    }

    /// For each other IRI that means the same, the statement that leads to it on the shortest way, and from where.
    fn steps_from(&self, start: &'s NamedNode) -> BTreeMap<&'s NamedNode, (usize, &'s NamedNode)> {
        let mut steps = BTreeMap::new();
        let mut next = VecDeque::from([start]);
        while let Some(iri) = next.pop_front() {
            for &at in self.by_iri.get(iri).into_iter().flatten() {
                let [one, other] = &self.said[at].pair;
                let neighbour = if one == iri { other } else { one };
                if neighbour != start && !steps.contains_key(neighbour) {
                    steps.insert(neighbour, (at, iri));
                    next.push_back(neighbour);
                }
            }
        }
        steps
    }

    /// What is wrong with calling two things different, if they are said to be the same.
    fn contradiction(&self, different: &'s Said) -> Option<Error> {
        let [one, other] = &different.pair;
        if one == other {
            return Some(different.origin.error(format!("{one} cannot be different from itself")));
        }
        let steps = self.steps_from(one);
        let (mut at, mut way) = (other, Vec::new());
        while at != one {
            let (said, before) = steps.get(at)?;
            let Origin { file, line, column } = &self.said[*said].origin;
            way.push(format!("{file}:{line}:{column}"));
            at = before;
        }
        way.reverse();
        let way = way.join(" and ");
        Some(
            different
                .origin
                .error(format!("{one} and {other} are said to be different here, and the same by {way}")),
        )
    }
}
