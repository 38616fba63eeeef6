//! The one test binary.

mod cases;
mod cli;
mod export;
mod facts;
mod graph;
mod identity;
mod learn;
mod ontology;
mod readme;
mod relations;
mod robust;
mod source;
mod tidy;
