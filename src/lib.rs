//! tellgraph reads English text and tells, as a knowledge graph, who did what.
//!
//! Data flows one way, through the modules in the order below; each owns the type it produces, and a module
//! imports only modules declared above it (`tests/it/tidy.rs` sees to that).
//!
//! ```
//! use tellgraph::{Format, Lexicon, Source, export, extract};
//!
//! let source = Source::plain("note", "Ada Park founded Lumen Works in Oslo.");
//! let lexicon = Lexicon::core();
//! let graph = extract(&source, &lexicon);
//! print!("{}", export::to_string(&graph, lexicon.ontology(), Format::Turtle));
//! ```

pub mod source;
pub mod ontology;
pub mod rdf;
pub mod shape;
pub mod document;
pub mod syntax;
pub mod lexicon;
pub mod mention;
pub mod entity;
pub mod fact;
pub mod learn;
pub mod graph;
pub mod export;
pub mod store;

pub use document::Document;
pub use export::Format;
pub use graph::Graph;
pub use lexicon::Lexicon;
pub use ontology::Ontology;
pub use source::Source;

/// Reads one source and returns what it says, as a graph.
pub fn extract(source: &Source, lexicon: &Lexicon) -> Graph {
    tell(document::read(source), lexicon)
}

/// The same for a document that is split into tokens already.
pub fn tell(document: Document<'_>, lexicon: &Lexicon) -> Graph {
    let source = document.source();
    let parsed = syntax::parse(document);
    let mentions = mention::find(&parsed, lexicon);
    let entities = entity::resolve(&parsed, mentions, lexicon);
    let facts = fact::find(&parsed, &entities, lexicon);
    graph::build(source, &parsed, &entities, &facts, lexicon)
}
