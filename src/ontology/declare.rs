//! Declarations: which IRIs are classes, properties and datatypes, before anything else is said of them.

use std::collections::{HashMap, HashSet};

use oxrdf::{NamedNode, NamedOrBlankNode, Term};

use super::expression::{self, Expression};
use super::locate::{Located, Turtle};
use super::vocabulary::{
    ANNOTATION_PROPERTY, DATATYPE_PROPERTY, DISJOINT_WITH, DOMAIN, OBJECT_PROPERTY, RANGE, RDF_TYPE,
    RDFS_DATATYPE, SUBCLASS_OF, SUBPROPERTY_OF, is_class_type, is_descriptive, is_property_type,
    is_schema_term, is_top_class, nearest, shown,
};
use super::{Class, ClassId, Error, NAMESPACE, Ontology, Origin, Property, PropertyId, Range};

/// What the files declare by `a`, of all files before any is described.
#[derive(Default)]
pub(super) struct Declarations {
    /// Classes, and where they are first declared.
    pub classes: HashMap<NamedNode, Origin>,
    pub datatypes: HashSet<NamedNode>,
    pub object_properties: HashSet<NamedNode>,
    pub datatype_properties: HashSet<NamedNode>,
    /// Properties of any kind but annotation.
    properties: HashSet<NamedNode>,
    annotation_properties: HashSet<NamedNode>,
}

impl Declarations {
    /// Gathers every `a` of the files.
    ///
    /// # Errors
    /// A property declared to have both things and values for objects.
    pub fn gather(files: &[Turtle]) -> Result<Self, Error> {
        let mut declared = Self::default();
        for located in files.iter().flat_map(|file| &file.triples) {
            if located.triple.predicate.as_str() != RDF_TYPE {
                continue;
            }
            let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(kind)) =
                (&located.triple.subject, &located.triple.object)
            else {
                continue;
            };
            declared.note(subject, kind.as_str(), &located.subject);
            let both = declared.object_properties.contains(subject)
                && declared.datatype_properties.contains(subject);
            if both {
                let message = format!(
                    "{} is declared both owl:ObjectProperty and owl:DatatypeProperty; expected one: things or values",
                    shown(subject.as_str())
                );
                return Err(located.object.error(message));
            }
        }
        Ok(declared)
    }

    fn note(&mut self, subject: &NamedNode, kind: &str, origin: &Origin) {
        if is_class_type(kind) {
            self.classes.entry(subject.clone()).or_insert_with(|| origin.clone());
        } else if is_property_type(kind) {
            self.properties.insert(subject.clone());
        }
        let more = match kind {
            OBJECT_PROPERTY => &mut self.object_properties,
            DATATYPE_PROPERTY => &mut self.datatype_properties,
            ANNOTATION_PROPERTY => &mut self.annotation_properties,
            RDFS_DATATYPE => &mut self.datatypes,
            _ if is_schema_term(kind, "DataType") => &mut self.datatypes,
            _ => return,
        };
        more.insert(subject.clone());
    }

    /// Whether an IRI can be a property that is extracted: not one of RDF's own, and no mere annotation.
    fn may_be_property(&self, iri: &NamedNode) -> bool {
        let annotates = self.annotation_properties.contains(iri) && !self.properties.contains(iri);
        !annotates && !is_descriptive(iri.as_str())
    }
}

/// An ontology to which classes and properties are added as they are met.
pub(super) struct Declarer<'a> {
    pub ontology: Ontology,
    known: &'a Declarations,
}

impl<'a> Declarer<'a> {
    pub fn new(known: &'a Declarations) -> Self {
        Self { ontology: Ontology::default(), known }
    }

    /// Adds the classes and properties that a triple declares or implies.
    ///
    /// # Errors
    /// A class of our namespace that does not exist, or a term that cannot stand where it stands.
    pub fn declare(&mut self, turtle: &Turtle, located: &Located) -> Result<(), Error> {
        let NamedOrBlankNode::NamedNode(subject) = &located.triple.subject else { return Ok(()) };
        let predicate = located.triple.predicate.as_str();
        let object = &located.triple.object;
        match (predicate, object) {
            (RDF_TYPE, Term::NamedNode(kind)) if is_class_type(kind.as_str()) => {
                self.class(subject, &located.subject);
            }
            (RDF_TYPE, Term::NamedNode(kind)) if is_property_type(kind.as_str()) => {
                self.property(subject, &located.subject);
            }
            (SUBCLASS_OF | DISJOINT_WITH, Term::NamedNode(other)) => {
                self.implied_class(subject, &located.subject)?;
                self.implied_class(other, &located.object)?;
            }
            (SUBCLASS_OF | DISJOINT_WITH, Term::Literal(literal)) => {
                return Err(located.object.error(format!("expected the IRI of a class, found {literal}")));
            }
            (SUBPROPERTY_OF, _) => self.property(subject, &located.subject),
            _ if is_condition(predicate) && self.known.may_be_property(subject) => {
                self.property(subject, &located.subject);
                if let Expression::Classes(conditions) = expression::read(turtle, located, self.known)? {
                    for (class, origin) in conditions.iter().flatten() {
                        self.implied_class(class, origin)?;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn class(&mut self, iri: &NamedNode, origin: &Origin) {
        let ontology = &mut self.ontology;
        if ontology.class_by_iri.contains_key(iri)
            || is_descriptive(iri.as_str())
            || is_top_class(iri.as_str())
        {
            return;
        }
        let id = ClassId(ontology.classes.len() as u32);
        ontology.class_by_iri.insert(iri.clone(), id);
        ontology.core_classes.extend(iri.as_str().strip_prefix(NAMESPACE).map(|local| (local.into(), id)));
        ontology.classes.push(Class {
            iri: iri.clone(),
            label: String::new(),
            alternative_labels: Vec::new(),
            comment: None,
            parents: Vec::new(),
            disjoint: Vec::new(),
            alignments: Vec::new(),
            keys: Vec::new(),
            origin: self.known.classes.get(iri).unwrap_or(origin).clone(),
        });
    }

    /// Adds a class that is mentioned and perhaps declared nowhere. In our own namespace that is a slip of the pen,
    /// unless our classes are not there at all.
    fn implied_class(&mut self, iri: &NamedNode, origin: &Origin) -> Result<(), Error> {
        let ours = iri.as_str().strip_prefix(NAMESPACE).filter(|_| !self.known.classes.contains_key(iri));
        if let Some(name) = ours {
            let own = || self.known.classes.keys().filter_map(|class| class.as_str().strip_prefix(NAMESPACE));
            if own().next().is_some() {
                let advice = nearest(name, own()).unwrap_or("Person");
                let message = format!("expected a class such as tg:{advice}, found tg:{name}, which is none");
                return Err(origin.error(message));
            }
        }
        self.class(iri, origin);
        Ok(())
    }

    fn property(&mut self, iri: &NamedNode, origin: &Origin) {
        let ontology = &mut self.ontology;
        if ontology.property_by_iri.contains_key(iri) || !self.known.may_be_property(iri) {
            return;
        }
        ontology.property_by_iri.insert(iri.clone(), PropertyId(ontology.properties.len() as u32));
        ontology.properties.push(Property {
            iri: iri.clone(),
            label: String::new(),
            alternative_labels: Vec::new(),
            comment: None,
            domain: Vec::new(),
            range: Range::Thing,
            range_classes: Vec::new(),
            inverse: None,
            symmetric: false,
            functional: false,
            inverse_functional: false,
            parents: Vec::new(),
            alignments: Vec::new(),
            phrases: Vec::new(),
            roles: Vec::new(),
            implicit_object: true,
            learned: None,
            origin: origin.clone(),
        });
    }
}

/// Whether a predicate says what a property's subjects or objects are.
fn is_condition(predicate: &str) -> bool {
    matches!(predicate, DOMAIN | RANGE)
        || is_schema_term(predicate, "domainIncludes")
        || is_schema_term(predicate, "rangeIncludes")
}
