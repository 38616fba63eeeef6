//! Triple stores: a folder of our own, queries in SPARQL, and loading over HTTP.

pub mod folder;
pub mod query;
pub mod remote;
