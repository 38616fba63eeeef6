//! DOT: the graph as a picture that GraphViz draws (<https://graphviz.org/doc/info/lang.html>).
//!
//! A thing is a box with its name and values, coloured and shaped by its class; a statement is an arrow that shows the
//! sentences behind it when the pointer rests on it.

use std::io;

use super::drawing::style::{Shape, Style};
use super::drawing::{Drawing, Node, is_web_address};

const HEAD: &str = r##"digraph tellgraph {
    graph [rankdir=LR, charset="UTF-8", bgcolor="#ffffff", pad=0.4, nodesep=0.3, ranksep=1.0, splines=true, fontname="Helvetica,Arial,sans-serif"];
    node [penwidth=1.2, margin="0.18,0.09", height=0.4, fontsize=12, fontname="Helvetica,Arial,sans-serif", fontcolor="#1f2933"];
    edge [color="#7b8794", penwidth=1.1, arrowsize=0.7, fontsize=10, fontname="Helvetica,Arial,sans-serif", fontcolor="#52606d"];
"##;

pub(super) fn write(drawing: &Drawing, writer: &mut dyn io::Write) -> io::Result<()> {
    writer.write_all(HEAD.as_bytes())?;
    for node in &drawing.nodes {
        writeln!(writer, "    {};", line(node))?;
    }
    for edge in &drawing.edges {
        let id = |place: usize| quoted(drawing.nodes[place].thing.iri.as_str());
        let label = quoted(&edge.property.label);
        let tooltip = quoted(&edge.tooltip(&drawing.nodes));
        let heads = if edge.symmetric { ", dir=none" } else { "" };
        let link = link(&edge.property.iri);
        let attributes = format!("label={label}, tooltip={tooltip}, labeltooltip={tooltip}{link}{heads}");
        writeln!(writer, "    {} -> {} [{attributes}];", id(edge.subject), id(edge.object))?;
    }
    writer.write_all(b"}\n")
}

/// A thing's line: its name and values inside, its class and what was said of its values in the tooltip.
fn line(node: &Node) -> String {
    let iri = node.thing.iri.as_str();
    format!(
        "{} [label={}, tooltip={}{}, {}]",
        quoted(iri),
        quoted(&node.lines().join("\n")),
        quoted(&node.tooltip()),
        link(iri),
        looks(node.style),
    )
}

/// The attribute that lets a click open an IRI.
fn link(iri: &str) -> String {
    if is_web_address(iri) { format!(", URL={}", quoted(iri)) } else { String::new() }
}

/// The attributes for a node's shape and colours.
fn looks(style: Style) -> String {
    let shape = match style.shape {
        Shape::Rounded => "shape=box, style=\"filled,rounded\"",
        Shape::Box => "shape=box3d, style=filled",
        Shape::Octagon => "shape=octagon, style=filled",
        Shape::Hexagon => "shape=hexagon, style=filled",
        Shape::Note => "shape=note, style=filled",
        Shape::Tag => "shape=cds, style=filled",
        Shape::Tab => "shape=tab, style=filled",
    };
    format!("{shape}, fillcolor=\"{}\", color=\"{}\"", style.fill, style.line)
}

/// A quoted string that GraphViz shows just as it is, control characters but line ends left out.
///
/// Backslashes are doubled, since labels read `\N`, `\G` and others as more than letters, and an `&` that would begin an
/// HTML entity is written as one.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for (i, c) in text.char_indices() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '&' if begins_entity(&text[i..]) => out.push_str("&amp;"),
            // Characters that no XML, and so no SVG, may contain.
            '\u{FFFE}' | '\u{FFFF}' => {}
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a text that begins with `&` begins with an HTML entity.
fn begins_entity(text: &str) -> bool {
    let end = text[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
    end.is_some_and(|end| end > 0 && text[1 + end..].starts_with(';'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_quoted() {
        for (text, expected) in [
            ("plain", r#""plain""#),
            (r#"a "b" \N c\"#, r#""a \"b\" \\N c\\""#),
            ("two\nlines\r\0", r#""two\nlines""#),
            ("AT&T &lt; &#9;&", r#""AT&T &amp;lt; &amp;#9;&""#),
            ("שלום 💍", "\"שלום 💍\""),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }
}
