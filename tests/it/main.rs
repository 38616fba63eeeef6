//! The one test binary.

mod cases;
mod cli;
mod export;
mod facts;
mod graph;
mod identity;
mod ontology;
mod pictures;
mod readme;
mod robust;
mod source;
mod tidy;
mod tool;
