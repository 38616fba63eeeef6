//! What things look like, by their class.

use crate::graph::Thing;
use crate::ontology::{ClassId, Ontology};

/// Core classes with their shape, fill and line colours; a class looks like the nearest of these at or above it.
#[rustfmt::skip]
const STYLES: &[(&str, &str, &str, &str)] = &[
    ("Person",       ROUNDED,                        "#d6eaff", "#3d7fc4"),
    ("Organization", "shape=box3d, style=filled",    "#ffe3c2", "#c9772b"),
    ("Place",        "shape=octagon, style=filled",  "#d5f2d8", "#3f9150"),
    ("Event",        "shape=hexagon, style=filled",  "#ffd9dd", "#c4505f"),
    ("Article",      "shape=note, style=filled",     "#eceff3", "#7b8794"),
    ("Work",         "shape=note, style=filled",     "#eadcf8", "#8657b5"),
    ("Award",        "shape=cds, style=filled",      "#fff3bf", "#b08d1a"),
    ("Product",      "shape=tab, style=filled",      "#d9f0f0", "#3a8f8f"),
];

const ROUNDED: &str = "shape=box, style=\"filled,rounded\"";

/// Fill and line colours for classes of other ontologies.
const COLOURS: &[(&str, &str)] = &[
    ("#d9f0f0", "#3a8f8f"),
    ("#fde2f0", "#bb5a8d"),
    ("#e8ecc9", "#7d8a2e"),
    ("#dfe3fb", "#5866b8"),
    ("#f6e3d3", "#a5714a"),
    ("#d7eef9", "#3c88a8"),
    ("#f1e1e1", "#a25c5c"),
    ("#e3f3e6", "#5c946a"),
];

/// The attributes for a thing's shape and colours.
pub(super) fn of(thing: &Thing, ontology: &Ontology) -> String {
    let Some(class) = thing.classes.first() else { return plain() };
    let known = ontology.class_named(class.as_str()).and_then(|id| core_style(id, ontology));
    if let Some((_, shape, fill, line)) = known {
        return attributes(shape, fill, line);
    }
    if class.as_str() == "http://www.w3.org/2002/07/owl#Thing" {
        return plain();
    }
    let sum = class.as_str().bytes().fold(0usize, |sum, byte| (sum * 31 + usize::from(byte)) % 1_000_003);
    let (fill, line) = COLOURS[sum % COLOURS.len()];
    attributes(ROUNDED, fill, line)
}

/// How things look whose class nothing tells.
fn plain() -> String {
    attributes(ROUNDED, "#f8f9fa", "#9aa5b1")
}

fn attributes(shape: &str, fill: &str, line: &str) -> String {
    format!("{shape}, fillcolor=\"{fill}\", color=\"{line}\"")
}

type Style = (&'static str, &'static str, &'static str, &'static str);

/// The style of the nearest core class at or above a class.
fn core_style(class: ClassId, ontology: &Ontology) -> Option<Style> {
    let style_of = |id: &ClassId| STYLES.iter().find(|style| ontology.core_class(style.0) == Some(*id));
    ontology.ancestors(class).iter().find_map(style_of).copied()
}
