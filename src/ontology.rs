//! Ontology: the classes and properties that a graph may use, and how English says them, read from Turtle.

mod datatype;
mod declare;
mod describe;
mod expression;
mod label;
mod learned;
mod locate;
mod read;
mod token;
mod unit;
mod vocabulary;
pub mod weights;
mod wording;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use oxrdf::NamedNode;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

pub use datatype::{Family, family};
pub use label::{local_name, slug_words, split_words};
pub(crate) use locate::parse as parse_turtle;
pub(crate) use vocabulary::nearest;

/// The built-in ontology.
pub const CORE: &str = include_str!("../ontologies/core.ttl");

/// The name that messages and origins give the built-in ontology.
pub const CORE_NAME: &str = "built-in core.ttl";

/// A small extension of it, as an example.
pub const FIRST_KISS: &str = include_str!("../ontologies/first-kiss.ttl");

/// The vocabulary of `ontologies/core.ttl` (prefix `tg:`).
pub const NAMESPACE: &str = "https://w3id.org/tellgraph/core#";

/// What the IRIs of extracted things begin with, if nothing else is asked for.
pub const BASE: &str = "https://example.org";

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClassId(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PropertyId(pub u32);

/// Where something stands in an ontology file; lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub file: Arc<str>,
    pub line: usize,
    pub column: usize,
}

/// A kind of thing.
#[derive(Clone, Debug)]
pub struct Class {
    pub iri: NamedNode,
    /// `rdfs:label` in English, or else the IRI's last part split into words.
    pub label: String,
    /// `skos:altLabel` in English: other nouns for things of this class.
    pub alternative_labels: Vec<String>,
    pub comment: Option<String>,
    /// Direct superclasses.
    pub parents: Vec<ClassId>,
    /// Classes declared disjoint with this one, either way round.
    pub disjoint: Vec<ClassId>,
    /// `owl:equivalentClass` IRIs that this ontology does not define itself (schema.org, FOAF, Wikidata).
    pub alignments: Vec<NamedNode>,
    /// `owl:hasKey`: what tells two things of this class apart; empty where nothing is said.
    pub keys: Vec<NamedNode>,
    pub origin: Origin,
}

/// What a property's objects are.
#[derive(Clone, Debug, PartialEq)]
pub enum Range {
    /// Things; see [`Property::range_classes`].
    Thing,
    /// Literals of these datatypes (one or more; any of them). `rdfs:Literal` stands for all: a datatype property
    /// that names no range has it.
    Literal(Vec<NamedNode>),
}

/// All of several conditions; each is met by an instance of any of the classes it lists. Empty: anything goes.
pub type ClassCondition = Vec<Vec<ClassId>>;

/// Words for a property, with what is known of how often they are right.
#[derive(Clone, Debug, PartialEq)]
pub struct Wording {
    pub text: String,
    /// The share of its matches that were right, where it was learned; `None` where a person wrote it.
    pub precision: Option<f32>,
    /// In how many examples it was seen.
    pub seen: Option<u32>,
    pub origin: Origin,
}

/// What examples taught about a property: see `tellgraph learn`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learned {
    /// How much each feature of a pair of mentions speaks for the property, or against it.
    pub weights: weights::Weights,
    /// How much each feature of a mention speaks for it among those that overlap it.
    pub readings: weights::Weights,
    /// The probability from which on a fact is told unless another is asked for.
    pub cut: Option<f32>,
    /// What was measured on examples that were left out of learning.
    pub precision: Option<f32>,
    pub recall: Option<f32>,
    /// How many facts of the examples state it.
    pub seen: Option<u32>,
    /// The objects that examples state, each with the count of things they state it of.
    pub objects: Vec<(String, u32)>,
    /// How examples write a number with its unit: "0.0 (metres)".
    pub written: Option<String>,
    /// Where it stands, if it was read.
    pub origin: Option<Origin>,
}

impl Learned {
    /// A number as examples write such, if they give it a unit: in theirs, whichever unit of the same kind stands after it, if
    /// the number is the whole of what is measured.
    pub fn write(&self, number: &str, after: &str, is_whole: bool) -> Option<String> {
        let written = self.written.as_deref()?;
        let unit = written.trim_start_matches(['0', '.']);
        let converted = unit::convert(number, after, unit.trim().trim_matches(['(', ')']));
        let number = converted.filter(|converted| is_whole || converted == number)?;
        let decimals = if written.starts_with("0.0") && !number.contains('.') { ".0" } else { "" };
        Some(format!("{number}{decimals}{unit}"))
    }
}

/// Another vocabulary's name for a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    pub iri: NamedNode,
    /// Whether subject and object change places.
    pub inverse: bool,
}

/// A relation between things, or between a thing and a value.
#[derive(Clone, Debug)]
pub struct Property {
    pub iri: NamedNode,
    pub label: String,
    pub alternative_labels: Vec<String>,
    pub comment: Option<String>,
    pub domain: ClassCondition,
    /// Whether objects are things or values.
    pub range: Range,
    /// What object things must be.
    pub range_classes: ClassCondition,
    /// The property of this ontology that says the same the other way round.
    pub inverse: Option<PropertyId>,
    pub symmetric: bool,
    pub functional: bool,
    pub inverse_functional: bool,
    pub parents: Vec<PropertyId>,
    pub alignments: Vec<Alignment>,
    /// `tg:phrase`: English with `{subject}` and `{object}`.
    pub phrases: Vec<Wording>,
    /// `tg:role`: nouns for the subject.
    pub roles: Vec<Wording>,
    /// Whether a role noun with no object takes one from the discourse; `tg:implicitObject false` says not.
    pub implicit_object: bool,
    /// `tg:scorer`: what examples taught.
    pub learned: Option<Learned>,
    pub origin: Origin,
}

/// Classes and properties merged from one or more Turtle files, in the order of first appearance.
#[derive(Clone, Debug, Default)]
pub struct Ontology {
    classes: Vec<Class>,
    properties: Vec<Property>,
    class_by_iri: HashMap<NamedNode, ClassId>,
    /// Those of our own namespace by their local names: they are asked for all the time.
    core_classes: FxHashMap<Box<str>, ClassId>,
    property_by_iri: HashMap<NamedNode, PropertyId>,
    /// For each class itself and everything above it, nearest first.
    ancestors: Vec<Vec<ClassId>>,
    /// The same for properties.
    property_ancestors: Vec<Vec<PropertyId>>,
    /// Prefixes declared in the files, first declaration wins; sorted by prefix.
    prefixes: Vec<(String, String)>,
    /// What the examples of this ontology's properties taught about all of them: the `tg:scorer` of `tg:anyProperty`.
    shared: Option<Learned>,
    /// What examples taught about properties that have none: each `tg:scorer` of `tg:unseenProperty`.
    general: Vec<Learned>,
    /// What the IRIs of extracted things begin with, without a final slash; empty: `https://example.org`.
    base: String,
}

/// What is wrong with an ontology, or with another file that stands beside it, and where.
#[derive(Debug, thiserror::Error)]
#[error("{}:{}:{}: {message}", origin.file, origin.line, origin.column)]
pub struct Error {
    pub origin: Origin,
    pub message: String,
}

/// The text of one file: an ontology, a gazetteer, or what says who is who.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct File {
    /// The path or name that messages show.
    pub name: PathBuf,
    pub text: String,
}

impl File {
    pub fn new(name: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

impl ClassId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Property {
    /// What evidence calls the weights of features, which say the property where no wording does.
    pub fn scorer(&self) -> String {
        format!("{}/scorer", self.iri.as_str())
    }
}

impl PropertyId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Ontology {
    /// Reads files into one ontology; a later file may add to what an earlier one declares.
    ///
    /// What is read, of RDFS, OWL 2, SKOS and schema.org's `domainIncludes` and `rangeIncludes`: see the fields of
    /// [`Class`] and [`Property`]. Anonymous restrictions, individuals and annotation properties say nothing here.
    ///
    /// # Errors
    /// Text that is not Turtle, or that says something of a class or property that cannot be meant.
    pub fn read(files: &[File]) -> Result<Self, Error> {
        read::read(files)
    }
    pub fn class(&self, id: ClassId) -> &Class {
        &self.classes[id.index()]
    }
    pub fn property(&self, id: PropertyId) -> &Property {
        &self.properties[id.index()]
    }
    pub fn classes(&self) -> impl ExactSizeIterator<Item = (ClassId, &Class)> {
        self.classes.iter().enumerate().map(|(i, class)| (ClassId(i as u32), class))
    }
    pub fn properties(&self) -> impl ExactSizeIterator<Item = (PropertyId, &Property)> {
        self.properties.iter().enumerate().map(|(i, property)| (PropertyId(i as u32), property))
    }
    pub fn class_named(&self, iri: &str) -> Option<ClassId> {
        self.class_by_iri.get(&NamedNode::new_unchecked(iri)).copied()
    }
    pub fn property_named(&self, iri: &str) -> Option<PropertyId> {
        self.property_by_iri.get(&NamedNode::new_unchecked(iri)).copied()
    }
    /// A class of the core vocabulary by its local name ("Person"); `None` under `--no-core`.
    pub fn core_class(&self, local: &str) -> Option<ClassId> {
        self.core_classes.get(local).copied()
    }
    /// The class that has this IRI, or the most general of those that say another vocabulary's class is the same.
    pub fn class_for(&self, iri: &NamedNode) -> Option<ClassId> {
        let aligned = self.classes().filter(|(_, class)| class.alignments.contains(iri));
        let general = || aligned.map(|(id, _)| id).min_by_key(|id| self.ancestors(*id).len());
        self.class_named(iri.as_str()).or_else(general)
    }
    /// A class and everything above it, nearest first.
    pub fn ancestors(&self, class: ClassId) -> &[ClassId] {
        &self.ancestors[class.index()]
    }
    /// A property and everything it is a subproperty of, nearest first.
    pub fn property_ancestors(&self, property: PropertyId) -> &[PropertyId] {
        &self.property_ancestors[property.index()]
    }
    /// Whether `class` is `ancestor` or below it.
    pub fn is_a(&self, class: ClassId, ancestor: ClassId) -> bool {
        self.ancestors(class).contains(&ancestor)
    }
    /// The nearest class that both are: of Film and Book it is Work.
    pub fn common_ancestor(&self, one: ClassId, other: ClassId) -> Option<ClassId> {
        self.ancestors(one).iter().copied().find(|ancestor| self.is_a(other, *ancestor))
    }
    /// Whether nothing can be of both classes.
    pub fn are_disjoint(&self, one: ClassId, other: ClassId) -> bool {
        let above = self.ancestors(one).iter();
        above.flat_map(|class| &self.class(*class).disjoint).any(|disjoint| self.is_a(other, *disjoint))
    }
    /// Whether everything of this class meets a condition.
    pub fn meets(&self, class: ClassId, condition: &ClassCondition) -> bool {
        condition.iter().all(|any| any.iter().any(|wanted| self.is_a(class, *wanted)))
    }
    /// Whether something of this class can meet a condition: whether no part of it asks only for classes that are
    /// disjoint with this one.
    pub fn may_meet(&self, class: ClassId, condition: &ClassCondition) -> bool {
        condition.iter().all(|any| any.iter().any(|wanted| !self.are_disjoint(class, *wanted)))
    }
    /// What the examples of this ontology's properties taught about all of them.
    pub fn shared(&self) -> Option<&Learned> {
        self.shared.as_ref()
    }
    /// What examples of several ontologies taught about properties that have none.
    pub fn general(&self) -> &[Learned] {
        &self.general
    }
    /// What the IRIs of extracted things begin with, without a final slash.
    pub fn base(&self) -> &str {
        if self.base.is_empty() { BASE } else { &self.base }
    }
    /// The same ontology, for things whose IRIs begin with `base`.
    pub fn with_base(self, base: &str) -> Self {
        Self { base: base.trim_end_matches('/').to_owned(), ..self }
    }
    pub fn prefixes(&self) -> &[(String, String)] {
        &self.prefixes
    }
    /// An IRI that is written whole, in angle brackets or not, or with a prefix of the files: "tg:Place".
    pub fn expand(&self, name: &str) -> Option<NamedNode> {
        let bracketed = name.strip_prefix('<').and_then(|name| name.strip_suffix('>'));
        let (prefix, local) = name.split_once(':')?;
        let known = self.prefixes.iter().find(|(known, _)| known == prefix && bracketed.is_none());
        let whole = known.map_or_else(
            || bracketed.unwrap_or(name).to_owned(),
            |(_, namespace)| format!("{namespace}{local}"),
        );
        NamedNode::new(whole).ok()
    }
}

/// The built-in ontology.
pub fn core_file() -> File {
    File { name: CORE_NAME.into(), text: CORE.to_owned() }
}
