//! Source: a text with what is known about it.

/// One text to read, and what its surroundings say about it.
///
/// Everything later points into `text`, which no step changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Names the source among others; stable from run to run (a file's stem, a record's `id`).
    pub id: String,
    /// The text, as read.
    pub text: String,
    /// The headline, where something beside the text gives one.
    pub title: Option<String>,
    /// Who wrote it, where something beside the text says so.
    pub author: Option<String>,
    /// The day it was published, as `YYYY-MM-DD`, where something beside the text says so.
    pub date: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
}

impl Source {
    /// A plain text with nothing known about it but its name.
    pub fn plain(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), text: text.into(), ..Self::default() }
    }
}
