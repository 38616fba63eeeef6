//! A gazetteer as Turtle: IRIs with labels, types, and whatever they have to do with.

use std::collections::BTreeMap;

use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{NamedNode, NamedOrBlankNode, Term};

use super::{Context, Entry, Gazetteer};
use crate::ontology::{Error, File, Ontology, parse_turtle};

const NAMES: [&str; 4] = [
    rdfs::LABEL.as_str(),
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "https://schema.org/name",
    "http://xmlns.com/foaf/0.1/name",
];
const ALIASES: [&str; 3] = [
    "http://www.w3.org/2004/02/skos/core#altLabel",
    "http://www.w3.org/2004/02/skos/core#hiddenLabel",
    "https://schema.org/alternateName",
];
const KEYWORDS: &str = "https://schema.org/keywords";

/// What a file says of one IRI.
#[derive(Default)]
struct Draft {
    names: Vec<String>,
    aliases: Vec<String>,
    class: Option<NamedNode>,
    context: Vec<Context>,
}

/// An entry for each IRI that has a name; other IRIs that it points to, and `schema:keywords`, are its context.
pub(super) fn read(file: &File, ontology: &Ontology) -> Result<Vec<Entry>, Error> {
    let turtle = parse_turtle(file)?;
    let mut drafts: BTreeMap<NamedNode, Draft> = BTreeMap::new();
    for located in &turtle.triples {
        let NamedOrBlankNode::NamedNode(subject) = &located.triple.subject else { continue };
        let draft = drafts.entry(subject.clone()).or_default();
        let predicate =
            located.triple.predicate.as_str().replace("http://schema.org/", "https://schema.org/");
        match &located.triple.object {
            Term::Literal(words) if !is_english(words) => {}
            Term::Literal(words) if NAMES.contains(&&*predicate) => {
                draft.names.push(words.value().to_owned())
            }
            Term::Literal(words) if ALIASES.contains(&&*predicate) => {
                draft.aliases.push(words.value().to_owned())
            }
            Term::Literal(words) if predicate == KEYWORDS => {
                let parts =
                    words.value().split(',').map(Gazetteer::words_key).filter(|part| !part.is_empty());
                draft.context.extend(parts.map(Context::Words));
            }
            Term::NamedNode(class) if predicate == rdf::TYPE.as_str() => {
                let Some(id) = ontology.class_for(class) else {
                    return Err(located.object.error(format!("{class} is no class of the ontology")));
                };
                // Of several classes the most special one tells the others too.
                let known = draft.class.as_ref().and_then(|known| ontology.class_named(known.as_str()));
                if known.is_none_or(|known| ontology.is_a(id, known)) {
                    draft.class = Some(ontology.class(id).iri.clone());
                }
            }
            Term::NamedNode(other) => draft.context.push(Context::Thing(other.clone())),
            _ => {}
        }
    }
    let entry = |(iri, Draft { mut names, aliases, class, context }): (NamedNode, Draft)| {
        names.extend(aliases);
        (!names.is_empty()).then_some(Entry { names, class, iri, context, usual: false })
    };
    Ok(drafts.into_iter().filter_map(entry).collect())
}

fn is_english(words: &oxrdf::Literal) -> bool {
    words.language().is_none_or(|language| language == "en" || language.starts_with("en-"))
}
