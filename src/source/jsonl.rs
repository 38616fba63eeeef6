//! JSON lines: one text a line.

use std::io::BufRead;
use std::path::PathBuf;

use serde::Deserialize;

use super::{Error, Source, date};

/// What is read of a line; other fields are ignored.
#[derive(Deserialize)]
struct Record {
    id: Option<Id>,
    text: Option<String>,
    title: Option<String>,
    author: Option<String>,
    date: Option<String>,
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

/// The records of a file, read one at a time.
pub struct Records {
    path: PathBuf,
    reader: Box<dyn BufRead + Send>,
    line: usize,
}

impl Records {
    pub fn new(path: PathBuf, reader: Box<dyn BufRead + Send>) -> Self {
        Self { path, reader, line: 0 }
    }

    /// An error at the line that was read last.
    pub fn error(&self, message: impl Into<String>) -> Error {
        Error::Line { path: self.path.clone(), line: self.line, message: message.into() }
    }

    fn read_record(&self, bytes: &[u8]) -> Result<Source, Error> {
        let text = str::from_utf8(bytes).map_err(|_| self.error("not UTF-8, which JSON must be"))?;
        let record: Record = serde_json::from_str(text).map_err(|error| {
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or(&reason);
            let column = error.column();
            self.error(format!(
                r#"not a record: {reason} (column {column}); a line is one object such as {{"id":"a1","text":"..."}}"#
            ))
        })?;
        let id = match record.id {
            Some(Id::Text(id)) if !id.is_empty() => id,
            Some(Id::Number(number)) => number.to_string(),
            _ => return Err(self.error(r#"no "id"; each record needs one of its own"#)),
        };
        let text = record.text.ok_or_else(|| self.error(r#"no "text" in this record"#))?;
        let given = |field: Option<String>| field.filter(|value| !value.trim().is_empty());
        Ok(Source {
            id,
            text,
            title: given(record.title),
            author: given(record.author),
            date: record.date.as_deref().and_then(date::read),
            url: given(record.url),
            ..Source::default()
        })
    }
}

impl Iterator for Records {
    type Item = Result<Source, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            match self.reader.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => self.line += 1,
                Err(error) => return Some(Err(Error::Read { path: self.path.clone(), error })),
            }
            let start = if self.line == 1 { bytes.strip_prefix(b"\xef\xbb\xbf") } else { None };
            let record = start.unwrap_or(&bytes).trim_ascii();
            if !record.is_empty() {
                return Some(self.read_record(record));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str) -> Result<Vec<Source>, String> {
        let records = Records::new("notes.jsonl".into(), Box::new(text.as_bytes()));
        records.collect::<Result<_, _>>().map_err(|error| error.to_string())
    }

    #[test]
    fn records() {
        let sources = read(
            "\u{feff}{\"id\":\"a\",\"text\":\"One\\u0000.\",\"title\":\"T\",\"date\":\"7 April 2019\",\"tags\":[1]}\r\n\n{\"id\":7,\"text\":\"\",\"author\":\"\"}",
        )
        .unwrap();
        let first = Source {
            title: Some("T".into()),
            date: Some("2019-04-07".into()),
            ..Source::plain("a", "One\0.")
        };
        assert_eq!(sources, [first, Source::plain("7", "")]);
    }

    #[test]
    fn faults_tell_file_and_line() {
        for (text, expected) in [
            ("{\"id\":\"a\",\"text\":\"\"}\n\n{\"id\":", "notes.jsonl:3: not a record"),
            ("[1]", "notes.jsonl:1: not a record"),
            ("{\"text\":\"x\"}", "notes.jsonl:1: no \"id\""),
            ("{\"id\":\"\",\"text\":\"x\"}", "notes.jsonl:1: no \"id\""),
            ("{\"id\":\"a\"}", "notes.jsonl:1: no \"text\""),
            ("{\"id\":\"a\",\"text\":5}", "notes.jsonl:1: not a record"),
        ] {
            let message = read(text).unwrap_err();
            assert!(message.starts_with(expected), "{message}");
        }
    }
}
