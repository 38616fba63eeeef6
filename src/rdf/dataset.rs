//! Dataset: statements as one text of N-Quads lines, and where the terms of each stand in it.
//!
//! A term is never copied: a million statements of 66 bytes take 90 MB, and are written as N-Quads by copying lines.

use std::cmp::Ordering;
use std::fmt::Write as _;
use std::ops::Range;

use oxrdf::vocab::rdf;
use oxrdf::{GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, QuadRef, TermRef};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::term::{Quad, Term, lengths};
use super::vocabulary::NAMES;

/// Statements, in named graphs or in none.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    text: String,
    rows: Vec<Row>,
}

/// A line of the text: where it begins, and how long subject, predicate, object and graph are; a space follows each.
#[derive(Clone, Copy, Debug)]
struct Row {
    start: usize,
    lengths: [u32; 4],
}

impl Dataset {
    /// An empty dataset with room for so many bytes of N-Quads, in so many lines.
    pub(super) fn with_capacity(bytes: usize, rows: usize) -> Self {
        Self { text: String::with_capacity(bytes), rows: Vec::with_capacity(rows) }
    }

    /// Adds a statement.
    pub fn push(&mut self, quad: QuadRef<'_>) {
        let graph = match quad.graph_name {
            GraphNameRef::DefaultGraph => None,
            GraphNameRef::NamedNode(node) => Some(NamedOrBlankNodeRef::from(node)),
            GraphNameRef::BlankNode(node) => Some(node.into()),
        };
        let object: TermRef<'_> = quad.object;
        let graph: &dyn std::fmt::Display = if let Some(graph) = &graph { graph } else { &"" };
        self.write([&quad.subject, &quad.predicate, &object, graph]);
    }

    /// Adds a statement whose terms are written as N-Quads writes them.
    pub fn push_terms(&mut self, quad: Quad<'_>) {
        let predicate = Term::Iri(quad.predicate);
        let graph: &dyn std::fmt::Display = if let Some(graph) = &quad.graph { graph } else { &"" };
        self.write([&quad.subject, &predicate, &quad.object, graph]);
    }

    /// Adds a statement of two IRIs and a term in the default graph.
    pub fn say<'t>(&mut self, subject: &str, predicate: NamedNodeRef<'_>, object: impl Into<TermRef<'t>>) {
        self.write([&NamedNodeRef::new_unchecked(subject), &predicate, &object.into(), &""]);
    }

    fn write(&mut self, terms: [&dyn std::fmt::Display; 4]) {
        let start = self.text.len();
        let mut lengths = [0; 4];
        for (term, length) in terms.into_iter().zip(&mut lengths) {
            let before = self.text.len();
            let _ = write!(self.text, "{term}");
            *length = u32::try_from(self.text.len() - before).expect("a term shorter than 4 GiB");
            if *length > 0 {
                self.text.push(' ');
            }
        }
        self.text.push_str(".\n");
        self.rows.push(Row { start, lengths });
    }

    /// Adds a line of N-Quads, if it is written as we write it; says whether it was.
    pub(super) fn push_line(&mut self, line: &str) -> bool {
        let Some(lengths) = lengths(line) else { return false };
        let start = self.text.len();
        self.text.push_str(line);
        self.text.push('\n');
        self.rows.push(Row { start, lengths });
        true
    }

    /// Adds all that another holds.
    pub fn append(&mut self, other: &Self) {
        let offset = self.text.len();
        self.text.push_str(&other.text);
        self.rows.extend(other.rows.iter().map(|row| Row { start: row.start + offset, ..*row }));
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every statement: in the order they were put in, or that of [`Dataset::sort`].
    pub fn quads(&self) -> impl ExactSizeIterator<Item = Quad<'_>> + Clone {
        self.rows.iter().map(|row| self.quad(*row))
    }

    /// The statement at a place, in the order of [`Dataset::quads`].
    ///
    /// # Panics
    /// If there are not so many.
    pub fn get(&self, place: usize) -> Quad<'_> {
        self.quad(self.rows[place])
    }

    /// How many bytes the statement at a place takes as a line of N-Quads.
    ///
    /// # Panics
    /// If there are not so many.
    pub fn size(&self, place: usize) -> usize {
        self.line(self.rows[place]).len()
    }

    /// The lines of N-Quads, each with its line break.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| self.line(*row))
    }

    fn line(&self, row: Row) -> &str {
        let terms: usize = row.lengths.iter().map(|length| *length as usize + usize::from(*length > 0)).sum();
        &self.text[row.start..row.start + terms + 2]
    }

    fn term(&self, row: Row, place: usize) -> &str {
        let before: usize = row.lengths[..place].iter().map(|length| *length as usize + 1).sum();
        &self.text[row.start + before..][..row.lengths[place] as usize]
    }

    fn quad(&self, row: Row) -> Quad<'_> {
        let predicate = self.term(row, 1);
        Quad {
            subject: Term::read(self.term(row, 0)),
            predicate: &predicate[1..predicate.len() - 1],
            object: Term::read(self.term(row, 2)),
            graph: (row.lengths[3] > 0).then(|| Term::read(self.term(row, 3))),
        }
    }

    /// Sorts: the default graph first, then by graph, by subject, classes and names before all else that is said of it,
    /// by property and by object. What is said twice is kept once.
    pub fn sort(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        // Most files tell all of a thing in one place: sorting these stretches takes a tenth of the comparisons.
        let mut stretches: Vec<(About<'_>, &[Row])> = rows
            .chunk_by(|one, other| self.is_of_one(*one, *other))
            .map(|stretch| (self.about(stretch[0]), stretch))
            .collect();
        stretches.par_sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let mut sorted = Vec::with_capacity(rows.len());
        stretches.iter().for_each(|(_, stretch)| sorted.extend_from_slice(stretch));
        rows = sorted;
        let by_rest = |one: &Row, other: &Row| self.rest(*one).cmp(&self.rest(*other));
        rows.par_chunk_by_mut(|one, other| self.is_of_one(*one, *other))
            .for_each(|rows| rows.sort_unstable_by(by_rest));
        rows.dedup_by(|one, other| one.lengths == other.lengths && self.line(*one) == self.line(*other));
        self.rows = rows;
    }

    /// The places of each run of statements of one graph and subject.
    pub(super) fn runs(&self) -> Vec<Range<usize>> {
        let mut start = 0;
        let runs = self.rows.chunk_by(|one, other| self.is_of_one(*one, *other));
        runs.map(|run| {
            start += run.len();
            start - run.len()..start
        })
        .collect()
    }

    /// Whether two statements are in one graph, and of one subject.
    fn is_of_one(&self, one: Row, other: Row) -> bool {
        let is_same = |place| self.term(one, place) == self.term(other, place);
        is_same(0) && is_same(3)
    }

    /// What a statement is sorted by first.
    fn about(&self, row: Row) -> About<'_> {
        About { graph: self.term(row, 3), subject: self.term(row, 0) }
    }

    /// What the statements of one subject are sorted by.
    fn rest(&self, row: Row) -> (u8, &str, Term<'_>) {
        let predicate = self.term(row, 1);
        rest(&predicate[1..predicate.len() - 1], Term::read(self.term(row, 2)))
    }

    /// Which of two statements comes first in a sorted dataset.
    pub(super) fn compare(one: Quad<'_>, other: Quad<'_>) -> Ordering {
        let about = (one.graph, one.subject).cmp(&(other.graph, other.subject));
        about.then_with(|| rest(one.predicate, one.object).cmp(&rest(other.predicate, other.object)))
    }

    /// Whether any statement is in a named graph.
    pub fn has_graphs(&self) -> bool {
        self.rows.iter().any(|row| row.lengths[3] > 0)
    }

    /// Whether any statement takes RDF 1.2: speaks of a triple, or has words with a direction.
    pub fn needs_version(&self) -> bool {
        let needs = |row: &Row| {
            let object = self.term(*row, 2);
            object.starts_with("<<") || object.ends_with("--ltr") || object.ends_with("--rtl")
        };
        self.rows.par_iter().any(needs)
    }

    /// Whether any statement speaks of a triple.
    pub(super) fn has_triples(&self) -> bool {
        self.rows.iter().any(|row| self.term(*row, 2).starts_with("<<"))
    }
}

/// Graph and subject of a statement, as N-Quads writes them; no graph is an empty one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct About<'d> {
    graph: &'d str,
    subject: &'d str,
}

impl Ord for About<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        compare_nodes(self.graph, other.graph).then_with(|| compare_nodes(self.subject, other.subject))
    }
}

impl PartialOrd for About<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The order of [`Term`] of two nodes as N-Quads writes them, nothing before all.
fn compare_nodes(one: &str, other: &str) -> Ordering {
    // Two IRIs, which most nodes are, need not be read as terms.
    match (one.strip_suffix('>'), other.strip_suffix('>')) {
        (Some(one), Some(other)) => one.cmp(other),
        _ if one.is_empty() || other.is_empty() => one.len().cmp(&other.len()),
        _ => Term::read(one).cmp(&Term::read(other)),
    }
}

/// What the statements of one subject are sorted by: classes before names, and names before all else.
fn rest<'d>(predicate: &'d str, object: Term<'d>) -> (u8, &'d str, Term<'d>) {
    let rank = match predicate {
        predicate if predicate == rdf::TYPE.as_str() => 0,
        predicate if NAMES.contains(&predicate) => 1,
        _ => 2,
    };
    (rank, predicate, object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_sorted_and_said_once() {
        let lines = [
            "_:b <http://a.example/p> \"x\" .",
            "<http://a.example/s/t> <http://a.example/p> \"x\" .",
            "<http://a.example/s> <http://a.example/p> \"x\" .",
            "<http://a.example/s> <http://www.w3.org/2000/01/rdf-schema#label> \"x\" .",
            "<http://a.example/s> <http://a.example/p> \"x\" <http://a.example/g> .",
            "<http://a.example/s> <http://a.example/p> <http://a.example/o> .",
            "<http://a.example/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://a.example/C> .",
            "<http://a.example/s> <http://a.example/p> \"x\" .",
        ];
        let mut dataset = Dataset::default();
        assert!(lines.iter().all(|line| dataset.push_line(line)));
        dataset.sort();
        let sorted: Vec<&str> = dataset.lines().map(|line| line.trim_end()).collect();
        assert_eq!(sorted, [lines[6], lines[3], lines[5], lines[2], lines[1], lines[0], lines[4]]);
        assert!(dataset.has_graphs() && !dataset.needs_version());
    }
}
