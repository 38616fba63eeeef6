//! Homonyms: things of one name and class that are not one thing, each with an IRI made from what tells it apart.
//!
//! Whatever the order of documents, the same things come together: two things conflict where some aspect tells them
//! apart, and a thing joins others only where all that it could be are compatible with each other. Of three people
//! called Ida Holm, one born in 1950, one in 1987 and one of whom nothing is told, the last stays by itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use oxrdf::NamedNode;

use super::{hash, kebab};
use crate::ontology::{ClassId, Ontology, local_name, slug_words};

/// In what two things of one name can differ; the first ones make IRIs first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// What a property of the class's key says ("born on").
    Key(NamedNode),
    Class,
    /// On which side of a property it stands that holds between the two: father or son.
    Relation(NamedNode),
    /// Its public IRI in the namespace that this is.
    Link(String),
    /// What a user says is different, by the number of the statement.
    Told(usize),
}

/// In each aspect what is said of a thing: its classes' IRIs, values, and the like.
pub type Distinctions = BTreeMap<Aspect, BTreeSet<String>>;

/// The IRI of each of several things, from the one that name and class give it and from what tells it apart.
///
/// Things with the same plain IRI get the same one unless something tells them apart.
pub(in crate::graph) fn tell_apart(
    things: &[(&NamedNode, Distinctions)],
    ontology: &Ontology,
) -> Vec<NamedNode> {
    let mut homonyms: HashMap<&NamedNode, BTreeMap<&Distinctions, Vec<usize>>> = HashMap::new();
    for (at, (plain, distinctions)) in things.iter().enumerate() {
        homonyms.entry(plain).or_default().entry(distinctions).or_default().push(at);
    }
    let mut iris: Vec<NamedNode> = things.iter().map(|(plain, _)| (*plain).clone()).collect();
    for (plain, kinds) in homonyms.into_iter().filter(|(_, kinds)| kinds.len() > 1) {
        let distinctions: Vec<&Distinctions> = kinds.keys().copied().collect();
        let suffixes = Kinds { kinds: distinctions, ontology }.suffixes();
        for (suffix, members) in suffixes.into_iter().zip(kinds.into_values()) {
            if let Some(suffix) = suffix {
                // No slug has a low line, so this is no other name's IRI.
                let iri = NamedNode::new_unchecked(format!("{}_{suffix}", plain.as_str()));
                members.into_iter().for_each(|at| iris[at] = iri.clone());
            }
        }
    }
    iris
}

/// What is said of the things of one name and class, each combination once.
struct Kinds<'d> {
    kinds: Vec<&'d Distinctions>,
    ontology: &'d Ontology,
}

impl Kinds<'_> {
    /// What to append to each kind's IRI; `None` where nothing is to be told apart, or nobody can say from what.
    fn suffixes(&self) -> Vec<Option<String>> {
        let clusters = self.clusters();
        let mut suffixes = vec![None; self.kinds.len()];
        for level in [Detail::Year, Detail::Value, Detail::Everything] {
            let texts: Vec<String> = clusters.iter().map(|cluster| self.text(cluster, level)).collect();
            if texts.iter().collect::<BTreeSet<_>>().len() == texts.len() || level == Detail::Everything {
                for (cluster, text) in clusters.iter().zip(texts) {
                    cluster.iter().for_each(|kind| suffixes[*kind] = Some(text.clone()));
                }
                break;
            }
        }
        suffixes
    }

    /// The kinds that can be told apart, those of one thing together; kinds that may be any of several are in none.
    fn clusters(&self) -> Vec<Vec<usize>> {
        let mut clusters: Vec<Vec<usize>> = Vec::new();
        let mut rest: Vec<usize> = (0..self.kinds.len()).collect();
        while self.some_conflict(&rest) {
            let certain: Vec<usize> = rest
                .iter()
                .copied()
                .filter(|kind| !self.some_conflict(&self.compatible(*kind, &rest)))
                .collect();
            if certain.is_empty() {
                // Each could be its neighbour, and that the next one: nobody can say where one thing ends.
                let differs = |kind: &&usize| self.compatible(**kind, &rest).len() < rest.len();
                clusters.extend(rest.iter().filter(differs).map(|kind| vec![*kind]));
                break;
            }
            for &kind in &certain {
                if clusters.iter().all(|cluster| !cluster.contains(&kind)) {
                    clusters.push(self.compatible(kind, &certain));
                }
            }
            rest.retain(|kind| !certain.contains(kind));
        }
        clusters
    }

    fn compatible(&self, kind: usize, among: &[usize]) -> Vec<usize> {
        among.iter().copied().filter(|other| self.conflicts(kind, *other).next().is_none()).collect()
    }

    fn some_conflict(&self, among: &[usize]) -> bool {
        let later = |at: usize| among[at + 1..].iter();
        (0..among.len()).any(|at| later(at).any(|other| self.conflicts(among[at], *other).next().is_some()))
    }

    /// The aspects that tell two kinds apart.
    fn conflicts(&self, one: usize, other: usize) -> impl Iterator<Item = &Aspect> {
        let (one, other) = (self.kinds[one], self.kinds[other]);
        one.iter().filter_map(move |(aspect, values)| {
            let others = other.get(aspect)?;
            let pairs = || values.iter().flat_map(|value| others.iter().map(move |other| (value, other)));
            let differ = match aspect {
                Aspect::Class => pairs().any(|(class, other)| self.are_disjoint(class, other)),
                _ => pairs().all(|(value, other)| !agree(value, other)),
            };
            differ.then_some(aspect)
        })
    }

    fn are_disjoint(&self, class: &str, other: &str) -> bool {
        let pair: Option<(ClassId, ClassId)> =
            self.ontology.class_named(class).zip(self.ontology.class_named(other));
        pair.is_some_and(|(class, other)| self.ontology.are_disjoint(class, other))
    }

    /// What tells a cluster from all kinds outside, as words of an IRI.
    fn text(&self, cluster: &[usize], detail: Detail) -> String {
        let outside = (0..self.kinds.len()).filter(|kind| !cluster.contains(kind));
        let aspects: BTreeSet<&Aspect> = outside
            .flat_map(|other| cluster.iter().flat_map(move |kind| self.conflicts(*kind, other)))
            .collect();
        let parts = aspects.iter().map(|aspect| {
            let values = cluster.iter().filter_map(|kind| self.kinds[*kind].get(aspect)).flatten();
            let finest = values.max_by_key(|value| (value.len(), std::cmp::Reverse(*value)));
            words(aspect, finest.map_or("", String::as_str), detail)
        });
        let parts = parts.collect::<Vec<_>>().join("-");
        match detail {
            Detail::Everything => {
                let all: Vec<_> = cluster.iter().map(|kind| self.kinds[*kind]).collect();
                format!("{parts}-{}", hash(&format!("{all:?}")))
            }
            _ => parts,
        }
    }
}

/// How much of what tells things apart goes into their IRIs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Of dates only the year.
    Year,
    Value,
    Everything,
}

/// Whether two values can be said of one thing: equal, or one a date that lies within the other.
fn agree(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    long.strip_prefix(short)
        .is_some_and(|rest| rest.is_empty() || (rest.starts_with('-') && year(short).is_some()))
}

/// The year of a date.
fn year(text: &str) -> Option<&str> {
    let (year, rest) = text.split_at_checked(4)?;
    let is_date =
        year.bytes().all(|byte| byte.is_ascii_digit()) && (rest.is_empty() || rest.starts_with('-'));
    is_date.then_some(year)
}

fn words(aspect: &Aspect, value: &str, detail: Detail) -> String {
    let text = match aspect {
        Aspect::Class => kebab(local_name(value)),
        Aspect::Link(_) => local_name(value).to_owned(),
        Aspect::Key(_) if detail == Detail::Year => year(value).unwrap_or(value).to_owned(),
        Aspect::Key(_) | Aspect::Relation(_) | Aspect::Told(_) => value.to_owned(),
    };
    match slug_words(&text) {
        words if words.is_empty() => hash(value),
        words => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::File;

    const ONTOLOGY: &str = "
        @prefix : <urn:o:> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :Work a owl:Class . :Film a owl:Class ; rdfs:subClassOf :Work .
        :ShortFilm a owl:Class ; rdfs:subClassOf :Film .
        :Book a owl:Class ; rdfs:subClassOf :Work ; owl:disjointWith :Film .";

    /// What is appended to the IRI of each of several things, of which is told "Class key=value ...".
    fn suffixes(things: &[&str]) -> Vec<String> {
        let ontology = Ontology::read(&[File::new("test.ttl", ONTOLOGY)]).expect("an ontology");
        let plain = NamedNode::new_unchecked("urn:tide");
        let distinctions = |thing: &&str| {
            let mut distinctions = Distinctions::new();
            for word in thing.split_whitespace() {
                let (aspect, value) = match word.split_once('=') {
                    Some((key, value)) => (Aspect::Key(NamedNode::new_unchecked(key)), value.to_owned()),
                    None => (Aspect::Class, format!("urn:o:{word}")),
                };
                distinctions.entry(aspect).or_default().insert(value);
            }
            (&plain, distinctions)
        };
        let told: Vec<_> = things.iter().map(distinctions).collect();
        let iris = tell_apart(&told, &ontology);
        iris.into_iter().map(|iri| iri.as_str().trim_start_matches("urn:tide").to_owned()).collect()
    }

    #[track_caller]
    fn check(things: &[(&str, &str)]) {
        let (distinctions, expected): (Vec<&str>, Vec<&str>) = things.iter().copied().unzip();
        assert_eq!(suffixes(&distinctions), expected);
        let (reversed, expected): (Vec<&str>, Vec<&str>) = things.iter().rev().copied().unzip();
        assert_eq!(suffixes(&reversed), expected);
    }

    #[test]
    fn what_nothing_tells_apart_is_one() {
        check(&[("", ""), ("Work", ""), ("ShortFilm b=1950", ""), ("b=1950-05", ""), ("b=1950-05-04", "")]);
        check(&[("b=1950 b=1987", ""), ("b=1987", "")]);
    }

    #[test]
    fn what_conflicts_is_named_by_the_conflict() {
        check(&[("Film", "_film"), ("Book", "_book"), ("Work", "")]);
        check(&[("ShortFilm", "_short-film"), ("Book", "_book")]);
        check(&[("b=1950", "_1950"), ("b=1950-05-04", "_1950"), ("b=1987-01-01", "_1987"), ("", "")]);
        check(&[("b=1950-05-04", "_1950-05-04"), ("b=1950-05-05", "_1950-05-05"), ("b=1950", "")]);
        check(&[("Film b=1950", "_1950-film"), ("Book b=1987", "_1987-book"), ("Film b=1987", "_1987-film")]);
    }

    #[test]
    fn the_undecided_are_told_apart_among_themselves() {
        // The works of 1950 and of 1987 may each be the film or the book, but not each other.
        check(&[("Film", "_film"), ("Book", "_book"), ("b=1950", "_1950"), ("b=1987", "_1987"), ("", "")]);
    }

    #[test]
    fn values_of_the_same_words_stay_apart() {
        let found = suffixes(&["b=e", "b=\u{e9}"]);
        let apart = found[0] != found[1] && found.iter().all(|suffix| suffix.starts_with("_e-"));
        assert!(apart, "{found:?}");
    }
}
