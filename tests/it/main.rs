//! The one test binary.

mod cases;
mod cli;
mod export;
mod graph;
mod ontology;
mod source;
mod tidy;
