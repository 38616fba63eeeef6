//! GraphML: the graph for programs that analyse networks (<http://graphml.graphdrawing.org/>), Gephi and networkx among
//! them, with the type of every attribute declared.
//!
//! A node's id is its IRI, so that graphs of several runs fit together. Several values of one attribute are joined by
//! "; ". XML cannot carry control characters: see [`Escaped`].

use std::io;

use super::column::{self, Column, Kind};
use super::csv::{documents, quote};
use super::drawing::{Drawing, Edge, Node, confidence};
use super::xml::Escaped;
use crate::ontology::local_name;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"#;

/// What every node and edge has: the attribute's name and type. Its key is its name after `n.` or `e.`.
const OF_NODES: [(&str, &str); 6] = [
    ("label", "string"),
    ("class", "string"),
    ("classIri", "string"),
    ("color", "string"),
    ("names", "string"),
    ("sameAs", "string"),
];
const OF_EDGES: [(&str, &str); 7] = [
    ("label", "string"),
    ("property", "string"),
    ("iri", "string"),
    ("symmetric", "boolean"),
    ("confidence", "double"),
    ("quote", "string"),
    ("documents", "string"),
];

pub(super) fn write(drawing: &Drawing, writer: &mut dyn io::Write) -> io::Result<()> {
    let columns = column::of(drawing, &OF_NODES.map(|(name, _)| name));
    writer.write_all(HEAD.as_bytes())?;
    for (name, kind) in OF_NODES {
        write_key("node", "n", name, kind, writer)?;
    }
    for column in &columns {
        write_key("node", "n", &column.name, kind(column), writer)?;
    }
    for (name, kind) in OF_EDGES {
        write_key("edge", "e", name, kind, writer)?;
    }
    writeln!(writer, r#"<graph id="tellgraph" edgedefault="directed">"#)?;
    for node in &drawing.nodes {
        write_node(node, &columns, writer)?;
    }
    for edge in &drawing.edges {
        write_edge(edge, drawing, writer)?;
    }
    writer.write_all(b"</graph>\n</graphml>\n")
}

fn kind(column: &Column) -> &'static str {
    match column.kind {
        _ if column.many => "string",
        Kind::Boolean => "boolean",
        Kind::Long => "long",
        Kind::Double => "double",
        Kind::Text => "string",
    }
}

fn write_key(of: &str, prefix: &str, name: &str, kind: &str, writer: &mut dyn io::Write) -> io::Result<()> {
    let name = Escaped(name);
    writeln!(writer, r#"<key id="{prefix}.{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>"#)
}

fn write_node(node: &Node, columns: &[Column], writer: &mut dyn io::Write) -> io::Result<()> {
    let thing = node.thing;
    writeln!(writer, r#"<node id="{}">"#, Escaped(thing.iri.as_str()))?;
    let labels: Vec<&str> = node.classes.iter().map(|class| class.label.as_str()).collect();
    let iris: Vec<&str> = node.classes.iter().map(|class| class.iri.as_str()).collect();
    let names: Vec<&str> = thing.alternative_labels.iter().map(String::as_str).collect();
    let links: Vec<&str> = thing.links.iter().map(|link| link.iri.as_str()).collect();
    write_data("n.label", &thing.label, writer)?;
    write_data("n.class", &labels.join("; "), writer)?;
    write_data("n.classIri", &iris.join(" "), writer)?;
    write_data("n.color", node.style.line, writer)?;
    write_data("n.names", &names.join("; "), writer)?;
    write_data("n.sameAs", &links.join(" "), writer)?;
    for column in columns {
        let values: Vec<&str> = column.values(node).collect();
        write_data(&format!("n.{}", column.name), &values.join("; "), writer)?;
    }
    writeln!(writer, "</node>")
}

fn write_edge(edge: &Edge, drawing: &Drawing, writer: &mut dyn io::Write) -> io::Result<()> {
    let end = |place: usize| Escaped(drawing.nodes[place].thing.iri.as_str());
    writeln!(writer, r#"<edge source="{}" target="{}">"#, end(edge.subject), end(edge.object))?;
    let documents: Vec<&str> = documents(edge).into_iter().collect();
    write_data("e.label", &edge.property.label, writer)?;
    write_data("e.property", local_name(&edge.property.iri), writer)?;
    write_data("e.iri", &edge.property.iri, writer)?;
    write_data("e.symmetric", if edge.symmetric { "true" } else { "false" }, writer)?;
    let confidence = confidence(&edge.evidence).map(|sure| format!("{sure:.3}"));
    write_data("e.confidence", &confidence.unwrap_or_default(), writer)?;
    write_data("e.quote", &quote(edge), writer)?;
    write_data("e.documents", &documents.join("; "), writer)?;
    writeln!(writer, "</edge>")
}

/// An attribute of the element that is open, unless there is nothing to say.
fn write_data(key: &str, value: &str, writer: &mut dyn io::Write) -> io::Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    writeln!(writer, r#"<data key="{}">{}</data>"#, Escaped(key), Escaped(value))
}
