//! What things look like, by their class.

use std::collections::BTreeSet;

use crate::graph::Thing;
use crate::ontology::{ClassId, Ontology};

/// Core classes with their shape, fill and line colours; a class looks like the nearest of these at or above it.
#[rustfmt::skip]
const STYLES: &[(&str, &str, &str, &str)] = &[
    ("Person",       "box",       "#d6eaff", "#3d7fc4"),
    ("Organization", "box3d",     "#ffe3c2", "#c9772b"),
    ("Place",        "octagon",   "#d5f2d8", "#3f9150"),
    ("Event",        "hexagon",   "#ffd9dd", "#c4505f"),
    ("Article",      "note",      "#eceff3", "#7b8794"),
    ("Work",         "note",      "#eadcf8", "#8657b5"),
    ("Product",      "component", "#fff3bf", "#b08d1a"),
];

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
    attributes("box", fill, line)
}

/// How things look whose class nothing tells.
fn plain() -> String {
    attributes("box", "#f8f9fa", "#9aa5b1")
}

fn attributes(shape: &str, fill: &str, line: &str) -> String {
    format!("shape={shape}, fillcolor=\"{fill}\", color=\"{line}\"")
}

type Style = (&'static str, &'static str, &'static str, &'static str);

/// The style of the nearest core class at or above a class; the table's order decides between equally near ones.
fn core_style(class: ClassId, ontology: &Ontology) -> Option<Style> {
    let mut seen = BTreeSet::from([class]);
    let mut level = seen.clone();
    while !level.is_empty() {
        let is_here = |style: &&Style| ontology.core_class(style.0).is_some_and(|core| level.contains(&core));
        if let Some(style) = STYLES.iter().find(is_here) {
            return Some(*style);
        }
        let parents = level.iter().flat_map(|id| ontology.class(*id).parents.iter().copied());
        level = parents.filter(|parent| seen.insert(*parent)).collect();
    }
    None
}
