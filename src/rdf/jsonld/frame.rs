//! Frames: documents about the things of a class, each with what it points to inside.

use std::collections::{HashMap, HashSet, VecDeque};
use std::io;

use oxrdf::vocab::rdf;
use serde_json::{Map, Value};

use super::context::Context;
use super::{Body, Mention, Told, node, push_indented};
use crate::rdf::nesting::Nesting;
use crate::rdf::read::Prefix;
use crate::rdf::{Dataset, Quad, Term};

/// How deep nodes stand in nodes; what is deeper becomes a document of its own.
const DEEPEST: usize = 24;

/// Writes the instances of classes: a single one as an object, several in `@graph`.
pub(in crate::rdf) fn write_framed(
    dataset: &Dataset,
    declared: &[Prefix],
    classes: &[&str],
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    let (part, wanted) = reachable(dataset, classes);
    let mut said: HashMap<Term<'_>, Vec<Quad<'_>>> = HashMap::new();
    part.quads().for_each(|quad| said.entry(quad.subject).or_default().push(quad));
    let told = wanted.iter().copied().collect();
    let mut framing = Framing { said: &said, told, wanted: wanted.into() };
    let mut context = Context::of(&part, declared, &Nesting::default());
    let mut documents = Vec::new();
    while let Some(subject) = framing.wanted.pop_front() {
        documents.push(framing.node(subject, 0, &mut context));
    }
    if let [document] = documents.as_slice() {
        return write_one(document, context, writer);
    }
    let mut body = Body::default();
    documents.iter().for_each(|document| body.add(document));
    body.write(context, writer)
}

/// What is said of the instances of classes and of all that they lead to; and those instances.
fn reachable<'d>(dataset: &'d Dataset, classes: &[&str]) -> (Dataset, Vec<Term<'d>>) {
    let mut said: HashMap<Term<'_>, Vec<Quad<'_>>> = HashMap::new();
    let mut instances = Vec::new();
    let mut seen = HashSet::new();
    for quad in dataset.quads() {
        said.entry(quad.subject).or_default().push(quad);
        let is_class = quad.object.iri().is_some_and(|class| classes.contains(&class));
        if quad.predicate == rdf::TYPE.as_str() && is_class && seen.insert(quad.subject) {
            instances.push(quad.subject);
        }
    }
    let mut part = Dataset::default();
    let mut open = instances.clone();
    while let Some(subject) = open.pop() {
        for quad in said.get(&subject).into_iter().flatten() {
            part.push_terms(Quad { graph: None, ..*quad });
            if said.contains_key(&quad.object) && seen.insert(quad.object) {
                open.push(quad.object);
            }
        }
    }
    part.sort();
    (part, instances)
}

struct Framing<'q, 'd> {
    said: &'q HashMap<Term<'d>, Vec<Quad<'d>>>,
    /// What is written somewhere, or will be.
    told: HashSet<Term<'d>>,
    /// What is to become a document of its own.
    wanted: VecDeque<Term<'d>>,
}

impl<'d> Framing<'_, 'd> {
    fn node(&mut self, subject: Term<'d>, depth: usize, context: &mut Context<'d>) -> Value {
        let quads: &[Quad<'d>] = self.said.get(&subject).map_or(&[], Vec::as_slice);
        let mut mention = |object: Term<'d>, context: &mut Context<'d>| -> Option<Told<'d>> {
            let is_new = self.said.contains_key(&object) && self.told.insert(object);
            if is_new && depth == DEEPEST {
                self.wanted.push_back(object);
            }
            (is_new && depth < DEEPEST).then(|| Told::Node(self.node(object, depth + 1, context)))
        };
        let mention: &mut Mention<'_, 'd> = &mut mention;
        node(quads, context, mention)
    }
}

/// A document about one thing: its context is its first entry.
fn write_one(document: &Value, context: Context<'_>, writer: &mut dyn io::Write) -> io::Result<()> {
    let mut all = Map::new();
    all.insert("@context".to_owned(), context.into_json());
    all.extend(document.as_object().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())));
    let mut text = String::new();
    push_indented(&Value::Object(all), "", &mut text);
    text.push('\n');
    writer.write_all(text.as_bytes())
}
