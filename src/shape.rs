//! Shapes: what an ontology asks of a graph, in SHACL, and whether a graph keeps to it (<https://www.w3.org/TR/shacl/>).

mod message;
mod recursion;
mod validate;

use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{
    BlankNode, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, QuadRef, Term, TermRef,
};

use crate::ontology::{Class, ClassCondition, Ontology, Property, Range};
use crate::rdf::Dataset;
use crate::rdf::vocabulary::sh;
pub use validate::{Report, Violation, validate};

/// The shapes of an ontology, sorted: for each property one of its subjects, from its domain, and one of its values, from
/// its range and from whether it is functional; for each class one of what its instances cannot be. Each says in words what
/// it asks. With them stands which class is below which, so that they can be used by themselves.
pub fn shapes(ontology: &Ontology) -> Dataset {
    let mut shapes = Shapes { ontology, dataset: Dataset::default(), blank: 0 };
    for (_, property) in ontology.properties() {
        shapes.add_property(property);
    }
    for (id, class) in ontology.classes() {
        for parent in &class.parents {
            shapes.say(&class.iri, rdfs::SUB_CLASS_OF, &ontology.class(*parent).iri);
        }
        let disjoint = class.disjoint.iter().filter(|other| **other > id);
        let disjoint: Vec<&Class> = disjoint.map(|other| ontology.class(*other)).collect();
        if !disjoint.is_empty() {
            shapes.add_disjoint(class, &disjoint);
        }
    }
    shapes.dataset.sort();
    shapes.dataset
}

struct Shapes<'o> {
    ontology: &'o Ontology,
    dataset: Dataset,
    blank: usize,
}

impl Shapes<'_> {
    fn add_property(&mut self, property: &Property) {
        let subjects = named(&property.iri, "subjects");
        let values = named(&property.iri, "values");
        self.say(&subjects, rdf::TYPE, sh::NODE_SHAPE);
        self.say(&subjects, sh::TARGET_SUBJECTS_OF, &property.iri);
        self.say(&subjects, sh::PROPERTY, &values);
        self.ask_classes(&subjects, &property.domain);
        self.tell(&subjects, message::of_subjects(property, self.ontology));
        self.say(&values, rdf::TYPE, sh::PROPERTY_SHAPE);
        self.say(&values, sh::PATH, &property.iri);
        self.say(&values, sh::NAME, &Literal::new_simple_literal(&property.label));
        if property.functional {
            self.say(&values, sh::MAX_COUNT, &Literal::from(1));
        }
        match &property.range {
            Range::Thing => {
                self.say(&values, sh::NODE_KIND, sh::BLANK_NODE_OR_IRI);
                if property.symmetric {
                    // Its values are its subjects too: each is looked at once, in whichever place it stands.
                    self.say(&subjects, sh::TARGET_OBJECTS_OF, &property.iri);
                } else {
                    self.ask_classes(&values, &property.range_classes);
                }
            }
            Range::Literal(_) => self.ask_datatypes(&values, &property.range.told()),
        }
        self.tell(&values, message::of_values(property, self.ontology));
        if property.inverse_functional {
            self.add_inverse_functional(property);
        }
    }

    /// Whatever has this property has it to itself.
    fn add_inverse_functional(&mut self, property: &Property) {
        let (shape, values) = (named(&property.iri, "subjects"), named(&property.iri, "owners"));
        let path = self.blank();
        self.say(&shape, sh::PROPERTY, &values);
        self.say(&values, rdf::TYPE, sh::PROPERTY_SHAPE);
        self.say(&values, sh::PATH, &path);
        self.say(&path, sh::INVERSE_PATH, &property.iri);
        self.say(&values, sh::MAX_COUNT, &Literal::from(1));
        self.tell(&values, Some(message::of_owners(property)));
    }

    fn add_disjoint(&mut self, class: &Class, others: &[&Class]) {
        let shape = named(&class.iri, "instances");
        self.say(&shape, rdf::TYPE, sh::NODE_SHAPE);
        self.say(&shape, sh::TARGET_CLASS, &class.iri);
        self.tell(&shape, Some(message::of_instances(class, others)));
        // One negation of them all: there are validators that heed the first `sh:not` of a shape only.
        let none = self.blank();
        self.say(&shape, sh::NOT, &none);
        self.ask_any(none.as_ref().into(), sh::CLASS, others.iter().map(|other| other.iri.clone()).collect());
    }

    /// All of several conditions, each of which is one of some classes.
    fn ask_classes(&mut self, shape: &NamedNode, condition: &ClassCondition) {
        for any in condition {
            let classes = any.iter().map(|id| self.ontology.class(*id).iri.clone()).collect();
            self.ask_any(shape.as_ref().into(), sh::CLASS, classes);
        }
    }

    fn ask_datatypes(&mut self, shape: &NamedNode, datatypes: &[NamedNode]) {
        self.say(shape, sh::NODE_KIND, sh::LITERAL);
        if !datatypes.iter().any(|datatype| *datatype == rdfs::LITERAL) {
            // Words may be in a language, whatever an ontology calls their type.
            let words = datatypes.iter().any(|datatype| *datatype == xsd::STRING);
            let tagged = words.then(|| rdf::LANG_STRING.into_owned());
            self.ask_any(
                shape.as_ref().into(),
                sh::DATATYPE,
                datatypes.iter().cloned().chain(tagged).collect(),
            );
        }
    }

    /// The one value, or a list of shapes of which one must fit.
    fn ask_any(
        &mut self,
        shape: NamedOrBlankNodeRef<'_>,
        property: NamedNodeRef<'_>,
        values: Vec<NamedNode>,
    ) {
        if let [value] = values.as_slice() {
            self.say(shape, property, value);
            return;
        }
        let mut rest = Term::from(rdf::NIL.into_owned());
        for value in values.into_iter().rev() {
            let (cell, option) = (self.blank(), self.blank());
            self.say(&option, property, &value);
            self.say(&cell, rdf::FIRST, &option);
            self.say(&cell, rdf::REST, &rest);
            rest = cell.into();
        }
        self.say(shape, sh::OR, &rest);
    }

    /// What a report says of whatever does not fit.
    fn tell(&mut self, shape: &NamedNode, message: Option<String>) {
        if let Some(message) = message {
            self.say(shape, sh::MESSAGE, &Literal::new_language_tagged_literal_unchecked(message, "en"));
        }
    }

    fn blank(&mut self) -> BlankNode {
        self.blank += 1;
        BlankNode::new_unchecked(format!("b{:04}", self.blank))
    }

    fn say<'t>(
        &mut self,
        subject: impl Into<NamedOrBlankNodeRef<'t>>,
        property: NamedNodeRef<'t>,
        object: impl Into<TermRef<'t>>,
    ) {
        self.dataset.push(QuadRef::new(subject, property, object, GraphNameRef::DefaultGraph));
    }
}

/// The IRI of a shape: that of what it is about, and what of it.
fn named(iri: &NamedNode, part: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}-{part}", iri.as_str()))
}
