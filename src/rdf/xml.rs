//! RDF/XML: grouped by subject, each an element named after its class, blank nodes where they are mentioned
//! (<https://www.w3.org/TR/rdf-syntax-grammar/>).
//!
//! XML 1.0 has no form for control characters, and names an element after each property: what it cannot say is an error.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io;

use oxrdf::vocab::rdf;

use super::nesting::{Nesting, Shape};
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
    let mut prefixes = Prefixes::of(&[dataset], declared);
    // Its own terms are written with `rdf`, whatever prefix a file gives them.
    let is_own = |prefix: &str, space: &str| prefix == "rdf" || space == RDF;
    let is_xml = |prefix: &str| prefix.to_ascii_lowercase().starts_with("xml");
    prefixes.retain(|prefix, space| is_name(prefix) && !is_xml(prefix) && !is_own(prefix, space));
    // Only things can be members of what RDF/XML writes as a collection.
    let nesting = Nesting::of(dataset, |members| members.iter().all(|member| member.value().is_none()));
    let mut xml = Xml { prefixes, nesting: &nesting, others: HashMap::new(), body: String::new() };
    let quads: Vec<Quad<'_>> = dataset.quads().collect();
    for quads in quads.chunk_by(|a, b| a.subject == b.subject) {
        if !nesting.has(quads[0].subject) {
            xml.write_node(Some(quads[0].subject), quads, 1)?;
        }
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

struct Xml<'n, 'd> {
    prefixes: Prefixes,
    nesting: &'n Nesting<'d>,
    /// Prefixes made up for namespaces that have none.
    others: HashMap<String, String>,
    body: String,
}

impl<'n, 'd> Xml<'n, 'd> {
    /// A thing with all that is said of it, under the name of its first class; a blank node that is mentioned nowhere else
    /// needs no name of its own.
    fn write_node(&mut self, name: Option<Term<'d>>, quads: &[Quad<'d>], indent: usize) -> io::Result<()> {
        let class = quads.first().filter(|first| first.predicate == rdf::TYPE.as_str());
        let class = class.and_then(|first| first.object.iri()).filter(|class| !class.starts_with(RDF));
        let class = class.and_then(|class| self.name_of(class));
        let said = if class.is_some() { &quads[1..] } else { quads };
        let element = class.unwrap_or_else(|| "rdf:Description".to_owned());
        self.indent_line(indent);
        let _ = write!(self.body, "<{element}");
        if let Some(name) = name {
            self.write_reference(name, "about")?;
        }
        if said.is_empty() {
            self.body.push_str("/>\n");
            return Ok(());
        }
        self.body.push_str(">\n");
        for quad in said {
            self.write_property(quad, indent + 1)?;
        }
        self.close(&element, indent);
        Ok(())
    }

    fn write_property(&mut self, quad: &Quad<'d>, indent: usize) -> io::Result<()> {
        let is_syntax = quad.predicate.strip_prefix(RDF).is_some_and(|local| SYNTAX.contains(&local));
        let name = self.name_of(quad.predicate).filter(|_| !is_syntax).ok_or_else(|| {
            unsayable(format!(
                "RDF/XML cannot write the property <{}>: its end is no name of XML",
                quad.predicate
            ))
        })?;
        self.write_object(&name, quad.object, indent)
    }

    fn write_object(&mut self, name: &str, object: Term<'d>, indent: usize) -> io::Result<()> {
        self.indent_line(indent);
        let _ = write!(self.body, "<{name}");
        match self.shape(object) {
            Some(Shape::List(members)) => self.write_members(name, members, indent),
            Some(Shape::Node(quads)) => {
                self.body.push_str(">\n");
                self.write_node(None, quads, indent + 1)?;
                self.close(name, indent);
                Ok(())
            }
            None if object.value().is_some() => self.write_literal(name, object),
            None => {
                self.write_reference(object, "resource")?;
                self.body.push_str("/>\n");
                Ok(())
            }
        }
    }

    fn shape(&self, term: Term<'_>) -> Option<Shape<'n, 'd>> {
        if let Term::Blank(label) = term { self.nesting.shape(label) } else { None }
    }

    fn write_literal(&mut self, name: &str, literal: Term<'_>) -> io::Result<()> {
        let is_string = |datatype: &&str| *datatype == oxrdf::vocab::xsd::STRING.as_str();
        if let Some(language) = literal.language() {
            let _ = write!(self.body, " xml:lang=\"{language}\"");
        } else if let Some(datatype) = literal.datatype().filter(|datatype| !is_string(datatype)) {
            self.body.push_str(" rdf:datatype=\"");
            push_escaped(datatype, true, &mut self.body)?;
            self.body.push('"');
        }
        self.body.push('>');
        push_escaped(&literal.value().unwrap_or_default(), false, &mut self.body)?;
        let _ = writeln!(self.body, "</{name}>");
        Ok(())
    }

    /// A list of things.
    fn write_members(&mut self, name: &str, members: &[Term<'d>], indent: usize) -> io::Result<()> {
        self.body.push_str(" rdf:parseType=\"Collection\">\n");
        for member in members {
            match self.shape(*member) {
                Some(Shape::Node(quads)) => self.write_node(None, quads, indent + 1)?,
                Some(Shape::List(members)) => self.write_cell(members, indent + 1)?,
                None => self.write_node(Some(*member), &[], indent + 1)?,
            }
        }
        self.close(name, indent);
        Ok(())
    }

    /// A list as a member of a list, for which there is no form but its first node.
    fn write_cell(&mut self, members: &[Term<'d>], indent: usize) -> io::Result<()> {
        let Some((first, rest)) = members.split_first() else { return Ok(()) };
        self.indent_line(indent);
        self.body.push_str("<rdf:Description>\n");
        self.write_object("rdf:first", *first, indent + 1)?;
        self.indent_line(indent + 1);
        self.body.push_str("<rdf:rest");
        self.write_members("rdf:rest", rest, indent + 1)?;
        self.close("rdf:Description", indent);
        Ok(())
    }

    fn close(&mut self, element: &str, indent: usize) {
        self.indent_line(indent);
        let _ = writeln!(self.body, "</{element}>");
    }

    fn indent_line(&mut self, indent: usize) {
        for _ in 0..indent {
            self.body.push_str("  ");
        }
    }

    /// `rdf:about` or `rdf:resource` for an IRI, `rdf:nodeID` for a blank node.
    fn write_reference(&mut self, term: Term<'_>, attribute: &str) -> io::Result<()> {
        if let Term::Blank(label) = term {
            let _ = write!(self.body, " rdf:nodeID=\"{}\"", node_id(label));
            return Ok(());
        }
        let _ = write!(self.body, " rdf:{attribute}=\"");
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
