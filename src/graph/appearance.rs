//! Appearances: the places where documents mention a thing.

use std::borrow::Cow;

use super::Offsets;

/// A mention of a thing, and why it is held to be one; offsets count code points, end exclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// The document's place in [`Graph::documents`](super::Graph::documents).
    pub document: usize,
    pub mention: Offsets,
    pub sentence: Offsets,
    /// "name", "description", "pronoun" or "article".
    pub kind: Cow<'static, str>,
    /// By which rule it was tied to the thing: "name", "surname", "apposition", ...
    pub rule: Cow<'static, str>,
}
