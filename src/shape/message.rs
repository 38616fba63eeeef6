//! Messages: what a shape of an ontology asks, in words.

use crate::ontology::{Class, ClassCondition, Ontology, Property, Range, local_name};

/// Of what has a property; nothing, where anything may have it.
pub(super) fn of_subjects(property: &Property, ontology: &Ontology) -> Option<String> {
    let classes = classes(&property.domain, ontology)?;
    let label = &property.label;
    Some(match property.symmetric {
        true => format!("only what is of class {classes} has “{label}”, or is what it leads to"),
        false => format!("only what is of class {classes} has “{label}”"),
    })
}

/// Of the values of a property.
pub(super) fn of_values(property: &Property, ontology: &Ontology) -> Option<String> {
    let kind = match &property.range {
        Range::Thing if property.symmetric => "a thing".to_owned(),
        Range::Thing => match classes(&property.range_classes, ontology) {
            Some(classes) => format!("what is of class {classes}"),
            None => "a thing".to_owned(),
        },
        Range::Literal(_) => {
            let datatypes = property.range.told();
            let names: Vec<&str> = datatypes.iter().map(|datatype| local_name(datatype.as_str())).collect();
            format!("a value of type {}", names.join(" or "))
        }
    };
    let once = if property.functional { ", and only once" } else { "" };
    Some(format!("“{}” leads to {kind}{once}", property.label))
}

/// Of what an inverse functional property leads to.
pub(super) fn of_owners(property: &Property) -> String {
    format!("only one thing has “{}” of this", property.label)
}

/// Of the instances of a class that excludes others.
pub(super) fn of_instances(class: &Class, others: &[&Class]) -> String {
    let others: Vec<&str> = others.iter().map(|other| other.label.as_str()).collect();
    format!("what is of class {} is not of class {}", class.label, others.join(" or "))
}

/// "person or organization"; several conditions hold together.
fn classes(condition: &ClassCondition, ontology: &Ontology) -> Option<String> {
    let label = |id| ontology.class(id).label.as_str();
    let any = condition.iter().map(|any| any.iter().copied().map(label).collect::<Vec<_>>().join(" or "));
    Some(any.collect::<Vec<_>>().join(", and of class ")).filter(|words| !words.is_empty())
}
