//! DOT: the graph as a picture that GraphViz draws (<https://graphviz.org/doc/info/lang.html>).
//!
//! A thing is a box with its name and values, coloured and shaped by its class; a statement is an arrow that shows the
//! sentences behind it when the pointer rests on it.

mod style;
mod text;

use std::collections::BTreeSet;
use std::io;

use oxrdf::NamedNode;

use super::local_name;
use crate::graph::{EvidenceId, Graph, Thing};
use crate::ontology::Ontology;
use text::{quoted, shown};

const HEAD: &str = r##"digraph tellgraph {
    graph [rankdir=LR, charset="UTF-8", bgcolor="#ffffff", pad=0.4, nodesep=0.3, ranksep=1.0, splines=true, fontname="Helvetica,Arial,sans-serif"];
    node [style="filled,rounded", shape=box, penwidth=1.2, margin="0.18,0.09", height=0.4, fontsize=12, fontname="Helvetica,Arial,sans-serif", fontcolor="#1f2933"];
    edge [color="#7b8794", penwidth=1.1, arrowsize=0.7, fontsize=10, fontname="Helvetica,Arial,sans-serif", fontcolor="#52606d"];
"##;

/// The most sentences that a tooltip shows.
const MOST_QUOTES: usize = 5;

pub(super) fn write(graph: &Graph, ontology: &Ontology, writer: &mut dyn io::Write) -> io::Result<()> {
    writer.write_all(HEAD.as_bytes())?;
    for thing in graph.things() {
        writeln!(writer, "    {};", node(graph, thing, ontology))?;
    }
    for (subject, statement, object) in graph.statements() {
        let ends = format!("{} -> {}", quoted(subject.iri.as_str()), quoted(object.iri.as_str()));
        let label = label(&statement.property, ontology);
        let tooltip = quotes(graph, &statement.evidence).unwrap_or_else(|| label.clone());
        let tooltip = quoted(&tooltip);
        let attributes = format!("label={}, tooltip={tooltip}, labeltooltip={tooltip}", quoted(&label));
        writeln!(writer, "    {ends} [{attributes}, URL={}];", quoted(statement.property.as_str()))?;
    }
    writer.write_all(b"}\n")
}

/// A thing's line: its name and values inside, its class and what was said of its values in the tooltip.
fn node(graph: &Graph, thing: &Thing, ontology: &Ontology) -> String {
    let mut lines = vec![shown(&thing.label)];
    let mut evidence = Vec::new();
    for (property, value, ids) in graph.values_of(thing) {
        lines.push(shown(&format!("{}: {}", label(property, ontology), value.value())));
        evidence.extend_from_slice(ids);
    }
    let classes: Vec<String> = thing.classes.iter().map(|class| class_label(class, ontology)).collect();
    let mut tooltip = format!("{} ({})", text::cut(&thing.label), classes.join(", "));
    if let Some(quotes) = quotes(graph, &evidence) {
        tooltip = format!("{tooltip}\n{quotes}");
    }
    let style = style::of(thing, ontology);
    format!(
        "{id} [label={}, tooltip={}, URL={id}, {style}]",
        quoted(&lines.join("\n")),
        quoted(&tooltip),
        id = quoted(thing.iri.as_str()),
    )
}

/// The sentences that say something, each once, in the order of their letters so that the order of documents does not show.
fn quotes(graph: &Graph, evidence: &[EvidenceId]) -> Option<String> {
    let quotes: BTreeSet<String> = evidence.iter().map(|id| text::cut(&graph.evidence(*id).quote)).collect();
    let quotes: Vec<String> = quotes.into_iter().take(MOST_QUOTES).collect();
    Some(quotes.join("\n")).filter(|quotes| !quotes.is_empty())
}

/// The property's label in the ontology, or else its local name.
fn label(property: &NamedNode, ontology: &Ontology) -> String {
    let known = ontology.property_named(property.as_str()).map(|id| ontology.property(id).label.clone());
    known.unwrap_or_else(|| local_name(property.as_str()).to_owned())
}

fn class_label(class: &NamedNode, ontology: &Ontology) -> String {
    let known = ontology.class_named(class.as_str()).map(|id| ontology.class(id).label.clone());
    known.unwrap_or_else(|| local_name(class.as_str()).to_owned())
}
