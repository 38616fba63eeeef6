//! What RDF tells besides the statements, and in whose terms.

use anyhow::{Context, Result, bail, ensure};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use oxrdf::NamedNode;
use oxrdf::vocab::rdf;
use tellgraph::export::{self, Evidence, Options, Terms};
use tellgraph::ontology::{Class, local_name};
use tellgraph::rdf::{Dataset, Quad};
use tellgraph::{Format, Ontology};

use super::message::warn;

#[derive(Args)]
pub struct RdfOptions {
    /// How the words that say each statement go with it
    #[arg(long, value_name = "FORM", default_value = "none", help_heading = "RDF")]
    evidence: Form,

    /// Whose classes and properties to use
    #[arg(long, value_name = "TERMS", default_value = "core", help_heading = "RDF")]
    vocab: Vocab,

    /// Add what the ontology says of the classes and properties used
    #[arg(long, help_heading = "RDF")]
    with_ontology: bool,

    /// Say in each document's graph when it was made, by the clock or SOURCE_DATE_EPOCH (with --evidence graph)
    #[arg(long, help_heading = "RDF")]
    with_time: bool,

    #[command(flatten)]
    framing: Framing,
}

/// Which things are documents of their own.
#[derive(Args)]
pub struct Framing {
    /// For JSON-LD: the things of this class (and those below it) as documents, each with all that it points to inside, as
    /// schema.org is put into pages; where a thing comes again it goes by its @id, and what is not reached is left out
    #[arg(long, value_name = "CLASS", help_heading = "RDF")]
    frame: Option<String>,
}

/// [`Evidence`], for the command line.
#[derive(Clone, Copy)]
struct Form(Evidence);

/// [`Terms`], for the command line.
#[derive(Clone, Copy)]
struct Vocab(Terms);

impl ValueEnum for Form {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Evidence::None), Self(Evidence::Graph), Self(Evidence::Statement), Self(Evidence::Span)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self.0 {
            Evidence::None => ("none", "Statements alone"),
            Evidence::Graph => (
                "graph",
                "A named graph for each document, with where it is from, in PROV-O (trig, nquads, jsonld)",
            ),
            Evidence::Statement => (
                "statement",
                "Confidence, rule and sentence, as RDF 1.2 reifiers (turtle, trig, ntriples, nquads)",
            ),
            Evidence::Span => ("span", "Positions and words, as Web Annotations (any RDF)"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}

impl ValueEnum for Vocab {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Terms::Core), Self(Terms::Schema), Self(Terms::Both)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self.0 {
            Terms::Core => ("core", "Those of the ontology"),
            Terms::Schema => (
                "schema",
                "Those of schema.org, or else FOAF, that the ontology says are the same, also the other way round; what has none is left out",
            ),
            Terms::Both => ("both", "All of these"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}

impl RdfOptions {
    /// The options that say something else than if they were not given.
    pub fn given(&self) -> Vec<&'static str> {
        let options = [
            (self.evidence.0 != Evidence::None, "--evidence"),
            (self.vocab.0 != Terms::Core, "--vocab"),
            (self.with_ontology, "--with-ontology"),
            (self.with_time, "--with-time"),
            (self.framing.frame.is_some(), "--frame"),
        ];
        options.into_iter().filter(|(given, _)| *given).map(|(_, name)| name).collect()
    }

    /// What they mean for a format.
    ///
    /// # Errors
    /// Options that the format has no form for, and a class that is not in the ontology.
    pub fn options(&self, format: Format, ontology: &Ontology) -> Result<Options> {
        let (evidence, name) = (self.evidence.0, format.name());
        let Some(syntax) = format.syntax() else {
            let given = self.given().join(" and ");
            ensure!(given.is_empty(), "{name} is no RDF: leave {given} out");
            return Ok(Options::default());
        };
        ensure!(
            evidence != Evidence::Graph || syntax.has_graphs(),
            "{name} has no named graphs, which --evidence graph makes: use trig, nquads or jsonld"
        );
        ensure!(
            evidence != Evidence::Statement || syntax.has_version(),
            "{name} has no form for RDF 1.2, which --evidence statement takes: use turtle, trig, ntriples or nquads, or --evidence span"
        );
        ensure!(
            !self.with_time || evidence == Evidence::Graph,
            "--with-time says when a document's graph was made: add --evidence graph"
        );
        let frame = self.framing.class(format, ontology)?;
        ensure!(
            frame.is_none() || evidence != Evidence::Graph,
            "--frame writes no named graphs: leave --evidence graph out"
        );
        Ok(Options {
            evidence,
            terms: self.vocab.0,
            with_ontology: self.with_ontology,
            time: if self.with_time { Some(now()?) } else { None },
            frame,
        })
    }
}

impl Framing {
    /// The class that is asked for.
    ///
    /// # Errors
    /// A format other than JSON-LD, and a class that the ontology has not.
    pub fn class(&self, format: Format, ontology: &Ontology) -> Result<Option<NamedNode>> {
        let Some(name) = &self.frame else { return Ok(None) };
        ensure!(format == Format::JsonLd, "--frame is for JSON-LD: add --to jsonld");
        if let Some(iri) = ontology.expand(name) {
            return Ok(Some(iri));
        }
        let is_named = |iri: &NamedNode| local_name(iri.as_str()) == name;
        let find = |fits: &dyn Fn(&Class) -> bool| ontology.classes().find(|(_, class)| fits(class));
        let found = find(&|class| is_named(&class.iri) || class.label == *name)
            .or_else(|| find(&|class| class.alignments.iter().any(is_named)));
        match found.filter(|_| !name.is_empty()) {
            Some((_, class)) => Ok(Some(class.iri.clone())),
            None => bail!(
                "no class is called {name:?}: --frame takes its IRI, or its name in the ontology (tellgraph check lists them)"
            ),
        }
    }

    /// Tells on standard error if nothing is of the class.
    pub fn warn_of_none(class: &NamedNode, dataset: &Dataset, ontology: &Ontology) {
        let classes = export::framed(class, ontology);
        let is_framed = |quad: Quad<'_>| {
            quad.predicate == rdf::TYPE.as_str()
                && quad.object.iri().is_some_and(|iri| classes.contains(&iri))
        };
        if !dataset.quads().any(is_framed) {
            warn(format_args!(
                "nothing is of the class {class} that --frame names, so that nothing is written of it"
            ));
        }
    }
}

/// The time, to the second, in UTC; `SOURCE_DATE_EPOCH` stands for the clock where builds must be reproducible.
fn now() -> Result<String> {
    let time = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => {
            let seconds = seconds.parse().ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
            seconds.context("SOURCE_DATE_EPOCH is no number of seconds")?
        }
        Err(_) => jiff::Timestamp::now(),
    };
    Ok(jiff::Timestamp::from_second(time.as_second())?.to_string())
}
