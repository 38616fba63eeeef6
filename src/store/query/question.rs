//! Questions that people have, as queries with a name.

use oxrdf::Literal;

/// Where a query says what is asked about: whatever has this text in its names.
const ABOUT: &str = "VALUES ?about { \"\" }";

/// A query with a name, which asks about everything as it stands.
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

    /// The query for what has a text in its names, in either case.
    pub fn about(self, text: &str) -> String {
        self.query.replace(ABOUT, &format!("VALUES ?about {{ {} }}", Literal::new_simple_literal(text)))
    }

    /// What it asks, in English.
    pub fn asks(self) -> &'static str {
        self.query.lines().next().unwrap_or_default().trim_start_matches(['#', ' '])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_can_be_asked_about_something() {
        for question in Question::ALL {
            assert!(question.asks().len() > 20 && question.query.contains(ABOUT), "{}", question.name);
            assert!(question.about("\"\\x").contains(r#"VALUES ?about { "\"\\x" }"#));
        }
    }
}
