//! Folder: a store of documents on disk, each with its text and with the graph that was read from it.
//!
//! The graph of all documents is united when it is asked for, so that it is the same in whatever order they came, left
//! and came again: that of all of them read at once. `docs/store.md` tells why it is kept so, and in SQLite.

mod error;
mod kept;
mod settings;
mod write;

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rusqlite::{Connection, OpenFlags, Row};

use crate::graph::{Graph, Rules, unite};
use crate::ontology::Ontology;
use crate::source::conllu::Given;

pub use error::Error;
pub use kept::{Digest, Kept};
pub use settings::Settings;
pub use write::{Known, Writer};

/// The file that holds the documents.
const FILE: &str = "documents.sqlite";
/// The file whose lock a process holds that writes.
const LOCK: &str = "lock";
/// What our files say that they are, in the place where SQLite's header has room for that: "tgph".
const APPLICATION: i32 = 0x7467_7068;
/// The form in which documents are kept; files of a later form are not read, and those of an earlier one are made such when
/// they are written: the second has the files that documents come from.
const FORM: i32 = 2;
/// The version of this program.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// A store, open to be read; what is written meanwhile does not show in an answer that is being made.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    connection: Connection,
    settings: Settings,
}

/// What is known of a document without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub title: Option<String>,
    pub date: Option<String>,
    pub url: Option<String>,
    /// The version of the program that read it.
    pub program: String,
}

impl Folder {
    /// Opens a store to read.
    ///
    /// # Errors
    /// A folder that is not there or is no store, and one of a later form.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = found(path)?;
        // Not read-only: what a killed process left half done is put right by whoever comes next.
        let connection = connect(&file, OpenFlags::SQLITE_OPEN_READ_WRITE, path)?;
        if !is_ours(&connection, path)? {
            // Whoever began to make it did not come to say how.
            return Err(Error::Missing { path: path.to_owned() });
        }
        let settings = Settings::load(&connection, path)?;
        Ok(Self { path: path.to_owned(), connection, settings })
    }

    /// By what its documents are read.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How many documents it holds.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub fn count(&self) -> Result<usize, Error> {
        let count =
            self.connection.query_row("SELECT count(*) FROM document", [], |row| row.get::<_, i64>(0));
        count.map(|count| count as usize).map_err(|error| self.error(error))
    }

    /// The documents, by id.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub fn entries(&self) -> Result<Vec<Entry>, Error> {
        let entry = |row: &Row<'_>| {
            let (id, title, date) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Entry { id, title, date, url: row.get(3)?, program: row.get(4)? })
        };
        self.rows("SELECT id, title, date, url, program FROM document ORDER BY id", entry)
    }

    /// The versions of the program that documents were read by, and how many by each.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub fn programs(&self) -> Result<Vec<(String, usize)>, Error> {
        let row = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, i64>(1)? as usize));
        self.rows("SELECT program, count(*) FROM document GROUP BY program ORDER BY program", row)
    }

    /// The graph of each document, by id, with its text if that is asked for.
    ///
    /// # Errors
    /// A store that cannot be read, or is damaged.
    pub fn graphs(&self, ontology: &Ontology, with_text: bool) -> Result<Vec<Graph>, Error> {
        type Packed = (String, Vec<u8>, Option<Vec<u8>>);
        let source = if with_text { "source" } else { "NULL" };
        let query = format!("SELECT id, graph, {source} FROM document ORDER BY id");
        let packed: Vec<Packed> = self.rows(&query, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let graph = |(id, graph, source): Packed| {
            let unpack = || {
                let mut graph = kept::graph(&id, &graph, ontology)?;
                if let Some(source) = &source {
                    graph.keep_text(kept::source(source)?.source.text);
                }
                Ok(graph)
            };
            unpack().map_err(|message: String| (id, message))
        };
        let graphs: Result<_, _> = packed.into_par_iter().map(graph).collect();
        graphs.map_err(|(id, message)| self.damaged(&id, message))
    }

    /// The graph of all documents: the same as if they were read at once, in the order of their ids.
    ///
    /// # Errors
    /// As [`Folder::graphs`].
    pub fn graph(&self, rules: &Rules, ontology: &Ontology, with_text: bool) -> Result<Graph, Error> {
        Ok(unite(self.graphs(ontology, with_text)?, rules, ontology))
    }

    /// A document as it was read.
    ///
    /// # Errors
    /// A store that cannot be read, or is damaged.
    pub fn source(&self, id: &str) -> Result<Option<Given>, Error> {
        let packed =
            self.connection.query_row("SELECT source FROM document WHERE id = ?1", [id], |row| row.get(0));
        let packed: Vec<u8> = match packed {
            Err(rusqlite::Error::QueryReturnedNoRows) => return Ok(None),
            packed => packed.map_err(|error| self.error(error))?,
        };
        kept::source(&packed).map(Some).map_err(|message| self.damaged(id, message))
    }

    fn rows<T>(
        &self,
        query: &str,
        row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let read = || self.connection.prepare(query)?.query_map([], row)?.collect::<Result<_, _>>();
        read().map_err(|error| self.error(error))
    }

    fn error(&self, error: rusqlite::Error) -> Error {
        Error::of_engine(&self.path, error)
    }

    fn damaged(&self, id: &str, message: String) -> Error {
        Error::Damaged { path: self.path.clone(), message: format!("document {id:?}: {message}") }
    }
}

/// The file of a store that is there.
fn found(path: &Path) -> Result<PathBuf, Error> {
    let file = path.join(FILE);
    match file.metadata() {
        Ok(it) if it.is_file() => Ok(file),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(Error::of_file(path, error)),
        _ => Err(Error::missing(path)),
    }
}

fn connect(file: &Path, flags: OpenFlags, path: &Path) -> Result<Connection, Error> {
    let connect = || {
        let connection = Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        // Long enough for another process to put right what a third one left.
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        Ok(connection)
    };
    connect().map_err(|error| Error::of_engine(path, error))
}

/// Whether a file is a store of ours; not so if nothing is in it yet.
fn is_ours(connection: &Connection, path: &Path) -> Result<bool, Error> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i32>(0));
    let numbers = || Ok((number("application_id")?, number("user_version")?, number("schema_version")?));
    let (application, form, schema) = numbers().map_err(|error| Error::of_engine(path, error))?;
    match (application, form) {
        (APPLICATION, 1..=FORM) => Ok(true),
        (APPLICATION, form) if form > FORM => Err(Error::Newer { path: path.to_owned(), form }),
        (0, 0) if schema == 0 => Ok(false),
        _ => Err(Error::Foreign { path: path.to_owned() }),
    }
}
