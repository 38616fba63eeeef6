//! JSON-LD 1.1, compact, with its context inline (<https://www.w3.org/TR/json-ld11/>).

mod context;

use std::io;

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{LiteralRef, NamedNodeRef, TermRef, Triple};
use serde_json::{Map, Value, json};

use crate::ontology::Ontology;
use context::{Coercion, Context};

/// Writes triples that come grouped by subject and predicate.
pub(super) fn write(triples: &[Triple], ontology: &Ontology, writer: &mut dyn io::Write) -> io::Result<()> {
    let mut context = Context::of(triples, ontology);
    let subjects = triples.chunk_by(|a, b| a.subject == b.subject);
    let nodes: Vec<Value> = subjects.map(|triples| node(triples, &mut context)).collect();
    let document = json!({ "@context": context.into_json(), "@graph": nodes });
    serde_json::to_writer_pretty(&mut *writer, &document)?;
    writer.write_all(b"\n")
}

/// One subject with all that is said of it.
fn node(triples: &[Triple], context: &mut Context) -> Value {
    let mut node = Map::new();
    let subject = TermRef::from(triples[0].subject.as_ref());
    node.insert("@id".to_owned(), identifier(subject, context));
    for triples in triples.chunk_by(|a, b| a.predicate == b.predicate) {
        let predicate = triples[0].predicate.as_ref();
        let objects = triples.iter().map(|triple| triple.object.as_ref());
        if predicate == rdf::TYPE && triples.iter().all(|triple| triple.object.is_named_node()) {
            node.insert(
                "@type".to_owned(),
                one_or_all(objects.map(|class| class_name(class, context)).collect()),
            );
        } else {
            let coercion = context.coercion(predicate);
            let values = objects.map(|object| value(object, &coercion, context)).collect();
            node.insert(context.property_name(predicate), one_or_all(values));
        }
    }
    Value::Object(node)
}

/// A single value as itself, several as an array.
fn one_or_all(mut values: Vec<Value>) -> Value {
    if values.len() == 1 { values.remove(0) } else { Value::Array(values) }
}

fn identifier(term: TermRef<'_>, context: &mut Context) -> Value {
    match term {
        TermRef::NamedNode(iri) => Value::String(context.shorten(iri)),
        TermRef::BlankNode(node) => Value::String(node.to_string()),
        TermRef::Literal(_) => Value::Null,
    }
}

fn class_name(class: TermRef<'_>, context: &mut Context) -> Value {
    match class {
        TermRef::NamedNode(iri) => Value::String(context.class_name(iri)),
        other => identifier(other, context),
    }
}

/// An object as short as the way its property's values are read allows.
fn value(object: TermRef<'_>, coercion: &Coercion, context: &mut Context) -> Value {
    match object {
        TermRef::Literal(literal) => literal_value(literal, coercion, context),
        other if *coercion == Coercion::Identifier => identifier(other, context),
        other => json!({ "@id": identifier(other, context) }),
    }
}

fn literal_value(literal: LiteralRef<'_>, coercion: &Coercion, context: &mut Context) -> Value {
    let datatype = literal.datatype();
    if let Some(language) = literal.language() {
        return json!({ "@value": literal.value(), "@language": language });
    }
    let coerced = *coercion == Coercion::Datatype(datatype.into_owned());
    if (coerced || *coercion == Coercion::None)
        && let Some(native) = native(literal)
    {
        return native;
    }
    if coerced || (*coercion == Coercion::None && datatype == xsd::STRING) {
        Value::String(literal.value().to_owned())
    } else if datatype == xsd::STRING {
        json!({ "@value": literal.value() })
    } else {
        json!({ "@value": literal.value(), "@type": context.class_name(datatype) })
    }
}

/// A whole number or truth value as JSON's own, where reading it back gives the very same literal.
fn native(literal: LiteralRef<'_>) -> Option<Value> {
    match (literal.datatype(), literal.value()) {
        (xsd::BOOLEAN, "true") => Some(Value::Bool(true)),
        (xsd::BOOLEAN, "false") => Some(Value::Bool(false)),
        (xsd::INTEGER, text) => {
            // Beyond 2^53 many JSON readers round.
            let number: i64 = text.parse().ok().filter(|number: &i64| number.unsigned_abs() <= 1 << 53)?;
            (number.to_string() == text).then(|| Value::from(number))
        }
        _ => None,
    }
}

/// Only for the context: the datatype IRI of a literal that has one of its own.
fn own_datatype(literal: LiteralRef<'_>) -> Option<NamedNodeRef<'_>> {
    let datatype = literal.datatype();
    (literal.language().is_none() && datatype != xsd::STRING).then_some(datatype)
}
