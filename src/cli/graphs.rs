//! Which graphs in RDF to read.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use flate2::read::MultiGzDecoder;
use tellgraph::rdf::{Dataset, Prefix, Reader, Syntax, percent_encoded};

use super::formats;

#[derive(Args)]
pub struct Graphs {
    /// Files in RDF, also packed as .gz, or - for standard input
    #[arg(value_name = "GRAPH", required = true)]
    pub inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub reading: Reading,
}

/// How to read them.
#[derive(Args)]
pub struct Reading {
    /// The form of the input; if not given, the ending of each file tells
    #[arg(short, long, value_name = "FORMAT", value_parser = formats::syntax_parser())]
    pub from: Option<Syntax>,

    /// What relative IRIs in the input are relative to; if not given, the file itself
    #[arg(long, value_name = "IRI")]
    pub relative_to: Option<String>,
}

impl Graphs {
    /// Reads all of them into one.
    ///
    /// # Errors
    /// A file that cannot be read, or is not in the form that it is said to be in.
    pub fn read(&self) -> Result<(Dataset, Vec<Prefix>)> {
        self.reading.read(&self.inputs)
    }
}

impl Reading {
    /// The options that are given.
    pub fn given(&self) -> Vec<&'static str> {
        let options = [(self.from.is_some(), "--from"), (self.relative_to.is_some(), "--relative-to")];
        options.into_iter().filter(|(given, _)| *given).map(|(_, name)| name).collect()
    }

    pub fn read(&self, inputs: &[PathBuf]) -> Result<(Dataset, Vec<Prefix>)> {
        let mut reader = Reader::new(inputs.len());
        for path in inputs {
            let mut bytes = Vec::new();
            let name = name(path);
            open(path)?.read_to_end(&mut bytes).with_context(|| format!("cannot read {name}"))?;
            let base = self.relative_to.clone().unwrap_or_else(|| address(path));
            reader.read(&name, &bytes, self.syntax(path)?, &base)?;
        }
        Ok(reader.finish())
    }

    pub fn syntax(&self, path: &Path) -> Result<Syntax> {
        match self.from.or_else(|| formats::syntax_of_path(path)) {
            Some(syntax) => Ok(syntax),
            None => bail!(
                "{}: not known to be in RDF; say by --from in which form it is, or use {}",
                name(path),
                formats::rdf_endings()
            ),
        }
    }
}

/// What messages call a file.
pub fn name(path: &Path) -> String {
    if is_standard(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// Opens a file to read, unpacked.
///
/// # Errors
/// A file that is not there.
pub fn open(path: &Path) -> Result<Box<dyn Read>> {
    if is_standard(path) {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(if formats::is_packed(path) { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) })
}

fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The IRI of a file.
fn address(path: &Path) -> String {
    if is_standard(path) {
        return "file:///dev/stdin".to_owned();
    }
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let parts = path.as_os_str().as_encoded_bytes().split(|byte| *byte == b'/').map(percent_encoded);
    format!("file://{}", parts.collect::<Vec<_>>().join("/"))
}
