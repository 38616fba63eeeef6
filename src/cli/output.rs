//! Where results go: a file that appears whole or not at all, or standard output.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use tellgraph::export::{self, Options};
use tellgraph::{Format, Graph, Ontology};
use tempfile::NamedTempFile;

use super::formats;
use super::rdf_options::Framing;

/// A place to write to; call [`Output::finish`], or a file does not come to be.
pub enum Output {
    Standard(BufWriter<StdoutLock<'static>>),
    /// Something that is there and is no plain file, such as `/dev/stdout`.
    Device(BufWriter<File>),
    File(BufWriter<NamedTempFile>, PathBuf),
    /// What is packed on its way, as its name ends in `.gz`; the same bytes give the same file.
    Packed(Box<GzEncoder<Output>>),
    /// What is written as two tables: the edges, which everything goes to that is not said to be nodes.
    Tables {
        nodes: Box<Output>,
        edges: Box<Output>,
    },
}

impl Output {
    /// Opens a file to write, or standard output.
    ///
    /// # Errors
    /// A path that cannot be written to.
    pub fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
            return Ok(Self::Standard(BufWriter::new(io::stdout().lock())));
        };
        let output = Self::create(path).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(match output {
            Self::File(..) if formats::is_packed(path) => {
                Self::Packed(Box::new(GzEncoder::new(output, Compression::default())))
            }
            other => other,
        })
    }

    /// Opens a file for a graph: for CSV, where `NAME.csv` is asked for, `NAME.nodes.csv` and `NAME.edges.csv`.
    ///
    /// # Errors
    /// A path that cannot be written to.
    pub fn open_for(format: Format, path: Option<&Path>) -> Result<Self> {
        let is_file = |path: &&Path| path.as_os_str() != "-" && (path.is_file() || !path.exists());
        let Some(path) = path.filter(is_file).filter(|_| format == Format::Csv) else {
            return Self::open(path);
        };
        let packed = if formats::is_packed(path) { ".gz" } else { "" };
        let stem = formats::unpacked(path);
        let table =
            |name: &str| Self::open(Some(&stem.with_extension(format!("{name}.csv{packed}")))).map(Box::new);
        Ok(Self::Tables { nodes: table("nodes")?, edges: table("edges")? })
    }

    /// Writes a graph, to each of its tables what belongs there.
    ///
    /// # Errors
    /// What can go wrong in writing to a file.
    pub fn write_graph(
        &mut self,
        graph: &Graph,
        ontology: &Ontology,
        format: Format,
        options: &Options,
    ) -> Result<()> {
        if let Self::Tables { nodes, .. } = self {
            export::write_nodes(graph, ontology, nodes).context("cannot write the nodes")?;
        }
        if let Some(class) = &options.frame {
            Framing::warn_of_none(class, &export::dataset(graph, ontology, options), ontology);
        }
        export::write_with(graph, ontology, format, options, self).context("cannot write the graph")
    }

    fn create(path: &Path) -> io::Result<Self> {
        // A link is followed, so that what it points to is replaced and not the link.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let existing = fs::metadata(path).ok();
        if existing.as_ref().is_some_and(|it| !it.is_file()) {
            return Ok(Self::Device(BufWriter::new(OpenOptions::new().write(true).open(path)?)));
        }
        if existing.is_some() {
            // A file that may not be written to is not replaced either.
            OpenOptions::new().append(true).open(&target)?;
        }
        let folder =
            target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Errors of the file that is written for now would tell its name.
        fs::metadata(folder)?;
        let temporary = temporary_file(folder).map_err(|error| io::Error::from(error.kind()))?;
        if let Some(existing) = existing {
            temporary.as_file().set_permissions(existing.permissions())?;
        }
        Ok(Self::File(BufWriter::new(temporary), target))
    }

    /// Writes what is buffered and puts the file in its place.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Standard(mut writer) => writer.flush().context("cannot write standard output")?,
            Self::Device(mut writer) => writer.flush().context("cannot write the output")?,
            Self::File(writer, target) => {
                let temporary = writer.into_inner().map_err(io::IntoInnerError::into_error);
                let kept =
                    temporary.and_then(|temporary| temporary.persist(&target).map_err(|error| error.error));
                kept.with_context(|| format!("cannot write {}", target.display()))?;
            }
            Self::Packed(encoder) => encoder.finish().context("cannot write the output")?.finish()?,
            Self::Tables { nodes, edges } => {
                nodes.finish()?;
                edges.finish()?;
            }
        }
        Ok(())
    }
}

/// A new file with the permissions that any new file gets.
fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tellgraph-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(writer) => writer.write(bytes),
            Self::Device(writer) => writer.write(bytes),
            Self::File(writer, _) => writer.write(bytes),
            Self::Packed(encoder) => encoder.write(bytes),
            Self::Tables { edges, .. } => edges.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(writer) => writer.flush(),
            Self::Device(writer) => writer.flush(),
            Self::File(writer, _) => writer.flush(),
            Self::Packed(encoder) => encoder.flush(),
            Self::Tables { nodes, edges } => nodes.flush().and_then(|()| edges.flush()),
        }
    }
}
