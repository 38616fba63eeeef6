//! The article itself as a thing, with what the surroundings of its text say of it.

use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNode};

use super::referent::readable;
use super::{Graph, Thing, identity, infer};
use crate::ontology::{NAMESPACE, Ontology};
use crate::source::Source;

/// Adds what a source's metadata says of its article, and the article if the text had no headline but a title is known.
///
/// None of this has evidence: no words of the text say it. Returns the article, if there is one.
pub(super) fn add(
    graph: &mut Graph,
    headline: Option<NamedNode>,
    source: &Source,
    ontology: &Ontology,
) -> Option<NamedNode> {
    let title = || source.title.as_deref().and_then(|title| add_named(graph, title, "Article", ontology));
    let article = headline.or_else(title)?;
    for author in source.author.iter().flat_map(|authors| split_authors(authors)) {
        add_author(graph, author, &article, ontology);
    }
    if let (Some(date), Some(property)) =
        (source.date.as_deref().and_then(date), core_property("releasedOn", ontology))
    {
        graph.add_value(&article, &property, date, None, ontology);
    }
    if let Some(url) = &source.url {
        let url = Literal::new_typed_literal(url, xsd::ANY_URI);
        graph.add_value(&article, &schema_org("url", ontology), url, None, ontology);
    }
    Some(article)
}

fn add_author(graph: &mut Graph, author: &str, article: &NamedNode, ontology: &Ontology) {
    let Some(property) = core_property("authorOf", ontology) else { return };
    if let Some(person) = add_named(graph, author, "Person", ontology) {
        graph.add_statement(&person, &property, article, None, ontology);
    }
}

/// Adds a thing of a core class, or of no known class where the ontology leaves the core out.
fn add_named(graph: &mut Graph, name: &str, class: &str, ontology: &Ontology) -> Option<NamedNode> {
    let name = readable(name)?;
    let class = ontology.core_class(class);
    let iri = identity::of(&name, class, ontology);
    let mut thing = Thing::new(iri.clone(), name);
    let class = class.map_or_else(|| infer::THING.into_owned(), |class| ontology.class(class).iri.clone());
    thing.classes.insert(class);
    graph.add_thing(thing, ontology);
    Some(iri)
}

/// The names in a byline: "Ada Park and Bo Lind; Cy Moe".
fn split_authors(authors: &str) -> impl Iterator<Item = &str> {
    authors
        .split(" and ")
        .flat_map(|part| part.split([';', '&']))
        .map(str::trim)
        .filter(|name| !name.is_empty())
}

/// A date as `xsd:date`, `xsd:gYearMonth` or `xsd:gYear`, by how much of it is given.
fn date(text: &str) -> Option<Literal> {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let number = |part: &&str, length, range: std::ops::RangeInclusive<u32>| {
        let digits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        digits && part.parse().is_ok_and(|number| range.contains(&number))
    };
    let datatype = match parts.as_slice() {
        [year] if number(year, 4, 1..=9999) => xsd::G_YEAR,
        [year, month] if number(year, 4, 1..=9999) && number(month, 2, 1..=12) => xsd::G_YEAR_MONTH,
        [year, month, day]
            if number(year, 4, 1..=9999) && number(month, 2, 1..=12) && number(day, 2, 1..=31) =>
        {
            xsd::DATE
        }
        _ => return None,
    };
    Some(Literal::new_typed_literal(text.trim(), datatype))
}

/// A property of the core vocabulary; `None` where the ontology leaves it out.
fn core_property(local: &str, ontology: &Ontology) -> Option<NamedNode> {
    let id = ontology.property_named(&format!("{NAMESPACE}{local}"))?;
    Some(ontology.property(id).iri.clone())
}

/// A term of schema.org, under the IRI that the ontology writes it with (both `http` and `https` are in use).
fn schema_org(local: &str, ontology: &Ontology) -> NamedNode {
    let is_schema = |namespace: &&str| namespace.ends_with("://schema.org/");
    let namespace = ontology.prefixes().iter().map(|(_, namespace)| namespace.as_str()).find(is_schema);
    NamedNode::new_unchecked(format!("{}{local}", namespace.unwrap_or("https://schema.org/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_split() {
        let split = |authors| split_authors(authors).collect::<Vec<_>>();
        assert_eq!(split("Ada Park"), ["Ada Park"]);
        assert_eq!(split("Ada Park and Bo Lind; Cy Moe"), ["Ada Park", "Bo Lind", "Cy Moe"]);
        assert_eq!(split(" & "), [""; 0]);
    }

    #[test]
    fn dates_are_as_exact_as_given() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(date(text).map(|literal| literal.to_string()), expected.map(str::to_owned), "{text}");
        };
        check("2017-07-21", Some("\"2017-07-21\"^^<http://www.w3.org/2001/XMLSchema#date>"));
        check("2017-07", Some("\"2017-07\"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>"));
        check(" 2017 ", Some("\"2017\"^^<http://www.w3.org/2001/XMLSchema#gYear>"));
        check("2017-13-01", None);
        check("21 July 2017", None);
        check("", None);
    }
}
