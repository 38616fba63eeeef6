//! Descriptions: what the files say of the classes and properties they declare.

use std::collections::HashMap;

use oxrdf::{NamedNode, NamedOrBlankNode, Term};

use super::declare::Declarations;
use super::expression::{self, Expression};
use super::label::label_words;
use super::locate::{Located, Turtle};
use super::vocabulary::{
    ALL_DISJOINT_CLASSES, ALTERNATIVE_LABEL, ANY_PROPERTY, COMMENT, CUT, DEFINITION, DISJOINT_UNION_OF,
    DISJOINT_WITH, DOMAIN, EQUIVALENT_CLASS, EQUIVALENT_PROPERTY, FUNCTIONAL, HAS_KEY, IMPLICIT_OBJECT,
    INVERSE_FUNCTIONAL, INVERSE_OF, LABEL, MEMBERS, OURS, PHRASE, PRECISION, PREFERRED_LABEL, RANGE,
    RDF_TYPE, RECALL, ROLE, SCORER, SEEN, SUBCLASS_OF, SUBPROPERTY_OF, SYMMETRIC, TEXT, UNSEEN_PROPERTY,
    WEIGHTS, is_schema_term, nearest, shown,
};
use super::{
    Alignment, ClassCondition, ClassId, Error, NAMESPACE, Ontology, PropertyId, Range, learned, wording,
};

/// An ontology whose classes and properties are there, and which learns what is said of them.
pub(super) struct Describer<'a> {
    pub ontology: Ontology,
    known: &'a Declarations,
    /// How good the label is that an IRI has so far; less is better.
    label_ranks: HashMap<NamedNode, u8>,
    /// What `schema:domainIncludes` and `schema:rangeIncludes` add up to, to become one condition each.
    pub domain_includes: HashMap<PropertyId, Vec<ClassId>>,
    pub range_includes: HashMap<PropertyId, Vec<ClassId>>,
}

impl<'a> Describer<'a> {
    pub fn new(ontology: Ontology, known: &'a Declarations) -> Self {
        let [domain_includes, range_includes] = [HashMap::new(), HashMap::new()];
        Self { ontology, known, label_ranks: HashMap::new(), domain_includes, range_includes }
    }

    /// Takes in what one triple says.
    ///
    /// # Errors
    /// Something that cannot be meant, at the term that is wrong.
    pub fn describe(&mut self, turtle: &Turtle, located: &Located) -> Result<(), Error> {
        self.check_own_term(located)?;
        let subject = match &located.triple.subject {
            NamedOrBlankNode::NamedNode(subject) => subject,
            NamedOrBlankNode::BlankNode(node) => {
                let all_disjoint = turtle.object(node, RDF_TYPE).is_some_and(|kind| {
                    matches!(&kind.triple.object, Term::NamedNode(kind) if kind.as_str() == ALL_DISJOINT_CLASSES)
                });
                if all_disjoint && located.triple.predicate.as_str() == MEMBERS {
                    self.set_all_disjoint(turtle, located);
                }
                return Ok(());
            }
        };
        self.describe_words(subject, located);
        if let Some(&class) = self.ontology.class_by_iri.get(subject) {
            self.describe_class(class, turtle, located);
        }
        match (subject.as_str(), located.triple.predicate.as_str()) {
            (ANY_PROPERTY, SCORER) => self.ontology.shared = Some(learned::read(turtle, located)?),
            (UNSEEN_PROPERTY, SCORER) => self.ontology.general.push(learned::read(turtle, located)?),
            _ => {}
        }
        match self.ontology.property_by_iri.get(subject) {
            Some(&property) => self.describe_property(property, turtle, located),
            None => {
                self.describe_from_outside(subject, located);
                Ok(())
            }
        }
    }

    /// A term of ours is one of the vocabulary's, or a property, and stands where it can say something.
    fn check_own_term(&self, located: &Located) -> Result<(), Error> {
        let predicate = &located.triple.predicate;
        let Some(name) = predicate.as_str().strip_prefix(NAMESPACE) else { return Ok(()) };
        let is_known = OURS.contains(&predicate.as_str());
        if !is_known && !self.ontology.property_by_iri.contains_key(predicate) {
            let ours = OURS.iter().filter_map(|iri| iri.strip_prefix(NAMESPACE));
            let properties =
                self.ontology.properties.iter().filter_map(|p| p.iri.as_str().strip_prefix(NAMESPACE));
            let advice = nearest(name, ours.chain(properties)).unwrap_or("phrase");
            let message = format!("expected a term such as tg:{advice}, found tg:{name}, which is none");
            return Err(located.predicate.error(message));
        }
        let NamedOrBlankNode::NamedNode(subject) = &located.triple.subject else { return Ok(()) };
        match predicate.as_str() {
            TEXT | PRECISION | SEEN | WEIGHTS | CUT | RECALL => Err(located.predicate.error(format!(
                "expected tg:{name} inside of a phrase, role or scorer: tg:phrase [ tg:text \"...\" ]"
            ))),
            SCORER if [ANY_PROPERTY, UNSEEN_PROPERTY].contains(&subject.as_str()) => Ok(()),
            PHRASE | ROLE | SCORER if !self.ontology.property_by_iri.contains_key(subject) => {
                let names = self.ontology.properties.iter().map(|property| property.iri.as_str());
                let advice = nearest(subject.as_str(), names).map(shown);
                let advice = advice.map(|name| format!("; is {name} meant?")).unwrap_or_default();
                let subject = shown(subject.as_str());
                let message = format!(
                    "expected tg:{name} to be said of a property, but nothing declares {subject} to be one, by \
                     \"a owl:ObjectProperty\" or a domain or range{advice}"
                );
                Err(located.subject.error(message))
            }
            _ => Ok(()),
        }
    }

    /// Labels and comments, of classes and properties alike.
    fn describe_words(&mut self, subject: &NamedNode, located: &Located) {
        let Term::Literal(literal) = &located.triple.object else { return };
        let rank = match literal.language() {
            Some(language) if language.eq_ignore_ascii_case("en") => 0,
            Some(language) if language.to_ascii_lowercase().starts_with("en-") => 1,
            None => 2,
            Some(_) => return,
        };
        let text = literal.value().trim();
        if text.is_empty() {
            return;
        }
        let ontology = &mut self.ontology;
        let class = ontology.class_by_iri.get(subject).map(|id| &mut ontology.classes[id.index()]);
        let property = ontology.property_by_iri.get(subject).map(|id| &mut ontology.properties[id.index()]);
        match located.triple.predicate.as_str() {
            predicate @ (LABEL | PREFERRED_LABEL) => {
                let rank = if predicate == LABEL { rank } else { rank + 3 };
                if self.label_ranks.get(subject).is_none_or(|best| rank < *best) {
                    self.label_ranks.insert(subject.clone(), rank);
                    let labels =
                        class.map(|c| &mut c.label).into_iter().chain(property.map(|p| &mut p.label));
                    labels.for_each(|label| *label = label_words(text));
                }
            }
            ALTERNATIVE_LABEL => {
                let lists = class.map(|c| &mut c.alternative_labels).into_iter();
                lists
                    .chain(property.map(|p| &mut p.alternative_labels))
                    .for_each(|list| list.push(label_words(text)));
            }
            COMMENT | DEFINITION => {
                let comments =
                    class.map(|c| &mut c.comment).into_iter().chain(property.map(|p| &mut p.comment));
                comments.for_each(|comment| *comment = comment.take().or_else(|| Some(text.to_owned())));
            }
            _ => {}
        }
    }

    fn describe_class(&mut self, class: ClassId, turtle: &Turtle, located: &Located) {
        let object = &located.triple.object;
        let other = if let Term::NamedNode(iri) = object { Some(iri) } else { None };
        let own = other.and_then(|iri| self.ontology.class_by_iri.get(iri)).copied();
        match (located.triple.predicate.as_str(), own, other) {
            (SUBCLASS_OF, Some(parent), _) if parent != class => {
                push_new(&mut self.ontology.classes[class.index()].parents, parent);
            }
            (DISJOINT_WITH, Some(other), _) => self.set_disjoint(class, other),
            (DISJOINT_UNION_OF, ..) => {
                self.set_all_disjoint(turtle, located);
                for part in self.listed_classes(turtle, object) {
                    push_new(&mut self.ontology.classes[part.index()].parents, class);
                }
            }
            // Two names for one class: each is below the other.
            (EQUIVALENT_CLASS, Some(same), _) if same != class => {
                push_new(&mut self.ontology.classes[class.index()].parents, same);
                push_new(&mut self.ontology.classes[same.index()].parents, class);
            }
            (EQUIVALENT_CLASS, None, Some(iri)) => {
                push_new(&mut self.ontology.classes[class.index()].alignments, iri.clone());
            }
            (HAS_KEY, ..) => {
                for member in turtle.list(object) {
                    if let Term::NamedNode(key) = &member.triple.object {
                        push_new(&mut self.ontology.classes[class.index()].keys, key.clone());
                    }
                }
            }
            _ => {}
        }
    }

    fn describe_property(&mut self, id: PropertyId, turtle: &Turtle, located: &Located) -> Result<(), Error> {
        let object = &located.triple.object;
        let property = &mut self.ontology.properties[id.index()];
        match (located.triple.predicate.as_str(), object) {
            (RDF_TYPE, Term::NamedNode(kind)) => match kind.as_str() {
                SYMMETRIC => property.symmetric = true,
                FUNCTIONAL => property.functional = true,
                INVERSE_FUNCTIONAL => property.inverse_functional = true,
                _ => {}
            },
            (IMPLICIT_OBJECT, Term::Literal(literal)) => match literal.value() {
                "true" | "1" => property.implicit_object = true,
                "false" | "0" => property.implicit_object = false,
                _ => return Err(located.object.error("expected true or false".to_owned())),
            },
            (PHRASE, _) => property.phrases.push(wording::read(turtle, located)?),
            (ROLE, _) => property.roles.push(wording::read(turtle, located)?),
            (SCORER, _) => property.learned = Some(learned::read(turtle, located)?),
            (SUBPROPERTY_OF | EQUIVALENT_PROPERTY | INVERSE_OF, _) => self.relate(id, located)?,
            (DOMAIN, _) => {
                let condition = self.domain(turtle, located)?;
                self.ontology.properties[id.index()].domain.extend(condition);
            }
            (RANGE, _) => self.describe_range(id, turtle, located, false)?,
            (predicate, _) if is_schema_term(predicate, "domainIncludes") => {
                let any = self.domain(turtle, located)?.into_iter().flatten();
                self.domain_includes.entry(id).or_default().extend(any);
            }
            (predicate, _) if is_schema_term(predicate, "rangeIncludes") => {
                self.describe_range(id, turtle, located, true)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn domain(&self, turtle: &Turtle, located: &Located) -> Result<ClassCondition, Error> {
        match expression::read(turtle, located, self.known)? {
            Expression::Anything => Ok(Vec::new()),
            Expression::Classes(conditions) => Ok(self.condition(&conditions)),
            Expression::Values { .. } => {
                let message =
                    format!("expected a class as the domain, found the datatype {}", located.triple.object);
                Err(located.object.error(message))
            }
        }
    }

    fn describe_range(
        &mut self,
        id: PropertyId,
        turtle: &Turtle,
        located: &Located,
        includes: bool,
    ) -> Result<(), Error> {
        let iri = &self.ontology.properties[id.index()].iri;
        let [of_things, of_values] =
            [&self.known.object_properties, &self.known.datatype_properties].map(|kind| kind.contains(iri));
        let fail =
            |message: &str| Err(located.object.error(format!("{message}, found {}", located.triple.object)));
        match expression::read(turtle, located, self.known)? {
            Expression::Anything => {}
            Expression::Classes(_) if of_values => {
                return fail(
                    "expected a datatype such as xsd:string as the range of an owl:DatatypeProperty",
                );
            }
            Expression::Classes(conditions) => {
                let condition = self.condition(&conditions);
                if includes {
                    self.range_includes.entry(id).or_default().extend(condition.into_iter().flatten());
                } else {
                    self.ontology.properties[id.index()].range_classes.extend(condition);
                }
            }
            Expression::Values { spoken: false, .. } if of_things => {
                return fail("expected a class such as tg:Person as the range of an owl:ObjectProperty");
            }
            Expression::Values { datatypes, .. } => {
                let property = &mut self.ontology.properties[id.index()];
                if property.range == Range::Thing {
                    property.range = Range::Literal(Vec::new());
                }
                if let Range::Literal(known) = &mut property.range {
                    datatypes.into_iter().for_each(|datatype| push_new(known, datatype));
                }
            }
        }
        Ok(())
    }

    fn condition(&self, conditions: &[Vec<expression::Reference>]) -> ClassCondition {
        let class = |(iri, _): &expression::Reference| self.ontology.class_by_iri.get(iri).copied();
        conditions.iter().map(|any| any.iter().filter_map(class).collect()).collect()
    }

    /// Relates a property to another one, of this ontology or of another vocabulary.
    fn relate(&mut self, id: PropertyId, located: &Located) -> Result<(), Error> {
        let other = match &located.triple.object {
            Term::NamedNode(other) => other,
            Term::BlankNode(_) => return Ok(()),
            Term::Literal(literal) => {
                return Err(located.object.error(format!("expected the IRI of a property, found {literal}")));
            }
        };
        if self.ontology.class_by_iri.contains_key(other)
            && !self.ontology.property_by_iri.contains_key(other)
        {
            let message = format!("expected a property, found the class {}", shown(other.as_str()));
            return Err(located.object.error(message));
        }
        let own = self.ontology.property_by_iri.get(other).copied();
        let property = &mut self.ontology.properties[id.index()];
        match (located.triple.predicate.as_str(), own) {
            (INVERSE_OF, Some(same)) if same == id => {
                let message =
                    "expected another property; one that is its own inverse is an owl:SymmetricProperty";
                return Err(located.object.error(message));
            }
            (INVERSE_OF, Some(inverse)) => {
                property.inverse.get_or_insert(inverse);
                self.ontology.properties[inverse.index()].inverse.get_or_insert(id);
            }
            (SUBPROPERTY_OF, Some(parent)) if parent != id => push_new(&mut property.parents, parent),
            // Two names for one property: each is below the other.
            (EQUIVALENT_PROPERTY, Some(same)) if same != id => {
                push_new(&mut property.parents, same);
                push_new(&mut self.ontology.properties[same.index()].parents, id);
            }
            (predicate @ (INVERSE_OF | EQUIVALENT_PROPERTY), None) => {
                push_new(
                    &mut property.alignments,
                    Alignment { iri: other.clone(), inverse: predicate == INVERSE_OF },
                );
            }
            _ => {}
        }
        Ok(())
    }

    /// What is said of an IRI of another vocabulary may tell something of ours: `schema:director owl:inverseOf
    /// tg:directorOf`.
    fn describe_from_outside(&mut self, subject: &NamedNode, located: &Located) {
        let Term::NamedNode(object) = &located.triple.object else { return };
        let predicate = located.triple.predicate.as_str();
        if let (INVERSE_OF | EQUIVALENT_PROPERTY, Some(id)) =
            (predicate, self.ontology.property_by_iri.get(object))
        {
            let alignment = Alignment { iri: subject.clone(), inverse: predicate == INVERSE_OF };
            push_new(&mut self.ontology.properties[id.index()].alignments, alignment);
        }
        let is_class = self.ontology.class_by_iri.contains_key(subject);
        if let (EQUIVALENT_CLASS, false, Some(id)) =
            (predicate, is_class, self.ontology.class_by_iri.get(object))
        {
            push_new(&mut self.ontology.classes[id.index()].alignments, subject.clone());
        }
    }

    fn listed_classes(&self, turtle: &Turtle, list: &Term) -> Vec<ClassId> {
        let members = turtle.list(list).into_iter();
        let named = members.filter_map(|member| match &member.triple.object {
            Term::NamedNode(iri) => self.ontology.class_by_iri.get(iri).copied(),
            _ => None,
        });
        named.collect()
    }

    fn set_all_disjoint(&mut self, turtle: &Turtle, located: &Located) {
        let classes = self.listed_classes(turtle, &located.triple.object);
        for (i, &class) in classes.iter().enumerate() {
            classes[i + 1..].iter().for_each(|&other| self.set_disjoint(class, other));
        }
    }

    fn set_disjoint(&mut self, class: ClassId, other: ClassId) {
        push_new(&mut self.ontology.classes[class.index()].disjoint, other);
        push_new(&mut self.ontology.classes[other.index()].disjoint, class);
    }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
