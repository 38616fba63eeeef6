//! CSV: a table of things and one of statements, with the headers that `neo4j-admin database import` asks for
//! (<https://neo4j.com/docs/operations-manual/current/import/>).
//!
//! A `;` stands between several values in one field; one inside of such a value becomes a comma, since the importer knows
//! no escape. NUL, which many readers of CSV stop at, becomes U+FFFD.

use std::collections::BTreeSet;
use std::io;

use super::column::{self, Kind};
use super::drawing::text;
use super::drawing::{Drawing, Edge, Node, confidence};
use crate::ontology::local_name;

/// Names of columns that every table of things has.
const TAKEN: [&str; 4] = ["iri", "label", "names", "sameAs"];

/// The table of things: IRI, names, a column for each property that has literals, and classes.
pub(super) fn write_nodes(drawing: &Drawing, writer: &mut dyn io::Write) -> io::Result<()> {
    let columns = column::of(drawing, &TAKEN);
    let mut table = csv::Writer::from_writer(writer);
    let mut head: Vec<String> =
        ["iri:ID", "label", "names:string[]", "sameAs:string[]"].map(str::to_owned).into();
    for column in &columns {
        let kind = match column.kind {
            Kind::Boolean => "boolean",
            Kind::Long => "long",
            Kind::Double => "double",
            Kind::Text => "string",
        };
        head.push(format!("{}:{kind}{}", plain(&column.name), if column.many { "[]" } else { "" }));
    }
    head.push(":LABEL".to_owned());
    table.write_record(head)?;
    for node in &drawing.nodes {
        let Node { thing, classes, .. } = node;
        let mut row = vec![thing.iri.as_str().to_owned(), plain(&thing.label)];
        row.push(several(thing.alternative_labels.iter().map(String::as_str)));
        row.push(several(thing.links.iter().map(|link| link.iri.as_str())));
        for column in &columns {
            let mut values = column.values(node);
            let value = if column.many { several(values) } else { plain(values.next().unwrap_or_default()) };
            row.push(value);
        }
        row.push(several(classes.iter().map(|class| local_name(&class.iri))));
        table.write_record(row)?;
    }
    table.flush()
}

/// The table of statements: their ends and property as the importer wants them, then as people read them, with the
/// confidence and the sentence of the surest place that says so, and all documents that do.
pub(super) fn write_edges(drawing: &Drawing, writer: &mut dyn io::Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(writer);
    table.write_record([
        ":START_ID",
        ":END_ID",
        ":TYPE",
        "subject",
        "property",
        "object",
        "iri",
        "confidence:double",
        "quote",
        "documents:string[]",
    ])?;
    for edge in &drawing.edges {
        let (subject, object) = (drawing.nodes[edge.subject].thing, drawing.nodes[edge.object].thing);
        let confidence = confidence(&edge.evidence).map(|sure| format!("{sure:.3}"));
        table.write_record([
            subject.iri.as_str(),
            object.iri.as_str(),
            &plain(local_name(&edge.property.iri)),
            &plain(&subject.label),
            &plain(&edge.property.label),
            &plain(&object.label),
            &edge.property.iri,
            &confidence.unwrap_or_default(),
            &plain(&quote(edge)),
            &several(documents(edge).into_iter()),
        ])?;
    }
    table.flush()
}

/// The sentence of the surest place that says so, on one line; of equals the first.
pub(super) fn quote(edge: &Edge) -> String {
    let surest = edge.evidence.iter().rev().max_by(|a, b| a.confidence.total_cmp(&b.confidence));
    surest.map(|evidence| text::on_one_line(&evidence.quote)).unwrap_or_default()
}

/// The documents that say so, by name.
pub(super) fn documents<'e>(edge: &'e Edge) -> BTreeSet<&'e str> {
    edge.evidence.iter().map(|evidence| evidence.document.as_str()).collect()
}

fn several<'t>(values: impl Iterator<Item = &'t str>) -> String {
    values.map(|value| plain(value).replace(';', ",")).collect::<Vec<_>>().join(";")
}

fn plain(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}
