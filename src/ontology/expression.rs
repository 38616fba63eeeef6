//! Class expressions: what the object of `rdfs:domain` or `rdfs:range` stands for.

use std::collections::HashSet;

use oxrdf::{BlankNode, NamedNode, Term};

use super::datatype::{self, Named};
use super::declare::Declarations;
use super::locate::{Located, Turtle};
use super::vocabulary::{INTERSECTION_OF, ON_DATATYPE, UNION_OF, is_top_class, nearest};
use super::{Error, Origin};

/// A class by name, and where it is named.
pub(super) type Reference = (NamedNode, Origin);

pub(super) enum Expression {
    /// `owl:Thing`, or a restriction that this reader does not weigh.
    Anything,
    /// All of several conditions, each met by any of its classes.
    Classes(Vec<Vec<Reference>>),
    /// Any of several datatypes; `spoken` where they are guessed from the name of a class that nobody declared.
    Values { datatypes: Vec<NamedNode>, spoken: bool },
}

/// Reads the object of a triple as a class expression or a data range.
///
/// # Errors
/// A literal, an unknown datatype, or a union of classes and datatypes.
pub(super) fn read(turtle: &Turtle, located: &Located, known: &Declarations) -> Result<Expression, Error> {
    Reader { turtle, known, seen: HashSet::new(), depth: 0 }.read(located)
}

struct Reader<'a> {
    turtle: &'a Turtle,
    known: &'a Declarations,
    /// Expressions already entered: one that contains itself ends there.
    seen: HashSet<BlankNode>,
    depth: usize,
}

/// How deep expressions may nest; deeper ones say nothing. No ontology of people's making comes near.
const DEEPEST: usize = 32;

impl Reader<'_> {
    fn read(&mut self, located: &Located) -> Result<Expression, Error> {
        match &located.triple.object {
            Term::Literal(literal) => Err(located
                .object
                .error(format!("expected the IRI of a class, such as tg:Person, found {literal}"))),
            Term::NamedNode(iri) => self.read_named(iri, &located.object),
            Term::BlankNode(node) if self.depth == DEEPEST || !self.seen.insert(node.clone()) => {
                Ok(Expression::Anything)
            }
            Term::BlankNode(node) => {
                self.depth += 1;
                let expression = self.read_anonymous(node);
                self.depth -= 1;
                expression
            }
        }
    }

    fn read_anonymous(&mut self, node: &BlankNode) -> Result<Expression, Error> {
        let turtle = self.turtle;
        if let Some(union) = turtle.object(node, UNION_OF) {
            self.read_union(union)
        } else if let Some(intersection) = turtle.object(node, INTERSECTION_OF) {
            self.read_intersection(intersection)
        } else if let Some(restricted) = turtle.object(node, ON_DATATYPE) {
            self.read(restricted)
        } else {
            Ok(Expression::Anything)
        }
    }

    fn read_named(&self, iri: &NamedNode, origin: &Origin) -> Result<Expression, Error> {
        let declared_class = self.known.classes.contains_key(iri);
        match datatype::recognize(iri) {
            _ if is_top_class(iri.as_str()) => return Ok(Expression::Anything),
            Named::Datatype => return Ok(Expression::Values { datatypes: vec![iri.clone()], spoken: false }),
            Named::UnknownDatatype => return Err(unknown_datatype(iri, origin)),
            Named::NoDatatype if self.known.datatypes.contains(iri) => {
                return Ok(Expression::Values { datatypes: vec![iri.clone()], spoken: false });
            }
            Named::NoDatatype => {}
        }
        Ok(match datatype::spoken(iri) {
            Some(datatypes) if !declared_class => Expression::Values { datatypes, spoken: true },
            _ => Expression::Classes(vec![vec![(iri.clone(), origin.clone())]]),
        })
    }

    fn read_union(&mut self, union: &Located) -> Result<Expression, Error> {
        let mut any_class = Vec::new();
        let mut any_datatype = Vec::new();
        let mut all_spoken = true;
        for member in self.turtle.list(&union.triple.object) {
            match self.read(member)? {
                Expression::Anything => return Ok(Expression::Anything),
                Expression::Classes(conditions) => any_class.extend(conditions.into_iter().flatten()),
                Expression::Values { datatypes, spoken } => {
                    any_datatype.extend(datatypes);
                    all_spoken &= spoken;
                }
            }
        }
        match (any_class.is_empty(), any_datatype.is_empty()) {
            (true, true) => {
                Err(union.object.error("expected a list of classes such as ( tg:Person tg:Organization )"))
            }
            (false, true) => Ok(Expression::Classes(vec![any_class])),
            (true, false) => Ok(Expression::Values { datatypes: any_datatype, spoken: all_spoken }),
            (false, false) => {
                Err(union.object.error("expected only classes or only datatypes in one union, found both"))
            }
        }
    }

    fn read_intersection(&mut self, intersection: &Located) -> Result<Expression, Error> {
        let mut all = Vec::new();
        for member in self.turtle.list(&intersection.triple.object) {
            if let Expression::Classes(conditions) = self.read(member)? {
                all.extend(conditions);
            }
        }
        Ok(if all.is_empty() { Expression::Anything } else { Expression::Classes(all) })
    }
}

fn unknown_datatype(iri: &NamedNode, origin: &Origin) -> Error {
    let name = iri.as_str().rsplit('#').next().unwrap_or_default();
    let advice = nearest(name, datatype::names()).unwrap_or("string");
    origin.error(format!("expected a datatype of XML Schema such as xsd:{advice}, found xsd:{name}"))
}
