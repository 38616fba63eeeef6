//! Writing: what was learned, as Turtle that a person can read and mend.

use std::fmt::Write;

use oxrdf::Literal;

use super::Scope;
use super::corpus::Corpus;
use super::induce::Phrase;
use super::measure::Measure;
use super::object::Stated;
use super::train::Matrix;
use crate::ontology::weights::Weights;
use crate::ontology::{NAMESPACE, Ontology, PropertyId};

/// Weights smaller than this say too little to be kept.
const LEAST: f32 = 0.0125;

/// What was learned, before it is written.
pub struct Taught<'a> {
    pub corpus: &'a Corpus,
    pub matrix: &'a Matrix,
    /// How much each feature speaks for a reading.
    pub readings: Vec<(u32, f32)>,
    /// Scale and shift that make probabilities of scores.
    pub calibration: (f32, f32),
    /// For each property.
    pub measures: &'a [Measure],
    /// The best cut for all properties alike.
    pub cut: f32,
    pub phrases: &'a [Vec<Phrase>],
    /// For each property how its numbers are written, if with a unit.
    pub written: &'a [Option<String>],
    pub stated: &'a Stated,
    pub scope: Scope,
}

/// The lexicon as a Turtle file.
pub fn turtle(ontology: &Ontology, ids: &[PropertyId], taught: &Taught) -> String {
    let mut text = format!("{HEADER}@prefix tg: <{NAMESPACE}> .\n");
    for (column, id) in ids.iter().enumerate().filter(|_| taught.scope == Scope::Properties) {
        let property = ontology.property(*id);
        let label = property.label.replace(char::is_control, " ");
        let _ = write!(text, "\n# {label}\n<{}>\n", property.iri.as_str());
        for Phrase { text: words, precision, seen } in &taught.phrases[column] {
            let words = words.replace('\\', "\\\\").replace('"', "\\\"");
            let _ = writeln!(
                text,
                "    tg:phrase [ tg:text \"{words}\" ; tg:precision {precision:.2} ; tg:seen {seen} ] ;"
            );
        }
        let Measure { cut, precision, recall, stated, .. } = taught.measures[column];
        let [precision, recall, cut] = [precision, recall, cut].map(|share| share.clamp(0.0, 1.0));
        let written = taught.written[column].as_ref();
        let written = written
            .map_or(String::new(), |written| format!(" tg:written {} ;", Literal::from(written.as_str())));
        let objects: String = taught.stated.counts(column, |_| true).map(object).collect();
        let _ = write!(
            text,
            "    tg:scorer [\n        tg:seen {stated} ; tg:precision {precision:.2} ; tg:recall {recall:.2} ; tg:cut {cut:.3} ;{written}\n{objects}        \
             tg:weights \"\"\"{}\"\"\"\n    ] .\n",
            taught.weights(column).encode(),
        );
    }
    let shared = taught.weights(taught.matrix.shared_column()).encode();
    let readings = match Weights::new(kept(taught.readings.iter().copied())).encode() {
        none if none.is_empty() => none,
        readings => format!(" ;\n    tg:readings \"\"\"{readings}\"\"\""),
    };
    let (any, cut) = match taught.scope {
        Scope::Properties => ("anyProperty", String::new()),
        Scope::General => ("unseenProperty", format!(" tg:cut {:.3} ;", taught.cut.clamp(0.0, 1.0))),
    };
    let _ = write!(text, "\ntg:{any} tg:scorer [{cut} tg:weights \"\"\"{shared}\"\"\"{readings} ] .\n");
    text
}

impl Taught<'_> {
    /// The weights of a column, calibrated.
    fn weights(&self, column: usize) -> Weights {
        let (scale, shift) = self.calibration;
        let bias = crate::fact::feature::bias().hash();
        let is_shift = |feature| feature == bias && column == self.matrix.shared_column();
        let scaled = self
            .matrix
            .column(self.corpus, column)
            .map(|(feature, weight)| (feature, scale * weight + if is_shift(feature) { shift } else { 0.0 }));
        Weights::new(kept(scaled))
    }
}

/// An object that examples state, on a line of its own.
fn object((words, seen): (String, u32)) -> String {
    format!("        tg:knownObject [ tg:text {} ; tg:seen {seen} ] ;\n", Literal::from(words))
}

fn kept(weights: impl Iterator<Item = (u32, f32)>) -> impl Iterator<Item = (u32, f32)> {
    weights.filter(|(_, weight)| weight.abs() >= LEAST)
}

const HEADER: &str = "\
# What examples taught, written by `tellgraph learn`; use it beside the ontology: --ontology ONTOLOGY --ontology THIS.
#
# tg:seen counts the facts of the examples that state a property. tg:precision and tg:recall were measured on examples left out
# of learning. --to facts tells what is more probable than tg:cut and, of each property, the surest fact of a text; a graph
# states nothing under 0.5. --min-confidence asks for other facts. tg:weights are the scorer's, of hashed features; take a
# tg:scorer out, and its property is found by its phrases alone. tg:readings tell which of several names that overlap is meant.
# tg:knownObject is what examples state, of so many things: another list of genres or ranks may stand there as well.

";
