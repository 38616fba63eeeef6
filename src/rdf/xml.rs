//! RDF/XML: grouped by subject, each an element named after its class (<https://www.w3.org/TR/rdf-syntax-grammar/>).
//!
//! XML 1.0 has no form for control characters, and names an element after each property: what it cannot say is an error.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io;

use oxrdf::vocab::rdf;

use super::prefix::Prefixes;
use super::read::Prefix;
use super::vocabulary::rdf::NAMESPACE as RDF;
use super::{Dataset, Quad, Term, unsayable};

/// Terms of RDF that name no property.
const SYNTAX: [&str; 11] = [
    "RDF",
    "Description",
    "ID",
    "about",
    "parseType",
    "resource",
    "nodeID",
    "datatype",
    "li",
    "aboutEach",
    "bagID",
];

/// Writes a sorted dataset that has no named graphs.
pub(super) fn write(dataset: &Dataset, declared: &[Prefix], writer: &mut dyn io::Write) -> io::Result<()> {
    let mut prefixes = Prefixes::of(dataset, declared);
    // Its own terms are written with `rdf`, whatever prefix a file gives them.
    let is_own = |prefix: &str, space: &str| prefix == "rdf" || space == RDF;
    let is_xml = |prefix: &str| prefix.to_ascii_lowercase().starts_with("xml");
    prefixes.retain(|prefix, space| is_name(prefix) && !is_xml(prefix) && !is_own(prefix, space));
    let mut xml = Xml { prefixes, others: HashMap::new(), body: String::new() };
    let quads: Vec<Quad<'_>> = dataset.quads().collect();
    for subject in quads.chunk_by(|a, b| a.subject == b.subject) {
        xml.write_node(subject)?;
    }
    let mut spaces: Vec<(String, String)> = vec![("rdf".to_owned(), RDF.to_owned())];
    spaces
        .extend(xml.prefixes.used().into_iter().map(|(prefix, space)| (prefix.to_owned(), space.to_owned())));
    spaces.extend(xml.others.into_iter().map(|(space, prefix)| (prefix, space)));
    spaces.sort();
    let mut head = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF");
    for (prefix, space) in spaces {
        let _ = write!(head, "\n    xmlns:{prefix}=\"");
        push_escaped(&space, true, &mut head)?;
        head.push('"');
    }
    head.push_str(">\n");
    writer.write_all(head.as_bytes())?;
    writer.write_all(xml.body.as_bytes())?;
    writer.write_all(b"</rdf:RDF>\n")
}

struct Xml {
    prefixes: Prefixes,
    /// Prefixes made up for namespaces that have none.
    others: HashMap<String, String>,
    body: String,
}

impl Xml {
    /// One subject with all that is said of it, under the name of its first class.
    fn write_node(&mut self, quads: &[Quad<'_>]) -> io::Result<()> {
        let first = quads[0];
        let class =
            first.object.iri().filter(|iri| first.predicate == rdf::TYPE.as_str() && !iri.starts_with(RDF));
        let class = class.and_then(|class| self.name_of(class));
        let said = if class.is_some() { &quads[1..] } else { quads };
        let element = class.unwrap_or_else(|| "rdf:Description".to_owned());
        let _ = write!(self.body, "  <{element} ");
        self.write_reference(first.subject, "about")?;
        self.body.push_str(if said.is_empty() { "/>\n" } else { ">\n" });
        for quad in said {
            self.write_property(quad)?;
        }
        if !said.is_empty() {
            let _ = writeln!(self.body, "  </{element}>");
        }
        Ok(())
    }

    fn write_property(&mut self, quad: &Quad<'_>) -> io::Result<()> {
        let is_syntax = quad.predicate.strip_prefix(RDF).is_some_and(|local| SYNTAX.contains(&local));
        let name = self.name_of(quad.predicate).filter(|_| !is_syntax).ok_or_else(|| {
            unsayable(format!(
                "RDF/XML cannot write the property <{}>: its end is no name of XML",
                quad.predicate
            ))
        })?;
        let _ = write!(self.body, "    <{name}");
        let Some(text) = quad.object.value() else {
            self.body.push(' ');
            self.write_reference(quad.object, "resource")?;
            self.body.push_str("/>\n");
            return Ok(());
        };
        if let Some(language) = quad.object.language() {
            let _ = write!(self.body, " xml:lang=\"{language}\"");
        } else if let Some(datatype) =
            quad.object.datatype().filter(|it| *it != oxrdf::vocab::xsd::STRING.as_str())
        {
            self.body.push_str(" rdf:datatype=\"");
            push_escaped(datatype, true, &mut self.body)?;
            self.body.push('"');
        }
        self.body.push('>');
        push_escaped(&text, false, &mut self.body)?;
        let _ = writeln!(self.body, "</{name}>");
        Ok(())
    }

    /// `rdf:about` or `rdf:resource` for an IRI, `rdf:nodeID` for a blank node.
    fn write_reference(&mut self, term: Term<'_>, attribute: &str) -> io::Result<()> {
        if let Term::Blank(label) = term {
            let _ = write!(self.body, "rdf:nodeID=\"{}\"", node_id(label));
            return Ok(());
        }
        let _ = write!(self.body, "rdf:{attribute}=\"");
        push_escaped(term.iri().unwrap_or_default(), true, &mut self.body)?;
        self.body.push('"');
        Ok(())
    }

    /// An IRI as the name of an element; `None` if it does not end in a name.
    fn name_of(&mut self, iri: &str) -> Option<String> {
        let (space, local) = split(iri)?;
        if space == RDF {
            return Some(format!("rdf:{local}"));
        }
        if let Some(prefix) = self.prefixes.of_namespace(space) {
            return Some(format!("{prefix}:{local}"));
        }
        if let Some(prefix) = self.others.get(space) {
            return Some(format!("{prefix}:{local}"));
        }
        let mut number = self.others.len() + 1;
        while self.is_taken(&format!("ns{number}")) {
            number += 1;
        }
        self.others.insert(space.to_owned(), format!("ns{number}"));
        Some(format!("ns{number}:{local}"))
    }

    fn is_taken(&self, prefix: &str) -> bool {
        self.prefixes.has(prefix) || self.others.values().any(|other| other == prefix)
    }
}

/// A blank node's label as a name of XML: as it is, or else spelled out in the numbers of its bytes.
fn node_id(label: &str) -> String {
    if is_name(label) && !label.starts_with("node-") {
        return label.to_owned();
    }
    label.bytes().fold("node-".to_owned(), |name, byte| format!("{name}{byte:02x}"))
}

/// A namespace and the longest name at an IRI's end.
fn split(iri: &str) -> Option<(&str, &str)> {
    let inside = iri.char_indices().rev().take_while(|(_, c)| is_name_char(*c));
    let start = inside.filter(|(_, c)| is_name_start(*c)).last()?.0;
    (start > 0).then(|| iri.split_at(start))
}

fn is_name(text: &str) -> bool {
    text.starts_with(is_name_start) && text.chars().all(is_name_char)
}

/// What a name without a colon begins with (<https://www.w3.org/TR/xml/#NT-NameStartChar>).
fn is_name_start(c: char) -> bool {
    matches!(c, 'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// Writes text with everything escaped that means something else in XML, or would be changed by a reader.
fn push_escaped(text: &str, is_attribute: bool, xml: &mut String) -> io::Result<()> {
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' if is_attribute => xml.push_str("&quot;"),
            '\r' => xml.push_str("&#13;"),
            '\n' | '\t' if is_attribute => {
                let _ = write!(xml, "&#{};", u32::from(c));
            }
            '\n' | '\t' => xml.push(c),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {
                let code = u32::from(c);
                return Err(unsayable(format!(
                    "RDF/XML cannot carry the character U+{code:04X}: use turtle or jsonld"
                )));
            }
            _ => xml.push(c),
        }
    }
    Ok(())
}
