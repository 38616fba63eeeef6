//! Adds a property to the built-in ones: a few lines of Turtle say what it is called and how English says it.
//!
//! `cargo run --example ferries`

use std::error::Error;

use tellgraph::{Format, Lexicon, Source, export, extract, ontology};

const FERRIES: &str = r#"
@prefix : <https://ferries.example/vocabulary#> .
@prefix tg: <https://w3id.org/tellgraph/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

:captainOf a owl:ObjectProperty ;
    rdfs:label "captain of"@en ;
    rdfs:domain tg:Person ;
    rdfs:range :Ship ;
    tg:phrase "{subject} commanded {object}", "{subject}, captain of {object}" ;
    tg:role "captain", "skipper" .

:Ship a owl:Class ;
    rdfs:label "ship"@en ; skos:altLabel "ferry"@en .
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let ferries = ontology::File { name: "ferries.ttl".into(), text: FERRIES.to_owned() };
    let lexicon = Lexicon::load(true, &[ferries])?;
    let text =
        "Runa Dahl commanded the ferry Solvei for ten years. Her son is captain of the ferry Brisling.";
    let graph = extract(&Source::plain("captains", text), &lexicon);
    // Every fact, a line each, with the words that say so.
    print!("{}", export::to_string(&graph, lexicon.ontology(), Format::Facts));
    Ok(())
}
