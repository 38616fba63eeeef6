//! `tellgraph load`: graphs into a triple store over HTTP.

use std::env;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use tellgraph::store::remote::{self, Credentials, Event, Loaded, Options, Report, State};

use super::graphs::Graphs;
use super::identities::absolute_iri;
use super::interrupt;
use super::message::warn;
use super::output::Output;

/// Load graphs in RDF into a triple store over HTTP.
///
/// URL is where the store takes graphs by the SPARQL 1.1 Graph Store Protocol (Oxigraph: /store, Virtuoso:
/// /sparql-graph-crud-auth, Fuseki: /NAME/data), or, with --update, where it takes SPARQL 1.1 Update (Oxigraph: /update,
/// Virtuoso: /sparql-auth). Graphs go by the parameter `graph`, or `graph-uri` for Virtuoso; another is taken from a URL that
/// ends with it: 'http://a.example/data?context='.
///
/// Documents. `tellgraph extract --evidence graph` puts what each text says into a graph of its own, and where that is from
/// into none. A named graph with this description, what is said in none of its name and of what that alone points to, is a
/// document. Its graph goes in one request, which most stores do whole or not at all; Virtuoso empties a graph before it fills
/// it anew, and may be stopped between. With --update a graph of more than 1,000 statements goes in pieces into a graph aside,
/// and from there in one request. If something goes wrong half way, standard output lists the graphs that are in, one a line,
/// standard error those of which the store's answer did not come, and the exit code is 1. Loading again sends all of it again
/// and mends that. Ctrl-C ends it in this way, too, as soon as the store has answered what is under way; a second Ctrl-C at once.
///
/// Without --replace everything is added to what the store has, where it stands: descriptions in no graph.
///
/// With --replace each named graph takes the place of what the store has under its name, and its description goes INTO IT:
/// loaded again, the old title and address of a document go with its old graph, which they could not from where others'
/// statements stand. So ask GRAPH ?text { ?who tg:founderOf ?what . ?text prov:wasDerivedFrom ?source }. Of a document that
/// tells nothing now (a text of which `extract` made no statement), the description alone is left. No other graph is touched.
/// A description that was loaded without --replace stays where it is.
///
/// What else stands in no graph, as what is said of the program and of what several documents point to, is always added: to the
/// store's default graph, or to --graph IRI, which Virtuoso needs, having no default graph. It is replaced only where it is all
/// of the input and --graph names a graph for it: `load story.ttl --graph IRI --replace`.
///
/// Loading the same again changes nothing, but for blank nodes in what is added: all of them without --replace, and with it
/// those of what stands in no graph. They are new each time, so that what is said of them is there twice, unless --skolemize
/// makes IRIs of them (BASE/.well-known/genid/...), the same each time. A blank node that one request cannot carry, because
/// two graphs share it, gets such an IRI in any case, and a warning says so.
///
/// A request is tried again when the connection breaks and when the store says 429 or 5xx, after 0.25 s, 0.5 s and so on
/// up to 8 s, or after as long as the store asks for by Retry-After, up to 120 s. One that adds blank nodes is not tried again
/// when it may have been done: only after 429, or 503 with Retry-After.
///
/// The environment says who you are: TELLGRAPH_USER and TELLGRAPH_PASSWORD (HTTP Digest or Basic, as the store asks for, and
/// Basic where it does not say), or TELLGRAPH_TOKEN (Bearer). HTTPS trusts what the system trusts; SSL_CERT_FILE names a file with other certificates.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    graphs: Graphs,

    /// Where the store takes graphs or, with --update, updates
    #[arg(short, long, value_name = "URL")]
    to: String,

    /// The graph for what stands in no graph; if not given, the store's default graph
    #[arg(short, long, value_name = "IRI", value_parser = absolute_iri)]
    graph: Option<String>,

    /// Put each named graph, with its description, in the place of what the store has under its name
    #[arg(short, long)]
    replace: bool,

    /// Use SPARQL Update, for stores that have only that; many graphs go in one request
    #[arg(short, long)]
    update: bool,

    /// Make IRIs of blank nodes, the same each time
    #[arg(long)]
    skolemize: bool,

    /// What the IRIs of blank nodes begin with
    #[arg(long, value_name = "IRI", default_value = "https://example.org/", value_parser = absolute_iri)]
    base: String,

    /// Whether to pack what is sent with gzip: auto does so on the way to other machines. Where the store does not take it, it
    /// goes unpacked
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    gzip: When,

    /// How many requests may be under way at once
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=64))]
    connections: u16,

    /// How long the store may take to answer a request, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: u64,

    /// How many times to try a request again
    #[arg(long, value_name = "N", default_value_t = 8)]
    retries: u32,

    /// Send the password or token to another machine even if everybody on the way can read it
    #[arg(long)]
    expose_password: bool,

    /// Write what became of each document to a file, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

const EXAMPLES: &str = "\
Examples:
  tellgraph extract --evidence graph news/ -o news.trig
  tellgraph load news.trig --to http://127.0.0.1:7878/store --replace          Oxigraph
  TELLGRAPH_USER=dba TELLGRAPH_PASSWORD=dba tellgraph load news.trig \\
      --to http://127.0.0.1:8890/sparql-graph-crud-auth --graph https://example.org/documents --replace
  tellgraph load story.ttl --to http://127.0.0.1:7878/update --update --graph https://example.org/story
  zcat dump.nq.gz | tellgraph load --from nquads - --to https://store.example/data --report report.json";

pub fn run(arguments: &Arguments) -> Result<()> {
    let options = options(arguments)?;
    let mut report_file = arguments.report.as_deref().map(|path| Output::open(Some(path))).transpose()?;
    let (dataset, _) = arguments.graphs.read()?;
    let bar = bar(dataset.len() as u64);
    let start = Instant::now();
    interrupt::set(&options.stop)?;
    let loaded = remote::load(&dataset, &arguments.to, &options, &|event| show(&bar, event));
    bar.finish_and_clear();
    let report = loaded.map_err(|error| explained(&error))?;
    let seconds = start.elapsed().as_secs_f64();
    if let Some(mut file) = report_file.take() {
        write_report(&mut file, &report, seconds, arguments)?;
        file.finish()?;
    }
    tell(&report, seconds)
}

fn options(arguments: &Arguments) -> Result<Options> {
    Ok(Options {
        update: arguments.update,
        graph: arguments.graph.clone(),
        replace: arguments.replace,
        skolemize: arguments.skolemize,
        base: arguments.base.trim_end_matches('/').to_owned(),
        pack: match arguments.gzip {
            When::Auto => None,
            When::Always => Some(true),
            When::Never => Some(false),
        },
        connections: arguments.connections.into(),
        timeout: Duration::from_secs(arguments.timeout),
        retries: arguments.retries,
        credentials: credentials()?,
        exposes_secrets: arguments.expose_password,
        stop: Arc::default(),
    })
}

/// Who the environment says that we are.
fn credentials() -> Result<Credentials> {
    let get = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let (user, password) = (get("TELLGRAPH_USER"), get("TELLGRAPH_PASSWORD"));
    match (get("TELLGRAPH_TOKEN"), user, password) {
        (None, None, None) => Ok(Credentials::None),
        (Some(token), None, None) => {
            let is_plain = token.bytes().all(|byte| byte.is_ascii_graphic());
            ensure!(is_plain, "TELLGRAPH_TOKEN has characters that no token has");
            Ok(Credentials::Token(token))
        }
        (None, Some(user), password) => {
            ensure!(!user.contains(':'), "TELLGRAPH_USER has a colon, which no user can have");
            Ok(Credentials::Password { user, password: password.unwrap_or_default() })
        }
        (None, None, Some(_)) => bail!("TELLGRAPH_PASSWORD is set, and TELLGRAPH_USER is not"),
        (Some(_), ..) => {
            bail!(
                "TELLGRAPH_TOKEN is set, and so is TELLGRAPH_USER or TELLGRAPH_PASSWORD: only one can be used"
            )
        }
    }
}

/// A bar on a terminal, nothing elsewhere.
fn bar(statements: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} statements, {eta} left {wide_msg}");
    ProgressBar::new(statements).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A wait that is not worth a line.
const SHORT: Duration = Duration::from_secs(5);

fn show(bar: &ProgressBar, event: Event<'_>) {
    match event {
        Event::Stored { statements } => {
            bar.set_message("");
            bar.inc(statements as u64);
        }
        Event::Waiting { error, wait } if bar.is_hidden() => {
            if wait > SHORT {
                warn(format_args!("again in {} s: {error}", wait.as_secs()));
            }
        }
        Event::Waiting { error, wait } => {
            bar.set_message(format!("again in {:.1} s: {error}", wait.as_secs_f64()));
        }
    }
}

/// The error with what helps.
fn explained(error: &remote::Error) -> anyhow::Error {
    use remote::Error as E;
    let help = match error {
        E::NotLetIn { .. } => "TELLGRAPH_USER and TELLGRAPH_PASSWORD, or TELLGRAPH_TOKEN, say who you are",
        E::Exposed { .. } => "use https, or --expose-password",
        E::Late { .. } => "--timeout gives it more time",
        E::NoStore { .. } | E::Refused { status: 404 | 405 | 415, .. } => {
            "--to takes the address of the Graph Store Protocol, or with --update that of SPARQL Update"
        }
        E::Refused { status: 413, .. } => "with --update a large graph goes in pieces",
        _ => return anyhow::anyhow!("{error}"),
    };
    anyhow::anyhow!("{error} ({help})")
}

/// Tells what is in the store: a line if all is, and else the graphs that are.
fn tell(report: &Report, seconds: f64) -> Result<()> {
    if report.named_blank_nodes > 0 {
        warn(format_args!("{} blank nodes got IRIs", report.named_blank_nodes));
    }
    if let Some(first) = report.changed.first() {
        let count = report.changed.len();
        warn(format_args!("Virtuoso gives {count} literals back as others, such as {first}"));
    }
    // What stands in no graph is no document beside others.
    let count = report.documents.iter().filter(|document| document.graph.is_some()).count();
    let mut output = Output::open(None)?;
    let Some(failure) = &report.failure else {
        writeln!(
            output,
            "loaded {} statements of {} documents in {seconds:.1} s: {:.1} MB in {} requests, {} tried again",
            report.statements(State::Loaded),
            count.max(1).min(report.documents.len()),
            report.bytes as f64 / 1e6,
            report.requests,
            report.retries,
        )?;
        return output.finish();
    };
    for document in report.in_state(State::Loaded) {
        writeln!(output, "{}", name(document))?;
    }
    output.finish()?;
    for document in report.in_state(State::Unsure) {
        warn(format_args!("not sure whether it is in: {}", name(document)));
    }
    let count = |state| report.in_state(state).count();
    Err(explained(failure)).with_context(|| {
        format!(
            "{} of {} documents are in the store, {} may be; loading again loads all",
            count(State::Loaded),
            report.documents.len(),
            count(State::Unsure),
        )
    })
}

fn name(document: &Loaded) -> &str {
    document.graph.as_deref().unwrap_or("(what stands in no graph)")
}

/// What `--report` writes.
#[derive(Serialize)]
struct Written<'a> {
    to: &'a str,
    seconds: f64,
    statements: usize,
    #[serde(flatten)]
    report: &'a Report,
}

fn write_report(file: &mut Output, report: &Report, seconds: f64, arguments: &Arguments) -> Result<()> {
    let statements = report.statements(State::Loaded);
    let written = Written { to: &arguments.to, seconds, statements, report };
    serde_json::to_writer_pretty(&mut *file, &written).context("cannot write the report")?;
    writeln!(file).context("cannot write the report")
}
