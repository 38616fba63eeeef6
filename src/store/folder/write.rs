//! Writing: documents come, change and go.

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::ops::Deref;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, Row, TransactionBehavior, params};

use super::{
    APPLICATION, Digest, Error, FILE, FORM, Folder, Kept, LOCK, PROGRAM, Settings, connect, is_ours, kept,
};
use crate::source::conllu::Given;

/// How many documents are read again together.
const TOGETHER: usize = 256;

const TABLES: &str = "\
CREATE TABLE settings (one INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE document (
    id TEXT PRIMARY KEY,
    digest BLOB NOT NULL,
    program TEXT NOT NULL,
    title TEXT,
    date TEXT,
    url TEXT,
    source BLOB NOT NULL,
    graph BLOB NOT NULL
) STRICT;";

/// A store, open to be written by this process alone; others may read what it held before, and whatever is put in as soon
/// as that is done.
#[derive(Debug)]
pub struct Writer {
    folder: Folder,
    /// Let go when this is dropped, or the process ends.
    _lock: File,
}

/// Which documents a store holds: each by its id, and what it is like if this version of the program has read it.
#[derive(Debug)]
pub struct Known(HashMap<String, Option<Digest>>);

impl Known {
    /// Whether there is a document of this id.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// Whether there is this very text with all that is known of it, read by this version of the program.
    pub fn is_current(&self, given: &Given) -> bool {
        self.0.get(&given.source.id) == Some(&Some(kept::digest(given)))
    }
}

impl Deref for Writer {
    type Target = Folder;

    fn deref(&self) -> &Folder {
        &self.folder
    }
}

impl Writer {
    /// Opens a store to write.
    ///
    /// # Errors
    /// As [`Folder::open`], and a store that another process writes.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if !path.join(FILE).is_file() {
            return Err(Error::missing(path));
        }
        let lock = lock(path)?;
        Self::new(Folder::open(path)?, lock)
    }

    /// Opens a store to write, and makes it if it is not there.
    ///
    /// # Errors
    /// A folder that holds something else, and a store that another process writes.
    pub fn create(path: &Path, settings: &Settings) -> Result<Self, Error> {
        let file = path.join(FILE);
        if !file.exists()
            && let foreign @ Error::Foreign { .. } = Error::missing(path)
        {
            return Err(foreign);
        }
        fs::create_dir_all(path).map_err(|error| Error::of_file(path, error))?;
        let lock = lock(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut connection = connect(&file, flags, path)?;
        if !is_ours(&connection, path)? {
            let mut make = || {
                let _: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
                let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                transaction.execute_batch(TABLES)?;
                settings.save(&transaction)?;
                transaction.pragma_update(None, "application_id", APPLICATION)?;
                transaction.pragma_update(None, "user_version", FORM)?;
                transaction.commit()
            };
            make().map_err(|error| Error::of_engine(path, error))?;
        }
        drop(connection);
        Self::new(Folder::open(path)?, lock)
    }

    fn new(folder: Folder, lock: File) -> Result<Self, Error> {
        // Each transaction is on the disk before it is told to be done.
        folder.connection.pragma_update(None, "synchronous", "FULL").map_err(|error| folder.error(error))?;
        Ok(Self { folder, _lock: lock })
    }

    /// Which documents there are.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub fn known(&self) -> Result<Known, Error> {
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?));
        let rows: Vec<(String, Digest, String)> =
            self.rows("SELECT id, digest, program FROM document", read)?;
        let known = |(id, digest, program)| (id, (program == PROGRAM).then_some(digest));
        Ok(Known(rows.into_iter().map(known).collect()))
    }

    /// Whether documents that are read by these settings fit those that are there.
    ///
    /// # Errors
    /// Other settings, and a store whose built-in ontology was another.
    pub fn check(&self, settings: &Settings) -> Result<(), Error> {
        let path = || self.path.clone();
        if !self.settings.has_current_core() {
            return Err(Error::OtherCore { path: path(), program: self.settings.program.clone() });
        }
        match self.settings.difference(settings) {
            Some(difference) => Err(Error::Settings { path: path(), difference }),
            None => Ok(()),
        }
    }

    /// Puts documents in, each in place of the one of its id that was there: all of them or, if it fails, none. What is put
    /// in is on the disk when this returns.
    ///
    /// # Errors
    /// A full disk, and a store that cannot be written.
    pub fn put(&mut self, documents: &[Kept]) -> Result<(), Error> {
        let put = || {
            let transaction = self.connection.unchecked_transaction()?;
            documents.iter().try_for_each(|document| insert(&transaction, document))?;
            transaction.commit()
        };
        put().map_err(|error| self.error(error))
    }

    /// Takes documents out: all of them or, if it fails, none.
    ///
    /// # Errors
    /// An id that no document has, and a store that cannot be written.
    pub fn remove(&mut self, ids: &[String]) -> Result<(), Error> {
        let failed = |error| self.error(error);
        let transaction = self.connection.unchecked_transaction().map_err(failed)?;
        for id in ids {
            let count = transaction.execute("DELETE FROM document WHERE id = ?1", [id]).map_err(failed)?;
            if count == 0 {
                return Err(Error::NoDocument { path: self.path.clone(), id: id.clone() });
            }
        }
        transaction.commit().map_err(failed)
    }

    /// Reads every document again by other settings, from the text that is kept: all of them or, if it fails, none.
    /// `read` gets some at a time.
    ///
    /// # Errors
    /// A full disk, and a store that is damaged or cannot be written.
    pub fn renew(
        &mut self,
        settings: &Settings,
        mut read: impl FnMut(&[Given]) -> Vec<Kept>,
    ) -> Result<(), Error> {
        let failed = |error| self.error(error);
        let transaction = self.connection.unchecked_transaction().map_err(failed)?;
        settings.save(&transaction).map_err(failed)?;
        let ids: Vec<String> = self.rows("SELECT id FROM document ORDER BY id", |row| row.get(0))?;
        for ids in ids.chunks(TOGETHER) {
            let given = ids.iter().filter_map(|id| self.source(id).transpose());
            for document in read(&given.collect::<Result<Vec<_>, _>>()?) {
                insert(&transaction, &document).map_err(failed)?;
            }
        }
        transaction.commit().map_err(failed)?;
        self.folder.settings = settings.clone();
        Ok(())
    }
}

fn insert(connection: &Connection, document: &Kept) -> rusqlite::Result<()> {
    let Kept { id, title, date, url, digest, source, graph } = document;
    let mut insert = connection.prepare(
        "INSERT OR REPLACE INTO document (id, digest, program, title, date, url, source, graph)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    insert.execute(params![id, digest, PROGRAM, title, date, url, source, graph])?;
    Ok(())
}

/// Takes the lock that a process holds as long as it writes.
fn lock(path: &Path) -> Result<File, Error> {
    let failed = |error| Error::of_file(path, error);
    let file = File::options().create(true).append(true).open(path.join(LOCK)).map_err(failed)?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            // A process that this one starts elsewhere holds what was just let go until it runs a program of its own.
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => std::thread::sleep(PATIENCE / 50),
            Err(TryLockError::WouldBlock) => return Err(Error::InUse { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}

/// How long to wait for another that writes.
const PATIENCE: Duration = Duration::from_millis(500);
