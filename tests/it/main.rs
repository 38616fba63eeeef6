//! The one test binary.

mod cases;
mod cli;
mod convert;
mod ends;
mod evidence;
mod export;
mod facts;
mod graph;
mod identity;
mod keeping;
mod learn;
mod load;
mod names;
mod ontology;
mod pictures;
mod rdf;
mod readme;
mod relations;
mod robust;
mod server;
mod shape;
mod source;
mod store;
mod tidy;
mod tool;
