//! Queries: statements in memory, asked in SPARQL 1.1.

mod fault;
mod question;

use std::io;

use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, QuerySolutionIter, SparqlEvaluator};
use oxigraph::store::Store;
use oxrdf::{GraphName, NamedNode, Term, Variable};
use spargebra::Query;
use spargebra::algebra::GraphPattern;

use crate::rdf::{self, Dataset, Prefix};

pub use question::Question;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error("not SPARQL: {0}")]
    Syntax(String),
    #[error(
        "that would change something, and queries only ask: `tellgraph load` puts graphs into a triple store"
    )]
    Update,
    #[error("the query cannot be answered: {0}")]
    Evaluation(String),
}

/// Statements, ready to be asked.
///
/// What stands outside `GRAPH` in a query is sought in all graphs together, as most stores do; `FROM` says otherwise.
pub struct Queryable {
    store: Store,
    prefixes: Vec<Prefix>,
    skipped: usize,
}

/// What a query gives.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Of `SELECT`.
    Table(Table),
    /// Of `ASK`.
    Truth(bool),
    /// Of `CONSTRUCT` and `DESCRIBE`, sorted.
    Graph(Dataset),
}

/// Terms under variables; rows come in an order of their own only where the query says none.
#[derive(Clone, Debug)]
pub struct Table {
    variables: Vec<Variable>,
    rows: Vec<Vec<Option<Term>>>,
}

/// A form in which answers of `SELECT` and `ASK` leave, as the W3C recommends each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Json,
    Xml,
    Csv,
    Tsv,
}

impl Queryable {
    /// Takes statements in, and makes prefixes known besides those that a query declares.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn new(dataset: &Dataset, declared: &[Prefix]) -> Result<Self, Error> {
        let store = Store::new().map_err(failed)?;
        let mut quads = Vec::with_capacity(dataset.len());
        let mut skipped = 0;
        for quad in dataset.quads() {
            let Some(triple) = quad.to_triple() else {
                skipped += 1;
                continue;
            };
            if let Some(graph) = quad.graph {
                quads.push(triple.clone().in_graph(graph_name(graph)));
            }
            quads.push(triple.in_graph(GraphName::DefaultGraph));
        }
        let mut loader = store.bulk_loader();
        loader.load_quads(quads).map_err(failed)?;
        loader.commit().map_err(failed)?;
        Ok(Self { store, prefixes: rdf::prefixes(dataset, declared), skipped })
    }

    /// How many statements were left out, as they speak of triples (RDF 1.2).
    pub fn skipped(&self) -> usize {
        self.skipped
    }

    /// The prefixes that a query need not declare.
    pub fn prefixes(&self) -> &[Prefix] {
        &self.prefixes
    }

    /// Answers a query.
    ///
    /// # Errors
    /// Text that is no query, and one that asks for what is not to be had, such as a `SERVICE` on the network.
    pub fn answer(&self, query: &str) -> Result<Answer, Error> {
        let mut parser = spargebra::SparqlParser::new();
        for (prefix, namespace) in &self.prefixes {
            // An ontology may declare what is no IRI; the query is then told that it knows no such prefix.
            parser = parser.clone().with_prefix(prefix, namespace).unwrap_or(parser);
        }
        let query = match parser.clone().parse_query(query) {
            Ok(query) => query,
            Err(_) if parser.parse_update(query).is_ok() => return Err(Error::Update),
            Err(error) => return Err(Error::Syntax(fault::told(query, &self.prefixes, &error.to_string()))),
        };
        let is_ordered = is_ordered(&query);
        let prepared = SparqlEvaluator::new().for_query(query);
        Ok(match prepared.on_store(&self.store).execute().map_err(failed)? {
            QueryResults::Solutions(solutions) => Answer::Table(Table::of(solutions, is_ordered)?),
            QueryResults::Boolean(truth) => Answer::Truth(truth),
            QueryResults::Graph(triples) => {
                let mut dataset = Dataset::default();
                for triple in triples {
                    dataset.push(triple.map_err(failed)?.as_ref().in_graph(GraphName::DefaultGraph.as_ref()));
                }
                dataset.sort();
                Answer::Graph(dataset)
            }
        })
    }
}

impl Table {
    fn of(solutions: QuerySolutionIter<'_>, is_ordered: bool) -> Result<Self, Error> {
        let variables = solutions.variables().to_vec();
        let row = |solution: Result<oxigraph::sparql::QuerySolution, _>| {
            let solution = solution.map_err(failed)?;
            Ok(variables.iter().map(|variable| solution.get(variable).cloned()).collect())
        };
        let mut rows: Vec<Vec<Option<Term>>> = solutions.map(row).collect::<Result<_, Error>>()?;
        if !is_ordered {
            // The engine's order may change from run to run.
            rows.sort_by_cached_key(|row| {
                row.iter().map(|term| term.as_ref().map(Term::to_string)).collect::<Vec<_>>()
            });
        }
        Ok(Self { variables, rows })
    }

    /// What the columns are called, without question marks.
    pub fn variables(&self) -> impl ExactSizeIterator<Item = &str> {
        self.variables.iter().map(Variable::as_str)
    }

    /// The rows; a cell is empty where a variable stands for nothing.
    pub fn rows(&self) -> &[Vec<Option<Term>>] {
        &self.rows
    }

    /// Writes it.
    ///
    /// # Errors
    /// Those of `writer`.
    pub fn write(&self, form: Form, writer: &mut dyn io::Write) -> io::Result<()> {
        let serializer = QueryResultsSerializer::from_format(form.format());
        let mut serializer = serializer.serialize_solutions_to_writer(writer, self.variables.clone())?;
        for row in &self.rows {
            let bound = self.variables.iter().zip(row);
            serializer.serialize(bound.filter_map(|(variable, term)| Some((variable, term.as_ref()?))))?;
        }
        serializer.finish()?;
        Ok(())
    }
}

impl Form {
    fn format(self) -> QueryResultsFormat {
        match self {
            Self::Json => QueryResultsFormat::Json,
            Self::Xml => QueryResultsFormat::Xml,
            Self::Csv => QueryResultsFormat::Csv,
            Self::Tsv => QueryResultsFormat::Tsv,
        }
    }

    /// Writes the answer of `ASK`.
    ///
    /// # Errors
    /// Those of `writer`.
    pub fn write_truth(self, truth: bool, writer: &mut dyn io::Write) -> io::Result<()> {
        QueryResultsSerializer::from_format(self.format()).serialize_boolean_to_writer(writer, truth)?;
        Ok(())
    }
}

/// Whether the rows of a query's answer have an order that it asks for.
fn is_ordered(query: &Query) -> bool {
    let Query::Select { pattern, .. } = query else { return false };
    let mut pattern = pattern;
    loop {
        pattern = match pattern {
            GraphPattern::OrderBy { .. } => return true,
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => inner,
            _ => return false,
        };
    }
}

fn graph_name(term: rdf::Term<'_>) -> GraphName {
    match term {
        rdf::Term::Blank(label) => GraphName::BlankNode(oxrdf::BlankNode::new_unchecked(label)),
        other => GraphName::NamedNode(NamedNode::new_unchecked(other.iri().unwrap_or_default())),
    }
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Evaluation(error.to_string())
}
