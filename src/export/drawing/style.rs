//! What things look like, by their class.

use oxrdf::NamedNode;

use crate::ontology::{ClassId, Ontology};

/// The class of everything, of which no looks follow.
pub(in crate::export) const THING: &str = "http://www.w3.org/2002/07/owl#Thing";

/// The outline of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) enum Shape {
    Rounded,
    Box,
    /// A box with its corners cut.
    Octagon,
    Hexagon,
    /// A page with a corner folded.
    Note,
    Tag,
    Tab,
}

/// The looks of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) struct Style {
    pub shape: Shape,
    pub fill: &'static str,
    pub line: &'static str,
    /// Its place in a legend.
    pub rank: usize,
}

/// Core classes with their shape, fill and line colours; a class looks like the nearest of these at or above it.
#[rustfmt::skip]
const STYLES: &[(&str, Shape, &str, &str)] = &[
    ("Person",       Shape::Rounded, "#d6eaff", "#3d7fc4"),
    ("Organization", Shape::Box,     "#ffe3c2", "#c9772b"),
    ("Place",        Shape::Octagon, "#d5f2d8", "#3f9150"),
    ("Event",        Shape::Hexagon, "#ffd9dd", "#c4505f"),
    ("Article",      Shape::Note,    "#eceff3", "#7b8794"),
    ("Work",         Shape::Note,    "#eadcf8", "#8657b5"),
    ("Award",        Shape::Tag,     "#fff3bf", "#b08d1a"),
    ("Product",      Shape::Tab,     "#d9f0f0", "#3a8f8f"),
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

/// What the things of a class look like; those of another vocabulary's class as those of the class that is the same.
pub(super) fn of(class: &str, ontology: &Ontology) -> Style {
    let known = ontology.class_for(&NamedNode::new_unchecked(class));
    let known = known.and_then(|id| core_style(id, ontology));
    if let Some(style) = known {
        return style;
    }
    if class == THING {
        return Style { shape: Shape::Rounded, fill: "#f8f9fa", line: "#9aa5b1", rank: STYLES.len() + 1 };
    }
    let sum = class.bytes().fold(0usize, |sum, byte| (sum * 31 + usize::from(byte)) % 1_000_003);
    let (fill, line) = COLOURS[sum % COLOURS.len()];
    Style { shape: Shape::Rounded, fill, line, rank: STYLES.len() }
}

/// The style of the nearest core class at or above a class.
fn core_style(class: ClassId, ontology: &Ontology) -> Option<Style> {
    let style_of = |id: &ClassId| {
        let rank = STYLES.iter().position(|style| ontology.core_class(style.0) == Some(*id))?;
        let (_, shape, fill, line) = STYLES[rank];
        Some(Style { shape, fill, line, rank })
    };
    ontology.ancestors(class).iter().find_map(style_of)
}
