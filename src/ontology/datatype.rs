//! Datatypes: what values a property's literals may have.

use oxrdf::{Literal, NamedNode};

use super::Range;
use super::label::local_name;

/// Kinds of value that English tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// A day, a month or a year: `xsd:date`, `xsd:gYearMonth`, `xsd:gYear`, `xsd:dateTime`.
    Date,
    /// A quantity: `xsd:integer`, `xsd:decimal`, `xsd:double` and their subtypes.
    Number,
    /// Words: `xsd:string`, `rdf:langString` and whatever is not known to be something else.
    Text,
    /// A value that this program does not look for: truth values, times of day, durations, binary data.
    Other,
}

const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
const RDFS_LITERAL: &str = "http://www.w3.org/2000/01/rdf-schema#Literal";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// The built-in datatypes of OWL 2 and RDF 1.1, by their names in XML Schema.
const FAMILIES: [(Family, &[&str]); 4] = [
    (
        Family::Date,
        &["date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"],
    ),
    (
        Family::Number,
        &[
            "integer",
            "decimal",
            "double",
            "float",
            "int",
            "long",
            "short",
            "byte",
            "nonNegativeInteger",
            "positiveInteger",
            "nonPositiveInteger",
            "negativeInteger",
            "unsignedInt",
            "unsignedLong",
            "unsignedShort",
            "unsignedByte",
        ],
    ),
    (
        Family::Text,
        &[
            "string",
            "normalizedString",
            "token",
            "language",
            "Name",
            "NCName",
            "NMTOKEN",
            "anyURI",
            "anySimpleType",
        ],
    ),
    (
        Family::Other,
        &[
            "boolean",
            "time",
            "duration",
            "dayTimeDuration",
            "yearMonthDuration",
            "hexBinary",
            "base64Binary",
            "QName",
            "NOTATION",
        ],
    ),
];

/// What ontologies that have no datatypes call their values; only read so where no class of the name is declared.
const SPOKEN: [(&str, &[&str]); 9] = [
    ("date", &["date", "gYearMonth", "gYear"]),
    ("datetime", &["date", "gYearMonth", "gYear"]),
    ("year", &["gYear"]),
    ("number", &["integer", "decimal"]),
    ("integer", &["integer"]),
    ("float", &["decimal"]),
    ("string", &["string"]),
    ("text", &["string"]),
    ("boolean", &["boolean"]),
];

impl Range {
    /// Whether a literal of this datatype may be an object. A text that gives no more than a year is so let in where an
    /// ontology asks for `xsd:date`, and whole numbers are where it asks for decimal ones.
    pub fn admits(&self, datatype: &NamedNode) -> bool {
        let Self::Literal(listed) = self else { return false };
        listed.iter().any(|listed| stands_for(listed, datatype))
    }

    /// Whether words may be objects, whatever they mean.
    pub fn takes_words(&self) -> bool {
        self.families().contains(&Family::Text)
    }

    /// The datatypes of the values that a graph may have here: those that the range lists, and where these are dates the
    /// coarser ones, as a text may say no more.
    pub fn told(&self) -> Vec<NamedNode> {
        let Self::Literal(listed) = self else { return Vec::new() };
        let finest = listed.iter().filter_map(fineness).max();
        let coarser = (0..finest.unwrap_or(0)).rev().map(|fineness| xsd(DATES[fineness]));
        let mut told = listed.clone();
        told.extend(coarser.filter(|datatype| !listed.contains(datatype)));
        told
    }

    /// Whether a graph may state a value here.
    pub fn states(&self, value: &Literal) -> bool {
        let datatype = value.datatype().into_owned();
        self.told().iter().any(|told| *told == datatype || told.as_str() == RDFS_LITERAL)
    }

    /// A value as the range wants it written: a number of the type that it lists, a day as its year if it takes years only.
    pub fn written(&self, value: &Literal) -> Literal {
        let datatype = value.datatype().into_owned();
        let Self::Literal(listed) = self else { return value.clone() };
        if listed.iter().any(|listed| *listed == datatype || listed.as_str() == RDFS_LITERAL) {
            return value.clone();
        }
        let of_family = |listed: &&NamedNode| stands_for(listed, &datatype);
        let Some(wanted) = listed.iter().filter(of_family).max_by_key(|listed| fineness(listed)) else {
            let takes_strings = listed.contains(&xsd("string"));
            return if takes_strings { Literal::new_simple_literal(value.value()) } else { value.clone() };
        };
        match (fineness(wanted), fineness(&datatype)) {
            (Some(wanted), Some(found)) if wanted < found => {
                // Years before our era begin with a sign.
                let mut parts =
                    value.value().char_indices().skip(1).filter(|(_, c)| *c == '-').map(|(at, _)| at);
                let end = parts.nth(wanted).unwrap_or(value.value().len());
                Literal::new_typed_literal(&value.value()[..end], xsd(DATES[wanted]))
            }
            (Some(_), _) => value.clone(),
            (None, _) => Literal::new_typed_literal(value.value(), wanted.clone()),
        }
    }

    /// The families of the datatypes that the range lists; none where objects are things, all for `rdfs:Literal`.
    pub fn families(&self) -> Vec<Family> {
        let Self::Literal(datatypes) = self else { return Vec::new() };
        if datatypes.iter().any(|datatype| datatype.as_str() == RDFS_LITERAL) {
            return vec![Family::Date, Family::Number, Family::Text, Family::Other];
        }
        let mut families = Vec::new();
        for family in datatypes.iter().map(family) {
            if !families.contains(&family) {
                families.push(family);
            }
        }
        families
    }
}

/// What kind of value a datatype has; one that is not built in counts as text.
pub fn family(datatype: &NamedNode) -> Family {
    let Some(name) = datatype.as_str().strip_prefix(XSD) else { return Family::Text };
    FAMILIES.iter().find(|(_, names)| names.contains(&name)).map_or(Family::Text, |(family, _)| *family)
}

/// The datatypes of dates as a calendar tells them, from the coarsest to the finest.
const DATES: [&str; 4] = ["gYear", "gYearMonth", "date", "dateTime"];

/// Number types that take whole numbers and others.
const FRACTIONS: [&str; 3] = ["decimal", "double", "float"];

fn xsd(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{XSD}{name}"))
}

/// Its place among [`DATES`].
fn fineness(datatype: &NamedNode) -> Option<usize> {
    let name = datatype.as_str().strip_prefix(XSD)?;
    DATES.iter().position(|date| *date == name)
}

/// Whether a value of one datatype may stand where another is listed.
fn stands_for(listed: &NamedNode, found: &NamedNode) -> bool {
    let is_whole = |datatype: &NamedNode| !FRACTIONS.contains(&local_name(datatype.as_str()));
    listed == found
        || listed.as_str() == RDFS_LITERAL
        || match (family(listed), family(found)) {
            (Family::Date, Family::Date) => fineness(listed).is_some() && fineness(found).is_some(),
            (Family::Number, Family::Number) => !is_whole(listed) || is_whole(found),
            _ => false,
        }
}

/// What an IRI says of itself by its name alone.
pub(super) enum Named {
    Datatype,
    /// In the namespace of XML Schema, but nothing of it.
    UnknownDatatype,
    NoDatatype,
}

pub(super) fn recognize(iri: &NamedNode) -> Named {
    let iri = iri.as_str();
    if iri == RDFS_LITERAL
        || iri.strip_prefix(RDF).is_some_and(|name| matches!(name, "langString" | "HTML" | "XMLLiteral"))
    {
        return Named::Datatype;
    }
    match iri.strip_prefix(XSD) {
        Some(name) if FAMILIES.iter().any(|(_, names)| names.contains(&name)) => Named::Datatype,
        Some(_) => Named::UnknownDatatype,
        None => Named::NoDatatype,
    }
}

/// The names of XML Schema's datatypes, for advice.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().flat_map(|(_, names)| names.iter().copied())
}

/// The datatypes that a class nobody declared stands for, by its name ("Date", "number").
pub(super) fn spoken(iri: &NamedNode) -> Option<Vec<NamedNode>> {
    let name = local_name(iri.as_str()).to_lowercase();
    let (_, datatypes) = SPOKEN.iter().find(|(spoken, _)| *spoken == name)?;
    Some(datatypes.iter().map(|datatype| xsd(datatype)).collect())
}

/// The range of a datatype property that names none.
pub(super) fn any() -> Vec<NamedNode> {
    vec![NamedNode::new_unchecked(RDFS_LITERAL)]
}
