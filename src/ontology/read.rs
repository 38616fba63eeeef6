//! Reading: from the text of files to an ontology, in three passes over their triples.

use std::collections::HashSet;

use super::declare::{Declarations, Declarer};
use super::describe::Describer;
use super::label::{local_name, split_words};
use super::locate::{self, Turtle};
use super::vocabulary::shown;
use super::{ClassId, Error, File, Ontology, PropertyId, Range, datatype};

/// Reads files into one ontology: what there is, then what is said of it, then whether that can be.
pub(super) fn read(files: &[File]) -> Result<Ontology, Error> {
    let files = files.iter().map(locate::parse).collect::<Result<Vec<_>, _>>()?;
    let known = Declarations::gather(&files)?;
    let mut declarer = Declarer::new(&known);
    for file in &files {
        file.triples.iter().try_for_each(|located| declarer.declare(file, located))?;
    }
    let mut describer = Describer::new(declarer.ontology, &known);
    for file in &files {
        file.triples.iter().try_for_each(|located| describer.describe(file, located))?;
    }
    let mut ontology = describer.ontology;
    for (id, any) in describer.domain_includes {
        ontology.properties[id.index()].domain.push(any);
    }
    for (id, any) in describer.range_includes {
        ontology.properties[id.index()].range_classes.push(any);
    }
    ontology.prefixes = merge_prefixes(&files);
    name_the_nameless(&mut ontology);
    drop_repetitions(&mut ontology);
    settle_ranges(&mut ontology, &known)?;
    let (classes, properties) = (&ontology.classes, &ontology.properties);
    let class_ids = (0..classes.len() as u32).map(ClassId);
    let property_ids = (0..properties.len() as u32).map(PropertyId);
    let above_classes = class_ids.map(|id| ancestors(id, |id| &classes[id.index()].parents)).collect();
    let above_properties =
        property_ids.map(|id| ancestors(id, |id| &properties[id.index()].parents)).collect();
    (ontology.ancestors, ontology.property_ancestors) = (above_classes, above_properties);
    check_disjointness(&ontology)?;
    Ok(ontology)
}

fn merge_prefixes(files: &[Turtle]) -> Vec<(String, String)> {
    let mut prefixes: Vec<(String, String)> = Vec::new();
    for (prefix, iri) in files.iter().flat_map(|file| &file.prefixes) {
        if prefixes.iter().all(|(known, _)| known != prefix) {
            prefixes.push((prefix.clone(), iri.clone()));
        }
    }
    prefixes.sort();
    prefixes
}

/// Gives what has no English label the words of its IRI.
fn name_the_nameless(ontology: &mut Ontology) {
    let classes = ontology.classes.iter_mut().map(|class| (&mut class.label, &class.iri));
    let properties = ontology.properties.iter_mut().map(|property| (&mut property.label, &property.iri));
    for (label, iri) in classes.chain(properties).filter(|(label, _)| label.is_empty()) {
        *label = split_words(local_name(iri.as_str()));
    }
}

/// Keeps the first of each label and wording: files may say the same twice.
fn drop_repetitions(ontology: &mut Ontology) {
    let classes = ontology.classes.iter_mut().map(|class| (&class.label, &mut class.alternative_labels));
    let properties = &mut ontology.properties;
    let named = properties.iter_mut().map(|property| (&property.label, &mut property.alternative_labels));
    for (label, others) in classes.chain(named) {
        let mut seen = HashSet::from([label.clone()]);
        others.retain(|other| seen.insert(other.clone()));
    }
    for wordings in properties.iter_mut().flat_map(|property| [&mut property.phrases, &mut property.roles]) {
        let mut seen = HashSet::new();
        wordings.retain(|wording| seen.insert(wording.text.clone()));
    }
}

/// Objects are things or values, not both; a datatype property that names no datatype takes any.
fn settle_ranges(ontology: &mut Ontology, known: &Declarations) -> Result<(), Error> {
    for property in &mut ontology.properties {
        let of_values = known.datatype_properties.contains(&property.iri);
        if property.range == Range::Thing && of_values {
            property.range = Range::Literal(datatype::any());
        }
        if property.range == Range::Thing {
            continue;
        }
        let name = shown(property.iri.as_str());
        if !property.range_classes.is_empty() {
            // Ontologies that allow both are served best by things, which have names.
            property.range = Range::Thing;
        } else if property.symmetric {
            let message =
                format!("{name} is symmetric, but its objects are values; expected a class as its range");
            return Err(property.origin.error(message));
        } else if property.inverse.is_some() || property.alignments.iter().any(|alignment| alignment.inverse)
        {
            let message =
                format!("{name} has an inverse, but its objects are values; expected a class as its range");
            return Err(property.origin.error(message));
        }
    }
    Ok(())
}

/// A class or property and everything above it, nearest first; a circle is walked once.
fn ancestors<'a, Id: Copy + Eq + 'a>(start: Id, parents: impl Fn(Id) -> &'a Vec<Id>) -> Vec<Id> {
    let mut above = vec![start];
    let mut next = 0;
    while let Some(&id) = above.get(next) {
        for &parent in parents(id) {
            if !above.contains(&parent) {
                above.push(parent);
            }
        }
        next += 1;
    }
    above
}

/// Nothing can be of a class that is below two disjoint ones.
fn check_disjointness(ontology: &Ontology) -> Result<(), Error> {
    for (id, class) in ontology.classes() {
        for &above in ontology.ancestors(id) {
            let clash = ontology.class(above).disjoint.iter().find(|other| ontology.is_a(id, **other));
            if let Some(&other) = clash {
                let [name, above, other] = [class, ontology.class(above), ontology.class(other)]
                    .map(|class| shown(class.iri.as_str()));
                let message = format!(
                    "nothing can be a {name}: it is a {above} and a {other}, which are disjoint; expected one of them"
                );
                return Err(class.origin.error(message));
            }
        }
    }
    Ok(())
}
