//! Whether a graph keeps to shapes.

use oxrdf::Graph;
use oxrdf::vocab::rdfs;
use shacl_rust::ValidationResult;
use shacl_rust::validation::dataset::ValidationDataset;

use crate::ontology::local_name;
use crate::rdf::Dataset;

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
    /// What the shape's author says of it, if anything.
    pub messages: Vec<String>,
    /// "Violation", "Warning" or "Info".
    pub severity: String,
}

/// Looks at a dataset, all of its graphs together, and tells what does not keep to the shapes, sorted.
///
/// Which class is below which is read from the data and from the shapes.
///
/// # Errors
/// Shapes that mean nothing in SHACL.
pub fn validate(data: &Dataset, shapes: &Dataset) -> Result<Vec<Violation>, String> {
    let shapes_graph: Graph = shapes.quads().filter_map(|quad| quad.to_triple()).collect();
    let parsed = shacl_rust::parse_shapes(&shapes_graph).map_err(|error| error.to_string())?;
    let hierarchy = shapes.quads().filter(|quad| quad.predicate == rdfs::SUB_CLASS_OF.as_str());
    let triples = data.quads().chain(hierarchy).filter_map(|quad| quad.to_triple());
    let dataset = ValidationDataset::from_triples_with_experimental_index(triples, shapes_graph.clone())
        .map_err(|error| error.to_string())?;
    let report = shacl_rust::validate(&dataset, &parsed);
    let mut violations: Vec<Violation> = report.get_results().iter().map(violation).collect();
    violations.sort();
    violations.dedup();
    Ok(violations)
}

fn violation(result: &ValidationResult<'_>) -> Violation {
    let component = || {
        let component = result.source_constraint_component().map(|iri| local_name(iri.as_str()).to_owned());
        component.unwrap_or_default().trim_end_matches("ConstraintComponent").to_owned()
    };
    Violation {
        focus: result.focus_node().to_string(),
        path: result.result_path().map(ToString::to_string),
        value: result.value().map(|value| value.to_string()),
        asked: result.constraint_detail().map_or_else(component, str::to_owned),
        messages: result.messages().to_vec(),
        severity: local_name(result.severity().as_str()).to_owned(),
    }
}
