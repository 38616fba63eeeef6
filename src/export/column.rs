//! Column: the values of one property in a table, with the one type that all of them have.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNodeRef};

use super::drawing::{Drawing, Node};
use crate::ontology::local_name;

/// What all values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Boolean,
    Long,
    Double,
    Text,
}

/// The values of one property.
pub(super) struct Column {
    pub property: String,
    /// The property's local name, with a number behind it if another column is called so.
    pub name: String,
    pub kind: Kind,
    /// Whether a thing has more than one of them.
    pub many: bool,
}

const WHOLE: [NamedNodeRef<'_>; 7] = [
    xsd::INTEGER,
    xsd::LONG,
    xsd::INT,
    xsd::SHORT,
    xsd::BYTE,
    xsd::NON_NEGATIVE_INTEGER,
    xsd::POSITIVE_INTEGER,
];
const BROKEN: [NamedNodeRef<'_>; 3] = [xsd::DECIMAL, xsd::DOUBLE, xsd::FLOAT];

/// A column for each property that says something in literals, by IRI; none has a name that is taken.
pub(super) fn of(drawing: &Drawing, taken: &[&str]) -> Vec<Column> {
    let mut found: BTreeMap<&str, (Option<Kind>, bool)> = BTreeMap::new();
    for node in &drawing.nodes {
        for values in node.values.chunk_by(|a, b| a.property == b.property) {
            let (kind, many) = found.entry(&values[0].property.iri).or_default();
            *many |= values.len() > 1;
            for own in values.iter().map(|value| kind_of(value.value)) {
                *kind = Some(kind.map_or(own, |known| if known == own { own } else { Kind::Text }));
            }
        }
    }
    let mut taken: BTreeSet<String> = taken.iter().map(|name| (*name).to_owned()).collect();
    let column = |(property, (kind, many)): (&str, (Option<Kind>, bool))| {
        let local = local_name(property);
        let numbered = (2..).map(|number| format!("{local}_{number}"));
        let mut names = std::iter::once(local.to_owned()).chain(numbered);
        let name = names.find(|name| taken.insert(name.clone())).unwrap_or_default();
        Column { property: property.to_owned(), name, kind: kind.unwrap_or(Kind::Text), many }
    };
    found.into_iter().map(column).collect()
}

impl Column {
    /// What a thing has of it.
    pub(super) fn values<'n>(&self, node: &'n Node) -> impl Iterator<Item = &'n str> {
        let own = node.values.iter().filter(|value| value.property.iri == self.property);
        own.map(|value| value.value.value())
    }
}

fn kind_of(literal: &Literal) -> Kind {
    let (datatype, text) = (literal.datatype(), literal.value());
    if WHOLE.contains(&datatype) && text.parse::<i64>().is_ok() {
        Kind::Long
    } else if BROKEN.contains(&datatype) && text.parse::<f64>().is_ok_and(f64::is_finite) {
        Kind::Double
    } else if datatype == xsd::BOOLEAN && matches!(text, "true" | "false") {
        Kind::Boolean
    } else {
        Kind::Text
    }
}
