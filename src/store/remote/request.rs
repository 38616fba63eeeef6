//! What is asked of a store: requests of the Graph Store Protocol, of SPARQL Update, or of a whole dataset at once.

use std::fmt::Write as _;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::address::Address;
use super::document::{Document, Limit};
use super::{Options, blank};
use crate::rdf::{Dataset, Quad, Term};

/// How documents are put into the requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// SPARQL 1.1 Graph Store Protocol: one request for each graph.
    Graphs,
    /// N-Quads of many graphs in one request, which is beyond the protocol; only adds.
    Quads,
    /// SPARQL 1.1 Update: many graphs in one request.
    Updates,
}

impl Way {
    pub(super) fn limit(self) -> Limit {
        match self {
            // Each graph is a request anyhow; what is said of them in no graph goes before them, in one.
            Self::Graphs => Limit { documents: 50, statements: 100_000, bytes: 8 << 20 },
            Self::Quads => Limit { documents: usize::MAX, statements: usize::MAX, bytes: 8 << 20 },
            // Virtuoso 7.2 compiles an update as a whole, and has no memory for one of 5,000 statements.
            Self::Updates => Limit { documents: usize::MAX, statements: 1000, bytes: 1 << 20 },
        }
    }

    /// Whether a document goes in pieces, which are put together in the store.
    pub(super) fn cuts(self, document: &Document<'_>, dataset: &Dataset) -> bool {
        let limit = self.limit();
        self == Self::Updates && (document.len() > limit.statements || document.size(dataset) > limit.bytes)
    }
}

/// A request that can be sent.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub method: &'static str,
    pub url: String,
    /// The media type of the body.
    pub media: &'static str,
    pub body: Vec<u8>,
    /// Whether sending it twice does the same as sending it once.
    pub again: bool,
}

/// A request, and the documents that are in the store once it is done.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub request: Request,
    pub completes: Range<usize>,
}

const TRIPLES: &str = "text/turtle";
/// What a body of triples begins with. Virtuoso 7.2 looks at the text and not at its type: without a prefix, one with a long
/// literal at the start is no RDF to it, and one with "<html" in its first 64 KiB is a page.
const BEGIN: &str = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n";
const QUADS: &str = "application/n-quads";
const UPDATE: &str = "application/sparql-update";

/// Composes the requests that load documents.
pub(super) struct Composer<'a> {
    pub dataset: &'a Dataset,
    pub documents: &'a [Document<'a>],
    pub address: &'a Address,
    pub options: &'a Options,
    pub way: Way,
}

impl Composer<'_> {
    /// The requests for a batch of documents, in the order in which to send them.
    pub(super) fn steps(&self, batch: Range<usize>) -> Vec<Step> {
        match self.way {
            Way::Graphs => self.graphs(batch),
            Way::Quads => vec![self.quads(batch)],
            Way::Updates => match &self.documents[batch.start] {
                document if self.way.cuts(document, self.dataset) => self.pieces(batch.start),
                _ => vec![self.update(batch)],
            },
        }
    }

    fn graphs(&self, batch: Range<usize>) -> Vec<Step> {
        let mut steps = Vec::new();
        let about: Vec<usize> =
            self.documents[batch.clone()].iter().flat_map(|document| document.about.clone()).collect();
        if !about.is_empty() {
            let request = self.triples("POST", self.options.graph.as_deref(), &about);
            steps.push(Step { request, completes: batch.start..batch.start });
        }
        for at in batch {
            let document = &self.documents[at];
            let graph = document.graph.or(self.options.graph.as_deref());
            let method = if self.replaces(document) { "PUT" } else { "POST" };
            if !document.statements.is_empty() {
                let request = self.triples(method, graph, &document.statements);
                steps.push(Step { request, completes: at..at + 1 });
            } else if let Some(step) = steps.last_mut() {
                // What is said of it is all there is.
                step.completes.end = at + 1;
            }
        }
        steps
    }

    /// Whether the statements of a document take the place of what its graph holds. What stands in no graph only does if a
    /// graph is named for it and it is all there is: else it would wipe out what is said of other documents.
    fn replaces(&self, document: &Document<'_>) -> bool {
        let is_own = document.graph.is_some() || (self.options.graph.is_some() && self.documents.len() == 1);
        self.options.replace && is_own
    }

    fn triples(&self, method: &'static str, graph: Option<&str>, rows: &[usize]) -> Request {
        let mut body = BEGIN.to_owned();
        for place in rows {
            let quad = self.dataset.get(*place);
            match quad.object {
                Term::Literal { escaped, suffix } if escaped.contains('<') => {
                    let escaped = &escaped.replace('<', "\\u003C");
                    write_triple(&mut body, Quad { object: Term::Literal { escaped, suffix }, ..quad });
                }
                _ => write_triple(&mut body, quad),
            }
        }
        let again = method != "POST" || !self.has_blank(rows);
        Request { method, url: self.address.of(graph), media: TRIPLES, body: body.into_bytes(), again }
    }

    fn quads(&self, batch: Range<usize>) -> Step {
        let mut body = String::new();
        let mut again = true;
        for document in &self.documents[batch.clone()] {
            for (rows, graph) in self.placed(document) {
                again &= !self.has_blank(rows);
                for place in rows {
                    let quad = self.dataset.get(*place);
                    let _ = write!(body, "{} <{}> {} ", quad.subject, quad.predicate, quad.object);
                    let _ = graph.map_or(Ok(()), |graph| write!(body, "<{graph}> "));
                    body.push_str(".\n");
                }
            }
        }
        let url = self.address.whole().to_owned();
        let request = Request { method: "POST", url, media: QUADS, body: body.into_bytes(), again };
        Step { request, completes: batch }
    }

    /// The statements of a document and what is said of it, each with the graph that it goes to.
    fn placed<'b>(&'b self, document: &'b Document<'_>) -> [(&'b [usize], Option<&'b str>); 2] {
        let given = self.options.graph.as_deref();
        [(&document.statements, document.graph.or(given)), (&document.about, given)]
    }

    fn update(&self, batch: Range<usize>) -> Step {
        let mut text = String::new();
        let mut blocks = Vec::new();
        // A blank node that is inserted again is another one, unless the graph is dropped first.
        let mut again = true;
        for document in &self.documents[batch.clone()] {
            again &= self.replaces(document) || !self.has_blank(&document.statements);
            again &= !self.has_blank(&document.about);
            if let Some(graph) = document.graph.or(self.options.graph.as_deref())
                && self.replaces(document)
            {
                let _ = writeln!(text, "DROP SILENT GRAPH <{graph}> ;");
            }
            blocks.extend(self.placed(document));
        }
        self.write_insert(&mut text, &blocks);
        Step { request: self.updating(text, again), completes: batch }
    }

    /// A document piece by piece into a graph of passage, and from there in one step to where it belongs.
    fn pieces(&self, at: usize) -> Vec<Step> {
        let document = &self.documents[at];
        let passage = passage(document.graph.or(self.options.graph.as_deref()).unwrap_or_default());
        let mut steps = Vec::new();
        let mut text = format!("DROP SILENT GRAPH <{passage}> ;\n");
        let limit = self.way.limit();
        for piece in self.cut(&document.statements, limit) {
            self.write_insert(&mut text, &[(piece, Some(&passage))]);
            let request = self.updating(std::mem::take(&mut text), true);
            steps.push(Step { request, completes: at..at });
        }
        if let Some(about) = self.placed(document).last().filter(|(rows, _)| !rows.is_empty()) {
            self.write_insert(&mut text, &[*about]);
            text.push_str(" ;\n");
        }
        let target = document.graph.or(self.options.graph.as_deref());
        let target = target.map_or_else(|| "DEFAULT".to_owned(), |graph| format!("GRAPH <{graph}>"));
        // Both leave the passage as it is, so that they can be asked for again.
        let verb = if self.replaces(document) { "COPY" } else { "ADD" };
        let _ = write!(text, "{verb} GRAPH <{passage}> TO {target}");
        steps.push(Step { request: self.updating(text, true), completes: at..at + 1 });
        steps.push(Step { request: self.drop_passage(at), completes: at + 1..at + 1 });
        steps
    }

    /// Removes the graph through which a document that goes in pieces passes.
    pub(super) fn drop_passage(&self, at: usize) -> Request {
        let graph = self.documents[at].graph.or(self.options.graph.as_deref()).unwrap_or_default();
        self.updating(format!("DROP SILENT GRAPH <{}>", passage(graph)), true)
    }

    fn cut<'b>(&'b self, rows: &'b [usize], limit: Limit) -> Vec<&'b [usize]> {
        let mut pieces = Vec::new();
        let (mut start, mut bytes) = (0, 0);
        for (at, place) in rows.iter().enumerate() {
            let size = self.dataset.size(*place);
            if at > start && (at - start == limit.statements || bytes + size > limit.bytes) {
                pieces.push(&rows[start..at]);
                (start, bytes) = (at, 0);
            }
            bytes += size;
        }
        pieces.push(&rows[start..]);
        pieces
    }

    fn write_insert(&self, text: &mut String, blocks: &[(&[usize], Option<&str>)]) {
        text.push_str("INSERT DATA {\n");
        for (rows, graph) in blocks.iter().filter(|(rows, _)| !rows.is_empty()) {
            let _ = graph.map_or(Ok(()), |graph| writeln!(text, "GRAPH <{graph}> {{"));
            for place in *rows {
                write_triple(text, self.dataset.get(*place));
            }
            text.push_str(if graph.is_some() { "}\n" } else { "" });
        }
        text.push('}');
    }

    fn updating(&self, text: String, again: bool) -> Request {
        let url = self.address.whole().to_owned();
        Request { method: "POST", url, media: UPDATE, body: text.into_bytes(), again }
    }

    fn has_blank(&self, rows: &[usize]) -> bool {
        let mut found = false;
        for place in rows {
            blank::each(self.dataset.get(*place), &mut |_| found = true);
        }
        found
    }
}

/// The graph through which one that goes in pieces passes.
fn passage(graph: &str) -> String {
    format!("urn:tellgraph:passage:{}", super::hex(&Sha256::digest(graph)[..8]))
}

fn write_triple(text: &mut String, quad: Quad<'_>) {
    let _ = writeln!(text, "{} {} {} .", quad.subject, Term::Iri(quad.predicate), quad.object);
}

#[cfg(test)]
mod tests {
    use super::super::document::{batches, documents};
    use super::*;
    use crate::rdf::{Reader, Syntax};

    fn requests(text: &str, way: Way, options: &Options) -> Vec<String> {
        let mut reader = Reader::new(1);
        reader.read("x.nq", text.as_bytes(), Syntax::NQuads, "").unwrap();
        let dataset = reader.finish().0;
        let documents = documents(&dataset, options.replace);
        let address = Address::read("http://a.example/s");
        let composer = Composer { dataset: &dataset, documents: &documents, address: &address, options, way };
        let batches = batches(&documents, &dataset, way.limit());
        let line = |step: Step| {
            let body = String::from_utf8(step.request.body).unwrap().replace(BEGIN, "").replace('\n', " ");
            let end = body.char_indices().nth(160).map_or(body.len(), |(at, _)| at);
            format!("{} {} {:?} {}", step.request.method, step.request.url, step.completes, &body[..end])
        };
        batches.into_iter().flat_map(|batch| composer.steps(batch)).map(line).collect()
    }

    const TWO: &str = "<urn:g:1> <urn:a:p> \"of 1\" .\n<urn:x:x> <urn:a:p> \"of none\" .\n\
        <urn:a:s> <urn:a:p> \"é\" <urn:g:1> .\n<urn:a:s> <urn:a:p> <urn:a:o> <urn:g:2> .\n";

    #[test]
    fn a_graph_is_put_and_the_rest_added() {
        let options = Options { replace: true, ..Options::default() };
        assert_eq!(
            requests(TWO, Way::Graphs, &options),
            [
                "POST http://a.example/s?default 0..1 <urn:x:x> <urn:a:p> \"of none\" . ",
                "PUT http://a.example/s?graph=urn%3Ag%3A1 1..2 <urn:a:s> <urn:a:p> \"é\" . <urn:g:1> <urn:a:p> \"of 1\" . ",
                "PUT http://a.example/s?graph=urn%3Ag%3A2 2..3 <urn:a:s> <urn:a:p> <urn:a:o> . ",
            ]
        );
        let options = Options { graph: Some("urn:g:own".to_owned()), ..options };
        let alone = requests("<urn:x:x> <urn:a:p> \"of none\" .\n", Way::Graphs, &options);
        assert_eq!(
            alone,
            ["PUT http://a.example/s?graph=urn%3Ag%3Aown 0..1 <urn:x:x> <urn:a:p> \"of none\" . "]
        );
        assert!(
            requests(TWO, Way::Graphs, &options)[0]
                .starts_with("POST http://a.example/s?graph=urn%3Ag%3Aown")
        );
    }

    #[test]
    fn of_a_document_that_tells_nothing_now_its_description_is_left() {
        let text = "<urn:g:1> <http://www.w3.org/ns/prov#wasAttributedTo> <https://w3id.org/tellgraph/version/0> .\n";
        let options = Options { replace: true, ..Options::default() };
        let put = requests(text, Way::Graphs, &options);
        assert!(
            put.len() == 1 && put[0].starts_with("PUT http://a.example/s?graph=urn%3Ag%3A1 0..1 <urn:g:1> ")
        );
        let update = requests(text, Way::Updates, &options);
        assert!(
            update[0].contains("DROP SILENT GRAPH <urn:g:1> ; INSERT DATA { GRAPH <urn:g:1> { <urn:g:1> "),
            "{update:?}"
        );
        let added = requests(text, Way::Graphs, &Options::default());
        assert!(
            added.len() == 1 && added[0].starts_with("POST http://a.example/s?default 0..1"),
            "{added:?}"
        );
    }

    #[test]
    fn what_adds_blank_nodes_is_not_repeated() {
        let again = |text: &str, way: Way, replace: bool| {
            let mut reader = Reader::new(1);
            reader.read("x.nq", text.as_bytes(), Syntax::NQuads, "").unwrap();
            let dataset = reader.finish().0;
            let documents = documents(&dataset, replace);
            let options = Options { replace, ..Options::default() };
            let address = Address::read("http://a.example/s");
            let composer = Composer {
                dataset: &dataset,
                documents: &documents,
                address: &address,
                options: &options,
                way,
            };
            let steps = composer.steps(0..documents.len());
            steps.iter().map(|step| step.request.again).collect::<Vec<_>>()
        };
        let none = "_:a <urn:a:p> <urn:a:o> .\n";
        let named = "_:a <urn:a:p> <urn:a:o> <urn:g:1> .\n";
        let described = "<urn:g:1> <urn:a:p> _:b .\n<urn:a:s> <urn:a:p> <urn:a:o> <urn:g:1> .\n";
        for way in [Way::Graphs, Way::Updates] {
            assert_eq!((again(none, way, true), again(none, way, false)), (vec![false], vec![false]));
            assert_eq!((again(named, way, true), again(named, way, false)), (vec![true], vec![false]));
            assert_eq!(again(described, way, true), [true]);
            assert!(!again(described, way, false)[0]);
        }
    }

    #[test]
    fn many_graphs_go_in_one_request() {
        let options = Options { replace: true, ..Options::default() };
        assert_eq!(
            requests(TWO, Way::Quads, &Options::default()),
            [
                "POST http://a.example/s 0..3 <urn:x:x> <urn:a:p> \"of none\" . <urn:a:s> <urn:a:p> \"é\" <urn:g:1> . \
              <urn:g:1> <urn:a:p> \"of 1\" . <urn:a:s> <urn:a:p> <urn:a:o> <urn:g:2> . "
            ]
        );
        let update = requests(TWO, Way::Updates, &options);
        assert_eq!(update.len(), 1);
        assert!(update[0].starts_with(
            "POST http://a.example/s 0..3 DROP SILENT GRAPH <urn:g:1> ; DROP SILENT GRAPH <urn:g:2> ; INSERT DATA {"
        ), "{update:?}");
    }

    #[test]
    fn a_large_graph_passes_in_pieces() {
        let text: String =
            (0..2500).map(|at| format!("<urn:a:s> <urn:a:p> \"{at}\" <urn:g:1> .\n")).collect();
        let options = Options { replace: true, ..Options::default() };
        let steps = requests(&text, Way::Updates, &options);
        assert_eq!(steps.len(), 5);
        assert!(steps[0].contains(" 0..0 DROP SILENT GRAPH <urn:tellgraph:passage:"), "{}", steps[0]);
        assert!(steps[3].contains(" 0..1 COPY GRAPH <urn:tellgraph:passage:"), "{}", steps[3]);
        assert!(steps[3].ends_with("TO GRAPH <urn:g:1>") && steps[4].contains("DROP SILENT"));
        assert!(
            requests(&text, Way::Updates, &Options::default())[3].contains("0..1 ADD GRAPH <urn:tellgraph:")
        );
    }
}
