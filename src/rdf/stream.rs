//! N-Triples and N-Quads, line by line: files of any size, in memory that does not grow with them.

use std::io::{self, Read, Write};

use oxrdf::Quad as OxQuad;
use oxttl::{NQuadsParser, NTriplesParser};
use rayon::prelude::*;

use super::read::MARK;
use super::term::lengths;
use super::{Dataset, Error, Syntax};

/// How much of a file is worked on at once, on each thread.
const CHUNK: usize = 1 << 20;

/// How many bytes most lines have at least.
const USUAL_LINE: usize = 64;

/// What a line says.
enum Line {
    /// A statement, written as we write it.
    Canonical,
    /// A statement in another form.
    Statement(Box<OxQuad>),
    /// A comment, or nothing.
    Empty,
    /// The version of RDF that the file needs.
    Version,
}

/// Reads a whole file.
pub(super) fn dataset(name: &str, bytes: &[u8], syntax: Syntax) -> Result<Dataset, Error> {
    let chunks = split(bytes);
    let read = |chunk: &&[u8]| {
        let mut dataset = Dataset::with_capacity(chunk.len() + 1, chunk.len() / USUAL_LINE);
        each_line(chunk, syntax, |text, line| match line {
            Line::Canonical => {
                dataset.push_line(text);
            }
            Line::Statement(quad) => dataset.push(quad.as_ref().as_ref()),
            Line::Empty | Line::Version => {}
        })?;
        Ok(dataset)
    };
    let read: Vec<Result<Dataset, Wrong>> = chunks.par_iter().map(read).collect();
    let rows = read.iter().flatten().map(Dataset::len).sum();
    let mut all = Dataset::with_capacity(bytes.len() + chunks.len(), rows);
    let mut line = 0;
    for (chunk, read) in chunks.iter().zip(read) {
        all.append(&read.map_err(|wrong| wrong.at(name, line))?);
        line += count_lines(chunk);
    }
    Ok(all)
}

/// Copies statements in the order in which they come, each written as we write it; what is said twice stays twice.
///
/// # Errors
/// Those of `reader` and `writer`; [`Error`], inside an [`io::Error`], for text that is not in the syntax `from`, and for a
/// named graph where `to` has none.
pub fn copy_lines(
    name: &str,
    reader: &mut dyn Read,
    writer: &mut dyn Write,
    (from, to): (Syntax, Syntax),
) -> io::Result<()> {
    // What `to` cannot say is read as wrong, so that the message tells the line.
    let syntax = if to == Syntax::NTriples { Syntax::NTriples } else { from };
    let size = CHUNK * rayon::current_num_threads();
    let (mut buffer, mut rest, mut line) = (Vec::new(), Vec::new(), 0);
    Read::take(&mut *reader, MARK.len() as u64).read_to_end(&mut rest)?;
    if rest == MARK {
        rest.clear();
    }
    loop {
        std::mem::swap(&mut buffer, &mut rest);
        let wanted = size.saturating_sub(buffer.len()).max(CHUNK);
        let count = Read::take(&mut *reader, wanted as u64).read_to_end(&mut buffer)?;
        let is_last = count < wanted;
        let end = if is_last { buffer.len() } else { after_last_line(&buffer) };
        rest.clear();
        rest.extend_from_slice(&buffer[end..]);
        let chunks = split(&buffer[..end]);
        let copies: Vec<Result<Vec<u8>, Wrong>> =
            chunks.par_iter().map(|chunk| copy(chunk, syntax)).collect();
        for (chunk, copied) in chunks.iter().zip(copies) {
            writer.write_all(&copied.map_err(|wrong| io::Error::other(wrong.at(name, line)))?)?;
            line += count_lines(chunk);
        }
        if is_last {
            return Ok(());
        }
    }
}

fn copy(chunk: &[u8], syntax: Syntax) -> Result<Vec<u8>, Wrong> {
    let mut copied = Vec::with_capacity(chunk.len() + 1);
    each_line(chunk, syntax, |text, line| match line {
        Line::Canonical | Line::Version => {
            copied.extend_from_slice(text.as_bytes());
            copied.push(b'\n');
        }
        Line::Statement(quad) => {
            let _ = writeln!(copied, "{quad} .");
        }
        Line::Empty => {}
    })?;
    Ok(copied)
}

/// What is wrong in a chunk, in its line and column from 0.
struct Wrong {
    line: u64,
    column: u64,
    message: String,
}

impl Wrong {
    fn at(self, name: &str, before: u64) -> Error {
        Error {
            name: name.to_owned(),
            place: Some((before + self.line + 1, self.column + 1)),
            message: self.message,
        }
    }
}

fn each_line(chunk: &[u8], syntax: Syntax, mut take: impl FnMut(&str, Line)) -> Result<(), Wrong> {
    let chunk = str::from_utf8(chunk).map_err(|error| {
        let before = &chunk[..error.valid_up_to()];
        Wrong { line: count_lines(before), column: 0, message: "not in UTF-8".to_owned() }
    })?;
    for (number, line) in chunk.split_terminator('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let found = lengths(line).filter(|lengths| lengths[3] == 0 || syntax == Syntax::NQuads);
        if found.is_some() {
            take(line, Line::Canonical);
            continue;
        }
        // A carriage return by itself ends a line too.
        for (more, line) in line.split('\r').enumerate() {
            take(line, parse(line, number + more, syntax)?);
        }
    }
    Ok(())
}

/// Reads a line that is not written as we write it.
fn parse(line: &str, number: usize, syntax: Syntax) -> Result<Line, Wrong> {
    if is_version(line) {
        return Ok(Line::Version);
    }
    let mut found = match syntax {
        Syntax::NTriples => NTriplesParser::new()
            .for_slice(line.as_bytes())
            .map(|triple| triple.map(|triple| triple.in_graph(oxrdf::GraphName::DefaultGraph)))
            .collect(),
        _ => NQuadsParser::new().for_slice(line.as_bytes()).collect::<Vec<_>>(),
    };
    let wrong = |column: u64, said: &str| Wrong {
        line: number as u64,
        column,
        message: format!("expected {}: {said}", syntax.title()),
    };
    if let Some(error) = found.iter().find_map(|quad| quad.as_ref().err()) {
        let is_quad = || NQuadsParser::new().for_slice(line.as_bytes()).all(|quad| quad.is_ok());
        let has_graph = syntax == Syntax::NTriples && is_quad();
        let said = if has_graph { "it has no named graphs" } else { error.message() };
        return Err(wrong(error.location().start.column, said));
    }
    match found.pop() {
        Some(_) if !found.is_empty() => Err(wrong(0, "more than one statement in a line")),
        Some(Ok(quad)) => Ok(Line::Statement(Box::new(quad))),
        _ => Ok(Line::Empty),
    }
}

fn is_version(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace();
    words.next() == Some("VERSION") && words.next().is_some_and(|version| version.starts_with(['"', '\'']))
}

/// Cuts a text between lines.
fn split(bytes: &[u8]) -> Vec<&[u8]> {
    let mut chunks = Vec::new();
    let mut rest = bytes;
    while rest.len() > CHUNK {
        let end = after_last_line(&rest[..CHUNK]);
        // A line longer than a chunk makes a longer chunk.
        let end = if end > 0 {
            end
        } else {
            rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1)
        };
        let (chunk, following) = rest.split_at(end);
        chunks.push(chunk);
        rest = following;
    }
    chunks.push(rest);
    chunks
}

fn after_last_line(bytes: &[u8]) -> usize {
    let after_last = |end| bytes.iter().rposition(|byte| *byte == end).map_or(0, |at| at + 1);
    match after_last(b'\n') {
        0 => after_last(b'\r'),
        at => at,
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    let count = |end| bytes.iter().filter(|byte| **byte == end).count() as u64;
    match count(b'\n') {
        0 => count(b'\r'),
        lines => lines,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, from: Syntax, to: Syntax) -> Result<String, String> {
        let mut copied = Vec::new();
        copy_lines("x.nt", &mut text.as_bytes(), &mut copied, (from, to))
            .map_err(|error| error.to_string())?;
        let read = dataset("x.nt", text.as_bytes(), from).map_err(|error| error.to_string())?;
        let lines: String = read.lines().collect();
        assert_eq!(lines, str::from_utf8(&copied).unwrap());
        Ok(lines)
    }

    #[test]
    fn lines_are_written_as_we_write_them() {
        let text = "# a comment\n\n<urn:a:a>\t<urn:a:p>\t\"\\u0041\\t\"@EN.\r\n<urn:a:a> <urn:a:p> _:x .";
        let expected = "<urn:a:a> <urn:a:p> \"A\\t\"@en .\n<urn:a:a> <urn:a:p> _:x .\n";
        assert_eq!(check(text, Syntax::NTriples, Syntax::NQuads).as_deref(), Ok(expected));
    }

    #[test]
    fn every_line_end_and_byte_order_mark_is_fine() {
        let line = "<urn:a:a> <urn:a:p> <urn:a:o> .";
        for end in ["\n", "\r\n", "\r", "\r\r", "\n\r"] {
            let text = [line, "# a comment", line].join(end) + end;
            let expected = Ok(format!("{line}\n{line}\n"));
            assert_eq!(check(&text, Syntax::NTriples, Syntax::NTriples), expected, "{end:?}");
            let wrong = check(&format!("{text}<urn:a:a>{end}"), Syntax::NTriples, Syntax::NTriples);
            assert!(wrong.unwrap_err().starts_with("x.nt:"));
        }
        let mut copied = Vec::new();
        let marked = format!("\u{feff}{line}\n");
        copy_lines("x.nt", &mut marked.as_bytes(), &mut copied, (Syntax::NTriples, Syntax::NQuads)).unwrap();
        assert_eq!(copied, &marked.as_bytes()[MARK.len()..]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let wrong = |text: &str, to| check(text, Syntax::NQuads, to).unwrap_err();
        let good = "<urn:a:a> <urn:a:p> <urn:a:o> .\n".repeat(3);
        let error = wrong(&format!("{good}<urn:a:a> <p> <urn:a:o> .\n"), Syntax::NQuads);
        assert!(error.starts_with("x.nt:4:"), "{error}");
        let error = wrong(&format!("{good}<urn:a:a> <urn:a:p> <urn:a:o> <urn:a:g> .\n"), Syntax::NTriples);
        assert!(error.starts_with("x.nt:4:") && error.contains("no named graphs"), "{error}");
    }
}
