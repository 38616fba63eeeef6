//! What the built-in ontology's phrases were compiled into, so that no process need parse them again.
//!
//! `patterns.jsonl` holds one pattern a line; `BLESS=1 cargo test compiled` writes it anew after a change of the
//! ontology or of the parser, and the test beside this says when that is due.

use super::Pattern;
use crate::ontology::{self, Ontology, Wording};

const PATTERNS: &str = include_str!("patterns.jsonl");

/// Whether a phrase is one of the built-in ontology's, whose patterns are at hand.
pub fn has(wording: &Wording) -> bool {
    !PATTERNS.is_empty() && *wording.origin.file == *ontology::CORE_NAME
}

/// The patterns of the built-in ontology, if this one begins with it; classes and properties have the same numbers then.
pub fn of_core(ontology: &Ontology) -> Vec<Pattern> {
    let begins_with_core =
        ontology.properties().next().is_some_and(|(_, first)| *first.origin.file == *ontology::CORE_NAME);
    if !begins_with_core {
        return Vec::new();
    }
    let read = |line| serde_json::from_str(line).expect("the patterns were written by the test below");
    PATTERNS.lines().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Nouns, WRITTEN_PHRASE, phrase};
    use super::*;

    #[test]
    fn compiled_patterns_are_those_of_the_ontology_and_the_parser() {
        let ontology = Ontology::read(&[ontology::core_file()]).unwrap();
        let nouns = Nouns::of(&ontology);
        let (mut lines, mut faults) = (String::new(), Vec::new());
        for (id, property) in ontology.properties() {
            for wording in &property.phrases {
                match phrase::compile(&ontology, &nouns, id, wording, WRITTEN_PHRASE) {
                    Ok(patterns) => patterns.iter().for_each(|pattern| {
                        lines.push_str(&serde_json::to_string(pattern).unwrap());
                        lines.push('\n');
                    }),
                    Err(fault) => faults.push(fault.to_string()),
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        if std::env::var_os("BLESS").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lexicon/patterns.jsonl");
            std::fs::write(path, &lines).unwrap();
        } else {
            assert!(lines == PATTERNS, "the patterns are out of date: BLESS=1 cargo test compiled");
        }
    }
}
