//! Turtle and TriG for people to read: grouped by graph and subject, `a` first, no prefix that is not used, blank nodes where
//! they are mentioned (<https://www.w3.org/TR/rdf12-turtle/>, <https://www.w3.org/TR/rdf12-trig/>).

use std::io;
use std::ops::Range;

use oxrdf::vocab::{rdf, xsd};
use rayon::prelude::*;

use super::nesting::{Nesting, Shape};
use super::prefix::Prefixes;
use super::read::Prefix;
use super::{Dataset, Quad, Term, VERSION};

/// How many things one thread writes at a time.
const PIECE: usize = 4096;

/// Writes a sorted dataset; named graphs make it TriG.
pub(super) fn write(dataset: &Dataset, declared: &[Prefix], writer: &mut dyn io::Write) -> io::Result<()> {
    let (mut prefixes, (nesting, subjects)) = rayon::join(
        || Prefixes::of(&[dataset], declared),
        || rayon::join(|| Nesting::of(dataset, |_| true), || dataset.runs()),
    );
    let pieces = subjects.par_chunks(PIECE).enumerate().map(|(number, piece)| {
        let mut turtle = Turtle { prefixes: prefixes.clone(), nesting: &nesting, body: String::new() };
        for place in (number * PIECE..).take(piece.len()) {
            turtle.write_run(dataset, &subjects, place);
        }
        (turtle.body, turtle.prefixes)
    });
    let written: Vec<(String, Prefixes)> = pieces.collect();
    if dataset.needs_version() {
        writer.write_all(VERSION)?;
    }
    // Which prefixes are used is known only now.
    written.iter().for_each(|(_, used)| prefixes.use_too(used));
    for (prefix, namespace) in prefixes.used() {
        writeln!(writer, "@prefix {prefix}: <{namespace}> .")?;
    }
    written.iter().try_for_each(|(body, _)| writer.write_all(body.as_bytes()))
}

struct Turtle<'n, 'd> {
    prefixes: Prefixes,
    nesting: &'n Nesting<'d>,
    body: String,
}

impl<'d> Turtle<'_, 'd> {
    /// The run of statements at a place, and the braces of its graph if it is the first or the last there.
    fn write_run(&mut self, dataset: &'d Dataset, runs: &[Range<usize>], place: usize) {
        let quads: Vec<Quad<'d>> = runs[place].clone().map(|place| dataset.get(place)).collect();
        let name = quads[0].graph;
        let is_in = |run: Option<&Range<usize>>| run.is_some_and(|run| dataset.get(run.start).graph == name);
        if let Some(name) = name.filter(|_| place == 0 || !is_in(runs.get(place - 1))) {
            self.body.push('\n');
            self.write_term(name, 0);
            self.body.push_str(" {");
        }
        if !self.nesting.has(quads[0].subject) {
            self.body.push('\n');
            self.write_subject(&quads, usize::from(name.is_some()));
        }
        if name.is_some() && !is_in(runs.get(place + 1)) {
            self.body.push_str("}\n");
        }
    }

    /// One subject with all that is said of it, a line for each property.
    fn write_subject(&mut self, quads: &[Quad<'d>], indent: usize) {
        self.indent_line(indent);
        self.write_term(quads[0].subject, indent);
        self.body.push(' ');
        self.write_properties(quads, indent + 1);
        self.body.push_str(" .\n");
    }

    fn write_properties(&mut self, quads: &[Quad<'d>], indent: usize) {
        for (i, said) in quads.chunk_by(|a, b| a.predicate == b.predicate).enumerate() {
            if i > 0 {
                self.body.push_str(" ;\n");
                self.indent_line(indent);
            }
            match said[0].predicate {
                property if property == rdf::TYPE.as_str() => self.body.push('a'),
                property => self.write_iri(property),
            }
            for (j, quad) in said.iter().enumerate() {
                self.body.push_str(if j == 0 { " " } else { ", " });
                self.write_term(quad.object, indent);
            }
        }
    }

    fn indent_line(&mut self, indent: usize) {
        for _ in 0..indent {
            self.body.push_str("    ");
        }
    }

    fn write_term(&mut self, term: Term<'d>, indent: usize) {
        match term {
            Term::Iri(iri) => self.write_iri(iri),
            Term::Literal { escaped, suffix } => self.write_literal(term, escaped, suffix),
            Term::Blank(label) => self.write_blank(label, indent),
            Term::Triple(parts) => {
                self.body.push_str("<<( ");
                for part in parts {
                    self.write_term(Term::read(part), indent);
                    self.body.push(' ');
                }
                self.body.push_str(")>>");
            }
        }
    }

    fn write_iri(&mut self, iri: &str) {
        if let Some((prefix, local)) = self.prefixes.shorten(iri) {
            self.body.push_str(prefix);
            self.body.push(':');
            self.body.push_str(local);
        } else {
            self.body.push('<');
            self.body.push_str(iri);
            self.body.push('>');
        }
    }

    /// A literal: numbers and truth values bare where Turtle reads them back as the same, the others quoted.
    fn write_literal(&mut self, term: Term<'_>, escaped: &str, suffix: &str) {
        if !suffix.is_empty() && is_bare(term, escaped) {
            self.body.push_str(escaped);
            return;
        }
        self.body.push('"');
        self.body.push_str(escaped);
        self.body.push('"');
        if let (Some(datatype), false) = (term.datatype(), suffix.is_empty()) {
            self.body.push_str("^^");
            self.write_iri(datatype);
        } else {
            self.body.push_str(suffix);
        }
    }

    fn write_blank(&mut self, label: &str, indent: usize) {
        match self.nesting.shape(label) {
            Some(Shape::Node(quads)) => self.write_brackets(quads, indent),
            Some(Shape::List(members)) => self.write_list(members, indent),
            None => {
                self.body.push_str("_:");
                self.body.push_str(label);
            }
        }
    }

    fn write_brackets(&mut self, quads: &[Quad<'d>], indent: usize) {
        if quads.is_empty() {
            self.body.push_str("[]");
            return;
        }
        self.body.push_str("[\n");
        self.indent_line(indent + 1);
        self.write_properties(quads, indent + 1);
        self.body.push('\n');
        self.indent_line(indent);
        self.body.push(']');
    }

    fn write_list(&mut self, members: &[Term<'d>], indent: usize) {
        self.body.push('(');
        for member in members {
            self.body.push(' ');
            self.write_term(*member, indent);
        }
        self.body.push_str(" )");
    }
}

/// Whether Turtle's own syntax for integers, decimals or truth values says exactly this literal.
fn is_bare(literal: Term<'_>, value: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = value.strip_prefix(['+', '-']).unwrap_or(value);
    match literal.datatype() {
        Some(datatype) if datatype == xsd::INTEGER.as_str() => is_digits(unsigned),
        // "1." is no decimal in Turtle: the dot would end the statement.
        Some(datatype) if datatype == xsd::DECIMAL.as_str() => unsigned
            .split_once('.')
            .is_some_and(|(whole, fraction)| (whole.is_empty() || is_digits(whole)) && is_digits(fraction)),
        Some(datatype) if datatype == xsd::BOOLEAN.as_str() => matches!(value, "true" | "false"),
        _ => false,
    }
}
