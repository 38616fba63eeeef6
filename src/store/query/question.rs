//! Questions that people have, as queries with a name.

/// A query with a name. It asks for whatever has `?about` in its names, a text that may be empty.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    pub name: &'static str,
    /// The query; the first line is a comment that says what it asks.
    pub query: &'static str,
    /// Whether it asks for the words of texts, which `--evidence span` writes.
    pub needs_evidence: bool,
}

macro_rules! question {
    ($name:literal) => {
        Question {
            name: $name,
            query: include_str!(concat!("questions/", $name, ".rq")),
            needs_evidence: false,
        }
    };
}

impl Question {
    /// All of them.
    pub const ALL: [Self; 9] = [
        question!("families"),
        question!("founders"),
        question!("leaders"),
        question!("colleagues"),
        question!("people"),
        question!("organizations"),
        question!("works"),
        question!("kinds"),
        Self { needs_evidence: true, ..question!("words") },
    ];

    /// The question of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|question| question.name == name)
    }

    /// What it asks, in English.
    pub fn asks(self) -> &'static str {
        self.query.lines().next().unwrap_or_default().trim_start_matches(['#', ' '])
    }
}
