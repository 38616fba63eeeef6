//! Whether a graph keeps to shapes.

use std::borrow::Cow;
use std::collections::HashMap;

use oxrdf::Graph;
use oxrdf::vocab::rdfs;
use rayon::prelude::*;
use shacl_rust::validation::build_target_cache;
use shacl_rust::validation::dataset::ValidationDataset;
use shacl_rust::{Shape, ValidationResult};

use super::recursion;
use crate::ontology::local_name;
use crate::rdf::vocabulary::sh;
use crate::rdf::{Dataset, Quad};

/// What was looked at, and what does not keep to the shapes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How many shapes say what they are for.
    pub shapes: usize,
    /// How many of them are for anything in the graph.
    pub applied: usize,
    /// Sorted, each once.
    pub violations: Vec<Violation>,
}

/// Something that does not keep to a shape; terms are written as in N-Triples.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// What was looked at.
    pub focus: String,
    /// The way from there to what is wrong, if it is not wrong itself.
    pub path: Option<String>,
    /// What is wrong, if it is a single value.
    pub value: Option<String>,
    /// What was asked for: "sh:class <https://w3id.org/tellgraph/core#Person>".
    pub asked: String,
    /// What the shape's author says of it, if anything, in English if there is a choice.
    pub messages: Vec<String>,
    /// "Violation", "Warning" or "Info".
    pub severity: String,
}

/// Looks at a dataset, all of its graphs together, and tells what does not keep to the shapes.
///
/// Which class is below which is read from the data and from the shapes.
///
/// # Errors
/// What means nothing in SHACL: no shape that says what it is for, and shapes that lead back to themselves.
pub fn validate(data: &Dataset, shapes: &Dataset) -> Result<Report, String> {
    recursion::check(shapes)?;
    let shapes_graph: Graph = shapes.quads().filter_map(|quad| quad.to_triple()).collect();
    let parsed = shacl_rust::parse_shapes(&shapes_graph).map_err(|error| error.to_string())?;
    let aimed: Vec<&Shape<'_>> =
        parsed.iter().filter(|shape| !shape.targets.is_empty() && !shape.deactivated).collect();
    match (parsed.len(), aimed.len()) {
        (0, _) => return Err("there is no shape in them".to_owned()),
        (count, 0) => {
            return Err(format!("none of the {count} says what it is for (sh:targetClass and the like)"));
        }
        _ => {}
    }
    let hierarchy = shapes.quads().filter(|quad| quad.predicate == rdfs::SUB_CLASS_OF.as_str());
    let triples = data.quads().chain(hierarchy).filter_map(|quad| quad.to_triple());
    let dataset = ValidationDataset::from_triples_with_experimental_index(triples, shapes_graph.clone())
        .map_err(|error| error.to_string())?;
    let targets = build_target_cache(&dataset, &parsed);
    let applies = |shape: &&&Shape<'_>| {
        shape.targets.iter().any(|target| targets.get(target).is_some_and(|nodes| !nodes.is_empty()))
    };
    let messages = messages(shapes);
    let check = |shape: &&Shape<'_>| -> Vec<Violation> {
        let report = shape.validate_with_target_cache(&dataset, &targets);
        report.get_results().iter().map(|result| violation(result, &messages)).collect()
    };
    let mut violations: Vec<Violation> = aimed.par_iter().flat_map_iter(check).collect();
    violations.sort();
    violations.dedup();
    Ok(Report { shapes: aimed.len(), applied: aimed.iter().filter(applies).count(), violations })
}

fn violation(result: &ValidationResult<'_>, messages: &HashMap<String, Vec<String>>) -> Violation {
    let component = result.source_constraint_component().map(|iri| local_name(iri.as_str()));
    let component = component.unwrap_or_default().trim_end_matches("ConstraintComponent");
    let mut said = messages.get(&result.source_shape().to_string()).cloned().unwrap_or_default();
    if said.is_empty() && component == "SPARQL" {
        // A constraint in SPARQL has messages of its own.
        said = result.messages().to_vec();
        said.sort();
    }
    Violation {
        focus: result.focus_node().to_string(),
        path: result.result_path().map(ToString::to_string),
        value: result.value().map(|value| value.to_string()),
        asked: result.constraint_detail().unwrap_or(component).to_owned(),
        messages: said,
        severity: local_name(result.severity().as_str()).to_owned(),
    }
}

/// What the author of each shape says of what does not keep to it.
fn messages(shapes: &Dataset) -> HashMap<String, Vec<String>> {
    let is_message = |quad: &Quad<'_>| quad.predicate == sh::MESSAGE.as_str();
    let said: Vec<Quad<'_>> = shapes.quads().filter(is_message).collect();
    let of_shape = said.chunk_by(|one, next| one.subject == next.subject).map(|said| {
        let is_english =
            |quad: &&Quad<'_>| quad.object.language().is_none_or(|language| language.starts_with("en"));
        let has_english = said.iter().any(|quad| is_english(&quad));
        let chosen = said.iter().filter(|quad| !has_english || is_english(quad));
        let texts = chosen.filter_map(|quad| quad.object.value()).map(Cow::into_owned);
        (said[0].subject.to_string(), texts.collect())
    });
    of_shape.collect()
}
