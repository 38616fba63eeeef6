//! Recursion: shapes that lead back to themselves, which SHACL gives no meaning to (section 3.4.3 of its specification).

use std::collections::{HashMap, HashSet};

use oxrdf::vocab::rdf;

use crate::rdf::vocabulary::sh;
use crate::rdf::{Dataset, Quad, Term};

/// How deep shapes stand in shapes at most.
const DEEPEST: usize = 64;

/// What leads from a shape, or from a path, to those that it is made of.
const PARTS: [&str; 13] = [
    sh::PROPERTY.as_str(),
    sh::NODE.as_str(),
    sh::NOT.as_str(),
    sh::QUALIFIED_VALUE_SHAPE.as_str(),
    sh::AND.as_str(),
    sh::OR.as_str(),
    sh::EXACTLY_ONE.as_str(),
    sh::PATH.as_str(),
    sh::INVERSE_PATH.as_str(),
    sh::ALTERNATIVE_PATH.as_str(),
    sh::ZERO_OR_MORE_PATH.as_str(),
    sh::ONE_OR_MORE_PATH.as_str(),
    sh::ZERO_OR_ONE_PATH.as_str(),
];
/// What leads to other lists.
const LISTS: [&str; 3] = [sh::IN.as_str(), sh::LANGUAGE_IN.as_str(), sh::IGNORED_PROPERTIES.as_str()];

/// Refuses shapes, paths and lists that come back to where they began, or go too deep.
pub(super) fn check(shapes: &Dataset) -> Result<(), String> {
    let mut said: HashMap<Term<'_>, Vec<Quad<'_>>> = HashMap::new();
    shapes.quads().for_each(|quad| said.entry(quad.subject).or_default().push(quad));
    let mut walk = Walk { said, heights: HashMap::new() };
    for quad in shapes.quads() {
        if LISTS.contains(&quad.predicate) {
            walk.members(quad.object)?;
        }
        if PARTS.contains(&quad.predicate) {
            walk.height(quad.subject, 0)?;
        }
    }
    Ok(())
}

struct Walk<'d> {
    said: HashMap<Term<'d>, Vec<Quad<'d>>>,
    /// How many stand in one another below each; `None` while that is being found out.
    heights: HashMap<Term<'d>, Option<usize>>,
}

impl<'d> Walk<'d> {
    fn height(&mut self, shape: Term<'d>, depth: usize) -> Result<usize, String> {
        match self.heights.get(&shape) {
            Some(None) => {
                return Err(format!("the shape {shape} leads back to itself, which means nothing in SHACL"));
            }
            Some(Some(height)) if depth + height <= DEEPEST => return Ok(*height),
            _ if depth > DEEPEST => return Err(format!("more than {DEEPEST} shapes stand in one another")),
            _ => {}
        }
        self.heights.insert(shape, None);
        let mut height = 0;
        for part in self.parts(shape)? {
            height = height.max(1 + self.height(part, depth + 1)?);
        }
        self.heights.insert(shape, Some(height));
        Ok(height)
    }

    fn parts(&self, shape: Term<'d>) -> Result<Vec<Term<'d>>, String> {
        let mut parts = Vec::new();
        for quad in self.said.get(&shape).into_iter().flatten() {
            if PARTS.contains(&quad.predicate) {
                parts.extend(self.members(quad.object)?);
            }
        }
        Ok(parts)
    }

    /// The members of a list; of what is none, itself.
    fn members(&self, mut cell: Term<'d>) -> Result<Vec<Term<'d>>, String> {
        let part = |cell: Term<'d>, property: &str| {
            let said = self.said.get(&cell)?;
            said.iter().find(|quad| quad.predicate == property).map(|quad| quad.object)
        };
        if part(cell, rdf::REST.as_str()).is_none() {
            return Ok(vec![cell]);
        }
        let mut members = Vec::new();
        let mut seen = HashSet::new();
        while let Some(rest) = part(cell, rdf::REST.as_str()) {
            if !seen.insert(cell) {
                return Err(format!("the list {cell} leads back to itself"));
            }
            members.extend(part(cell, rdf::FIRST.as_str()));
            cell = rest;
        }
        Ok(members)
    }
}
