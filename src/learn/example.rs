//! Examples: texts with facts that they state, one JSON object a line.

use std::collections::HashMap;

use serde::Deserialize;

/// A text and what it states, as far as somebody wrote it down.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    pub text: String,
    pub facts: Vec<Stated>,
}

/// A fact as an example gives it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Stated {
    pub subject: Place,
    /// The property's IRI.
    pub property: String,
    pub object: Place,
}

/// What stands at one end of a fact: words, and where they stand if that is known.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(from = "Written")]
pub struct Place {
    pub text: String,
    /// Start and end in code points, end exclusive.
    pub span: Option<(usize, usize)>,
}

/// A string, or an object with offsets, as `--to facts` writes them.
#[derive(Deserialize)]
#[serde(untagged, expecting = "an end is neither a string nor an object with text, start and end")]
enum Written {
    Text(String),
    Placed { text: String, start: usize, end: usize },
}

impl Place {
    /// Whether the words stand in a text where they say, if they say it.
    fn stands_in(&self, text: &str) -> bool {
        self.span.is_none_or(|(start, end)| {
            let there = text.chars().skip(start).take(end.saturating_sub(start));
            there.eq(self.text.chars())
        })
    }
}

impl From<Written> for Place {
    fn from(written: Written) -> Self {
        match written {
            Written::Text(text) => Self { text, span: None },
            Written::Placed { text, start, end } => Self { text, span: Some((start, end)) },
        }
    }
}

#[derive(Deserialize)]
struct Record {
    text: String,
    #[serde(default)]
    facts: Vec<Stated>,
}

/// What is wrong with a line of examples.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct Error {
    pub line: usize,
    pub message: String,
}

/// Reads examples; texts that are the same become one, with the facts of all.
///
/// # Errors
/// A line that is no such object, or whose offsets are not those of the words beside them.
pub fn read(text: &str) -> Result<Vec<Example>, Error> {
    let mut examples: Vec<Example> = Vec::new();
    let mut by_text: HashMap<String, usize> = HashMap::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let record: Record = serde_json::from_str(line).map_err(|error| {
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or(&reason);
            let message = format!(
                r#"not an example: {reason}; expected {{"text":"...","facts":[{{"subject":"...","property":"...","object":"..."}}]}}"#
            );
            Error { line: index + 1, message }
        })?;
        let ends = record.facts.iter().flat_map(|fact| [&fact.subject, &fact.object]);
        if let Some(end) = ends.into_iter().find(|end| !end.stands_in(&record.text)) {
            let message = format!("{:?} does not stand at its offsets", end.text);
            return Err(Error { line: index + 1, message });
        }
        let at = *by_text.entry(record.text.clone()).or_insert_with(|| {
            examples.push(Example { text: record.text, facts: Vec::new() });
            examples.len() - 1
        });
        for fact in record.facts {
            if !examples[at].facts.contains(&fact) {
                examples[at].facts.push(fact);
            }
        }
    }
    Ok(examples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_is_one_example() {
        let line = |object: &str| {
            format!(r#"{{"text":"A b.","facts":[{{"subject":"A","property":"p","object":{object}}}]}}"#)
        };
        let lines = [line("\"b\""), line("\"b\""), line(r#"{"text":"b","start":2,"end":3}"#)].join("\n");
        let examples = read(&lines).unwrap();
        assert_eq!(examples.len(), 1);
        assert_eq!(examples[0].facts.len(), 2);
        assert_eq!(examples[0].facts[1].object.span, Some((2, 3)));
    }

    #[test]
    fn a_line_that_is_none_is_told() {
        let check = |text: &str, line: usize, part: &str| {
            let error = read(text).unwrap_err();
            assert_eq!(error.line, line, "{text}");
            assert!(error.message.contains(part), "{error}");
        };
        check("{\"text\":\"A\"}\n\n[1]", 3, "not an example");
        let fact = |subject: &str| {
            format!(r#"{{"text":"\u00e9 b.","facts":[{{"subject":{subject},"property":"p","object":"b"}}]}}"#)
        };
        assert!(read(&fact(r#"{"text":"b","start":2,"end":3}"#)).is_ok());
        check(&fact(r#"{"text":"b","start":1,"end":2}"#), 1, "\"b\" does not stand at its offsets");
        check(&fact(r#"{"text":"b","start":2,"end":900}"#), 1, "does not stand");
        check(&fact(r#"{"start":1,"end":2}"#), 1, "an end is neither a string nor an object with text");
    }
}
