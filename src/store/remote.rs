//! Loads a dataset into a triple store over HTTP: SPARQL 1.1 Graph Store Protocol, or SPARQL 1.1 Update.
//!
//! The unit is the document: a named graph, with what is said of it in no graph (its description: where it is from). A
//! document is in the store whole or not at all as far as the store itself does one request whole or not at all, and the
//! [`Report`] tells of each whether it is in.
//!
//! Loading the same again changes nothing: statements are a set, [`Options::replace`] puts a graph in the place of what it
//! held, and blank nodes that are added, which alone would be new each time, can be made IRIs ([`Options::skolemize`]).

mod address;
mod answer;
mod blank;
mod client;
mod document;
mod error;
mod login;
mod request;
mod virtuoso;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;

use crate::rdf::Dataset;
use address::Address;
use client::{Client, Failure};
use document::{Document, batches, documents};
use request::{Composer, Way};

pub use error::Error;
pub use login::Credentials;

/// How to load.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether the address takes SPARQL Update, and not the Graph Store Protocol.
    pub update: bool,
    /// The graph for what stands in none; if not given, the store's default graph.
    pub graph: Option<String>,
    /// Whether each named graph, with its description inside, takes the place of what the store has under its name. What
    /// else stands in no graph is added all the same, unless [`Options::graph`] names a graph for it and there is nothing
    /// else.
    pub replace: bool,
    /// Whether all blank nodes become IRIs, and not only those that one request cannot carry.
    pub skolemize: bool,
    /// What the IRIs of blank nodes begin with, without a slash at the end.
    pub base: String,
    /// Whether bodies are packed with gzip; if not given, they are on their way to other machines. A store that does not
    /// take them so gets them unpacked.
    pub pack: Option<bool>,
    /// How many requests may be under way at once.
    pub connections: usize,
    /// How long the store may take to answer one request.
    pub timeout: Duration,
    /// How many times a request is tried again.
    pub retries: u32,
    pub credentials: Credentials,
    /// Whether a password or token may go to another machine over a line that is not encrypted.
    pub exposes_secrets: bool,
    /// To be set, from another thread, when nothing more is to be sent.
    pub stop: Arc<AtomicBool>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            update: false,
            graph: None,
            replace: false,
            skolemize: false,
            base: "https://example.org".to_owned(),
            pack: None,
            connections: 2,
            timeout: Duration::from_secs(300),
            retries: 8,
            credentials: Credentials::None,
            exposes_secrets: false,
            stop: Arc::default(),
        }
    }
}

/// What happens while loading.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// A request is done that held so many statements.
    Stored { statements: usize },
    /// A request failed, and is tried again after a while.
    Waiting { error: &'a Error, wait: Duration },
}

/// Whether a document is in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The store said so.
    Loaded,
    /// It was sent, and the store's answer did not come, or was that it failed inside.
    Unsure,
    /// It was not sent, or refused.
    Missing,
}

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Loaded {
    /// Its graph; `None` for what stands in no graph and is said of none.
    pub graph: Option<String>,
    pub state: State,
    /// How many statements it has, with those about it that no graph holds.
    pub statements: usize,
}

/// What was loaded.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    pub documents: Vec<Loaded>,
    pub requests: u64,
    /// How many bytes the requests that were done held, as they went.
    pub bytes: u64,
    pub retries: u64,
    /// How many blank nodes became IRIs.
    pub named_blank_nodes: usize,
    /// How many stayed blank nodes.
    pub blank_nodes: usize,
    /// Literals that the store is known to give back as others, as N-Quads writes them.
    pub changed: Vec<String>,
    /// What put an end to it, if not all was loaded.
    #[serde(serialize_with = "words")]
    pub failure: Option<Error>,
}

fn words<S: serde::Serializer>(failure: &Option<Error>, serializer: S) -> Result<S::Ok, S::Error> {
    failure.as_ref().map(Error::to_string).serialize(serializer)
}

impl Report {
    /// How many statements are in documents of a state.
    pub fn statements(&self, state: State) -> usize {
        self.in_state(state).map(|document| document.statements).sum()
    }

    /// The documents of a state.
    pub fn in_state(&self, state: State) -> impl Iterator<Item = &Loaded> {
        self.documents.iter().filter(move |document| document.state == state)
    }
}

/// Loads a sorted dataset into the store at `url`; `observe` is told how it goes, from any thread.
///
/// # Errors
/// Whatever shows before anything is sent: a wrong address, nobody there, a graph that cannot be sent as asked for. What
/// fails later is told by [`Report::failure`].
pub fn load(
    dataset: &Dataset,
    url: &str,
    options: &Options,
    observe: &(dyn Fn(Event<'_>) + Sync),
) -> Result<Report, Error> {
    let client = Client::new(url, options, observe)?;
    let address = Address::read(url);
    address.check()?;
    check(dataset, options)?;
    if dataset.is_empty() {
        return Ok(Report::default());
    }
    let hello =
        if options.update { address.whole().to_owned() } else { address.of(Some("urn:x-tellgraph:nothing")) };
    let server = client.greet(&hello)?;
    let way = way(&server, &address, options);
    let is_virtuoso = server.starts_with("Virtuoso");
    if is_virtuoso && !options.update {
        virtuoso::check_address(url)?;
    }
    if is_virtuoso && options.graph.is_none() && has_default(dataset) {
        let said = "Virtuoso has no default graph: name a graph (--graph) for what stands in none";
        return Err(Error::Graph(said.to_owned()));
    }
    // Its updates take no blank nodes either.
    let names_all = options.skolemize || (is_virtuoso && options.update);
    let (dataset, named) = name_blank_nodes(dataset, way, names_all, options);
    let changed = if is_virtuoso { virtuoso::changed(&dataset) } else { Vec::new() };
    if is_virtuoso {
        virtuoso::check(&dataset)?;
    }
    let documents = documents(&dataset, options.replace);
    let composer = Composer { dataset: &dataset, documents: &documents, address: &address, options, way };
    let run = Run::new(&client, &composer, observe);
    run.all();
    let (states, failure) = run.finish();
    let is_cut_short = states.contains(&State::Missing);
    let failure = failure.map(|failure| failure.error).or_else(|| is_cut_short.then_some(Error::Stopped));
    let loaded = |(document, state): (&Document<'_>, State)| Loaded {
        graph: document.graph.map(str::to_owned),
        state,
        statements: document.len(),
    };
    Ok(Report {
        documents: documents.iter().zip(states).map(loaded).collect(),
        requests: client.requests.load(Ordering::Relaxed),
        bytes: client.bytes.load(Ordering::Relaxed),
        retries: client.retries.load(Ordering::Relaxed),
        named_blank_nodes: named,
        blank_nodes: blank::all(&dataset).len(),
        changed,
        failure,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn has_default(dataset: &Dataset) -> bool {
    !dataset.is_empty() && dataset.get(0).graph.is_none()
}

/// What stands in no graph must not go into one that the input has itself, and that is put in place before or after.
fn check(dataset: &Dataset, options: &Options) -> Result<(), Error> {
    let Some(graph) = options.graph.as_deref().filter(|_| has_default(dataset)) else { return Ok(()) };
    if options.replace && dataset.quads().any(|quad| quad.graph.and_then(|it| it.iri()) == Some(graph)) {
        let said = format!("<{graph}> is a graph of the input: what stands in none needs another");
        return Err(Error::Graph(said));
    }
    Ok(())
}

/// Which requests to use: those of the standards, unless the store is known to take many graphs at once.
fn way(server: &str, address: &Address, options: &Options) -> Way {
    if options.update {
        Way::Updates
    } else if server.starts_with("Oxigraph") && !options.replace && !address.has_parameters() {
        Way::Quads
    } else {
        Way::Graphs
    }
}

/// Makes IRIs of blank nodes that the requests cannot carry, or of all; tells how many.
fn name_blank_nodes<'d>(
    dataset: &'d Dataset,
    way: Way,
    all: bool,
    options: &Options,
) -> (Cow<'d, Dataset>, usize) {
    let mut dataset = Cow::Borrowed(dataset);
    let mut count = 0;
    // Once more after the graphs have names, for what stands in these.
    for _ in 0..2 {
        let documents = documents(&dataset, options.replace);
        let mut labels = blank::shared(&dataset, &documents, |document| way.cuts(document, &dataset));
        if all {
            labels.extend(blank::all(&dataset));
        }
        if labels.is_empty() {
            break;
        }
        let labels: HashSet<String> = labels.into_iter().map(str::to_owned).collect();
        count += labels.len();
        let labels = labels.iter().map(String::as_str).collect();
        let renamed = blank::named(&dataset, &labels, options.base.trim_end_matches('/'));
        dataset = Cow::Owned(renamed);
    }
    (dataset, count)
}

/// Sends all batches, a few at once, until one fails.
struct Run<'a> {
    client: &'a Client<'a>,
    composer: &'a Composer<'a>,
    batches: Vec<std::ops::Range<usize>>,
    next: AtomicUsize,
    states: Mutex<Vec<State>>,
    failure: Mutex<Option<Failure>>,
    observe: &'a (dyn Fn(Event<'_>) + Sync),
}

impl<'a> Run<'a> {
    fn new(
        client: &'a Client<'a>,
        composer: &'a Composer<'a>,
        observe: &'a (dyn Fn(Event<'_>) + Sync),
    ) -> Self {
        Self {
            client,
            composer,
            batches: batches(composer.documents, composer.dataset, composer.way.limit()),
            next: AtomicUsize::new(0),
            states: Mutex::new(vec![State::Missing; composer.documents.len()]),
            failure: Mutex::new(None),
            observe,
        }
    }

    fn all(&self) {
        let connections = self.composer.options.connections.clamp(1, self.batches.len().max(1));
        std::thread::scope(|scope| {
            for _ in 0..connections {
                scope.spawn(|| {
                    while !self.client.is_stopped() {
                        let number = self.next.fetch_add(1, Ordering::Relaxed);
                        let Some(batch) = self.batches.get(number) else { break };
                        self.batch(batch.clone());
                    }
                });
            }
        });
    }

    fn batch(&self, batch: std::ops::Range<usize>) {
        for step in self.composer.steps(batch.clone()) {
            if self.client.is_stopped() {
                return self.tidy(batch);
            }
            if let Err(failure) = self.client.send(&step.request) {
                let state = if failure.is_unsure { State::Unsure } else { State::Missing };
                self.mark(step.completes, state);
                self.stop(failure);
                return self.tidy(batch);
            }
            let done = &self.composer.documents[step.completes.clone()];
            (self.observe)(Event::Stored { statements: done.iter().map(Document::len).sum() });
            self.mark(step.completes, State::Loaded);
        }
    }

    /// Removes what a document that goes in pieces leaves behind where it is not finished.
    fn tidy(&self, batch: std::ops::Range<usize>) {
        if self.composer.way.cuts(&self.composer.documents[batch.start], self.composer.dataset) {
            // It cannot be helped if this fails too: the next load begins with it.
            let _ = self.client.send(&self.composer.drop_passage(batch.start));
        }
    }

    fn mark(&self, documents: std::ops::Range<usize>, state: State) {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        states[documents].fill(state);
    }

    /// Sends nothing more, and keeps what went wrong first.
    fn stop(&self, failure: Failure) {
        let mut first = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        self.client.has_failed.store(true, Ordering::Relaxed);
        first.get_or_insert(failure);
    }

    fn finish(self) -> (Vec<State>, Option<Failure>) {
        let states = self.states.into_inner().unwrap_or_else(PoisonError::into_inner);
        (states, self.failure.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}
