//! Vocabulary: the IRIs that the reader knows, and advice on ones that it does not.

use super::NAMESPACE;

pub(super) const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

pub(super) const LABEL: &str = "http://www.w3.org/2000/01/rdf-schema#label";
pub(super) const COMMENT: &str = "http://www.w3.org/2000/01/rdf-schema#comment";
pub(super) const SUBCLASS_OF: &str = "http://www.w3.org/2000/01/rdf-schema#subClassOf";
pub(super) const SUBPROPERTY_OF: &str = "http://www.w3.org/2000/01/rdf-schema#subPropertyOf";
pub(super) const DOMAIN: &str = "http://www.w3.org/2000/01/rdf-schema#domain";
pub(super) const RANGE: &str = "http://www.w3.org/2000/01/rdf-schema#range";
pub(super) const RDFS_CLASS: &str = "http://www.w3.org/2000/01/rdf-schema#Class";
pub(super) const RDFS_DATATYPE: &str = "http://www.w3.org/2000/01/rdf-schema#Datatype";

pub(super) const OWL_CLASS: &str = "http://www.w3.org/2002/07/owl#Class";
pub(super) const OBJECT_PROPERTY: &str = "http://www.w3.org/2002/07/owl#ObjectProperty";
pub(super) const DATATYPE_PROPERTY: &str = "http://www.w3.org/2002/07/owl#DatatypeProperty";
pub(super) const ANNOTATION_PROPERTY: &str = "http://www.w3.org/2002/07/owl#AnnotationProperty";
pub(super) const SYMMETRIC: &str = "http://www.w3.org/2002/07/owl#SymmetricProperty";
pub(super) const FUNCTIONAL: &str = "http://www.w3.org/2002/07/owl#FunctionalProperty";
pub(super) const INVERSE_FUNCTIONAL: &str = "http://www.w3.org/2002/07/owl#InverseFunctionalProperty";
pub(super) const ALL_DISJOINT_CLASSES: &str = "http://www.w3.org/2002/07/owl#AllDisjointClasses";
pub(super) const MEMBERS: &str = "http://www.w3.org/2002/07/owl#members";
pub(super) const DISJOINT_WITH: &str = "http://www.w3.org/2002/07/owl#disjointWith";
pub(super) const DISJOINT_UNION_OF: &str = "http://www.w3.org/2002/07/owl#disjointUnionOf";
pub(super) const EQUIVALENT_CLASS: &str = "http://www.w3.org/2002/07/owl#equivalentClass";
pub(super) const EQUIVALENT_PROPERTY: &str = "http://www.w3.org/2002/07/owl#equivalentProperty";
pub(super) const INVERSE_OF: &str = "http://www.w3.org/2002/07/owl#inverseOf";
pub(super) const HAS_KEY: &str = "http://www.w3.org/2002/07/owl#hasKey";
pub(super) const UNION_OF: &str = "http://www.w3.org/2002/07/owl#unionOf";
pub(super) const INTERSECTION_OF: &str = "http://www.w3.org/2002/07/owl#intersectionOf";
pub(super) const ON_DATATYPE: &str = "http://www.w3.org/2002/07/owl#onDatatype";

pub(super) const ALTERNATIVE_LABEL: &str = "http://www.w3.org/2004/02/skos/core#altLabel";
pub(super) const PREFERRED_LABEL: &str = "http://www.w3.org/2004/02/skos/core#prefLabel";
pub(super) const DEFINITION: &str = "http://www.w3.org/2004/02/skos/core#definition";

pub(super) const PHRASE: &str = "https://w3id.org/tellgraph/core#phrase";
pub(super) const ROLE: &str = "https://w3id.org/tellgraph/core#role";
pub(super) const TEXT: &str = "https://w3id.org/tellgraph/core#text";
pub(super) const PRECISION: &str = "https://w3id.org/tellgraph/core#precision";
pub(super) const SEEN: &str = "https://w3id.org/tellgraph/core#seen";

pub(super) const SCORER: &str = "https://w3id.org/tellgraph/core#scorer";
pub(super) const WEIGHTS: &str = "https://w3id.org/tellgraph/core#weights";
pub(super) const CUT: &str = "https://w3id.org/tellgraph/core#cut";
pub(super) const READINGS: &str = "https://w3id.org/tellgraph/core#readings";
pub(super) const WRITTEN: &str = "https://w3id.org/tellgraph/core#written";
pub(super) const KNOWN_OBJECT: &str = "https://w3id.org/tellgraph/core#knownObject";
pub(super) const RECALL: &str = "https://w3id.org/tellgraph/core#recall";

/// What stands for every property that was learned, and for each that was not.
pub(super) const ANY_PROPERTY: &str = "https://w3id.org/tellgraph/core#anyProperty";
pub(super) const UNSEEN_PROPERTY: &str = "https://w3id.org/tellgraph/core#unseenProperty";

pub(super) const IMPLICIT_OBJECT: &str = "https://w3id.org/tellgraph/core#implicitObject";

/// The terms of ours that say something about a property.
pub(super) const OURS: [&str; 13] = [
    PHRASE,
    ROLE,
    TEXT,
    PRECISION,
    SEEN,
    IMPLICIT_OBJECT,
    SCORER,
    WEIGHTS,
    READINGS,
    KNOWN_OBJECT,
    WRITTEN,
    CUT,
    RECALL,
];

/// Types that make their subject a property.
const PROPERTY_TYPES: [&str; 9] = [
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property",
    OBJECT_PROPERTY,
    DATATYPE_PROPERTY,
    SYMMETRIC,
    FUNCTIONAL,
    INVERSE_FUNCTIONAL,
    "http://www.w3.org/2002/07/owl#TransitiveProperty",
    "http://www.w3.org/2002/07/owl#AsymmetricProperty",
    "http://www.w3.org/2002/07/owl#IrreflexiveProperty",
];

/// Classes of everything: to be of one of them is no condition.
const TOP_CLASSES: [&str; 4] = [
    "http://www.w3.org/2002/07/owl#Thing",
    "http://www.w3.org/2000/01/rdf-schema#Resource",
    "http://schema.org/Thing",
    "https://schema.org/Thing",
];

/// Namespaces that describe ontologies: their terms are never extracted.
const DESCRIPTIVE: [&str; 4] = [
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/2001/XMLSchema#",
];

pub(super) fn is_class_type(iri: &str) -> bool {
    iri == OWL_CLASS || iri == RDFS_CLASS
}

pub(super) fn is_property_type(iri: &str) -> bool {
    PROPERTY_TYPES.contains(&iri)
}

pub(super) fn is_top_class(iri: &str) -> bool {
    TOP_CLASSES.contains(&iri)
}

pub(super) fn is_descriptive(iri: &str) -> bool {
    DESCRIPTIVE.iter().any(|namespace| iri.starts_with(namespace)) || OURS.contains(&iri)
}

/// `schema:domainIncludes` and the like, under either of the IRIs of schema.org.
pub(super) fn is_schema_term(iri: &str, name: &str) -> bool {
    ["http://schema.org/", "https://schema.org/"]
        .iter()
        .any(|namespace| iri.strip_prefix(namespace) == Some(name))
}

/// An IRI as people write it: `tg:phrase` for ours, in angle brackets otherwise.
pub(super) fn shown(iri: &str) -> String {
    iri.strip_prefix(NAMESPACE).map_or_else(|| format!("<{iri}>"), |local| format!("tg:{local}"))
}

/// The name that is spelled most like this one, if any is close enough to be a slip of the pen.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = 1 + name.chars().count() / 4;
    let ranked =
        known.map(|other| (edit_distance(name, other), other)).filter(|(distance, _)| *distance <= allowed);
    ranked.min().map(|(_, other)| other)
}

/// The Levenshtein distance, in characters, between two names without regard to case.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.to_lowercase().chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
