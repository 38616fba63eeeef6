//! Kept: a document with its graph, packed for the disk.

use std::io::{Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::Digest as _;

use crate::graph::Graph;
use crate::ontology::Ontology;
use crate::source::conllu::Given;

/// What tells one text, with all that is known of it, from another.
pub type Digest = [u8; 32];

/// A document and its graph, as a store keeps them.
#[derive(Clone, Debug)]
pub struct Kept {
    pub(super) id: String,
    pub(super) path: Option<String>,
    pub(super) title: Option<String>,
    pub(super) date: Option<String>,
    pub(super) url: Option<String>,
    pub(super) digest: Digest,
    pub(super) source: Vec<u8>,
    pub(super) graph: Vec<u8>,
}

impl Kept {
    /// Packs a document and the graph that was read from it.
    pub fn of(given: &Given, graph: &Graph) -> Self {
        let bytes = bytes(given);
        let source = &given.source;
        Self {
            id: source.id.clone(),
            path: source.path.as_deref().map(place),
            title: source.title.clone(),
            date: source.date.clone(),
            url: source.url.clone(),
            digest: sha2::Sha256::digest(&bytes).into(),
            source: packed(&bytes),
            graph: packed(&graph.to_record()),
        }
    }

    pub fn id(&self) -> &str {
        &self.id
    }
}

/// A path, as it is kept.
pub(super) fn place(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// What tells a document from any other.
pub(super) fn digest(given: &Given) -> Digest {
    sha2::Sha256::digest(bytes(given)).into()
}

fn bytes(given: &Given) -> Vec<u8> {
    postcard::to_stdvec(given).expect("strings and numbers can be written to memory")
}

/// The graph of a document; an error says what is wrong with the bytes.
pub(super) fn graph(id: &str, bytes: &[u8], ontology: &Ontology) -> Result<Graph, String> {
    let graph = Graph::from_record(&unpacked(bytes)?, ontology).map_err(|error| error.to_string())?;
    let is_of_it = matches!(graph.documents(), [document] if document.id == id);
    if is_of_it { Ok(graph) } else { Err("its graph is that of another".to_owned()) }
}

pub(super) fn source(bytes: &[u8]) -> Result<Given, String> {
    postcard::from_bytes(&unpacked(bytes)?).map_err(|error| format!("not a text as it is kept: {error}"))
}

/// Gzip, whose checksum tells bytes that are not what was written.
pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory can be written to")
}

pub(super) fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut unpacked = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut unpacked).map_err(|error| error.to_string())?;
    Ok(unpacked)
}
