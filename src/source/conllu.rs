//! CoNLL-U: text whose tokens and sentences are given (<https://universaldependencies.org/format.html>).

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Source;

/// A text, with its tokens and sentences if they are given; all in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub source: Source,
    /// Where each token stands in the text, in bytes.
    pub tokens: Vec<Range<usize>>,
    /// The tokens of each sentence, never none.
    pub sentences: Vec<Sentence>,
}

/// A sentence as given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    pub id: Option<String>,
    pub tokens: Range<usize>,
}

/// A line that is not CoNLL-U; lines count from 1.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    pub line: usize,
    pub message: String,
}

/// Reads the documents of a CoNLL-U file, each with the line of its first word; what stands before the first
/// `# newdoc` is a document by the file's name, `id`.
///
/// The text is put together from the tokens: a space where `SpaceAfter=No` does not forbid one, an empty line at
/// `# newpar`. Words of a contraction ("do" "n't" of "don't") stand close if together they spell it; empty nodes are
/// passed over.
pub fn read(id: &str, text: &str) -> Result<Vec<(usize, Given)>, Fault> {
    let mut reader = Reader { file: id.to_owned(), id: id.to_owned(), ..Reader::default() };
    for (index, line) in text.lines().enumerate() {
        let fault = |message: &str| Fault { line: index + 1, message: message.to_owned() };
        if let Some(comment) = line.strip_prefix('#') {
            reader.take_comment(comment.trim());
        } else if line.trim().is_empty() {
            reader.end_sentence();
        } else {
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() != 10 || columns[1].is_empty() {
                return Err(fault(
                    "a word line needs ten columns parted by tabs, the second of them the word",
                ));
            }
            reader.line = if reader.document.tokens.is_empty() { index + 1 } else { reader.line };
            reader.take_row(columns[0], columns[1], columns[9]);
        }
    }
    reader.end_document();
    Ok(reader.documents)
}

#[derive(Default)]
struct Reader {
    documents: Vec<(usize, Given)>,
    file: String,
    /// What the document that is being read is called.
    id: String,
    document: Given,
    /// Where its first word stands.
    line: usize,
    sentence: Option<String>,
    /// The first token of the sentence that is being read.
    first: usize,
    contraction: Option<Contraction>,
    /// What stands between the last token and the next.
    gap: &'static str,
}

/// A multiword token, whose words follow.
struct Contraction {
    form: String,
    last: usize,
    spelled: bool,
    space_after: bool,
}

impl Reader {
    fn take_comment(&mut self, comment: &str) {
        let (key, value) = comment.split_once('=').unwrap_or((comment, ""));
        let value = value.trim();
        match key.trim() {
            "newdoc" | "newdoc id" => {
                self.end_document();
                let number = self.documents.len() + 1;
                self.id = if value.is_empty() { format!("{}-{number}", self.file) } else { value.to_owned() };
            }
            "newpar" | "newpar id" if !self.document.tokens.is_empty() => self.gap = "\n\n",
            "sent_id" => self.sentence = Some(value.to_owned()),
            _ => {}
        }
    }

    fn take_row(&mut self, id: &str, form: &str, misc: &str) {
        let space_after = misc.split('|').all(|field| field != "SpaceAfter=No");
        if let Some((_, last)) = id.split_once('-') {
            let last = last.parse().unwrap_or(0);
            self.contraction = Some(Contraction { form: form.to_owned(), last, spelled: false, space_after });
            return;
        }
        let Ok(number) = id.parse::<usize>() else { return };
        let text = &mut self.document.source.text;
        text.push_str(self.gap);
        let start = text.len();
        text.push_str(form);
        self.document.tokens.push(start..text.len());
        self.gap = if space_after { " " } else { "" };
        self.close_up(number);
    }

    /// Sets the gap after a word of a contraction.
    fn close_up(&mut self, number: usize) {
        let Some(contraction) = &mut self.contraction else { return };
        let form = self.document.tokens.last().map_or("", |token| &self.document.source.text[token.clone()]);
        match contraction.form.strip_prefix(form) {
            Some(rest) => {
                contraction.form = rest.to_owned();
                contraction.spelled = true;
            }
            None => contraction.spelled = false,
        }
        if number >= contraction.last {
            self.gap = if contraction.space_after { " " } else { "" };
            self.contraction = None;
        } else {
            self.gap = if contraction.spelled { "" } else { " " };
        }
    }

    fn end_sentence(&mut self) {
        let end = self.document.tokens.len();
        if self.first < end {
            self.document.sentences.push(Sentence { id: self.sentence.take(), tokens: self.first..end });
        }
        (self.first, self.sentence, self.contraction) = (end, None, None);
    }

    fn end_document(&mut self) {
        self.end_sentence();
        let mut document = std::mem::take(&mut self.document);
        (self.first, self.gap) = (0, "");
        if !document.tokens.is_empty() {
            document.source.id.clone_from(&self.id);
            self.documents.push((self.line, document));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, form: &str, misc: &str) -> String {
        format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n")
    }

    #[test]
    fn documents_sentences_and_spaces() {
        let text = [
            "# newdoc id = a\n# newpar\n# sent_id = a-1\n",
            &row("1", "Odo", "_"),
            &row("2-3", "don't", "_"),
            &row("2", "do", "_"),
            &row("3", "n't", "_"),
            &row("3.1", "ghost", "_"),
            &row("4", "go", "SpaceAfter=No"),
            &row("5", ".", "_"),
            "\n# newpar\n",
            &row("1-2", "au", "SpaceAfter=No"),
            &row("1", "à", "_"),
            &row("2", "le", "_"),
            &row("3", "!", "_"),
            "\n# newdoc id = b\n",
            &row("1", "Hi", "_"),
        ]
        .concat();
        let (lines, documents): (Vec<_>, Vec<_>) = read("file", &text).unwrap().into_iter().unzip();
        assert_eq!(lines, [4, 19]);
        assert_eq!(documents[0].source, Source::plain("a", "Odo don't go.\n\nà le!"));
        assert_eq!(documents[0].tokens[1..3], [4..6, 6..9]);
        assert_eq!(documents[0].sentences[0], Sentence { id: Some("a-1".into()), tokens: 0..5 });
        assert_eq!(documents[0].sentences[1], Sentence { id: None, tokens: 5..8 });
        assert_eq!(documents[1].source, Source::plain("b", "Hi"));
    }

    #[test]
    fn faults_tell_the_line() {
        assert_eq!(read("f", "").unwrap(), []);
        assert_eq!(read("f", "1\tHi\n").unwrap_err().line, 1);
    }
}
