//! What merging keeps, and what a graph shows of it.
