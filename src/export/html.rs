//! HTML: one page with the graph to explore, the texts beside it and a table of the facts; it needs no other file, no
//! network and no server.
//!
//! What the graph says goes in as JSON and is shown as text only, so that no name can become markup; and a policy lets
//! nothing run but the page's own two scripts, which it names by their hashes
//! (<https://www.w3.org/TR/CSP3/#strict-csp>).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::drawing::layout::{self, Frame, Layout, curve};
use super::drawing::style::Shape;
use super::drawing::{Drawing, Edge, Node, Term, Value, confidence, in_text, is_web_address};
use crate::graph::{DocumentRecord, Evidence, Graph, Status};

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");
const LIBRARY: &str = include_str!("html/cytoscape.min.js");

/// All that the page shows. Things, classes, properties and documents are named by their places in these lists.
#[derive(Serialize)]
struct Page<'g> {
    documents: Vec<Text<'g>>,
    classes: Vec<Class<'g>>,
    properties: Vec<&'g Term>,
    nodes: Vec<Thing<'g>>,
    facts: Vec<Fact<'g>>,
}

#[derive(Serialize)]
struct Text<'g> {
    id: &'g str,
    url: Option<&'g str>,
    /// `None` where the graph does not carry it: the page shows the sentences of facts instead.
    text: Option<&'g str>,
}

#[derive(Serialize)]
struct Class<'g> {
    label: &'g str,
    fill: &'static str,
    line: &'static str,
}

#[derive(Serialize)]
struct Thing<'g> {
    label: &'g str,
    iri: &'g str,
    /// Whether the IRI may be followed.
    web: bool,
    names: Vec<&'g str>,
    same: Vec<&'g str>,
    class: usize,
    classes: Vec<&'g str>,
    shape: &'static str,
    /// What stands in its box.
    lines: String,
    /// Centre, width and height.
    frame: [f64; 4],
}

#[derive(Serialize)]
struct Fact<'g> {
    subject: usize,
    property: usize,
    /// A thing, or else there is a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    object: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Cow<'g, str>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    symmetric: bool,
    /// Where its line's control point lies: the share of the way, and how far beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    bend: Option<[f64; 2]>,
    confidence: Option<f64>,
    places: Vec<Place<'g>>,
}

/// Where a document says a fact: offsets in code points, end exclusive.
#[derive(Serialize)]
struct Place<'g> {
    document: usize,
    sentence: [usize; 2],
    subject: [usize; 2],
    object: [usize; 2],
    confidence: f64,
    status: Status,
    implicit: bool,
    rule: &'g str,
    /// The sentence, where the document's text is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<&'g str>,
}

pub(super) fn write(graph: &Graph, drawing: &Drawing, writer: &mut dyn io::Write) -> io::Result<()> {
    let layout = layout::of(drawing);
    let data = serde_json::to_string(&Page::of(graph, drawing, &layout))?;
    // In JSON a `<` stands in strings only; written so, none can end the script that holds it.
    let data = data.replace('<', "\\u003c");
    let policy = format!(
        "default-src 'none'; script-src '{}' '{}'; style-src '{}'; base-uri 'none'; form-action 'none'",
        hash(LIBRARY),
        hash(SCRIPT),
        hash(STYLE)
    );
    let parts = [
        ("{policy}", policy.as_str()),
        ("{style}", STYLE),
        ("{data}", &data),
        ("{library}", LIBRARY),
        ("{script}", SCRIPT),
    ];
    let mut rest = PAGE;
    for (mark, part) in parts {
        let (before, after) =
            rest.split_once(mark).expect("the page has a mark for each part, in this order");
        writer.write_all(before.as_bytes())?;
        writer.write_all(part.as_bytes())?;
        rest = after;
    }
    writer.write_all(rest.as_bytes())
}

/// What a content security policy calls a script or style.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

impl<'g> Page<'g> {
    fn of(graph: &'g Graph, drawing: &'g Drawing<'g>, layout: &Layout) -> Self {
        let documents = documents(graph, drawing);
        let legend = drawing.legend();
        let class_at: HashMap<&Term, usize> =
            legend.iter().enumerate().map(|(at, (class, _))| (*class, at)).collect();
        let properties: BTreeMap<&Term, usize> = properties(drawing);
        let facts = Facts { drawing, layout, documents: &documents, properties: &properties }.all();
        let thing = |(node, frame): (&'g Node<'g>, &Frame)| Thing::of(node, *frame, class_at[node.class()]);
        Self {
            documents,
            classes: legend
                .into_iter()
                .map(|(class, style)| Class { label: &class.label, fill: style.fill, line: style.line })
                .collect(),
            properties: properties.keys().copied().collect(),
            nodes: drawing.nodes.iter().zip(&layout.nodes).map(thing).collect(),
            facts,
        }
    }
}

/// The documents that say something, by name.
fn documents<'g>(graph: &'g Graph, drawing: &'g Drawing<'g>) -> Vec<Text<'g>> {
    let mut records: BTreeMap<&str, Vec<&DocumentRecord>> = BTreeMap::new();
    for record in graph.documents() {
        records.entry(&record.id).or_default().push(record);
    }
    let of_edges = drawing.edges.iter().flat_map(|edge| &edge.evidence);
    let of_values =
        drawing.nodes.iter().flat_map(|node| &node.values).flat_map(|value: &Value| &value.evidence);
    let told = of_edges.chain(of_values).map(|evidence| evidence.document.as_str());
    let ids: BTreeSet<&str> = told.chain(records.keys().copied()).collect();
    let text = |id: &'g str| {
        // Of two documents with one name, nothing says which of them a fact is from.
        let record = records.get(id).filter(|records| records.len() == 1).map(|records| records[0]);
        let url = record.and_then(|record| record.url.as_deref()).filter(|url| is_web_address(url));
        Text { id, url, text: record.and_then(|record| record.text.as_deref()) }
    };
    ids.into_iter().map(text).collect()
}

/// Every property that says something, with its place in their order by label.
fn properties<'g>(drawing: &'g Drawing<'g>) -> BTreeMap<&'g Term, usize> {
    let of_edges = drawing.edges.iter().map(|edge| &edge.property);
    let of_values = drawing.nodes.iter().flat_map(|node| &node.values).map(|value| &value.property);
    let mut found: BTreeMap<&Term, usize> = of_edges.chain(of_values).map(|property| (property, 0)).collect();
    found.values_mut().enumerate().for_each(|(at, place)| *place = at);
    found
}

impl<'g> Thing<'g> {
    fn of(node: &'g Node<'g>, frame: Frame, class: usize) -> Self {
        let thing = node.thing;
        let shape = match node.style.shape {
            Shape::Rounded => "round-rectangle",
            Shape::Box | Shape::Tab => "rectangle",
            Shape::Octagon => "cut-rectangle",
            Shape::Hexagon => "hexagon",
            Shape::Note => "page",
            Shape::Tag => "tag",
        };
        Self {
            label: &thing.label,
            iri: thing.iri.as_str(),
            web: is_web_address(thing.iri.as_str()),
            names: thing.alternative_labels.iter().map(String::as_str).collect(),
            same: thing
                .links
                .iter()
                .map(|link| link.iri.as_str())
                .filter(|iri| is_web_address(iri))
                .collect(),
            class,
            classes: node.classes.iter().map(|class| class.label.as_str()).collect(),
            shape,
            lines: node.lines().join("\n"),
            frame: [frame.centre.x, frame.centre.y, frame.size.width, frame.size.height].map(tenths),
        }
    }
}

/// What facts are made from.
struct Facts<'a, 'g> {
    drawing: &'g Drawing<'g>,
    layout: &'a Layout,
    documents: &'a [Text<'g>],
    properties: &'a BTreeMap<&'g Term, usize>,
}

impl<'g> Facts<'_, 'g> {
    /// Every statement and value, by subject.
    fn all(&self) -> Vec<Fact<'g>> {
        let edges = self.drawing.edges.iter().zip(&self.layout.labels);
        let of_edges = edges.map(|(edge, label)| self.of_edge(edge, *label));
        let nodes = self.drawing.nodes.iter().enumerate();
        let of_values =
            nodes.flat_map(|(at, node)| node.values.iter().map(move |value| self.of_value(at, value)));
        let mut facts: Vec<Fact> = of_edges.chain(of_values).collect();
        facts.sort_by_key(|fact| fact.subject);
        facts
    }

    fn of_edge(&self, edge: &'g Edge<'g>, label: Frame) -> Fact<'g> {
        let (one, other) = (self.layout.nodes[edge.subject], self.layout.nodes[edge.object]);
        let (share, beside) = curve::between(one, label, other).bend(one.centre, other.centre);
        Fact {
            subject: edge.subject,
            property: self.properties[&edge.property],
            object: Some(edge.object),
            value: None,
            symmetric: edge.symmetric,
            bend: Some([thousandths(share), tenths(beside)]),
            confidence: confidence(&edge.evidence).map(|sure| thousandths(sure.into())),
            places: self.places(&edge.evidence),
        }
    }

    fn of_value(&self, subject: usize, value: &'g Value<'g>) -> Fact<'g> {
        Fact {
            subject,
            property: self.properties[&value.property],
            object: None,
            value: Some(value.shown()),
            symmetric: false,
            bend: None,
            confidence: confidence(&value.evidence).map(|sure| thousandths(sure.into())),
            places: self.places(&value.evidence),
        }
    }

    fn places(&self, evidence: &[&'g Evidence]) -> Vec<Place<'g>> {
        let mut evidence = evidence.to_vec();
        evidence.sort_by(|a, b| in_text(a).cmp(&in_text(b)));
        let place = |evidence: &&'g Evidence| {
            let found = self.documents.binary_search_by_key(&evidence.document.as_str(), |text| text.id);
            let document = found.expect("every document that says something is listed");
            Place {
                document,
                sentence: [evidence.sentence.start, evidence.sentence.end],
                subject: [evidence.subject.start, evidence.subject.end],
                object: [evidence.object.start, evidence.object.end],
                confidence: thousandths(evidence.confidence.into()),
                status: evidence.status,
                implicit: evidence.implicit,
                rule: &evidence.rule,
                quote: self.documents[document].text.is_none().then_some(evidence.quote.as_str()),
            }
        };
        evidence.iter().map(place).collect()
    }
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

fn thousandths(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_script_or_style_ends_early() {
        for (part, end) in [(STYLE, "</style"), (SCRIPT, "</script"), (LIBRARY, "</script")] {
            assert!(!part.contains(end) && !part.contains("<!--"));
        }
    }

    #[test]
    fn hashes_are_those_of_policies() {
        // From the specification: https://www.w3.org/TR/CSP3/#match-element-to-source-list
        assert_eq!(hash("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }
}
