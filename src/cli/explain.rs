//! `tellgraph explain`: which words made a node of the graph, or a fact, and why.

mod fact;
mod missing;
mod query;
mod reading;
mod score;

use std::collections::HashMap;
use std::io::Write;

use anyhow::{Result, bail};
use clap::Args;
use oxrdf::NamedNode;
use tellgraph::document;
use tellgraph::graph::identity::homonym::Aspect;
use tellgraph::graph::identity::same::in_document;
use tellgraph::graph::{Appearance, Linker, Offsets, Rules, Thing, unite};
use tellgraph::ontology::local_name;
use tellgraph::source::conllu::Given;
use tellgraph::{Graph, Lexicon, Ontology};

use query::Query;
use reading::Reading;

use super::batch;
use super::confidence::Confidence;
use super::identities::Identities;
use super::input::Input;
use super::output::Output;
use super::table::{self, Row, printable};
use super::vocabulary::Vocabulary;

/// Tell which words made a node of the graph, or a fact, and why; or why a fact is not told.
///
/// Of a node (--node, or all) stand, for each document, its sentences that mention the node, and under each the
/// mentions: the rule that tied it to the node, the kind of mention, where it stands in code points, and its words.
///
/// Of a fact (--fact) stands the sentence with its words marked, the phrase and the line of the ontology that matched,
/// what stands at both ends, the parts of the confidence, and which word made it anything but asserted. Where no text
/// states it, the sentences that come near, and what was thought of there and dropped.
///
/// `extract` with the same arguments makes the same nodes and facts.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    input: Input,

    /// Which node: its IRI, a prefixed name ("person:ada-park") or a name; if not given, every one
    #[arg(short, long, value_name = "NAME")]
    node: Option<String>,

    /// Which fact: a subject, a property (its name, label or IRI) and an object, each of them _ for any; the ends by name or
    /// by IRI, as for --node
    #[arg(long, value_name = "FACT", conflicts_with = "node")]
    fact: Option<String>,

    #[command(flatten)]
    vocabulary: Vocabulary,

    #[command(flatten)]
    identities: Identities,

    #[command(flatten)]
    confidence: Confidence,
}

const EXAMPLES: &str = r#"Examples:
  tellgraph explain story.txt --node "Ada Park"
  tellgraph explain monday.txt friday.txt --node person:ida-holm
  tellgraph explain story.txt | less
  tellgraph explain story.txt --fact "Ada Park founderOf Lumen Works"
  tellgraph explain story.txt --fact "_ founderOf _"
  tellgraph explain articles/ --ontology ships.ttl --fact "_ captain _"

The first rule of a node is the one by which its first mention became one ("name", "article"); the others tell what
tied a mention to those before: "surname" and "initials" by parts of the name, "apposition" by the grammar, "pronoun" by
gender, number and nearness. A line "in a --same file" shows the IRI by which one document's node can be told apart."#;

pub fn run(arguments: &Arguments) -> Result<()> {
    let (lexicon, rules) =
        arguments.identities.apply(arguments.confidence.apply(arguments.vocabulary.lexicon()?))?;
    let mut output = Output::open(None)?;
    if let Some(asked) = &arguments.fact {
        let query = Query::parse(asked, lexicon.ontology())?;
        tell_of_fact(arguments, (&lexicon, &rules), &query, &mut output)?;
        return output.finish();
    }
    let (mut graphs, mut documents) = (Vec::new(), Vec::new());
    let work = |given: &Given| (tellgraph::tell(document::of(given), &lexicon), given.source.text.clone());
    batch::each(arguments.input.open()?, work, |(graph, text)| {
        documents.push(Told::new(text, &graph));
        graphs.push(graph);
        Ok(())
    })?;
    let graph = unite(graphs, &rules, lexicon.ontology());
    let explainer = Explainer { graph: &graph, documents: &documents, ontology: lexicon.ontology() };
    for (number, thing) in explainer.asked(arguments.node.as_deref())?.into_iter().enumerate() {
        if number > 0 {
            writeln!(output)?;
        }
        table::write(&mut output, &explainer.node(thing))?;
    }
    output.finish()
}

/// Tells why a fact is told, wherever it is, or else why it is not.
fn tell_of_fact(
    arguments: &Arguments,
    (lexicon, rules): (&Lexicon, &Rules),
    query: &Query,
    output: &mut impl Write,
) -> Result<()> {
    let work = |given: &Given| {
        let reading = Reading::of_named(document::of(given), lexicon, rules, query.names());
        let told = fact::told(&reading, query);
        let missing = if told.is_empty() { missing::missing(&reading, query) } else { Vec::new() };
        (given.source.id.clone(), told, missing)
    };
    let mut near = Vec::new();
    let mut is_told = false;
    batch::each(arguments.input.open()?, work, |(id, told, missing)| {
        if told.is_empty() {
            near.push((id, missing));
        } else {
            is_told = true;
            write_document(output, &id, &told)?;
        }
        Ok(())
    })?;
    if is_told {
        return Ok(());
    }
    writeln!(output, "no text states it")?;
    for (id, rows) in near.iter().filter(|(_, rows)| !rows.is_empty()) {
        write_document(output, id, rows)?;
    }
    if near.iter().all(|(_, rows)| rows.is_empty()) {
        let hint = if query.names_something() {
            "no sentence names what is asked for; `tellgraph explain` lists what is named"
        } else {
            "no wording of it fits any sentence; `tellgraph check` lists its wordings"
        };
        writeln!(output, "{hint}")?;
    }
    Ok(())
}

pub fn write_document(output: &mut impl Write, id: &str, rows: &[Row]) -> Result<()> {
    writeln!(output, "{} (document)", printable(id))?;
    table::write(output, rows)
}

/// A document's graph, and why each of its facts is told.
pub fn graph_and_reasons(given: &Given, lexicon: &Lexicon) -> (Graph, Vec<Row>) {
    let reading = Reading::of(document::of(given), lexicon);
    (reading.graph(), fact::told(&reading, &Query::default()))
}

struct Explainer<'a> {
    graph: &'a Graph,
    documents: &'a [Told],
    ontology: &'a Ontology,
}

/// A document by itself.
struct Told {
    text: String,
    /// The IRIs of its things, each by the thing's first mention.
    iris: HashMap<(usize, usize), NamedNode>,
}

impl Told {
    fn new(text: String, graph: &Graph) -> Self {
        let mentioned =
            graph.things().filter_map(|thing| Some((place(thing.appearances.first()?), thing.iri.clone())));
        Self { text, iris: mentioned.collect() }
    }
}

/// Whether a name is the IRI of a thing: whole, with a prefix of the ontology, or with its class for one ("person:ada-park").
fn is_iri(thing: &Thing, name: &str, ontology: &Ontology) -> bool {
    let iri = thing.iri.as_str();
    let by_class = || {
        let (class, local) = name.split_once(':')?;
        iri.strip_prefix(ontology.base()).map(|rest| rest == format!("/{class}/{local}"))
    };
    by_class() == Some(true) || ontology.expand(name).is_some_and(|expanded| expanded == thing.iri)
}

fn place(appearance: &Appearance) -> (usize, usize) {
    (appearance.mention.start, appearance.mention.end)
}

impl<'a> Explainer<'a> {
    /// The things that a name means: by IRI, or else by label, or else by another name.
    fn asked(&self, name: Option<&str>) -> Result<Vec<&'a Thing>> {
        let things = || self.graph.things();
        let Some(name) = name else { return Ok(things().collect()) };
        let is_name = |label: &String| label.to_lowercase() == name.to_lowercase();
        let by_iri = || things().filter(|thing| is_iri(thing, name, self.ontology)).collect();
        let by_label = || things().filter(|thing| is_name(&thing.label)).collect();
        let by_other = || things().filter(|thing| thing.alternative_labels.iter().any(is_name)).collect();
        let ways: [&dyn Fn() -> Vec<&'a Thing>; 3] = [&by_iri, &by_label, &by_other];
        if let Some(found) = ways.into_iter().map(|way| way()).find(|found| !found.is_empty()) {
            return Ok(found);
        }
        let shares_a_word = |thing: &&Thing| {
            let label = thing.label.to_lowercase();
            name.to_lowercase()
                .split_whitespace()
                .any(|word| label.split_whitespace().any(|other| other == word))
        };
        let near: Vec<&str> =
            things().filter(shares_a_word).map(|thing| thing.label.as_str()).take(5).collect();
        match near.as_slice() {
            [] => bail!("no node is called {name:?}; without --node every one is told"),
            _ => bail!("no node is called {name:?}; there is {}", near.join(", ")),
        }
    }

    fn node(&self, thing: &Thing) -> Vec<Row> {
        let classes: Vec<String> = thing.classes.iter().map(|class| self.class(class.as_str())).collect();
        let mut head = format!("{} ({})", printable(&thing.label), classes.join(", "));
        if !thing.alternative_labels.is_empty() {
            let others: Vec<&str> = thing.alternative_labels.iter().map(String::as_str).collect();
            head.push_str(&format!(", also {}", printable(&others.join(", "))));
        }
        let mut rows = vec![vec![head], vec![format!("<{}> {}", thing.iri.as_str(), self.identity(thing))]];
        rows.extend(thing.links.iter().map(|link| {
            let by = match link.by {
                Linker::User => "the --same file",
                Linker::Gazetteer => "the gazetteer",
                Linker::BuiltIn => "the built-in gazetteer",
            };
            vec![format!("same as <{}> by {by}", link.iri.as_str())]
        }));
        if thing.appearances.is_empty() {
            rows.push(vec!["no words of a text name it, but what surrounds the text does".to_owned()]);
        }
        for told in thing.appearances.chunk_by(|one, next| one.document == next.document) {
            rows.extend(self.document(told));
        }
        rows
    }

    /// Why a thing has its IRI.
    fn identity(&self, thing: &Thing) -> String {
        let plain = thing.identity.plain.as_str();
        match thing.iri.as_str().strip_prefix(plain) {
            Some("") => "by its class and name".to_owned(),
            Some(apart) if apart.starts_with('_') => {
                let aspects = thing.identity.distinctions.iter().filter_map(|(aspect, values)| {
                    let values = values.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
                    match aspect {
                        Aspect::Key(property) => {
                            Some(format!("{} {values}", self.property(property.as_str())))
                        }
                        Aspect::Relation(_) => Some(values),
                        Aspect::Class | Aspect::Link(_) | Aspect::Told(_) => None,
                    }
                });
                let aspects = aspects.collect::<Vec<_>>().join("; ");
                let aspects =
                    if aspects.is_empty() { "its class, its links or a --same file" } else { &aspects };
                format!("by its class and name, told apart from others by {aspects}")
            }
            _ => format!("in place of <{plain}>, which its class and name would give"),
        }
    }

    /// The sentences of one document that mention a thing, and the mentions in each.
    fn document(&self, told: &[Appearance]) -> Vec<Row> {
        let number = told[0].document;
        let id = &self.graph.documents()[number].id;
        // A --same file may make one of what a document tells as two.
        let told_there =
            told.iter().filter_map(|appearance| self.documents[number].iris.get(&place(appearance)));
        let alone: Vec<String> =
            told_there.map(|iri| format!("<{}>", in_document(iri, id).as_str())).collect();
        let mut rows =
            vec![vec![format!("{} (document; in a --same file {})", printable(id), alone.join(", "))]];
        for mentions in told.chunk_by(|one, next| one.sentence == next.sentence) {
            rows.push(vec![format!("  {}", self.words(number, mentions[0].sentence))]);
            rows.extend(mentions.iter().map(|appearance| {
                let Offsets { start, end } = appearance.mention;
                let words = self.words(number, appearance.mention);
                vec![
                    appearance.rule.to_string(),
                    appearance.kind.to_string(),
                    format!("{start}:{end}"),
                    words,
                ]
            }));
        }
        rows
    }

    /// A stretch of a document's text on one line.
    fn words(&self, document: usize, Offsets { start, end }: Offsets) -> String {
        let text: String = self.documents[document].text.chars().skip(start).take(end - start).collect();
        printable(&text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn class(&self, iri: &str) -> String {
        let class = self.ontology.class_named(iri).map(|id| self.ontology.class(id).label.clone());
        class.unwrap_or_else(|| local_name(iri).to_lowercase())
    }

    fn property(&self, iri: &str) -> String {
        let property = self.ontology.property_named(iri).map(|id| self.ontology.property(id).label.clone());
        property.unwrap_or_else(|| local_name(iri).to_owned())
    }
}
