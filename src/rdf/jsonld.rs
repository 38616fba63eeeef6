//! JSON-LD 1.1, compact, with its context inside (<https://www.w3.org/TR/json-ld11/>).

mod context;
mod frame;

use std::io;

use oxrdf::vocab::{rdf, xsd};
use serde_json::{Map, Value, json};

use super::nesting::{Nesting, Shape};
use super::read::Prefix;
use super::{Dataset, Quad, Term};
use context::{Coercion, Context};
pub(super) use frame::write_framed;

/// Writes a sorted dataset; blank nodes stand where they are mentioned, if they are once.
pub(super) fn write(dataset: &Dataset, declared: &[Prefix], writer: &mut dyn io::Write) -> io::Result<()> {
    let nesting = Nesting::of(dataset, |_| true);
    let mut context = Context::of(dataset, declared, &nesting);
    let quads: Vec<Quad<'_>> = dataset.quads().collect();
    let mut body = Body::default();
    for graph in quads.chunk_by(|a, b| a.graph == b.graph) {
        let subjects = graph.chunk_by(|a, b| a.subject == b.subject);
        let mut nodes = subjects
            .filter(|quads| !nesting.has(quads[0].subject))
            .map(|quads| node(quads, &mut context, &mut |object, context| nested(object, &nesting, context)));
        if let Some(name) = graph[0].graph {
            let nodes: Vec<Value> = nodes.collect();
            body.add(&json!({ "@id": identifier(name, &mut context), "@graph": nodes }));
        } else {
            nodes.by_ref().for_each(|node| body.add(&node));
        }
    }
    body.write(context, writer)
}

/// A blank node that is told of where it is mentioned.
fn nested<'d>(object: Term<'d>, nesting: &Nesting<'d>, context: &mut Context<'d>) -> Option<Told<'d>> {
    let Term::Blank(label) = object else { return None };
    let mut mention = |object: Term<'d>, context: &mut Context<'d>| nested(object, nesting, context);
    Some(match nesting.shape(label)? {
        Shape::List(members) => Told::List(members.to_vec()),
        Shape::Node(quads) => {
            let mut said = properties(quads, context, &mut mention);
            if said.is_empty() {
                // An object without entries would be nothing at all.
                said.insert("@id".to_owned(), identifier(object, context));
            }
            Told::Node(Value::Object(said))
        }
    })
}

/// The nodes of a document as text; its context, which comes first, is known last.
#[derive(Default)]
struct Body {
    text: String,
}

impl Body {
    fn add(&mut self, node: &Value) {
        self.text.push_str(if self.text.is_empty() { "\n    " } else { ",\n    " });
        push_indented(node, "    ", &mut self.text);
    }

    fn write(self, context: Context<'_>, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut head = String::from("{\n  \"@context\": ");
        push_indented(&context.into_json(), "  ", &mut head);
        head.push_str(",\n  \"@graph\": [");
        writer.write_all(head.as_bytes())?;
        writer.write_all(self.text.as_bytes())?;
        writer.write_all(if self.text.is_empty() { b"]\n}\n" } else { b"\n  ]\n}\n" })
    }
}

/// Writes JSON with this before every line but the first.
fn push_indented(value: &Value, indent: &str, text: &mut String) {
    let pretty = serde_json::to_string_pretty(value).expect("JSON of strings is written");
    // Line breaks inside of strings are escaped.
    let mut lines = pretty.split('\n');
    text.push_str(lines.next().unwrap_or_default());
    for line in lines {
        text.push('\n');
        text.push_str(indent);
        text.push_str(line);
    }
}

/// What stands in the place of a thing that is mentioned as an object, when it is not its name alone.
enum Told<'d> {
    Node(Value),
    List(Vec<Term<'d>>),
}

type Mention<'m, 'd> = dyn FnMut(Term<'d>, &mut Context<'d>) -> Option<Told<'d>> + 'm;

/// One subject with all that is said of it.
fn node<'d>(quads: &[Quad<'d>], context: &mut Context<'d>, mention: &mut Mention<'_, 'd>) -> Value {
    let mut node = Map::new();
    node.insert("@id".to_owned(), identifier(quads[0].subject, context));
    node.extend(properties(quads, context, mention));
    Value::Object(node)
}

fn properties<'d>(
    quads: &[Quad<'d>],
    context: &mut Context<'d>,
    mention: &mut Mention<'_, 'd>,
) -> Map<String, Value> {
    let mut said = Map::new();
    for quads in quads.chunk_by(|a, b| a.predicate == b.predicate) {
        let predicate = quads[0].predicate;
        let objects = quads.iter().map(|quad| quad.object);
        if predicate == rdf::TYPE.as_str() && objects.clone().all(|object| object.iri().is_some()) {
            let names = objects.filter_map(Term::iri).map(|class| Value::String(context.term(class)));
            said.insert("@type".to_owned(), one_or_all(names.collect()));
        } else {
            let coercion = context.coercion(predicate);
            let values = objects.map(|object| value(object, &coercion, context, mention));
            let values = one_or_all(values.collect());
            said.insert(context.term(predicate), values);
        }
    }
    said
}

/// A single value as itself, several as an array.
fn one_or_all(mut values: Vec<Value>) -> Value {
    if values.len() == 1 { values.remove(0) } else { Value::Array(values) }
}

fn identifier(term: Term<'_>, context: &mut Context<'_>) -> Value {
    match term {
        Term::Iri(iri) => Value::String(context.shorten(iri)),
        other => Value::String(other.to_string()),
    }
}

/// An object as short as the way its property's values are read allows.
fn value<'d>(
    object: Term<'d>,
    coercion: &Coercion<'_>,
    context: &mut Context<'d>,
    mention: &mut Mention<'_, 'd>,
) -> Value {
    match mention(object, context) {
        Some(Told::Node(node)) => return node,
        Some(Told::List(members)) => {
            let members = members.into_iter().map(|member| value(member, coercion, context, mention));
            return json!({ "@list": members.collect::<Vec<Value>>() });
        }
        None => {}
    }
    match object {
        Term::Literal { .. } => literal_value(object, coercion, context),
        other if *coercion == Coercion::Identifier => identifier(other, context),
        other => json!({ "@id": identifier(other, context) }),
    }
}

fn literal_value(literal: Term<'_>, coercion: &Coercion<'_>, context: &mut Context<'_>) -> Value {
    let text = literal.value().unwrap_or_default();
    if let Some(language) = literal.language() {
        return json!({ "@value": text, "@language": language });
    }
    let datatype = literal.datatype().unwrap_or_default();
    let is_string = datatype == xsd::STRING.as_str();
    let coerced = *coercion == Coercion::Datatype(datatype);
    if (coerced || *coercion == Coercion::None)
        && let Some(native) = native(datatype, &text)
    {
        return native;
    }
    if coerced || (*coercion == Coercion::None && is_string) {
        Value::String(text.into_owned())
    } else if is_string {
        json!({ "@value": text })
    } else {
        json!({ "@value": text, "@type": context.term(datatype) })
    }
}

/// A whole number or truth value as JSON's own, where reading it back gives the very same literal.
fn native(datatype: &str, text: &str) -> Option<Value> {
    if datatype == xsd::BOOLEAN.as_str() {
        return matches!(text, "true" | "false").then(|| Value::Bool(text == "true"));
    }
    if datatype != xsd::INTEGER.as_str() {
        return None;
    }
    // Beyond 2^53 many JSON readers round.
    let number: i64 = text.parse().ok().filter(|number: &i64| number.unsigned_abs() <= 1 << 53)?;
    (number.to_string() == text).then(|| Value::from(number))
}

/// Only for the context: the datatype of a literal that has one of its own.
fn own_datatype(literal: Term<'_>) -> Option<&str> {
    literal.datatype().filter(|datatype| *datatype != xsd::STRING.as_str())
}
