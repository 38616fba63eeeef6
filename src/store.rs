//! Triple stores: over HTTP, and a folder of our own.

pub mod remote;
