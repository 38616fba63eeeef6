//! Which fact is asked about: "Ada Park founderOf Lumen Works".

use anyhow::{Result, bail};
use tellgraph::Ontology;
use tellgraph::ontology::{Property, PropertyId, local_name};

/// A fact, or all that fit where something is left open.
#[derive(Debug, Default)]
pub struct Query {
    pub subject: Option<String>,
    /// Every property that goes by the name asked for.
    pub properties: Option<Vec<PropertyId>>,
    pub object: Option<String>,
}

/// What stands for anything.
const ANY: &str = "_";

impl Query {
    /// Reads subject, property and object; the property is the longest stretch of words between others that names one.
    ///
    /// # Errors
    /// No property stands between two names.
    pub fn parse(text: &str, ontology: &Ontology) -> Result<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let between = |first: usize, length: usize| words[first..first + length].join(" ");
        let mut stretches: Vec<(usize, usize)> = (1..words.len())
            .flat_map(|first| (1..words.len().saturating_sub(first)).map(move |length| (first, length)))
            .collect();
        stretches.sort_by_key(|(first, length)| (std::cmp::Reverse(*length), *first));
        let found = stretches.iter().find_map(|(first, length)| {
            let properties = named(&between(*first, *length), ontology);
            (!properties.is_empty()).then_some((*first, *length, Some(properties)))
        });
        let open = || stretches.iter().find(|(first, length)| *length == 1 && words[*first] == ANY);
        let Some((first, length, properties)) =
            found.or_else(|| open().map(|(first, length)| (*first, *length, None)))
        else {
            bail!(
                "{text:?} is no fact: expected a subject, a property and an object, such as \"Ada Park founderOf Lumen \
                 Works\", with _ for any of them; `tellgraph check` lists the properties"
            );
        };
        let end = |words: &[&str]| {
            let name = words.join(" ");
            let name = name.trim_matches(['"', '\'', '\u{201c}', '\u{201d}']);
            (name != ANY).then(|| name.to_owned())
        };
        Ok(Self { subject: end(&words[..first]), properties, object: end(&words[first + length..]) })
    }

    /// What the ends are called, where they are given.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.subject.iter().chain(&self.object).map(String::as_str)
    }

    /// Whether one of the ends is given.
    pub fn names_something(&self) -> bool {
        self.subject.is_some() || self.object.is_some()
    }

    /// Whether a property is asked for, or is a kind of one that is.
    pub fn asks_for(&self, property: PropertyId, ontology: &Ontology) -> bool {
        let is_asked = |asked: &Vec<PropertyId>| {
            ontology.property_ancestors(property).iter().any(|above| asked.contains(above))
        };
        self.properties.as_ref().is_none_or(is_asked)
    }

    /// Whether a property says, the other way round, what is asked for.
    pub fn asks_for_inverse(&self, property: PropertyId, ontology: &Ontology) -> bool {
        let told = ontology.property(property);
        let inverse = |asked: &PropertyId| {
            told.symmetric && *asked == property
                || told.inverse == Some(*asked)
                || ontology.property(*asked).inverse == Some(property)
        };
        self.properties.as_ref().is_some_and(|asked| asked.iter().any(inverse))
    }
}

/// The properties that a word or IRI names.
fn named(name: &str, ontology: &Ontology) -> Vec<PropertyId> {
    let iri = ontology.expand(name);
    let same = |other: &str| other.to_lowercase() == name.to_lowercase();
    let is_named = |property: &Property| {
        iri.as_ref() == Some(&property.iri)
            || same(local_name(property.iri.as_str()))
            || same(&property.label)
            || property.alternative_labels.iter().any(|label| same(label))
    };
    ontology.properties().filter(|(_, property)| is_named(property)).map(|(id, _)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tellgraph::Lexicon;

    fn check(text: &str, subject: Option<&str>, property: Option<&str>, object: Option<&str>) {
        let lexicon = Lexicon::core();
        let ontology = lexicon.ontology();
        let query = Query::parse(text, ontology).unwrap();
        let label = query.properties.map(|ids| ontology.property(ids[0]).label.clone());
        assert_eq!(
            (query.subject.as_deref(), label.as_deref(), query.object.as_deref()),
            (subject, property, object)
        );
    }

    #[test]
    fn a_property_stands_between_its_ends() {
        let [park, works, founder] = [Some("Ada Park"), Some("Lumen Works"), Some("founder of")];
        check("Ada Park founderOf Lumen Works", park, founder, works);
        check("Ada Park founder of Lumen Works", park, founder, works);
        check("\"Ada Park\" tg:founderOf 'Lumen Works'", park, founder, works);
        check("Ada Park <https://w3id.org/tellgraph/core#founderOf> _", park, founder, None);
        check("_ _ Lumen Works", None, None, works);
        check("Ada Park _ _", park, None, None);
        let lexicon = Lexicon::core();
        assert!(Query::parse("Ada Park scolded Lumen Works", lexicon.ontology()).is_err());
    }
}
