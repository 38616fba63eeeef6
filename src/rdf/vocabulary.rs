//! Vocabulary: the terms that tellgraph writes and reads besides those of an ontology.

use oxrdf::NamedNodeRef;

/// What names a thing; the first that a thing has is what it is called.
pub const NAMES: [&str; 4] = [
    oxrdf::vocab::rdfs::LABEL.as_str(),
    skos::PREFERRED_LABEL.as_str(),
    schema::NAME.as_str(),
    foaf::NAME.as_str(),
];
/// Where this program's releases have their IRIs.
pub const AGENTS: &str = "https://w3id.org/tellgraph/version/";

/// Declares a module of terms that share a namespace.
macro_rules! terms {
    ($(#[$doc:meta])* $module:ident, $namespace:literal, $($name:ident = $local:literal),+ $(,)?) => {
        $(#[$doc])*
        pub mod $module {
            use super::NamedNodeRef;
            pub const NAMESPACE: &str = $namespace;
            $(pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($namespace, $local));)+
        }
    };
}

terms! {
    /// Provenance (<https://www.w3.org/TR/prov-o/>).
    prov, "http://www.w3.org/ns/prov#",
    ENTITY = "Entity", SOFTWARE_AGENT = "SoftwareAgent", WAS_DERIVED_FROM = "wasDerivedFrom",
    WAS_ATTRIBUTED_TO = "wasAttributedTo", GENERATED_AT_TIME = "generatedAtTime",
}
terms! {
    /// Web Annotation (<https://www.w3.org/TR/annotation-vocab/>).
    oa, "http://www.w3.org/ns/oa#",
    ANNOTATION = "Annotation", HAS_BODY = "hasBody", HAS_TARGET = "hasTarget", MOTIVATED_BY = "motivatedBy",
    IDENTIFYING = "identifying", SPECIFIC_RESOURCE = "SpecificResource", HAS_SOURCE = "hasSource",
    HAS_SELECTOR = "hasSelector", TEXT_POSITION_SELECTOR = "TextPositionSelector", START = "start", END = "end",
    TEXT_QUOTE_SELECTOR = "TextQuoteSelector", EXACT = "exact", PREFIX = "prefix", SUFFIX = "suffix",
}
terms! {
    /// Ours, as `ontologies/core.ttl` documents them.
    tg, "https://w3id.org/tellgraph/core#",
    CONFIDENCE = "confidence", RULE = "rule", QUOTE = "quote", IMPLICIT = "implicit",
    SUBJECT_MENTION = "subjectMention", OBJECT_MENTION = "objectMention",
}
terms! {
    /// Statements spoken of.
    rdf, "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    REIFIES = "reifies", STATEMENT = "Statement", SUBJECT = "subject", PREDICATE = "predicate", OBJECT = "object",
}
terms! {
    /// Names and other common terms.
    skos, "http://www.w3.org/2004/02/skos/core#",
    PREFERRED_LABEL = "prefLabel", ALTERNATIVE_LABEL = "altLabel",
}
terms! {
    /// The same thing elsewhere, and ontologies.
    owl, "http://www.w3.org/2002/07/owl#",
    SAME_AS = "sameAs", THING = "Thing", CLASS = "Class", OBJECT_PROPERTY = "ObjectProperty",
    DATATYPE_PROPERTY = "DatatypeProperty", SYMMETRIC_PROPERTY = "SymmetricProperty",
    FUNCTIONAL_PROPERTY = "FunctionalProperty", INVERSE_OF = "inverseOf", EQUIVALENT_CLASS = "equivalentClass",
    EQUIVALENT_PROPERTY = "equivalentProperty",
}
terms! {
    /// Descriptions of documents.
    dcterms, "http://purl.org/dc/terms/",
    IDENTIFIER = "identifier",
}
terms! {
    /// Web pages' vocabulary.
    schema, "https://schema.org/",
    NAME = "name", ALTERNATE_NAME = "alternateName", SAME_AS = "sameAs", SOFTWARE_VERSION = "softwareVersion",
}
terms! {
    /// People and groups.
    foaf, "http://xmlns.com/foaf/0.1/",
    NAME = "name",
}
terms! {
    /// Shapes (<https://www.w3.org/TR/shacl/>).
    sh, "http://www.w3.org/ns/shacl#",
    NODE_SHAPE = "NodeShape", PROPERTY_SHAPE = "PropertyShape", TARGET_CLASS = "targetClass",
    TARGET_SUBJECTS_OF = "targetSubjectsOf", TARGET_OBJECTS_OF = "targetObjectsOf", PROPERTY = "property", PATH = "path",
    INVERSE_PATH = "inversePath", ALTERNATIVE_PATH = "alternativePath", ZERO_OR_MORE_PATH = "zeroOrMorePath",
    ONE_OR_MORE_PATH = "oneOrMorePath", ZERO_OR_ONE_PATH = "zeroOrOnePath", NAME = "name", MESSAGE = "message",
    CLASS = "class", DATATYPE = "datatype", NODE_KIND = "nodeKind", LITERAL = "Literal",
    BLANK_NODE_OR_IRI = "BlankNodeOrIRI", MAX_COUNT = "maxCount", NODE = "node", OR = "or", AND = "and",
    EXACTLY_ONE = "xone", NOT = "not", QUALIFIED_VALUE_SHAPE = "qualifiedValueShape", IN = "in",
    LANGUAGE_IN = "languageIn", IGNORED_PROPERTIES = "ignoredProperties",
}
