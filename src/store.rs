//! Triple stores: a folder of our own, and queries in SPARQL.

pub mod folder;
pub mod query;
